// @ts-check

/**
 * A duration as agents read it: `0:05`, `12:34`, `1:02:03`.
 *
 * @param {number} ms negative counts as 0
 */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return minutes < 60
    ? `${minutes}:${rest}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

/**
 * A time of day, on one line.
 *
 * @param {number} atMs
 * @param {string} language
 */
export function timeOfDay(atMs, language) {
  const time = new Date(atMs).toLocaleTimeString(language, {
    timeStyle: "short",
  });
  return time.replaceAll(" ", "\u00a0");
}
