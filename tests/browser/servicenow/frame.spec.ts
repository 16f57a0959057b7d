import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

/** What the phone needs, and what else others put on such frames (a Dynamics softphone's own, by its source). */
const FLAGS = [
  "allow-scripts",
  "allow-same-origin",
  "allow-popups",
  "allow-forms",
  "allow-popups-to-escape-sandbox",
  "allow-modals",
  "allow-downloads",
];

test.beforeEach(async ({ lab, beginIdpSession }) => {
  lab.serviceNow.openAtStart = true;
  await beginIdpSession();
});

test.describe("a sandbox", () => {
  test("with all flags is none to the phone", async ({ page, lab, noise }) => {
    lab.idp.framing = false; // A window opens, too.
    noise.allow(/Refused to display/);
    setSandbox(lab);
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    await workspace.follows(lab);
    expect(warnings(noise.lines)).toEqual([]);
  });

  for (const flag of ["allow-modals", "allow-downloads"])
    test(`without ${flag} does not matter`, async ({ page, lab, noise }) => {
      setSandbox(lab, flag);
      const workspace = await Workspace.open(page, lab);
      await workspace.untilPhase("ready");
      await workspace.follows(lab);
      expect(warnings(noise.lines)).toEqual([]);
    });

  test("without allow-scripts leaves a sentence", async ({
    page,
    lab,
    noise,
  }) => {
    noise.allow(/Blocked script execution/);
    setSandbox(lab, "allow-scripts");
    const workspace = await Workspace.open(page, lab);
    const sentence = workspace.phone.locator("noscript p");
    await expect(sentence).toBeVisible();
    await expect(sentence).toContainText("sandbox of this frame");
  });

  test("without allow-same-origin is told, and nothing is opened", async ({
    page,
    lab,
  }) => {
    setSandbox(lab, "allow-same-origin");
    const workspace = await Workspace.open(page, lab);
    await expect(workspace.notice).toContainText("cannot run in this frame");
    await expect(workspace.notice).toContainText("allow-same-origin");
    await expect(workspace.subtitle).toContainText("cannot run in this frame");
    expectNothingOpened(lab);
  });

  test("without allow-popups signs in by the frame, and the console says what is missing", async ({
    page,
    lab,
    noise,
  }) => {
    setSandbox(lab, "allow-popups");
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    expect(warnings(noise.lines)).toEqual([
      expect.stringMatching(/sandbox is without allow-popups\./),
    ]);
  });

  test("without allow-popups blocks the window of an identity provider that refuses framing", async ({
    page,
    lab,
    noise,
    windows,
  }) => {
    noise.allow(/Refused to display|Blocked opening/);
    setSandbox(lab, "allow-popups");
    lab.idp.framing = false;
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("signInNeeded");
    await workspace.prompt.getByRole("button", { name: "Sign in" }).click();
    await workspace.untilError("WINDOW_BLOCKED");
    await expect(workspace.prompt).toContainText("blocked the sign-in window");
    expect(windows).toEqual([]);
  });

  test("without allow-forms keeps the hidden frame from signing in, and the window does", async ({
    page,
    lab,
    noise,
    windows,
  }) => {
    noise.allow(/Blocked form submission/);
    setSandbox(lab, "allow-forms");
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    expect(windows).toHaveLength(1);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
    await workspace.follows(lab);
  });

  test("without allow-popups-to-escape-sandbox holds for the window, which signs in", async ({
    page,
    lab,
    noise,
    windows,
  }) => {
    noise.allow(/Refused to display/);
    setSandbox(lab, "allow-popups-to-escape-sandbox");
    lab.idp.framing = false;
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    await expect.poll(() => windows.every((it) => it.isClosed())).toBe(true);
    await workspace.follows(lab);
  });
});

test.describe("a content security policy", () => {
  test("with 'wasm-unsafe-eval' lets the phone work", async ({ page, lab }) => {
    lab.serviceNow.contentSecurityPolicy =
      "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'";
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    await workspace.follows(lab);
  });

  test("without inline scripts lets the phone work, too", async ({
    page,
    lab,
    noise,
  }) => {
    noise.allowBrowser(/Content Security Policy/);
    lab.serviceNow.contentSecurityPolicy =
      "script-src 'self' 'wasm-unsafe-eval'";
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    await workspace.follows(lab);
  });

  for (const controls of ["ccp", "icc"])
    test(`without 'wasm-unsafe-eval' is told, ${controls}`, async ({
      page,
      lab,
      noise,
    }) => {
      noise.allowBrowser(/Content Security Policy/);
      lab.serviceNow.setProperty("connect_softphone.controls", controls);
      lab.serviceNow.contentSecurityPolicy =
        "script-src 'self' 'unsafe-inline'";
      const workspace = await Workspace.open(page, lab);
      await expect(workspace.notice).toContainText("wasm-unsafe-eval");
      await expect(workspace.phone.locator("softphone-controls")).toBeHidden();
      expectNothingOpened(lab);
    });
});

test("an instance that sends no referrer to other sites does not keep the CCP away", async ({
  page,
  lab,
}) => {
  lab.faults.set("servicenow-referrer-withheld");
  const workspace = await Workspace.open(page, lab);
  await workspace.untilPhase("ready");
  await workspace.follows(lab);
});

