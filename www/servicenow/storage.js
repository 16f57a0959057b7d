// @ts-check

/**
 * A storage of this browser, if the page may use it: in a frame without an origin of its own, even asking for it throws.
 *
 * @param {"localStorage" | "sessionStorage"} name
 * @returns {Storage | undefined}
 */
export function storageOf(name) {
  try {
    return window[name];
  } catch {
    return undefined;
  }
}
