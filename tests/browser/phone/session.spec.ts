import type { BrowserContext } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { HostPage } from "../support/host-page.js";
import { setSlowness } from "../support/slow-clock.js";

const ADA = "ada@example.com";
const GRACE = "grace@example.com";
const NUMBER = "+15550100";
/** The shortest session that can be configured. */
const QUARTER = 15 * 60 * 1000;

/** A call that Ada has accepted. */
async function talking(lab: Lab, host: HostPage) {
  lab.connect.agent(ADA).setState("Available");
  const call = lab.connect.call({ username: ADA, from: NUMBER });
  call.accept();
  await call.when("connected");
  await expect.poll(() => host.agentState()).toBe("Busy");
  return call;
}

/** The session of these cookies is over at Amazon Connect, whatever this browser still has. */
async function sessionIsOver(
  context: BrowserContext,
  lab: Lab,
  cookies: Awaited<ReturnType<BrowserContext["cookies"]>>,
) {
  await context.addCookies(cookies);
  const visit = await context.newPage();
  await visit.goto(lab.urls.ccp);
  await expect(visit.getByRole("heading")).toHaveText("Session expired");
  await visit.close();
}

function sessionCookies(context: BrowserContext, lab: Lab) {
  return context.cookies(lab.urls.instance);
}

test.describe("the session clock", () => {
  test.beforeEach(async ({ lab, page, noise, beginIdpSession }) => {
    noise.secret("a phone number", NUMBER);
    lab.desk.config.session = { lengthMs: QUARTER };
    await beginIdpSession();
    await page.clock.install();
  });

  test("announces the end, and renews the session while the agent is idle", async ({
    lab,
    page,
    host,
    windows,
  }) => {
    await page.goto(host.url);
    await host.untilPhase("ready");
    const told = await host.told();
    const { session } = (await host.snapshot()).status;
    await page.clock.fastForward(QUARTER / 2);
    await expect
      .poll(async () => (await host.snapshot()).events)
      .toContainEqual({
        type: "sessionExpiring",
        reason: "maximum",
        endsAtMs: session?.endsAtMs,
      });
    await host.untilNoted("acknowledged", 2); // The CCP was reloaded for the new session.
    await host.follows(lab);
    await host.isQuiet();
    const now = (await host.snapshot()).status.session;
    expect(now?.startedAtMs).toBeGreaterThan(session?.startedAtMs ?? Infinity);
    expect(await host.told()).toEqual(told);
    const federated = lab.requests.filter((it) => it.path === "/auth/federate");
    expect(federated).toHaveLength(2);
    expect(windows).toEqual([]);
  });

  test("does not renew if that is switched off", async ({
    lab,
    page,
    host,
  }) => {
    lab.desk.config.session.renew = false;
    await page.goto(host.url);
    await host.untilPhase("ready");
    await page.clock.fastForward(QUARTER / 2);
    await expect
      .poll(async () => (await host.snapshot()).events.at(-1)?.type)
      .toBe("sessionExpiring");
    await host.hurry(30);
    expect(await host.times("renewing")).toEqual([]);
    await host.isQuiet();
  });

  test("delays the renewal until a call and its after-contact work are over", async ({
    lab,
    page,
    host,
  }) => {
    await page.goto(host.url);
    await host.untilPhase("ready");
    const reloads = await host.times("ccpReloaded");
    const call = await talking(lab, host);
    await page.clock.fastForward(QUARTER / 2);
    await expect
      .poll(async () => (await host.snapshot()).events.at(-1)?.type)
      .toBe("sessionExpiring");
    await host.hurry(10);
    call.hangUp();
    await expect.poll(() => host.agentState()).toBe("AfterCallWork");
    await host.hurry(10);
    expect(await host.times("renewing")).toEqual([]);
    expect(await host.times("ccpReloaded")).toEqual(reloads);
    call.clear();
    await host.untilNoted("renewing");
    await host.untilNoted("acknowledged", 2);
    await host.follows(lab);
    await host.isQuiet();
  });

  test(
    "finds that the session is over, and starts a new one without a click",
    { tag: "@session-over-idle" },
    async ({ lab, page, host, windows, noise }) => {
      noise.allow(/401|Failed to (get|fetch) agent/);
      lab.desk.config.session.renew = false;
      await page.goto(host.url);
      await host.untilPhase("ready");
      // The phone shows that the session is over until the identity provider answers.
      let letGo = () => {};
      const held = new Promise<void>((resolve) => (letGo = resolve));
      await page.route(`${lab.urls.idp}/**`, async (route) => {
        await held;
        await route.fallback();
      });
      lab.connect.endSessions();
      await page.clock.fastForward(QUARTER + 11_000);
      await host.hurryUntil("expired SESSION_ENDED");
      await host.says("Your session has ended.", "Sign in again");
      letGo();
      await host.untilPhase("ready");
      await host.isQuiet();
      await host.follows(lab);
      expect(windows).toEqual([]);
    },
  );
});

