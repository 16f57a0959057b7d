// @ts-check
/**
 * @typedef {import("./pages.js").Report} Report
 * @typedef {{ median: number, min: number, max: number }} Spread in milliseconds
 * @typedef {{ raw: Spread, ours: Spread, ratio: number }} Comparison `raw`: plain Streams, or what stands in its place;
 *   `ratio`: of the medians, ours to that
 */

/**
 * Compares the visits of one scene: from the page's start and from the open call, until the agent's data are there and until
 * a call is taken.
 *
 * @param {Record<import("./visits.js").Side, Report[]>} reports at least one of each, unless no ideal was measured
 */
export function compare({ raw, ours, ideal }) {
  const by = (/** @type {(report: Report) => number} */ time) =>
    comparison(spread(raw.map(time)), spread(ours.map(time)));
  return {
    fromStart: by(({ readyAt }) => readyAt),
    fromOpen: by(({ openedAt, readyAt }) => readyAt - openedAt),
    toCall: by(({ takenAt }) => takenAt),
    ofIdeal:
      ideal.length > 0
        ? comparison(
            spread(ideal.map(({ readyAt }) => readyAt)),
            spread(ours.map(({ readyAt }) => readyAt)),
          )
        : undefined,
  };
}

/**
 * @param {number[]} times
 * @param {number} [digits] after the point
 * @returns {Spread}
 */
export function spread(times, digits = 1) {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return {
    median: round(median, digits),
    min: round(sorted[0], digits),
    max: round(sorted[sorted.length - 1], digits),
  };
}

/**
 * @param {Spread} raw
 * @param {Spread} ours
 * @returns {Comparison}
 */
function comparison(raw, ours) {
  return { raw, ours, ratio: round(ours.median / raw.median, 3) };
}

/**
 * @param {number} number
 * @param {number} digits after the point
 */
function round(number, digits) {
  return Number(number.toFixed(digits));
}
