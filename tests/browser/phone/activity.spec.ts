import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import {
  heldResources,
  watchHeldResources,
} from "../support/held-resources.js";
import { HostPage } from "../support/host-page.js";

const SIGNED_OUT = "You were signed out because you were inactive.";

// The lab and the phone agree on when the logout is.
test.use({ slowness: 1 });

test.beforeEach(async ({ noise, beginIdpSession }) => {
  noise.allow(/401|Failed to|[Aa]uth|activity/); // Streams, about a session that is over.
  await beginIdpSession();
});

/** Opens the phone, and waits until the CCP has opened its channel to Amazon's SDK. */
async function open(page: Page, host: HostPage, url = host.url) {
  await page.goto(url);
  await host.untilPhase("ready");
  await expect.poll(() => page.evaluate(channel)).toBe("ready");
}

function channel() {
  const { core } = (globalThis as any).connect;
  return core.getSDKClientConfig().provider.getProxy().connectionStatus;
}

/** Waits until the phone has told of the warning. */
async function untilWarned(host: HostPage) {
  await host.untilNoted("inactivity");
  const { events } = await host.snapshot();
  expect(events).toContainEqual({
    type: "sessionExpiring",
    reason: "inactivity",
    endsAtMs: expect.any(Number),
  });
}

/** How `phone.stayActive()` ends. */
function stayActive(page: Page): Promise<string> {
  return page.evaluate(async () => {
    try {
      await globalThis.host.phone?.stayActive();
      return "ok";
    } catch (error) {
      return (error as { code: string }).code;
    }
  });
}

const federations = (lab: Lab) =>
  lab.requests.filter(({ path }) => path === "/auth/federate").length;

/** Checks that nobody is signed in, and that nothing but a click changes that. */
async function staysSignedOut(lab: Lab, page: Page, host: HostPage) {
  await host.untilPhase("signedOut");
  await host.untilError(undefined);
  await host.says(SIGNED_OUT, "Sign in");
  expect((await host.snapshot()).status.reason).toBe("inactivity");
  const before = federations(lab);
  await page.clock.install();
  await page.clock.runFor(600_000);
  await host.untilPhase("signedOut");
  await page.reload();
  await host.untilPhase("signedOut");
  await host.says(SIGNED_OUT, "Sign in");
  const second = await page.context().newPage();
  const other = new HostPage(second, lab.urls.desk);
  await second.goto(other.url);
  await other.untilPhase("signedOut");
  await other.says(SIGNED_OUT, "Sign in");
  expect(federations(lab)).toBe(before);
  await host.prompt.getByRole("button", { name: "Sign in" }).click();
  await host.untilPhase("ready");
  await other.untilPhase("ready"); // It hears of it.
  expect((await host.snapshot()).status.reason).toBeUndefined();
  await page.reload();
  await host.untilPhase("ready");
}

test.describe("what the agent does on the host page", () => {
  const button = (page: Page) =>
    page.getByRole("button", { name: "Open the phone" });

  test("is reported to Amazon Connect, at most every half minute", async ({
    lab,
    page,
    host,
  }) => {
    await page.clock.install();
    await open(page, host);
    const reports = () => lab.connect.activities.map(({ from }) => from);
    expect(reports()).toEqual([]);
    await page.keyboard.press("Shift");
    await expect.poll(reports).toEqual(["sdk"]);
    await host.hurry(20);
    await button(page).hover();
    await host.hurry(11);
    await page.keyboard.press("Shift");
    await expect.poll(reports).toEqual(["sdk", "sdk"]);
  });

  test("is not reported if it is switched off, or nothing that an agent did", async ({
    lab,
    page,
    host,
  }) => {
    await open(page, host);
    const reports = () => lab.connect.activities.length;
    const script = () => {
      for (const type of ["pointerdown", "keydown", "touchstart"])
        document.body.dispatchEvent(new Event(type, { bubbles: true }));
    };
    await page.evaluate(script);
    await page.evaluate(() =>
      Object.defineProperty(document, "visibilityState", {
        configurable: true,
        get: () => "hidden",
      }),
    );
    await page.keyboard.press("Shift");
    await page.evaluate(() =>
      Reflect.deleteProperty(document, "visibilityState"),
    );
    // Whatever is reported arrives in its order.
    expect(await stayActive(page)).toBe("ok");
    expect(reports()).toBe(1);

    lab.desk.config.session = { activity: false };
    await open(page, host);
    await page.keyboard.press("Shift");
    await button(page).hover();
    expect(await stayActive(page)).toBe("ok");
    expect(reports()).toBe(2);
  });

  test("leaves nothing behind when the phone is closed, and works when it is opened again", async ({
    lab,
    page,
    host,
    context,
    noise,
  }) => {
    noise.allowSecondInit();
    await watchHeldResources(context);
    await page.goto(`${host.url}#wait`);
    await page.addScriptTag({ url: "/connect-streams-min.js" });
    const before = await heldResources(page);
    for (const round of [1, 2, 3]) {
      await page.getByRole("button", { name: "Open the phone" }).click();
      await host.untilPhase("ready");
      await expect.poll(() => page.evaluate(channel)).toBe("ready");
      expect(await stayActive(page)).toBe("ok");
      expect(lab.connect.activities.length).toBeGreaterThanOrEqual(round);
      lab.faults.set("inactivity-warning");
      await untilWarned(host);
      await page.keyboard.press("Shift");
      await host.untilNoted("inactivity", 2);
      // A click, whose report is not answered any more.
      await page.getByRole("button", { name: "Close the phone" }).click();
      await expect(host.body).toHaveAttribute("data-outcome", "ok");
      expect(await heldResources(page)).toEqual(before);
      const subscribed = await page.evaluate(() => {
        const { core } = (globalThis as any).connect;
        const proxy = core.getSDKClientConfig().provider.getProxy();
        return proxy.subscriptions.getAllSubscriptionHandlerIds();
      });
      expect(subscribed).toEqual([]);
    }
  });
});

