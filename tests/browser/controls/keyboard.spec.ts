import { expect, test } from "../support/fixtures.js";
import { ADA, NUMBER, PanelPage } from "./panel-page.js";

test.beforeEach(async ({ noise, beginIdpSession }) => {
  noise.secret("a phone number", NUMBER);
  await beginIdpSession();
});

test("a whole inbound call by keyboard only, with the focus never lost", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.ready();
  const { keyboard } = page;
  const tabTo = async (name: string) => {
    for (let steps = 0; steps < 60; steps += 1) {
      if ((await it.focused()) === name) return;
      await keyboard.press("Tab");
    }
    throw new Error(`Tab never led to ${name}`);
  };

  await tabTo("Offline. Change your state");
  await keyboard.press("Enter");
  await expect.poll(() => it.focused()).toBe("Offline");
  await keyboard.press("a");
  await expect.poll(() => it.focused()).toBe("Available");
  await keyboard.press("Enter");
  await it.isIn("Available");
  expect(await it.focused()).toBe("Available. Change your state");

  const call = await it.offered({ orderId: "4711" });
  await expect(it.live).toContainText(
    `Incoming call: ${NUMBER}, queue Support.`,
  );
  expect(await it.focused()).toContain("Change your state"); // It is not taken away.
  await tabTo("Accept");
  await keyboard.press("Enter");
  await call.when("connected");
  await it.shows("talking");
  await expect.poll(() => it.focused()).toBe(NUMBER);

  await tabTo("Mute");
  await keyboard.press("Enter");
  await expect.poll(() => it.focused()).toBe("Unmute");
  await keyboard.press("Enter");
  await expect.poll(() => it.focused()).toBe("Mute");
  await tabTo("Hold");
  await keyboard.press("Space");
  await it.shows("held");
  await expect.poll(() => it.focused()).toBe("Resume");
  await keyboard.press("Space");
  await it.shows("talking");

  await tabTo("Keypad");
  await keyboard.press("Enter");
  await tabTo("1");
  for (const key of ["4", "2", "#"]) await keyboard.press(key);
  await expect(it.panel.getByText("Sent: 42#")).toBeVisible();
  const digits = () => call.connections.map(({ digits }) => digits).join("");
  await expect.poll(digits).toBe("42#");

  await tabTo("Hang up");
  await keyboard.press("Enter");
  await call.when("ended");
  await it.shows("wrapUp");
  await expect.poll(() => it.focused()).toBe(NUMBER);
  await tabTo("Finish");
  await keyboard.press("Enter");
  await call.when("cleared");
  await it.isIn("Available");
  await expect.poll(() => it.focused()).toContain("Change your state");
});

test("Enter in a number field does not dial, and a key that is held down dials once", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  const { keyboard } = page;
  await it.panel.getByLabel("Phone number").fill("+15550150");
  await keyboard.press("Enter");
  await expect.poll(() => it.focused()).toBe("Call");
  await expect(
    it.panel.getByText("Press Enter again to call +15550150."),
  ).toBeVisible();
  expect(lab.connect.calls).toHaveLength(0);

  await keyboard.down("Enter");
  for (let repeats = 0; repeats < 5; repeats += 1) await keyboard.down("Enter");
  await keyboard.up("Enter");
  await it.shows("talking");
  expect(lab.connect.calls).toHaveLength(1);
});

test("hot keys work in the panel, and elsewhere only if the host wants that", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  await it.offered();
  await page.getByRole("heading", { name: "Phone" }).click();
  await page.keyboard.press("Alt+Shift+A");
  await it.shows("offered");
  await it.panel.evaluate((panel: any) => (panel.hotKeysEverywhere = true));
  await page.keyboard.press("Alt+Shift+A");
  await it.shows("talking");
  await page.keyboard.press("Alt+Shift+H");
  await it.shows("held");

  await it.click("Settings");
  await it.button("Change: Hold or resume, Alt+Shift+H").click();
  await page.keyboard.press("Alt+Shift+M");
  await expect(
    it.panel.getByText("is used for “Mute or unmute”"),
  ).toBeVisible();
  await page.keyboard.press("Control+Shift+1");
  await expect(it.button("Change: Hold or resume, Ctrl+Shift+1")).toBeVisible();
  await it.click("Close");
  await page.keyboard.press("Control+Shift+1");
  await it.shows("talking");
});

test("the menu of states closes by Escape, by Tab and by a click elsewhere, and chooses nothing then", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  const menu = it.panel.getByRole("menu");
  await it.state.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => it.focused()).toBe("Offline");
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  expect(await it.focused()).toContain("Change your state");
  await page.keyboard.press("Enter");
  await expect.poll(() => it.focused()).toBe("Available");
  await page.keyboard.press("Tab");
  await expect(menu).toBeHidden();
  await it.state.click();
  await page.getByRole("heading", { name: "Phone" }).click();
  await expect(menu).toBeHidden();
  expect(lab.connect.agent(ADA).state.name).toBe("Available");
});
