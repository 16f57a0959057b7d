import { expect, test } from "../support/fixtures.js";

const ADA = "ada@example.com";

test.describe("a user whom Amazon Connect does not know", () => {
  test.use({ popupBlocking: true, slowness: 1 });

  test(
    "sees that in the window, and signs in once Connect knows them",
    { tag: "@connect-user-unknown" },
    async ({ lab, page, host, noise, phaseLog, windows, beginIdpSession }) => {
      noise.allow(/status of 403|X-Frame-Options/); // "Access denied", which cannot be framed.
      lab.faults.set("connect-user-unknown");
      await beginIdpSession();
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect.poll(() => windows.length).toBe(1);
      await expect(windows[0].getByRole("heading")).toHaveText("Access denied");
      await windows[0].close();
      await phaseLog.until("error=SIGN_IN_WINDOW_CLOSED");
      await host.says("The sign-in window was closed", "Sign in");
      const { status } = await host.snapshot();
      expect(status.error?.remedy).toContain("that the Connect user exists");
      lab.faults.unset("connect-user-unknown");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await host.untilPhase("ready");
      await host.follows(lab);
    },
  );
});

test.describe("a CCP that loads slowly", { tag: "@ccp-slow" }, () => {
  // The CCP's delay is chosen to fit the phone's real deadlines.
  test.use({ popupBlocking: true, slowness: 1 });

  test("opens without asking the agent for anything", async ({
    lab,
    page,
    host,
    phaseLog,
    windows,
    beginIdpSession,
  }) => {
    lab.faults.set("ccp-slow");
    await beginIdpSession();
    await page.goto(host.url);
    await phaseLog.until("phase=ready");
    expect(phaseLog.phases).not.toContain("signInNeeded");
    // The next visit, while the session lasts.
    phaseLog.clear();
    await page.reload();
    await phaseLog.until("phase=ready");
    await expect.poll(() => phaseLog.phases).toEqual(["opening", "ready"]);
    expect(phaseLog.all.filter((it) => it.startsWith("error="))).toEqual([]);
    expect(windows).toEqual([]);
    lab.faults.unset("ccp-slow");
    await host.follows(lab);
  });
});

test.describe("a CCP that worked and stops answering", () => {
  test.beforeEach(async ({ page, host, beginIdpSession }) => {
    await beginIdpSession();
    await page.clock.install();
    await page.goto(host.url);
    await host.untilPhase("ready");
  });

  for (const id of ["ccp-dies", "ccp-goes-blank", "worker-killed"])
    test(
      `${id}: it is reloaded automatically`,
      { tag: `@${id}` },
      async ({ lab, page, host, windows }) => {
        lab.faults.set(id);
        await page.clock.runFor(21_000);
        await host.untilNoted("ccpLost");
        await host.untilPhase("ready");
        await host.isQuiet();
        await host.follows(lab);
        expect(await host.told()).toEqual([
          "signingIn",
          "ready",
          "opening CCP_LOST",
          "opening",
          "ready",
        ]);
        expect(await host.times("ccpRebuilt")).toEqual([]);
        expect(windows).toEqual([]);
      },
    );

  test(
    "ccp-stays-dead: it is rebuilt, then signed in again, and the agent is told what helps",
    { tag: "@ccp-stays-dead" },
    async ({ lab, page, host, noise }) => {
      noise.allowSecondInit();
      const loads = (await host.times("ccpLoaded")).length;
      lab.faults.set("ccp-stays-dead");
      await page.clock.runFor(21_000);
      await host.untilNoted("ccpLost");
      await host.says("The phone has stopped responding. Opening the phone");
      await host.untilNoted("ccpLoaded", loads + 1);
      await host.hurryUntil("signingIn");
      expect(await host.times("ccpRebuilt")).toHaveLength(1);
      await host.hurryUntil("failed CCP_SILENT");
      await host.says(
        "You are signed in, but the phone is not responding.",
        "Try again",
      );
      lab.faults.unset("ccp-stays-dead");
      await host.hurryUntil("ready"); // By itself.
      await host.isQuiet();
      await host.follows(lab); // With the subscriptions from before the rebuild.
    },
  );

  test("once it can work again, a click opens it", async ({
    lab,
    page,
    host,
    noise,
  }) => {
    noise.allowSecondInit();
    lab.faults.set("ccp-stays-dead");
    await page.clock.runFor(21_000);
    await host.untilNoted("ccpLost");
    await host.hurryUntil("failed CCP_SILENT");
    lab.faults.unset("ccp-stays-dead");
    await host.prompt.getByRole("button", { name: "Try again" }).click();
    await host.untilPhase("ready");
    await host.follows(lab);
  });

  test(
    "ccp-dies during a call: the agent is told, and decides when to restart it",
    { tag: ["@ccp-dies", "@ccp-dies-in-call"] },
    async ({ lab, page, host, noise, windows }) => {
      noise.secret("a phone number", "+15550100");
      lab.connect.agent(ADA).setState("Available");
      const call = lab.connect.call({ username: ADA, from: "+15550100" });
      call.accept();
      await call.when("connected");
      await expect.poll(() => host.agentState()).toBe("Busy");
      const reloads = await host.times("ccpReloaded");
      lab.faults.set("ccp-dies");
      await page.clock.runFor(25_000);
      await host.untilError("CCP_LOST");
      await host.untilPhase("ready");
      await host.says(
        "The phone has stopped responding. Restarting it ends the call.",
        "Restart the phone now",
      );
      await host.leavesThePanel();
      await page.clock.runFor(600_000);
      expect(await host.times("ccpReloaded")).toEqual(reloads);
      await page.getByRole("button", { name: "Restart the phone now" }).click();
      // The call stands, and its audio went with the page.
      await expect
        .poll(async () => (await host.told()).at(-1))
        .toBe("ready CALL_AUDIO_LOST");
      call.hangUp();
      call.clear();
      await host.isQuiet();
      await host.follows(lab);
      expect(windows).toEqual([]);
    },
  );
});

