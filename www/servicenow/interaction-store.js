// @ts-check
// What is known of the agent's interactions, in a storage that the agent's tabs share and that survives a reload.
import { isObject, isTime, nameOf, own, parsed, sysIdOf } from "./plain.js";

/**
 * @typedef {object} Entry
 * @property {import("./interaction-call.js").SeenCall} seen
 * @property {number} atMs
 * @property {boolean} mine whether it is this agent's
 * @property {import("./interaction-body.js").Wanted} told
 * @property {{ table: string, sysId: string }[]} related
 * @property {number} tries
 * @property {string} [sysId]
 * @property {string} [number]
 * @property {"found" | "none" | "failed"} [searched]
 * @property {string} [owner] whose it was when it was found: a sys_id, or ""
 * @property {number} [nextMs] not before
 * @property {string} [gaveUp] on what
 * @property {{ what: "create" | "change" | "find", by: string, untilMs: number }} [flight] a request that is under way
 */

export class InteractionStore {
  #storage;
  #key;
  /** Where there is no storage. */
  #text = "{}";

  /** @param {Pick<Storage, "getItem" | "setItem"> | undefined} storage @param {string} user sys_id; another agent at the same computer has entries of their own */
  constructor(storage, user) {
    this.#storage = storage;
    this.#key = `connect-softphone.interactions.${user}`;
  }

  /** @returns {Map<string, Entry>} by initial contact id */
  read() {
    /** @type {Map<string, Entry>} */
    const entries = new Map();
    const found = parsed(this.#stored());
    if (!isObject(found)) return entries;
    for (const [initialId, value] of Object.entries(found))
      if (isEntry(value)) entries.set(initialId, value);
    return entries;
  }

  /** @param {Map<string, Entry>} entries @param {number} nowMs */
  write(entries, nowMs) {
    const fresh = [...entries].filter(([, { atMs }]) => nowMs - atMs < KEPT_MS);
    fresh.sort(([, one], [, other]) => other.atMs - one.atMs);
    this.#text = JSON.stringify(Object.fromEntries(fresh.slice(0, MOST)));
    try {
      this.#storage?.setItem(this.#key, this.#text);
    } catch {
      this.#storage = undefined; // Full or forbidden: this tab remembers by itself.
    }
  }

  #stored() {
    try {
      return this.#storage
        ? (this.#storage.getItem(this.#key) ?? "{}")
        : this.#text;
    } catch {
      this.#storage = undefined;
      return this.#text;
    }
  }
}

/** @param {Map<string, Entry>} entries @returns {Map<string, { sysId: string, number?: string }>} */
export function knownOf(entries) {
  const made = [...entries].flatMap(([id, { sysId, number }]) =>
    sysId
      ? [/** @type {const} */ ([id, { sysId, ...(number && { number }) }])]
      : [],
  );
  return new Map(made);
}

/** @param {Entry["related"]} records @param {Entry["related"]} more */
export function withRecords(records, more) {
  const added = more.filter(
    ({ table, sysId }) =>
      !records.some((one) => one.table === table && one.sysId === sysId),
  );
  return added.length > 0 ? [...records, ...added].slice(0, 20) : records;
}

/** Anybody on this origin can write there. @param {unknown} value @returns {value is Entry} */
function isEntry(value) {
  if (!isObject(value) || !isObject(value.seen) || !isObject(value.told))
    return false;
  const { sysId, related, atMs, tries, seen, flight, nextMs } = value;
  return (
    (sysId === undefined || sysIdOf(sysId) === sysId) &&
    typeof seen.contactId === "string" &&
    isTime(seen.startMs) &&
    (seen.endMs === undefined || isTime(seen.endMs)) &&
    isObject(seen.parties) &&
    Array.isArray(related) &&
    related.every(
      (one) => nameOf(own(one, "table")) && sysIdOf(own(one, "sysId")),
    ) &&
    typeof atMs === "number" &&
    typeof tries === "number" &&
    (flight === undefined ||
      (isObject(flight) && typeof flight.untilMs === "number")) &&
    (nextMs === undefined || typeof nextMs === "number") &&
    Object.values(value.told).every((one) => typeof one === "string")
  );
}

const KEPT_MS = 24 * 3_600_000;
const MOST = 50;
