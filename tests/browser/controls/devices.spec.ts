import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.js";
import { ADA, PanelPage } from "./panel-page.js";

/** What the page itself has opened and played. */
interface Sounds {
  streams: MediaStream[];
  /** The sinks of what was played. */
  played: string[];
}

test.beforeEach(async ({ page, beginIdpSession }) => {
  await beginIdpSession();
  await page.addInitScript(() => {
    const { mediaDevices } = navigator;
    const sounds: Sounds = { streams: [], played: [] };
    Object.assign(globalThis, { sounds });
    const open = mediaDevices?.getUserMedia.bind(mediaDevices);
    if (!open) return;
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      sounds.streams.push(stream);
      return stream;
    };
    const { play } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.play = function () {
      sounds.played.push((this as any).sinkId);
      return play.call(this);
    };
  });
});

/** The labels of the microphones that are open. */
function open(page: Page) {
  return page.evaluate(() => {
    const { streams }: Sounds = (globalThis as any).sounds;
    const tracks = streams.flatMap((stream) => stream.getTracks());
    return tracks
      .filter(({ readyState }) => readyState === "live")
      .map(({ label }) => label);
  });
}

/** The labels of the speakers on which something was played. */
function played(page: Page) {
  return page.evaluate(async () => {
    const all = await navigator.mediaDevices.enumerateDevices();
    const { played }: Sounds = (globalThis as any).sounds;
    return played.map(
      (id) =>
        all.find((one) => one.kind === "audiooutput" && one.deviceId === id)
          ?.label,
    );
  });
}

/** Waits, in the page, until the meter shows one of the beeps of Chromium's fake microphone. */
async function untilHeard(panel: Element) {
  const meter = panel.shadowRoot!.querySelector("[role=meter]")!;
  const bar = meter.querySelector("span")!;
  const shown = () =>
    Number(meter.getAttribute("aria-valuenow")) > 20 &&
    bar.getBoundingClientRect().width > 50;
  while (!shown()) await new Promise(requestAnimationFrame);
}

const picker = (it: PanelPage, name: string) =>
  it.panel.getByLabel(name, { exact: true });

test("devices are chosen for calls, heard while they are shown, and let go of after that", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.devices();
  expect(await it.focused()).toContain("Fake");
  await it.panel.evaluate(untilHeard);
  const ccp = page.locator("#softphone iframe").contentFrame().locator("body");

  await picker(it, "Microphone").selectOption("Fake Audio Input 2");
  await expect(it.panel.getByText("Used from the next call on.")).toBeVisible();
  await expect.poll(() => open(page)).toEqual(["Fake Audio Input 2"]);
  await picker(it, "Speaker").selectOption("Fake Audio Output 2");
  await expect(it.panel.getByText("In use.")).toBeVisible();
  await expect(ccp).toHaveAttribute("data-speaker", /./);
  await expect(ccp).not.toHaveAttribute("data-ringer");
  await picker(it, "Calls ring on").selectOption("Fake Audio Output 1");
  await expect(ccp).toHaveAttribute("data-ringer", /./);
  await it.click("Test the speaker");
  await it.click("Test what calls ring on");
  await expect
    .poll(() => played(page))
    .toEqual(["Fake Audio Output 2", "Fake Audio Output 1"]);

  await it.click("Close");
  await expect(it.panel.locator(".settings")).toBeHidden();
  await expect.poll(() => open(page)).toEqual([]);
  await it.offered();
  await expect(ccp).toHaveAttribute("data-microphone", /./);
});

test("a picker goes back when the device is not taken, by keyboard", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.devices();
  lab.connect.deviceSetting = "ignored";
  const speaker = picker(it, "Speaker");
  const before = await speaker.inputValue();
  await page.keyboard.press("Tab");
  await expect(speaker).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(it.panel.getByRole("alert")).toContainText(
    "The device could not be changed.",
  );
  await expect(speaker).toHaveValue(before);
  await expect(speaker).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(it.button("Test the speaker")).toBeFocused();
});

test("a chosen device that is disconnected is told, wherever the agent is in the panel", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.devices();
  await picker(it, "Speaker").selectOption("Fake Audio Output 2");
  await expect(it.panel.getByText("In use.")).toBeVisible();
  await it.click("Close");
  lab.connect.unplugged = ["Fake Audio Output 2"];
  await page.evaluate(() =>
    navigator.mediaDevices.dispatchEvent(new Event("devicechange")),
  );
  const gone = "A device that you chose is gone. The default one is used.";
  await expect(it.panel.getByRole("alert")).toContainText(gone);
  await expect(it.live).toContainText(gone);
  await it.click("Settings");
  await it.click("Show devices");
  await expect(picker(it, "Speaker")).toHaveValue("default");
  await expect(picker(it, "Speaker").locator("option")).toHaveCount(2);
  lab.connect.agent(ADA); // The phone works on.
  await it.isIn("Available");
});

test("a microphone that is denied is told where the devices would be", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  await it.click("Settings");
  await it.click("Show devices");
  await expect(it.panel.locator(".settings").getByRole("alert")).toBeVisible();
  await expect(it.button("Show devices")).toBeVisible();
  expect(await open(page)).toEqual([]);
});
