import type {
  SoftphoneErrorCode,
  SoftphonePhase,
  SoftphoneStatus,
} from "connect-softphone";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "../support/fixtures.js";
import { PanelPage } from "./panel-page.js";

type Case = [
  phase: SoftphonePhase,
  code: SoftphoneErrorCode | undefined,
  button: string | undefined,
  calls?: "signIn" | "signOut" | "stayActive",
  more?: Partial<SoftphoneStatus>,
];

/** What the panel says and offers, whatever the phone comes to. */
const CASES: Case[] = [
  ["opening", undefined, undefined],
  ["signingIn", undefined, undefined, undefined, { way: "frame" }],
  ["signingIn", undefined, "Show the window", "signIn", { way: "popup" }],
  ["signInNeeded", undefined, "Sign in", "signIn"],
  ["signInNeeded", "WINDOW_BLOCKED", "Sign in", "signIn"],
  ["signInNeeded", "THIRD_PARTY_COOKIES_BLOCKED", undefined],
  ["signInNeeded", "STORAGE_ACCESS_DENIED", "Open Amazon Connect", "signIn"],
  ["expired", "SESSION_ENDED", "Sign in again", "signIn"],
  ["signedOut", undefined, "Sign in", "signIn"],
  ["signedOut", undefined, "Sign in", "signIn", { reason: "inactivity" }],
  ["failed", "CCP_SILENT", "Try again", "signIn"],
  ["failed", "IDENTITY_MISMATCH", "Sign out", "signOut"],
  ["failed", "SIGN_OUT_FAILED", "Sign out", "signOut"],
  ["failed", "MODULE_CRASHED", undefined],
  ["ready", "CCP_LOST", "Restart the phone", "signIn"],
  ["ready", "AGENT_DATA_FROZEN", "Restart the phone", "signIn"],
  ["ready", "SOFTPHONE_ELSEWHERE", "Use the phone here", "signIn"],
  ["ready", "NETWORK_OFFLINE", undefined],
  ["ready", "MICROPHONE_DENIED", undefined],
  ["ready", undefined, "Stay signed in", "stayActive", { inactiveAtMs: 1 }],
  ["closed", undefined, undefined],
];

test("every phase and failure is told, with the button that helps", async ({
  lab,
  page,
}) => {
  lab.desk.mount("/icc/config.json", (_request, response) => {
    response.json({}); // The page's own phone does not open.
  });
  const it = new PanelPage(page, lab);
  await it.open();
  await expect(page.locator("#trouble")).not.toBeEmpty();
  const notice = it.panel.locator(".notice");
  await expect(notice).toContainText("not open yet");
  for (const [phase, code, button, call, more] of CASES)
    await test.step(`${phase} ${code ?? ""}`, async () => {
      const message = `A sentence about ${code}.`;
      const error = code && { code, message, remedy: "Do this." };
      const status = { phase, sinceMs: 0, ...more, ...(error && { error }) };
      await it.panel.evaluate(pretend, status as SoftphoneStatus);
      await expect(notice).toHaveCount(1);
      await expect(notice).toContainText(code ? message : /\w.*\./);
      await expect(notice.getByRole("button")).toHaveText(
        button ? [button] : [],
      );
      if (code)
        await expect(notice.locator("details")).toContainText("Do this.");
      if (button) await it.click(button);
      const called = () => page.evaluate(() => (globalThis as any).called);
      await expect.poll(called).toEqual(call ? [call] : []);
    });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

/** Gives the panel a phone that stands so. */
function pretend(panel: any, status: SoftphoneStatus) {
  const called: string[] = [];
  Object.assign(globalThis, { called });
  const call = (name: string) => async () => void called.push(name);
  panel.phone = {
    status,
    agent: null,
    audio: "unknown",
    contacts: [],
    on: () => () => {},
    signIn: call("signIn"),
    signOut: call("signOut"),
    stayActive: call("stayActive"),
  };
}
