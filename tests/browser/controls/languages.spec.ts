import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "../support/fixtures.js";
import { ADA, PanelPage } from "./panel-page.js";

test.beforeEach(async ({ page, beginIdpSession }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await beginIdpSession();
});

for (const [language, state, accept, hangUp, consult, why] of [
  ["de", "Verfügbar", "Annehmen", "Auflegen", "Rückfrage", "Noch hat niemand"],
  ["es", "Disponible", "Aceptar", "Colgar", "Consultar", "Aún no ha respond"],
  ["fr", "Disponible", "Accepter", "Raccrocher", "Consulter", "Personne n’a"],
  ["ja", "対応可能", "応答", "切断", "相談", "まだ応答"],
])
  test(`${language}: a call in this language, on 320 px`, async ({
    lab,
    page,
  }) => {
    await page.addInitScript((value) => {
      Object.defineProperty(navigator, "language", { value });
    }, language);
    lab.connect.answerAfterMs = null;
    const it = new PanelPage(page, lab);
    await it.ready();
    lab.connect.agent(ADA).setState("Available");
    await it.isIn(state);
    await expect(it.panel.locator(".panel")).toHaveAttribute("lang", language);
    lab.connect.call({ username: ADA });
    await it.click(accept);
    await expect(it.button(hangUp)).toBeVisible();
    await it.click(consult);
    await it.panel.getByRole("radio", { name: "Front desk" }).check();
    await it.panel.locator("[data-control=callTarget]").click();
    // What the core says, too.
    await expect(
      it.panel.locator("[data-control=hold]"),
    ).toHaveAccessibleDescription(new RegExp(why));
    await it.fits();
    const { violations } = await new AxeBuilder({ page })
      .exclude("#softphone")
      .analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

test("from right to left, and with text at twice its size, nothing is cut off", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  await it.talking({ orderId: "4711" });
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  await it.fits();
  const box = async (name: string) => {
    const found = await it.button(name).boundingBox();
    return found?.x ?? 0;
  };
  expect(await box("Mute")).toBeGreaterThan(await box("Keypad"));
  await page.setViewportSize({ width: 640, height: 800 });
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  await it.fits();
});

test("the host replaces strings, one by one, and gets none of them into markup", async ({
  lab,
  page,
}) => {
  const it = new PanelPage(page, lab);
  await it.available();
  await it.panel.evaluate((panel: any) => {
    panel.strings = { controls: { accept: "Take <b>it</b>" } };
  });
  await it.offered();
  await expect(it.button("Take <b>it</b>")).toBeVisible();
  await expect(it.button("Reject")).toBeVisible();
});

test("in forced colours, every state of the agent has a shape of its own", async ({
  lab,
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active" });
  const it = new PanelPage(page, lab);
  await it.available();
  await it.state.click();
  const shapes = await it.panel
    .locator("[role=menuitemradio] > .shape")
    .evaluateAll((all) =>
      all.map((one) => {
        const { borderRadius, backgroundColor, borderWidth } =
          getComputedStyle(one);
        return `${borderRadius} ${backgroundColor} ${borderWidth}`;
      }),
    );
  expect(new Set(shapes).size).toBe(3); // Available; Offline; Lunch and Training.
});
