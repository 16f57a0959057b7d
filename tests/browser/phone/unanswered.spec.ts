import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import { HostPage } from "../support/host-page.js";

const ADA = "ada@example.com";

/** How a call of the host ends: "ok" or a code. */
function outcome(
  page: Page,
  method: "stayActive" | "devices",
): Promise<string | undefined> {
  return page.evaluate(async (method) => {
    try {
      await globalThis.host.phone?.[method]();
      return "ok";
    } catch (error) {
      return (error as { code: string }).code;
    }
  }, method);
}

test.beforeEach(async ({ page, host, noise, beginIdpSession }) => {
  noise.allow(/40[13]|ERR_|Failed to|API request failed|[Aa]uth|[Aa]ctivity/);
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
});

// Streams answers nobody whose command was refused with 403 (2.28.2, connect-streams.js, `handleAPIRequest`).
for (const [how, failure] of [
  ["refused with 403", { status: 403 }],
  ["not answered", { hang: true }],
] as const) {
  test(`signOut() does not wait for an Offline that is ${how}`, async ({
    lab,
    host,
  }) => {
    lab.connect.agent(ADA).setState("Available");
    await expect.poll(() => host.agentState()).toBe("Available");
    lab.connect.fail("PutAgentState", failure);
    expect(await host.signOut({ setOffline: true })).toBeUndefined();
    await host.untilPhase("signedOut");
    const asked = lab.connect.apiCalls.map(({ operation }) => operation);
    expect(asked).toContain("PutAgentState");
  });

  test(`a second tab does not wait for an answer to whose session it is that is ${how}`, async ({
    lab,
    page,
  }) => {
    lab.connect.apiCalls.splice(0);
    lab.connect.fail("GetAgentConfiguration", failure);
    const tab = await page.context().newPage();
    const second = new HostPage(tab, lab.urls.desk);
    await tab.goto(second.url);
    await second.untilPhase("ready");
    expect((await second.snapshot()).agent?.username).toBe(ADA);
    const asked = lab.connect.apiCalls.map(({ operation }) => operation);
    expect(asked).toContain("GetAgentConfiguration");
    await second.follows(lab);
  });
}

test("signOut() ends although every request is refused or not answered", async ({
  lab,
  host,
}) => {
  lab.connect.fail("*", { status: 403 });
  lab.connect.fail("/logout", { hang: true });
  expect(await host.signOut({ setOffline: true })).toBe("SIGN_OUT_FAILED");
  await host.untilPhase("failed");
});

test("stayActive() does not wait for a CCP that has died", async ({
  lab,
  page,
  host,
}) => {
  const ready = () => {
    const { core } = (globalThis as any).connect;
    return core.getSDKClientConfig().provider.getProxy().connectionStatus;
  };
  await expect.poll(() => page.evaluate(ready)).toBe("ready");
  lab.faults.set("ccp-dies");
  expect(await outcome(page, "stayActive")).toBe("STAY_ACTIVE_FAILED");
  await host.untilPhase("ready");
});

test("devices() does not wait for a prompt, or a browser, that nobody answers", async ({
  page,
  host,
}) => {
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => new Promise(() => {});
  });
  await page.clock.install();
  const late = outcome(page, "devices");
  await host.hurry(60);
  expect(await late).toBe("MICROPHONE_DISMISSED");
  await host.isQuiet();
});