test.describe("OpenFrame's library", () => {
  test("that is missing leaves a working phone", async ({
    page,
    lab,
    noise,
  }) => {
    noise.allow(/openFrameAPI.min.js.* 404/);
    lab.serviceNow.libraryMissing = true;
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    expect(warnings(noise.lines)).toEqual([
      expect.stringContaining("There is no openFrameAPI on this page."),
    ]);
  });

  for (const library of ["1.0.5", "yokohama", "zurich", "brazil"])
    for (const controls of ["ccp", "icc"])
      test(`of ${library} takes all that it is told, ${controls}`, async ({
        page,
        lab,
        noise,
      }) => {
        lab.serviceNow.library = library;
        lab.serviceNow.setProperty("connect_softphone.controls", controls);
        const workspace = await Workspace.open(page, lab);
        await workspace.untilPhase("ready");
        await workspace.follows(lab);
        const old = library === "1.0.5" && controls === "icc";
        expect(warnings(noise.lines).join()).toMatch(
          old ? /has no setICContext.*cache\.do/ : /^$/,
        );
        if (old) await expect(workspace.panel).toBeVisible();
      });

  test("that is asked in vain at first is asked again", async ({
    page,
    lab,
  }) => {
    lab.serviceNow.initsIgnored = 2;
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready"); // The phone does not wait for it.
    await workspace.follows(lab);
    const inits = lab.serviceNow.calls.filter((it) => it.method === "init");
    expect(inits).toHaveLength(3);
  });

  test("that answers during a call opens the caller's record all the same", async ({
    page,
    lab,
  }) => {
    const [consumer] = lab.serviceNow.tables.rows("csm_consumer");
    const rule = { open: "form", table: "csm_consumer", attribute: "consumer" };
    lab.serviceNow.setProperty(
      "connect_softphone.screen_pop",
      JSON.stringify({ rules: [rule] }),
    );
    lab.serviceNow.initsIgnored = 3;
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    lab.connect.agent("ada@example.com").setState("Available");
    const call = lab.connect.call({
      username: "ada@example.com",
      from: "+12065550142",
      attributes: { consumer: consumer.sys_id },
    });
    call.accept();
    await expect.poll(() => lab.serviceNow.interactions.length).toBe(1);
    expect(await workspace.subtitle.textContent()).toBe(""); // It has not answered yet.
    await expect(workspace.subtitle).toHaveText("On a call");
    const opened = () =>
      lab.serviceNow.calls.filter((it) => it.method === "openServiceNowForm");
    await expect.poll(() => opened().length).toBe(1);
  });

  test("with a limit of 4400 characters gets shorter messages only", async ({
    page,
    lab,
    noise,
  }) => {
    lab.serviceNow.payloadLimit = 4400;
    lab.serviceNow.setProperty("connect_softphone.controls", "icc");
    lab.serviceNow.library = "brazil";
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    await expect(workspace.dialPad).toBeVisible();
    lab.connect.agent("ada@example.com").setState("Available");
    const presence = () => lab.serviceNow.presences.of("ada@example.com");
    await expect.poll(() => presence().available).toBe(true);
    lab.connect.call({ username: "ada@example.com", from: "+15550100" });
    const offers = () =>
      lab.serviceNow.calls.filter(({ args }) => args[0] === "offerContext");
    await expect.poll(() => offers().length).toBeGreaterThan(0);
    expect(warnings(noise.lines)).toEqual([]);
  });
});

test("without the panel's script the module's own prompt is there", async ({
  page,
  lab,
  noise,
}) => {
  lab.serviceNow.setProperty("connect_softphone.controls", "icc");
  const body = "// What an instance may serve of a script that is not active.";
  await page.route(/connect_softphone_controls\.jsdbx/, (route) =>
    route.fulfill({ contentType: "text/javascript", body }),
  );
  const workspace = await Workspace.open(page, lab);
  await workspace.untilPhase("ready");
  await workspace.follows(lab);
  expect(warnings(noise.lines).join()).toContain("connect_softphone_controls");
});

test("the page alone is a phone, too", async ({ page, lab }) => {
  const session = lab.serviceNow.beginSession("ada@example.com");
  await page.context().addCookies([session]);
  await page.goto(`${lab.urls.serviceNow}/connect_softphone.do`);
  const container = page.locator("[data-softphone-phase]");
  await expect(container).toHaveAttribute("data-softphone-phase", "ready");
});

test("scripts that ServiceNow substitutes expressions in stay the same", async ({
  page,
  lab,
}) => {
  await page.route(/\.jsdbx\?/, (route) =>
    route.continue({
      url: route.request().url().replace("sysparm_substitute=false", ""),
    }),
  );
  lab.serviceNow.setProperty("connect_softphone.controls", "icc");
  const workspace = await Workspace.open(page, lab);
  await workspace.untilPhase("ready");
  await workspace.follows(lab);
});

test("a script that does not come leaves a sentence", async ({
  page,
  lab,
  noise,
}) => {
  noise.allow(/ERR_FAILED/);
  await page.route(/connect_softphone\.jsdbx/, (route) => route.abort());
  const workspace = await Workspace.open(page, lab);
  await expect(
    workspace.phone.getByText("The phone's script has not come"),
  ).toBeVisible();
});

function setSandbox(lab: Lab, without?: string) {
  lab.serviceNow.sandbox = FLAGS.filter((it) => it !== without).join(" ");
}

/** What the phone has told administrators in the console. */
function warnings(lines: readonly string[]) {
  return lines.filter((line) => line.includes(": connect-softphone: "));
}

function expectNothingOpened(lab: Lab) {
  const parties = new Set(lab.requests.map(({ party }) => party));
  expect([...parties]).toEqual(["serviceNow"]);
}
