// @ts-check

/**
 * What a page holds of its browser at one moment: descriptions and counts.
 *
 * @typedef {object} HeldResources
 * @property {string[]} listeners of the window, the document and its body
 * @property {string[]} timers
 * @property {number} channels
 * @property {string[]} globals
 * @property {number} children of the container
 * @property {number} iframes
 */

/**
 * Records, in every page of the host, what is acquired and released.
 *
 * @param {import("@playwright/test").BrowserContext} context
 */
export async function watchHeldResources(context) {
  await context.addInitScript(watch);
}

/**
 * What the page holds at this moment.
 *
 * @param {import("@playwright/test").Page} page
 * @returns {Promise<HeldResources>}
 */
export function heldResources(page) {
  return page.evaluate(() =>
    /** @type {{ heldResources(): HeldResources }} */ (
      /** @type {unknown} */ (globalThis)
    ).heldResources(),
  );
}

/** Runs in the page, before all its scripts. */
function watch() {
  if (window !== window.top || !location.host.startsWith("desk.")) return;
  const page = /** @type {any} */ (globalThis);
  const trace = () => new Error().stack?.split("\n")[3]?.trim() ?? "";

  /** @type {{ target: unknown, key: unknown[], what: string }[]} */
  const listeners = [];
  const same = (/** @type {unknown} */ target, /** @type {unknown[]} */ key) =>
    listeners.findIndex(
      (one) => one.target === target && one.key.every((it, i) => it === key[i]),
    );
  const capture = (/** @type {any} */ options) =>
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

  /** @type {Map<number, string>} */
  const timers = new Map();
  for (const [set, clear, repeats] of /** @type {const} */ ([
    ["setTimeout", "clearTimeout", false],
    ["setInterval", "clearInterval", true],
  ])) {
    const begin = page[set];
    const end = page[clear];
    page[set] = (
      /** @type {any} */ run,
      /** @type {number} */ ms,
      /** @type {unknown[]} */ ...rest
    ) => {
      const id = begin(
        (/** @type {unknown[]} */ ...all) => {
          if (!repeats) timers.delete(id);
          return typeof run === "function" ? run(...all) : undefined;
        },
        ms,
        ...rest,
      );
      timers.set(id, `${set} ${ms} ${trace()}`);
      return id;
    };
    page[clear] = (/** @type {number} */ id) => {
      timers.delete(id);
      end(id);
    };
  }

  /** @type {Set<BroadcastChannel>} */
  const channels = new Set();
  /** @type {typeof BroadcastChannel} */
  const Channel = page.BroadcastChannel;
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

  page.heldResources = () => ({
    listeners: listeners.map(({ what }) => what).sort(),
    timers: [...timers.values()].sort(),
    channels: channels.size,
    globals: Object.getOwnPropertyNames(window).sort(),
    children: document.getElementById("softphone")?.childNodes.length,
    iframes: document.querySelectorAll("iframe").length,
  });
}
