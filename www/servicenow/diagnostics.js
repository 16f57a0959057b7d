// @ts-check
// What an administrator should hear of: to the console, and kept in this browser for the self-test page.

/** @typedef {{ atMs: number, sentence: string }} Entry */

import { isTime } from "./plain.js";

export class Diagnostics {
  #storage;
  /** @type {Set<string>} each sentence is told once a page */
  #told = new Set();

  /** @param {Pick<Storage, "getItem" | "setItem"> | undefined} storage */
  constructor(storage) {
    this.#storage = storage;
  }

  /** @param {string} sentence without numbers, names and tokens */
  add(sentence) {
    if (this.#told.has(sentence)) return;
    this.#told.add(sentence);
    console.warn(`connect-softphone: ${sentence}`);
    const kept = [...this.list, { atMs: Date.now(), sentence }].slice(-MOST);
    this.#keep(LIST, JSON.stringify(kept));
  }

  /** What pages of this browser have told, oldest first. @returns {Entry[]} */
  get list() {
    try {
      const list = JSON.parse(this.#storage?.getItem(LIST) ?? "[]");
      return Array.isArray(list) ? list.filter(isEntry) : [];
    } catch {
      return [];
    }
  }

  /** The actions of Interaction Controls that nobody has mapped, as JSON; "" if there are none. */
  get unknownActions() {
    try {
      return this.#storage?.getItem(ACTIONS) ?? "";
    } catch {
      return "";
    }
  }

  /** @param {string} json */
  keepUnknownActions(json) {
    this.#keep(ACTIONS, json);
  }

  /** @param {string} key @param {string} text */
  #keep(key, text) {
    try {
      this.#storage?.setItem(key, text);
    } catch {
      // Full or forbidden: the console has it.
    }
  }
}

/** Anybody on this origin can write there. @param {unknown} value @returns {value is Entry} */
function isEntry(value) {
  const { atMs, sentence } = /** @type {Partial<Entry>} */ (value ?? {});
  return isTime(atMs) && typeof sentence === "string";
}

const LIST = "connect-softphone.diagnostics";
const ACTIONS = "connect-softphone.unknown-actions";
const MOST = 50;
