import type { Page } from "@playwright/test";
import type { SoftphoneDevices } from "connect-softphone";
import { HostPage } from "../support/host-page.js";
import { ADA, Desk, expect, test } from "./desk.js";

type Applied = { applied: "now" | "nextCall" };

test.beforeEach(async ({ context, lab }) => {
  await context.grantPermissions(["microphone"], { origin: lab.urls.desk });
});

async function listed(desk: Desk) {
  const { value, ...failure } = await desk.run<SoftphoneDevices>("devices");
  expect(failure).toEqual({});
  return value!;
}

/** One that is not the default one. */
function other(devices: readonly { id: string; label: string }[]) {
  const found = devices.find(({ label }) => label.endsWith(" 2"));
  expect(found, JSON.stringify(devices)).toBeDefined();
  return found!;
}

/** The browser says that devices have come or gone. */
function changed(page: Page) {
  return page.evaluate(() =>
    navigator.mediaDevices.dispatchEvent(new Event("devicechange")),
  );
}

function diagnostics(page: Page) {
  return page.evaluate(() =>
    globalThis.host.events.flatMap((event) =>
      event.type === "diagnostic" ? event.message : [],
    ),
  );
}

test("devices() lists what the CCP's frame has, with ids of its own", async ({
  desk,
  page,
}) => {
  const { microphones, speakers, permission, chosen } = await listed(desk);
  const own = await page.evaluate(async () =>
    (await navigator.mediaDevices.enumerateDevices()).map((one) => ({
      kind: one.kind,
      id: one.deviceId,
      label: one.label,
    })),
  );
  const labels = (kind: string) =>
    own.filter((one) => one.kind === kind).map(({ label }) => label);
  expect(microphones.map(({ label }) => label)).toEqual(labels("audioinput"));
  expect(speakers.map(({ label }) => label)).toEqual(labels("audiooutput"));
  expect(own.map(({ id }) => id)).not.toContain(other(microphones).id);
  expect({ permission, chosen }).toEqual({ permission: "granted", chosen: {} });
});

test("a microphone is remembered for the next call, and set in every one", async ({
  lab,
  desk,
  host,
}) => {
  const { microphones } = await listed(desk);
  const { id } = other(microphones);
  expect(
    (await desk.run<Applied>("useDevice", "microphone", id)).value,
  ).toEqual({ applied: "nextCall" });
  expect((await listed(desk)).chosen).toEqual({ microphone: id });
  await expect(host.ccp.locator("body")).not.toHaveAttribute("data-microphone");
  const body = host.ccp.locator("body");
  for (const round of [1, 2]) {
    const call = lab.connect.call({ username: ADA });
    await desk.until("offered");
    await expect(body, `call ${round}`).toHaveAttribute("data-microphone", id);
    await desk.does("accept");
    await body.evaluate((it) => it.removeAttribute("data-microphone"));
    call.hangUp();
    await desk.until("wrapUp");
    await desk.act("finish");
    await expect.poll(() => host.agentState()).toBe("Available");
  }
});

test("a device is changed during a call", async ({ lab, desk, host }) => {
  lab.connect.call({ username: ADA });
  await desk.until("offered");
  await desk.does("accept");
  const { microphones, speakers } = await listed(desk);
  const microphone = other(microphones).id;
  const speaker = other(speakers).id;
  const ends = await Promise.all([
    desk.run<Applied>("useDevice", "microphone", microphone),
    desk.run<Applied>("useDevice", "speaker", speaker),
    desk.run<Applied>("useDevice", "ringer", speaker),
    desk.run<Applied>("useDevice", "ringer", speaker),
  ]);
  const now = { value: { applied: "now" } };
  expect(ends).toEqual([now, now, now, now]);
  const body = host.ccp.locator("body");
  await expect(body).toHaveAttribute("data-microphone", microphone);
  await expect(body).toHaveAttribute("data-speaker", speaker);
  await expect(body).toHaveAttribute("data-ringer", speaker);
  const chosen = { microphone, speaker, ringer: speaker };
  expect((await listed(desk)).chosen).toEqual(chosen);
});

test("a speaker is changed without a call", async ({ lab, desk, host }) => {
  const { id } = other((await listed(desk)).speakers);
  const { value } = await desk.run<Applied>("useDevice", "speaker", id);
  expect(value).toEqual({ applied: "now" });
  const body = host.ccp.locator("body");
  await expect(body).toHaveAttribute("data-speaker", id);
});

test(
  "what is no device, or none of these, is refused in words",
  { tag: "@argument-invalid" },
  async ({ desk }) => {
    await listed(desk);
    const refused = async (...given: unknown[]) => {
      const { code, message } = await desk.run("useDevice", ...given);
      expect(code).toBe("ARGUMENT_INVALID");
      return message;
    };
    expect(await refused("camera", "x")).toBe(
      'useDevice() was called with another text as its first argument; expected "microphone", "speaker" or "ringer".',
    );
    expect(await refused("microphone")).toContain(
      "nothing as its second argument",
    );
    expect(await refused("ringer", "x")).toMatch(
      /an id that is not there as its second argument; expected one of the \d ids in devices\(\)\.speakers\./,
    );
  },
);

