// @ts-check

/**
 * A value of ours as one text: a crossing into the wasm costs more than what it carries. Each part begins with a letter for
 * what it is, and parts are separated by NUL:
 *
 * ```
 * u  n12  sTEXT  t  f  0          absent, a whole number, a text, true, false, null
 * [2 …  {2 NAME … NAME …          so many values; so many names, each with its value
 * ```
 * What is none of these is absent, and so is what lies deeper than ours do.
 *
 * @param {unknown} value
 */
export function tapeOf(value) {
  /** @type {string[]} */
  const parts = [];
  write(value, parts, DEPTH);
  return parts.join("\0");
}

/** @param {any} value @param {string[]} parts @param {number} depth */
function write(value, parts, depth) {
  if (value === null) parts.push("0");
  else if (typeof value === "string") parts.push(`s${clean(value)}`);
  else if (typeof value === "number") parts.push(`n${value}`);
  else if (typeof value === "boolean") parts.push(value ? "t" : "f");
  else if (typeof value !== "object" || depth === 0) parts.push("u");
  else if (Array.isArray(value)) {
    parts.push(`[${value.length}`);
    for (const one of value) write(one, parts, depth - 1);
  } else {
    const names = Object.keys(value);
    parts.push(`{${names.length}`);
    for (const name of names) {
      parts.push(clean(name));
      write(value[name], parts, depth - 1);
    }
  }
}

/** @param {string} text */
function clean(text) {
  return text.includes("\0") ? text.replaceAll("\0", "\ufffd") : text;
}

const DEPTH = 8;