test.describe("a session that ends at Amazon Connect", () => {
  test.beforeEach(async ({ noise, beginIdpSession }) => {
    noise.secret("a phone number", NUMBER);
    noise.allow(/401|Failed to|[Aa]uth/);
    await beginIdpSession();
  });

  test(
    "while the agent is idle is replaced without a click",
    { tag: "@session-ends" },
    async ({ lab, page, host, phaseLog, windows }) => {
      await page.goto(host.url);
      await host.untilPhase("ready");
      lab.connect.hurryWorkers(); // Streams asks for a minute and a half before it says so.
      lab.faults.set("session-ends");
      await phaseLog.until("error=SESSION_ENDED");
      await host.untilPhase("ready");
      await host.isQuiet();
      await host.follows(lab);
      await expect.poll(() => phaseLog.phases).toContain("expired");
      expect(windows).toEqual([]);
    },
  );

  test(
    "during a call does not touch the call, and a click starts a new session",
    { tag: ["@session-ends-in-call", "@session-over-in-call"] },
    async ({ lab, page, host, phaseLog, windows }) => {
      await page.goto(host.url);
      await host.untilPhase("ready");
      lab.faults.set("session-ends-in-call");
      lab.connect.agent(ADA).setState("Available");
      const call = lab.connect.call({ username: ADA, from: NUMBER });
      await host.untilNoted("contact");
      lab.connect.hurryWorkers();
      call.accept();
      await phaseLog.until("error=SESSION_ENDED");
      await host.untilPhase("expired");
      await host.says(
        "Your session has ended. Signing in again interrupts a call that is still connected.",
        "Sign in again",
      );
      await host.leavesThePanel();
      const reloads = await host.times("ccpReloaded");
      await page.clock.install();
      await page.clock.runFor(600_000);
      expect(await host.times("ccpReloaded")).toEqual(reloads);
      expect(call.state).toBe("connected");
      expect(windows).toEqual([]);
      lab.faults.unset("session-ends-in-call");
      await page.getByRole("button", { name: "Sign in again" }).click();
      await host.untilPhase("ready");
      call.hangUp();
      call.clear();
      await host.follows(lab);
      await host.isQuiet();
    },
  );
});

test(
  "a network that is refused during a call does not touch the call, and a click signs in again",
  { tag: "@ip-refused-in-call" },
  async ({ lab, page, host, noise, windows, beginIdpSession }) => {
    noise.secret("a phone number", NUMBER);
    noise.allow(/40[13]|Failed to|[Aa]uth/);
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    const call = await talking(lab, host);
    const reloads = await host.times("ccpReloaded");
    lab.connect.hurryWorkers();
    lab.faults.set("ip-refused-in-call");
    await host.untilPhase("expired");
    await host.says(
      "Your session has ended. Signing in again interrupts a call that is still connected.",
      "Sign in again",
    );
    await host.leavesThePanel();
    const again = page.getByRole("button", { name: "Sign in again" });
    await again.click();
    await expect.poll(() => windows.length).toBe(1);
    await windows[0].getByText("cannot be used from this network").waitFor();
    expect(call.state).toBe("connected");
    expect(await host.times("ccpReloaded")).toEqual(reloads);
    await windows[0].close();
    await host.untilError("SIGN_IN_WINDOW_CLOSED");
    expect(await host.times("ccpReloaded")).toEqual(reloads);

    lab.faults.unset("ip-refused-in-call"); // They are back in the company's network.
    await host.prompt.getByRole("button").click();
    await host.untilPhase("ready");
    expect(call.state).toBe("connected");
    await host.ccp.getByRole("button", { name: "Hang up" }).click();
    await call.when("ended");
    call.clear();
    await host.follows(lab);
    await host.isQuiet();
  },
);

