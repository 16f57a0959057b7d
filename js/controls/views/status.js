// @ts-check
import { html, nothing } from "lit";
import { timeOfDay } from "../time.js";
import { fill, sentenceOf } from "../words.js";
import { problem } from "../button.js";

/** @typedef {import("../panel.js").Panel} Panel */
/** @typedef {{ text: string, kind: "info" | "trouble", remedy?: string, label?: string, act?: (phone: import("connect-softphone").Softphone) => Promise<unknown> }} Notice */

/**
 * What is wrong or about to happen, with the button that helps.
 *
 * @param {Panel} panel
 */
export function statusView(panel) {
  const { words, commands } = panel;
  const wrong = commands.problem("panel");
  return html`${noticesOf(panel).map((notice) => noticeView(panel, notice))}
  ${problem(wrong && sentenceOf(words, wrong), words.dismiss, () =>
    commands.dismiss("panel"),
  )}`;
}

/** @param {Panel} panel @param {Notice} notice */
function noticeView(panel, { text, kind, remedy, label, act }) {
  const { words, commands } = panel;
  const running = commands.isRunning("panel");
  return html`<div class="notice" part="notice" data-kind=${kind}>
    <p>${text}</p>
    ${
      label && act
        ? html`<button
            type="button"
            class="action"
            part="button action"
            data-focus="notice"
            aria-busy=${running || nothing}
            @click=${() => panel.run("panel", act)}
          >
            ${label}
          </button>`
        : nothing
    }
    ${
      remedy
        ? html`<details>
            <summary>${words.remedy}</summary>
            <p>${remedy}</p>
          </details>`
        : nothing
    }
  </div>`;
}

/** @param {Panel} panel @returns {Notice[]} */
function noticesOf(panel) {
  const { words, phone, sessionEndsMs, now } = panel;
  if (!phone) return [{ text: words.noPhone, kind: "info" }];
  const { phase, error, inactiveAtMs } = phone.status;
  /** @type {Notice[]} */
  const notices = [];
  if (phase !== "ready" || error) notices.push(phaseNotice(panel, phone));
  if (inactiveAtMs)
    notices.push({
      text: fill(words.inactiveUntil, {
        time: timeOfDay(inactiveAtMs, words.language),
      }),
      kind: "trouble",
      label: words.stayActive,
      act: (phone) => phone.stayActive(),
    });
  if (sessionEndsMs && sessionEndsMs > now && phase === "ready")
    notices.push({
      text: fill(words.sessionEnds, {
        time: timeOfDay(sessionEndsMs, words.language),
      }),
      kind: "info",
    });
  return notices;
}

/** @typedef {import("connect-softphone").Softphone} Softphone */

/** @param {Panel} panel @param {Softphone} phone @returns {Notice} */
function phaseNotice({ words }, phone) {
  const { phase, error, reason, way } = phone.status;
  const signIn = (/** @type {Softphone} */ phone) => phone.signIn();
  const signOut = (/** @type {Softphone} */ phone) => phone.signOut();
  const text = error
    ? sentenceOf(words, error)
    : reason === "inactivity"
      ? words.signedOutInactive
      : words.phases[phase];
  const remedy = error?.remedy;
  /** @type {Notice} */
  const notice = {
    text,
    kind: error ? "trouble" : "info",
    ...(remedy && { remedy }),
  };
  switch (phase) {
    case "opening":
    case "closed":
      return notice;
    case "signingIn":
      return way === "popup"
        ? { ...notice, label: words.showWindow, act: signIn }
        : notice;
    case "signInNeeded":
      // Amazon's page asks, in the phone's container.
      if (error?.code === "THIRD_PARTY_COOKIES_BLOCKED") return notice;
      return error?.code.startsWith("STORAGE_ACCESS")
        ? { ...notice, label: words.openConnect, act: signIn }
        : { ...notice, label: words.signIn, act: signIn };
    case "signedOut":
      return { ...notice, label: words.signIn, act: signIn };
    case "expired":
      return { ...notice, label: words.signInAgain, act: signIn };
    case "failed":
      switch (error?.code) {
        case "MODULE_CRASHED":
          return notice;
        case "IDENTITY_MISMATCH":
        case "SIGN_OUT_FAILED":
          return { ...notice, label: words.signOut, act: signOut };
      }
      return { ...notice, label: words.tryAgain, act: signIn };
    case "ready":
      switch (error?.code) {
        case "CCP_LOST":
        case "AGENT_DATA_FROZEN":
          return {
            ...notice,
            text: `${text} ${words.restartEndsCall}`,
            label: words.restart,
            act: signIn,
          };
        case "SOFTPHONE_ELSEWHERE":
          return { ...notice, label: words.useHere, act: signIn };
      }
      return notice;
  }
}
