import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { slowClock } from "../support/slow-clock.js";
import { Workspace } from "../support/workspace.js";

// Two agents, each in their own browser, and one customer.

const ADA = "ada@example.com";
const GRACE = "grace@example.com";
const NUMBER = "+12065550142";

test.beforeEach(({ lab }) => {
  lab.serviceNow.setProperty("connect_softphone.controls", "icc");
});

test("the interaction goes to the second agent once the first has left the call", async ({
  page,
  lab,
}) => {
  const { ada, grace, first, second } = await bothTalk(page, lab);
  // She talks already, and the interaction is still the first agent's.
  const [sysId] = lab.serviceNow.interactions.map((one) => one.sys_id);
  expect(owners(lab)).toEqual([sysIdOf(lab, ADA)]);

  await call(ada).getByRole("button", { name: "Merge" }).click();
  await call(ada).getByRole("button", { name: "Leave and transfer" }).click();
  await expect(call(ada)).toHaveCount(0);
  first.clear();
  await expect.poll(() => owners(lab)).toEqual([sysIdOf(lab, GRACE)]);
  expect(lab.serviceNow.interactions.map((one) => one.sys_id)).toEqual([sysId]);
  expect(lab.serviceNow.interactions[0].state).toBe("work_in_progress");

  second.hangUp();
  await expect(call(grace)).toHaveCount(0);
  second.clear();
  await expect
    .poll(() => lab.serviceNow.interactions.map((one) => one.state))
    .toEqual(["closed_complete"]);
  expect(owners(lab)).toEqual([sysIdOf(lab, GRACE)]);
});

test("the interaction stays with the first agent, if the second leaves again", async ({
  page,
  lab,
}) => {
  const { ada, grace, first, second } = await bothTalk(page, lab);
  second.hangUp();
  first.thirdPartyHangsUp();
  await expect(call(grace)).toHaveCount(0);
  second.clear();
  await expect(grace.subtitle).toHaveText("Available");
  await call(ada)
    .getByRole("button", { name: "End call", exact: true })
    .click();
  await expect(call(ada)).toHaveCount(0);
  first.clear();
  await expect
    .poll(() => lab.serviceNow.interactions.map((one) => one.state))
    .toEqual(["closed_complete"]);
  expect(owners(lab)).toEqual([sysIdOf(lab, ADA)]);
});

test.afterEach(({ lab }) => {
  expect(lab.serviceNow.violations).toEqual([]);
  expect(lab.serviceNow.pageErrors).toEqual([]);
});

/** Two agents and their calls: the first has consulted the second, who has accepted and knows whose interaction it is. */
async function bothTalk(page: Page, lab: Lab) {
  const [ada, grace] = await twoAgents(page, lab);
  const first = await adasConsultation(ada, lab);
  const second = lab.connect.call({
    username: GRACE,
    transferOf: first.contactId,
  });
  await accept(grace);
  await expect.poll(() => lookedFor(lab, GRACE)).toBe(true);
  expect(second.state).toBe("connected");
  return { ada, grace, first, second };
}

/** The workspaces of two agents who are Available. */
async function twoAgents(page: Page, lab: Lab) {
  const browser = page.context().browser();
  if (!browser) throw new Error("the context has no browser");
  const other = await browser.newContext();
  await slowClock(other, 2);
  return [
    await open(page, lab, ADA),
    await open(await other.newPage(), lab, GRACE),
  ];
}

async function open(page: Page, lab: Lab, userName: string) {
  await page.context().addCookies([lab.idp.beginSession(userName)]);
  const workspace = await Workspace.open(page, lab, undefined, userName);
  await workspace.presence.selectOption("Available");
  await expect(workspace.phoneButton).toHaveText(/Phone: Available/);
  return workspace;
}

/** A call of Ada's, in which she has asked for Grace, and a flow has answered. */
async function adasConsultation(ada: Workspace, lab: Lab) {
  const made = lab.connect.call({ username: ADA, from: NUMBER });
  await accept(ada);
  await expect.poll(() => owners(lab)).toEqual([sysIdOf(lab, ADA)]);
  await call(ada).getByRole("button", { name: "Transfer" }).click();
  const transfer = ada.page.locator("#transfer");
  await transfer.getByLabel("Kind").selectOption("Agents");
  await transfer.getByRole("button", { name: "Search" }).click();
  await transfer
    .locator("li", { hasText: "Grace" })
    .getByRole("button", { name: "Consult" })
    .click();
  await expect(call(ada)).toContainText("Grace");
  made.answer();
  return made;
}

async function accept(workspace: Workspace) {
  await workspace.page
    .getByRole("article", { name: "Offered call" })
    .getByRole("button", { name: "Accept" })
    .click();
  await expect(call(workspace)).toBeVisible();
}

const call = (workspace: Workspace) =>
  workspace.page.getByRole("article", { name: "Active call" });

const owners = (lab: Lab) =>
  lab.serviceNow.interactions.map((one) => one.assigned_to);

const sysIdOf = (lab: Lab, userName: string) =>
  lab.serviceNow.users.get(userName)?.sysId;

/** Whether that agent's phone has looked for the interaction. */
const lookedFor = (lab: Lab, userName: string) =>
  lab.serviceNow.restCalls.some(
    (one) =>
      one.method === "GET" &&
      one.userName === userName &&
      one.path.includes("/interaction"),
  );
