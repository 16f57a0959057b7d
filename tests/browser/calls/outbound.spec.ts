import type { SoftphoneAgent } from "connect-softphone";
import { ADA, expect, test } from "./desk.js";

const dialled = [
  "@outbound-rings-as-connected",
  "@outbound-not-answered",
  "@dialled-twice",
  "@number-refused",
];
test(
  "a number is dialled, rings, is answered, and talks",
  { tag: dialled },
  async ({ lab, desk, noise }) => {
    noise.allow(/API request failed/);
    lab.connect.answerAfterMs = null;
    // Chromium's language is en-US here, and the agent can call the United States.
    const dialled = await desk.run("dial", "(206) 555-0100 x12");
    expect(dialled.value).toMatchObject({
      direction: "outbound",
      phase: "connecting",
      customer: { number: "+12065550100" },
    });
    expect(dialled.value).not.toHaveProperty("answeredAtMs");
    lab.connect.calls.at(-1)!.answer();
    expect(await desk.until("talking")).toHaveProperty("answeredAtMs");
    await desk.does("hangUp");
    await desk.act("finish");

    lab.connect.failedDialMs = 60_000;
    await desk.run("dial", "+12065550101");
    lab.connect.calls.at(-1)!.noAnswer();
    expect(await desk.until("over")).toMatchObject({ outcome: "noAnswer" });
    await desk.act("finish");

    const type = "BadEndpointException";
    lab.connect.faults.refused("CreateOutboundContact", { type, times: 1 });
    const [refused, twice] = await Promise.all([
      desk.run("dial", "+12065550102"),
      desk.run("dial", "+12065550102"),
    ]);
    expect([refused.code, twice.code]).toEqual([
      "NUMBER_INVALID",
      "NUMBER_INVALID",
    ]);
    const made = lab.connect.calls.length;
    await desk.run("dial", "+12065550103");
    expect(lab.connect.calls).toHaveLength(made + 1);
    expect((await desk.run("dial", "+12065550103")).code).toBe(
      "NOT_POSSIBLE_NOW",
    );
  },
);

test(
  "a customer who calls while the agent dials is not who was dialled",
  { tag: "@dial-overtaken" },
  async ({ lab, desk }) => {
    lab.connect.inboundOvertakesMs = 500;
    const { value } = await desk.run("dial", "+12065550100");
    expect(value).toMatchObject({
      direction: "outbound",
      customer: { number: "+12065550100" },
    });
    const all = await desk.contacts();
    expect(all.map(({ direction }) => direction)).toEqual([
      "inbound",
      "outbound",
    ]);
  },
);

test(
  "what is no phone number is not sent",
  { tag: "@number-invalid" },
  async ({ lab, desk }) => {
    const before = lab.connect.apiCalls.length;
    for (const number of ["555", "hello", "+0123456789", "+1", "0049"])
      expect((await desk.run("dial", number)).code, number).toBe(
        "NUMBER_INVALID",
      );
    expect((await desk.run("dial", 5)).code).toBe("ARGUMENT_INVALID");
    const sent = lab.connect.apiCalls.slice(before);
    expect(sent.map(({ operation }) => operation)).not.toContain(
      "CreateOutboundContact",
    );
  },
);

for (const [what, tag, fields] of [
  ["permission", "@dial-not-allowed", { permissions: ["none"] }],
  ["queue to call for", "@dial-without-queue", { defaultOutboundQueue: null }],
] as const)
  test.describe(`an agent without a ${what}`, () => {
    test.beforeEach(({ lab }) => {
      Object.assign(lab.connect.users.get(ADA)!, fields);
    });

    test("cannot call out", { tag }, async ({ desk }) => {
      const { code, message } = await desk.run("dial", "+12065550100");
      expect({ code, message }).toEqual({
        code: "NOT_ALLOWED",
        message: "You cannot call out from here.",
      });
    });
  });

test("a country that the agent cannot call is not called", async ({ desk }) => {
  const { code, message } = await desk.run("dial", "+41 44 668 18 00");
  expect({ code, message }).toEqual({
    code: "NOT_ALLOWED",
    message: "You cannot call this country from here.",
  });
});

test("what the module does not wrap is at hand", async ({ page, desk }) => {
  expect(await desk.contacts()).toEqual([]);
  const amazon = () =>
    page.evaluate(() => {
      const { amazon } = globalThis.host.phone!;
      return amazon && amazon.streams === Reflect.get(globalThis, "connect");
    });
  expect(await amazon()).toBe(true);
  await page.evaluate(() => globalThis.host.phone!.close());
  expect(await amazon()).toBe(null);
});

test("calls come to a desk phone, and back to the browser", async ({
  lab,
  desk,
}) => {
  const agent = () => lab.connect.agent(ADA).configuration;
  const set = (...given: unknown[]) =>
    desk.run<SoftphoneAgent>("setPhoneType", ...given);
  expect((await set("deskPhone", "+12065550123")).value).toMatchObject({
    phoneType: "deskPhone",
    deskNumber: "+12065550123",
  });
  expect(agent()).toMatchObject({
    softphoneEnabled: false,
    extension: "+12065550123",
  });
  expect((await set("softphone")).value?.phoneType).toBe("softphone");
  expect((await set("pager")).code).toBe("ARGUMENT_INVALID");
});
