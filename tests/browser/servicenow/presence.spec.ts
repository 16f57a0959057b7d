import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

const ADA = "ada@example.com";
const NUMBER = "+12065550142";

async function open(page: Page, lab: Lab) {
  await page.context().addCookies([lab.idp.beginSession(ADA)]);
  return Workspace.open(page, lab);
}

const stateOf = (lab: Lab) => lab.connect.agent(ADA).state.name;

/** The agent chooses a state in Amazon's panel, which is in the phone's window. */
async function choose(workspace: Workspace, state: string) {
  const phone = workspace.phone.locator("[data-softphone-phase=ready]");
  await expect(phone).toBeVisible();
  const ccp = phone.locator("iframe:not([title='Sign-in'])").contentFrame();
  await ccp.getByRole("combobox").selectOption(state);
}

test("a presence that was chosen before is taken over when the page opens", async ({
  page,
  lab,
}) => {
  const { states } = lab.serviceNow.presences;
  const available = states.find(({ name }) => name === "Available")!;
  lab.serviceNow.presences.set(ADA, available.sys_id);
  const workspace = await open(page, lab);
  await expect(workspace.phoneButton).toHaveText(/Phone: Available/);
  expect(stateOf(lab)).toBe("Available");
});

test("each side follows the other, and neither corrects the other for ever", async ({
  page,
  lab,
}) => {
  lab.serviceNow.openAtStart = true;
  const workspace = await open(page, lab);
  await workspace.presence.selectOption("Available");
  await expect.poll(() => stateOf(lab)).toBe("Available");
  await workspace.presence.selectOption("Lunch");
  await expect.poll(() => stateOf(lab)).toBe("Lunch");
  await choose(workspace, "Available");
  await expect(workspace.presence).toHaveValue(/./);
  await expect
    .poll(() => lab.serviceNow.presences.of(ADA).name)
    .toBe("Available");
  const orders = lab.serviceNow.restCalls.filter(
    ({ method, path }) => method === "PUT" && path.includes("/awa/agents/"),
  );
  expect(orders).toHaveLength(1);
});

test("names without a partner are told, and mapped by a property", async ({
  page,
  lab,
}) => {
  lab.serviceNow.openAtStart = true;
  const { states } = lab.serviceNow.presences;
  Object.assign(states[2], { name: "Siesta" });
  const warned = page.waitForEvent("console", (message) =>
    message.text().includes("without a partner"),
  );
  const workspace = await open(page, lab);
  expect((await warned).text()).toContain("in ServiceNow Siesta");
  lab.serviceNow.setProperty(
    "connect_softphone.presence",
    '{"Lunch": "Siesta"}',
  );
  await workspace.load(lab);
  await workspace.presence.selectOption("Siesta");
  await expect.poll(() => stateOf(lab)).toBe("Lunch");
});

test("agents who may not use the presence have a phone all the same", async ({
  page,
  lab,
  noise,
}) => {
  noise.allow(/403 \(Forbidden\)/);
  lab.serviceNow.openAtStart = true;
  lab.serviceNow.restStatus = 403;
  lab.serviceNow.presenceAnswer = "fails";
  const workspace = await open(page, lab);
  await choose(workspace, "Available");
  await expect(workspace.phoneButton).toHaveText(/Phone: Available/);
  const call = lab.connect.call({ username: ADA, from: NUMBER });
  await expect(workspace.subtitle).toHaveText("Accept the call");
  call.accept();
  await expect(workspace.subtitle).toHaveText("On a call");
  // What is refused once for good is not asked for again and again.
  const sunk = lab.serviceNow.restCalls.filter(({ path }) =>
    path.includes("sn_cti_core"),
  );
  expect(sunk).toHaveLength(1);
});

test("a missed call is over with one click in the workspace", async ({
  page,
  lab,
}) => {
  const workspace = await open(page, lab);
  await workspace.presence.selectOption("Available");
  await expect.poll(() => stateOf(lab)).toBe("Available");
  lab.connect.call({ username: ADA, from: NUMBER, ringTimeoutMs: 500 });
  await expect(workspace.subtitle).toHaveText("Close the call");
  await expect(workspace.presence).not.toHaveValue(/^$/);
  await workspace.presence.selectOption("Lunch");
  await workspace.presence.selectOption("Available");
  await expect.poll(() => stateOf(lab)).toBe("Available");
});

