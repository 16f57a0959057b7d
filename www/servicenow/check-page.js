// @ts-check
// The self-test page (`?sysparm_check=true`): each check with its verdict and what to do, and one report to copy.
import { checksOf, report, withoutSecrets } from "./check.js";
import { CheckView } from "./check-view.js";
import { collectFacts, tryPopup, watchViolations } from "./facts.js";
import { own, parsed, sentence } from "./plain.js";
import { wait } from "./wait.js";

/** @typedef {import("./check.js").Facts} Facts */
/** @typedef {import("connect-softphone").Softphone} Softphone */

/**
 * @param {HTMLElement} holder
 * @param {object} parts
 * @param {import("./page.js").Page} parts.page
 * @param {import("./settings.js").Settings} parts.settings
 * @param {import("./settings.js").Problem[]} parts.problems of the settings
 * @param {readonly (string | import("./plain.js").Problem)[]} parts.recordProblems
 * @param {import("./open-frame.js").OpenFrame} parts.openFrame
 * @param {Promise<boolean>} parts.joined whether OpenFrame has answered
 * @param {import("./diagnostics.js").Diagnostics} parts.diagnostics
 * @param {((container: HTMLElement) => Promise<Softphone>) | undefined} parts.open opens the phone; `undefined`: there is no record
 */
export async function showCheck(
  holder,
  {
    page,
    settings,
    problems,
    recordProblems,
    openFrame,
    joined,
    diagnostics,
    open,
  },
) {
  const violations = watchViolations();
  /** @type {Facts} */
  let facts = {};
  const view = new CheckView(holder, {
    popup() {
      facts.popups = tryPopup();
      show();
    },
    signIn: open && ((container) => trySignIn(container, open)),
  });
  const show = () => {
    const checks = checksOf(facts);
    view.show(checks, reportOf(checks, page.version, diagnostics));
  };
  /** @param {HTMLElement} container @param {NonNullable<typeof open>} opens */
  const trySignIn = async (container, opens) => {
    try {
      const phone = await opens(container);
      phone.on("statusChanged", ({ status }) => {
        facts.phone = { phase: status.phase, code: status.error?.code };
        show();
      });
    } catch (error) {
      const { code } = /** @type {{ code?: string }} */ (error);
      facts.phone = { phase: "failed", code };
    }
    show();
  };
  // Outside of OpenFrame nobody answers, and the other checks do not wait for it.
  const answered = await Promise.race([joined, wait(ANSWER_MS)]);
  openFrame.on("openframe_icc_record_opened", () => {});
  facts = await collectFacts({
    violations,
    serverMs: page.nowMs || undefined,
    methods: METHODS,
  });
  const told = facts.openFrame ?? { loaded: false };
  facts.openFrame = {
    ...told,
    initialised: answered === true,
    refused: openFrame.refused,
  };
  facts.version = page.version;
  facts.interactionControls = settings.controls === "icc";
  facts.roles = page.user.roles;
  facts.settings = problems;
  facts.record = {
    problems: recordProblems.map((one) =>
      typeof one === "string" ? one : sentence(one),
    ),
  };
  facts.actions = actionsIn(diagnostics.unknownActions);
  const failed = diagnostics.list.filter(
    ({ atMs, sentence: said }) =>
      atMs > Date.now() - DAY_MS && INTERACTIONS.test(said),
  );
  if (failed.length > 0)
    facts.interactions = failed.map(({ sentence: said }) => said);
  show();
}

/**
 * @param {readonly import("./check.js").Check[]} checks
 * @param {string} version
 * @param {import("./diagnostics.js").Diagnostics} diagnostics
 */
function reportOf(checks, version, diagnostics) {
  const told = diagnostics.list.map(
    ({ atMs, sentence: said }) => `${new Date(atMs).toISOString()} ${said}`,
  );
  const actions = diagnostics.unknownActions;
  const browser = navigator.userAgent;
  return [
    report(checks, { version, atMs: Date.now(), browser }),
    ...(told.length > 0
      ? ["", "Told by the phone in this browser:", ...told.map(withoutSecrets)]
      : []),
    ...(actions
      ? ["", "Actions without a command:", withoutSecrets(actions)]
      : []),
  ].join("\n");
}

/** @param {string} json */
function actionsIn(json) {
  const list = own(parsed(json), "actions");
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) => {
    const [name, keys] = [own(one, "name"), own(one, "keys")];
    if (typeof name !== "string" || !Array.isArray(keys)) return [];
    return [{ name, keys: keys.map(String) }];
  });
}

const ANSWER_MS = 5000;
const INTERACTIONS = /\binteractions?\b(?! controls)/i;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Of openFrameAPI, those that the phone calls. */
const METHODS = [
  "init",
  "subscribe",
  "setSubtitle",
  "setPresenceIndicator",
  "show",
  "hide",
  "getAWAAgentPresence",
  "openServiceNowForm",
  "openServiceNowList",
  "toastMessage",
  "setICContext",
];
