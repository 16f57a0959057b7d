// @ts-check
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import {
  heldResources,
  watchHeldResources,
} from "../browser/support/held-resources.js";
import { newProfile } from "../browser/support/profile.js";
import { startLab } from "../lab/lab.js";

/*
 * What many phones leave behind on one page: open, sign in, sign out, close, over and over. For comparison, plain Streams on a
 * page of its own: initCCP, terminate, and removal of the frame, without a sign-in in between, because its own takes ten
 * seconds.
 *
 *   npm run bench -- --only cycles --cycles 1000
 */

/** Not counted: these compile code and fill caches. */
const WARM_UP = 20;

/** Cycles of plain Streams at most: they are all alike. */
const MOST_PLAIN = 100;

/**
 * @param {number} cycles
 * @throws {Error} if a cycle does not end with a phone that signed in by the frame
 */
export async function benchCycles(cycles) {
  const lab = await startLab();
  lab.desk.mount("/host", PAGES);
  const profile = await newProfile();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--use-fake-device-for-media-stream"],
  });
  try {
    await watchHeldResources(context);
    await context.addCookies([lab.idp.beginSession("ada@example.com")]);
    const { desk, ccp } = lab.urls;
    const ours = await Measured.open(context, desk);
    await ours.run(cycles, "open, sign in, sign out, close", async (page) => {
      const way = await page.evaluate(openAndClose, true);
      if (way !== "frame") throw new Error(`ready by ${way}`);
    });
    await ours.page.close();
    const plain = await Measured.open(context, desk);
    await plain.page.evaluate(openAndClose, false); // Starts a session.
    await plain.run(
      Math.min(cycles, MOST_PLAIN),
      "initCCP, terminate of plain Streams",
      (page) => page.evaluate(initAndTerminate, ccp),
    );
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    await lab.close();
  }
}

/** A host page, and what it holds. */
class Measured {
  /**
   * @param {Page} page
   * @param {import("@playwright/test").CDPSession} devtools
   */
  constructor(page, devtools) {
    this.page = page;
    this.devtools = devtools;
  }

  /**
   * @param {import("@playwright/test").BrowserContext} context
   * @param {string} desk
   */
  static async open(context, desk) {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable");
    await page.goto(`${desk}/host/#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    return new Measured(page, devtools);
  }

  /**
   * Runs cycles and prints what they left behind.
   *
   * @param {number} cycles
   * @param {string} what a cycle is
   * @param {(page: Page) => Promise<void>} cycle
   */
  async run(cycles, what, cycle) {
    /** @type {Record<string, number>} */
    let before = {};
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 1000);
    for (let i = -WARM_UP; i < cycles; i++) {
      if (i === 0) before = await this.#measure();
      await cycle(this.page);
      if (i > 0 && i % 100 === 0) console.log(`${i} cycles, ${seconds()} s`);
    }
    const after = await this.#measure();
    console.log(`\nafter ${cycles} cycles of ${what}:`);
    for (const [name, first] of Object.entries(before)) {
      const grown = after[name] - first;
      const each = grown === 0 ? "" : `${(grown / cycles).toFixed(2)} a cycle`;
      const numbers = [first, after[name]].map((n) => String(n).padStart(8));
      console.log(`${name.padEnd(24)} ${numbers.join(" → ")}   ${each}`);
    }
  }

  /** @returns {Promise<Record<string, number>>} */
  async #measure() {
    const logged = await this.#metrics();
    await this.page.evaluate(emptyLogs);
    const metric = await this.#metrics();
    const { listeners, timers, channels, iframes } = await heldResources(
      this.page,
    );
    const locks = await this.page.evaluate(async () => {
      const { held, pending } = await navigator.locks.query();
      return (held?.length ?? 0) + (pending?.length ?? 0);
    });
    return {
      "heap, kB": Math.round(logged("JSHeapUsedSize") / 1024),
      "the same, logs emptied": Math.round(metric("JSHeapUsedSize") / 1024),
      "all event listeners": metric("JSEventListeners"),
      nodes: metric("Nodes"),
      documents: metric("Documents"),
      "listeners of the window": listeners.length,
      timers: timers.length,
      iframes,
      channels,
      locks,
    };
  }

  async #metrics() {
    // Twice: what the first collection finalizes is freed only by the second.
    await this.devtools.send("HeapProfiler.collectGarbage");
    await this.devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await this.devtools.send("Performance.getMetrics");
    return (/** @type {string} */ name) =>
      metrics.find((one) => one.name === name)?.value ?? NaN;
  }
}

/** @typedef {import("@playwright/test").Page} Page */

/**
 * Runs in the page.
 *
 * @param {boolean} signsOut so that the next one signs in
 * @returns {Promise<string | undefined>} the way in which it signed in
 */
async function openAndClose(signsOut) {
  const { host } = /** @type {any} */ (globalThis);
  const config = await (await fetch("./config.json")).json();
  const phone = await host.openSoftphone(
    document.getElementById("softphone"),
    config,
  );
  await phone.ready;
  const { way } = phone.status;
  if (signsOut) await phone.signOut();
  await phone.close();
  return way;
}

/**
 * Runs in the page.
 *
 * @param {string} ccpUrl
 * @returns {Promise<void>}
 */
function initAndTerminate(ccpUrl) {
  const { connect } = /** @type {any} */ (globalThis);
  const container = /** @type {HTMLElement} */ (
    document.getElementById("softphone")
  );
  return new Promise((resolve) => {
    const softphone = { allowFramedSoftphone: true };
    connect.core.initCCP(container, { ccpUrl, loginPopup: false, softphone });
    connect.agent(() => {
      connect.core.terminate();
      container.textContent = "";
      resolve();
    });
  });
}

/**
 * Runs in the page. Streams keeps everything that it ever logged (2.28.2, connect-streams.js, `Logger`), whoever uses it, and
 * the browser keeps up to 250 entries about what the page loaded.
 */
function emptyLogs() {
  const logger = /** @type {any} */ (globalThis).connect.getLog();
  for (const list of Object.values(logger))
    if (Array.isArray(list)) list.length = 0;
  performance.clearResourceTimings();
}

const PAGES = fileURLToPath(new URL("../browser/pages/host", import.meta.url));
