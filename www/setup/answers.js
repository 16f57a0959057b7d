// @ts-check
/**
 * What was entered, by name: the choices of "Set up", and what "Try" needs besides. Shared by the tabs, carried by a link,
 * and kept in this browser only where somebody asks for that.
 */
export class Answers {
  /** @type {Map<string, string>} */
  #values = new Map();
  #changed;

  /** @param {() => void} changed is called after each change */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {string} name @returns {string} "" if it was not entered */
  get(name) {
    return this.#values.get(name) ?? "";
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    if (value === "") this.#values.delete(name);
    else this.#values.set(name, value);
    this.#changed();
  }

  /** @param {Iterable<[string, string]>} values */
  replace(values) {
    this.#values = new Map(values);
    this.#changed();
  }

  get size() {
    return this.#values.size;
  }

  /** @returns {Record<string, string>} */
  all() {
    return Object.fromEntries(this.#values);
  }
}
