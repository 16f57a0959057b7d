// @ts-check
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { newProfile } from "../browser/support/profile.js";
import { startLab } from "../lab/lab.js";

/*
 * What call control costs beside Streams' own objects, on one page with one call:
 *
 * - from a snapshot in Streams to a listener put on Streams directly, and to the host's listener `contactChanged`
 * - from a command to its request, by a method of Streams' and by ours
 * - what many calls leave in memory
 *
 * The snapshots are copies of a real one, handed to Streams' event bus, because Streams itself polls ten times a second at
 * most.
 */

/** @typedef {{ direct: number[], ours: number[] }} Times in milliseconds */

/**
 * @param {number} calls for the memory
 */
export async function benchCalls(calls) {
  const lab = await startLab();
  lab.desk.mount("/host", PAGES);
  lab.desk.config.controls = "icc";
  const profile = await newProfile();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--use-fake-device-for-media-stream"],
  });
  try {
    await context.addCookies([lab.idp.beginSession(ADA)]);
    lab.connect.agent(ADA).setState("Available");
    const page = await context.newPage();
    await page.goto(`${lab.urls.desk}/host/`);
    await page.waitForFunction("host.phone?.status.phase === 'ready'");
    const call = lab.connect.call({ username: ADA });
    await page.waitForFunction("host.phone.contacts.length === 1");
    call.accept();
    await page.waitForFunction("host.phone.contacts[0].phase === 'talking'");
    const rates = [
      { perSecond: 1, snapshots: 20 },
      { perSecond: 50, snapshots: 500 },
    ];
    for (const rate of rates) {
      const times = await page.evaluate(timeSnapshots, rate);
      print(`snapshot to listener, ${rate.perSecond} a second`, times);
    }
    print("command to request", await page.evaluate(timeCommands, 50));
    const devtools = await context.newCDPSession(page);
    await devtools.send("Performance.enable");
    const heap = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      await devtools.send("HeapProfiler.collectGarbage");
      const { metrics } = await devtools.send("Performance.getMetrics");
      const used = metrics.find(({ name }) => name === "JSHeapUsedSize");
      const wasm = await page.evaluate(
        "host.phone.contacts.length", // Nothing is left of those that are over.
      );
      return { kB: Math.round((used?.value ?? 0) / 1024), contacts: wasm };
    };
    await page.evaluate(manyCalls, 100);
    const before = await heap();
    await page.evaluate(manyCalls, calls);
    const after = await heap();
    console.log(
      `heap over ${calls} calls: ${before.kB} → ${after.kB} kB, contacts at the end: ${after.contacts}`,
    );
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    await lab.close();
  }
}

/** @param {string} what @param {Times} times */
function print(what, { direct, ours }) {
  const at = (/** @type {number[]} */ list, /** @type {number} */ share) => {
    const sorted = list.toSorted((a, b) => a - b);
    const index = Math.min(
      sorted.length - 1,
      Math.floor(share * sorted.length),
    );
    return sorted[index].toFixed(2);
  };
  const both = [direct, ours].map(
    (list) => `${at(list, 0.5)} ms (p99 ${at(list, 0.99)})`,
  );
  console.log(
    `${what}: Streams ${both[0]}, ours ${both[1]}, ${ours.length} times`,
  );
}

/**
 * Runs in the page.
 *
 * @param {{ perSecond: number, snapshots: number }} rate
 * @returns {Promise<Times>}
 */
async function timeSnapshots({ perSecond, snapshots }) {
  const { connect, host } = /** @type {any} */ (globalThis);
  const bus = connect.core.getEventBus();
  const data = connect.core.getAgentDataProvider().getAgentData();
  let seen = 0;
  let told = 0;
  const { REFRESH, UPDATE } = connect.AgentEvents;
  bus.subscribe(REFRESH, () => (seen = performance.now()));
  // Before ours, so that it does not wait for it.
  const all = bus.subMap.subEventNameMap[REFRESH];
  all.unshift(all.pop());
  const stop = host.phone.on("contactChanged", () => {
    told = performance.now();
  });
  /** @type {Times} */
  const times = { direct: [], ours: [] };
  for (let i = 0; i < snapshots; i++) {
    await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
    const next = structuredClone(data);
    const [contact] = next.snapshot.contacts;
    const other = contact.connections.find(
      (/** @type {any} */ one) => one.type !== "agent",
    );
    other.state.type = i % 2 ? "connected" : "hold";
    next.snapshot.localTimestamp += i + 1;
    told = 0;
    const began = performance.now();
    bus.trigger(UPDATE, next);
    if (!told) continue; // A real snapshot came between, which says the same.
    times.direct.push(seen - began);
    times.ours.push(told - began);
  }
  stop();
  return times;
}

/**
 * Runs in the page.
 *
 * @param {number} commands
 * @returns {Promise<Times>}
 */
async function timeCommands(commands) {
  const { connect, host } = /** @type {any} */ (globalThis);
  const upstream = connect.core.getUpstream();
  const send = upstream.sendUpstream;
  let sent = 0;
  upstream.sendUpstream = (/** @type {any[]} */ ...given) => {
    if (given[0] === connect.EventType.API_REQUEST) sent ||= performance.now();
    return send.apply(upstream, given);
  };
  const [{ id }] = host.phone.contacts;
  /** @type {Times} */
  const times = { direct: [], ours: [] };
  const timed = async (
    /** @type {number[]} */ list,
    /** @type {() => Promise<unknown>} */ command,
  ) => {
    sent = 0;
    const began = performance.now();
    const done = command();
    list.push(sent - began);
    await done;
  };
  for (let i = 0; i < commands; i++) {
    const code = `bench ${i}`;
    await timed(times.ours, () => host.phone.reportIssue(id, { code }));
    await timed(
      times.direct,
      () =>
        new Promise((resolve) => {
          const settled = { success: resolve, failure: resolve };
          new connect.Contact(id).notifyIssue(code, "", settled);
        }),
    );
  }
  upstream.sendUpstream = send;
  return times;
}

/**
 * Runs in the page: calls that come and go.
 *
 * @param {number} calls
 */
async function manyCalls(calls) {
  const page = /** @type {any} */ (globalThis);
  const { connect, host } = page;
  const bus = connect.core.getEventBus();
  const { UPDATE } = connect.AgentEvents;
  // Of the first time: the last of these calls leaves none.
  page.sample ??= connect.core.getAgentDataProvider().getAgentData();
  const data = page.sample;
  for (let i = 0; i < calls; i++) {
    for (const state of ["connecting", "connected", "ended", undefined]) {
      const next = structuredClone(data);
      const [contact] = next.snapshot.contacts;
      contact.contactId = `bench-${i}`;
      contact.state.type = state;
      if (!state) next.snapshot.contacts = [];
      bus.trigger(UPDATE, next);
    }
    // What Streams and the host page keep of each is theirs.
    if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
    host.events.length = 0;
    for (const list of Object.values(connect.getLog()))
      if (Array.isArray(list)) list.length = 0;
  }
}

const ADA = "ada@example.com";
const PAGES = fileURLToPath(new URL("../browser/pages/host", import.meta.url));
