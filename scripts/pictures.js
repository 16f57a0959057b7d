import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import util from "node:util";
import { build, needsOfBuild } from "./build.js";
import { root, run } from "./run.js";
import { setUp } from "./setup.js";
import { Missing, command, say } from "./install-step.js";

/*
 * npm run pictures               makes the pictures of README and guide, in docs/, over the lab
 * npm run pictures -- --panel    photographs every state of the panel, in target/pictures/, to look at
 */
command(async () => {
  const { values } = util.parseArgs({
    options: { panel: { type: "boolean", default: false } },
  });
  const { CHROMIUM } = await setUp([...needsOfBuild, "browser"]);
  await build();
  if (values.panel) return picturesOfPanel(CHROMIUM);
  // Imported here, because they need packages that are not there before the set-up.
  const { chromium } = await import("@playwright/test");
  const { startLab } = await import("../tests/lab/lab.js");
  const { picturesOfServiceNow } = await import("./pictures-servicenow.js");
  const { newProfile } = await import("../tests/browser/support/profile.js");
  // The port of `npm start`: the lab's start page shows it.
  const lab = await startLab({ port: PORT }).catch((error) => {
    if (error.code !== "EADDRINUSE") throw error;
    throw new Missing(`Port ${PORT} is in use: end the lab that runs there.`);
  });
  const profile = await newProfile();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--use-fake-device-for-media-stream"],
    colorScheme: "light",
    locale: "en-US",
  });
  try {
    await mkdir(folder, { recursive: true });
    const page = context.pages()[0];

    await page.setViewportSize({ width: 500, height: 720 });
    await context.addCookies([lab.idp.beginSession("ada@example.com")]);
    await page.goto(lab.urls.agentPage);
    await page.locator("[data-softphone-phase=ready]").waitFor();
    const panel = page.frameLocator("#softphone iframe");
    await panel.getByLabel("State").selectOption("Available");
    await page.locator("#state[data-kind=free]").waitFor();
    await picture(page, "agent-page.png");

    await page.setViewportSize({ width: 500, height: 720 });
    await page.goto(lab.urls.iccPage);
    const controls = page.locator("softphone-controls");
    await controls.locator(".idle").waitFor();
    lab.connect.call({
      username: "ada@example.com",
      attributes: { orderId: "4711" },
    });
    await controls.getByRole("button", { name: "Accept" }).click();
    await controls.getByRole("button", { name: "Consult" }).click();
    await controls.getByRole("radio", { name: "Front desk" }).check();
    await controls.getByRole("button", { name: "Call Front desk" }).click();
    const swap = controls.getByRole("button", { name: "Swap" });
    await swap.and(page.locator("[aria-disabled=false]")).waitFor();
    await page.mouse.move(0, 0);
    await picture(page, "panel.png");

    await page.setViewportSize({ width: 900, height: 900 });
    await page.goto(lab.urls.start);
    await page.locator("#expectation:not(:empty)").waitFor();
    // Down to the buttons for what happens while the agent page is open.
    const lower = await page.locator("#outcome").boundingBox();
    const height = Math.ceil(lower ? lower.y + lower.height + MARGIN : 900);
    await page.setViewportSize({ width: 900, height });
    await picture(page, "lab.png");

    await page.setViewportSize({ width: 900, height: 900 });
    await page.goto(`${lab.urls.desk}/softphone/setup/index.html#tab=check`);
    await page.getByRole("button", { name: "Try an example" }).click();
    const card = page.getByRole("article", { name: "SSO Login URL" });
    await card.locator("mark").first().waitFor();
    await page.mouse.move(0, 0);
    await picture(card, "setup.png");

    await picturesOfServiceNow(page, lab, picture);
  } finally {
    await context.close();
    await lab.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

/**
 * The test that goes through the panel's states photographs them, too.
 *
 * @param {string | undefined} CHROMIUM
 */
async function picturesOfPanel(CHROMIUM) {
  const PANEL_PICTURES = path.join(root, "target/pictures");
  const states = ["test", "controls/states.spec.ts", "--project=other"];
  const env = { CHROMIUM, PANEL_PICTURES };
  const { code } = await run("playwright", states, { env, anyCode: true });
  say("target/pictures");
  return code;
}

/**
 * @param {import("@playwright/test").Page | import("@playwright/test").Locator} of
 * @param {string} name
 */
async function picture(of, name) {
  const page = "page" in of ? of.page() : of;
  await page.evaluate(() => {
    // No caret and no focus ring of the click that led here.
    if (document.activeElement instanceof HTMLElement)
      document.activeElement.blur();
  });
  await of.screenshot({
    path: path.join(folder, name),
    animations: "disabled",
  });
  say(`docs/${name}`);
}

const folder = path.join(root, "docs");
const PORT = 8765;
const MARGIN = 56;
