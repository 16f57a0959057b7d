import { test as testAtDesk } from "./calls/desk.js";
import { PanelPage } from "./controls/panel-page.js";
import { expect, test } from "./support/fixtures.js";

/** What the README promises, in Firefox, which playwright.config.ts chooses for this file. */

const NUMBER = "+15550100";

test.describe("cookies allowed", () => {
  test("signs in by the hidden frame, takes a call, and signs out", async ({
    lab,
    page,
    host,
    windows,
    noise,
    beginIdpSession,
  }) => {
    noise.secret("a phone number", NUMBER);
    noise.allowSignedOutWorker();
    // Streams 2.28.2 in the CCP, at the end of a call; the phone works on.
    noise.allow(/'master_response' event handler failed/);
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    const { status } = await host.snapshot();
    expect(status.way).toBe("frame");
    await host.isQuiet();
    await host.follows(lab);

    lab.connect.agent("ada@example.com").setState("Available");
    const call = lab.connect.call({
      username: "ada@example.com",
      from: NUMBER,
    });
    await host.ccp.getByRole("button", { name: "Accept" }).click();
    await call.when("connected");
    await host.ccp.getByRole("button", { name: "Hang up" }).click();
    await call.when("ended");
    await host.ccp.getByRole("button", { name: "Clear contact" }).click();
    await call.when("cleared");

    // The next visit finds the session.
    await page.reload();
    await host.untilPhase("ready");
    expect(
      (await host.told()).filter((it) => !/^(opening|ready)$/.test(it)),
    ).toEqual([]); // Nobody is asked.
    expect(await host.signOut()).toBeUndefined();
    await host.untilPhase("signedOut");
    expect(windows).toEqual([]);
  });

  test("takes a call in the panel, on 320 px", async ({
    lab,
    page,
    noise,
    beginIdpSession,
  }) => {
    noise.secret("a phone number", NUMBER);
    noise.allow(/'master_response' event handler failed/); // As above.
    await beginIdpSession();
    await page.setViewportSize({ width: 320, height: 800 });
    const it = new PanelPage(page, lab);
    await it.available();
    const call = await it.talking({ orderId: "4711" });
    await it.click("Mute");
    await expect(it.button("Unmute")).toBeFocused();
    await it.consult("Front desk");
    await it.fits();
    await it.click("Remove Front desk");
    await it.click("Hang up");
    await call.when("ended");
    await it.click("Finish");
    await it.isIn("Available");
  });

  test("uses a microphone that was chosen before the CCP's frame shows any", async ({
    lab,
    page,
    noise,
    beginIdpSession,
  }) => {
    noise.allow(/'master_response' event handler failed/); // As above.
    await beginIdpSession();
    const it = new PanelPage(page, lab);
    await it.available();
    await it.click("Settings");
    await it.click("Show devices");
    // Where there is no speaker at all, Firefox starts no AudioContext, and the meter stays at 0.
    await expect(it.panel.getByRole("meter")).toBeVisible();
    const speaker = it.panel.getByRole("combobox", { name: "Speaker" });
    await expect(speaker).toContainText("None"); // Without media.setsinkid.enabled.
    await it.click("Close");
    const applied = await it.panel.evaluate(async ({ phone }: any) => {
      const { microphones } = await phone.devices();
      return (await phone.useDevice("microphone", microphones[0].id)).applied;
    });
    expect(applied).toBe("nextCall");
    const ccp = page
      .frameLocator("#softphone iframe:not([title='Sign-in'])")
      .locator("body");
    // As Amazon's softphone does for a call.
    await ccp.evaluate(async () => {
      const audio = await navigator.mediaDevices.getUserMedia({ audio: true });
      for (const track of audio.getTracks()) track.stop();
    });
    await it.offered();
    await expect(ccp).toHaveAttribute("data-microphone", /./);
  });

  test("signs in by a window, inside a click, where the identity provider refuses frames", async ({
    lab,
    page,
    host,
    windows,
    noise,
    beginIdpSession,
  }) => {
    noise.allow(/in a frame is denied|X-Frame-Options|frame-ancestors/);
    lab.faults.set("idp-no-framing");
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("signInNeeded"); // Firefox blocks what no click has opened.
    expect(windows).toEqual([]);
    await host.prompt.getByRole("button").click();
    await host.untilPhase("ready");
    expect((await host.snapshot()).status.way).toBe("popup");
    await expect.poll(() => windows.map((it) => it.isClosed())).toEqual([true]);
    await host.follows(lab);
  });

  test("signs in by the standard login popup", async ({
    lab,
    page,
    host,
    windows,
    noise,
  }) => {
    noise.allow(/in a frame is denied/); // The instance's login page, in the CCP's frame.
    noise.allow(/Notification permission/); // Streams 2.28.2 in the window, where the CCP asks without a click.
    lab.connect.saml = false;
    lab.desk.config.ssoLoginUrl = undefined;
    await page.goto(host.url);
    await host.untilPhase("signInNeeded");
    await host.prompt.getByRole("button").click();
    await expect.poll(() => windows.length).toBe(1);
    await windows[0].getByLabel("User name").fill("ada@example.com");
    await windows[0].getByLabel("Password").fill("Ada-2468");
    await windows[0].getByRole("button", { name: "Sign in" }).click();
    await host.untilPhase("ready");
    await host.follows(lab);
  });

  test("says so where the origin is not approved", async ({
    lab,
    page,
    host,
    noise,
    beginIdpSession,
  }) => {
    noise.allow(/in a frame is denied|frame-ancestors|status of 403/);
    lab.faults.set("origin-not-approved");
    lab.desk.config.signIn = { timeoutMs: 5000 };
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("signInNeeded");
    await host.prompt.getByRole("button").click();
    await host.untilError("SIGN_IN_TIMEOUT");
    const { status } = await host.snapshot();
    expect(status.error?.remedy).toContain("approved origins");
  });
});