test.describe("Amazon Connect's API", () => {
  test(
    "api-403: the agent is refused, and admitted once they have access",
    { tag: "@api-403" },
    async ({ lab, page, host, noise, beginIdpSession }) => {
      noise.allow(/403|WebSocket|WEB_SOCKET/i);
      lab.faults.set("api-403");
      await beginIdpSession();
      await page.clock.install();
      await page.goto(host.url);
      await host.untilError("ACCESS_DENIED");
      await host.untilPhase("failed");
      await host.says("Amazon Connect denied you access.", "Try again");
      const { status, agent } = await host.snapshot();
      expect(status.error?.remedy).toContain("security profile");
      expect(agent).toBeNull();
      lab.faults.unset("api-403");
      await host.hurryUntil("ready");
      await host.isQuiet();
      await host.follows(lab);
    },
  );

  for (const id of ["api-429", "api-500", "api-silent"]) {
    test(
      `${id} at the start: it is reported, and clears by itself`,
      { tag: [`@${id}`, "@agent-data-missing"] },
      async ({ lab, page, host, noise, windows, beginIdpSession }) => {
        noise.allow(
          /status of (429|500)|ERR_|Failed to get agent|WebSocket|WEB_SOCKET/i,
        );
        lab.faults.set(id);
        await beginIdpSession();
        await page.clock.install();
        await page.goto(host.url);
        await host.untilNoted("acknowledged");
        const { timeline } = await host.snapshot();
        const acknowledged = timeline.findLast(
          ({ what }) => what === "acknowledged",
        );
        // Time stands still then: the phone's own retry would come at any moment from 0.25 s on.
        await page.clock.pauseAt((acknowledged?.atMs ?? 0) + 15_100);
        await host.untilError("AGENT_SILENT");
        await host.untilPhase("failed");
        await host.says("could not load your agent data", "Try again");
        lab.faults.unset(id);
        await host.hurryUntil("ready");
        await host.isQuiet();
        await host.follows(lab);
        expect(windows).toEqual([]);
      },
    );
  }

  test(
    "refuses and stays silent while the phone works: nothing is reported",
    { tag: ["@api-429", "@api-500", "@api-silent"] },
    async ({ lab, page, host, noise, beginIdpSession }) => {
      noise.allow(
        /status of (429|500)|ERR_|Failed to get agent|WebSocket|WEB_SOCKET/i,
      );
      await beginIdpSession();
      await page.clock.install();
      await page.goto(host.url);
      await host.untilPhase("ready");
      const told = await host.told();
      for (const id of ["api-429", "api-500", "api-silent"]) {
        const before = lab.connect.apiCalls.length;
        lab.faults.set(id);
        await expect
          .poll(() => lab.connect.apiCalls.length, id)
          .toBeGreaterThan(before);
        await host.hurry(30);
        await host.isQuiet();
        lab.faults.unset(id);
        await host.follows(lab);
      }
      expect(await host.told()).toEqual(told);
    },
  );

  test(
    "api-401: the session has ended, and a new one starts without a click",
    { tag: "@api-401" },
    async ({ lab, page, host, noise, phaseLog, windows, beginIdpSession }) => {
      noise.allow(/401|Failed to (get|fetch) agent/);
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("ready");
      lab.connect.hurryWorkers(); // Streams asks eight times, further and further apart, before it says so.
      lab.faults.set("api-401");
      await phaseLog.until("error=SESSION_ENDED");
      lab.faults.unset("api-401");
      await host.untilPhase("ready");
      await host.isQuiet();
      await host.follows(lab);
      await expect.poll(() => phaseLog.phases).toContain("expired");
      expect(windows).toEqual([]);
    },
  );

  test(
    "api-401-once: the CCP reloads itself, and nobody notices",
    { tag: "@api-401-once" },
    async ({ lab, page, host, noise, context, windows, beginIdpSession }) => {
      noise.allow(/401/);
      // The CCP waits for a random time of up to four seconds (Streams 2.28.2, connect-streams.js, `_handleAuthorizeFail`).
      await context.addInitScript(() => {
        if (location.host.startsWith("acme.")) Math.random = () => 0.1;
      });
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("ready");
      const told = await host.told();
      const visits = () =>
        lab.requests.filter((it) => it.path === "/ccp-v2/").length;
      const before = visits();
      lab.faults.set("api-401-once");
      const panel = page.frameLocator("#softphone iframe");
      await panel.getByLabel("State").selectOption("Available");
      await host.untilNoted("authFailed");
      // Once by itself; and once more for the session that has begun unseen, if that comes later.
      await expect.poll(visits).toBeGreaterThan(before);
      await host.follows(lab);
      await host.isQuiet();
      expect(await host.told()).toEqual(told);
      expect(visits()).toBeLessThanOrEqual(before + 2);
      expect(windows).toEqual([]);
    },
  );

  test(
    "api-401-once during a call: a session begins unseen, and the agent is told that the audio is gone",
    { tag: ["@call-audio-lost", "@api-401-once"] },
    async ({ lab, page, host, noise, context, windows, beginIdpSession }) => {
      noise.allow(/401|[Aa]uth/);
      await context.addInitScript(() => {
        if (location.host.startsWith("acme.")) Math.random = () => 0.1;
      });
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("ready");
      lab.connect.agent("ada@example.com").setState("Available");
      const call = lab.connect.call({ username: "ada@example.com" });
      call.accept();
      await host.untilNoted("contact");
      await call.when("connected");
      const signIns = await host.times("signInReturned");
      const reloads = await host.times("ccpReloaded");
      lab.faults.set("api-401-once");
      const panel = page.frameLocator("#softphone iframe");
      await panel.getByLabel("State").selectOption("Lunch");
      await host.untilError("CALL_AUDIO_LOST");
      await host.untilPhase("ready");
      await host.says(/no audio here/);
      await host.leavesThePanel();
      await host.untilNoted("signInReturned", signIns.length + 1);
      expect(await host.times("ccpReloaded")).toEqual(reloads);
      call.hangUp();
      call.clear();
      await host.isQuiet();
      await host.follows(lab);
      expect(await host.told()).not.toContain("expired SESSION_ENDED");
      expect(windows).toEqual([]);
    },
  );

  test(
    "auth-fail-then-success: nobody notices",
    { tag: "@auth-fail-then-success" },
    async ({ lab, page, host, beginIdpSession }) => {
      await beginIdpSession();
      await page.clock.install();
      await page.goto(host.url);
      await host.untilPhase("ready");
      const told = await host.told();
      lab.faults.set("auth-fail-then-success");
      await host.untilNoted("authFailed");
      await host.untilNoted("authorized");
      await host.hurry(30);
      await host.isQuiet();
      await host.follows(lab);
      expect(await host.told()).toEqual(told);
    },
  );

  test(
    "websocket-lost: it is reported after a moment, and clears by itself",
    { tag: "@websocket-lost" },
    async ({ lab, page, host, noise, beginIdpSession }) => {
      noise.allow(/WebSocket|503/);
      await beginIdpSession();
      await page.clock.install();
      await page.goto(host.url);
      await host.untilPhase("ready");
      lab.faults.set("websocket-lost");
      await host.untilNoted("socket");
      await host.isQuiet();
      await page.clock.runFor(4000);
      await host.untilError("CONNECTION_LOST");
      await host.untilPhase("ready");
      await host.says("The connection to Amazon Connect was lost");
      await host.leavesThePanel();
      await host.follows(lab);
      lab.faults.unset("websocket-lost");
      await host.isQuiet();
      await host.untilNoted("socket", 2);
      await host.untilPhase("ready");
    },
  );
});

