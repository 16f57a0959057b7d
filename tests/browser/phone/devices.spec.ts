import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import { MicrophonePermission } from "../support/microphone-permission.js";

const ADA = "ada@example.com";
const NUMBER = "+15550100";

/** What `phone.devices()` resolves or rejects with, inside a click. */
function devices(page: Page) {
  return page.evaluate(() =>
    globalThis.host.phone?.devices().catch((error) => error.code as string),
  );
}

test.beforeEach(({ beginIdpSession }) => beginIdpSession());

test(
  "a phone whose microphone is denied says so above the panel until it is granted",
  { tag: "@microphone-denied" },
  async ({ lab, page, host }) => {
    const permission = await MicrophonePermission.of(page, lab.urls.desk);
    await permission.set("denied");
    await page.goto(host.url);
    await host.untilError("MICROPHONE_DENIED");
    await host.untilPhase("ready");
    await host.says("The phone is not allowed to use your microphone.");
    await host.leavesThePanel();
    const { status } = await host.snapshot();
    expect(status.error?.remedy).toContain("Permissions-Policy");
    expect(await devices(page)).toBe("MICROPHONE_DENIED");
    await host.follows(lab); // Everything else works.
    await permission.set("granted");
    await host.isQuiet();
    expect(await devices(page)).toMatchObject({
      microphones: expect.arrayContaining([
        { id: expect.any(String), label: expect.stringContaining("Fake") },
      ]),
      speakers: expect.anything(),
      permission: "granted",
    });
    expect(await host.told()).toEqual([
      "signingIn",
      "ready",
      "ready MICROPHONE_DENIED",
      "ready",
    ]);
  },
);

test(
  "a dismissed prompt rejects devices(), and the phone says nothing",
  { tag: "@microphone-dismissed" },
  async ({ lab, page, host }) => {
    const permission = await MicrophonePermission.of(page, lab.urls.desk);
    await permission.set("prompt");
    await page.goto(host.url);
    await host.untilPhase("ready");
    expect(await devices(page)).toBe("MICROPHONE_DISMISSED");
    await host.isQuiet();
    await permission.set("granted");
    expect(await devices(page)).toMatchObject({ permission: "granted" });
  },
);

test(
  "a call that could not use the microphone says so until it is granted",
  { tag: "@microphone-dismissed" },
  async ({ lab, page, host }) => {
    const permission = await MicrophonePermission.of(page, lab.urls.desk);
    await permission.set("prompt");
    await page.goto(host.url);
    await host.untilPhase("ready");
    // As Streams reports it, whichever CCP tried (connect-streams.js 2.28.2, `publishError`).
    await page.evaluate(() => {
      const { connect } = globalThis as any;
      connect.core.getEventBus().trigger(connect.AgentEvents.SOFTPHONE_ERROR, {
        errorType: "microphone_not_shared",
      });
    });
    await host.untilError("MICROPHONE_DISMISSED");
    await host.untilPhase("ready");
    await host.says("The microphone prompt was dismissed.");
    await permission.set("granted");
    await host.isQuiet();
  },
);

test.describe("a computer without a microphone", () => {
  test.use({ hardware: false });

  test(
    "has a phone that says so",
    { tag: "@microphone-missing" },
    async ({ lab, page, host }) => {
      await page.goto(host.url);
      await host.untilError("MICROPHONE_MISSING");
      await host.untilPhase("ready");
      await host.says("No microphone was found.");
      await host.leavesThePanel();
      expect(await devices(page)).toBe("MICROPHONE_MISSING");
      await host.follows(lab);
      // Chromium's fake devices cannot be added or removed while it runs.
      await page.evaluate(() => {
        navigator.mediaDevices.enumerateDevices = async () => [
          { kind: "audioinput", deviceId: "", label: "" } as any,
        ];
        navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
      });
      await host.isQuiet();
    },
  );

  test("does not bother an agent with a desk phone", async ({
    lab,
    page,
    host,
  }) => {
    lab.connect.agent(ADA).configuration.softphoneEnabled = false;
    await page.goto(host.url);
    await host.untilPhase("ready");
    await host.follows(lab);
    await page.evaluate(() =>
      navigator.mediaDevices.dispatchEvent(new Event("devicechange")),
    );
    await host.follows(lab);
    await host.isQuiet();
    expect(await host.times("microphone")).toEqual([]);
  });
});

test(
  "a microphone that is busy rejects devices(), and works again",
  { tag: "@microphone-busy" },
  async ({ lab, page, host }) => {
    const permission = await MicrophonePermission.of(page, lab.urls.desk);
    await permission.set("granted");
    await page.addInitScript(() => {
      const { mediaDevices } = navigator;
      const original = mediaDevices?.getUserMedia.bind(mediaDevices);
      if (!original) return;
      mediaDevices.getUserMedia = (constraints) =>
        (globalThis as any).busy
          ? Promise.reject(new DOMException("pretended", "NotReadableError"))
          : original(constraints);
    });
    await page.goto(host.url);
    await host.untilPhase("ready");
    await page.evaluate(() => void ((globalThis as any).busy = true));
    expect(await devices(page)).toBe("MICROPHONE_BUSY");
    await page.evaluate(() => void ((globalThis as any).busy = false));
    expect(await devices(page)).toMatchObject({ permission: "granted" });
    await host.isQuiet();
  },
);

test(
  "a microphone that is disconnected during a call is reported at once",
  { tag: "@microphone-lost" },
  async ({ lab, page, host, noise }) => {
    noise.secret("a phone number", NUMBER);
    await page.goto(host.url);
    await host.untilPhase("ready");
    lab.connect.agent(ADA).setState("Available");
    const call = lab.connect.call({ username: ADA, from: NUMBER });
    call.accept();
    await host.untilNoted("contact");
    await page.evaluate(() => {
      const { mediaDevices } = navigator;
      const original = mediaDevices.enumerateDevices.bind(mediaDevices);
      const plug = (there: boolean) => {
        mediaDevices.enumerateDevices = there ? original : async () => [];
        mediaDevices.dispatchEvent(new Event("devicechange"));
      };
      Object.assign(globalThis, { plug });
      plug(false);
    });
    await host.untilError("MICROPHONE_LOST");
    await host.untilPhase("ready");
    await host.says("the customer cannot hear you.");
    await host.leavesThePanel();
    expect(call.state).toBe("connected");
    await page.evaluate(() => (globalThis as any).plug(true));
    await host.isQuiet();
    expect(call.state).toBe("connected");
  },
);

test("a closed phone has no devices", async ({ page, host }) => {
  await page.goto(host.url);
  await host.untilPhase("ready");
  await page.getByRole("button", { name: "Close the phone" }).click();
  await host.untilPhase("closed");
  expect(await devices(page)).toBe("CLOSED");
});
