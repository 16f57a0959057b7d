import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "../support/fixtures.js";
import type { PhaseLog } from "../support/phase-log.js";
import { ADA, PanelPage } from "./panel-page.js";

/** Set by `npm run pictures -- --panel`. */
const PICTURES = process.env.PANEL_PICTURES;

/** Every state of the panel, as it comes about. */
const STATES: Record<
  string,
  (it: PanelPage, phaseLog: PhaseLog) => Promise<void>
> = {
  "not signed in": async (it, phaseLog) => {
    it.lab.desk.config.ssoLoginUrl = null;
    it.lab.connect.saml = false;
    await it.open();
    await phaseLog.until("phase=signInNeeded");
    await expect(it.button("Sign in")).toBeVisible();
  },
  offline: async (it) => {
    await it.ready();
    await expect(it.panel.locator(".idle")).toBeVisible();
  },
  "menu of states": async (it) => {
    await it.ready();
    await it.state.click();
    await expect(it.panel.getByRole("menu")).toBeVisible();
  },
  available: async (it) => {
    await it.available();
  },
  "accepts by itself": async (it) => {
    it.lab.connect.agent(ADA).configuration.softphoneAutoAccept = true;
    await it.available();
    await expect(it.panel.locator(".idle")).toContainText("automatically");
  },
  dialling: async (it) => {
    await it.available();
    await it.panel.getByLabel("Phone number").fill("+1 555 0150");
    await it.page.keyboard.press("Enter");
    await expect(it.panel.getByText("Press Enter again")).toBeVisible();
  },
  "number invalid": async (it) => {
    await it.available();
    await it.panel.getByLabel("Phone number").fill("12");
    await it.click("Call");
    await expect(it.panel.getByRole("alert")).toBeVisible();
  },
  "outbound call": async (it) => {
    it.lab.connect.answerAfterMs = null;
    await it.available();
    await it.panel.getByLabel("Phone number").fill("+15550150");
    await it.click("Call");
    await it.shows("connecting");
  },
  offered: async (it) => {
    await it.available();
    await it.offered({ orderId: "4711" });
  },
  "callback offered": async (it) => {
    await it.available();
    it.lab.connect.callback({ username: ADA });
    await it.shows("offered");
  },
  talking: async (it) => {
    await it.available();
    await it.talking({ orderId: "4711" });
  },
  "muted with a next state": async (it) => {
    await it.available();
    await it.talking();
    await it.click("Mute");
    await expect(it.button("Unmute")).toBeVisible();
    await it.state.click();
    await it.panel.getByRole("menuitemradio", { name: "Lunch" }).click();
    await expect(it.panel.getByText("Next: Lunch")).toBeVisible();
  },
  keypad: async (it) => {
    await it.available();
    await it.talking();
    await it.click("Keypad");
    await it.panel.getByRole("button", { name: "4", exact: true }).click();
    await expect(it.panel.getByText("Sent: 4")).toBeVisible();
  },
  held: async (it) => {
    await it.available();
    await it.talking();
    await it.click("Hold");
    await it.shows("held");
  },
  "choosing a target": async (it) => {
    await it.available();
    await it.talking();
    await it.click("Transfer");
    await it.panel.getByRole("radio", { name: "Front desk" }).check();
  },
  "consulting somebody who does not answer yet": async (it) => {
    it.lab.connect.answerAfterMs = null;
    await it.available();
    await it.talking();
    await it.consult("Front desk");
    await it.button("Swap").hover();
    await expect(it.panel.locator(".contact > .hint")).not.toBeEmpty();
  },
  consulting: async (it) => {
    await it.available();
    await it.talking();
    await it.consult("Front desk");
    await expect(it.button("Swap")).toHaveAttribute("aria-disabled", "false");
  },
  conference: async (it) => {
    it.lab.connect.multiPartyConference = true;
    await it.available();
    await it.talking();
    await it.consult("Front desk");
    await expect(it.button("Conference")).toHaveAttribute(
      "aria-disabled",
      "false",
    );
    await it.click("Conference");
    await expect(
      it.panel.locator(".participant[data-state=connected]"),
    ).toHaveCount(2);
  },
  refused: async (it) => {
    await it.available();
    await it.talking();
    it.lab.connect.faults.refused("HoldConnection");
    await it.click("Hold");
    await expect(it.contact.getByRole("alert")).toBeVisible();
  },
  "two calls": async (it) => {
    it.lab.connect.voiceConcurrency = 2;
    await it.available();
    await it.talking();
    it.lab.connect.call({ username: ADA, from: "+15550142", alongside: true });
    await expect(it.panel.locator(".contacts li")).toHaveCount(2);
  },
  monitoring: async (it) => {
    await it.available();
    it.lab.connect.monitor(ADA);
    await it.shows("talking");
    await it.click("Barge in");
    await expect(it.button("Only listen")).toBeVisible();
  },
  "looking at a campaign's customer": async (it) => {
    await it.available();
    it.lab.connect.preview({ username: ADA });
    await it.shows("offered");
    await it.click("Accept");
    await expect(it.button("Do not call")).toBeVisible();
    await expect(it.contact).toContainText("called by itself in");
    await expect(it.button("Call the customer")).toBeVisible();
  },
  "wrap-up": async (it) => {
    await it.available();
    await it.talking({ orderId: "4711" });
    await it.click("Hang up");
    await it.shows("wrapUp");
  },
  missed: async (it) => {
    await it.available();
    it.lab.connect.call({ username: ADA, ringTimeoutMs: 500 });
    await it.shows("over");
  },
  history: async (it) => {
    await it.available();
    await it.talking();
    await it.click("Hang up");
    await it.click("Finish");
    await expect(it.panel.locator(".history li")).toHaveCount(1);
  },
  settings: async (it) => {
    await it.available();
    await it.click("Settings");
    await it.panel.getByRole("radio", { name: "Desk phone" }).check();
    await expect(it.button("Show devices")).toBeVisible();
  },
  devices: async (it) => {
    await it.devices();
    await it.panel.getByLabel("Microphone", { exact: true }).selectOption({
      label: "Fake Audio Input 2",
    });
    await expect(it.panel.getByText("Used from the next call")).toBeVisible();
  },
  "device not applied": async (it) => {
    await it.devices();
    it.lab.connect.deviceList = "unnamed";
    await it.panel.getByRole("combobox", { name: "Speaker" }).selectOption({
      index: 1,
    });
    await expect(it.panel.getByRole("alert")).toBeVisible();
  },
  "no network": async (it) => {
    await it.available();
    await it.talking();
    await it.page.evaluate(() => dispatchEvent(new Event("offline")));
    await expect(it.panel.locator(".notice")).toContainText("network");
  },
  "session ended": async (it) => {
    await it.available();
    await it.talking();
    it.lab.connect.hurryWorkers();
    it.lab.faults.set("session-ends-in-call");
    it.lab.connect.endSessions();
    await expect(it.button("Sign in again")).toBeVisible();
  },
};

