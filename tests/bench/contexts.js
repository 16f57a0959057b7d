// @ts-check
import { rm } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { newProfile } from "../browser/support/profile.js";
import { startLab } from "../lab/lab.js";
import { spread } from "./figures.js";

/*
 * From a snapshot in Streams to ServiceNow's Interaction Controls: to a listener put on Streams directly, to the first listener
 * of the phone's event `contactChanged`, and to the call of `setICContext`. One call, held and taken off hold by turns, by
 * copies of a real snapshot as in calls.js, in the page as it stands on an instance.
 */

/** @param {number} snapshots */
export async function benchContexts(snapshots) {
  const lab = await startLab();
  lab.serviceNow.setProperty("connect_softphone.controls", "icc");
  const profile = await newProfile();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--use-fake-device-for-media-stream"],
  });
  try {
    await context.addCookies([
      lab.idp.beginSession(ADA),
      lab.serviceNow.beginSession(ADA),
    ]);
    await context.addInitScript(listenFirst);
    lab.connect.agent(ADA).setState("Available");
    const page = await context.newPage();
    await page.goto(lab.urls.workspace);
    const iframe = page.locator("iframe[name=gsft_openframe]");
    await iframe.waitFor({ state: "attached" });
    const frame = /** @type {import("@playwright/test").Frame} */ (
      await (await iframe.elementHandle())?.contentFrame()
    );
    await frame.waitForFunction("window.bench?.phone.status.phase === 'ready'");
    const call = lab.connect.call({ username: ADA });
    await frame.waitForFunction("bench.phone.contacts.length === 1");
    call.accept();
    await frame.waitForFunction("bench.phone.contacts[0].phase === 'talking'");
    await page.locator("#calls > *").first().waitFor();
    const times = await frame.evaluate(timeContexts, snapshots);
    const about = (/** @type {number[]} */ list) => {
      const { median, max } = spread(list, 2);
      return `${median} ms (${max} at most)`;
    };
    const onTop = times.context.map((ms, at) => ms - times.listener[at]);
    const reached = spread(times.context, 2).median <= GOAL_MS;
    console.log(
      `snapshot to setICContext: ${about(times.context)}, goal ≤ ${GOAL_MS} ${reached ? "reached" : "not reached"}; ` +
        `Streams ${about(times.direct)}, a host's listener ${about(times.listener)}, on top of that ${about(onTop)}; ` +
        `${times.context.length} of ${snapshots} times`,
    );
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    await lab.close();
  }
}

/** Runs before the page's scripts: the phone's own panel gets it before anything else listens. */
function listenFirst() {
  const page = /** @type {any} */ (globalThis);
  customElements.whenDefined("softphone-controls").then((panel) => {
    const { get, set } = /** @type {PropertyDescriptor} */ (
      Object.getOwnPropertyDescriptor(panel.prototype, "phone")
    );
    Object.defineProperty(panel.prototype, "phone", {
      get,
      set(phone) {
        set?.call(this, phone);
        if (!phone) return;
        page.bench = { phone, told: 0 };
        phone.on("contactChanged", () => {
          page.bench.told ||= performance.now();
        });
      },
    });
  });
}

/**
 * Runs in the page.
 *
 * @param {number} snapshots
 */
async function timeContexts(snapshots) {
  const { bench, connect, openFrameAPI } = /** @type {any} */ (globalThis);
  const bus = connect.core.getEventBus();
  const data = connect.core.getAgentDataProvider().getAgentData();
  let seen = 0;
  let called = 0;
  const { REFRESH, UPDATE } = connect.AgentEvents;
  bus.subscribe(REFRESH, () => (seen = performance.now()));
  // Before the phone's, so that it does not wait for it.
  const all = bus.subMap.subEventNameMap[REFRESH];
  all.unshift(all.pop());
  const { setICContext } = openFrameAPI;
  openFrameAPI.setICContext = (/** @type {unknown[]} */ ...args) => {
    called ||= performance.now();
    return setICContext.apply(openFrameAPI, args);
  };
  const times = {
    direct: /** @type {number[]} */ ([]),
    listener: /** @type {number[]} */ ([]),
    context: /** @type {number[]} */ ([]),
  };
  for (let i = 0; i < snapshots; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const next = structuredClone(data);
    const other = next.snapshot.contacts[0].connections.find(
      (/** @type {any} */ one) => one.type !== "agent",
    );
    other.state.type = i % 2 ? "connected" : "hold";
    next.snapshot.localTimestamp += i + 1;
    bench.told = called = 0;
    const began = performance.now();
    bus.trigger(UPDATE, next);
    if (!bench.told || !called) continue; // A real snapshot came between, which says the same.
    times.direct.push(seen - began);
    times.listener.push(bench.told - began);
    times.context.push(called - began);
  }
  openFrameAPI.setICContext = setICContext;
  return times;
}

const ADA = "ada@example.com";
/** From the snapshot, at the median. */
const GOAL_MS = 2;
