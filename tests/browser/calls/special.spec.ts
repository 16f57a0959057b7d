import { ADA, expect, test } from "./desk.js";

test.beforeEach(({ lab }) => {
  lab.connect.answerAfterMs = null;
});

test("a customer of a campaign is looked at, and called", async ({
  lab,
  desk,
}) => {
  const call = lab.connect.preview({ username: ADA, from: "+12065550142" });
  await desk.until("offered");
  expect(await desk.does("accept")).toMatchObject({
    phase: "connecting",
    direction: "outbound",
  });
  await expect
    .poll(async () => (await desk.contact()).preview?.canDiscard)
    .toBe(true);
  const { preview, can, customer } = await desk.contact();
  expect(preview!.dialsAtMs).toBeGreaterThan(Date.now());
  expect(can).toMatchObject({
    dialPreview: true,
    discardPreview: true,
    hangUp: false,
  });
  expect(customer.number).toBe("+12065550142");
  expect((await desk.does("dialPreview")).preview).toBeUndefined();
  call.answer();
  await desk.until("talking");
});

test("a customer of a campaign is let be, where the campaign allows it", async ({
  lab,
  desk,
}) => {
  lab.connect.preview({ username: ADA, canDiscard: false });
  await desk.until("offered");
  await desk.does("accept");
  await expect
    .poll(async () => (await desk.contact()).cannot.discardPreview)
    .toBe("This customer has to be called.");
  expect((await desk.act("discardPreview")).code).toBe("NOT_POSSIBLE_NOW");
  await desk.does("dialPreview");
  await desk.does("hangUp");
  expect((await desk.act("finish")).value).toBeNull();

  lab.connect.agent(ADA).setState("Available");
  lab.connect.preview({ username: ADA });
  await desk.until("offered");
  await desk.does("accept");
  await expect
    .poll(async () => (await desk.contact()).can.discardPreview)
    .toBe(true);
  expect((await desk.does("discardPreview")).phase).toBe("wrapUp");
});

test("a campaign calls by itself, and a refusal is told in Amazon's words", async ({
  lab,
  desk,
}) => {
  const call = lab.connect.preview({ username: ADA });
  await desk.until("offered");
  await desk.does("accept");
  await expect
    .poll(async () => (await desk.contact()).can.discardPreview)
    .toBe(true);
  lab.connect.sdkRefused = true;
  const refused = await desk.act("dialPreview");
  expect(refused.code).toBe("COMMAND_REFUSED");
  expect(refused.cause).toContain("the agent may not do that");
  call.engage(); // By the campaign.
  await expect.poll(async () => (await desk.contact()).preview).toBeUndefined();
});

test("a supervisor listens, barges in, and listens again", async ({
  lab,
  desk,
}) => {
  lab.connect.monitor(ADA);
  expect(await desk.until("talking")).toMatchObject({
    monitoring: "silentMonitor",
    can: { bargeIn: true, monitor: false, mute: false },
  });
  expect(await desk.does("bargeIn")).toMatchObject({
    monitoring: "barge",
    can: { bargeIn: false, monitor: true, mute: true },
  });
  expect((await desk.does("monitor")).monitoring).toBe("silentMonitor");
  expect((await desk.does("hangUp")).monitoring).toBeUndefined();
});

test("the agent's voice is enhanced", async ({ lab, desk, page }) => {
  const voice = () =>
    page.evaluate(() => globalThis.host.phone!.agent?.voiceEnhancement);
  await expect.poll(voice).toBe("none");
  const { value } = await desk.run<{ voiceEnhancement?: string }>(
    "setVoiceEnhancement",
    "voiceIsolation",
  );
  expect(value?.voiceEnhancement).toBe("voiceIsolation");
  expect(lab.connect.agent(ADA).voiceEnhancementMode).toBe("VOICE_ISOLATION");
  expect((await desk.run("setVoiceEnhancement", "loud")).code).toBe(
    "ARGUMENT_INVALID",
  );
  lab.connect.sdkRefused = true;
  const refused = await desk.run("setVoiceEnhancement", "none");
  expect(refused.code).toBe("COMMAND_REFUSED");
  expect(await voice()).toBe("voiceIsolation");
  lab.connect.enhanceVoice(ADA, "NOISE_SUPPRESSION");
  await expect.poll(voice).toBe("noiseSuppression");
});
