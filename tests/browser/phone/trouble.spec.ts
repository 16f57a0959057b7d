import { expect, test } from "../support/fixtures.js";

test.describe(
  "a page whose origin is not approved",
  { tag: "@origin-not-approved" },
  () => {
    // These tests wait for deadlines of the phone.
    test.use({ popupBlocking: true, slowness: 1 });

    test.beforeEach(async ({ lab, noise, beginIdpSession }) => {
      noise.allow(/frame-ancestors|Refused to (display|frame)/);
      noise.allow(/status of 403/); // "Destination not approved"
      lab.connect.approvedOrigins = new Set();
      await beginIdpSession();
    });

    test("asks for a click, and says why once the window is closed", async ({
      lab,
      page,
      phaseLog,
      windows,
    }) => {
      await page.goto(lab.urls.agentPage);
      await phaseLog.until("phase=signInNeeded");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect.poll(() => windows.length).toBe(1);
      await expect(windows[0].getByRole("heading")).toHaveText(
        "Destination not approved",
      );
      await windows[0].close();
      await phaseLog.until("error=SIGN_IN_WINDOW_CLOSED");
      await expect(page.locator("#softphone")).toContainText(
        "window was closed",
      );
      await expect(page.locator("#administrators")).toContainText(
        "approved origins",
      );
      expect(phaseLog.phases).not.toContain("ready");
    });

    test("says why although nobody closes the window", async ({
      lab,
      page,
      phaseLog,
      windows,
    }) => {
      lab.desk.config.signIn = { timeoutMs: 2000 };
      await page.goto(lab.urls.agentPage);
      await phaseLog.until("phase=signInNeeded");
      phaseLog.clear();
      await page.getByRole("button", { name: "Sign in" }).click();
      await phaseLog.until("error=SIGN_IN_TIMEOUT");
      await expect.poll(() => phaseLog.phases.at(-1)).toBe("signInNeeded");
      await expect(page.locator("#softphone")).toContainText("took too long");
      await expect(page.locator("#administrators")).toContainText(
        "approved origins",
      );
      expect(windows[0].isClosed()).toBe(false); // Its page says what is wrong.
    });

    test("says so without a click if no window may be used", async ({
      lab,
      page,
      phaseLog,
      windows,
    }) => {
      lab.desk.config.signIn = { ways: ["frame"] };
      await page.goto(lab.urls.agentPage);
      await phaseLog.until("phase=failed");
      await expect(page.locator("#softphone")).toHaveAttribute(
        "data-softphone-error",
        "SIGN_IN_TIMEOUT",
      );
      await expect(page.locator("#softphone")).toContainText("took too long");
      await expect(page.getByText(/tries again by itself/)).toBeVisible();
      await expect(page.locator("#administrators")).toContainText(
        "approved origins",
      );
      expect(windows).toEqual([]);
    });

    test("opens the phone with a click once it is approved", async ({
      lab,
      page,
      phaseLog,
      windows,
    }) => {
      await page.goto(lab.urls.agentPage);
      await phaseLog.until("phase=signInNeeded");
      lab.connect.approvedOrigins = new Set([lab.urls.desk]);
      await page.getByRole("button", { name: "Sign in" }).click();
      await phaseLog.until("phase=ready");
      await expect.poll(() => windows[0].isClosed()).toBe(true);
    });
  },
);

for (const expectedUser of ["grace@example.com", "Ada@example.com"])
  test(
    `the phone of ${expectedUser} is not ada@example.com's`,
    { tag: "@next-agent" },
    async ({ lab, page, host, beginIdpSession }) => {
      lab.desk.config.expectedUser = expectedUser;
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("failed");
      const { status, agent, events } = await host.snapshot();
      expect(status.error?.code).toBe("IDENTITY_MISMATCH");
      expect(agent).toBeNull();
      await expect(page.locator("#softphone iframe")).toBeHidden();
      await expect(host.prompt).toContainText("Another agent is signed in");
      // This host must not learn of her state changes.
      lab.connect.agent("ada@example.com").setState("Available");
      await expect
        .poll(() => lab.connect.agent("ada@example.com").state.name)
        .toBe("Available");
      expect(JSON.stringify(events)).not.toContain("Ada Example");
      const rejection = await page.evaluate(() =>
        globalThis.host.phone?.ready.catch((error) => error.code),
      );
      expect(rejection).toBe("IDENTITY_MISMATCH");
    },
  );

test("the phone of the expected user opens", async ({
  lab,
  page,
  host,
  beginIdpSession,
}) => {
  lab.desk.config.expectedUser = "ada@example.com";
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
});

// Plain Streams 2.28.2 cannot start there (connect-streams.js, `BaseParamsStorage.clean`, which `initCCP` calls).
test("in a browser whose storage always throws, the phone opens on every visit", async ({
  context,
  page,
  host,
  beginIdpSession,
}) => {
  await context.addInitScript(() => {
    if (!location.host.startsWith("desk.")) return;
    const denied = () => {
      throw new DOMException("denied", "SecurityError");
    };
    for (const method of ["getItem", "setItem", "removeItem"] as const)
      Storage.prototype[method] = denied;
  });
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
  expect((await host.snapshot()).status.way).toBe("frame");
  await page.reload();
  await host.untilPhase("ready");
});

test("in a browser where even access to storage throws, the phone opens, too", async ({
  context,
  page,
  host,
  beginIdpSession,
}) => {
  await context.addInitScript(() => {
    if (!location.host.startsWith("desk.")) return;
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
});

test.describe("after a deadline of the phone", () => {
  test.use({ slowness: 1 });

  test(
    "an identity provider that is down is reported, and signing in again works",
    { tag: "@idp-down" },
    async ({ lab, page, host, noise, beginIdpSession }) => {
      noise.allow(/503/);
      lab.idp.down = 503;
      lab.desk.config.signIn = { ways: ["frame"] };
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("failed");
      expect((await host.snapshot()).status.error?.code).toBe(
        "SIGN_IN_TIMEOUT",
      );
      lab.idp.down = false;
      await page.getByRole("button", { name: "Try again" }).click();
      await host.untilPhase("ready");
      await expect(host.container).not.toHaveAttribute("data-softphone-error");
    },
  );
});
