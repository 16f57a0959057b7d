import { expect, test } from "../support/fixtures.js";
import { ADA, NUMBER, PanelPage } from "./panel-page.js";

test.beforeEach(async ({ noise, beginIdpSession }) => {
  noise.secret("a phone number", NUMBER);
  await beginIdpSession();
});

test("the agent consults somebody, makes it a conference, and leaves it to the others", async ({
  lab,
  page,
}) => {
  lab.connect.answerAfterMs = null;
  const it = new PanelPage(page, lab);
  await it.available();
  const call = await it.talking();
  await it.consult("Front desk");
  const swap = it.button("Swap");
  await expect(swap).toHaveAttribute("aria-disabled", "true");
  await expect(swap).toHaveAccessibleDescription(
    "Somebody is still being called.",
  );
  call.answer();
  await expect(swap).toHaveAttribute("aria-disabled", "false");
  await expect(it.live).toContainText("Front desk has answered.");
  await expect(it.button(`Take ${NUMBER} off hold`)).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  await swap.click();
  const states = () =>
    it.panel
      .locator(".participant")
      .evaluateAll((all) =>
        all.map((one) => (one as HTMLElement).dataset.state),
      );
  await expect.poll(states).toEqual(["connected", "held"]);
  await it.click("Conference");
  await expect.poll(states).toEqual(["connected", "connected"]);
  await expect(it.button("Hang up")).toHaveAccessibleDescription(
    "Others are on the call: leave it, or remove them.",
  );
  await it.click("Leave");
  await call.when("ended");
  expect(call.handedOver).toBe(true);
  await it.shows("wrapUp");
});

test("a transfer waits for an answer, and is told when nobody takes the call", async ({
  lab,
  page,
}) => {
  lab.connect.answerAfterMs = null;
  const it = new PanelPage(page, lab);
  await it.available();
  const call = await it.talking();
  const transfer = async () => {
    await it.click("Transfer");
    await it.panel.getByLabel("Name or number").fill("ware");
    await expect(it.panel.getByRole("radio")).toHaveCount(1);
    await page.keyboard.press("Enter"); // Chooses.
    await expect.poll(() => it.focused()).toBe("Transfer to Warehouse");
    await page.keyboard.press("Enter");
    await expect(it.panel.locator(".participant")).toHaveCount(2);
  };
  await transfer();
  call.noAnswer();
  await expect(it.contact.getByRole("alert")).toContainText("Nobody answered");
  await it.shows("talking"); // The customer is off hold again.
  await it.click("Cancel");

  await transfer();
  call.answer();
  await call.when("ended");
  expect(call.handedOver).toBe(true);
  await it.shows("wrapUp");
});

test("after a missed call, one click leads back to Available", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  const call = lab.connect.call({
    username: ADA,
    from: NUMBER,
    ringTimeoutMs: 300,
  });
  await call.when("missed");
  await it.shows("over");
  await expect(it.live).toContainText(`Missed: ${NUMBER}.`);
  await it.click("Back to Available");
  await it.isIn("Available");
  await expect(it.contact).toBeHidden();
  await expect(it.panel.locator(".history")).toContainText("Missed");
  await it.offered();
});

test("an offer counts down, and whoever ended a call is named", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  const call = await it.offered();
  await expect(it.contact.getByRole("timer")).toHaveText(/^0:[01]\d left$/);
  await expect(it.contact.getByRole("progressbar")).toHaveAccessibleName(
    "Ringing for",
  );
  // What rings longer than the host knows only says for how long.
  await it.panel.evaluate((panel: any) => (panel.ringLengthMs = 1));
  await expect(it.contact.getByRole("timer")).toHaveText(/^0:[01]\d$/);
  await it.click("Accept");
  await it.shows("talking");
  await it.consult("Front desk");
  call.hangUp();
  await expect(it.panel.locator(".participant")).toHaveCount(1);
  call.thirdPartyHangsUp();
  await it.shows("wrapUp");
  await expect(it.contact).toContainText("Ended by the other side.");
  await it.click("Finish");
  await it.talking();
  await it.click("Hang up");
  await expect(it.contact).toContainText("Ended by you.");
  await expect(it.contact.getByRole("timer")).toHaveText(/left$/);
});

