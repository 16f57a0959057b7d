// @ts-check
// Actions that nobody has mapped. They are counted with the names of their payload's keys, and never with values, so that an
// administrator can export the list, see what ICC sends, and map it (`connect_softphone.icc.actions`).

/** @typedef {{ name: string, keys: string[], count: number, firstMs: number, lastMs: number }} UnknownAction */

const mostNames = 100;
const mostKeys = 50;

/** Stands for a name that could be a value: a phone number, a token. */
const unreadable = "(unreadable)";

export class UnknownActions {
  /** @type {Map<string, UnknownAction>} */
  #all = new Map();
  #dropped = 0;

  /** @param {import("./action.js").Action} action @param {number} nowMs @returns {{ name: string, keys: string[] }} what is kept of it */
  saw({ name, payload }, nowMs) {
    const kept = safeName(name);
    const keys = [...new Set(keysOf(payload))].slice(0, mostKeys);
    const known = this.#all.get(kept);
    if (known) {
      known.count += 1;
      known.lastMs = nowMs;
      known.keys = [...new Set([...known.keys, ...keys])].slice(0, mostKeys);
    } else if (this.#all.size < mostNames)
      this.#all.set(kept, {
        name: kept,
        keys,
        count: 1,
        firstMs: nowMs,
        lastMs: nowMs,
      });
    else this.#dropped += 1;
    return { name: kept, keys };
  }

  /** @returns {readonly UnknownAction[]} in the order in which they first came */
  get list() {
    return [...this.#all.values()].map((one) => ({
      ...one,
      keys: [...one.keys],
    }));
  }

  /** The list as JSON, to be read by people and programs. */
  exported() {
    const actions = this.list.map(({ firstMs, lastMs, ...one }) => ({
      ...one,
      first: new Date(firstMs).toISOString(),
      last: new Date(lastMs).toISOString(),
    }));
    return JSON.stringify({ actions, notCounted: this.#dropped }, null, 2);
  }
}

/** The names of a payload's keys, those one level deeper as `outer.inner`. @param {Readonly<Record<string, unknown>>} payload */
function keysOf(payload) {
  return Object.entries(payload).flatMap(([key, value]) => {
    const outer = safeName(key);
    const inner =
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.keys(value)
        : [];
    return [outer, ...inner.map((one) => `${outer}.${safeName(one)}`)];
  });
}

/** A word, and nothing that could be a number or a token. @param {string} name */
function safeName(name) {
  const word = /^[A-Za-z_$][\w$ .:/-]{0,39}$/.test(name);
  const digits = name.replace(/\D/g, "").length;
  return word && digits < 5 ? name : unreadable;
}
