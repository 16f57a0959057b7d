// @ts-check
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import express from "express";
import { startLab } from "../lab/lab.js";
import { Browser } from "./browser.js";
import { benchContexts } from "./contexts.js";
import { spread } from "./figures.js";
import { untilIdle } from "./idle-machine.js";
import { columns, shown } from "./result.js";
import { classicSizes, sizes } from "./size.js";

/*
 * The phone in OpenFrame of a ServiceNow workspace: how much later it is ready than on the agent page, how long a snapshot
 * takes to Interaction Controls, and how large it is.
 *
 * Both pages are visited by turns, in one browser and over one lab, with Amazon's panel visible. See bench.js for what a cold
 * visit is; in ServiceNow, the agent is always logged in.
 */

/**
 * @typedef {"agent" | "workspace"} Side
 *
 * @typedef {object} Report in milliseconds
 * @property {number} readyAt since the navigation of the page that has the phone
 * @property {number} topReadyAt since the navigation of the page around it
 *
 * @typedef {{ name: string, cold: boolean }} Visit
 */

/** @type {Visit[]} */
const VISITS = [
  { name: "warm", cold: false },
  { name: "coldFrame", cold: true },
];

/**
 * @param {number} runs
 * @param {number[]} distances in milliseconds of round trip
 */
export async function benchServiceNow(runs, distances) {
  await benchReady(runs, distances);
  await benchContexts(SNAPSHOTS);
  await printSizes();
}

/**
 * @param {number} runs
 * @param {number[]} distances
 */
async function benchReady(runs, distances) {
  const lab = await startLab();
  const browser = await Browser.start(
    process.env.CHROMIUM || "/usr/bin/chromium",
  );
  try {
    const pages = new Pages(lab, browser);
    const rows = [];
    for (const visit of VISITS)
      for (const roundTripMs of distances) {
        lab.distance.roundTripMs = roundTripMs;
        const reports = await pages.measure(visit, runs);
        rows.push(...rowsOf(visit, roundTripMs, reports));
      }
    console.log(
      `\n${columns([
        ["scene", "ms from", "agent page", "workspace", "later", "goal", ""],
        ...rows,
      ])}`,
    );
    console.log("own start: of the page in OpenFrame that has the phone");
    console.log("whole start: of the workspace around it");
    console.log(`${pages.disturbed} visits began on a busy machine`);
  } finally {
    await browser.close();
    await lab.close();
  }
}

/**
 * @param {Visit} visit
 * @param {number} roundTripMs
 * @param {Record<Side, Report[]>} reports
 */
function rowsOf({ name }, roundTripMs, { agent, workspace }) {
  const before = spread(agent.map(({ readyAt }) => readyAt));
  const row = (
    /** @type {string} */ first,
    /** @type {string} */ from,
    /** @type {(report: Report) => number} */ time,
    /** @type {number | undefined} */ goal,
  ) => {
    const after = spread(workspace.map(time));
    const later = Math.round(after.median - before.median);
    const reached = goal !== undefined && later <= goal;
    return [
      ...[first, from, shown(before), shown(after), String(later)],
      ...(goal === undefined
        ? ["", ""]
        : [`≤ ${goal}`, reached ? "reached" : "not reached"]),
    ];
  };
  const scene = roundTripMs ? `${name}@${roundTripMs}` : name;
  return [
    row(
      scene,
      "own start",
      ({ readyAt }) => readyAt,
      roundTripMs ? undefined : GOAL_MS,
    ),
    row("", "whole start", ({ topReadyAt }) => topReadyAt, undefined),
  ];
}

async function printSizes() {
  const dist = fileURLToPath(new URL("../../dist", import.meta.url));
  const { sum } = await sizes(dist);
  const classic = await classicSizes(dist);
  const rows = [
    /** @type {const} */ (["module and wasm", sum]),
    ...classic,
  ].map(([name, { raw, gzip, brotli }], at) => {
    const reached = gzip <= INLINE_GOAL ? "reached" : "not reached";
    const goal = at === 1 ? [`gzip ≤ ${INLINE_GOAL}`, reached] : ["", ""];
    return [name, ...[raw, gzip, brotli].map(String), ...goal];
  });
  console.log(
    `\n${columns([["bytes", "raw", "gzip -9", "brotli 11", "goal", ""], ...rows])}`,
  );
}

class Pages {
  /** How many visits began while the machine had other things to do. */
  disturbed = 0;

  #lab;
  #browser;
  /** @type {(report: Report) => void} */
  #reported = () => {};

