import { expect, test } from "../support/fixtures.js";
import { Workspace } from "../support/workspace.js";

const ADA = "ada@example.com";

test("what the workspace may be made to send neither calls nor breaks anything", async ({
  page,
  lab,
}) => {
  const { serviceNow } = lab;
  serviceNow.setProperty("connect_softphone.controls", "icc");
  for (const [name, value] of Object.entries({
    presence: "[1, 2]",
    "icc.actions": '{"x": 7}',
    "frame.expand_on_offer": "perhaps",
    screen_pop: '{"rules": [{"open": "window"}]}',
    interaction: "true",
    "openframe.url": "/scripts/openframe/latest/openFrameAPI.min.js",
    identity: "USER_NAME",
  }))
    serviceNow.setProperty(`connect_softphone.${name}`, value);
  const told: string[] = [];
  page.on("console", (message) => told.push(message.text()));
  await page.context().addCookies([lab.idp.beginSession(ADA)]);
  const workspace = await Workspace.open(page, lab);
  await workspace.presence.selectOption("Available");
  await expect(workspace.phoneButton).toHaveText(/Phone: Available/);
  for (const name of ["presence", "icc.actions", "expand_on_offer", "rules"])
    expect(told.some((text) => text.includes(name))).toBe(true);

  const many = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [`key${at}`, "x".repeat(200)]),
  );
  const markup = '<img src=x onerror="alert(1)">';
  for (const payload of [
    undefined,
    null,
    7,
    "{",
    [],
    many,
    { action: null },
    { action: { name: {}, payload: [] } },
    { action: { name: "mute", payload: many } },
    { action: { name: "transfer", payload: { targetId: markup } } },
    { action: { name: "outboundCallInitiated", payload: { phoneNumber: {} } } },
    { action: { name: markup, payload: { __proto__: { polluted: true } } } },
    '{"action": {"name": "endCall", "payload": {"__proto__": {"polluted": 1}}}}',
  ])
    serviceNow.send("interaction_control_action", payload);
  for (const payload of [
    undefined,
    "OUTGOING_CALL",
    { type: "OUTGOING_CALL", data: { metaData: { phoneNumber: markup } } },
    { type: "OUTGOING_CALL", data: { metaData: { phoneNumber: ["+1"] } } },
    { type: "TEXT", data: { metaData: { phoneNumber: "+12065550100" } } },
    { data: { metaData: { phoneNumber: "javascript:alert(1)" } } },
  ])
    serviceNow.send("openframe_communication", payload);
  for (const event of [
    "openframe_heart_beat",
    "openframe_awa_agent_presence",
    "openframe_awa_workitem_accepted",
    "openframe_awa_client_offer",
    "openframe_wrap_up_submitted",
  ])
    for (const payload of [undefined, null, "x", 7, [], many, { result: 7 }])
      serviceNow.send(event, payload);

  serviceNow.sendAction("theLast");
  await expect.poll(() => told.join(" ")).toContain("theLast");

  // The phone is the same as before, and takes a call.
  lab.connect.call({ username: ADA, from: "+12065550142" });
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(
    page.getByRole("article", { name: "Active call" }),
  ).toBeVisible();
  expect(lab.connect.calls).toHaveLength(1);
  const phone = page.frame("gsft_openframe")!;
  expect(await phone.evaluate("({}).polluted")).toBe(undefined);
  expect(told.some((text) => text.includes("onerror"))).toBe(false);
});
