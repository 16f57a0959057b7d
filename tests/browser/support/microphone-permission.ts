import type { CDPSession, Page } from "@playwright/test";

export type PermissionState = "granted" | "denied" | "prompt";

/**
 * What the agent has chosen in the browser about the microphone, for the pages of one origin.
 *
 * A headless Chromium never asks: while the permission is "prompt", `getUserMedia` answers as if the agent had dismissed
 * the prompt. Playwright can only grant; only DevTools can deny. What it sets ends with its session, which ends with `page`.
 */
export class MicrophonePermission {
  private constructor(
    readonly cdp: CDPSession,
    readonly origin: string,
    readonly browserContextId: string | undefined,
  ) {}

  static async of(page: Page, origin: string) {
    const cdp = await page.context().newCDPSession(page);
    // Without it, the browser's own context would be meant.
    const { targetInfo } = await cdp.send("Target.getTargetInfo");
    const { browserContextId } = targetInfo;
    return new MicrophonePermission(cdp, origin, browserContextId);
  }

  async set(setting: PermissionState) {
    await this.cdp.send("Browser.setPermission", {
      permission: { name: "microphone" },
      setting,
      origin: this.origin,
      browserContextId: this.browserContextId,
    });
  }
}
