// @ts-check
// What comes with the event `interaction_control_action`, made safe: `{action: {name, payload}}` as in ServiceNow's table, or
// `{name, payload}` as in its example, each perhaps as JSON. Whoever can post a message to the page can send one.

/** @typedef {string | number | boolean | null} Plain */
/** @typedef {Plain | Value[] | { [key: string]: Value }} Value */
/**
 * An action whose payload is plain data of a limited size.
 *
 * @typedef {object} Action
 * @property {string} name
 * @property {Readonly<Record<string, Value>>} payload
 * @property {boolean} truncated whether something of the payload was left out, because there was too much
 */

/** Characters of a message that comes as JSON. */
const longestJson = 100_000;
const longestName = 100;
const longestText = 1_000;
const mostKeys = 50;
const mostItems = 50;
const deepest = 4;

/** Names that mean something else to an object. */
const unsafeKeys = new Set(["__proto__", "constructor", "prototype"]);

/**
 * @param {unknown} args as the callback of `subscribe` gets it
 * @returns {Action | { problem: string }}
 */
export function readAction(args) {
  const outer = parsed(args);
  if (outer === tooLong)
    return unread("the action", `a text of over ${longestJson} characters`);
  if (!isRecord(outer))
    return unread("the action", kind(outer), "an object or JSON of one");
  const inner = parsed(own(outer, "action") ?? outer);
  // The name alone, with its payload beside it.
  if (typeof inner === "string") return named(inner, own(outer, "payload"));
  if (inner === tooLong || !isRecord(inner))
    return unread("action", kind(inner), "an object or JSON of one");
  return named(own(inner, "name"), own(inner, "payload"));
}

/** @param {unknown} name @param {unknown} given the payload @returns {Action | { problem: string }} */
function named(name, given) {
  if (typeof name !== "string" || name.trim() === "")
    return unread("action.name", kind(name), "a text");
  if (name.length > longestName)
    return unread("action.name", `a text of ${name.length} characters`);
  const payload = parsed(given ?? {});
  if (payload === tooLong || !isRecord(payload))
    return unread("action.payload", kind(payload), "an object or JSON of one");
  const copy = new Copy();
  const kept = /** @type {Record<string, Value>} */ (copy.of(payload, 0));
  return { name: name.trim(), payload: kept, truncated: copy.truncated };
}

/** Copies data up to the limits. What is too long is left out and not cut: half a number is another number. */
class Copy {
  truncated = false;

  /** @param {unknown} value @param {number} depth @returns {Value | undefined} */
  of(value, depth) {
    if (value === null || typeof value === "boolean") return value;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    if (typeof value === "string" && value.length <= longestText) return value;
    if (typeof value === "object" && depth < deepest)
      return Array.isArray(value)
        ? this.#list(value, depth)
        : this.#record(value, depth);
    if (value !== undefined) this.truncated = true;
    return undefined;
  }

  /** @param {readonly unknown[]} list @param {number} depth */
  #list(list, depth) {
    if (list.length > mostItems) this.truncated = true;
    return list
      .slice(0, mostItems)
      .map((one) => this.of(one, depth + 1))
      .filter((one) => one !== undefined);
  }

  /** @param {object} record @param {number} depth */
  #record(record, depth) {
    /** @type {Record<string, Value>} */
    const copy = {};
    const keys = Object.keys(record);
    const safe = keys.filter(
      (key) => !unsafeKeys.has(key) && key.length <= longestName,
    );
    if (safe.length < keys.length || safe.length > mostKeys)
      this.truncated = true;
    for (const key of safe.slice(0, mostKeys)) {
      const value = this.of(own(record, key), depth + 1);
      if (value !== undefined) copy[key] = value;
    }
    return copy;
  }
}

const tooLong = Symbol("too long");

/** Objects come as they are, or as JSON. @param {unknown} value */
function parsed(value) {
  if (typeof value !== "string") return value;
  if (value.length > longestJson) return tooLong;
  try {
    return /** @type {unknown} */ (JSON.parse(value));
  } catch {
    return value;
  }
}

/** @param {unknown} value @returns {value is object} */
const isRecord = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A property of its own, never an inherited one. @param {object} record @param {string} key @returns {unknown} */
const own = (record, key) =>
  Object.hasOwn(record, key)
    ? /** @type {Record<string, unknown>} */ (record)[key]
    : undefined;

/** What this is, in words and without its content. @param {unknown} value */
function kind(value) {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (value === tooLong) return `a text of over ${longestJson} characters`;
  if (Array.isArray(value)) return "a list";
  if (value === "") return "an empty text";
  if (typeof value === "string") return "a text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** @param {string} field @param {string} found @param {string} [expected] */
const unread = (
  field,
  found,
  expected = `a text of up to ${field === "action.name" ? longestName : longestJson} characters`,
) => ({ problem: `${field}: found ${found}, expected ${expected}.` });
