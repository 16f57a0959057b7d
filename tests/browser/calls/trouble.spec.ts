import { ADA, expect, test } from "./desk.js";

// These tests wait for deadlines of the phone.
test.use({ slowness: 1 });

test.beforeEach(({ noise }) => {
  // Streams writes down what Amazon refuses.
  noise.allow(/Accept Contact failed|API request failed/);
});

async function talking({ lab, desk }: { lab: any; desk: any }) {
  lab.connect.call({ username: ADA });
  await desk.until("offered");
  await desk.does("accept");
}

test(
  "what Streams drops, and what Amazon never answers, ends in words",
  { tag: ["@command-denied", "@command-silent", "@dial-comes-to-nothing"] },
  async ({ lab, desk }) => {
    await talking({ lab, desk });
    const { faults } = lab.connect;
    faults.denied("HoldConnection");
    faults.denied("PutAgentState");
    faults.denied("UpdateAgentConfiguration");
    faults.silent("SendDigits");
    faults.silent("GetEndpoints");
    faults.ignored("CreateOutboundContact");
    const ended = await Promise.all([
      desk.act("hold"),
      desk.act("sendDigits", "1"),
      desk.run("setState", "Lunch"),
      desk.run("setPhoneType", "deskPhone", "+12065550123"),
      desk.run("quickConnects"),
      desk.run("dial", "+12065550100"),
    ]);
    expect(ended.map(({ code }) => code)).toEqual(
      ended.map(() => "COMMAND_TIMEOUT"),
    );
    const { can } = await desk.contact();
    expect([can.hold, can.sendDigits]).toEqual([true, true]);
  },
);

test(
  "a session that Amazon refuses settles what was asked",
  { tag: "@command-unauthorized" },
  async ({ lab, desk, host }) => {
    await talking({ lab, desk });
    lab.connect.faults.unauthorized("HoldConnection", { times: 1 });
    expect((await desk.act("hold")).code).toBe("SESSION_ENDED");
    // The CCP had only lost its token.
    await host.untilPhase("ready");
    expect((await desk.does("hold")).phase).toBe("held");
  },
);

test(
  "a refusal has its reason, and what was done all the same is done",
  {
    tag: [
      "@command-refused",
      "@command-refused-but-done",
      "@command-ignored",
      "@command-done-silently",
      "@command-done-late",
    ],
  },
  async ({ lab, desk }) => {
    await talking({ lab, desk });
    const type = "InvalidStateException";
    lab.connect.faults.refused("HoldConnection", { type, times: 1 });
    const { code, message, cause } = await desk.act("hold");
    expect({ code, message }).toEqual({
      code: "COMMAND_REFUSED",
      message: "That is not possible any more, or not yet.",
    });
    expect(cause).toContain(type);
    lab.connect.faults.doneButRefused("HoldConnection", { type, times: 1 });
    expect((await desk.does("hold")).phase).toBe("held");
    // Taken, and nothing done: once more, and it works.
    lab.connect.faults.ignored("ResumeConnection", { times: 1 });
    expect((await desk.does("resume")).phase).toBe("talking");
    lab.connect.faults.doneSilently("HoldConnection", { times: 1 });
    expect((await desk.does("hold")).phase).toBe("held");
    lab.connect.faults.doneLate("ResumeConnection", 1000, { times: 1 });
    expect((await desk.does("resume")).phase).toBe("talking");
  },
);

test(
  "a contact that is accepted and never connected had no audio",
  { tag: "@accepted-without-audio" },
  async ({ lab, desk }) => {
    lab.connect.call({ username: ADA });
    await desk.until("offered");
    lab.connect.faults.ignored("AcceptContact");
    const accepted = desk.act("accept");
    await expect
      .poll(async () => (await desk.contact()).can.accept)
      .toBe(false);
    expect((await accepted).code).toBe("NO_AUDIO");
  },
);

test(
  "a contact that is not there is gone, and the state says what is possible",
  { tag: ["@contact-gone", "@not-possible-now", "@command-answered-late"] },
  async ({ lab, desk }) => {
    expect((await desk.run("accept", "none")).code).toBe("CONTACT_GONE");
    const call = lab.connect.call({ username: ADA });
    const { id } = await desk.until("offered");
    const { code, message } = await desk.run("hold", id);
    expect({ code, message }).toEqual({
      code: "NOT_POSSIBLE_NOW",
      message: "The call is not in a state for that.",
    });
    lab.connect.fail("AcceptContact", { status: 400, delayMs: 1000, times: 1 });
    const accepted = desk.run("accept", id);
    await expect
      .poll(async () => (await desk.contact()).can.accept)
      .toBe(false);
    call.hangUp();
    expect((await accepted).code).toBe("CONTACT_GONE");
    await expect
      .poll(() => desk.diagnostics())
      .toContain("Amazon Connect refused a command after it was over.");
  },
);

test(
  "a CCP that is loaded again settles what was asked of the one before",
  { tag: "@command-reset" },
  async ({ lab, desk, page, host }) => {
    await talking({ lab, desk });
    lab.connect.faults.silent("HoldConnection");
    const held = desk.act("hold");
    await expect.poll(async () => (await desk.contact()).can.hold).toBe(false);
    await page.evaluate(() => {
      const frame = document.querySelector("iframe")!;
      frame.src = String(frame.src);
    });
    expect((await held).code).toBe("CONNECTION_RESET");
    await host.untilPhase("ready");
  },
);
