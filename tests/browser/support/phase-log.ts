import type { BrowserContext } from "@playwright/test";

/**
 * What the container's attributes said, told through the console and waited for in Node.
 *
 * Playwright's own waits (`locator.waitFor`, `expect(locator)`, `page.evaluate`) run code in the page with a user gesture,
 * so that a window may open that the browser would have blocked. Where blocking is what a test is about, it waits here.
 */
export class States {
  readonly #log: string[] = [];
  readonly #waiting = new Set<() => void>();

  /** Watches every page of `context` from now on. */
  static async of(context: BrowserContext) {
    const states = new States();
    context.on("console", (message) => {
      const text = message.text();
      if (!text.startsWith(PREFIX)) return;
      states.#log.push(text.slice(PREFIX.length));
      for (const look of [...states.#waiting]) look();
    });
    await context.addInitScript(report, {
      prefix: PREFIX,
      names: ["softphonePhase", "softphoneError", "outcome"],
    });
    return states;
  }

  /** All so far, oldest first, such as `phase=ready` and `error=` for one that went. */
  get all(): readonly string[] {
    return this.#log;
  }

  /** The phases so far, oldest first, of all visits. */
  get phases() {
    return this.#log
      .filter((state) => state.startsWith("phase="))
      .map((state) => state.slice("phase=".length));
  }

  /** Forgets what was. */
  clear() {
    this.#log.length = 0;
  }

  /**
   * Resolves when the state is reported, or was since the last `clear()`.
   *
   * @param state such as `phase=signInNeeded`, `error=WINDOW_BLOCKED`, `outcome=ok`
   * @param times how often, in all tabs together
   */
  async until(state: string, times = 1) {
    let look = () => {};
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      look = () =>
        this.#log.filter((one) => one === state).length >= times && resolve();
      timer = setTimeout(
        () =>
          reject(
            new Error(
              `no ${state} within ${PATIENCE_MS} ms: ${this.#log.join(", ")}`,
            ),
          ),
        PATIENCE_MS,
      );
      this.#waiting.add(look);
      look();
    }).finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(look);
    });
  }
}

/** Runs in the pages: reports data attributes whenever they change. */
function report({ prefix, names }: { prefix: string; names: string[] }) {
  if (window !== window.top) return;
  const attributes = names.map(
    (name) =>
      `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  );
  // Changes of one moment come together, and the attribute has the last value by then.
  const reported = new Map<string, string>();
  new MutationObserver((changes) => {
    for (const { target, attributeName } of changes) {
      const name = String(attributeName);
      const value = (target as Element).getAttribute(name) ?? "";
      if (reported.get(name) === value) continue;
      reported.set(name, value);
      const short = name.replace(/^data-(softphone-)?/, "");
      console.debug(`${prefix}${short}=${value}`);
    }
  }).observe(document, {
    subtree: true,
    attributes: true,
    attributeFilter: attributes,
  });
}

const PREFIX = "state: ";
/** Only a test that fails waits so long. */
const PATIENCE_MS = 90_000;