test("what the lab does not simulate of Amazon's SDK is refused and recorded", async ({
  lab,
  page,
  host,
}) => {
  await open(page, host);
  const refused = await page.evaluate(async () => {
    const { core } = (globalThis as any).connect;
    const proxy = core.getSDKClientConfig().provider.getProxy();
    const { status } = await proxy.request(
      "aws.connect.contact",
      "agent/getNetworkConnectionStatus",
    );
    const error = await proxy
      .request("aws.connect.voice", "sing")
      .catch((error: { errorKey: string }) => error.errorKey);
    return [status, error];
  });
  expect(refused).toEqual(["connected", "unknownRoute"]);
  await expect.poll(() => lab.connect.unknownOperations).toEqual(["SDK sing"]);
  lab.connect.unknownOperations.length = 0;
});

test.describe("an agent who is about to be logged out", () => {
  test(
    "is asked by Amazon's panel where it is visible, and stays by a key",
    { tag: "@inactivity-warning" },
    async ({ lab, page, host }) => {
      await open(page, host);
      lab.faults.set("inactivity-warning");
      await untilWarned(host);
      const panel = page.frameLocator("iframe[name='Amazon Connect CCP']");
      await expect(panel.getByRole("dialog")).toBeVisible();
      await host.isQuiet();
      await page.keyboard.press("Shift");
      await expect(panel.getByRole("dialog")).toBeHidden();
      await host.untilNoted("inactivity", 2);
      await host.isQuiet();
      await host.follows(lab);
    },
  );

  test(
    "is asked by the prompt where Amazon's panel is hidden",
    { tag: "@inactivity-warning" },
    async ({ lab, page, host }) => {
      lab.desk.config.controls = "icc";
      lab.desk.config.session = { activity: false };
      await open(page, host);
      lab.faults.set("inactivity-warning");
      await untilWarned(host);
      await host.says(
        /^You will be signed out at \d.* because you are inactive\./,
        "Stay signed in",
      );
      const panel = page.frameLocator("iframe[name='Amazon Connect CCP']");
      await expect(panel.locator("dialog")).not.toHaveAttribute("open");
      await host.prompt.getByRole("button", { name: "Stay signed in" }).click();
      await expect(host.prompt).toBeHidden();
      await host.untilNoted("inactivity", 2);
      await host.follows(lab);
      // The host may ask as well.
      lab.faults.set("inactivity-warning");
      await host.untilNoted("inactivity", 3);
      expect(await stayActive(page)).toBe("ok");
      await expect(host.prompt).toBeHidden();
    },
  );

  test("keeps Amazon's own prompt if the host wants that", async ({
    lab,
    page,
    host,
  }) => {
    lab.desk.config.controls = "icc";
    lab.desk.config.session = { activity: false };
    lab.desk.config.streams.options = {
      pageOptions: { showInactivityModal: true },
    };
    await open(page, host);
    lab.faults.set("inactivity-warning");
    await untilWarned(host);
    const panel = page.frameLocator("iframe[name='Amazon Connect CCP']");
    await expect(panel.locator("dialog")).toHaveAttribute("open");
  });

  test(
    "is told if Amazon Connect does not extend the session",
    { tag: "@activity-refused" },
    async ({ lab, page, host }) => {
      lab.desk.config.controls = "icc";
      lab.desk.config.session = { activity: false };
      await open(page, host);
      lab.faults.set("activity-refused");
      await untilWarned(host);
      expect(await stayActive(page)).toBe("STAY_ACTIVE_FAILED");
      await host.untilError("STAY_ACTIVE_FAILED");
      await host.says("Your session could not be extended.", "Stay signed in");
      lab.faults.unset("activity-refused");
      lab.connect.inactivityMs = 900_000; // The warning stands.
      await host.prompt.getByRole("button", { name: "Stay signed in" }).click();
      await host.untilError(undefined);
      await expect(host.prompt).toBeHidden();
    },
  );
});

test.describe("a logout for inactivity", () => {
  for (const [id, controls] of [
    ["inactivity-logout", "ccp"],
    ["inactivity-without-terminate", "icc"],
  ] as const)
    test(
      `is not undone by itself: ${id}`,
      { tag: `@${id}` },
      async ({ lab, page, host, windows }) => {
        lab.desk.config.controls = controls;
        await open(page, host);
        lab.faults.set(id);
        await untilWarned(host);
        await host.untilPhase("signedOut");
        lab.faults.unset(id);
        await staysSignedOut(lab, page, host);
        expect(windows).toHaveLength(2); // The second tab, and the sign-in.
      },
    );
});
