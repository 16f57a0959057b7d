import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import type { Lab } from "../../lab/lab.js";

export const ID = "178c75e4-b3de-4839-a6aa-e321ab3f3770";
export const ARN = `arn:aws:connect:us-east-1:123456789012:instance/${ID}`;
export const INSTANCE = "https://acme.my.connect.aws";
export const RELAY = `https://us-east-1.console.aws.amazon.com/connect/federate/${ID}?destination=%2Fccp-v2`;
export const SSO = `https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState=${encodeURIComponent(RELAY)}`;

/** The setup assistant, driven from a test. */
export class SetupPage {
  constructor(
    readonly page: Page,
    readonly lab: Lab,
  ) {}

  async open(fragment: Record<string, string> = {}) {
    const query = new URLSearchParams(fragment);
    await this.page.goto(
      `${this.lab.urls.desk}/softphone/setup/index.html#${query}`,
    );
    await expect(this.page.getByRole("tablist")).toBeVisible();
  }

  async choose(tab: string) {
    await this.page.getByRole("tab", { name: tab }).click();
  }

  /** As from the clipboard, whose permission differs between browsers. */
  async paste(text: string) {
    await this.page.getByLabel("Paste anything").evaluate((area, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      const event = { clipboardData, bubbles: true, cancelable: true };
      area.dispatchEvent(new ClipboardEvent("paste", event));
    }, text);
  }

  card(name: string) {
    return this.page.getByRole("article", { name });
  }

  /** Nothing is wider than the page, and axe finds nothing. */
  async isAccessible() {
    const { violations } = await new AxeBuilder({ page: this.page })
      .exclude(["iframe.trial", "#softphone"])
      .withTags(AXE_TAGS)
      .analyze();
    expect(
      violations.map(({ id, nodes }) => [
        id,
        nodes.map(({ html, failureSummary }) => [html, failureSummary]),
      ]),
    ).toEqual([]);
  }

  async fits() {
    const wide = () =>
      this.page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      );
    await expect.poll(wide).toBeLessThanOrEqual(0);
  }
}

const AXE_TAGS = [
  "wcag2a",
  "wcag2aa",
  "wcag21a",
  "wcag21aa",
  "wcag22aa",
  "best-practice",
];
