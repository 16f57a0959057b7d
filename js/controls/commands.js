// @ts-check

/**
 * The commands that are under way, and what became of those that failed. A place is where the agent sees that, such as
 * `"dial"` or a contact's id.
 */
export class Commands {
  #changed;
  /** @type {Map<string, number>} */
  #running = new Map();
  /** @type {Map<string, { code?: string, message?: string }>} */
  #problems = new Map();

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {string} place */
  isRunning(place) {
    return this.#running.has(place);
  }

  /**
   * What went wrong there last.
   *
   * @param {string} place
   */
  problem(place) {
    return this.#problems.get(place);
  }

  /** All places where something went wrong. */
  get places() {
    return [...this.#problems.keys()];
  }

  /**
   * Runs a command, and keeps why it failed.
   *
   * @template T
   * @param {string} place
   * @param {() => Promise<T>} command
   * @returns {Promise<{ done: T } | undefined>} undefined if it failed
   */
  async run(place, command) {
    this.#problems.delete(place);
    this.#running.set(place, (this.#running.get(place) ?? 0) + 1);
    this.#changed();
    try {
      return { done: await command() };
    } catch (error) {
      const problem = /** @type {{ code?: string, message?: string }} */ (
        error ?? {}
      );
      // The phone's own end is told by its status.
      if (problem.code !== "CLOSED") this.#problems.set(place, problem);
      return undefined;
    } finally {
      const left = (this.#running.get(place) ?? 1) - 1;
      if (left > 0) this.#running.set(place, left);
      else this.#running.delete(place);
      this.#changed();
    }
  }

  /**
   * Something went wrong there by itself.
   *
   * @param {string} place
   * @param {{ code?: string, message?: string }} problem
   */
  fail(place, problem) {
    this.#problems.set(place, problem);
    this.#changed();
  }

  /**
   * @param {string} from
   * @param {string} to
   */
  move(from, to) {
    const problem = this.#problems.get(from);
    if (problem) this.#problems.set(to, problem);
    this.#problems.delete(from);
  }

  /** @param {string} place */
  dismiss(place) {
    this.#problems.delete(place);
    this.#changed();
  }

  clear() {
    this.#problems.clear();
    this.#running.clear();
  }
}
