// @ts-check
/**
 * A text with the parts that findings are about: cut into segments, with what is secret covered, and of a long text only what
 * surrounds those parts. Pure.
 *
 * @typedef {import("connect-softphone/setup").Part} Part
 * @typedef {{ severity: "error" | "warning", at: Part | null }} Placed
 *
 * @typedef {object} Segment
 * @property {"plain" | "marked" | "left out"} kind
 * @property {string} text `""` in a marked one: something is missing here
 * @property {readonly number[]} findings the indices of those that it belongs to
 * @property {"error" | "warning"} severity the worst of them
 * @property {readonly number[]} begins those that begin here
 */

/**
 * @param {string} text
 * @param {readonly Placed[]} findings
 * @param {readonly Part[]} secrets
 * @returns {Segment[]}
 */
export function segmentsOf(text, findings, secrets) {
  const placed = findings.flatMap(({ at, severity }, index) =>
    at ? [{ index, severity, start: at.start, end: at.end }] : [],
  );
  const shown = windowsOf(text, placed);
  const cuts = [0, text.length, ...shown.flatMap((one) => [one.start, one.end])]
    .concat(placed.flatMap(({ start, end }) => [start, end]))
    .filter((at) => at <= text.length);
  const bounds = [...new Set(cuts)].sort((a, b) => a - b);
  const covered = cover(text, secrets, placed);
  /** @type {Segment[]} */
  const segments = [];
  bounds.forEach((start, index) => {
    const missing = placed.filter(
      (one) => one.start === start && one.end === start,
    );
    if (missing.length > 0) segments.push(marked("", missing, start));
    const end = bounds[index + 1];
    if (end === undefined) return;
    const here = placed.filter((one) => one.start <= start && one.end >= end);
    const isShown = shown.some((one) => one.start <= start && one.end >= end);
    if (here.length > 0 && isShown)
      segments.push(marked(covered.slice(start, end), here, start));
    else
      segments.push({
        kind: isShown ? "plain" : "left out",
        text: covered.slice(start, end),
        findings: [],
        severity: "warning",
        begins: [],
      });
  });
  return segments.filter(({ kind, text }) => kind === "marked" || text);
}

/**
 * @param {string} text
 * @param {readonly { index: number, severity: "error" | "warning", start: number }[]} here
 * @param {number} start
 * @returns {Segment}
 */
function marked(text, here, start) {
  return {
    kind: "marked",
    text,
    findings: here.map(({ index }) => index),
    severity: here.some(({ severity }) => severity === "error")
      ? "error"
      : "warning",
    begins: here.filter((one) => one.start === start).map(({ index }) => index),
  };
}

/**
 * What of a text is shown: all of a short one.
 *
 * @param {string} text
 * @param {readonly Part[]} placed
 * @returns {Part[]}
 */
function windowsOf(text, placed) {
  if (text.length <= LONG) return [{ start: 0, end: text.length }];
  const around = placed.map(({ start, end }) => ({
    start: Math.max(0, start - AROUND),
    end: Math.min(text.length, Math.min(end, start + LONG) + AROUND),
  }));
  const all = [{ start: 0, end: AROUND }, ...around];
  all.sort((a, b) => a.start - b.start);
  /** @type {Part[]} */
  const windows = [];
  for (const one of all) {
    const last = windows.at(-1);
    if (last && one.start <= last.end) last.end = Math.max(last.end, one.end);
    else windows.push({ ...one });
  }
  return windows;
}

/**
 * What a finding is about is shown in any case.
 *
 * @param {string} text
 * @param {readonly Part[]} secrets
 * @param {readonly Part[]} placed
 */
function cover(text, secrets, placed) {
  let covered = text;
  for (const { start, end } of secrets)
    covered =
      covered.slice(0, start) + "•".repeat(end - start) + covered.slice(end);
  for (const { start, end } of placed)
    covered =
      covered.slice(0, start) + text.slice(start, end) + covered.slice(end);
  return covered;
}

/** In units of UTF-16: what is shown as a whole, and what is shown around a finding in a longer text. */
const LONG = 1500;
const AROUND = 160;
