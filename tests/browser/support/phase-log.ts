import type { BrowserContext } from "@playwright/test";

/**
 * What the container's attributes said over time, reported through the console and awaited in Node.
 *
 * Playwright's own waits (`locator.waitFor`, `expect(locator)`, `page.evaluate`) run code in the page with a user gesture, so
 * that a window may open that the browser would have blocked. A test about blocked windows waits here instead.
 */
export class PhaseLog {
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();

  /** Watches every page of `context` from now on. */
  static async of(context: BrowserContext) {
    const log = new PhaseLog();
    context.on("console", (message) => {
      const text = message.text();
      if (!text.startsWith(PREFIX)) return;
      log.#lines.push(text.slice(PREFIX.length));
      for (const check of [...log.#waiting]) check();
    });
    await context.addInitScript(report, {
      prefix: PREFIX,
      names: ["softphonePhase", "softphoneError", "outcome"],
    });
    return log;
  }

  /** Everything so far, oldest first, such as `phase=ready`, or `error=` when an error has cleared. */
  get all(): readonly string[] {
    return this.#lines;
  }

  /** The phases so far, oldest first, over all visits. */
  get phases() {
    return this.#lines
      .filter((state) => state.startsWith("phase="))
      .map((state) => state.slice("phase=".length));
  }

  /** Forgets everything so far. */
  clear() {
    this.#lines.length = 0;
  }

  /**
   * Resolves once the state has been reported since the last `clear()`.
   *
   * @param state such as `phase=signInNeeded`, `error=WINDOW_BLOCKED`, `outcome=ok`
   * @param times how often, counted over all tabs
   */
  async until(state: string, times = 1) {
    let check = () => {};
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      check = () =>
        this.#lines.filter((one) => one === state).length >= times && resolve();
      timer = setTimeout(
        () =>
          reject(
            new Error(
              `no ${state} within ${PATIENCE_MS} ms: ${this.#lines.join(", ")}`,
            ),
          ),
        PATIENCE_MS,
      );
      this.#waiting.add(check);
      check();
    }).finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(check);
    });
  }
}

/** Runs in every page: reports data attributes whenever they change. */
function report({ prefix, names }: { prefix: string; names: string[] }) {
  const isOpenFrame = window.name === "gsft_openframe";
  if (window !== window.top && !isOpenFrame) return;
  const attributes = names.map(
    (name) =>
      `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  // Several changes in one task arrive together; by then the attribute has the last value.
  const reported = new Map<string, string>();
  const observer = new MutationObserver((changes) => {
    for (const { target, attributeName } of changes) {
      const name = String(attributeName);
      const value = (target as Element).getAttribute(name) ?? "";
      if (reported.get(name) === value) continue;
      reported.set(name, value);
      const short = name.replace(/^data-(softphone-)?/, "");
      console.debug(`${prefix}${short}=${value}`);
    }
  });
  const observe = () =>
    observer.observe(document, {
      subtree: true,
      attributes: true,
      attributeFilter: attributes,
    });
  observe();
  // The first page in a frame of its own origin takes over the window of the empty one, in which this has run.
  if (isOpenFrame) addEventListener("DOMContentLoaded", observe);
}

const PREFIX = "state: ";
/** Only a failing test waits this long. */
const PATIENCE_MS = 90_000;
