import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";

// Agents' browsers block windows that no click has opened. Many of these tests wait for deadlines of the phone.
test.use({ popupBlocking: true, slowness: 1 });

test.describe("an identity provider that is down", { tag: "@idp-down" }, () => {
  test.beforeEach(async ({ lab, noise, beginIdpSession }) => {
    noise.allow(/net::ERR_EMPTY_RESPONSE/);
    lab.faults.set("idp-down");
    await beginIdpSession();
  });

  test("the phone asks for a click, and signs in without one once it is up again", async ({
    lab,
    page,
    host,
    phaseLog,
    windows,
  }) => {
    await page.goto(host.url);
    await phaseLog.until("phase=signInNeeded");
    await expectTimeline(host, "retryPlanned");
    await expect(host.prompt).toContainText("Sign in to use the phone.");
    lab.faults.unset("idp-down");
    await phaseLog.until("phase=ready");
    expect((await host.snapshot()).status.way).toBe("frame");
    expect(windows).toEqual([]);
    await expect
      .poll(() => phaseLog.phases)
      .toEqual([
        "signingIn",
        "signInNeeded",
        "signingIn", // Back from the identity provider, and not before.
        "ready",
      ]);
  });

  test("is reported if only the frame may be used, and the phone recovers by itself", async ({
    lab,
    page,
    host,
    phaseLog,
  }) => {
    lab.desk.config.signIn = { ways: ["frame"] };
    await page.goto(host.url);
    await phaseLog.until("error=SIGN_IN_TIMEOUT");
    const { status } = await host.snapshot();
    expect(status).toMatchObject({ phase: "failed", way: "frame" });
    expect(status.error?.message).toBe("Sign-in took too long.");
    expect(status.error?.remedy).toContain("did not answer in a hidden frame");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    lab.faults.unset("idp-down");
    await phaseLog.until("phase=ready");
    await expect(host.container).not.toHaveAttribute("data-softphone-error");
  });

  test(
    "leaves a window open, which the next click uses again",
    { tag: "@window-left-at-error" },
    async ({ lab, page, host, phaseLog, windows }) => {
      lab.desk.config.signIn = { ways: ["popup"], timeoutMs: 2000 };
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      phaseLog.clear();
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await phaseLog.until("error=SIGN_IN_TIMEOUT");
      await expect.poll(() => phaseLog.phases.at(-1)).toBe("signInNeeded");
      const { status } = await host.snapshot();
      expect(status.way).toBe("popup");
      expect(status.error?.remedy).toContain("what the sign-in window shows");
      await expect(host.prompt).toContainText("Sign-in took too long");
      await expect.poll(() => windows.length).toBe(1);
      expect(windows[0].isClosed()).toBe(false);

      lab.faults.unset("idp-down");
      await page.bringToFront();
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await phaseLog.until("phase=ready");
      await expect.poll(() => windows.length).toBe(1);
      await expect.poll(() => windows[0].isClosed()).toBe(true);
    },
  );
});

test.describe(
  "an identity provider that answers 500",
  { tag: "@idp-500" },
  () => {
    test.beforeEach(async ({ lab, noise, beginIdpSession }) => {
      noise.allow(/status of 500/);
      lab.faults.set("idp-500");
      await beginIdpSession();
    });

    test("the phone signs in without a click once it has recovered", async ({
      lab,
      page,
      host,
      phaseLog,
      windows,
    }) => {
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      await expectTimeline(host, "retryPlanned");
      lab.faults.unset("idp-500");
      await phaseLog.until("phase=ready");
      expect(windows).toEqual([]);
    });

    test("shows its page in the window; once that is closed, the phone says so, and a click starts over", async ({
      lab,
      page,
      host,
      phaseLog,
      windows,
    }) => {
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect.poll(() => windows.length).toBe(1);
      await expect(windows[0].getByRole("alert")).toContainText("status 500");
      phaseLog.clear();
      await windows[0].close();
      await phaseLog.until("error=SIGN_IN_WINDOW_CLOSED");
      await phaseLog.until("phase=signInNeeded");
      await expect(host.prompt).toContainText("window was closed");
      lab.faults.unset("idp-500");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await phaseLog.until("phase=ready");
    });
  },
);

test(
  "with an identity provider that takes ten seconds per answer, the phone asks for a click, and the window signs in",
  { tag: "@idp-slow" },
  async ({ lab, page, host, phaseLog, windows, beginIdpSession }) => {
    lab.faults.set("idp-slow");
    await beginIdpSession();
    await page.goto(host.url);
    await phaseLog.until("phase=signInNeeded");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await phaseLog.until("phase=signingIn");
    await phaseLog.until("phase=ready");
    expect((await host.snapshot()).status.way).toBe("popup");
    await expect.poll(() => windows.length).toBe(1);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
  },
);

