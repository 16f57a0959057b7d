import { expect, test } from "../support/fixtures.js";

// These tests wait for deadlines of the phone.
test.use({ slowness: 1 });

test.describe("without an SSO Login URL", () => {
  test.use({ popupBlocking: true });

  test.beforeEach(({ lab, noise }) => {
    lab.connect.saml = false;
    noise.allow(/Refused to display/); // The instance's login page, in the CCP's frame.
    noise.secret("a password", "Ada-2468");
  });

  // Absent, "" and null are the same: config.spec.ts.
  test("the agent logs in through the standard login window", async ({
    lab,
    page,
    host,
    phaseLog,
    windows,
  }) => {
    lab.desk.config.ssoLoginUrl = undefined;
    await page.goto(host.url);
    await phaseLog.until("phase=signInNeeded");
    expect(windows).toEqual([]);

    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect.poll(() => windows.length).toBe(1);
    const [window] = windows;
    await window.getByLabel("User name").fill("ada@example.com");
    // As Streams opens its own window: 433 × 578, with the same name.
    expect(
      await window.evaluate(() => [name, innerWidth, innerHeight]),
    ).toEqual(["connect::loginPopup", 433, 578]);
    await window.getByLabel("Password").fill("Ada-2468");
    await window.getByRole("button", { name: "Sign in" }).click();
    await phaseLog.until("phase=ready");
    await expect.poll(() => window.isClosed()).toBe(true);
    const { status, agent } = await host.snapshot();
    expect(status.way).toBe("popup");
    expect(agent?.username).toBe("ada@example.com");
    expect(lab.requests.map(({ party }) => party)).not.toContain("idp");
  });
});