test.describe("signing out", () => {
  test.beforeEach(async ({ page, host, noise, beginIdpSession }) => {
    noise.secret("a phone number", NUMBER);
    noise.allow(/401|Failed to|[Aa]uth/); // Streams, about a session that is over.
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    await setSlowness(page, 1); // Signing out waits until the CCP stays silent.
  });

  test(
    "ends the session at Amazon Connect and in all tabs, and opens nothing",
    { tag: ["@signed-out", "@session-ended-elsewhere"] },
    async ({ lab, page, host, context, windows }) => {
      const second = await context.newPage();
      const other = new HostPage(second, lab.urls.desk);
      await second.goto(other.url);
      await other.untilPhase("ready");
      const cookies = await sessionCookies(context, lab);
      const pages = context.pages().length;

      expect(await host.signOut()).toBeUndefined();
      await host.untilPhase("signedOut");
      await host.untilError(undefined);
      await host.says("You are signed out.", "Sign in");
      await expect(host.frame).toBeHidden();
      await other.untilPhase("signedOut");
      await other.says("You are signed out.", "Sign in");
      expect((await other.snapshot()).agent).toBeNull();
      await page.clock.install();
      await page.clock.runFor(600_000);
      await host.untilPhase("signedOut");
      await expect.poll(() => context.pages().length).toBe(pages);
      expect(windows).toEqual([second]);
      await sessionIsOver(context, lab, cookies);

      expect(await host.signOut()).toBeUndefined(); // Again: there is nothing to do.
      await host.prompt.getByRole("button", { name: "Sign in" }).click();
      await host.untilPhase("ready");
      await host.follows(lab);
    },
  );

  test("sets the agent Offline first if asked to, and leaves their state alone otherwise", async ({
    lab,
    host,
  }) => {
    lab.connect.agent(ADA).setState("Available");
    await expect.poll(() => host.agentState()).toBe("Available");
    expect(await host.signOut({ idpLogoutUrl: "" })).toBeUndefined();
    expect(lab.connect.agent(ADA).state.name).toBe("Available");
    await host.prompt.getByRole("button", { name: "Sign in" }).click();
    await host.untilPhase("ready");
    await expect.poll(() => host.agentState()).toBe("Available");
    expect(await host.signOut({ setOffline: true })).toBeUndefined();
    await host.untilPhase("signedOut");
    expect(lab.connect.agent(ADA).state.name).toBe("Offline");
  });

  test(
    "that fails is reported, disables the CCP, and can be tried again with a click",
    { tag: "@logout-fails" },
    async ({ lab, page, host, context }) => {
      lab.faults.set("logout-fails");
      const cookies = await sessionCookies(context, lab);
      expect(await host.signOut()).toBe("SIGN_OUT_FAILED");
      await host.untilPhase("failed");
      await host.untilError("SIGN_OUT_FAILED");
      await host.says("Sign-out failed", "Sign out");
      await expect(host.frame).toBeHidden();
      await expect(host.frame).toHaveAttribute("src", "about:blank");
      expect((await host.snapshot()).agent).toBeNull();
      lab.faults.unset("logout-fails");
      await page.getByRole("button", { name: "Sign out", exact: true }).click();
      await host.untilPhase("signedOut");
      await host.untilError(undefined);
      await sessionIsOver(context, lab, cookies);
    },
  );

  test(
    "is refused while a contact is connected",
    { tag: "@sign-out-in-call" },
    async ({ lab, host }) => {
      const call = await talking(lab, host);
      const asked = lab.requests.length;
      expect(await host.signOut({ setOffline: true })).toBe(
        "CONTACT_CONNECTED",
      );
      await host.untilPhase("ready");
      await host.isQuiet();
      const { party, path } = lab.requests.slice(asked)[0] ?? {};
      expect([party, path]).not.toEqual(["instance", "/logout"]);
      expect(call.state).toBe("connected");
      call.hangUp();
      await expect.poll(() => host.agentState()).toBe("AfterCallWork");
      expect(await host.signOut()).toBeUndefined();
    },
  );

  test(
    "does nothing with options that make no sense",
    { tag: "@argument-invalid" },
    async ({ lab, host, windows }) => {
      const asked = lab.requests.length;
      for (const [what, options] of [
        ["a text", "now"],
        ["a field that does not exist", { idpLogout: "https://idp.example/" }],
        ["a word for setOffline", { setOffline: "yes" }],
        ["an address without https:", { idpLogoutUrl: "javascript:alert(1)" }],
        ["half an address", { idpLogoutUrl: "/logout" }],
        ["a number for an address", { idpLogoutUrl: 7 }],
      ] as const)
        expect(await host.signOut(options), what).toBe("ARGUMENT_INVALID");
      await host.untilPhase("ready");
      await host.follows(lab);
      const paths = lab.requests.slice(asked).map((it) => it.path);
      expect(paths).not.toContain("/logout");
      expect(windows).toEqual([]);
    },
  );
});

