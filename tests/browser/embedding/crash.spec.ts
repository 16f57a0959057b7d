import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import {
  heldResources,
  watchHeldResources,
} from "../support/held-resources.js";
import type { HostPage } from "../support/host-page.js";
import { arm, instances, watchTraps, type Ending } from "../support/traps.js";

test.beforeEach(async ({ context }) => {
  await watchHeldResources(context);
  await watchTraps(context);
});

const SENTENCE =
  "The phone has stopped because of a program error. Reload the page.";

/** What report() and the timeline say of each. */
const PLACES: Record<Ending, RegExp> = {
  trap: /^RuntimeError: unreachable$/,
  panic: /^src\/browser\/\w+\.rs:\d+$/,
  foreign: /^TypeError, thrown into the module$/,
};

test.use({ slowness: 1 });

const CRASHES = [
  [
    "a listener of the host",
    "panic",
    async (page: Page) => {
      await page.evaluate(() => {
        const { phone } = globalThis.host;
        phone?.on("statusChanged", ({ status }) => {
          if (status.phase !== "signedOut") return;
          globalThis.traps.armed = { ending: "panic", occasion: "now" };
          void phone.agent;
        });
        void phone?.signOut().catch(() => {});
      });
    },
  ],
  [
    "a timer",
    "trap",
    async (page: Page, lab: Lab) => {
      await arm(page, "trap", "timer");
      lab.connect.killCcp("freeze"); // What has a deadline.
    },
  ],
  [
    "an event of Streams",
    "trap",
    async (page: Page) => {
      await arm(page, "trap", "now");
      await page.evaluate(() => {
        const { connect } = globalThis as any;
        connect.core.getEventBus().trigger(connect.EventType.ACKNOWLEDGE);
      });
    },
  ],
  [
    "a web API that throws",
    "foreign",
    async (page: Page) => {
      await arm(page, "foreign", "now");
      await page.evaluate(() => void globalThis.host.phone?.agent);
    },
  ],
] as const;

test(
  "a crash is reported, takes everything down, and the phone can be opened again",
  { tag: "@module-crashed" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allowSecondInit();
    noise.allowSignedOutWorker(); // The listener signs out.
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    const before = await heldResources(page);
    for (const [at, [occasion, ending, provoke]] of CRASHES.entries())
      await test.step(`in ${occasion}`, async () => {
        await page.getByRole("button", { name: "Open the phone" }).click();
        await host.untilPhase("ready");

        await provoke(page, lab);
        await host.untilError("MODULE_CRASHED");
        await host.untilPhase("failed");
        await expectCrash(host, PLACES[ending]);
        expect(await callsAfter(page)).toEqual({
          ready: "MODULE_CRASHED",
          signIn: "MODULE_CRASHED",
          signOut: "MODULE_CRASHED",
          devices: "MODULE_CRASHED",
          agent: null,
          unsubscribe: "undefined",
        });

        // Nothing is left but the sentence for the agent.
        await host.says(SENTENCE);
        expect(await heldResources(page)).toEqual({
          ...before,
          children: before.children + 1,
        });

        expect(await host.open()).toBeUndefined();
        await host.untilPhase("ready");
        await host.untilError(undefined);
        await expect(page.locator("iframe")).toHaveCount(1);
        await host.follows(lab);
        expect(await instances(page)).toBe(at + 2);

        await page.getByRole("button", { name: "Close the phone" }).click();
        await host.untilPhase("closed");
        await expect(host.body).toHaveAttribute("data-outcome", "ok");
        expect(await heldResources(page)).toEqual(before);
      });
  },
);

