// @ts-check
// The phone's page in OpenFrame. What the server side of the UI page has read is in an attribute; the rest is the phone, and
// the workspace around it.
import "./early.js";
import { SoftphoneError, openSoftphone } from "connect-softphone";
import { NEEDED_FLAGS, SANDBOX_REMEDY } from "./check-browser.js";
import { showCheck } from "./check-page.js";
import { Diagnostics } from "./diagnostics.js";
import { sandboxFacts } from "./facts.js";
import { instanceRecord } from "./instance-record.js";
import { isLive } from "./icc/voice.js";
import { Notice } from "./notice.js";
import { OpenFrame } from "./open-frame.js";
import { readPage } from "./page.js";
import { showPanel } from "./panel.js";
import { sentence } from "./plain.js";
import { labelled, missingColumns, readRecord } from "./record.js";
import { Rest } from "./rest.js";
import { loadScript } from "./script.js";
import { COLUMNS, readSettings } from "./settings.js";
import { storageOf } from "./storage.js";
import { Workspace } from "./workspace.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./settings.js").Settings} Settings */

/** @param {HTMLElement} holder */
async function start(holder) {
  holder.replaceChildren(); // What stands there as long as no script runs.
  const notice = new Notice(holder);
  const diagnostics = new Diagnostics(storageOf("localStorage"));
  const report = (/** @type {string} */ sentence) => diagnostics.add(sentence);
  const page = readPage(holder.dataset.page);
  if (!page)
    return notice.show("The phone's page is incomplete.", [
      "Its script on the server did not run. Import the update set again, and look for an error of the UI page connect_softphone in the system log.",
    ]);
  const { settings, problems } = readSettings(page.properties);
  for (const { property, found, expected } of problems)
    report(`${property}: found ${found}, expected ${expected}.`);
  const rest = new Rest(page.token);
  const openFrame = new OpenFrame(report);
  // At the same time: the phone does not wait for OpenFrame.
  const joined = openFrame.init(library(settings), { title: "Phone" });
  /** There will be no phone. @param {string} title @param {readonly string[]} texts */
  const stop = async (title, texts) => {
    notice.show(title, texts);
    if (!(await joined)) return;
    openFrame.show("setSubtitle", title);
    openFrame.show("setPresenceIndicator", title, "red");
    openFrame.call("show");
  };

  const found = await instanceRecord(page, settings, COLUMNS, rest);
  const record = "fields" in found ? readRecord(found.fields) : undefined;
  const inTable = "fields" in found && settings["record.source"] !== "json";
  const missing = inTable ? missingColumns(found.fields) : [];
  missing.forEach(report);
  const user = expectedUser(page.user, settings.identity);
  const config = record && {
    ...record.config,
    expectedUser: user,
    signIn: { returnUrl: RETURN_PAGE },
    streams: {
      url: settings["streams.url"] || holder.dataset.streams,
      options: record.params.region ? { region: record.params.region } : {},
    },
  };
  if (page.parameters.sysparm_check === "true") {
    const wrong =
      "problem" in found ? [found.problem] : (record?.problems ?? []);
    const more = config && wrong.length === 0 ? await mistakes(config) : [];
    const recordProblems = [...wrong, ...more, ...missing];
    return showCheck(holder, {
      ...{ page, settings, problems, recordProblems, openFrame, joined },
      diagnostics,
      open:
        config && user !== "" && wrong.length + more.length === 0
          ? (container) => openSoftphone(container, config)
          : undefined,
    });
  }
  const { origin, flags } = sandboxFacts();
  if (origin === "null")
    return stop("The phone cannot run in this frame.", [
      `Its sandbox is without allow-same-origin, so the page has no origin. ${SANDBOX_REMEDY}`,
    ]);
  const lacking = NEEDED_FLAGS.filter((flag) => flags && !flags.includes(flag));
  if (lacking.length > 0)
    report(
      `The frame's sandbox is without ${lacking.join(", ")}. ${SANDBOX_REMEDY}`,
    );
  if ("problem" in found || !record || !config)
    return stop(
      "The phone is not set up yet.",
      "problem" in found ? [found.problem] : [],
    );
  if (user === "")
    return stop("The phone does not know who you are.", [
      `The ServiceNow user has no ${settings.identity}, which has to be the user name in Amazon Connect (property connect_softphone.identity).`,
    ]);
  if (record.problems.length > 0)
    return stop(
      "The Amazon Connect Instance record has mistakes.",
      record.problems.map(sentence),
    );

  const panel =
    settings.controls === "icc"
      ? await showPanel(holder, settings.language)
      : undefined;
  if (settings.controls === "icc" && !panel)
    report(
      "The phone's panel is not there: look at the UI script connect_softphone_controls.",
    );
  const container = document.createElement("div");
  container.className = "phone";
  holder.append(container);
  try {
    const phone = await openSoftphone(container, {
      ...config,
      controls: settings.controls,
      signIn: { ...config.signIn, prompt: !panel }, // The panel has one.
    });
    if (panel) panel.phone = phone;
    const { params } = record;
    const remember = (/** @type {string} */ json) =>
      diagnostics.keepUnknownActions(json);
    const workspace = new Workspace({
      phone,
      openFrame,
      page,
      settings,
      params,
      rest,
      report,
      remember,
    });
    window.addEventListener("beforeunload", (event) => {
      if (phone.contacts.some(isLive)) event.preventDefault();
    });
    if (await joined) workspace.join();
  } catch (error) {
    const ours = error instanceof SoftphoneError ? error : undefined;
    if (ours?.problems)
      return stop(
        "The phone's configuration has mistakes.",
        labelled(ours.problems).map(sentence),
      );
    const remedy = ours?.remedy ?? String(error);
    stop(ours?.message ?? "The phone could not be opened.", [remedy]);
  }
}

/**
 * What the softphone does not take in a configuration, and nothing is opened: there is a mistake in it in any case, of ours.
 *
 * @param {import("connect-softphone").SoftphoneConfig} config
 */
async function mistakes(config) {
  try {
    const controls = /** @type {any} */ ("");
    const container = document.createElement("div");
    await openSoftphone(container, { ...config, controls });
  } catch (error) {
    const problems = error instanceof SoftphoneError ? error.problems : [];
    return labelled(problems ?? []).filter((it) => it.field !== "controls");
  }
  return [];
}

/** ServiceNow's library. @param {Settings} settings @returns {Promise<Record<string, any> | undefined>} */
async function library(settings) {
  await loadScript(settings["openframe.url"]);
  return /** @type {any} */ (globalThis).openFrameAPI;
}

/** The user name in Amazon Connect; `null`: any. @param {Page["user"]} user @param {Settings["identity"]} identity */
function expectedUser({ userName, email }, identity) {
  if (identity === "none") return null;
  return identity === "email" ? email : userName;
}

const RETURN_PAGE = "/connect_softphone_return.do";

const holder = document.getElementById("connect-softphone");
if (holder) start(holder);