test("calls go to a desk phone and back, from the settings", async ({
  lab,
  page,
  noise,
}) => {
  const number = "+15550160";
  noise.secret("a phone number", number);
  const it = new PanelPage(page, lab);
  await it.available();
  await it.click("Settings");
  const { configuration } = lab.connect.agent(ADA);
  expect(configuration.softphoneEnabled).toBe(true);
  const save = it.button("Save");
  const off = (is: string) => expect(save).toHaveAttribute("aria-disabled", is);
  await off("true");
  await it.panel.getByRole("radio", { name: "Desk phone" }).check();
  await off("true"); // It has no number yet.
  const field = it.panel.getByLabel("Number of the desk phone");
  await field.fill("12");
  await save.click();
  await expect(it.panel.getByRole("alert")).toBeVisible();
  await field.fill(number);
  await save.click();
  const there = `Your calls come to your desk phone, ${number}.`;
  await expect(it.live).toContainText(there);
  await off("true");
  await it.click("Close");
  await expect(it.panel.locator(".idle")).toContainText(there);
  await it.click("Settings");
  await it.panel.getByRole("radio", { name: "This browser" }).check();
  await save.click();
  await expect(it.live).toContainText("Your calls come to this browser.");
  await expect
    .poll(() => lab.connect.agent(ADA).configuration.softphoneEnabled)
    .toBe(true);
});

test("shown are exactly the controls that can and cannot name, in every phase", async ({
  lab,
  page,
}) => {
  lab.connect.multiPartyConference = true;
  const it = new PanelPage(page, lab);
  await it.available();
  const compare = () =>
    expect
      .poll(() =>
        it.panel.evaluate((panel: any) => {
          const [contact] = panel.phone.contacts;
          const named = ({ can, cannot }: any) => [
            ...Object.keys(can).filter((name) => can[name]),
            ...Object.keys(cannot).map((name) => `no ${name}`),
          ];
          const others = contact.participants
            .filter(({ role }: any) => role !== "agent")
            .flatMap((one: any) =>
              named(one).map((name) => `${name}Participant`),
            );
          const wanted = [...named(contact), ...others].sort();
          const buttons = [
            ...panel.shadowRoot.querySelectorAll(".contact [data-control]"),
          ];
          const shown = buttons
            .map(({ dataset, ariaDisabled }: any) =>
              ariaDisabled === "true"
                ? `no ${dataset.control}`
                : dataset.control,
            )
            .filter((name: string) => name !== "backToAvailable")
            .sort();
          return JSON.stringify(wanted) === JSON.stringify(shown)
            ? "the same"
            : { wanted, shown };
        }),
      )
      .toBe("the same");
  const call = await it.offered();
  await compare();
  await it.click("Accept");
  await it.shows("talking");
  await compare();
  await it.click("Hold");
  await it.shows("held");
  await compare();
  lab.connect.answerAfterMs = null;
  await it.consult("Front desk");
  await compare();
  call.answer();
  await compare();
  await it.click("Conference");
  await expect(it.panel.locator("[data-state=connected]")).toHaveCount(2);
  await compare();
  await it.click("Leave");
  await it.shows("wrapUp");
  await compare();
});

test("a command that fails says why beside the controls, until it is dismissed", async ({
  lab,
  page,
  noise,
}) => {
  noise.allow(/holdConnection/);
  noise.allow(/status of 400/);
  const it = new PanelPage(page, lab);
  await it.available();
  await it.talking();
  const undo = lab.connect.faults.refused("HoldConnection");
  await it.click("Hold");
  const alert = it.contact.getByRole("alert");
  await expect(alert).toContainText("not possible any more, or not yet");
  await alert.getByRole("button", { name: "Dismiss" }).click();
  await expect(alert).toBeHidden();
  undo();
  await it.click("Hold");
  await it.shows("held");
});

test("two calls: the list shows both, and nothing moves under the agent's hand", async ({
  lab,
  page,
}) => {
  lab.connect.voiceConcurrency = 2;
  const it = new PanelPage(page, lab);
  await it.available();
  await it.talking();
  lab.connect.call({ username: ADA, from: "+15550142", alongside: true });
  const list = it.panel.getByRole("navigation", { name: "Contacts" });
  const first = list.getByRole("button", { name: /^\+15550100/ });
  const second = list.getByRole("button", { name: /^\+15550142/ });
  await expect(second).toBeVisible();
  await expect(first).toHaveAttribute("aria-current", "true");
  await it.shows("talking");
  await second.click();
  await it.shows("offered");
  await first.click();
  await it.click("Accept: +15550142");
  await it.shows("talking");
  await expect(second).toHaveAttribute("aria-current", "true");
  await first.click();
  await it.shows("held");
});

