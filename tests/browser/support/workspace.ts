import { expect, type Page } from "@playwright/test";
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