test.describe(
  "a network that is lost and comes back",
  { tag: "@network-offline" },
  () => {
    test.beforeEach(async ({ noise, beginIdpSession }) => {
      noise.allow(/ERR_INTERNET_DISCONNECTED/);
      await beginIdpSession();
    });

    test("while the phone works", async ({ lab, page, host, context }) => {
      await page.goto(host.url);
      await host.untilPhase("ready");
      await context.setOffline(true);
      await host.untilError("NETWORK_OFFLINE");
      await host.untilPhase("ready");
      await host.says("There is no network connection.");
      await host.leavesThePanel();
      await context.setOffline(false);
      await host.isQuiet();
      await host.follows(lab);
      expect(await host.told()).toEqual([
        "signingIn",
        "ready",
        "ready NETWORK_OFFLINE",
        "ready",
      ]);
    });

    test("while the phone opens", async ({
      lab,
      page,
      host,
      context,
      windows,
    }) => {
      await page.goto(host.url);
      await host.untilPhase("ready");
      await page.clock.install();
      lab.connect.ccpDelayMs = 15_000; // The network is lost before it arrives.
      await page.reload();
      await host.untilPhase("opening");
      await context.setOffline(true);
      await host.untilError("NETWORK_OFFLINE");
      await host.says("There is no network connection. Opening the phone");
      await page.clock.runFor(120_000);
      await host.untilPhase("opening");
      lab.connect.ccpDelayMs = 0;
      await context.setOffline(false);
      await host.untilPhase("ready");
      await host.isQuiet();
      await host.follows(lab);
      expect(windows).toEqual([]);
    });

    test("while the agent is signed in", async ({
      lab,
      page,
      host,
      context,
      windows,
    }) => {
      lab.idp.delayMs = 15_000; // The network is lost before it answers.
      await page.clock.install();
      await page.goto(host.url);
      await host.untilNoted("wayBegan");
      await context.setOffline(true);
      await host.untilError("NETWORK_OFFLINE");
      await host.says("There is no network connection. Signing you in");
      await page.clock.runFor(120_000);
      await host.untilPhase("signingIn");
      lab.idp.delayMs = 0;
      await context.setOffline(false);
      await host.untilPhase("ready");
      await host.isQuiet();
      await host.follows(lab);
      expect(windows).toEqual([]);
    });
  },
);

test(
  "a computer that slept for an hour continues as if nothing had happened",
  { tag: "@computer-asleep" },
  async ({ lab, page, host, windows, beginIdpSession }) => {
    await beginIdpSession();
    await page.clock.install();
    await page.goto(host.url);
    await host.untilPhase("ready");
    const told = await host.told();
    await page.clock.fastForward("01:00:00");
    await host.follows(lab);
    await host.hurry(30);
    await host.isQuiet();
    expect(await host.told()).toEqual(told);
    expect(await host.times("ccpLost")).toEqual([]);
    expect(windows).toEqual([]);
  },
);