testAtDesk(
  "a host that draws its own controls takes a call from ring to wrap-up",
  { tag: "@contact-vanishes" },
  async ({ lab, desk, noise }) => {
    noise.secret("a phone number", NUMBER);
    noise.allow(/'master_response' event handler failed/); // As above.
    const username = "ada@example.com";
    noise.allow(/'api_response' event handler failed/);
    // In Firefox, Streams asks the contact something once it is accepted, and throws if that is gone.
    lab.connect.fail("AcceptContact", {
      ignored: true,
      delayMs: 1000,
      times: 1,
    });
    const gone = lab.connect.call({ username, from: NUMBER });
    await desk.until("offered");
    const accepted = desk.act("accept");
    await expect
      .poll(async () => (await desk.contact()).can.accept)
      .toBe(false);
    gone.hangUp();
    gone.clear();
    expect((await accepted).code).toBe("CONTACT_GONE");
    expect(await desk.contacts()).toEqual([]);

    const call = lab.connect.call({ username, from: NUMBER });
    await desk.until("offered");
    expect((await desk.does("accept")).phase).toBe("talking");
    expect((await desk.does("mute")).muted).toBe(true);
    expect((await desk.does("unmute")).muted).toBe(false);
    expect((await desk.does("hold")).phase).toBe("held");
    expect((await desk.does("resume")).phase).toBe("talking");
    await desk.does("sendDigits", "12#");
    await desk.does("consult", "+15550199");
    await expect
      .poll(async () => (await desk.contact()).participants.at(-1)?.state)
      .toBe("connected");
    await desk.does("conference");
    expect((await desk.does("leave")).phase).toBe("wrapUp");
    expect((await desk.act("finish")).value).toBe(null);
    await call.when("cleared");
    expect(await desk.told()).toEqual([
      "added offered",
      "removed",
      "added offered",
      "now talking",
      "now held",
      "now talking",
      "now held", // While somebody else is called.
      "now talking",
      "now wrapUp",
      "removed",
    ]);
  },
);

test.describe("Firefox's default protection", () => {
  test.use({ thirdPartyCookies: false });

  test("shows Amazon's page for the cookies beside the panel", async ({
    lab,
    page,
    beginIdpSession,
  }) => {
    await beginIdpSession();
    const it = new PanelPage(page, lab);
    await it.open();
    await it.click("Sign in");
    const notice = it.panel.locator(".notice");
    await expect(notice).toContainText("cookies");
    await expect(notice.getByRole("button")).toHaveCount(0);
    const frame = page.frameLocator("#softphone iframe");
    await expect(
      frame.getByRole("button", { name: "Grant access" }),
    ).toBeVisible();
  });

  test("asks for the cookies, keeps them, and signs out and in again", async ({
    lab,
    page,
    host,
    windows,
    noise,
    beginIdpSession,
  }) => {
    test.slow(); // It opens the phone five times.
    noise.allowSignedOutWorker();
    noise.allow(/\/logout” in a frame is denied/); // Its cookies went with the request.
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("signInNeeded");
    await host.prompt.getByRole("button").click();
    await host.untilError("THIRD_PARTY_COOKIES_BLOCKED");
    await host.says("Allow them below.");
    const grant = host.ccp.getByRole("button", { name: "Grant access" });
    await grant.click(); // Firefox asks, and nobody answers.
    const seen = windows.length;
    await page.getByRole("button", { name: "Sign in by the host" }).click();
    await expect.poll(() => windows.length).toBe(seen + 1);
    await host.says("Click anywhere in the window", "Show the window");
    const there = windows[seen];
    await there.getByRole("main").click();
    await there.close();
    await host.untilError("THIRD_PARTY_COOKIES_BLOCKED");
    await grant.click(); // It no longer asks, because the agent has been there.
    await host.untilPhase("ready");
    await host.isQuiet();
    await host.follows(lab);
    expect(windows.length).toBe(seen + 1); // They were signed in already.

    // The next visit finds cookies and session.
    await page.reload();
    await host.untilPhase("ready");
    expect(
      (await host.told()).filter((it) => !/^(opening|ready)$/.test(it)),
    ).toEqual([]); // Nobody is asked.

    await page.getByRole("button", { name: "Sign out by the host" }).click();
    await host.untilPhase("signedOut");
    await host.prompt.getByRole("button").click();
    await host.untilPhase("ready");
    await host.follows(lab);

    // The session has ended, the cookies are still allowed.
    lab.connect.endSessions();
    await page.reload();
    await host.untilPhase("signInNeeded");
    await host.untilError(undefined);
    await host.prompt.getByRole("button").click();
    await host.untilPhase("ready");
    await host.follows(lab);
    await expect.poll(() => windows.every((it) => it.isClosed())).toBe(true);
    expect(windows.length).toBe(seen + 3);
  });
});
