import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { HostPage } from "../support/host-page.js";

const ADA = "ada@example.com";
const GRACE = "grace@example.com";

for (const expected of [GRACE, null])
  test(
    `who signs in after another agent is ready as themselves, ${expected ? "expected" : "whoever they are"}`,
    { tag: "@agent-before" },
    async ({ lab, page, host, noise, beginIdpSession }) => {
      noise.allow(/401|Failed to|[Aa]uth/);
      await beginIdpSession(ADA);
      await page.goto(host.url);
      await host.untilPhase("ready");
      lab.faults.set("agent-before");
      lab.desk.config.expectedUser = expected;

      const second = await secondTab(lab, page);
      await second.untilPhase("ready");
      const { agent, events } = await second.snapshot();
      expect(agent?.username).toBe(GRACE);
      expect(JSON.stringify(events)).not.toContain("Ada Example");
      expect(await second.told()).not.toContain("failed IDENTITY_MISMATCH");
      await second.follows(lab, GRACE);
      // The first tab was not told whom to expect, and has a new agent now.
      await expect
        .poll(async () => (await host.snapshot()).agent?.username)
        .toBe(GRACE);
      await host.follows(lab, GRACE);
    },
  );

test(
  "a phone that expects an agent notices another one who signs in elsewhere",
  { tag: "@agent-before" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allow(/401|Failed to|[Aa]uth/);
    lab.desk.config.expectedUser = ADA;
    await beginIdpSession(ADA);
    await page.goto(host.url);
    await host.untilPhase("ready");
    lab.faults.set("agent-before");
    lab.desk.config.expectedUser = null;
    const second = await secondTab(lab, page);
    await second.untilPhase("ready");
    await host.untilError("IDENTITY_MISMATCH");
    await host.says("Another agent is signed in", "Sign out");
  },
);

test("a second tab of the same agent is ready as soon as Connect says whose session it is", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  lab.desk.config.expectedUser = ADA;
  await beginIdpSession(ADA);
  await page.goto(host.url);
  await host.untilPhase("ready");
  lab.connect.apiCalls.splice(0);
  const second = await secondTab(lab, page);
  await second.untilPhase("ready");
  const asked = lab.connect.apiCalls.filter(
    ({ operation }) => operation === "GetAgentConfiguration",
  );
  expect(asked.length).toBe(1);
});

test(
  "nothing of the agent before is left once another one is known to be signed in",
  { tag: "@agent-before" },
  async ({ lab, page, host, noise, beginIdpSession }) => {
    noise.allow(/401|Failed to|[Aa]uth/);
    await beginIdpSession(ADA);
    await page.goto(host.url);
    await host.untilPhase("ready");
    lab.connect.agent(ADA).setState("Available");
    const call = lab.connect.call({ username: ADA });
    call.accept();
    await call.when("connected");
    await expect.poll(() => host.agentState()).toBe("Busy");
    lab.faults.set("agent-before");
    const second = await secondTab(lab, page);
    await second.untilPhase("ready");
    for (const tab of [host, second]) {
      await expect
        .poll(async () => (await tab.snapshot()).agent?.username)
        .toBe(GRACE);
      const { events } = await tab.snapshot();
      // No mixture of the two.
      for (const event of events)
        if (event.type === "agentChanged" && event.agent?.username === GRACE)
          expect(event.agent.state).toBe("Offline");
    }
    // Hers is no contact of his: nothing waits for it to end.
    expect(call.state).toBe("connected");
    expect(await host.signOut()).toBeUndefined();
    await host.untilPhase("signedOut");
  },
);

async function secondTab(lab: Lab, page: Page) {
  const tab = await page.context().newPage();
  const host = new HostPage(tab, lab.urls.desk);
  await tab.goto(host.url);
  return host;
}
