// @ts-check
// Which record opens for a call, by the administrator's rules. Nothing that a caller or a flow has set can become a part of
// the query beyond its own value: what is not plainly a value is not used at all.
import {
  described,
  e164Of,
  isObject,
  nameOf,
  parsed,
  sysIdOf,
  textOf,
} from "./plain.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */

/**
 * @typedef {object} Rule the first whose value the call has is used
 * @property {"form" | "list"} open
 * @property {string} table
 * @property {string} column
 * @property {"number" | { attribute: string }} by the caller's number, or an attribute of the contact
 * @property {string} operator
 * @property {number} [digits] only so many of a number's last digits
 *
 * @typedef {object} ScreenPopTable
 * @property {"offered" | "accepted"} when
 * @property {number} waitMs how long to wait for the interaction
 * @property {readonly Rule[]} rules
 *
 * @typedef {{ method: "openServiceNowForm" | "openServiceNowList", argument: { entity: string, query: string, interaction_sys_id?: string } }} ScreenPop
 */

/**
 * Reads the property `screen_pop`, such as
 * `{"rules": [{"open": "form", "table": "sys_user", "attribute": "userSysId"}, {"open": "list", "table": "sys_user", "column": "phone"}]}`.
 * A rule with `attribute` is by that attribute (`column`: "sys_id" unless it says another), one without is by number
 * (`operator`: "ENDSWITH", because of the many ways to write one; `digits`: how many of the last). `when`: "accepted" or
 * "offered".
 *
 * @param {unknown} value JSON or what it holds; absent or empty: nothing opens
 * @returns {{ table: ScreenPopTable, problems: import("./plain.js").Problem[] }} what is wrong is left out
 */
export function readScreenPop(value) {
  /** @type {import("./plain.js").Problem[]} */
  const problems = [];
  if (value === undefined || value === null || value === "")
    return { table: NO_SCREEN_POP, problems };
  const found = parsed(value);
  if (isObject(found) && Object.keys(found).length === 0)
    return { table: NO_SCREEN_POP, problems };
  const object = Array.isArray(found) ? { rules: found } : found;
  if (!isObject(object) || !Array.isArray(object.rules)) {
    const expected = 'an object with "rules"';
    problems.push({ field: "screen_pop", found: described(found), expected });
    return { table: NO_SCREEN_POP, problems };
  }
  let { when, waitMs } = NO_SCREEN_POP;
  if (object.when === "offered" || object.when === "accepted")
    when = object.when;
  else if (object.when !== undefined)
    problems.push({
      field: "screen_pop.when",
      found: described(object.when),
      expected: '"offered" or "accepted"',
    });
  if (typeof object.waitMs === "number" && object.waitMs >= 0)
    waitMs = Math.min(object.waitMs, 30_000);
  const rules = object.rules.slice(0, 50).flatMap((one, at) => {
    const rule = ruleOf(one);
    if (typeof rule !== "string") return [rule];
    problems.push({
      field: `screen_pop.rules[${at}].${rule}`,
      found: described(isObject(one) ? one[rule] : one),
      expected: EXPECTED[rule],
    });
    return [];
  });
  return { table: { when, waitMs, rules }, problems };
}

/** @param {unknown} value @returns {Rule | keyof typeof EXPECTED} the rule, or the name of the field that is wrong */
function ruleOf(value) {
  if (!isObject(value)) return "open";
  const { open, attribute } = value;
  if (open !== "form" && open !== "list") return "open";
  const table = nameOf(value.table);
  if (table === undefined) return "table";
  const byAttribute = attribute !== undefined;
  const by = byAttribute ? textOf(attribute) : "number";
  if (by === undefined) return "attribute";
  const column = nameOf(value.column ?? (byAttribute ? "sys_id" : undefined));
  if (column === undefined) return "column";
  const operator = value.operator ?? (byAttribute ? "=" : "ENDSWITH");
  if (typeof operator !== "string" || !OPERATORS.includes(operator))
    return "operator";
  const { digits } = value;
  if (digits !== undefined && !(Number.isInteger(digits) && Number(digits) > 3))
    return "digits";
  return {
    open,
    table,
    column,
    by: byAttribute ? { attribute: by } : "number",
    operator,
    ...(digits !== undefined && { digits: Number(digits) }),
  };
}

/**
 * What opens for a contact, whether or not it has opened already; `undefined`: nothing.
 *
 * @param {Contact} contact
 * @param {{ table: ScreenPopTable, interactions?: ReadonlyMap<string, { sysId: string }> }} options
 * @returns {ScreenPop | undefined}
 */
export function screenPop(contact, { table, interactions }) {
  const interaction = sysIdOf(interactions?.get(contact.initialId)?.sysId);
  for (const rule of table.rules) {
    const query = queryOf(rule, contact);
    if (query === undefined) continue;
    return {
      method:
        rule.open === "form" ? "openServiceNowForm" : "openServiceNowList",
      argument: {
        entity: rule.table,
        query,
        ...(rule.open === "form" &&
          interaction && { interaction_sys_id: interaction }),
      },
    };
  }
  return undefined;
}

