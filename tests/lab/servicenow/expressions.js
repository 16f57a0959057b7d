// @ts-check
/**
 * Splits a text at its expressions, `${…}` or `$[…]`.
 *
 * @param {string} text
 * @param {"{" | "["} open
 * @returns {{ text?: string, expression?: string }[]}
 */
export function split(text, open) {
  const parts = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf(`$${open}`, at);
    const end = start < 0 ? -1 : endOf(text, start + 2, open);
    if (end < 0) return [...parts, { text: text.slice(at) }];
    parts.push(
      { text: text.slice(at, start) },
      { expression: text.slice(start + 2, end) },
    );
    at = end + 1;
  }
}

/**
 * Where an expression ends: at the bracket that closes it, strings and nested brackets aside.
 *
 * @param {string} text
 * @param {number} from
 * @param {"{" | "["} open
 */
function endOf(text, from, open) {
  const close = open === "{" ? "}" : "]";
  let depth = 0;
  let quote = "";
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (quote) {
      if (character === "\\") at += 1;
      else if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === open) depth += 1;
    else if (character === close && depth-- === 0) return at;
  }
  return -1;
}
