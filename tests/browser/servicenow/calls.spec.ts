import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

// Everything here is done in ServiceNow: in its inbox, its Interaction Controls and its records. The phone's own window is
// never touched.

const ADA = "ada@example.com";
const NUMBER = "+12065550142";

/** The workspace of an agent who has set themselves to Available there. */
async function open(page: Page, lab: Lab, controls: "ccp" | "icc" = "icc") {
  lab.serviceNow.setProperty("connect_softphone.controls", controls);
  await page.context().addCookies([lab.idp.beginSession(ADA)]);
  const workspace = await Workspace.open(page, lab);
  await workspace.presence.selectOption("Available");
  await expect(workspace.phoneButton).toHaveText(/Phone: Available/);
  return workspace;
}

const card = (workspace: Workspace) =>
  workspace.page.getByRole("article", { name: "Offered call" });
const call = (workspace: Workspace) =>
  workspace.page.getByRole("article", { name: "Active call" });

/** Accepts the call that is offered, on the card in the inbox. */
async function accept(workspace: Workspace) {
  await card(workspace).getByRole("button", { name: "Accept" }).click();
  await expect(call(workspace)).toBeVisible();
}

/** The states of the interactions, oldest first. */
const interactions = (lab: Lab) =>
  lab.serviceNow.interactions.map(({ state }) => state);

test.afterEach(({ lab }) => {
  expect(lab.serviceNow.violations).toEqual([]);
  expect(lab.serviceNow.pageErrors).toEqual([]);
});

test("a call from ring to wrap-up, by the Interaction Controls alone", async ({
  page,
  lab,
  noise,
}) => {
  noise.secret("a phone number", NUMBER);
  const workspace = await open(page, lab);
  const made = lab.connect.call({ username: ADA, from: NUMBER });
  await expect(card(workspace)).toContainText(NUMBER);
  await expect(workspace.frame).toBeVisible();
  await accept(workspace);
  const shown = call(workspace);
  await expect(shown).toContainText(NUMBER);
  expect(made.state).toBe("connected");
  expect(interactions(lab)).toEqual(["work_in_progress"]);

  const press = (name: string) =>
    shown.getByRole("button", { name, exact: true }).first().click();
  await press("Mute");
  await expect(shown.getByRole("button", { name: "Unmute" })).toBeVisible();
  await press("Unmute");
  await expect(
    shown.getByRole("button", { name: "Mute", exact: true }),
  ).toBeVisible();
  await press("Hold");
  await expect(
    shown.getByRole("button", { name: "Resume", exact: true }).first(),
  ).toBeVisible();
  await press("Resume");
  await expect(
    shown.getByRole("button", { name: "Hold", exact: true }).first(),
  ).toBeVisible();
  // The panel is drawn anew at each change, which can swallow a click.
  await expect(async () => {
    await shown.getByText("Keypad").click();
    await expect(shown.getByRole("button", { name: "1" })).toBeVisible({
      timeout: 1000,
    });
  }).toPass();
  for (const key of "12#") await press(key);
  await expect
    .poll(() => made.connections.map(({ digits }) => digits).join(""))
    .toBe("12#");
  await press("End call");
  await expect(call(workspace)).toHaveCount(0);
  await expect(workspace.subtitle).toHaveText("Finish the wrap-up");

  const [interaction] = lab.serviceNow.interactions;
  lab.serviceNow.send("openframe_wrap_up_submitted", {
    wrapUp: {
      external: true,
      recordId: interaction.sys_id,
      recordTable: "interaction",
      wrapUpSegmentId: "1",
    },
  });
  await expect(workspace.subtitle).toHaveText("Available");
  await expect.poll(() => interactions(lab)).toEqual(["closed_complete"]);
});

test("a call is declined on its card", async ({ page, lab }) => {
  const workspace = await open(page, lab);
  const made = lab.connect.call({ username: ADA, from: NUMBER });
  await card(workspace).getByRole("button", { name: "Decline" }).click();
  await expect.poll(() => made.state).not.toBe("connecting");
  await expect(call(workspace)).toHaveCount(0);
  expect(interactions(lab)).toEqual([]);
});

test("a click on a number in a record calls it, and the interaction belongs to the record", async ({
  page,
  lab,
}) => {
  const workspace = await open(page, lab);
  await page.getByRole("button", { name: "Call business phone" }).dblclick();
  await expect(call(workspace)).toContainText("+14155550100");
  expect(lab.connect.calls).toHaveLength(1);
  await expect(call(workspace)).toContainText("connected");
  await expect
    .poll(() =>
      lab.serviceNow.interactions.map(
        ({ lab_related_records }) => lab_related_records,
      ),
    )
    .toEqual([expect.stringContaining("csm_consumer")]);
  await call(workspace)
    .getByRole("button", { name: "End call", exact: true })
    .click();
  await expect(call(workspace)).toHaveCount(0);
});