test(
  "a crash while the phone opens rejects openSoftphone, and the next call opens it",
  { tag: "@module-crashed" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allowSecondInit();
    await beginIdpSession();
    await page.goto(`${host.url}#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    const before = await heldResources(page);
    for (const ending of ["panic", "trap", "foreign"] as const) {
      await arm(page, ending, "now");
      expect(await host.open()).toMatchObject({
        name: "SoftphoneError",
        code: "MODULE_CRASHED",
        message: SENTENCE,
      });
      expect(await heldResources(page)).toEqual(before);
    }
    expect(await host.open()).toBeUndefined();
    await host.untilPhase("ready");
    await host.follows(lab);
  },
);

test(
  "a crash during sign-in closes the window, and promises that were waiting are rejected",
  { tag: "@module-crashed" },
  async ({ page, host, windows }) => {
    await page.goto(`${host.url}#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    const before = await heldResources(page);
    await page.getByRole("button", { name: "Open the phone" }).click();
    await expect.poll(() => windows.length).toBe(1);
    await windows[0].getByLabel("User name").waitFor();
    const codes = page.evaluate(() => {
      const { phone } = globalThis.host;
      if (!phone) throw new Error("the phone is not open");
      const code = (error: { code: string }) => error.code;
      return Promise.all([
        phone.ready.then(() => "ready", code),
        phone.signIn().then(() => "ready", code),
      ]);
    });
    await arm(page, "trap", "timer");
    expect(await codes).toEqual(["MODULE_CRASHED", "MODULE_CRASHED"]);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
    await host.says(SENTENCE);

    // Closing takes the sentence away as well.
    await page.getByRole("button", { name: "Close the phone" }).click();
    await expect(host.body).toHaveAttribute("data-outcome", "ok");
    await host.untilPhase("closed");
    expect(await heldResources(page)).toEqual(before);
    const { phase } = (await host.snapshot()).status;
    expect(phase).toBe("closed");
    expect((await host.told()).slice(-2)).toEqual([
      "failed MODULE_CRASHED",
      "closed",
    ]);
  },
);

test(
  "memory that was overwritten ends in a crash that is reported",
  { tag: "@module-crashed" },
  async ({ page, host, context, beginIdpSession }) => {
    // No trapdoor: the wasm's own instructions trap, wherever they come across it first.
    await context.addInitScript(() => {
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = (async (module: any, imports: any) => {
        const instance: any = await instantiate(module, imports);
        (globalThis as any).memory = instance.exports.memory;
        return instance;
      }) as typeof WebAssembly.instantiate;
    });
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    await page.evaluate(() => {
      const { memory } = globalThis as any;
      new Uint8Array(memory.buffer).fill(0xff, 1 << 20);
    });
    await host.untilError("MODULE_CRASHED");
    await host.says(SENTENCE);
    await expect(page.locator("iframe")).toHaveCount(0);
  },
);

/** The status, the events, the timeline and the report tell of the crash, and where it was. */
async function expectCrash(host: HostPage, place: RegExp) {
  const { status, agent, timeline, events } = await host.snapshot();
  expect(status).toMatchObject({
    phase: "failed",
    error: { code: "MODULE_CRASHED", message: SENTENCE },
  });
  expect(agent).toBeNull();
  expect((await host.told()).at(-1)).toBe("failed MODULE_CRASHED");
  expect(events.filter(({ type }) => type === "agentChanged").at(-1)).toEqual({
    type: "agentChanged",
    agent: null,
  });
  expect(timeline.length).toBeGreaterThan(3);
  expect(timeline.at(-1)).toMatchObject({
    what: "failed",
    code: "MODULE_CRASHED",
    message: expect.stringMatching(place),
  });
  const report = await host.report();
  expect(report).toContain(String(timeline.at(-1)?.message));
  expect(report).toContain("error: MODULE_CRASHED");
  expect(report).not.toContain("something private");
}

function callsAfter(page: Page) {
  return page.evaluate(async () => {
    const { phone } = globalThis.host;
    if (!phone) throw new Error("the phone is not open");
    const code = (error: { code: string; cause: unknown }) =>
      error.cause instanceof Error ? error.code : "no cause";
    const fulfilled = () => "fulfilled";
    return {
      ready: await phone.ready.then(fulfilled, code),
      signIn: await phone.signIn().then(fulfilled, code),
      signOut: await phone.signOut().then(fulfilled, code),
      devices: await phone.devices().then(fulfilled, code),
      agent: phone.agent,
      unsubscribe: String(phone.on("statusChanged", () => {})()),
    };
  });
}
