import util from "node:util";
import { build } from "./build.js";
import { compileTests } from "./compile.js";
import { sum } from "./test-counts.js";
import { setUp } from "./setup.js";
import { Missing, command, say, seconds } from "./install-step.js";
import { runSuite, suites } from "./suites.js";

/*
 * npm test                          every suite
 * npm test -- --only lab,browser    some of them
 * npm test -- --list                their names
 */
command(async () => {
  const { values } = util.parseArgs({
    options: {
      list: { type: "boolean", default: false },
      only: { type: "string" },
    },
  });
  if (values.list) {
    for (const { name, about } of suites)
      console.log(`${name.padEnd(8)}  ${about}`);
    return 0;
  }
  const chosen = choose(values.only);
  const env = await setUp([...new Set(chosen.flatMap(({ needs }) => needs))]);
  await prepare(chosen);

  /** @type {Row[]} */
  const rows = [];
  for (const suite of chosen) rows.push(await row(suite, env));
  const total = sum(rows);
  console.log(`\n${table(rows)}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
});

/** @typedef {import("./test-counts.js").Count & { name: string, time: string, problem?: string }} Row */

/** @param {string | undefined} only */
function choose(only) {
  if (only === undefined) return suites;
  const names = only.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !suites.some((s) => s.name === name));
  if (unknown.length > 0)
    throw new Missing(
      `No suite is called ${unknown.join(" or ")}. The suites are ${suites.map(({ name }) => name).join(", ")}.`,
    );
  return suites.filter(({ name }) => names.includes(name));
}

/**
 * The one build that all suites share. Those that do not need it run even if it fails.
 *
 * @type {Promise<void> | undefined}
 */
let building;

/**
 * Builds and compiles what the suites need, at the same time: the optimised wasm takes one core for most of its time.
 *
 * @param {import("./suites.js").Suite[]} chosen
 */
async function prepare(chosen) {
  if (chosen.some(({ built }) => built)) building = build();
  const compiled = /** @type {const} */ (["rust", "wasm"]).filter((suite) =>
    chosen.some(({ name }) => name === suite),
  );
  await Promise.allSettled([building, ...compiled.map(compileTests)]);
}

/**
 * Runs a suite. If it cannot be run, or its tests cannot be counted, that is one failure.
 *
 * @param {import("./suites.js").Suite} suite
 * @param {import("./suites.js").Environment} env
 * @returns {Promise<Row>}
 */
async function row(suite, env) {
  const startedAt = performance.now();
  console.log();
  say(`${suite.name}: ${suite.about}`);
  const end = await Promise.resolve(suite.built ? building : undefined)
    .then(() => runSuite(suite, env))
    .catch((error) => {
      if (error.signal === "SIGINT") throw error;
      return { passed: 0, failed: 1, skipped: 0, problem: error.message };
    });
  return { name: suite.name, time: seconds(startedAt), ...end };
}

/** @param {Row[]} rows */
function table(rows) {
  const lines = [
    ["suite", "passed", "failed", "skipped", "time"],
    ...rows.map(({ name, passed, failed, skipped, time }) =>
      [name, passed, failed, skipped, time].map(String),
    ),
  ];
  return lines
    .map(([name, ...cells], index) =>
      [
        name.padEnd(8),
        ...cells.map((cell) => cell.padStart(8)),
        rows[index - 1]?.problem ? `  ${rows[index - 1].problem}` : "",
      ]
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
