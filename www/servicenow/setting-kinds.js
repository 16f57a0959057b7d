// @ts-check
// The kinds of settings, for the table in settings.js: each reads the text of a system property.

/**
 * @template T
 * @typedef {object} Setting
 * @property {T} fallback what holds without a value, and in place of a wrong one
 * @property {string} about for the administrator
 * @property {string} expected what a right value is, in words
 * @property {readonly string[]} [choices] all right values
 * @property {(value: string) => T | undefined} read of a text that is not empty; `undefined`: it is wrong
 */

/**
 * @param {string} fallback
 * @param {string} about
 * @param {RegExp} [pattern]
 * @param {string} [expected]
 * @returns {Setting<string>}
 */
export function text(
  fallback,
  about,
  pattern = /^.{1,255}$/,
  expected = "at most 255 characters in one line",
) {
  const read = (/** @type {string} */ value) =>
    pattern.test(value) ? value : undefined;
  return { fallback, about, expected, read };
}

/**
 * Of a script, which the browser loads: nothing but a path of the instance itself or an address with `https:`.
 *
 * @param {string} fallback
 * @param {string} about
 */
export function script(fallback, about) {
  return text(
    fallback,
    about,
    /^(https:\/\/(?=\w)|\/(?![/\\]))[^\s"'<>\\]{1,2000}$/i,
    "a path such as /script.js, or an https: address",
  );
}

/**
 * @template {string} T
 * @param {NoInfer<T>} fallback
 * @param {readonly T[]} choices
 * @param {string} about
 * @returns {Setting<T>}
 */
export function choice(fallback, choices, about) {
  const read = (/** @type {string} */ value) =>
    choices.find((one) => one === value.toLowerCase());
  return { fallback, about, choices, expected: choices.join(" or "), read };
}

/**
 * @param {boolean} fallback
 * @param {string} about
 * @returns {Setting<boolean>}
 */
export function flag(fallback, about) {
  const choices = ["true", "false"];
  const read = (/** @type {string} */ value) => {
    const at = choices.indexOf(value.toLowerCase());
    return at < 0 ? undefined : at === 0;
  };
  return { fallback, about, choices, expected: choices.join(" or "), read };
}

/**
 * @template T
 * @param {T} fallback
 * @param {string} about
 * @param {(value: any) => boolean} [fits] whether an object or a list is right
 * @param {string} [expected]
 * @returns {Setting<T>}
 */
export function json(
  fallback,
  about,
  fits = (value) => !Array.isArray(value),
  expected = "an object in JSON",
) {
  const read = (/** @type {string} */ value) => {
    const found = parsed(value);
    return typeof found === "object" && found !== null && fits(found)
      ? found
      : undefined;
  };
  return { fallback, about, expected, read };
}

/**
 * Whether this is an object of texts.
 *
 * @param {object} value
 */
export function ofTexts(value) {
  const texts = Object.values(value).every((one) => typeof one === "string");
  return texts && !Array.isArray(value);
}

/**
 * What stands there, short enough for a sentence.
 *
 * @param {unknown} value
 */
export function described(value) {
  if (typeof value !== "string") return `a value of type ${typeof value}`;
  const short = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return JSON.stringify(short);
}

/** @param {string} value @returns {any} `undefined`: it is no JSON */
function parsed(value) {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
