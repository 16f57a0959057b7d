import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import type { HostPage } from "../support/host-page.js";

const ALLOW = "Allow them below.";

/** What the agent answers when the browser asks. */
const allow = (page: Page) =>
  page.context().grantPermissions(["storage-access", "microphone"]);

/** The button of Amazon's page, which the phone shows. */
const grant = (host: HostPage) =>
  host.ccp.getByRole("button", { name: "Grant access" });

test.describe("a browser that blocks third-party cookies", () => {
  test.use({ thirdPartyCookies: false });

  // Not about cookies: the lab's own line to the CCP, which Chromium opens without them.
  test.beforeEach(({ noise }) => noise.allow(/sdk-line/));

  test(
    "asks the agent for them, and keeps them",
    { tag: "@cookies-blocked" },
    async ({ lab, page, host, windows, noise, beginIdpSession }) => {
      noise.allowSignedOutWorker();
      noise.allow(/Refused to display/); // The log-out, in a frame; its cookies went with the request.
      await beginIdpSession();
      await page.clock.install();
      await page.goto(host.url);
      await expect.poll(() => windows.length).toBe(1); // What fails in the frame may work in a window.
      await host.untilNoted("signInReturned");
      await host.hurryUntil("signInNeeded THIRD_PARTY_COOKIES_BLOCKED");
      await host.says(ALLOW);
      await host.leavesThePanel();
      await expect(grant(host)).toBeVisible();
      await allow(page);
      await grant(host).click();
      await host.untilPhase("ready");
      await host.isQuiet();
      await host.follows(lab);
      expect((await host.snapshot()).status.session).toBeDefined();

      // The next visit: no window, and nobody is asked.
      await page.reload();
      await host.untilPhase("ready");
      await host.follows(lab);
      expect(windows.filter((it) => !it.isClosed())).toEqual([]);
      expect(await host.told()).toEqual(["opening", "ready"]);

      // Signing out needs them as well.
      expect(await host.signOut()).toBeUndefined();
      await host.untilPhase("signedOut");
    },
  );

  test(
    "says what helps where the browser refuses to ask",
    { tag: "@storage-access-unvisited" },
    async ({ lab, page, host, windows, noise, beginIdpSession }) => {
      noise.allow(/requestStorageAccess/);
      await beginIdpSession();
      await page.clock.install();
      await page.goto(host.url);
      await host.untilNoted("signInReturned");
      await host.hurryUntil("signInNeeded THIRD_PARTY_COOKIES_BLOCKED");
      await grant(host).click(); // Chromium itself refuses, because the agent was never there.
      await host.untilError("STORAGE_ACCESS_DENIED");
      await host.says(
        "Open Amazon Connect, click in its window, and close it.",
        "Open Amazon Connect",
      );
      await host.prompt.getByRole("button").click();
      await expect.poll(() => windows.length).toBe(2);
      await host.says("Click anywhere in the window", "Show the window");
      const there = windows[1];
      await expect(there).toHaveURL(`${lab.urls.instance}/home`);
      await there.getByRole("main").click();
      await allow(page);
      await there.close();
      await host.untilPhase("ready"); // Allowed by now, so nobody is asked again.
      await host.follows(lab);
    },
  );

  test(
    "says that it is still waiting where nobody answers",
    { tag: "@storage-access-ignored" },
    async ({ lab, page, host, beginIdpSession }) => {
      lab.faults.set("storage-access-ignored");
      await beginIdpSession();
      await page.clock.install();
      await page.goto(host.url);
      await host.untilNoted("signInReturned");
      await host.hurryUntil("signInNeeded THIRD_PARTY_COOKIES_BLOCKED");
      await grant(host).click();
      await host.hurryUntil("signInNeeded STORAGE_ACCESS_IGNORED");
      await host.says("The phone is still waiting", "Open Amazon Connect");
      await expect(grant(host)).toBeVisible();
      lab.faults.unset("storage-access-ignored");
      await allow(page);
      const opened = page.waitForEvent("popup");
      await host.prompt.getByRole("button").click();
      await (await opened).close();
      await host.untilPhase("ready");
      await host.follows(lab);
    },
  );

  test(
    "says so where the agent does not allow them",
    { tag: "@storage-access-denied" },
    async ({ lab, page, host, beginIdpSession }) => {
      lab.faults.set("storage-access-denied");
      await beginIdpSession();
      await page.clock.install();
      await page.goto(host.url);
      await host.untilNoted("signInReturned");
      await host.hurryUntil("signInNeeded THIRD_PARTY_COOKIES_BLOCKED");
      await grant(host).click();
      await host.untilError("STORAGE_ACCESS_DENIED");
      // The host's own button does the same as the prompt's.
      const opened = page.waitForEvent("popup");
      await page.getByRole("button", { name: "Sign in by the host" }).click();
      lab.faults.unset("storage-access-denied");
      await allow(page);
      await (await opened).close();
      await host.untilPhase("ready");
      await host.follows(lab);
    },
  );

  test(
    "fails with the likeliest cause where Amazon's page is missing, and opens once cookies are allowed",
    { tag: "@cookies-page-missing" },
    async ({ lab, page, host, context, windows, noise, beginIdpSession }) => {
      noise.allow(/request-storage-access.* 404/);
      lab.faults.set("cookies-page-missing");
      await beginIdpSession();
      await page.clock.install();
      await page.goto(host.url);
      await expect.poll(() => windows.length).toBe(1);
      await host.untilNoted("signInReturned");
      await host.hurryUntil("failed CCP_SILENT");
      await host.says(
        "You are signed in, but the phone is not responding.",
        "Try again",
      );
      const { status } = await host.snapshot();
      expect(status.error?.remedy).toMatch(
        /^[^:]+: the browser blocks third-p/,
      );
      const settings = await context.newPage();
      await settings.goto("chrome://settings/cookies");
      await settings.evaluate(
        () =>
          new Promise((done) =>
            (globalThis as any).chrome.settingsPrivate.setPref(
              "profile.cookie_controls_mode",
              0,
              "",
              done,
            ),
          ),
      );
      await settings.close();
      await host.prompt.getByRole("button", { name: "Try again" }).click();
      await host.untilPhase("ready");
      await host.follows(lab);
    },
  );

  test("shows Amazon's page where the host draws the controls, and for a standard login", async ({
    lab,
    page,
    host,
    windows,
    noise,
  }) => {
    noise.allow(/Refused to display/); // The instance's login page, in the CCP's frame.
    lab.connect.saml = false;
    lab.desk.config = {
      ...lab.desk.config,
      ssoLoginUrl: null,
      controls: "icc",
      streams: {
        url: "/connect-streams-min.js",
        options: {
          storageAccess: {
            mode: "custom",
            custom: { accessBannerButtonText: "Grant access" },
          },
        },
      },
    };
    await page.clock.install();
    await page.goto(host.url);
    await host.untilNoted("ccpLoaded");
    await host.hurryUntil("signingIn");
    await expect.poll(() => windows.length).toBe(1);
    await windows[0].getByLabel("User name").fill("ada@example.com");
    await windows[0].getByLabel("Password").fill("Ada-2468");
    await windows[0].getByRole("button", { name: "Sign in" }).click();
    await expect(windows[0]).toHaveURL(/ccp-v2/);
    await host.hurryUntil("signInNeeded THIRD_PARTY_COOKIES_BLOCKED");
    await allow(page);
    await grant(host).click();
    await host.untilPhase("ready");
    await expect(host.frame).toHaveCSS("opacity", "0");
    await host.follows(lab);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
  });
});

test("the remedy for a silent CCP excludes cookies that are there", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  // Every CCP stays silent, although its page loads.
  lab.connect.ccpDead = true;
  await page.clock.install();
  await page.goto(host.url);
  await host.untilNoted("signInReturned");
  await host.hurryUntil("failed CCP_SILENT");
  const { status } = await host.snapshot();
  expect(status.error?.remedy).toMatch(/^The browser lets the phone have its/);
});
