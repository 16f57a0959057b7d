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

const consulted = [
  "@third-party-unannounced",
  "@resume-of-both",
  "@left-connections-linger",
];
test(
  "a consultation is swapped, becomes a conference, and is left",
  { tag: consulted },
  async ({ lab, desk }) => {
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
    // With one line for two, they come off hold together or not at all.
    expect((await desk.does("hold")).phase).toBe("held");
    expect(others(await desk.does("resume"))).toEqual([
      "+12065550142 connected",
      "+12065550199 connected",
    ]);
    expect((await desk.act("hangUp")).code).toBe("NOT_POSSIBLE_NOW");
    const left = await desk.does("leave");
    expect(left).toMatchObject({ phase: "wrapUp", participants: [] });
  },
);

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

test(
  "a transfer leaves at once where it is told to",
  { tag: "@left-before-answer" },
  async ({ desk }) => {
    const { value } = await desk.act("transfer", "+12065550199", {
      leave: true,
    });
    expect(value).toMatchObject({ phase: "wrapUp", participants: [] });
  },
);

const queued = [
  "@flow-answers-first",
  "@third-party-nameless",
  "@customer-leaves-consultation",
];
test(
  "a flow answers for whom it calls, and the customer may leave meanwhile",
  { tag: queued },
  async ({ lab, desk }) => {
    lab.connect.flowAnswersAfterMs = null;
    const [grace] = (
      await desk.run<{ items: SoftphoneQuickConnect[] }>("quickConnects", {
        search: "grace",
      })
    ).value!.items;
    const asked = await desk.does("consult", grace);
    expect(others(asked)[1]).toBe("Grace Example connecting");
    const call = lab.connect.calls.at(-1)!;
    call.answer();
    const waits = ["+12065550142 held", "Grace Example connectedToQueue"];
    await expect.poll(async () => others(await desk.contact())).toEqual(waits);
    call.personAnswers(); // Of that, Amazon says nothing.
    expect(others(await desk.does("mute"))).toEqual(waits);
    call.hangUp();
    await expect
      .poll(async () => others(await desk.contact()))
      .toEqual(["Grace Example connectedToQueue"]);
    const left = await desk.contact();
    expect(left.phase).toBe("talking");
    expect([left.can.conference, left.can.leave, left.can.hangUp]).toEqual([
      false,
      false,
      true,
    ]);
    expect((await desk.does("hangUp")).phase).toBe("wrapUp");
  },
);

test(many, { tag: "@resume-too-soon" }, async ({ lab, desk, noise }) => {
  noise.allow(/API request failed/);
  const third = (await desk.does("consult", "+12065550199")).participants[2].id;
  lab.connect.calls.at(-1)!.answer();
  await expect
    .poll(async () => (await desk.contact()).participants[2].state)
    .toBe("connected");
  const state = async (name: Parameters<typeof desk.does>[0]) =>
    (await desk.does(name, third)).participants[2];
  expect((await state("holdParticipant")).held).toBe(true);
  expect((await state("resumeParticipant")).held).toBe(false);
  // Amazon's voice service needs its time between two.
  expect((await desk.does("hold")).phase).toBe("held");
  lab.connect.resumePauseMs = 400;
  lab.connect.apiCalls.length = 0;
  expect(others(await desk.does("resume"))).toEqual([
    "+12065550142 connected",
    "+12065550199 connected",
  ]);
  const resumed = lab.connect.apiCalls.filter(
    ({ operation }) => operation === "ResumeConnection",
  );
  expect(resumed.length).toBeGreaterThan(2);
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