test(
  "an identity provider too slow for the frame is reported; once it is fast again, the phone signs in by itself",
  { tag: "@idp-slow" },
  async ({ lab, page, host, phaseLog, beginIdpSession }) => {
    lab.faults.set("idp-slow");
    lab.desk.config.signIn = { ways: ["frame"] };
    await beginIdpSession();
    await page.goto(host.url);
    await phaseLog.until("error=SIGN_IN_TIMEOUT");
    expect((await host.snapshot()).status.phase).toBe("failed");
    lab.faults.unset("idp-slow");
    await phaseLog.until("phase=ready");
  },
);

test.describe(
  "a second factor that takes the agent",
  { tag: "@idp-mfa" },
  () => {
    test.beforeEach(async ({ lab, noise, beginIdpSession }) => {
      noise.allow(/status of 401/); // A wrong code.
      lab.faults.set("idp-mfa");
      await beginIdpSession();
    });

    test("a minute and a half: the window waits, and signs in with it", async ({
      lab,
      page,
      host,
      phaseLog,
      windows,
    }) => {
      lab.desk.config.signIn = { timeoutMs: 600_000 };
      await page.clock.install();
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect.poll(() => windows.length).toBe(1);
      const [window] = windows;
      await enterCode(window, "000000");
      await expect(window.getByRole("alert")).toContainText("not the code");
      await page.clock.fastForward("01:30");
      // The CCP was checked meanwhile, and the window was left alone.
      await expectTimeline(host, "ccpReloaded");
      const { status } = await host.snapshot();
      expect(status).toMatchObject({ phase: "signingIn", way: "popup" });
      expect(status.error).toBeUndefined();
      expect(window.isClosed()).toBe(false);
      await expect(host.prompt).toContainText("Complete the sign-in");
      await enterCode(window, "246810");
      await phaseLog.until("phase=ready");
      await expect.poll(() => window.isClosed()).toBe(true);
    });

    test("longer than the deadline: that is reported, and the window still signs in", async ({
      lab,
      page,
      host,
      phaseLog,
      windows,
    }) => {
      lab.desk.config.signIn = { timeoutMs: 2000 };
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await phaseLog.until("error=SIGN_IN_TIMEOUT");
      const { status } = await host.snapshot();
      expect(status.phase).toBe("signInNeeded");
      expect(status.error?.remedy).toContain("signIn.timeoutMs");
      expect(windows[0].isClosed()).toBe(false);
      await enterCode(windows[0], "246810");
      await phaseLog.until("phase=ready");
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      await expect(host.container).not.toHaveAttribute("data-softphone-error");
    });
  },
);

test.describe(
  "a relay state of another instance, at which sign-in succeeds",
  { tag: "@relay-other-instance" },
  () => {
    test.beforeEach(async ({ lab, noise, beginIdpSession }) => {
      noise.allow(/Refused to display/);
      lab.faults.set("relay-other-instance");
      await beginIdpSession();
    });

    test("is CCP_SILENT after the frame, and the remedy names the relay state", async ({
      lab,
      page,
      host,
      phaseLog,
    }) => {
      lab.desk.config.signIn = { ways: ["frame"] };
      await page.goto(host.url);
      await phaseLog.until("error=CCP_SILENT");
      const { status, agent } = await host.snapshot();
      expect(status.phase).toBe("failed");
      expect(agent).toBeNull();
      expect(status.error?.remedy).toMatch(
        /Likeliest first: the sign-in was for another instance \(relay state\)/,
      );
      await expect(host.prompt).toContainText(
        "You are signed in, but the phone is not responding.",
      );
      await expect(
        page.getByRole("button", { name: "Try again" }),
      ).toBeVisible();

      lab.faults.unset("relay-other-instance");
      await page.reload();
      await host.untilPhase("ready");
    });

    test("is CCP_SILENT after frame and window", async ({
      page,
      host,
      phaseLog,
      windows,
    }) => {
      await page.goto(host.url);
      await phaseLog.until("phase=signInNeeded");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await phaseLog.until("error=CCP_SILENT");
      await expect.poll(() => windows.length).toBe(1);
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      const { status } = await host.snapshot();
      expect(status).toMatchObject({ phase: "failed", way: "popup" });
      expect(status.error?.remedy).toContain("another instance (relay state)");
    });
  },
);

test(
  "a relay state of an unknown instance ends at AWS's error page, and the remedy names the relay state",
  { tag: "@relay-unknown-instance" },
  async ({ lab, page, host, phaseLog, windows, noise, beginIdpSession }) => {
    noise.allow(/status of 4\d\d/);
    lab.faults.set("relay-unknown-instance");
    await beginIdpSession();
    await page.goto(host.url);
    await phaseLog.until("phase=signInNeeded");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect.poll(() => windows.length).toBe(1);
    await expect(windows[0].getByRole("alert")).toBeVisible();
    phaseLog.clear();
    await windows[0].close();
    await phaseLog.until("error=SIGN_IN_WINDOW_CLOSED");
    const { status } = await host.snapshot();
    expect(status.phase).toBe("signInNeeded");
    expect(status.error?.remedy).toContain("relay state");

    lab.faults.unset("relay-unknown-instance");
    await page.reload();
    await host.untilPhase("ready");
  },
);

