// @ts-check
// The self-test page (`?sysparm_check=true`): each check with its verdict and what to do, and one report to copy.
import { checksOf, report } from "./check.js";
import { collectFacts, tryPopup, watchViolations } from "./facts.js";
import { own, parsed, sentence } from "./plain.js";

/** @typedef {import("./check.js").Facts} Facts */
/** @typedef {import("./check.js").Check} Check */

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
 */
export async function showCheck(
  holder,
  { page, settings, problems, recordProblems, openFrame, joined, diagnostics },
) {
  const violations = watchViolations();
  const view = new View(holder);
  // Outside of OpenFrame nobody answers, and the other checks do not wait for it.
  const answered = await Promise.race([joined, wait(ANSWER_MS)]);
  openFrame.on("openframe_icc_record_opened", () => {});
  /** @type {Facts} */
  const facts = await collectFacts({
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
  const show = () =>
    view.show(checksOf(facts), {
      version: page.version,
      diagnostics,
      popup() {
        facts.popups = tryPopup();
        show();
      },
    });
  show();
}

class View {
  #holder;

  /** @param {HTMLElement} holder */
  constructor(holder) {
    this.#holder = holder;
    holder.replaceChildren(element("p", { role: "status" }, "Testing …"));
  }

  /**
   * @param {readonly Check[]} checks
   * @param {object} parts
   * @param {string} parts.version
   * @param {import("./diagnostics.js").Diagnostics} parts.diagnostics
   * @param {() => void} parts.popup tries whether a window opens
   */
  show(checks, { version, diagnostics, popup }) {
    const told = diagnostics.list.map(
      ({ atMs, sentence: said }) => `${new Date(atMs).toISOString()} ${said}`,
    );
    const text = [
      report(checks, {
        version,
        atMs: Date.now(),
        browser: navigator.userAgent,
      }),
      ...(told.length > 0
        ? ["", "Told by the phone in this browser:", ...told]
        : []),
      ...(diagnostics.unknownActions
        ? ["", "Actions without a command:", diagnostics.unknownActions]
        : []),
    ].join("\n");
    const bad = checks.filter(({ verdict }) => verdict === "bad").length;
    const rows = checks.map((check) => {
      const item = element("li", { class: check.verdict });
      item.dataset.check = check.id;
      item.append(
        element("strong", {}, `${SIGNS[check.verdict]} ${check.title}`),
        element("span", {}, check.found),
      );
      if (check.remedy) item.append(element("em", {}, check.remedy));
      return item;
    });
    const list = element("ul", { class: "checks" });
    list.append(...rows);
    const area = /** @type {HTMLTextAreaElement} */ (
      element("textarea", { readonly: "", rows: "8", "aria-label": "Report" })
    );
    area.value = text;
    this.#holder.replaceChildren(
      element("h1", {}, "Self-test of the phone"),
      element(
        "p",
        { role: "status" },
        bad === 0
          ? "Nothing is wrong."
          : `${bad} of ${checks.length} need something.`,
      ),
      list,
      button("Test whether windows open", popup),
      button("Copy the report", () => {
        area.select();
        navigator.clipboard?.writeText(text).catch(() => {}); // It is selected.
      }),
      area,
    );
  }
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

/** @param {string} name @param {Record<string, string>} attributes @param {string} [text] */
function element(name, attributes, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

/** @param {string} text @param {() => void} click */
function button(text, click) {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", click);
  return made;
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const SIGNS = { good: "✓", bad: "✗", unknown: "?" };
const ANSWER_MS = 5000;
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
