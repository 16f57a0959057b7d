/**
 * How many tests a runner says it ran. Flaky, cancelled, timed-out and not-run tests count as failed.
 *
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** A runner's output holds no line that says how many tests it ran. */
export class NoCount extends Error {
  name = "NoCount";
}

/**
 * Reads the summary of `cargo nextest run`.
 *
 * @param {string} output without colours, as in every function here
 * @returns {Count}
 * @throws {NoCount}
 */
export function nextestCount(output) {
  const summary = output.match(/^ *Summary \[.*$/gm)?.at(-1);
  const of = (/** @type {string} */ what) => number(summary, ` ${what}`);
  return counted(summary, {
    passed: of("passed"),
    failed: of("failed") + of("exec failed") + of("timed out"),
    skipped: of("skipped"),
  });
}

/**
 * Adds up the `test result:` lines of `cargo test`, wasm-bindgen's runner included: one for each test program and for the doc tests.
 *
 * @param {string} output
 * @returns {Count}
 * @throws {NoCount}
 */
export function cargoCount(output) {
  const lines = output.match(/^test result: .*$/gm);
  return sum(
    counted(lines, lines ?? []).map((line) => ({
      passed: number(line, " passed"),
      failed: number(line, " failed"),
      skipped: number(line, " ignored"),
    })),
  );
}

/**
 * Reads the summary of `node --test` (the spec and the tap reporter).
 *
 * @param {string} output
 * @returns {Count}
 * @throws {NoCount}
 */
export function nodeCount(output) {
  const of = (/** @type {string} */ what) =>
    output.match(new RegExp(`^(?:ℹ|#) ${what} (\\d+)$`, "gm"))?.at(-1);
  const last = (/** @type {string} */ what) =>
    Number(/\d+$/.exec(of(what) ?? "0")?.[0]);
  return counted(of("pass"), {
    passed: last("pass"),
    failed: last("fail") + last("cancelled"),
    skipped: last("skipped") + last("todo"),
  });
}

/**
 * Reads the summary of `playwright test`, which has a line for each outcome that occurred.
 *
 * @param {string} output
 * @returns {Count}
 * @throws {NoCount}
 */
export function playwrightCount(output) {
  const found = [
    ...output.matchAll(
      /^  (\d+) (passed|failed|flaky|skipped|interrupted|did not run)\b/gm,
    ),
  ];
  // The last of each: a test may print such a line of its own.
  const last = new Map(found.map(([, count, what]) => [what, Number(count)]));
  const of = (/** @type {string} */ what) => last.get(what) ?? 0;
  return counted(found.length > 0 || undefined, {
    passed: of("passed"),
    failed: of("failed") + of("flaky") + of("interrupted") + of("did not run"),
    skipped: of("skipped"),
  });
}

/**
 * Counts the files of a folder that `tsc --listFiles --pretty false` compiled; one with an error has failed.
 *
 * @param {string} output
 * @param {string} folder from the repository's folder, with "/" at its end
 * @returns {Count}
 * @throws {NoCount}
 */
export function typesCount(output, folder) {
  const lines = output.split("\n").map((line) => line.replaceAll("\\", "/"));
  const files = lines.filter(
    (line) => line.includes(`/${folder}`) && !/: error TS/.test(line),
  );
  const wrong = new Set(
    lines.flatMap(
      (line) => /^(.+?)\(\d+,\d+\): error TS/.exec(line)?.[1] ?? [],
    ),
  );
  const failed = [...wrong].filter((file) => file.startsWith(folder)).length;
  return counted(files.length > 0 || undefined, {
    passed: files.length - failed,
    // An error outside the folder, or in the configuration, fails what depends on it.
    failed: failed + (/error TS\d/.test(output) && failed === 0 ? 1 : 0),
    skipped: 0,
  });
}

/**
 * @param {Count[]} counts
 * @returns {Count}
 */
export function sum(counts) {
  return counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/**
 * @template T
 * @param {unknown} summary what was looked for
 * @param {T} value
 */
function counted(summary, value) {
  if (!summary)
    throw new NoCount("its output does not say how many tests it ran");
  return value;
}

/**
 * The number that stands before a word.
 *
 * @param {string | undefined} line
 * @param {string} word
 */
function number(line, word) {
  return Number(new RegExp(`(\\d+)${word}\\b`).exec(line ?? "")?.[1] ?? 0);
}
