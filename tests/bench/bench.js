// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startLab } from "../lab/lab.js";
import { Browser } from "./browser.js";
import { benchCalls } from "./calls.js";
import { benchCycles } from "./cycles.js";
import { compare } from "./figures.js";
import { latest, table } from "./result.js";
import { scenes } from "./scenes.js";
import { benchServiceNow } from "./service-now.js";
import { benchSetup } from "./setup.js";
import { sizes } from "./size.js";
import { Failed, Visits } from "./visits.js";

/*
 * How long it takes until the agent's data has arrived, with plain Streams and with this module: over the same lab, in the
 * same browser, alternating. See usage().
 *
 * Both are treated alike. The browser keeps its HTTP cache and compiled code, as on an agent's computer, and fills them before
 * anything counts. Every visit is a new page, after all others are closed. A cold visit starts without cookies, without
 * anything that pages stored, and without any session except at the identity provider.
 */

/** Beside the scenes. */
const CYCLES = "cycles";
const CALLS = "calls";
const SERVICENOW = "servicenow";
const SETUP = "setup";
/** How many calls are looked at for what they leave in memory. */
const MANY_CALLS = 2000;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "7" },
    only: { type: "string" },
    distances: { type: "string", default: "0,40,120" },
    cycles: { type: "string", default: "100" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(usage());
else bench().then((code) => (process.exitCode = code));

/** @returns {Promise<number>} the exit code: 1 only when a visit did not end as its scene says */
async function bench() {
  const runs = Number(values.runs);
  const names = values.only?.split(",") ?? scenes.map(({ name }) => name);
  const cycles = Number(values.cycles);
  const others = [SERVICENOW, SETUP, CALLS, CYCLES];
  const known = [...scenes.map(({ name }) => name), ...others];
  const distances = values.distances.split(",").map(Number);
  const counts =
    [runs, cycles].every((n) => Number.isInteger(n) && n > 0) &&
    distances.every((ms) => Number.isInteger(ms) && ms >= 0);
  if (!counts || names.some((name) => !known.includes(name))) {
    console.error(usage());
    return 1;
  }
  const timed = names.some((name) => !others.includes(name));
  const code = timed ? await benchTimes(runs, names, distances) : 0;
  if (!values.only || names.includes(SERVICENOW))
    await benchServiceNow(runs, distances);
  if (!values.only || names.includes(SETUP)) await benchSetup(runs);
  if (!values.only || names.includes(CALLS)) await benchCalls(MANY_CALLS);
  if (!values.only || names.includes(CYCLES)) await benchCycles(cycles);
  return code;
}

/**
 * @param {number} runs
 * @param {string[]} names of the scenes
 * @param {number[]} distances in milliseconds of round trip
 */
async function benchTimes(runs, names, distances) {
  const lab = await startLab();
  const browser = await Browser.start(
    process.env.CHROMIUM || "/usr/bin/chromium",
  );
  try {
    const about = {
      at: new Date().toISOString(),
      runs,
      browser: browser.version,
      cores: os.availableParallelism(),
      loadBefore: load(),
    };
    console.log(
      `${runs} visits each, ${about.browser}, ${about.cores} cores, load ${about.loadBefore}`,
    );
    const visits = new Visits(lab, browser);
    /** @type {import("./result.js").Result} */
    const result = { measured: [], sizes: await sizes(`${ROOT}dist`) };
    for (const scene of scenes.filter(({ name }) => names.includes(name)))
      for (const roundTripMs of distances) {
        visits.moveAway(roundTripMs);
        const times = await measure(scene, visits, browser, runs);
        result.measured.push({ scene, roundTripMs, times });
      }
    console.log(
      `\n${table(result)}\n\nload ${load()}; ${visits.disturbed} of ${visits.count} visits began on a busy machine`,
    );
    if (!values.only) {
      await mkdir(`${ROOT}target/bench`, { recursive: true });
      const text = JSON.stringify(
        latest(result, {
          ...about,
          loadAfter: load(),
          visits: visits.count,
          disturbed: visits.disturbed,
        }),
        undefined,
        2,
      );
      await writeFile(`${ROOT}target/bench/latest.json`, `${text}\n`);
      console.log("written to target/bench/latest.json");
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    console.error(`\n${error.message}`);
    return 1;
  } finally {
    await browser.close();
    await lab.close();
  }
}

/**
 * @param {import("./scenes.js").Scene} scene
 * @param {Visits} visits
 * @param {Browser} browser
 * @param {number} runs
 */
async function measure(scene, visits, browser, runs) {
  /** @typedef {import("./visits.js").Side} Side */
  /** @type {Record<Side, import("./pages.js").Report[]>} */
  const reports = { raw: [], ours: [], ideal: [] };
  await visits.begin(scene);
  // Twice: Chromium keeps a script's compiled code only when the script is loaded again.
  const before = scene.cold ? 0 : 2;
  for (let run = -before; run < runs * scene.often; run++) {
    /** @type {Side[]} */
    const sides = ["raw", "ours"];
    if (scene.ideal) sides.push("ideal");
    if (run % 2) sides.reverse();
    for (const side of sides) {
      const name = `${scene.name}, ${side}, ${run < 0 ? "before" : run + 1}`;
      const report = await visits.visit(side).catch((error) => {
        if (error instanceof Failed)
          error.message = `${name}: ${error.message}`;
        throw error;
      });
      const ms = Math.round(report.readyAt);
      console.log(
        `${name}: ${ms} ms, open call at ${Math.round(report.openedAt)}, call taken at ${Math.round(report.takenAt)}`,
      );
      if (run < 0) continue;
      if (side === "ours" && report.way !== scene.way)
        throw new Failed(
          `${name}: signed in by ${report.way}, the scene is ${scene.way}`,
        );
      if (scene.way !== "popup" && side === "ours" && browser.windows > 1)
        throw new Failed(`${name}: a window was opened`);
      reports[side].push(report);
    }
  }
  return compare(reports);
}

/** The machine's load, averaged over the last minute. */
function load() {
  return Number(os.loadavg()[0].toFixed(2));
}

function usage() {
  const list = scenes.map(({ name, about }) => `  ${name.padEnd(16)}${about}`);
  return [
    "npm run bench -- [--runs N] [--only scene,scene] [--distances ms,ms] [--cycles N]",
    "",
    "--runs N   counted visits of each page in each scene, default 7; warm has three times as many",
    "--only …   some scenes; target/bench/latest.json is left as it is",
    "--distances … round trips to every party in milliseconds, default 0,40,120",
    "--cycles N how many phones are opened and closed on one page at the end, default 100",
    "",
    "Scenes:",
    ...list,
    `  ${SERVICENOW.padEnd(16)}ready in OpenFrame beside the agent page, from a snapshot to setICContext, sizes`,
    `  ${SETUP.padEnd(16)}the setup assistant: until it can be used, what it checks, size`,
    `  ${CALLS.padEnd(16)}call control beside Streams' own objects: latency, memory over ${MANY_CALLS} calls`,
    `  ${CYCLES.padEnd(16)}what open, sign in, close leaves behind`,
  ].join("\n");
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
