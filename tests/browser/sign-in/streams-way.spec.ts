import { expect, test } from "../support/fixtures.js";
import { initCalls, recordStreams } from "../support/recorder.js";

// Streams 2.28.2 waits 5 s for the CCP before it opens its window, and replaces the CCP's frame every 5 s after that, ten times.
test.beforeEach(({ lab, noise }) => {
  noise.allow(/Refused to (display|frame)/);
  lab.desk.config.signIn = { ways: ["streams"] };
});

test("Streams' own popup signs in, and the phone is ready", async ({
  lab,
  page,
  host,
  windows,
  phaseLog,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
  const { status, agent } = await host.snapshot();
  expect(status).toMatchObject({ phase: "ready", way: "streams" });
  expect(agent?.username).toBe("ada@example.com");
  await expect.poll(() => phaseLog.phases).toEqual(["opening", "ready"]);
  // Streams' window and no other; Streams closes it.
  await expect.poll(() => windows.length).toBe(1);
  await expect.poll(() => windows[0].isClosed()).toBe(true);
  await expect(page.locator("iframe")).toHaveCount(1);
  await expect(page.locator("#softphone iframe")).toBeVisible();
  lab.connect.agent("ada@example.com").setState("Available");
  await expect.poll(() => host.agentState()).toBe("Available");

  // The frame with which Streams replaced the first is removed, too.
  await page.getByRole("button", { name: "Close the phone" }).click();
  await expect(host.body).toHaveAttribute("data-outcome", "ok");
  await expect(page.locator("iframe")).toHaveCount(0);
});

test("with a Connect session, no window opens", async ({
  lab,
  page,
  host,
  context,
  windows,
}) => {
  await context.addCookies([lab.connect.beginSession("ada@example.com")]);
  await page.goto(host.url);
  await host.untilPhase("ready");
  expect(windows).toEqual([]);
});

test.describe("where the browser blocks windows", () => {
  // Nothing loads here within Streams' minute, so it may be half as long.
  test.use({ popupBlocking: true, slowness: 0.5 });

  test("Streams gives up after a minute, and a click restarts it", async ({
    lab,
    page,
    context,
    host,
    phaseLog,
    windows,
    noise,
    beginIdpSession,
  }) => {
    noise.allowSecondInit();
    noise.allow(/Cannot read properties of null/); // Streams checks whether the blocked window is closed.
    await beginIdpSession();
    await page.goto(host.url);
    await phaseLog.until("error=SIGN_IN_TIMEOUT");
    await expect.poll(() => phaseLog.phases.at(-1)).toBe("failed");
    expect(windows).toEqual([]);
    const { status } = await host.snapshot();
    expect(status).toMatchObject({
      phase: "failed",
      way: "streams",
      error: { code: "SIGN_IN_TIMEOUT", message: "Sign-in took too long." },
    });
    expect(status.error?.remedy).toContain("Allow pop-ups");
    await expect(host.prompt).toContainText("Sign-in took too long.");

    // A click's permission has expired when Streams opens its window, five seconds later. So the agent signed in on the instance's own page.
    await context.addCookies([lab.connect.beginSession("ada@example.com")]);
    phaseLog.clear();
    await page.getByRole("button", { name: "Try again" }).click();
    await phaseLog.until("phase=ready");
    expect((await host.snapshot()).status.way).toBe("streams");
  });
});

test.describe("Global Resiliency", () => {
  test.beforeEach(({ lab }) => recordStreams(lab));

  test("its three parameters reach initCCP together", async ({
    lab,
    page,
    host,
    noise,
  }) => {
    noise.allow(/./); // Streams looks for a second instance, which the lab does not have.
    await page.goto(`${host.url}#wait`);
    const { instance, ssoLogin } = lab.urls;
    const secondaryCCPUrl = `${lab.urlsOf("one").instance}/ccp-v2/`;
    const options = { enableGlobalResiliency: true, secondaryCCPUrl };
    const streams = { ...lab.desk.config.streams, options };
    const failure = await host.open({ ...lab.desk.config, streams });
    expect(failure).toBeUndefined();
    const [{ parameters }] = await initCalls(page);
    expect(parameters).toMatchObject({
      ccpUrl: `${instance}/ccp-v2/`,
      loginUrl: ssoLogin,
      enableGlobalResiliency: true,
      secondaryCCPUrl,
    });
    expect(parameters).not.toHaveProperty("ccpLoadTimeout");
    expect(parameters.loginOptions).not.toHaveProperty(
      "disableAuthPopupAfterLogout",
    );
    await expect(page.locator("#softphone iframe")).toHaveCount(2);
    await page.getByRole("button", { name: "Close the phone" }).click();
    await expect(host.body).toHaveAttribute("data-outcome", "ok");
    await expect(page.locator("iframe")).toHaveCount(0);
  });

  test("is refused without what it needs, and initCCP is not called", async ({
    lab,
    page,
    host,
  }) => {
    await page.goto(`${host.url}#wait`);
    const both = {
      enableGlobalResiliency: true,
      secondaryCCPUrl: `${lab.urlsOf("one").instance}/ccp-v2/`,
    };
    for (const [without, change] of [
      ["a second CCP", { options: { enableGlobalResiliency: true } }],
      ["an SSO Login URL", { ssoLoginUrl: null }],
      ["the way streams", { signIn: { ways: ["frame", "popup"] } }],
    ] as const) {
      const { options, ...rest } = { options: both, ...change } as any;
      const failure = await host.open({
        ...lab.desk.config,
        ...rest,
        streams: { ...lab.desk.config.streams, options },
      });
      expect(failure?.code, without).toBe("CONFIG_INVALID");
      expect(failure?.problems?.length, without).toBeGreaterThan(0);
      expect(await initCalls(page)).toEqual([]);
      await expect(page.locator("iframe")).toHaveCount(0);
    }
  });
});
