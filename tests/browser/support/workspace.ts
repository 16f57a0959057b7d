import { expect, type Page } from "@playwright/test";
import type { SoftphoneErrorCode, SoftphonePhase } from "connect-softphone";
import type { Lab } from "../../lab/lab.js";

/** The agent's workspace in ServiceNow, with a phone in its OpenFrame. */
export class Workspace {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Logs an agent in, imports an update set if one is given, and opens the workspace. */
  static async open(
    page: Page,
    lab: Lab,
    updateSet?: string,
    userName = "ada@example.com",
  ) {
    if (updateSet !== undefined)
      expect(lab.serviceNow.importUpdateSet(updateSet).problems).toEqual([]);
    await page.context().addCookies([lab.serviceNow.beginSession(userName)]);
    const workspace = new Workspace(page);
    await workspace.load(lab);
    return workspace;
  }

  /** Loads or reloads it, and waits until the instance can send it something. */
  async load(lab: Lab) {
    await this.page.goto(lab.urls.workspace);
    await expect(this.page.locator("body")).toHaveAttribute(
      "data-ready",
      "yes",
    );
  }

  /** The page in OpenFrame. */
  get phone() {
    return this.page.frameLocator("iframe[name=gsft_openframe]");
  }

  /** The phone's container, which is there once the record has been read. */
  get container() {
    return this.phone.locator("[data-softphone-phase]");
  }

  /** The sentence and the button that the module shows, in CCP style. */
  get prompt() {
    return this.phone.locator(".connect-softphone-cover");
  }

  /** The phone's own panel, in ICC style. */
  get panel() {
    return this.phone.locator("softphone-controls");
  }

  /** What stands there instead of a phone. */
  get notice() {
    return this.phone.locator(".notice");
  }

  /** What is in the CCP's frame. */
  get ccp() {
    return this.container
      .locator("iframe:not([title='Sign-in'])")
      .contentFrame();
  }

  async untilPhase(phase: SoftphonePhase) {
    await expect(this.container).toHaveAttribute("data-softphone-phase", phase);
  }

  async untilError(code: SoftphoneErrorCode) {
    await expect(this.container).toHaveAttribute("data-softphone-error", code);
  }

  /** Checks that the agent's changes at Amazon Connect are shown in the workspace. */
  async follows(lab: Lab, username = "ada@example.com") {
    const agent = lab.connect.agent(username);
    const state = agent.state.name === "Lunch" ? "Training" : "Lunch";
    agent.setState(state);
    await expect(this.subtitle).toContainText(state);
  }

  /** The OpenFrame window. */
  get frame() {
    return this.page.locator("#openframe");
  }

  get title() {
    return this.frame.locator("#title");
  }

  get subtitle() {
    return this.frame.locator("#subtitle");
  }

  /** Opens and closes the OpenFrame window, and has the presence indicator. */
  get phoneButton() {
    return this.page.locator("#phone");
  }

  /** ServiceNow's Interaction Controls. */
  get controls() {
    return this.page.locator("#controls");
  }

  get dialPad() {
    return this.frame.locator("#dial-pad");
  }

  get tabs() {
    return this.page.getByRole("tab");
  }

  get presence() {
    return this.page.getByLabel("Presence");
  }
}