test(
  "two clicks open one window",
  { tag: "@window-two-clicks" },
  async ({ lab, page, host, phaseLog, windows }) => {
    lab.desk.config.signIn = { ways: ["popup"] };
    await page.goto(host.url);
    await phaseLog.until("phase=signInNeeded");
    await page.getByRole("button", { name: "Sign in", exact: true }).dblclick();
    await phaseLog.until("phase=signingIn");
    await expect.poll(() => windows.length).toBe(1);
    await windows[0].getByLabel("User name").waitFor();
    // And a third click, on what the button says by now.
    await page.bringToFront();
    await page.getByRole("button", { name: "Show the window" }).click();
    await page.getByRole("button", { name: "Sign in by the host" }).click();
    await signInAtIdp(windows[0]);
    await phaseLog.until("phase=ready");
    await expect.poll(() => windows.length).toBe(1);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
  },
);

test(
  "sign-in that is completed in another tab counts, and the window closes",
  { tag: "@return-in-another-tab" },
  async ({ lab, page, context, host, phaseLog, windows }) => {
    lab.desk.config.signIn = { ways: ["popup"] };
    await page.goto(host.url);
    await phaseLog.until("phase=signInNeeded");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect.poll(() => windows.length).toBe(1);
    await windows[0].getByLabel("User name").waitFor();
    // Password managers and "open in a new tab" do that.
    const tab = await context.newPage();
    await tab.goto(windows[0].url());
    await signInAtIdp(tab);
    await phaseLog.until("phase=ready");
    await expect.poll(() => windows[0].isClosed()).toBe(true);
    expect((await host.snapshot()).status.way).toBe("popup");
  },
);

test(
  "an identity provider that answers the first request brings the window back with an old number, which is noticed at once",
  { tag: "@idp-first-request" },
  async ({ lab, page, host, phaseLog, windows }) => {
    lab.faults.set("idp-first-request");
    await page.goto(host.url);
    await phaseLog.until("phase=signInNeeded");
    phaseLog.clear();
    await page.reload();
    await phaseLog.until("phase=signInNeeded");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect.poll(() => windows.length).toBe(1);
    await signInAtIdp(windows[0]);
    await phaseLog.until("phase=ready");
    expect(phaseLog.all.filter((it) => it.startsWith("error="))).toEqual([]);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
    expect((await host.snapshot()).status.way).toBe("popup");
    const returned = await host.times("signInReturned");
    expect(returned).toEqual([]); // Its number was the page's before this one.
    expect(await host.times("windowClosed")).toHaveLength(1);
  },
);

test(
  "a nonce that was used once is not accepted again",
  { tag: "@return-old-number" },
  async ({ lab, page, context, host, phaseLog, beginIdpSession }) => {
    const numbers: string[] = [];
    context.on("request", (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === "/softphone-return.html")
        numbers.push(String(searchParams.get("softphoneSignIn")));
    });
    await beginIdpSession();
    await page.goto(host.url);
    await phaseLog.until("phase=ready");
    await expect.poll(() => numbers).toHaveLength(1);
    const before = (await host.snapshot()).timeline.length;

    await page.evaluate(() => {
      const channel = new BroadcastChannel("connect-softphone-sign-in");
      channel.onmessage = () => (document.title = "heard");
    });
    const again = await context.newPage();
    const { desk } = lab.urls;
    await again.goto(
      `${desk}/softphone-return.html?softphoneSignIn=${numbers[0]}`,
    );
    await expect(page).toHaveTitle("heard");
    const { status, timeline } = await host.snapshot();
    expect(status.phase).toBe("ready");
    expect(timeline.slice(before).map(({ what }) => what)).not.toContain(
      "signInReturned",
    );
  },
);

/** Waits until the timeline has `what`. */
async function expectTimeline(
  host: import("../support/host-page.js").HostPage,
  what: string,
) {
  await expect
    .poll(async () => (await host.snapshot()).timeline.map((it) => it.what))
    .toContain(what);
}

async function enterCode(window: Page, code: string) {
  await window.getByLabel("Code from your authenticator").fill(code);
  await window.getByRole("button", { name: "Continue" }).click();
}

async function signInAtIdp(window: Page) {
  await window.getByLabel("User name").fill("ada@example.com");
  await window.getByLabel("Password").fill("lab");
  await window.getByRole("button", { name: "Sign in" }).click();
}
