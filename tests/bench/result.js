// @ts-check
import { scenes } from "./scenes.js";

/**
 * @typedef {ReturnType<typeof import("./figures.js").compare>} Times
 * @typedef {Awaited<ReturnType<typeof import("./size.js").sizes>>} Sizes
 * @typedef {{ times: Record<string, Times>, sizes: Sizes }} Result `times` by scene
 */

/**
 * A table for people.
 *
 * @param {Result} result
 */
export function table({ times, sizes }) {
  const measured = scenes.filter(({ name }) => times[name]);
  const rows = measured.flatMap(({ name, goal }) => [
    row(name, "page start", times[name].fromStart, goal),
    row("", "open call", times[name].fromOpen),
  ]);
  const bytes = (/** @type {Sizes["js"]} */ { raw, gzip, brotli }) =>
    [raw, gzip, brotli].map(String);
  return [
    columns([
      ["scene", "ms from", "plain Streams", "ours", "ratio", "goal", ""],
      ...rows,
    ]),
    ...measured.map(({ name, about }) => `${name}: ${about}`),
    "",
    columns([
      ["bytes", "raw", "gzip -9", "brotli 11", "goal", ""],
      ["index.js", ...bytes(sizes.js), "", ""],
      ["wasm", ...bytes(sizes.wasm), "", ""],
      [
        "together",
        ...bytes(sizes.sum),
        `gzip ≤ ${GZIP_GOAL}`,
        sizes.sum.gzip <= GZIP_GOAL ? "reached" : "not reached",
      ],
    ]),
  ].join("\n");
}

/**
 * For programs: medians in milliseconds from the page's start, sizes in bytes after gzip, and all the details.
 *
 * @param {Result} result
 * @param {object} about when and where it was measured
 */
export function latest({ times, sizes }, about) {
  const plain = (/** @type {import("./figures.js").Comparison} */ c) => ({
    ours: c.ours.median,
    raw: c.raw.median,
    ratio: c.ratio,
    spread: { ours: [c.ours.min, c.ours.max], raw: [c.raw.min, c.raw.max] },
  });
  return {
    ...Object.fromEntries(
      Object.entries(times).map(([name, { fromStart, fromOpen }]) => [
        name,
        { ...plain(fromStart), fromOpen: plain(fromOpen) },
      ]),
    ),
    size: {
      js: sizes.js.gzip,
      wasm: sizes.wasm.gzip,
      raw: { js: sizes.js.raw, wasm: sizes.wasm.raw },
      brotli: { js: sizes.js.brotli, wasm: sizes.wasm.brotli },
    },
    about,
  };
}

/**
 * @param {string} name
 * @param {string} from
 * @param {import("./figures.js").Comparison} comparison
 * @param {number} [goal]
 */
function row(name, from, { raw, ours, ratio }, goal) {
  const reached = goal !== undefined && ratio <= goal;
  return [
    name,
    from,
    spread(raw),
    spread(ours),
    ratio.toFixed(3),
    goal === undefined ? "" : `≤ ${goal}`,
    goal === undefined ? "" : reached ? "reached" : "not reached",
  ];
}

/** @param {import("./figures.js").Spread} times */
function spread({ median, min, max }) {
  const [middle, from, to] = [median, min, max].map(Math.round);
  return `${middle} (${from}–${to})`;
}

/** @param {string[][]} rows the first cell of each is set left, the others right */
function columns(rows) {
  const widths = rows[0].map((_, at) =>
    Math.max(...rows.map((cells) => cells[at].length)),
  );
  return rows
    .map((cells) =>
      cells
        .map((cell, at) =>
          at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const GZIP_GOAL = 64_000;
