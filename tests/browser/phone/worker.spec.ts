import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { HostPage } from "../support/host-page.js";
import { setSlowness } from "../support/slow-clock.js";

test.beforeEach(async ({ page, host, noise, beginIdpSession }) => {
  noise.allow(/401|403|Failed to|[Aa]uth|Access|ERR_|[Ww]eb[Ss]ocket/);
  noise.allow(/Client request timeout.*sendActivity/); // The CCP had left.
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
  await setSlowness(page, 1);
});

for (const [id, told] of [
  ["worker-frozen", "expired SESSION_ENDED"],
  ["worker-denied", "failed ACCESS_DENIED"],
] as const) {
  test(
    `${id}: the phone of one tab goes on with a new worker`,
    { tag: `@${id}` },
    async ({ lab, host, windows }) => {
      lab.faults.set(id);
      await host.untilNoted("workerLeft");
      await host.untilPhase("ready");
      await host.isQuiet();
      expect(await host.told()).toContain(told);
      await host.follows(lab);
      expect(windows).toEqual([]);
    },
  );

  test(
    `${id}: the phones of two tabs restart the worker together`,
    { tag: `@${id}` },
    async ({ lab, page, host }) => {
      const second = await secondTab(lab, page);
      await second.untilPhase("ready");
      lab.faults.set(id);
      for (const tab of [host, second]) await tab.untilNoted("workerLeft");
      for (const tab of [host, second]) {
        await tab.untilPhase("ready");
        await tab.follows(lab);
      }
    },
  );
}

test(
  "worker-frozen: a tab that was told nothing notices that its data are old",
  { tag: "@worker-frozen" },
  async ({ lab, page, host }) => {
    const call = await freezeInCall(lab, host);
    const second = await secondTab(lab, page, true);
    await second.untilPhase("ready");
    await second.hurryUntil("ready AGENT_DATA_FROZEN");
    await second.says(
      "The phone is no longer up to date. Restarting it ends the call.",
      "Restart the phone now",
    );
    await second.leavesThePanel();
    expect(await second.times("workerLeft")).toEqual([]);
    // The call is over, which nobody was told.
    call.hangUp();
    call.clear();
    await second.prompt.getByRole("button").click();
    await host.untilNoted("workerLeft");
    // Calls ring in the one of the two whose CCP was the first to reach the new worker.
    await second.hurryUntil(/^ready( SOFTPHONE_ELSEWHERE)?$/);
    const phones = [host, second];
    for (const phone of phones) await phone.follows(lab);
    await expect
      .poll(async () => (await audio(phones)).sort())
      .toEqual(["elsewhere", "here"]);
  },
);

test(
  "worker-held: a page that is not the phone's keeps the worker, which is told and tried again",
  { tag: "@worker-held" },
  async ({ lab, page, host }) => {
    const holder = await page.context().newPage();
    await holder.goto(`${host.url}#wait`);
    await holder.evaluate((src) => {
      const frame = document.createElement("iframe");
      frame.src = src;
      document.body.append(frame);
    }, lab.urls.ccp);
    await holder.frameLocator("iframe").last().locator("body").waitFor();
    lab.faults.set("worker-frozen");
    await host.untilError("AGENT_DATA_FROZEN");
    await host.untilPhase("failed");
    await host.says("The phone is no longer up to date.", "Try again");
    await holder.close();
    await host.prompt.getByRole("button").click();
    await host.untilPhase("ready");
    await host.isQuiet();
    await host.follows(lab);
  },
);

/** A call that Ada has accepted, in a worker that has since then given up. */
async function freezeInCall(lab: Lab, host: HostPage) {
  lab.connect.agent("ada@example.com").setState("Available");
  const call = lab.connect.call({ username: "ada@example.com" });
  call.accept();
  await call.when("connected");
  await expect.poll(() => host.agentState()).toBe("Busy");
  lab.faults.set("worker-frozen");
  await host.untilPhase("expired");
  return call;
}

/** Where calls ring, as each of the phones knows. */
function audio(phones: HostPage[]) {
  return Promise.all(phones.map(async (it) => (await it.snapshot()).audio));
}

async function secondTab(lab: Lab, page: Page, clock = false) {
  const tab = await page.context().newPage();
  if (clock) await tab.clock.install();
  const host = new HostPage(tab, lab.urls.desk);
  await tab.goto(host.url);
  await setSlowness(tab, 1);
  return host;
}
