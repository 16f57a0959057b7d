import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

const RETURN_PAGE = "/connect_softphone_return.do";
const STYLES = ["ccp", "icc"] as const;

test.beforeEach(({ lab, noise }) => {
  lab.serviceNow.openAtStart = true;
  noise.secret("a password", "Ada-2468");
});

for (const controls of STYLES)
  test(`a session at the identity provider signs in by the hidden frame, ${controls}`, async ({
    page,
    lab,
    windows,
    beginIdpSession,
  }) => {
    setStyle(lab, controls);
    await beginIdpSession();
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    await workspace.follows(lab);
    expect(windows).toEqual([]);
    expect(pathsOf(lab, "serviceNow")).toContain(RETURN_PAGE);
    await expect(workspace.phone.locator("iframe")).toHaveCount(1);
  });

for (const controls of STYLES)
  test(`an identity provider that refuses framing signs in by a window, which closes itself, ${controls}`, async ({
    page,
    lab,
    noise,
    windows,
    beginIdpSession,
  }) => {
    noise.allow(/Refused to display/);
    setStyle(lab, controls);
    lab.idp.framing = false;
    await beginIdpSession();
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    await expect.poll(() => windows.length).toBe(1);
    await expect.poll(() => windows[0].isClosed()).toBe(true);
    expect(pathsOf(lab, "serviceNow")).toContain(RETURN_PAGE);
  });

test.describe("where the browser blocks windows", () => {
  test.use({ popupBlocking: true });

  for (const [controls, where] of [
    ["ccp", ".connect-softphone-cover"],
    ["icc", "softphone-controls"],
  ] as const)
    test(`one click in ${controls === "ccp" ? "the prompt" : "the panel"} opens the window, ${controls}`, async ({
      page,
      lab,
      noise,
      phaseLog,
      windows,
      beginIdpSession,
    }) => {
      noise.allow(/Refused to display/);
      setStyle(lab, controls);
      lab.idp.framing = false;
      lab.serviceNow.openAtStart = false; // The phone opens its window when it needs the agent.
      await beginIdpSession();
      const workspace = await openQuietly(page, lab);
      await phaseLog.until("phase=signInNeeded");
      expect(windows).toEqual([]);
      await workspace.phone
        .locator(where)
        .getByRole("button", { name: "Sign in" })
        .click();
      await phaseLog.until("phase=ready");
      await expect.poll(() => windows.length).toBe(1);
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      await workspace.follows(lab);
    });

  for (const controls of STYLES)
    test(`without an SSO Login URL a click opens the standard login, ${controls}`, async ({
      page,
      lab,
      noise,
      phaseLog,
      windows,
    }) => {
      noise.allow(/Refused to display/); // The instance's login page, in the CCP's frame.
      setStyle(lab, controls);
      lab.connect.saml = false;
      lab.desk.config.ssoLoginUrl = undefined;
      const workspace = await openQuietly(page, lab);
      await phaseLog.until("phase=signInNeeded");
      expect(windows).toEqual([]);
      await workspace.phone.getByRole("button", { name: "Sign in" }).click();
      await expect.poll(() => windows.length).toBe(1);
      await windows[0].getByLabel("User name").fill("ada@example.com");
      await windows[0].getByLabel("Password").fill("Ada-2468");
      await windows[0].getByRole("button", { name: "Sign in" }).click();
      await phaseLog.until("phase=ready");
      await expect.poll(() => windows[0].isClosed()).toBe(true);
      await workspace.follows(lab);
      expect(lab.requests.map(({ party }) => party)).not.toContain("idp");
    });

  test("a window that the agent closes is told, and another click signs in", async ({
    page,
    lab,
    phaseLog,
    windows,
  }) => {
    const workspace = await openQuietly(page, lab);
    await phaseLog.until("phase=signInNeeded");
    await workspace.prompt.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => windows.length).toBe(1);
    await windows[0].getByLabel("User name").waitFor();
    await windows[0].close();
    await phaseLog.until("error=SIGN_IN_WINDOW_CLOSED");
    await expect(workspace.prompt).toContainText("window was closed");
    await workspace.prompt.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => windows.length).toBe(2);
    await signInAtIdp(windows[1], "ada@example.com");
    await phaseLog.until("phase=ready");
    await expect.poll(() => windows[1].isClosed()).toBe(true);
  });
});

test("two tabs of the workspace sign in once, and both follow the agent", async ({
  page,
  context,
  lab,
  windows,
  beginIdpSession,
}) => {
  await beginIdpSession();
  const first = await Workspace.open(page, lab);
  const second = new Workspace(await context.newPage());
  await second.load(lab);
  for (const tab of [first, second]) await tab.untilPhase("ready");
  for (const tab of [first, second]) await tab.follows(lab);
  expect(pathsOf(lab, "instance", "/auth/federate")).toHaveLength(1);
  expect(windows.filter((it) => it !== second.page)).toEqual([]);
  await second.page.close();
  await first.follows(lab);
});

