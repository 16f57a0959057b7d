// @ts-check
/**
 * An object with a state that others can wait for.
 *
 * @template {string} State
 */
export class Watched {
  /** @type {State} */
  state;
  /** @type {Map<string, Set<(self: this) => void>>} */
  #listeners = new Map();

  /** @param {State} state */
  constructor(state) {
    this.state = state;
  }

  /**
   * Calls back when a state is entered, or with "changed" after every change.
   *
   * @param {State | "changed"} event
   * @param {(self: this) => void} listener
   * @returns {() => void} unsubscribes
   */
  on(event, listener) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * Resolves when `state` is entered, at once if it is the current state. Needs a deadline around it: the state may never be
   * entered.
   *
   * @param {State} state
   * @returns {Promise<this>}
   */
  when(state) {
    if (this.state === state) return Promise.resolve(this);
    return new Promise((resolve) => {
      const stop = this.on(state, (self) => {
        stop();
        resolve(self);
      });
    });
  }

  /**
   * @protected
   * @param {State | "changed"} event
   */
  tell(event) {
    for (const listener of [...(this.#listeners.get(event) ?? [])])
      listener(this);
  }
}
