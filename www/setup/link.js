// @ts-check
// The address that carries what was entered: in its fragment, which browsers send to no server. Pure.

/**
 * @param {Record<string, string>} answers
 * @param {(text: string) => readonly { start: number, end: number }[]} secretsIn
 * @returns {{ fragment: string, leftOut: string[] }} and the names of what is not in it, or not whole
 */
export function fragmentOf(answers, secretsIn) {
  const leftOut = [];
  const carried = new URLSearchParams();
  for (const [name, value] of Object.entries(answers)) {
    const isPrivate = PRIVATE.includes(name);
    const text = isPrivate ? "" : without(value, secretsIn(value));
    if (text !== value) leftOut.push(name);
    if (text) carried.set(name, text);
  }
  return { fragment: carried.toString(), leftOut };
}

/**
 * What a fragment carries. Whoever wrote it may be anybody: names and lengths are limited, and the values are texts like
 * typed ones.
 *
 * @param {string} fragment with or without its #
 * @returns {Map<string, string>}
 */
export function answersIn(fragment) {
  const pairs = [...new URLSearchParams(fragment.replace(/^#/, ""))].filter(
    ([name, value]) =>
      /^[a-zA-Z]{1,40}$/.test(name) &&
      value.length <= 4000 &&
      !PRIVATE.includes(name),
  );
  return new Map(pairs.slice(0, 60));
}

/** @param {string} text @param {readonly { start: number, end: number }[]} parts */
function without(text, parts) {
  let rest = text;
  for (const { start, end } of [...parts].reverse())
    rest = rest.slice(0, start) + rest.slice(end);
  return rest;
}

/** They name people, or let somebody in. */
const PRIVATE = ["users", "userName", "csv", "samlResponse", "har"];
