import { ADA, expect, possible, test } from "./desk.js";

const NUMBER = "+12065550142";

test("a call is accepted, held, muted, keyed and ended, and each is told once", async ({
  lab,
  desk,
  noise,
}) => {
  noise.secret("a phone number", NUMBER);
  noise.secret("an attribute", "platinum-7");
  const call = lab.connect.call({
    username: ADA,
    from: NUMBER,
    attributes: { tier: "platinum-7" },
  });
  const offered = await desk.until("offered");
  expect(possible(offered)).toEqual(["accept", "reject"]);
  expect(offered).toMatchObject({
    kind: "call",
    direction: "inbound",
    customer: { number: NUMBER },
    queue: { name: "Support" },
    attributes: { tier: "platinum-7" },
    media: "here",
    cannot: {},
  });
  const talking = await desk.does("accept");
  expect(talking).toMatchObject({ phase: "talking", outcome: "answered" });
  expect(call.state).toBe("connected");
  expect((await desk.does("hold")).phase).toBe("held");
  expect((await desk.does("resume")).phase).toBe("talking");
  expect((await desk.does("mute")).muted).toBe(true);
  expect((await desk.run("unmute")).value?.muted).toBe(false);
  await desk.does("sendDigits", "12#");
  const digits = call.connections.map(({ digits }) => digits).join("");
  expect(digits).toBe("12#");
  await desk.does("reportIssue", { code: "ECHO", description: "An echo." });
  expect(call.issues).toEqual([{ issueCode: "ECHO", description: "An echo." }]);
  const ended = await desk.does("hangUp");
  expect(ended).toMatchObject({ phase: "wrapUp", endedBy: "agent" });
  expect(possible(ended)).toEqual(["finish", "reportIssue"]);
  expect((await desk.act("finish")).value).toBe(null);
  expect(await desk.contacts()).toEqual([]);
  expect(await desk.told()).toEqual([
    "added offered",
    "now talking",
    "now held",
    "now talking",
    "now wrapUp",
    "removed",
  ]);
});

const told = [
  "@call-missed",
  "@call-rejected",
  "@caller-left",
  "@softphone-failed-while-connecting",
];
test(
  "what became of a call that was not taken is told apart",
  { tag: told },
  async ({ lab, desk, noise }) => {
    noise.allow(/Softphone error occurred/);
    const becomes = async (phase: "over" | "wrapUp") => {
      const { outcome, endedBy } = await desk.until(phase);
      expect((await desk.act("finish")).value).toBe(null);
      await desk.run("setState", "Available");
      return { outcome, endedBy };
    };
    lab.connect.call({ username: ADA, ringTimeoutMs: 300 });
    expect(await becomes("over")).toEqual({
      outcome: "missed",
      endedBy: "unknown",
    });
    lab.connect.call({ username: ADA });
    await desk.until("offered");
    await desk.does("reject");
    expect(await becomes("over")).toEqual({
      outcome: "rejected",
      endedBy: "agent",
    });
    const left = lab.connect.call({ username: ADA });
    await desk.until("offered");
    left.hangUp();
    expect(await becomes("over")).toEqual({
      outcome: "callerLeft",
      endedBy: "other",
    });
    lab.connect.softphoneError = "ice_collection_timeout";
    lab.connect.faults.ignored("AcceptContact", { times: 1 });
    lab.connect.call({ username: ADA, ringTimeoutMs: 2000 });
    await desk.until("offered");
    expect((await desk.act("accept")).code).toBe("NO_AUDIO");
    expect(await becomes("over")).toEqual({
      outcome: "noAudio",
      endedBy: "unknown",
    });
    lab.connect.softphoneError = "";
    const call = lab.connect.call({ username: ADA });
    await desk.until("offered");
    await desk.does("accept");
    call.hangUp();
    expect(await becomes("wrapUp")).toMatchObject({ outcome: "answered" });
  },
);

test(
  "what another tab has accepted is accepted here",
  { tag: "@accepted-elsewhere" },
  async ({ lab, desk, noise }) => {
    noise.allow(/Accept Contact failed|API request failed/);
    const { faults, apiCalls } = lab.connect;
    for (const meets of [faults.silent, faults.refused]) {
      const call = lab.connect.call({ username: ADA });
      await desk.until("offered");
      const undo = meets("AcceptContact");
      apiCalls.length = 0;
      const accepted = desk.act("accept");
      await expect.poll(() => apiCalls.some(isAccept)).toBe(true);
      call.accept();
      expect((await accepted).value?.phase).toBe("talking");
      undo();
      await desk.does("hangUp");
      await desk.act("finish");
    }
  },
);

test("a call that is there when the page is loaded again is announced", async ({
  lab,
  page,
  host,
  desk,
}) => {
  lab.connect.call({ username: ADA });
  await desk.until("offered");
  await desk.does("accept");
  await page.reload();
  await host.untilPhase("ready");
  const contact = await desk.until("talking");
  expect(contact.can.hangUp).toBe(true);
  expect(await desk.told()).toContain("added talking");
  await desk.does("hangUp");
});

test("a listener may throw, call a command, and close the phone", async ({
  lab,
  page,
  host,
  noise,
  desk,
}) => {
  noise.allow(/a host's own mistake/);
  // Streams is in the middle of telling when the phone is closed, and finds nobody to tell any more.
  noise.allow(/'agent::update' event handler failed/);
  expect(await desk.contacts()).toEqual([]);
  await page.evaluate(() => {
    const phone = globalThis.host.phone!;
    phone.on("contactAdded", () => {
      throw new Error("a host's own mistake");
    });
    const stop = phone.on("contactAdded", ({ contact }) => {
      stop();
      void phone.accept(contact.id);
    });
    phone.on("contactChanged", ({ contact }) => {
      if (contact.phase === "talking") void phone.close();
    });
  });
  const call = lab.connect.call({ username: ADA });
  await host.untilPhase("closed");
  expect(call.state).toBe("connected");
  expect(await desk.told()).toEqual([
    "added offered",
    "now talking",
    "removed",
  ]);
});

test(
  "a queued callback is offered, calls its customer, and talks",
  { tag: ["@callback-new-connection", "@callback-missed"] },
  async ({ lab, desk }) => {
    lab.connect.callback({ username: ADA, ringTimeoutMs: 300 });
    expect(await desk.until("over")).toMatchObject({ outcome: "missed" });
    await expect.poll(() => desk.agentState()).toBe("Default");
    await desk.act("finish");
    await desk.run("setState", "Available");
    lab.connect.callback({ username: ADA });
    const offered = await desk.until("offered");
    expect(offered.kind).toBe("callback");
    const accepted = await desk.does("accept");
    expect(["connecting", "talking"]).toContain(accepted.phase);
    await desk.until("talking");
    await desk.does("hold");
    await desk.does("hangUp");
    await desk.act("finish");
    lab.connect.callback({ username: ADA, customerFirst: true });
    await desk.until("offered");
    expect((await desk.does("accept")).phase).toBe("talking");
  },
);

function isAccept({ operation }: { operation: string }) {
  return operation === "AcceptContact";
}
