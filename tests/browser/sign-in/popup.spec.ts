import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { ageRecord } from "../support/record.js";

// These tests wait for deadlines of the phone.
test.use({ slowness: 1 });

test.describe("where the browser blocks windows", () => {
  test.use({ popupBlocking: true });

  test(
    "a click on the prompt opens the sign-in window, which closes by itself",
    { tag: "@window-blocked-by-itself" },
    async ({ lab, page, phaseLog, windows, beginIdpSession }) => {
      lab.desk.config.signIn = { ways: ["popup"] };
      await beginIdpSession();
      await page.goto(lab.urls.agentPage);
      await phaseLog.until("phase=signInNeeded");
      expect(windows).toEqual([]);

      await page.getByRole("button", { name: "Sign in" }).click();
      await phaseLog.until("phase=ready");
      await expect
        .poll(() => phaseLog.phases)
        .toEqual([
          "signingIn", // Until this tab has the lock, and its window is blocked.
          "signInNeeded",
          "signingIn",
          "ready",
        ]);
      await expect.poll(() => windows.length).toBe(1);
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        "Ada Example",
      );
    },
  );

  test(
    "an identity provider that refuses to be framed costs a click, and the refusal is remembered",
    { tag: "@idp-no-framing" },
    async ({ lab, page, host, phaseLog, windows, noise, beginIdpSession }) => {
      noise.allow(REFUSED);
      lab.idp.framing = false;
      await beginIdpSession();
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await phaseLog.until("phase=ready");
      expect(phaseLog.phases[0]).toBe("signingIn"); // The frame was tried first.
      expect((await host.snapshot()).status.way).toBe("popup");
      await expect.poll(() => windows.length).toBe(1);

      await untilNextMorning(page, lab);
      phaseLog.clear();
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      await expect
        .poll(() => phaseLog.phases)
        .toEqual(["signingIn", "signInNeeded"]);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await phaseLog.until("phase=ready");
      const { timeline } = await host.snapshot();
      const tried = timeline.filter(({ what }) =>
        ["windowBlocked", "wayBegan"].includes(what),
      );
      expect(tried[0]).toMatchObject({ what: "windowBlocked" });
    },
  );

  test(
    "without a session at the identity provider, the agent signs in there, in the window",
    { tag: "@idp-session-gone" },
    async ({ lab, page, phaseLog, windows }) => {
      await page.goto(lab.urls.agentPage);
      await phaseLog.until("phase=signInNeeded");
      expect(windows).toEqual([]);
      await page.getByRole("button", { name: "Sign in" }).click();
      await phaseLog.until("phase=signingIn");
      await expect.poll(() => windows.length).toBe(1);
      await signInAtIdp(windows[0]);
      await phaseLog.until("phase=ready");
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        "Ada Example",
      );
      // The frame that showed a login form to nobody is gone.
      await expect(page.locator("iframe")).toHaveCount(1);
    },
  );

  test(
    "signIn() outside of a click reports the blocked window, and works inside a click",
    { tag: "@window-blocked" },
    async ({ lab, page, host, phaseLog, windows, beginIdpSession }) => {
      lab.desk.config.signIn = { ways: ["popup"] };
      await beginIdpSession();
      await page.goto(`${host.url}#eager`);
      await phaseLog.until("outcome=WINDOW_BLOCKED");
      await phaseLog.until("error=WINDOW_BLOCKED");
      await expect
        .poll(() => phaseLog.phases)
        .toEqual(["signingIn", "signInNeeded"]);
      expect(windows).toEqual([]);

      phaseLog.clear();
      await page.getByRole("button", { name: "Sign in by the host" }).click();
      await phaseLog.until("outcome=ok");
      await phaseLog.until("phase=ready");
      await expect.poll(() => windows.length).toBe(1);
      const { status } = await host.snapshot();
      expect(status.error).toBeUndefined();
    },
  );

  test(
    "after the agent closes the window, another click signs in",
    { tag: "@window-closed" },
    async ({ lab, page, host, phaseLog, windows }) => {
      lab.desk.config.signIn = { ways: ["popup"] };
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      await page.getByRole("button", { name: "Sign in by the host" }).click();
      await expect.poll(() => windows.length).toBe(1);
      await windows[0].getByLabel("User name").waitFor();
      phaseLog.clear();
      await windows[0].close();
      await phaseLog.until("outcome=SIGN_IN_WINDOW_CLOSED");
      await phaseLog.until("phase=signInNeeded");
      await phaseLog.until("error=SIGN_IN_WINDOW_CLOSED");
      await expect(host.prompt).toContainText("window was closed");

      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect.poll(() => windows.length).toBe(2);
      await signInAtIdp(windows[1]);
      await phaseLog.until("phase=ready");
      await expect(host.container).not.toHaveAttribute("data-softphone-error");
    },
  );

  test("the prompt works by keyboard, and the phone gets the focus afterwards", async ({
    lab,
    page,
    phaseLog,
    windows,
    beginIdpSession,
  }) => {
    lab.desk.config.signIn = { ways: ["popup"] };
    await beginIdpSession();
    await page.goto(lab.urls.agentPage);
    await phaseLog.until("phase=signInNeeded");
    // The button is the first focusable element on the page.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await phaseLog.until("phase=ready");
    await expect.poll(() => windows.length).toBe(1);
    await page.bringToFront(); // As a desktop does when the window in front closes.
    await expect(page.locator("#softphone iframe")).toBeFocused();
    // Inside, the first focusable element is the agent's state.
    const panel = page.frameLocator("#softphone iframe");
    await expect(panel.getByLabel("State")).toBeVisible();
    await page.keyboard.press("Tab");
    await page.keyboard.press("A"); // Only one letter: on a slow machine, a select takes later ones for the start of another word.
    await expect
      .poll(() => lab.connect.agent("ada@example.com").state.name)
      .toBe("Available");
  });
});

test("where windows may open, no click is needed", async ({
  lab,
  page,
  softphone,
  windows,
  noise,
  beginIdpSession,
}) => {
  noise.allow(REFUSED);
  lab.idp.framing = false;
  await beginIdpSession();
  await page.goto(lab.urls.agentPage);
  await expect(softphone).toHaveAttribute("data-softphone-phase", "ready");
  await expect.poll(() => windows.length).toBe(1);
  await expect.poll(() => windows[0].isClosed()).toBe(true);
});

test(
  "a page that cuts the window off from its opener does not keep sign-in from returning",
  { tag: "@window-opener-cut" },
  async ({ lab, page, host, windows, beginIdpSession }) => {
    lab.desk.config.signIn = { ways: ["popup"] };
    lab.idp.coop = true;
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    const { timeline, status } = await host.snapshot();
    expect(status.way).toBe("popup");
    expect(timeline.map(({ what }) => what)).toContain("signInReturned");
    await expect.poll(() => windows[0].isClosed()).toBe(true);
  },
);

async function signInAtIdp(window: Page) {
  await window.getByLabel("User name").fill("ada@example.com");
  await window.getByLabel("Password").fill("lab");
  await window.getByRole("button", { name: "Sign in" }).click();
}

/** The next morning: no page is open, the Connect session is over, and the record says that it must be. */
async function untilNextMorning(page: Page, lab: Lab) {
  await ageRecord(page, 13 * 3_600_000);
  await page.goto("about:blank");
  lab.connect.endSessions();
}

/** Chromium's message when a page refuses to be framed. */
const REFUSED = /Refused to display/;
