import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { SSO_PATH } from "../../lab/idp/idp.js";
import { expect, test } from "../support/fixtures.js";

test("ten tabs that open at once sign in once", async ({
  lab,
  context,
  page,
  windows,
  beginIdpSession,
}) => {
  // No window may open, whatever the frame takes.
  lab.desk.config.signIn = { ways: ["frame"] };
  await beginIdpSession();
  const tabs = await openTabs(lab, page, 10);
  for (const tab of tabs) await untilPhase(tab, "ready");
  expect(signIns(lab)).toBe(1);
  expect(windows.filter((opened) => !tabs.includes(opened))).toEqual([]);
  await expect.poll(() => context.pages().length).toBe(10);
});

test("without Web Locks every tab signs in for itself", async ({
  lab,
  context,
  page,
  beginIdpSession,
}) => {
  await context.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "locks", { value: undefined }),
  );
  await beginIdpSession();
  const tabs = await openTabs(lab, page, 3);
  for (const tab of tabs) await untilPhase(tab, "ready");
  expect(signIns(lab)).toBeGreaterThanOrEqual(1);
});

test.describe("a tab", () => {
  // The second tab waits for a deadline of its own, which must pass before those of the first.
  test.use({ slowness: 3 });

  test("that is closed during sign-in releases the lock to the next", async ({
    lab,
    page,
    context,
    beginIdpSession,
  }) => {
    lab.desk.config.signIn = { ways: ["frame"] };
    await beginIdpSession();
    lab.idp.delayMs = 60_000; // Sign-in does not end while the first tab is there.
    // A page counts as loaded only once its frames have.
    const begun = { waitUntil: "commit" } as const;
    await page.goto(lab.urls.agentPage, begun);
    await untilPhase(page, "signingIn");
    await expect.poll(() => signIns(lab)).toBe(1);
    const second = await context.newPage();
    await second.goto(lab.urls.agentPage, begun);
    await untilPhase(second, "signInNeeded"); // The agent need not wait for the first tab.
    lab.idp.delayMs = 0;
    expect(signIns(lab)).toBe(1);
    await page.close();
    await untilPhase(second, "ready");
  });
});

test.describe("where the browser blocks windows", () => {
  test.use({ popupBlocking: true, slowness: 1 });

  test("one click in one of the tabs signs all of them in", async ({
    lab,
    page,
    phaseLog,
    context,
    noise,
    beginIdpSession,
  }) => {
    noise.allow(/Refused to display/);
    lab.idp.framing = false;
    await beginIdpSession();
    const tabs = await openTabs(lab, page, 3);
    // Each has shown the button: one because its frame failed, the others after a while.
    await phaseLog.until("phase=signInNeeded", 3);
    await tabs[1].bringToFront();
    await tabs[1].getByRole("button", { name: "Sign in" }).click();
    await phaseLog.until("phase=ready", 3);
    await expect.poll(() => context.pages().length).toBe(3);
  });

  test("a click in a second tab takes over the sign-in, and only its window remains", async ({
    lab,
    page,
    phaseLog,
    context,
    windows,
  }) => {
    lab.desk.config.signIn = { ways: ["popup"] };
    await page.goto(lab.urls.agentPage);
    await phaseLog.until("phase=signInNeeded");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => windows.length).toBe(1);
    const [first] = windows;
    await first.getByLabel("User name").waitFor();

    const second = await context.newPage();
    await second.goto(lab.urls.agentPage);
    await second.getByRole("button", { name: "Sign in" }).click();
    await expect.poll(() => first.isClosed()).toBe(true);
    const open = () => windows.filter((it) => it !== second && !it.isClosed());
    await expect.poll(() => open().length).toBe(1);
    const [window] = open();
    await window.getByLabel("User name").fill("ada@example.com");
    await window.getByLabel("Password").fill("lab");
    await window.getByRole("button", { name: "Sign in" }).click();
    for (const tab of [page, second]) await untilPhase(tab, "ready");
  });
});

async function openTabs(lab: Lab, page: Page, count: number) {
  const tabs = [page];
  while (tabs.length < count) tabs.push(await page.context().newPage());
  await Promise.all(tabs.map((tab) => tab.goto(lab.urls.agentPage)));
  return tabs;
}

/** Works in background tabs, too: their timers run late, but they run. */
async function untilPhase(tab: Page, phase: string) {
  await expect(tab.locator("#softphone")).toHaveAttribute(
    "data-softphone-phase",
    phase,
  );
}

/** How often the identity provider was asked to sign somebody in. */
function signIns(lab: Lab) {
  return lab.requests.filter(
    ({ party, path }) => party === "idp" && path === SSO_PATH,
  ).length;
}
