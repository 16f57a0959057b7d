import { expect, test } from "../support/fixtures.js";
import { ADA, PanelPage } from "./panel-page.js";

test.describe("where the browser blocks windows", () => {
  test.use({ popupBlocking: true });

  test("the panel's button signs the agent in", async ({
    lab,
    page,
    phaseLog,
    beginIdpSession,
  }) => {
    lab.desk.config.signIn = { ways: ["popup"] };
    await beginIdpSession();
    const it = new PanelPage(page, lab);
    await it.open();
    await phaseLog.until("phase=signInNeeded");
    await it.click("Sign in");
    await it.isIn("Offline");
    await expect(it.panel.locator(".notice")).toHaveCount(0);
    // The phone's own prompt is off: there is one of each.
    await expect(page.getByRole("button", { name: "Sign in" })).toHaveCount(0);
  });
});

test.describe("an agent who is about to be logged out for inactivity", () => {
  // The lab and the phone agree on when the logout is.
  test.use({ slowness: 1 });

  test.beforeEach(async ({ lab, page, noise, beginIdpSession }) => {
    noise.allow(/401|Failed to|[Aa]uth|activity/); // Streams, about a session that is over.
    lab.desk.config.session = { activity: false };
    await beginIdpSession();
    const it = new PanelPage(page, lab);
    await it.ready();
    const channel = () => {
      const { core } = (globalThis as any).connect;
      return core.getSDKClientConfig().provider.getProxy().connectionStatus;
    };
    await expect.poll(() => page.evaluate(channel)).toBe("ready");
    lab.faults.set("inactivity-warning");
    await expect(it.panel.locator(".notice")).toContainText(
      "because you have not been active",
    );
  });

  test("stays by the panel's button", async ({ lab, page }) => {
    const it = new PanelPage(page, lab);
    await it.click("Stay signed in");
    await expect(it.panel.locator(".notice")).toHaveCount(0);
    lab.connect.agent(ADA).setState("Lunch");
    await it.isIn("Lunch");
  });

  test("is not told any longer once they have been active elsewhere", async ({
    lab,
    page,
  }) => {
    const it = new PanelPage(page, lab);
    await it.panel.evaluate((panel: any) => panel.phone.stayActive());
    await expect(it.panel.locator(".notice")).toHaveCount(0);
  });
});
