// @ts-check
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { kept, watchKept } from "../browser/kept.js";
import { startLab } from "../lab/lab.js";

/*
 * What is left of many phones on one page: open, sign in by the frame, sign out, close, again and again. The phone of the first
 * cycles is not counted: code is compiled and caches are filled then.
 *
 *   npm run bench -- --only cycles --cycles 1000
 */

const WARM_UP = 20;

/**
 * @param {number} cycles
 * @throws {Error} when a cycle did not end in a phone that signed in by the frame
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
    await watchKept(context);
    await context.addCookies([lab.idp.beginSession("ada@example.com")]);
    const [page] = context.pages();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable");
    await page.goto(`${lab.urls.desk}/host/#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });

    const measure = async () => {
      // Twice: what a first collection finalizes only a second one frees.
      await devtools.send("HeapProfiler.collectGarbage");
      await devtools.send("HeapProfiler.collectGarbage");
      const { metrics } = await devtools.send("Performance.getMetrics");
      const metric = (/** @type {string} */ name) =>
        metrics.find((one) => one.name === name)?.value ?? NaN;
      const { listeners, timers, channels, iframes } = await kept(page);
      const locks = await page.evaluate(async () => {
        const { held, pending } = await navigator.locks.query();
        return (held?.length ?? 0) + (pending?.length ?? 0);
      });
      return {
        "heap, kB": Math.round(metric("JSHeapUsedSize") / 1024),
        "all event listeners": metric("JSEventListeners"),
        nodes: metric("Nodes"),
        documents: metric("Documents"),
        "listeners of the window": listeners.length,
        timers: timers.length,
        iframes,
        channels,
        locks,
      };
    };

    /** @type {Record<string, number>} */
    let before = {};
    const began = performance.now();
    for (let cycle = -WARM_UP; cycle < cycles; cycle++) {
      if (cycle === 0) before = await measure();
      const ready = await page.evaluate(cycleInPage);
      if (ready.way !== "frame")
        throw new Error(`cycle ${cycle}: ready by ${ready.way}`);
      if (cycle > 0 && cycle % 100 === 0)
        console.log(
          `${cycle} cycles, ${Math.round((performance.now() - began) / 1000)} s`,
        );
    }
    const after = /** @type {Record<string, number>} */ (await measure());
    console.log(`\nafter ${cycles} cycles of open, sign in, sign out, close:`);
    for (const [name, first] of Object.entries(before)) {
      const grown = after[name] - first;
      const each = (grown / cycles).toFixed(2);
      console.log(
        `${name.padEnd(24)} ${String(first).padStart(8)} → ${String(after[name]).padStart(8)}   ${grown === 0 ? "" : `${each} a cycle`}`,
      );
    }
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    await lab.close();
  }
}

/** Runs in the page. */
async function cycleInPage() {
  const { host } = /** @type {any} */ (globalThis);
  const config = await (await fetch("./config.json")).json();
  const phone = await host.openSoftphone(
    document.getElementById("softphone"),
    config,
  );
  await phone.ready;
  const { way } = phone.status;
  await phone.signOut(); // So that the next one signs in.
  await phone.close();
  return { way };
}

async function newProfile() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "softphone-cycles-"));
  await mkdir(path.join(folder, "Default"));
  const preferences = {
    profile: { cookie_controls_mode: 0, block_third_party_cookies: false },
  };
  await writeFile(
    path.join(folder, "Default/Preferences"),
    JSON.stringify(preferences),
  );
  return folder;
}

const PAGES = fileURLToPath(new URL("../browser/pages/host", import.meta.url));
