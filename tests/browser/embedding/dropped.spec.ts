import { expect, test } from "../support/fixtures.js";

test("a phone to which the host keeps no reference stays alive", async ({
  context,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");

  await page.evaluate(() => {
    globalThis.host.phone = undefined;
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");

  await expect(host.container.locator("iframe")).toBeVisible();
  // It still receives Streams' events: here, that the agent signed out.
  await page.evaluate(() => {
    const { core, EventType } = window.connect as unknown as {
      core: { getUpstream(): { sendUpstream(name: string): void } };
      EventType: { TERMINATE: string };
    };
    core.getUpstream().sendUpstream(EventType.TERMINATE);
  });
  await host.untilPhase("signedOut");
});
