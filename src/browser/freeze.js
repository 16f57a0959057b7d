// @ts-check

/**
 * Freezes a value that we have made, with everything in it.
 *
 * @param {any} value
 */
export function freeze(value) {
  if (typeof value !== "object" || value === null) return;
  if (Object.isFrozen(value)) return;
  for (const part of Object.values(value)) freeze(part);
  Object.freeze(value);
}