test(
  "a device that the CCP does not confirm is not chosen",
  { tag: "@device-not-applied" },
  async ({ lab, desk }) => {
    const { speakers } = await listed(desk);
    lab.connect.deviceSetting = "ignored";
    const { id } = other(speakers);
    const { code } = await desk.run("useDevice", "speaker", id);
    expect(code).toBe("DEVICE_NOT_APPLIED");
    expect((await listed(desk)).chosen).toEqual({});
    lab.connect.deviceSetting = "works";
    const { value } = await desk.run<Applied>("useDevice", "speaker", id);
    expect(value).toEqual({ applied: "now" });
  },
);

test("a list that is late is waited for", async ({ lab, desk }) => {
  const { id } = other((await listed(desk)).speakers);
  lab.connect.deviceList = "late";
  expect(other((await listed(desk)).speakers).id).toBe(id);
});

test(
  "while the frame names no devices, those of the page are listed, and the microphone is found by its label",
  { tag: "@not-possible-now" },
  async ({ lab, desk, host }) => {
    const { id } = other((await listed(desk)).microphones);
    lab.connect.deviceList = "unnamed";
    const own = await listed(desk);
    const { code, message } = await desk.run(
      "useDevice",
      "speaker",
      other(own.speakers).id,
    );
    expect({ code, message }).toEqual({
      code: "NOT_POSSIBLE_NOW",
      message: "The browser does not show your devices yet.",
    });
    const microphone = other(own.microphones).id;
    expect(microphone).not.toBe(id);
    const { value } = await desk.run<Applied>(
      "useDevice",
      "microphone",
      microphone,
    );
    expect(value).toEqual({ applied: "nextCall" });
    expect((await listed(desk)).chosen).toEqual({ microphone });
    lab.connect.deviceList = "works";
    lab.connect.call({ username: ADA });
    const body = host.ccp.locator("body");
    await expect(body).toHaveAttribute("data-microphone", id);
    expect((await listed(desk)).chosen).toEqual({ microphone: id });
  },
);

test("a CCP that was loaded again rings where it did", async ({
  desk,
  host,
  page,
}) => {
  const { id } = other((await listed(desk)).speakers);
  await desk.run("useDevice", "ringer", id);
  const body = host.ccp.locator("body");
  await expect(body).toHaveAttribute("data-ringer", id);
  await body.evaluate((it) => it.setAttribute("data-before", ""));
  await page.evaluate(() => {
    const frame = document.querySelector("iframe")!;
    frame.src = String(frame.src);
  });
  await expect(host.ccp.locator("body:not([data-before])")).toHaveAttribute(
    "data-ringer",
    id,
  );
});

test("a device is chosen in a tab whose calls are in another one", async ({
  lab,
  page,
  host,
  desk,
}) => {
  const { id } = other((await listed(desk)).speakers);
  const second = await page.context().newPage();
  const theirs = new HostPage(second, lab.urls.desk);
  await second.goto(theirs.url);
  await theirs.untilError("SOFTPHONE_ELSEWHERE");
  const { value } = await new Desk(second).run<Applied>(
    "useDevice",
    "speaker",
    id,
  );
  expect(value).toEqual({ applied: "now" });
  const body = host.ccp.locator("body");
  await expect(body).toHaveAttribute("data-speaker", id);
});

test(
  "a chosen device that is disconnected gives way to the default one, and the host is told",
  { tag: "@device-gone" },
  async ({ lab, desk, page, host }) => {
    const { microphones, speakers } = await listed(desk);
    const microphone = other(microphones);
    const speaker = other(speakers);
    await desk.run("useDevice", "speaker", speaker.id);
    lab.connect.call({ username: ADA });
    await desk.until("offered");
    await desk.does("accept");
    await desk.run("useDevice", "microphone", microphone.id);
    lab.connect.unplugged = [microphone.label, speaker.label];
    await changed(page);
    const gone = ["microphone", "speaker"].map(
      (kind) =>
        `DEVICE_GONE: the chosen ${kind} is not there any more; the default one is used.`,
    );
    await expect.poll(() => diagnostics(page)).toEqual(gone);
    const body = host.ccp.locator("body");
    await expect(body).toHaveAttribute("data-microphone", "default");
    await expect(body).toHaveAttribute("data-speaker", "default");
    expect((await listed(desk)).chosen).toEqual({});
    const noticed = await host.times("noticed");
    expect(noticed).toHaveLength(2);
  },
);

test(
  "a chosen device that is gone when a call comes gives way, too",
  { tag: "@device-gone" },
  async ({ lab, desk, page }) => {
    const { id, label } = other((await listed(desk)).microphones);
    await desk.run("useDevice", "microphone", id);
    lab.connect.unplugged = [label];
    lab.connect.call({ username: ADA });
    await expect.poll(() => diagnostics(page)).toHaveLength(1);
    expect((await diagnostics(page))[0]).toContain("DEVICE_GONE");
  },
);

test("closing rejects what waits for the CCP", async ({ lab, desk, page }) => {
  await listed(desk);
  lab.connect.deviceList = "silent";
  const used = desk.run("useDevice", "speaker", "any");
  await page.evaluate(() => globalThis.host.phone!.close());
  expect((await used).code).toBe("CLOSED");
});
