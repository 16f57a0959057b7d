// @ts-check

/**
 * One sign-in at a time across all tabs of the browser: a lock that they share (Web Locks). It is granted
 * at once where the browser has no such locks, or the page may not use them. The browser releases the lock
 * of a tab that is closed.
 */
export class TabLock {
  #name;
  #granted;
  #lost;
  /** @type {AbortController | undefined} of the request that waits or holds the lock */
  #current;
  #letGo = () => {};

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

  /** @param {boolean} steal take it from whoever holds it */
  acquire(steal) {
    this.release();
    this.#request((this.#current = new AbortController()), steal, true);
  }

  /**
   * @param {AbortController} mine
   * @param {boolean} steal
   * @param {boolean} retry whether to request it once more when that fails
   */
  async #request(mine, steal, retry) {
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
            this.#letGo = () => resolve(undefined);
            if (signal.aborted) this.#letGo();
          });
        },
      );
    } catch {
      if (this.#current !== mine) return;
      if (held) {
        this.#current = undefined;
        this.#lost();
      } else if (retry) {
        // A paused page, as while a window opens or a dialog is open, cannot be granted anything (Chromium:
        // "The provided callback is no longer runnable"). A timer runs only once the page does again.
        setTimeout(() => {
          if (this.#current === mine) this.#request(mine, steal, false);
        });
      } else this.#granted(); // No locks here.
    }
  }

  /** Releases it, or requests it no longer. */
  release() {
    this.#current?.abort();
    this.#current = undefined;
    this.#letGo();
    this.#letGo = () => {};
  }

  close() {
    this.release();
  }
}
