import type { Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";
import { expect, test } from "../support/fixtures.js";
import { HostPage } from "../support/host-page.js";

test("the phone is ready with its audio", async ({
  page,
  host,
  beginIdpSession,
}) => {
  await beginIdpSession();
  await page.goto(host.url);
  await host.untilPhase("ready");
  const { audio, events } = await host.snapshot();
  expect(audio).toBe("here");
  const told = events.flatMap((event) =>
    event.type === "audioChanged" ? event.audio : [],
  );
  expect(told).toEqual(["here"]);
  expect(await host.report()).toContain("audio: here");
  await speaks(host);
  await host.isQuiet();
});

test(
  "of two tabs the second says that calls ring in the other, and a click brings them here",
  { tag: "@audio-elsewhere" },
  async ({ lab, page, host, beginIdpSession }) => {
    await beginIdpSession();
    await page.goto(host.url);
    await host.untilPhase("ready");
    await speaks(host);
    const second = await secondTab(lab, page);
    await second.untilPhase("ready");
    await second.untilError("SOFTPHONE_ELSEWHERE");
    await second.says("Calls ring in another window.", "Use the phone here");
    await second.leavesThePanel();
    await hasAudio(second, "elsewhere");
    await hasAudio(host, "here");
    await host.isQuiet();

    const reloads = (await host.times("ccpReloaded")).length;
    await second.prompt.getByRole("button").click();
    await hasAudio(second, "here");
    await speaks(second);
    await second.isQuiet();
    // Two CCPs that speak would both answer.
    await host.untilError("SOFTPHONE_ELSEWHERE");
    await isMute(host);
    await host.untilNoted("ccpReloaded", reloads + 1);
    await isMute(host);

    await second.close();
    await hasAudio(host, "here");
    await speaks(host);
    await host.isQuiet();
    await host.follows(lab);
  },
);

test.describe("where a page does not tell that it goes", () => {
  test.beforeEach(({ lab, noise }) => {
    lab.faults.set("unload-off");
    noise.allow(NO_UNLOAD);
  });

  test(
    "the audio of a tab that is closed is taken by another",
    { tag: "@unload-off" },
    async ({ lab, page, host, beginIdpSession }) => {
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("ready");
      await speaks(host);
      const second = await secondTab(lab, page);
      await second.untilPhase("ready");
      await isMute(second);
      await host.close();
      await speaks(second);
      await hasAudio(second, "here");
      await second.isQuiet();
    },
  );

  test(
    "one of two tabs has the audio after the other is reloaded",
    { tag: "@unload-off" },
    async ({ lab, page, host, beginIdpSession }) => {
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("ready");
      const second = await secondTab(lab, page);
      await second.untilPhase("ready");
      await page.reload();
      await host.untilPhase("ready");
      await speaks(second);
      await hasAudio(second, "here");
      await host.untilError("SOFTPHONE_ELSEWHERE");
      await isMute(host);
    },
  );

  test(
    "a CCP that reloads itself has its audio again",
    { tag: "@unload-off" },
    async ({ lab, page, host, beginIdpSession }) => {
      await beginIdpSession();
      await page.goto(host.url);
      await host.untilPhase("ready");
      const second = await secondTab(lab, page);
      await second.untilPhase("ready");
      // Sign-in may have been over before the CCP was loaded for the first time.
      const loads = (await host.times("ccpLoaded")).length;
      // As Streams does after a refusal (`_handleAuthorizeFail`).
      await host.ccp.locator("body").evaluate(() => location.reload());
      await host.untilNoted("ccpLoaded", loads + 1);
      await speaks(host);
      await hasAudio(host, "here");
      await hasAudio(second, "elsewhere");
      await isMute(second);
    },
  );
});

test.describe("where the browser does not keep SharedWorkers apart by site", () => {
  test.use({ partitioning: false });

  test(
    "the audio that the login window took comes to the phone",
    { tag: "@sign-in-window-on-ccp" },
    async ({ lab, page, host, windows, noise }) => {
      noise.allow(/Refused to display/);
      noise.allow(NO_UNLOAD);
      lab.faults.set("unload-off");
      lab.connect.saml = false;
      lab.desk.config.ssoLoginUrl = null;
      await page.goto(host.url);
      await expect.poll(() => windows.length).toBe(1);
      const [login] = windows;
      await login.getByLabel("User name").fill("ada@example.com");
      await login.getByLabel("Password").fill("Ada-2468");
      await login.getByRole("button", { name: "Sign in" }).click();
      await host.untilPhase("ready");
      await expect.poll(() => login.isClosed()).toBe(true);
      await speaks(host);
      await hasAudio(host, "here");
      await host.isQuiet();
    },
  );
});

async function secondTab(lab: Lab, page: Page) {
  const tab = await page.context().newPage();
  const host = new HostPage(tab, lab.urls.desk);
  await tab.goto(host.url);
  return host;
}

async function hasAudio(host: HostPage, audio: string) {
  await expect.poll(async () => (await host.snapshot()).audio).toBe(audio);
}

/** Waits until the CCP has what calls ring and speak with (tests/lab/connect/page/softphone.js). */
async function speaks(host: HostPage) {
  await expect(host.ccp.locator("body")).toHaveAttribute(
    "data-softphone",
    "here",
  );
}

async function isMute(host: HostPage) {
  await expect(host.ccp.locator("body")).not.toHaveAttribute("data-softphone");
}

/** What Chromium logs where a page listens to `unload` although its policy forbids that. */
const NO_UNLOAD = /unload is not allowed in this document/;