/** Opens it once for each contact, with the interaction if that is there in time. */
export class ScreenPops {
  #table;
  #storage;
  /** @type {Map<string, number>} when it was first asked for; Infinity: it has opened */
  #contacts = new Map();

  /** @param {{ table?: ScreenPopTable, storage?: Pick<Storage, "getItem" | "setItem"> }} [options] `storage`: of this tab, so that a reload opens nothing again */
  constructor({ table = NO_SCREEN_POP, storage } = {}) {
    this.#table = table;
    this.#storage = storage;
    const ids = parsed(stored(storage));
    for (const id of Array.isArray(ids) ? ids : [])
      if (typeof id === "string") this.#contacts.set(id, Infinity);
  }

  /**
   * @param {Contact} contact
   * @param {{ interactions: ReadonlyMap<string, { sysId: string }>, nowMs: number }} now
   * @returns {ScreenPop | { wait: { forMs: number } } | undefined} to be called; to be asked again; nothing
   */
  of(contact, { interactions, nowMs }) {
    if (!isDue(contact, this.#table.when)) return undefined;
    const since = this.#contacts.get(contact.id) ?? nowMs;
    if (since === Infinity) return undefined;
    const pop = screenPop(contact, { table: this.#table, interactions });
    if (pop === undefined) return undefined; // An attribute may still come.
    this.#contacts.set(contact.id, since);
    const left = since + this.#table.waitMs - nowMs;
    if (!interactions.has(contact.initialId) && left > 0)
      return { wait: { forMs: left } };
    this.#contacts.set(contact.id, Infinity);
    const ids = [...this.#contacts].filter(([, at]) => at === Infinity);
    const last = ids.slice(-50).map(([id]) => id);
    try {
      this.#storage?.setItem(KEY, JSON.stringify(last));
    } catch {
      // Full or forbidden: a reload may open it again.
    }
    return pop;
  }
}

/** @param {Contact} contact @param {"offered" | "accepted"} when */
function isDue({ kind, phase, direction, monitoring }, when) {
  if ((kind !== "call" && kind !== "callback") || monitoring) return false;
  if (phase === "talking" || phase === "held") return true;
  // A call of one's own is "connecting" from the click on.
  if (phase === "connecting")
    return when === "offered" || direction === "outbound";
  return phase === "offered" && when === "offered";
}

/** @param {Rule} rule @param {Contact} contact */
function queryOf({ open, by, column, operator, digits }, contact) {
  const value =
    by === "number"
      ? numberOf(contact.customer.number, operator, digits)
      : valueOf(
          Object.hasOwn(contact.attributes, by.attribute)
            ? contact.attributes[by.attribute]
            : undefined,
          column,
        );
  if (value === undefined) return undefined;
  if (column === "sys_id" && operator === "=") return `sys_id=${value}`;
  // A form's query is the address's, a list's is an encoded query (openFrameAPI, their examples).
  return open === "form"
    ? `sysparm_query=${column}${operator}${encodeURIComponent(value)}`
    : `${column}${operator}${value}`;
}

/** @param {unknown} number @param {string} operator @param {number} [digits] */
function numberOf(number, operator, digits) {
  const whole = e164Of(number);
  // Without its plus it is the same however often it is encoded on the way.
  if (whole === undefined || operator === "=") return whole;
  return whole.slice(1).slice(digits === undefined ? 0 : -digits);
}

/**
 * A value of which no part can be read as anything else: `^` begins the next condition, `&` the next parameter, and OpenFrame
 * refuses two parameters by name.
 *
 * @param {unknown} value
 * @param {string} column
 */
function valueOf(value, column) {
  if (column === "sys_id") return sysIdOf(value);
  const text = textOf(value);
  const plain = text !== undefined && /^[\p{L}\p{N} _.:@+\-/]+$/u.test(text);
  return plain && !/sysparm_|javascript:/i.test(text) ? text : undefined;
}

/** @param {Pick<Storage, "getItem"> | undefined} storage */
function stored(storage) {
  try {
    return storage?.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

const KEY = "connect-softphone.screen-pops";
/** Of encoded queries; those that take one value. */
const OPERATORS = ["=", "STARTSWITH", "ENDSWITH", "LIKE"];
const EXPECTED = {
  open: '"form" or "list"',
  table: "the name of a table",
  attribute: "the name of a contact attribute",
  column: "the name of a column",
  operator: OPERATORS.join(", "),
  digits: "a number from 4 on",
};
/** @type {ScreenPopTable} */
export const NO_SCREEN_POP = { when: "accepted", waitMs: 3000, rules: [] };
