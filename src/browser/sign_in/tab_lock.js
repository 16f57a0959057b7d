// @ts-check

/**
 * This tab's turn to sign in: a lock that all tabs of the browser share (Web Locks). A browser
 * without it, or a page that may not use it, has its turn at once; a tab that ends gives it back.
 */
export class TabLock {
  #name;
  #granted;
  #lost;
  /** @type {AbortController | undefined} of what is asked for or held */
  #now;
  #release = () => {};

  /**
   * @param {string} name
   * @param {() => void} granted
   * @param {() => void} lost another tab took it
   */
  constructor(name, granted, lost) {
    this.#name = name;
    this.#granted = granted;
    this.#lost = lost;
  }

  /** @param {boolean} steal take it from whoever has it */
  take(steal) {
    this.end();
    this.#request((this.#now = new AbortController()), steal, true);
  }

  /**
   * @param {AbortController} mine
   * @param {boolean} steal
   * @param {boolean} again whether to ask once more when it fails
   */
  async #request(mine, steal, again) {
    const { signal } = mine;
    let held = false;
    try {
      await navigator.locks.request(
        this.#name,
        steal ? { steal } : { signal },
        () => {
          if (signal.aborted) return;
          held = true;
          this.#granted();
          return new Promise((resolve) => {
            this.#release = () => resolve(undefined);
            if (signal.aborted) this.#release();
          });
        },
      );
    } catch {
      if (this.#now !== mine) return;
      if (held) {
        this.#now = undefined;
        this.#lost();
      } else if (again) {
        // A page that stands still, as while a window opens or in a dialog, cannot be granted
        // anything (Chromium: "The provided callback is no longer runnable"). Timers wait for it.
        setTimeout(() => {
          if (this.#now === mine) this.#request(mine, steal, false);
        });
      } else this.#granted(); // There are no locks here.
    }
  }

  /** Gives it back, or asks no longer. */
  end() {
    this.#now?.abort();
    this.#now = undefined;
    this.#release();
    this.#release = () => {};
  }
}
