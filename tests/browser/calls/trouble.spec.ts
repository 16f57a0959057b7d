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
  "a 403, which Streams drops, ends in words",
  { tag: "@command-denied" },
  async ({ lab, desk }) => {
    await talking({ lab, desk });
    lab.connect.faults.denied("HoldConnection");
    lab.connect.faults.denied("PutAgentState");
    const ended = await Promise.all([
      desk.act("hold"),
      desk.run("setState", "Lunch"),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([
      "COMMAND_TIMEOUT",
      "COMMAND_TIMEOUT",
    ]);
    expect((await desk.contact()).can.hold).toBe(true);
  },
);

test(
  "a refusal has its reason, and what was done all the same is done",
  { tag: "@command-refused" },
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
  { tag: ["@contact-gone", "@not-possible-now"] },
  async ({ lab, desk }) => {
    expect((await desk.run("accept", "none")).code).toBe("CONTACT_GONE");
    const call = lab.connect.call({ username: ADA });
    const { id } = await desk.until("offered");
    const { code, message } = await desk.run("hold", id);
    expect({ code, message }).toEqual({
      code: "NOT_POSSIBLE_NOW",
      message: "The call is not in a state for that.",
    });
    lab.connect.faults.silent("AcceptContact");
    const accepted = desk.run("accept", id);
    await expect
      .poll(async () => (await desk.contact()).can.accept)
      .toBe(false);
    call.hangUp();
    expect((await accepted).code).toBe("CONTACT_GONE");
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

test(
  "a mute that the CCP does not confirm is not certain",
  { tag: "@mute-not-confirmed" },
  async ({ lab, desk }) => {
    await talking({ lab, desk });
    lab.connect.localMute = "ignored";
    const { code } = await desk.run("mute");
    expect(code).toBe("MUTE_NOT_CONFIRMED");
  },
);
