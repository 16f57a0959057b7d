import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import { ageRecord } from "../support/record.js";

// These tests wait for deadlines of the phone.
test.use({ slowness: 1 });

test.beforeEach(({ noise }) => noise.allow(/Refused to display/));

for (const id of ["idp-sso-no-framing", "idp-cookie-lax"])
  test(
    `${id}: a live session signs in in the window, which is remembered`,
    { tag: `@${id}` },
    async ({ lab, page, host, windows, beginIdpSession }) => {
      lab.faults.set(id);
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("ready");
      const { status, timeline } = await host.snapshot();
      expect(status.way).toBe("popup");
      const began = timeline.filter(({ what }) => what === "wayBegan");
      expect(began.map(({ way }) => way)).toEqual(["frame", "popup"]);
      // Long before the frame is given up.
      expect(began[1].atMs - began[0].atMs).toBeLessThan(5000);
      await expect.poll(() => windows.length).toBe(1);
      await expect.poll(() => windows[0].isClosed()).toBe(true);

      await ageRecord(page, 13 * 3_600_000);
      await page.goto("about:blank");
      lab.connect.endSessions();
      await page.goto(host.url);
      await host.untilPhase("ready");
      expect((await host.times("wayBegan")).length).toBe(1);
      expect((await host.snapshot()).status.way).toBe("popup");
      expect(windows.length).toBe(2);
    },
  );

test(
  "a login form that refuses to be framed does not matter to a live session",
  { tag: "@idp-login-no-framing" },
  async ({ lab, page, host, windows, beginIdpSession }) => {
    lab.faults.set("idp-login-no-framing");
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    expect((await host.snapshot()).status.way).toBe("frame");
    expect(windows).toEqual([]);
  },
);

for (const id of [
  "idp-login-no-framing",
  "idp-sso-no-framing",
  "idp-cookie-lax",
])
  test(
    `${id}: without a session, the agent signs in in the window`,
    { tag: `@${id}` },
    async ({ lab, page, host, windows }) => {
      lab.faults.set(id);
      await page.goto(host.url);
      await expect.poll(() => windows.length).toBe(1);
      await signInAtIdp(windows[0]);
      await host.untilPhase("ready");
      expect((await host.snapshot()).status.way).toBe("popup");
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      await expect(page.locator("iframe")).toHaveCount(1);
    },
  );

async function signInAtIdp(window: Page) {
  await window.getByLabel("User name").fill("ada@example.com");
  await window.getByLabel("Password").fill("lab");
  await window.getByRole("button", { name: "Sign in" }).click();
}