// Windows that no click opens, a sign-in among them, are blocked, as every agent's browser does it.
test.use({ popupBlocking: true });

for (const [name, reach] of Object.entries(STATES))
  for (const colorScheme of ["light", "dark"] as const)
    test(`${name}, ${colorScheme}: accessible, and 320 px wide without overflow`, async ({
      page,
      lab,
      noise,
      phaseLog,
      beginIdpSession,
    }) => {
      noise.allow(
        /status of 40[013]|holdConnection|agent data|blocked a popup|Refused to display/i,
      );
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width: 420, height: 900 });
      await beginIdpSession();
      const it = new PanelPage(page, lab);
      await reach(it, phaseLog);
      if (PICTURES)
        await it.panel.screenshot({ path: picture(name, colorScheme, "") });
      const { violations } = await new AxeBuilder({ page })
        .exclude("#softphone")
        .analyze();
      expect(
        violations.map(({ id, nodes }) => [
          id,
          nodes.map(({ html, failureSummary }) => [html, failureSummary]),
        ]),
      ).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      await it.fits();
      if (PICTURES && colorScheme === "light")
        await it.panel.screenshot({
          path: picture(name, colorScheme, " 320"),
        });
    });

function picture(name: string, scheme: string, more: string) {
  return path.join(PICTURES ?? "", `${name} ${scheme}${more}.png`);
}
