// @ts-check
// Which AWA presence belongs to which Connect state: by the administrator's table, then by equal names, then by a short list.
import { described, isObject, parsed, textOf } from "./plain.js";

/**
 * Names by names. `null`: it has no partner on purpose. Several names: the first that exists.
 *
 * @typedef {Readonly<Record<string, readonly string[] | null>>} Names
 *
 * @typedef {object} PresenceTable
 * @property {Names} states presences by Connect state
 * @property {Names} presences Connect states by presence
 * @property {"presence" | "state"} first which side is right when the page opens, unless it is Offline
 */

/**
 * Reads the property `presence`. Either a flat object, which goes for both directions:
 * `{ "Lunch": "Away", "Calibration": null }` (Connect state: presence), or one for each:
 * `{ "states": { "Lunch": "Away" }, "presences": { "Away": ["Break", "Lunch"] }, "first": "state" }`.
 *
 * @param {unknown} value JSON or what it holds; absent or empty: the default
 * @returns {{ table: PresenceTable, problems: import("./plain.js").Problem[] }} with a problem, that part has its default
 */
export function readPresenceTable(value) {
  /** @type {import("./plain.js").Problem[]} */
  const problems = [];
  if (value === undefined || value === null || value === "")
    return { table: NO_TABLE, problems };
  const found = parsed(value);
  if (!isObject(found)) {
    const expected = 'an object such as {"Lunch": "Away"}';
    problems.push({ field: "presence", found: described(value), expected });
    return { table: NO_TABLE, problems };
  }
  const flat = !isObject(found.states) && !isObject(found.presences);
  const states = readNames(flat ? found : found.states, "states", problems);
  const presences = flat
    ? turned(states)
    : readNames(found.presences, "presences", problems);
  let first = NO_TABLE.first;
  if (!flat && found.first !== undefined) {
    if (found.first === "presence" || found.first === "state")
      first = found.first;
    else
      problems.push({
        field: "presence.first",
        found: described(found.first),
        expected: '"presence" or "state"',
      });
  }
  return { table: { states, presences, first }, problems };
}

/**
 * @param {unknown} value
 * @param {string} name
 * @param {import("./plain.js").Problem[]} problems
 * @returns {Names}
 */
function readNames(value, name, problems) {
  if (value === undefined) return {};
  /** @type {Map<string, readonly string[] | null>} */
  const names = new Map();
  const entries = isObject(value) ? Object.entries(value) : [];
  if (!isObject(value))
    problems.push({
      field: `presence.${name}`,
      found: described(value),
      expected: "an object",
    });
  for (const [from, to] of entries.slice(0, 200)) {
    const list = (Array.isArray(to) ? to : [to]).map((one) => textOf(one));
    if (to === null) names.set(from, null);
    else if (list.length > 0 && list.every((one) => one !== undefined))
      names.set(from, /** @type {string[]} */ (list));
    else
      problems.push({
        field: `presence.${name}, an entry`,
        found: described(to),
        expected: "a name, a list of names or null",
      });
  }
  return Object.fromEntries(names);
}

/** The other direction of a flat table; where several states have one presence, in their order. @param {Names} names */
function turned(names) {
  /** @type {Map<string, string[]>} */
  const back = new Map();
  for (const [from, to] of Object.entries(names))
    for (const one of to ?? []) back.set(one, [...(back.get(one) ?? []), from]);
  return Object.fromEntries(back);
}

/**
 * The partner of a name among those that exist.
 *
 * @param {string} name
 * @param {Names} names the administrator's
 * @param {Names} usual what is tried where no name is equal
 * @param {readonly string[]} there
 * @returns {string | null | undefined} `null`: none, on purpose; `undefined`: none
 */
export function partner(name, names, usual, there) {
  const wanted = lookUp(name, names);
  if (wanted === null) return null;
  if (wanted) return firstOf(wanted, there);
  return firstOf([name, ...(lookUp(name, usual) ?? [])], there);
}

/** @param {readonly string[]} wanted @param {readonly string[]} there */
function firstOf(wanted, there) {
  for (const one of wanted) {
    const found = there.includes(one)
      ? one
      : there.find((other) => same(other, one));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @param {string} name @param {Names} names */
function lookUp(name, names) {
  if (Object.hasOwn(names, name)) return names[name];
  const key = Object.keys(names).find((one) => same(one, name));
  return key === undefined ? undefined : names[key];
}

/** Whether two names are the same but for spaces, signs and case: "After call work" and "AfterCallWork". @param {string} one @param {string} other */
export function same(one, other) {
  return bare(one) === bare(other);
}

/** @param {string} name */
function bare(name) {
  const letters = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return letters || name.toLowerCase();
}

/** @type {PresenceTable} */
export const NO_TABLE = { states: {}, presences: {}, first: "presence" };

/**
 * Presences for Connect states without an equal name. Connect's own states are from Streams 2.28.2 (`AgentAvailStates`,
 * `AgentErrorStates`); ServiceNow installs the presences Available, Away and Offline (AWA Agent API).
 *
 * @type {Names}
 */
export const USUAL_PRESENCES = {
  PendingBusy: ["Busy"],
  CallingCustomer: ["Busy"],
  AfterCallWork: ["Busy"],
  Break: ["Away"],
  Lunch: ["Away"],
  Meeting: ["Away"],
  Training: ["Away"],
  MissedCallAgent: ["Away"],
  FailedConnectAgent: ["Away"],
  FailedConnectCustomer: ["Away"],
};

/** @type {Names} */
export const USUAL_STATES = { Away: ["Break", "Unavailable", "Lunch"] };

/** States that Connect sets by itself, so that a presence of the same name is no stray. */
export const OWN_STATES = [
  "Busy",
  "PendingBusy",
  "CallingCustomer",
  "AfterCallWork",
  "MissedCallAgent",
  "RejectedCallAgent",
  "FailedConnectAgent",
  "FailedConnectCustomer",
  "AgentHungUp",
  "Default",
  "Error",
];