  /**
   * @param {import("../lab/lab.js").Lab} lab
   * @param {Browser} browser
   */
  constructor(lab, browser) {
    this.#lab = lab;
    this.#browser = browser;
    const script = watch(`${lab.urls.desk}/bench/report`);
    const page = agentPage(script);
    const routes = express.Router();
    routes.get("/agent/", (_req, res) => void res.type("html").send(page));
    routes.post("/bench/report", express.text({ type: "*/*" }), (req, res) => {
      res.status(204).end();
      this.#reported(JSON.parse(req.body));
    });
    lab.desk.mount("/", routes);
    const { tables } = lab.serviceNow;
    const row = tables.named("sys_ui_page", "connect_softphone");
    if (!row) throw new Error("dist/servicenow is missing: npm run build");
    const html = withScript(row.html ?? "", script);
    tables.update("sys_ui_page", row.sys_id, { html });
  }

  /**
   * @param {Visit} visit
   * @param {number} runs
   */
  async measure({ name, cold }, runs) {
    /** @type {Record<Side, Report[]>} */
    const reports = { agent: [], workspace: [] };
    await this.#startAfresh();
    // Twice: Chromium keeps a script's compiled code only when the script is loaded again.
    for (let run = -2; run < runs; run++) {
      /** @type {Side[]} */
      const sides = ["agent", "workspace"];
      if (run % 2) sides.reverse();
      for (const side of sides) {
        if (cold) await this.#startAfresh();
        const report = await this.#visit(side);
        if (run < 0) continue;
        const ms = Math.round(report.readyAt);
        console.log(`${name}, ${side}, ${run + 1}: ${ms} ms`);
        reports[side].push(report);
      }
    }
    return reports;
  }

  /** @param {Side} side */
  async #visit(side) {
    if (!(await untilIdle())) this.disturbed += 1;
    /** @type {Promise<Report>} */
    const reported = new Promise((resolve) => (this.#reported = resolve));
    const { urls } = this.#lab;
    await this.#browser.open(
      side === "agent" ? urls.agentPage : urls.workspace,
    );
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((_, reject) => {
      const error = new Error(`the ${side} was not ready within a minute`);
      timer = setTimeout(() => reject(error), PATIENCE_MS);
    });
    const report = await Promise.race([reported, /** @type {any} */ (late)]);
    clearTimeout(timer);
    if (this.#browser.windows > 1)
      throw new Error(`the ${side} has opened a window`);
    await this.#browser.closePages();
    return report;
  }

  async #startAfresh() {
    const { urls, idp, aws, connect, serviceNow } = this.#lab;
    const { desk, instance } = urls;
    await this.#browser.forget([desk, instance, urls.idp, urls.serviceNow]);
    idp.endSessions();
    aws.endSessions();
    connect.endSessions();
    serviceNow.endSessions();
    await this.#browser.clearCookies();
    await this.#browser.setCookies([
      idp.beginSession(AGENT),
      serviceNow.beginSession(AGENT),
    ]);
  }
}

/**
 * www/agent, with a script in front that its policy lets in.
 *
 * @param {string} script
 */
function agentPage(script) {
  const file = new URL("../../www/agent/index.html", import.meta.url);
  const hash = createHash("sha256").update(script).digest("base64");
  return withScript(readFileSync(file, "utf8"), script).replace(
    "script-src 'self'",
    `script-src 'self' 'sha256-${hash}'`,
  );
}

/** @param {string} html @param {string} script */
function withScript(html, script) {
  return html.replace("</head>", () => `<script>${script}</script></head>`);
}

/**
 * Reports when the phone is ready. It has to stand in XML as it is.
 *
 * @param {string} url
 */
function watch(url) {
  return `new MutationObserver((_, observer) => {
  if (!document.querySelector("[data-softphone-phase=ready]")) return;
  observer.disconnect();
  const readyAt = performance.now();
  const topReadyAt = readyAt + performance.timeOrigin - top.performance.timeOrigin;
  navigator.sendBeacon("${url}", JSON.stringify({ readyAt, topReadyAt }));
}).observe(document, { subtree: true, attributeFilter: ["data-softphone-phase"] });`;
}

const AGENT = "ada@example.com";
/** How much later than the agent page. */
const GOAL_MS = 150;
const PATIENCE_MS = 60_000;
const SNAPSHOTS = 300;
/** Of connect-softphone.inline.js, which has everything inside. */
const INLINE_GOAL = 190_000;
