import type { BrowserContext, Page } from "@playwright/test";

/** What a page holds of its browser at one moment, as lists of descriptions. */
export interface Kept {
  listeners: string[];
  timers: string[];
  channels: number;
  globals: string[];
  children: number;
  iframes: number;
}

/** Notes down in every page of the host what is begun and ended. */
export async function watchKept(context: BrowserContext) {
  await context.addInitScript(watch);
}

/** What the page holds now. */
export function kept(page: Page): Promise<Kept> {
  return page.evaluate(() => (globalThis as any).kept());
}

/** Runs in the page, before all its scripts. */
function watch() {
  if (window !== window.top || !location.host.startsWith("desk.")) return;
  const page = globalThis as any;
  const trace = () => new Error().stack?.split("\n")[3]?.trim() ?? "";

  const listeners: { target: unknown; key: unknown[]; what: string }[] = [];
  const same = (target: unknown, key: unknown[]) =>
    listeners.findIndex(
      (one) => one.target === target && one.key.every((it, i) => it === key[i]),
    );
  const capture = (options: any) =>
    typeof options === "object" && options
      ? Boolean(options.capture)
      : Boolean(options);
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, callback, options) {
    const target = this ?? window;
    const key = [type, callback, capture(options)];
    const watched =
      target === window || target === document || target === document.body;
    if (watched && callback && same(target, key) < 0) {
      const entry = { target, key, what: `${type} ${trace()}` };
      listeners.push(entry);
      const signal = typeof options === "object" ? options?.signal : undefined;
      if (signal)
        addEventListener.call(signal, "abort", () => {
          const at = listeners.indexOf(entry);
          if (at >= 0) listeners.splice(at, 1);
        });
    }
    return addEventListener.call(target, type, callback, options);
  };
  EventTarget.prototype.removeEventListener = function (
    type,
    callback,
    options,
  ) {
    const target = this ?? window;
    const at = same(target, [type, callback, capture(options)]);
    if (at >= 0) listeners.splice(at, 1);
    return removeEventListener.call(target, type, callback, options);
  };

  const timers = new Map<number, string>();
  for (const [set, clear, repeats] of [
    ["setTimeout", "clearTimeout", false],
    ["setInterval", "clearInterval", true],
  ] as const) {
    const begin = page[set];
    const end = page[clear];
    page[set] = (run: any, ms?: number, ...rest: unknown[]) => {
      const id = begin(
        (...all: unknown[]) => {
          if (!repeats) timers.delete(id);
          return typeof run === "function" ? run(...all) : undefined;
        },
        ms,
        ...rest,
      );
      timers.set(id, `${set} ${ms} ${trace()}`);
      return id;
    };
    page[clear] = (id: number) => {
      timers.delete(id);
      end(id);
    };
  }

  const channels = new Set<BroadcastChannel>();
  const Channel = page.BroadcastChannel as typeof BroadcastChannel;
  const { close } = Channel.prototype;
  Channel.prototype.close = function () {
    channels.delete(this);
    close.call(this);
  };
  page.BroadcastChannel = new Proxy(Channel, {
    construct(target, [name]) {
      const channel = new target(name);
      channels.add(channel);
      return channel;
    },
  });

  page.kept = () => ({
    listeners: listeners.map(({ what }) => what).sort(),
    timers: [...timers.values()].sort(),
    channels: channels.size,
    globals: Object.getOwnPropertyNames(window).sort(),
    children: document.getElementById("softphone")?.childNodes.length,
    iframes: document.querySelectorAll("iframe").length,
  });
}
