// @ts-check
// Reading what comes from outside: nothing is believed before it has been looked at, and what is wrong is told in words
// that hold no number, name or token.

/** @typedef {{ field: string, found: string, expected: string }} Problem */

/** The fields of an object; none if it is something else. @param {unknown} value @returns {Record<string, unknown>} */
export function fieldsOf(value) {
  return isObject(value) ? value : {};
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A field of the object's own, so that `constructor` and its kind are never found.
 *
 * @param {unknown} value
 * @param {string} name
 */
export function own(value, name) {
  return isObject(value) && Object.hasOwn(value, name)
    ? value[name]
    : undefined;
}

/** A text that is not empty and not too long, without what surrounds it. @param {unknown} value @param {number} [longest] */
export function textOf(value, longest = 256) {
  if (typeof value !== "string" || value.length > longest * 4) return undefined;
  const text = value.trim();
  return text !== "" && text.length <= longest ? text : undefined;
}

/** The object that a text in JSON or the value itself is. @param {unknown} value @returns {unknown} */
export function parsed(value) {
  if (typeof value !== "string") return value;
  if (value.length > LONGEST_JSON) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** What a value is, in words that do not repeat it. @param {unknown} value */
export function described(value) {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "string")
    return value === ""
      ? "an empty text"
      : `a text of ${value.length} characters`;
  if (typeof value === "object") {
    const names = Object.keys(value);
    const some = names.slice(0, 8).map((name) => name.slice(0, 40));
    const more = names.length > some.length ? " and others" : "";
    return some.length > 0
      ? `an object with ${some.join(", ")}${more}`
      : "an empty object";
  }
  return `a ${typeof value}`;
}

/** A sentence of a problem. @param {Problem} problem */
export function sentence({ field, found, expected }) {
  return `${field}: found ${found}, expected ${expected}.`;
}

/** The first few of them, each cut short. @param {readonly string[]} items @param {string} [between] */
export function some(items, between = ", ") {
  const shown = items.slice(0, 12).map((one) => one.slice(0, 80));
  const more = items.length - shown.length;
  return `${shown.join(between)}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Whether it is a time that a date can have, in milliseconds. @param {unknown} value */
export function isTime(value) {
  return typeof value === "number" && Math.abs(value) <= 8.64e15;
}

/** A sys_id, as ServiceNow makes them. @param {unknown} value */
export function sysIdOf(value) {
  const text = textOf(value, 32)?.toLowerCase();
  return text !== undefined && /^[0-9a-f]{32}$/.test(text) ? text : undefined;
}

/** The name of a table or column, dots included. @param {unknown} value */
export function nameOf(value) {
  const text = textOf(value, 80);
  return text !== undefined && /^[a-z_][a-z0-9_.]*$/i.test(text)
    ? text
    : undefined;
}

/** A number in E.164 form. @param {unknown} value */
export function e164Of(value) {
  const text = textOf(value, 16);
  return text !== undefined && /^\+[1-9]\d{3,14}$/.test(text)
    ? text
    : undefined;
}

const LONGEST_JSON = 100_000;
