import { expect, type Locator, type Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";

export const ADA = "ada@example.com";
export const NUMBER = "+15550100";

/** www/icc, driven from a test. */
export class PanelPage {
  readonly panel: Locator;

  constructor(
    readonly page: Page,
    readonly lab: Lab,
  ) {
    this.panel = page.locator("softphone-controls");
  }

  async open() {
    await this.page.goto(this.lab.urls.iccPage);
  }

  /** Opens the page, signed in, and waits for the agent. */
  async ready() {
    await this.open();
    await expect(this.state).toBeVisible();
  }

  /** Ready, and available for calls. */
  async available() {
    await this.ready();
    this.lab.connect.agent(ADA).setState("Available");
    await this.isIn("Available");
  }

  get state() {
    return this.panel.locator("#state");
  }

  /** The contact that is shown. */
  get contact() {
    return this.panel.locator("section.contact");
  }

  /** What a screen reader was told last. */
  get live() {
    return this.panel.locator("#live");
  }

  async isIn(state: string) {
    await expect(this.state).toContainText(state);
  }

  async shows(phase: string) {
    await expect(this.contact).toHaveAttribute("data-phase", phase);
  }

  button(name: string | RegExp) {
    return this.panel.getByRole("button", {
      name,
      exact: typeof name === "string",
    });
  }

  click(name: string | RegExp) {
    return this.button(name).click();
  }

  /** A customer calls, and the panel offers them. */
  async offered(attributes: Record<string, string> = {}) {
    const call = this.lab.connect.call({
      username: ADA,
      from: NUMBER,
      attributes,
    });
    await this.shows("offered");
    return call;
  }

  /** A customer calls, and is answered. */
  async talking(attributes: Record<string, string> = {}) {
    const call = await this.offered(attributes);
    await this.click("Accept");
    await this.shows("talking");
    return call;
  }

  /** Calls somebody about the contact. */
  async consult(name: string) {
    await this.click("Consult");
    await this.panel.getByRole("radio", { name }).check();
    await this.click(`Call ${name}`);
    await expect(
      this.panel.locator(".participant").filter({ hasText: name }),
    ).toBeVisible();
  }

  /** Available, and looking at the devices, which the agent allows. */
  async devices() {
    await this.page.context().grantPermissions(["microphone"]);
    await this.available();
    await this.click("Settings");
    await this.click("Show devices");
    await expect(this.panel.locator(".devices")).toBeVisible();
  }

  /** Nothing is wider than the page, nor than the panel, and nothing is cut off. */
  async fits() {
    const beyond = () =>
      this.panel.evaluate((panel) => {
        const page = document.documentElement;
        const { left, right } = panel.getBoundingClientRect();
        const all = [...(panel.shadowRoot?.querySelectorAll("*") ?? [])];
        const cut = all.filter((one) => {
          if (one.closest(".hidden, .icon-only .label, .name, svg"))
            return false;
          const box = one.getBoundingClientRect();
          const beyond = box.left < left - 1 || box.right > right + 1;
          const clips = getComputedStyle(one).overflowX !== "visible";
          const clipped = clips && one.scrollWidth > one.clientWidth + 1;
          return box.width > 0 && (beyond || clipped);
        });
        const wide = page.scrollWidth > innerWidth ? ["the page"] : [];
        return [...wide, ...cut.map((one) => one.outerHTML.slice(0, 120))];
      });
    await expect.poll(beyond).toEqual([]);
  }

  /** What has the focus, in the panel. */
  focused() {
    return this.panel.evaluate((element) => {
      const focused = element.shadowRoot?.activeElement;
      return (
        focused?.getAttribute("aria-label") ?? focused?.textContent?.trim()
      );
    });
  }
}
