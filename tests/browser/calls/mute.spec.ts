import { ADA, expect, test } from "./desk.js";

/** The tests that need calls that more than three can be on. */
const many = "the snapshot may be wrong about the agent's mute";

test.beforeEach(async ({ lab, desk }, { title }) => {
  lab.connect.multiPartyConference = title === many;
  lab.connect.call({ username: ADA });
  await desk.until("offered");
  await desk.does("accept");
});

test.describe("without delay", () => {
  test.use({ slowness: 1 }); // They wait for a deadline of the phone.

  test(
    "a mute that the CCP does not confirm is not certain",
    { tag: "@mute-not-confirmed" },
    async ({ lab, desk }) => {
      lab.connect.localMute = "ignored";
      const { code } = await desk.run("mute");
      expect(code).toBe("MUTE_NOT_CONFIRMED");
    },
  );

  test(
    "after a reload nobody says whether the agent is muted",
    { tag: "@mute-unknown" },
    async ({ page, host, desk }) => {
      await desk.does("mute");
      await page.reload();
      await host.untilPhase("ready");
      const { muted, can } = await desk.until("talking");
      expect([muted, can.mute, can.unmute]).toEqual([null, true, true]);
      expect((await desk.run("mute")).code).toBe("MUTE_NOT_CONFIRMED");
    },
  );
});

test(
  "a CCP that un-mutes the agent by itself is told",
  { tag: "@mute-undone" },
  async ({ lab, desk }) => {
    lab.connect.localMute = "undone";
    expect((await desk.does("mute")).muted).toBe(true);
    await expect.poll(async () => (await desk.contact()).muted).toBe(false);
    expect(await desk.diagnostics()).toContain(
      "Amazon's panel un-muted the agent, and nobody had asked for it.",
    );
  },
);

test(many, { tag: "@mute-shown-wrong" }, async ({ lab, desk }) => {
  expect((await desk.does("mute")).muted).toBe(true);
  lab.connect.muteShown = "opposite";
  const { muted } = await desk.does("hold"); // And so there is a snapshot.
  expect(muted).toBe(true);
});

test(
  "a second call that ends does not un-mute the first",
  { tag: "@mute-told-wrong" },
  async ({ lab, desk }) => {
    const { id } = await desk.does("mute");
    lab.connect.call({ username: ADA, alongside: true });
    await expect.poll(async () => (await desk.contacts()).length).toBe(2);
    const second = (await desk.contacts())[1].id;
    await desk.run("accept", second);
    await desk.run("hangUp", second);
    await desk.run("finish", second);
    const { value } = await desk.run("resume", id);
    expect(value?.phase).toBe("talking");
    await expect.poll(async () => (await desk.contact()).muted).toBe(true);
    expect((await desk.does("unmute")).muted).toBe(false);
  },
);
