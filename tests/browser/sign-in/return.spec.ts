import { randomBytes } from "node:crypto";
import { expect, test } from "../support/fixtures.js";

// These tests wait for deadlines of the phone.
test.use({ slowness: 1 });

test(
  "the return page, opened on its own, shows a sentence and stays",
  { tag: "@return-opened-by-itself" },
  async ({ lab, page }) => {
    await page.goto(`${lab.urls.desk}/softphone-return.html`);
    await expect(page.getByText("You can close this window")).toBeVisible();
    expect(page.isClosed()).toBe(false);
  },
);

test.describe("a nonce that this page never issued", () => {
  test.use({ popupBlocking: true });

  test(
    "signs nobody in",
    { tag: "@return-foreign-number" },
    async ({ lab, page, context, host, phaseLog, noise, beginIdpSession }) => {
      noise.allow(/404/);
      lab.desk.config.signIn = { ways: ["popup"] };
      await beginIdpSession();
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");

      const number = randomBytes(16).toString("hex");
      await page.evaluate(() => {
        const channel = new BroadcastChannel("connect-softphone-sign-in");
        channel.onmessage = ({ data }) => (document.title = data.number);
      });
      const stranger = await context.newPage();
      await stranger.goto(
        `${lab.urls.desk}/softphone-return.html?softphoneSignIn=${number}`,
      );
      await expect(page).toHaveTitle(number);
      // And by message, from a page of the same origin.
      await page.evaluate((number) => {
        const message = { type: "softphoneSignInReturned", number };
        postMessage(message, location.origin);
        return new Promise((resolve) => addEventListener("message", resolve));
      }, number);
      const { status, timeline } = await host.snapshot();
      expect(status.phase).toBe("signInNeeded");
      const happened = timeline.map(({ what }) => what);
      expect(happened).not.toContain("signInReturned");
      expect(happened).not.toContain("ccpReloaded");

      await page.bringToFront();
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await phaseLog.until("phase=ready");
    },
  );
});

test.describe(
  "without a return page",
  { tag: "@window-return-page-missing" },
  () => {
    test.beforeEach(async ({ lab, noise, beginIdpSession }) => {
      noise.allow(/404/);
      lab.desk.mount("/softphone-return.html", (_req, res) => {
        res.status(404).send("There is no such page.");
      });
      await beginIdpSession();
    });

    for (const way of ["frame", "popup"] as const)
      test(`sign-in by ${way} is noticed nevertheless`, async ({
        lab,
        page,
        host,
        windows,
      }) => {
        lab.desk.config.signIn = { ways: [way] };
        await page.goto(host.url);
        await host.untilPhase("ready");
        expect((await host.snapshot()).status.way).toBe(way);
        await expect.poll(() => windows.length).toBe(way === "popup" ? 1 : 0);
        for (const window of windows)
          await expect.poll(() => window.isClosed()).toBe(true);
        await expect(page.locator("iframe")).toHaveCount(1);
      });
  },
);

for (const [what, change] of [
  ["an SSO Login URL without relay state", "plain"],
  ["a host that has said that it has no return page", "null"],
] as const)
  for (const way of ["frame", "popup"] as const)
    test(
      `${what}: sign-in by ${way}`,
      { tag: change === "plain" ? "@idp-no-relay-state" : [] },
      async ({ lab, page, host, windows, noise, beginIdpSession }) => {
        // The CCP is reloaded to check whether sign-in is complete, and refuses once more to be framed while signed out.
        noise.allow(/Refused to display/);
        lab.desk.config.signIn = { ways: [way] };
        if (change === "plain")
          lab.desk.config.ssoLoginUrl = lab.urls.ssoLoginPlain;
        else lab.desk.config.signIn.returnUrl = null;
        await beginIdpSession();
        await page.goto(host.url);
        await host.untilPhase("ready");
        const { status, agent } = await host.snapshot();
        expect(status.way).toBe(way);
        expect(agent?.username).toBe("ada@example.com");
        await expect.poll(() => windows.length).toBe(way === "popup" ? 1 : 0);
        for (const window of windows)
          await expect.poll(() => window.isClosed()).toBe(true);
        await expect(page.locator("iframe")).toHaveCount(1);
        const paths = lab.requests.map(({ path }) => path);
        expect(paths).not.toContain("/softphone-return.html");
      },
    );