test("a contact while the page is hidden is notified, if the agent allows it", async ({
  lab,
  page,
}) => {
  await page.addInitScript(() => {
    if (self !== top) return; // The CCP's frame needs its own.
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    class Fake {
      static permission = "granted";
      constructor(title: string, { body }: { body: string }) {
        shown.push(`${title}: ${body}`);
      }
      close() {
        shown.push("closed");
      }
    }
    Object.defineProperty(globalThis, "Notification", { value: Fake });
    Object.defineProperty(document, "hidden", { get: () => true });
  });
  const it = new PanelPage(page, lab);
  await it.available();
  const call = await it.offered();
  const shown = () => page.evaluate(() => (globalThis as any).shown);
  await expect.poll(shown).toEqual([`Incoming call: ${NUMBER} · Support`]);
  call.hangUp();
  await it.shows("over");
  await expect.poll(shown).toContain("closed");
});

test("a screen reader is told each thing once, and no times", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  await expect(it.live).toHaveText("Your state is Available.");
  await it.panel.evaluate((panel) => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const live = panel.shadowRoot?.querySelector("#live");
    new MutationObserver(() => said.push(live?.textContent ?? "")).observe(
      live as Node,
      { childList: true, characterData: true, subtree: true },
    );
  });
  const said = () => page.evaluate(() => (globalThis as any).said);
  const told: string[] = [];
  const next = async (sentence: string) => {
    told.push(sentence);
    await expect.poll(said).toEqual(told);
  };
  const call = lab.connect.call({ username: ADA, from: NUMBER });
  await next(`Incoming call: ${NUMBER}, queue Support.`);
  await it.click("Accept");
  await next(`Connected with ${NUMBER}.`);
  await it.click("Hold");
  await next(`${NUMBER} is on hold.`);
  await it.click("Resume");
  await next(`${NUMBER} is off hold.`);
  await it.click("Mute");
  await next("You are muted.");
  await expect(it.panel.locator(".timer")).toContainText("0:02"); // The panel has been drawn again since.
  call.hangUp();
  await next("The contact has ended.");
  await it.click("Finish");
  await next("Your state is Available.");
});

test("a problem with a call is reported, in the agent's words", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  const call = await it.talking();
  await it.click("Report a problem");
  await it.panel.getByLabel("What is wrong?").fill("An echo");
  await it.click("Send the report");
  await expect(it.contact.getByText("The report was sent.")).toBeVisible();
  expect(call.issues).toMatchObject([{ description: "An echo" }]);
});

test("who was called before is called again by two clicks", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  const call = await it.talking();
  call.hangUp();
  await it.click("Finish");
  await it.click(`Put ${NUMBER} into the field`);
  await expect(it.panel.getByLabel("Phone number")).toBeFocused();
  await it.click("Call");
  await it.shows("talking");
  expect(lab.connect.calls.at(-1)?.from).toBe(NUMBER);
});

test("bare buttons do the same without the panel", async ({ lab, page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(lab.urls.barePage);
  const status = page.locator("#status");
  await expect(status).toHaveText("Offline");
  await page.getByLabel("State").selectOption("Available");
  await expect(status).toHaveText("Available");
  const call = lab.connect.call({ username: ADA, from: NUMBER });
  await expect(status).toHaveText(`${NUMBER}: offered`);
  await page.getByRole("button", { name: "Accept" }).click();
  await expect(status).toHaveText(`${NUMBER}: talking`);
  await page.getByRole("button", { name: "Hold" }).click();
  await expect(page.getByRole("button", { name: "Resume" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Hold" })).toBeHidden();
  await page.getByRole("button", { name: "Hang up" }).click();
  await call.when("ended");
  await page.getByRole("button", { name: "Finish" }).click();
  await expect(status).toHaveText("Available");
  await page.getByLabel("Number").fill("12");
  await page.getByRole("button", { name: "Call" }).click();
  await expect(page.getByRole("alert")).not.toBeEmpty();
  expect(asked).not.toContain("/softphone/controls.js");
});