test("the record that belongs to a caller opens once, with the interaction", async ({
  page,
  lab,
}) => {
  const [consumer] = lab.serviceNow.tables.rows("csm_consumer");
  lab.serviceNow.setProperty(
    "connect_softphone.screen_pop",
    JSON.stringify({
      rules: [
        { open: "form", table: "csm_consumer", attribute: "consumer" },
        { open: "list", table: "csm_consumer", column: "business_phone" },
      ],
    }),
  );
  const workspace = await open(page, lab);
  await workspace.presence.selectOption("Available");
  await expect.poll(() => stateOf(lab)).toBe("Available");
  const call = lab.connect.call({
    username: ADA,
    from: NUMBER,
    attributes: { consumer: consumer.sys_id },
  });
  await expect(workspace.subtitle).toHaveText("Accept the call");
  call.accept();
  await expect(page.getByRole("tab", { name: "Kim Customer" })).toHaveCount(2);
  const opened = () =>
    lab.serviceNow.calls.filter(({ method }) =>
      method.startsWith("openServiceNow"),
    );
  expect(opened()).toHaveLength(1);
  expect(opened()[0].args[0]).toMatchObject({
    entity: "csm_consumer",
    query: `sys_id=${consumer.sys_id}`,
    interaction_sys_id: lab.serviceNow.interactions[0].sys_id,
  });
  // What a caller's flow has set is never more than a value.
  call.hangUp();
  call.clear();
  const hostile = lab.connect.call({
    username: ADA,
    from: "+14155550100",
    attributes: { consumer: "x^ORactive=true&sysparm_stack=no" },
  });
  await expect(workspace.subtitle).toHaveText("Accept the call");
  hostile.accept();
  await expect(
    page.getByRole("tab", { name: /csm_consumer \(/ }),
  ).toBeVisible();
  expect(opened()[1].args[0].query).toBe("business_phoneENDSWITH14155550100");
});

test("what the agent does in the workspace keeps them active in Connect", async ({
  page,
  lab,
}) => {
  const workspace = await open(page, lab);
  await workspace.presence.selectOption("Available");
  await expect.poll(() => stateOf(lab)).toBe("Available");
  const before = lab.connect.activities.length;
  lab.serviceNow.send("openframe_heart_beat", {
    lastUiActivity: new Date(Date.now()).toISOString(),
    sessionLoggedIn: true,
  });
  await expect
    .poll(() => lab.connect.activities.length)
    .toBeGreaterThan(before);
});

test("a workspace that is left after all closes the phone, and one that stays has it again", async ({
  page,
  lab,
}) => {
  lab.serviceNow.openAtStart = true;
  const workspace = await open(page, lab);
  const phone = workspace.phone.locator("[data-softphone-phase]");
  await expect(phone).toHaveAttribute("data-softphone-phase", "ready");
  const opened = () =>
    lab.serviceNow.calls.filter(({ method }) => method === "init").length;
  expect(opened()).toBe(1);
  lab.serviceNow.send("openframe_before_destroy", {});
  await expect.poll(opened).toBe(2);
  await expect(phone).toHaveAttribute("data-softphone-phase", "ready");

  // A call is not hung up for it.
  await workspace.presence.selectOption("Available");
  await expect.poll(() => stateOf(lab)).toBe("Available");
  const call = lab.connect.call({ username: ADA, from: NUMBER });
  await expect(workspace.subtitle).toHaveText("Accept the call");
  call.accept();
  await expect(workspace.subtitle).toHaveText("On a call");
  lab.serviceNow.send("openframe_before_destroy", {});
  const asked = page.waitForEvent("dialog");
  const left = page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await left;
  await expect(phone).toHaveAttribute("data-softphone-phase", "ready");
  expect(opened()).toBe(2);
  call.hangUp();
  await expect(workspace.subtitle).toHaveText("Finish the wrap-up");
});
