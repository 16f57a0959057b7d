import type { SoftphoneAgent } from "connect-softphone";
import { ADA, expect, test } from "./desk.js";

test("a number is dialled, rings, is answered, and talks", async ({
  lab,
  desk,
}) => {
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

  await desk.run("dial", "+12065550101");
  lab.connect.calls.at(-1)!.noAnswer();
  await expect
    .poll(async () => (await desk.contacts())[0]?.outcome ?? "gone")
    .toMatch(/noAnswer|gone/);
});

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

test.describe("an agent without the permission", () => {
  test.beforeEach(({ lab }) => {
    lab.connect.users.get(ADA)!.permissions = ["none"];
  });

  test("cannot call out", { tag: "@dial-not-allowed" }, async ({ desk }) => {
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

test("states are chosen, queued and cleared", async ({ lab, desk }) => {
  const state = async (
    name: "setState" | "clearNextState",
    ...given: unknown[]
  ) => {
    const ended = await desk.run<SoftphoneAgent>(name, ...given);
    expect(ended.code).toBe(undefined);
    return [ended.value!.state, ended.value!.nextState];
  };
  expect(await state("setState", "Lunch")).toEqual(["Lunch", null]);
  expect(await state("setState", "Available")).toEqual(["Available", null]);
  lab.connect.call({ username: ADA });
  await desk.until("offered");
  await desk.does("accept");
  expect(await state("setState", "Lunch")).toEqual(["Busy", "Lunch"]);
  expect(await state("clearNextState")).toEqual(["Busy", null]);
  const wrong = await desk.run("setState", "Brunch");
  expect(wrong.code).toBe("ARGUMENT_INVALID");
  expect(wrong.message).toContain("Available, Offline, Lunch");
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
