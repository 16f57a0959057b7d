// @ts-check
import { scenes } from "./scenes.js";

/**
 * @typedef {ReturnType<typeof import("./figures.js").compare>} Times
 * @typedef {Awaited<ReturnType<typeof import("./size.js").sizes>>} Sizes
 * @typedef {{ scene: import("./scenes.js").Scene, roundTripMs: number, times: Times }} Measured
 * @typedef {{ measured: Measured[], sizes: Sizes }} Result
 */

/**
 * A table for people.
 *
 * @param {Result} result
 */
export function table({ measured, sizes }) {
  const rows = measured.flatMap(({ scene, roundTripMs, times }) => [
    row(nameOf(scene, roundTripMs), "page start", times.fromStart, scene.goal),
    row("", "open call", times.fromOpen),
    row("", "start to call", times.toCall),
    ...(times.ofIdeal
      ? [row("", "start, by hand", times.ofIdeal, scene.goalOfIdeal)]
      : []),
  ]);
  const seen = scenes.filter(({ name }) =>
    measured.some(({ scene }) => scene.name === name),
  );
  const bytes = (/** @type {Sizes["js"]} */ { raw, gzip, brotli }) =>
    [raw, gzip, brotli].map(String);
  return [
    columns([
      ["scene", "ms from", "plain Streams", "ours", "ratio", "goal", ""],
      ...rows,
    ]),
    ...seen.map(({ name, about }) => `${name}: ${about}`),
    "@40: with 40 ms of round trip for each connection and each request",
    "start, by hand: a page that does the same by hand stands in the place of plain Streams",
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
      [
        "controls.js",
        ...bytes(sizes.controls),
        `gzip ≤ ${CONTROLS_GOAL}`,
        sizes.controls.gzip <= CONTROLS_GOAL ? "reached" : "not reached",
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
export function latest({ measured, sizes }, about) {
  const plain = (/** @type {import("./figures.js").Comparison} */ c) => ({
    ours: c.ours.median,
    raw: c.raw.median,
    ratio: c.ratio,
    spread: { ours: [c.ours.min, c.ours.max], raw: [c.raw.min, c.raw.max] },
  });
  return {
    ...Object.fromEntries(
      measured.map(({ scene, roundTripMs, times }) => [
        nameOf(scene, roundTripMs),
        {
          ...plain(times.fromStart),
          fromOpen: plain(times.fromOpen),
          toCall: plain(times.toCall),
          ...(times.ofIdeal && { ofIdeal: plain(times.ofIdeal) }),
        },
      ]),
    ),
    size: {
      js: sizes.js.gzip,
      wasm: sizes.wasm.gzip,
      controls: sizes.controls.gzip,
      raw: { js: sizes.js.raw, wasm: sizes.wasm.raw },
      brotli: { js: sizes.js.brotli, wasm: sizes.wasm.brotli },
    },
    about,
  };
}

/**
 * @param {import("./scenes.js").Scene} scene
 * @param {number} roundTripMs
 */
function nameOf({ name }, roundTripMs) {
  return roundTripMs ? `${name}@${roundTripMs}` : name;
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
    shown(raw),
    shown(ours),
    ratio.toFixed(3),
    goal === undefined ? "" : `≤ ${goal}`,
    goal === undefined ? "" : reached ? "reached" : "not reached",
  ];
}

/** @param {import("./figures.js").Spread} times */
export function shown({ median, min, max }) {
  const [middle, from, to] = [median, min, max].map(Math.round);
  return `${middle} (${from}–${to})`;
}

/** @param {string[][]} rows the first cell of each is set left, the others right */
export function columns(rows) {
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

const GZIP_GOAL = 112_000;

/** The panel, with one language. */
const CONTROLS_GOAL = 35_000;
