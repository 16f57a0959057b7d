// @ts-check
/**
 * Checks the body of a request: known fields only, each of its type.
 *
 * @param {unknown} body
 * @param {Record<string, string>} types `typeof` each field, or `null`; alternatives are joined by `|`
 * @returns {Record<string, any>} the body
 * @throws {Error} naming the field, what was found and what was expected
 */
export function checkedFields(body, types) {
  const found = checkedObject(body);
  for (const [name, value] of Object.entries(found)) {
    const expected = Object.hasOwn(types, name) ? types[name] : undefined;
    if (!expected)
      throw new Error(
        `${name}: no such field, expected ${Object.keys(types).join(", ")}`,
      );
    const type =
      value === null ? "null" : Array.isArray(value) ? "list" : typeof value;
    if (!expected.split("|").includes(type))
      throw new Error(
        `${name}: found ${JSON.stringify(value)}, expected ${expected.replaceAll("|", " or ")}`,
      );
  }
  return found;
}

/** @param {unknown} body @returns {Record<string, any>} */
export function checkedObject(body) {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Error("expected a JSON object");
  return body;
}