test("a call is transferred to somebody who was searched for", async ({
  page,
  lab,
}) => {
  lab.connect.answerAfterMs = null;
  const workspace = await open(page, lab);
  lab.connect.call({ username: ADA, from: NUMBER });
  await accept(workspace);
  await call(workspace).getByRole("button", { name: "Transfer" }).click();
  const transfer = page.locator("#transfer");
  await transfer.getByLabel("Kind").selectOption("Queues");
  await transfer.getByRole("button", { name: "Search" }).click();
  await transfer
    .locator("li", { hasText: "Billing" })
    .getByRole("button", { name: "Consult" })
    .click();
  await expect(call(workspace)).toContainText("Billing");
  lab.connect.calls.at(-1)!.answer();
  await call(workspace).getByRole("button", { name: "Merge" }).click();
  await expect(
    call(workspace).locator("li", { hasText: NUMBER }),
  ).not.toContainText("on hold");
  await call(workspace)
    .getByRole("button", { name: "Leave and transfer" })
    .click();
  await expect(call(workspace)).toHaveCount(0);
});

test("a queued callback is called from the Interaction Controls", async ({
  page,
  lab,
}) => {
  const workspace = await open(page, lab);
  lab.connect.callback({ username: ADA });
  await accept(workspace);
  await expect(call(workspace)).toContainText("connected");
  await call(workspace)
    .getByRole("button", { name: "End call", exact: true })
    .click();
  await expect(call(workspace)).toHaveCount(0);
});

test("the dial pad calls, and a number that is none is told", async ({
  page,
  lab,
}) => {
  const workspace = await open(page, lab);
  await workspace.phoneButton.click();
  const dial = async (number: string) => {
    await workspace.dialPad.getByLabel("Number").fill(number);
    await workspace.dialPad
      .getByRole("button", { name: "Call", exact: true })
      .click();
  };
  await dial("12");
  await expect(page.locator("#toasts")).toContainText(/number/i);
  await dial("(206) 555-0199");
  await expect(call(workspace)).toContainText("+12065550199");
});

for (const form of ["wrapped", "plain"])
  test(`an action that nobody knows is told, and mapped by a property, ${form}`, async ({
    page,
    lab,
  }) => {
    lab.serviceNow.actionForm = form;
    const workspace = await open(page, lab);
    lab.connect.call({ username: ADA, from: NUMBER });
    await accept(workspace);
    const warned = page.waitForEvent("console", (message) =>
      message.text().includes("secretHold"),
    );
    lab.serviceNow.sendAction("secretHold", { who: NUMBER, deep: { a: 1 } });
    const text = (await warned).text();
    expect(text).toContain("who, deep, deep.a");
    expect(text).not.toContain(NUMBER);
    lab.serviceNow.setProperty(
      "connect_softphone.icc.actions",
      '{"secretHold": "hold"}',
    );
    page.on("dialog", (dialog) => dialog.accept());
    await workspace.load(lab);
    await expect(call(workspace)).toBeVisible();
    lab.serviceNow.sendAction("secretHold");
    await expect(
      call(workspace)
        .getByRole("button", { name: "Resume", exact: true })
        .first(),
    ).toBeVisible();
    // The call outlived the reload, and has one interaction.
    expect(interactions(lab)).toHaveLength(1);
  });

test("who logs out of ServiceNow is signed out, after the call", async ({
  page,
  lab,
}) => {
  const workspace = await open(page, lab);
  const made = lab.connect.call({ username: ADA, from: NUMBER });
  await accept(workspace);
  lab.serviceNow.send("openframe_heart_beat", { sessionLoggedIn: false });
  await expect(page.locator("#toasts")).toContainText("after this contact");
  made.hangUp();
  await expect(call(workspace)).toHaveCount(0);
  made.clear();
  await expect(workspace.subtitle).toHaveText("Signed out");
  expect(lab.connect.agent(ADA).state.name).toBe("Offline");
});

test("who logs in to ServiceNow again during the call stays signed in", async ({
  page,
  lab,
}) => {
  const workspace = await open(page, lab);
  const made = lab.connect.call({ username: ADA, from: NUMBER });
  await accept(workspace);
  lab.serviceNow.send("openframe_heart_beat", { sessionLoggedIn: false });
  await expect(page.locator("#toasts")).toContainText("after this contact");
  lab.serviceNow.send("openframe_heart_beat", { sessionLoggedIn: true });
  made.hangUp();
  await expect(call(workspace)).toHaveCount(0);
  made.clear();
  await expect(workspace.subtitle).toHaveText("Available");
  lab.connect.call({ username: ADA, from: NUMBER });
  await accept(workspace);
});
