import type {
  SoftphoneContact,
  SoftphoneQuickConnect,
} from "connect-softphone";
import { ADA, expect, test } from "./desk.js";

const others = (contact: SoftphoneContact) =>
  contact.participants.slice(1).map(({ label, state }) => `${label} ${state}`);

/** The test that needs a call that more than three can be on. */
const many = "a third party is held, resumed, muted and removed by themselves";

test.beforeEach(async ({ lab, desk }, { title }) => {
  lab.connect.answerAfterMs = null;
  lab.connect.multiPartyConference = title === many;
  lab.connect.call({ username: ADA, from: "+12065550142" });
  await desk.until("offered");
  await desk.does("accept");
});

test("a consultation is swapped, becomes a conference, and is left", async ({
  lab,
  desk,
}) => {
  const asked = await desk.does("consult", "+1 (206) 555-0199");
  expect(others(asked)).toEqual([
    "+12065550142 held",
    "+12065550199 connecting",
  ]);
  expect(asked.cannot.conference).toBe("Somebody is still being called.");
  lab.connect.calls.at(-1)!.answer();
  await expect
    .poll(async () => others(await desk.contact()))
    .toEqual(["+12065550142 held", "+12065550199 connected"]);
  expect(others(await desk.does("swap"))).toEqual([
    "+12065550142 connected",
    "+12065550199 held",
  ]);
  expect(others(await desk.does("conference"))).toEqual([
    "+12065550142 connected",
    "+12065550199 connected",
  ]);
  expect((await desk.act("hangUp")).code).toBe("NOT_POSSIBLE_NOW");
  const left = await desk.does("leave");
  expect(left).toMatchObject({ phase: "wrapUp", participants: [] });
});

test("a quick connect is found, transferred to, and called by its name", async ({
  lab,
  desk,
}) => {
  const found = await desk.run<{
    items: SoftphoneQuickConnect[];
    incomplete: string[];
  }>("quickConnects", { search: "GRACE" });
  expect(found.value?.items.map(({ name }) => name)).toEqual(["Grace Example"]);
  expect(found.value?.incomplete).toEqual([]);
  const transferred = desk.act("transfer", found.value?.items[0]);
  await expect
    .poll(async () => (await desk.contacts())[0].participants.at(-1)?.label)
    .toBe("Grace Example");
  lab.connect.calls.at(-1)!.answer();
  expect((await transferred).value?.phase).toBe("wrapUp");
});

test(
  "a transfer that is not answered gives the customer back",
  { tag: "@transfer-not-answered" },
  async ({ lab, desk }) => {
    const transferred = desk.act("transfer", "+12065550199");
    await expect
      .poll(async () => (await desk.contact()).participants.length)
      .toBe(3);
    lab.connect.calls.at(-1)!.noAnswer();
    expect((await transferred).code).toBe("TRANSFER_NOT_ANSWERED");
    const contact = await desk.contact();
    expect(others(contact)).toEqual(["+12065550142 connected"]);
    expect(contact.can.hangUp).toBe(true);
  },
);

test("a transfer leaves at once where it is told to", async ({ desk }) => {
  const { value } = await desk.act("transfer", "+12065550199", { leave: true });
  expect(value?.phase).toBe("wrapUp");
});

test(many, async ({ lab, desk }) => {
  const third = (await desk.does("consult", "+12065550199")).participants[2].id;
  lab.connect.calls.at(-1)!.answer();
  await expect
    .poll(async () => (await desk.contact()).participants[2].state)
    .toBe("connected");
  const state = async (name: Parameters<typeof desk.does>[0]) =>
    (await desk.does(name, third)).participants[2];
  expect((await state("holdParticipant")).held).toBe(true);
  expect((await state("resumeParticipant")).held).toBe(false);
  expect((await state("muteParticipant")).muted).toBe(true);
  const { code } = await desk.act("unmuteParticipant", third);
  expect(code).toBe("NOT_POSSIBLE_NOW");
  expect(
    (await desk.does("removeParticipant", third)).participants,
  ).toHaveLength(2);
});

test("two calls at once", async ({ lab, desk }) => {
  lab.connect.call({ username: ADA, alongside: true });
  await expect
    .poll(async () => (await desk.contacts()).map(({ phase }) => phase))
    .toEqual(["talking", "offered"]);
  const [first, second] = await desk.contacts();
  expect((await desk.run("accept", second.id)).value?.phase).toBe("talking");
  expect((await desk.run("hangUp", second.id)).value?.phase).toBe("wrapUp");
  await desk.run("resume", first.id);
  expect((await desk.contacts()).map(({ phase }) => phase)).toEqual([
    "talking",
    "wrapUp",
  ]);
});