test.describe("signing out of the identity provider", () => {
  test.use({ popupBlocking: true });

  test.beforeEach(
    async ({ lab, page, host, phaseLog, noise, beginIdpSession }) => {
      noise.allow(/401|Failed to|[Aa]uth/);
      await beginIdpSession();
      await page.goto(host.url);
      await phaseLog.until("phase=ready");
      await setSlowness(page, 1);
      expect(lab.idp.sessionCount).toBe(1);
    },
  );

  test("inside a click uses a window", async ({
    lab,
    page,
    phaseLog,
    windows,
  }) => {
    await page.evaluate((idpLogoutUrl) => {
      globalThis.host.leaving = { idpLogoutUrl };
    }, lab.urls.idpLogout);
    await page.getByRole("button", { name: "Sign out by the host" }).click();
    await phaseLog.until("phase=signedOut");
    await expect.poll(() => lab.idp.sessionCount).toBe(0);
    await expect.poll(() => windows.length).toBe(1);
    await windows[0].getByLabel("User name").waitFor();
    // Nothing tells when it is done, so it gets a while.
    await page.clock.install();
    await page.clock.runFor(29_000);
    expect(windows[0].isClosed()).toBe(false);
    await page.clock.runFor(1000);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
  });

  test("inside a click uses a window that closes when it comes to the return page", async ({
    lab,
    page,
    phaseLog,
    windows,
  }) => {
    const url = new URL(lab.urls.idpLogout);
    url.searchParams.set("fromURI", `${lab.urls.desk}/softphone-return.html`);
    lab.idp.delayMs = 2000; // Not before.
    await page.evaluate((idpLogoutUrl) => {
      globalThis.host.leaving = { idpLogoutUrl };
    }, url.href);
    await page.getByRole("button", { name: "Sign out by the host" }).click();
    await phaseLog.until("phase=signedOut");
    await expect.poll(() => windows.length).toBe(1);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
    expect(lab.idp.sessionCount).toBe(0);
  });

  test("uses a hidden frame if the window is blocked", async ({
    lab,
    page,
    context,
    phaseLog,
    windows,
  }) => {
    // Not through Playwright, whose evaluations count as a user gesture.
    const cdp = await context.newCDPSession(page);
    const options = JSON.stringify({ idpLogoutUrl: lab.urls.idpLogout });
    await cdp.send("Runtime.evaluate", {
      expression: `void host.phone.signOut(${options})`,
      userGesture: false,
    });
    await phaseLog.until("phase=signedOut");
    await expect.poll(() => lab.idp.sessionCount).toBe(0);
    expect(windows).toEqual([]);
  });
});

test("signOut() ends the identity provider's session if the configuration says so, unless the host objects", async ({
  lab,
  page,
  host,
  noise,
  windows,
  beginIdpSession,
}) => {
  noise.allow(/401|Failed to|[Aa]uth/);
  lab.desk.config.idpLogoutUrl = lab.urls.idpLogout;
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
  await setSlowness(page, 1);
  expect(await host.signOut({ idpLogoutUrl: null })).toBeUndefined();
  await host.untilPhase("signedOut");
  expect(lab.idp.sessionCount).toBe(1);
  expect(windows).toEqual([]);
  // The Connect session is over already.
  expect(await host.signOut({ setOffline: true })).toBeUndefined();
  await expect.poll(() => lab.idp.sessionCount).toBe(0);
  await expect.poll(() => windows.length).toBe(1);
  expect(await host.signOut()).toBeUndefined(); // And the identity provider.
  await host.prompt.getByRole("button", { name: "Sign in" }).click();
  await expect.poll(() => windows.length).toBe(2);
});

test(
  "the next agent on the same computer gets a phone of their own",
  { tag: "@next-agent" },
  async ({ lab, page, host, noise, windows, beginIdpSession }) => {
    noise.allow(/401|Failed to|[Aa]uth/);
    lab.desk.config.idpLogoutUrl = lab.urls.idpLogout;
    await beginIdpSession(ADA);
    await page.goto(host.url);
    await host.untilPhase("ready");
    // She does not sign out.
    lab.desk.config.expectedUser = GRACE;
    await page.reload();
    await host.untilError("IDENTITY_MISMATCH");
    await host.untilPhase("failed");
    await host.says("Another agent is signed in", "Sign out");
    expect((await host.snapshot()).agent).toBeNull();

    await setSlowness(page, 1);
    const before = windows.length;
    await host.prompt.getByRole("button", { name: "Sign out" }).click();
    await host.untilPhase("signedOut");
    await expect.poll(() => lab.idp.sessionCount).toBe(0);
    await host.prompt.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => windows.length).toBe(before + 2);
    const form = windows[before + 1];
    await form.getByLabel("User name").fill(GRACE);
    await form.getByLabel("Password").fill("lab");
    await form.getByRole("button", { name: "Sign in" }).click();
    await host.untilPhase("ready");
    await host.follows(lab, GRACE);
    const { agent, events } = await host.snapshot();
    expect(agent?.username).toBe(GRACE);
    expect(JSON.stringify(events)).not.toContain("Ada Example");
  },
);
