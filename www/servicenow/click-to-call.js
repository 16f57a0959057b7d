// @ts-check
// Click to call: what `openframe_communication` brings, in the forms that were seen. ServiceNow does not document it.
import {
  described,
  e164Of,
  isObject,
  nameOf,
  own,
  parsed,
  sentence,
  sysIdOf,
  textOf,
} from "./plain.js";

/**
 * @typedef {object} ClickedCall
 * @property {string} number in E.164 form if it has a country code; otherwise as it was written, for the phone to read
 * @property {string} [entity] the table of the record that it belongs to
 * @property {string} [sysId] of that record
 * @property {string} [name] of whoever is called; a text to show, never markup
 */

/**
 * Reads what came with the event.
 *
 * @param {unknown} args an object or its JSON; the number may be in `payload.data.metaData`, in `payload.data.data[]`, or in
 *   `context.phone_number`
 * @returns {ClickedCall | { problem: string }}
 */
export function readClickToCall(args) {
  const places = placesIn(args);
  if (places.length === 0)
    return wrong("The event", described(args), "an object or its JSON");
  const type = places.map((one) => own(one, "type")).find(isSaid);
  if (type !== undefined && type !== "OUTGOING_CALL")
    return wrong("type", described(type), "OUTGOING_CALL");
  const said = places.flatMap((one) =>
    NUMBER_NAMES.map((name) => own(one, name)).filter(isSaid),
  );
  if (said.length === 0)
    return wrong("phoneNumber", described(undefined), "a phone number");
  const country = places.flatMap((one) =>
    COUNTRY_NAMES.map((name) => own(one, name)).filter(isSaid),
  )[0];
  const number = normalised(said[0], country);
  if (number === undefined)
    return wrong("phoneNumber", describedNumber(said[0]), "a phone number");
  const record = places.map(recordOf).find((one) => one !== undefined);
  const name = places
    .map((one) => textOf(own(one, "contact_name"), 100))
    .find((one) => one !== undefined)
    ?.replace(/\p{Cc}/gu, " ");
  return { number, ...record, ...(name !== undefined && { name }) };
}

/** Takes a number once a second: a click is told by several frames, and people click twice. */
export class ClickToCall {
  /** @type {Map<string, number>} */
  #takenAtMs = new Map();

  /** Whether to call now. @param {ClickedCall} call @param {number} nowMs */
  take({ number }, nowMs) {
    for (const [other, atMs] of this.#takenAtMs)
      if (Math.abs(nowMs - atMs) >= ONCE_MS) this.#takenAtMs.delete(other);
    const digits = number.replace(/[^\d+]/g, "") || number;
    if (this.#takenAtMs.has(digits)) return false;
    this.#takenAtMs.set(digits, nowMs);
    return true;
  }
}

/**
 * E.164 where the text has a country code, or one is given beside it; otherwise the text, if it can be a number at all. Nothing
 * is guessed: an extension, a word or a national prefix is the phone's to read.
 *
 * @param {unknown} value
 * @param {unknown} [country] a calling code, such as 44 or "+44"
 * @returns {string | undefined}
 */
export function normalised(value, country) {
  const text = numberText(value);
  if (text === undefined || !/^[+\p{L}\d\s().\-/#*,;]+$/u.test(text))
    return undefined;
  const bare = text.replace(/[\s().\-/]/g, "");
  if (bare.startsWith("+") && /^\+\d+$/.test(bare)) return e164Of(bare);
  if (bare.indexOf("+") > 0) return undefined;
  if ((bare.match(/\d/g) ?? []).length < FEWEST_DIGITS) return undefined;
  const code = /^\+?([1-9]\d{0,2})$/.exec(numberText(country) ?? "")?.[1];
  if (code && /^[1-9]\d*$/.test(bare) && !bare.startsWith(code))
    return e164Of(`+${code}${bare}`) ?? text;
  return text;
}

/** @param {unknown} value */
function numberText(value) {
  if (Number.isSafeInteger(value)) return String(value);
  const text = textOf(value, 64);
  // Digits of other widths become digits; marks of direction, which come along when a number is copied, go.
  return text
    ?.normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/^tel:/i, "")
    .trim();
}

/** The objects in which something may be, outer ones first; few, whatever came. @param {unknown} args */
function placesIn(args) {
  /** @type {Record<string, unknown>[]} */
  const places = [];
  let next = [args];
  for (let depth = 0; depth < 6 && next.length > 0; depth += 1) {
    const found = next.map(parsed).flatMap((one) => {
      if (Array.isArray(one)) return one.slice(0, 10).map(parsed);
      return [one];
    });
    const objects = found.filter(isObject);
    places.push(...objects);
    next = objects
      .flatMap((one) => INNER.map((name) => own(one, name)))
      .filter(isSaid)
      .slice(0, 20);
  }
  return places;
}

/** @param {unknown} place */
function recordOf(place) {
  const entity = nameOf(own(place, "entity"));
  if (entity === undefined) return undefined;
  const query = textOf(own(place, "query"));
  const sysId =
    sysIdOf(own(place, "value")) ??
    sysIdOf(own(place, "sys_id")) ??
    sysIdOf(query?.match(/^sys_id=([0-9a-f]{32})$/i)?.[1]);
  return sysId === undefined ? { entity } : { entity, sysId };
}

/** A number is never repeated. @param {unknown} value */
function describedNumber(value) {
  const what = described(value);
  return typeof value === "string" && /[<>"'`]/.test(value)
    ? `${what} with markup`
    : what;
}

/** @param {unknown} value */
function isSaid(value) {
  return value !== undefined && value !== null && value !== "";
}

/** @param {string} field @param {string} found @param {string} expected */
function wrong(field, found, expected) {
  return { problem: sentence({ field, found, expected }) };
}

const INNER = ["payload", "context", "args", "data", "metaData", "metadata"];
const NUMBER_NAMES = ["phoneNumber", "phone_number", "phonenumber"];
const COUNTRY_NAMES = ["countrycode", "countryCode", "country_code"];
const ONCE_MS = 1000;
const FEWEST_DIGITS = 2; // Of extensions and emergency numbers; what can be called is the phone's to say.