test.describe("when the session at Amazon Connect ends", () => {
  test.beforeEach(({ noise }) => noise.allow(/401|Failed to|[Aa]uth/));

  test("the phone signs in again by itself", async ({
    page,
    lab,
    windows,
    beginIdpSession,
  }) => {
    await beginIdpSession();
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    lab.connect.hurryWorkers(); // Streams asks for a minute and a half before it says so.
    lab.faults.set("session-ends");
    await expect
      .poll(() => pathsOf(lab, "instance", "/auth/federate").length)
      .toBe(2);
    await workspace.untilPhase("ready");
    await workspace.follows(lab);
    expect(windows).toEqual([]);
  });

  test.describe("and the one at the identity provider has ended too", () => {
    test.use({ popupBlocking: true });

    for (const controls of STYLES)
      test(`the agent is asked for a click, ${controls}`, async ({
        page,
        lab,
        phaseLog,
        windows,
        beginIdpSession,
      }) => {
        setStyle(lab, controls);
        await beginIdpSession();
        const workspace = await openQuietly(page, lab);
        await phaseLog.until("phase=ready");
        phaseLog.clear();
        lab.idp.endSessions();
        lab.connect.hurryWorkers();
        lab.faults.set("session-ends");
        await phaseLog.until("error=SESSION_ENDED");
        await expect(workspace.frame).toBeVisible();
        await expect(workspace.subtitle).toContainText("Sign in");
        await workspace.phone.getByRole("button", { name: "Sign in" }).click();
        await expect.poll(() => windows.length).toBe(1);
        await signInAtIdp(windows[0], "ada@example.com");
        await phaseLog.until("phase=ready");
        await workspace.follows(lab);
        if (controls === "icc") await expect(workspace.dialPad).toBeVisible();
      });
  });
});

test.describe("the agent is the ServiceNow user", () => {
  for (const controls of STYLES)
    test(`another agent at the identity provider gets no phone, ${controls}`, async ({
      page,
      lab,
      beginIdpSession,
    }) => {
      setStyle(lab, controls);
      await beginIdpSession("grace@example.com");
      const workspace = await Workspace.open(page, lab);
      await workspace.untilError("IDENTITY_MISMATCH");
      await workspace.untilPhase("failed");
      // The panel says it to screen readers as well.
      await expect(
        workspace.phone.getByText("Another agent is signed in").first(),
      ).toBeVisible();
      await expect(
        workspace.phone.getByRole("button", { name: "Sign out" }),
      ).toBeVisible();
      const [property, value] =
        controls === "ccp" ? ["visibility", "hidden"] : ["opacity", "0"];
      await expect(workspace.container.locator("iframe")).toHaveCSS(
        property,
        value,
      );
      // ServiceNow is told nothing of her.
      lab.connect.agent("grace@example.com").setState("Lunch");
      await expect(workspace.phoneButton).not.toContainText("Lunch");
      const told = lab.serviceNow.restCalls.filter((it) => it.method !== "GET");
      expect(told).toEqual([]);
    });

  test("unless the property identity says none", async ({
    page,
    lab,
    beginIdpSession,
  }) => {
    lab.serviceNow.setProperty("connect_softphone.identity", "none");
    await beginIdpSession("grace@example.com");
    const workspace = await Workspace.open(page, lab);
    await workspace.untilPhase("ready");
    await workspace.follows(lab, "grace@example.com");
  });

  test("by e-mail address, if the property identity says so", async ({
    page,
    lab,
    beginIdpSession,
  }) => {
    lab.serviceNow.setProperty("connect_softphone.identity", "email");
    renameAda(lab, { userName: "ada", email: "ada@example.com" });
    await beginIdpSession();
    const workspace = await Workspace.open(page, lab, undefined, "ada");
    await workspace.untilPhase("ready");
  });

  test("and a user without an e-mail address is told before anything opens", async ({
    page,
    lab,
  }) => {
    lab.serviceNow.setProperty("connect_softphone.identity", "email");
    renameAda(lab, { userName: "ada", email: "" });
    const workspace = await Workspace.open(page, lab, undefined, "ada");
    await expect(workspace.notice).toContainText("does not know who you are");
    await expect(workspace.notice).toContainText("connect_softphone.identity");
    expect(pathsOf(lab, "idp")).toEqual([]);
    expect(pathsOf(lab, "instance")).toEqual([]);
  });
});

function setStyle(lab: Lab, controls: "ccp" | "icc") {
  lab.serviceNow.setProperty("connect_softphone.controls", controls);
}

/** Opens the workspace as Workspace.open does, without any evaluation in it, which would count as a click (see PhaseLog). */
async function openQuietly(page: Page, lab: Lab) {
  const session = lab.serviceNow.beginSession("ada@example.com");
  await page.context().addCookies([session]);
  await page.goto(lab.urls.workspace);
  return new Workspace(page);
}

function renameAda(lab: Lab, changes: { userName: string; email: string }) {
  const { users } = lab.serviceNow;
  const ada = users.get("ada@example.com");
  if (ada) users.set(changes.userName, { ...ada, ...changes });
}

function pathsOf(lab: Lab, of: string, only?: string) {
  return lab.requests.flatMap(({ party, path }) =>
    party === of && (!only || path === only) ? path : [],
  );
}

async function signInAtIdp(window: Page, login: string) {
  await window.getByLabel("User name").fill(login);
  await window.getByLabel("Password").fill("lab");
  await window.getByRole("button", { name: "Sign in" }).click();
}
