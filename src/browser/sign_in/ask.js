// @ts-check

/**
 * Asks the host for its SSO Login URL.
 *
 * @param {unknown} source what the host configured: a function that returns the URL or a promise of it, or such a promise
 * @returns {Promise<unknown>} rejected with what the host threw
 */
export async function ask(source) {
  await undefined; // None of the host's code runs inside an effect.
  return typeof source === "function" ? source() : source;
}

/**
 * A promise may be rejected before anybody asks for it.
 *
 * @param {any} source
 */
export function expectRejection(source) {
  Promise.resolve(source).catch(() => {});
}
