import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

/** An agent with a session at the identity provider opens the workspace. */
async function open(page: Page, lab: Lab, controls: "ccp" | "icc" = "ccp") {
  lab.serviceNow.openAtStart = true;
  lab.serviceNow.setProperty("connect_softphone.controls", controls);
  await page.context().addCookies([lab.idp.beginSession("ada@example.com")]);
  const workspace = await Workspace.open(page, lab);
  return workspace;
}

const phoneOf = (workspace: Workspace) =>
  workspace.phone.locator("[data-softphone-phase]");

test.afterEach(({ lab }) => {
  expect(lab.serviceNow.violations).toEqual([]);
  expect(lab.serviceNow.pageErrors).toEqual([]);
});

for (const controls of ["ccp", "icc"] as const)
  test(`an agent is signed in in the workspace, ${controls}`, async ({
    page,
    lab,
  }) => {
    const workspace = await open(page, lab, controls);
    await expect(phoneOf(workspace)).toHaveAttribute(
      "data-softphone-phase",
      "ready",
    );
    await expect(workspace.phoneButton).toHaveText(/Phone: Offline/);
    await expect(workspace.subtitle).toHaveText("Offline");
    // ServiceNow Voice hears of the agent's state as from its own page.
    const sunk = () =>
      lab.serviceNow.restCalls.filter(
        ({ path, status }) =>
          path.endsWith("/events/Offline") && status === 200,
      ).length;
    await expect.poll(sunk).toBe(1);
    const told = () => [
      ...new Set(
        lab.serviceNow.calls
          .filter(({ method }) => method === "setICContext")
          .map(({ args: [type] }) => type),
      ),
    ];
    await expect
      .poll(told)
      .toEqual(controls === "icc" ? ["activeCall", "idleState"] : []);
  });
