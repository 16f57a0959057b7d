// @ts-check
// The phone's page in OpenFrame. What the server side of the UI page has read is in an attribute; the rest is the phone, and
// the workspace around it.
import "./early.js";
import { SoftphoneError, openSoftphone } from "connect-softphone";
import { showCheck } from "./check-page.js";
import { Diagnostics } from "./diagnostics.js";
import { instanceRecord } from "./instance-record.js";
import { isLive } from "./icc/voice.js";
import { Notice } from "./notice.js";
import { OpenFrame } from "./open-frame.js";
import { readPage } from "./page.js";
import { showPanel } from "./panel.js";
import { labelled, missingColumns, readRecord } from "./record.js";
import { Rest } from "./rest.js";
import { loadScript } from "./script.js";
import { COLUMNS, readSettings } from "./settings.js";
import { Workspace } from "./workspace.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {import("./settings.js").Settings} Settings */

/** @param {HTMLElement} holder */
async function start(holder) {
  const notice = new Notice(holder);
  const diagnostics = new Diagnostics(window.localStorage);
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

  const found = await instanceRecord(page, settings, COLUMNS, rest);
  const record = "fields" in found ? readRecord(found.fields) : undefined;
  const inTable = "fields" in found && settings["record.source"] !== "json";
  const missing = inTable ? missingColumns(found.fields) : [];
  missing.forEach(report);
  if (page.parameters.sysparm_check === "true")
    return showCheck(holder, {
      ...{ page, settings, problems, openFrame, joined, rest, diagnostics },
      recordProblems:
        "problem" in found
          ? [found.problem]
          : [...(record?.problems ?? []), ...missing],
    });
  if ("problem" in found || !record)
    return notice.show(
      "The phone is not set up yet.",
      "problem" in found ? [found.problem] : [],
    );
  const user = expectedUser(page.user, settings.identity);
  if (user === "")
    return notice.show("The phone does not know who you are.", [
      `The ServiceNow user has no ${settings.identity}, which has to be the user name in Amazon Connect (property connect_softphone.identity).`,
    ]);
  if (record.problems.length > 0)
    return notice.problems(
      "The Amazon Connect Instance record has mistakes.",
      record.problems,
    );

  const panel =
    settings.controls === "icc"
      ? await showPanel(holder, settings.language)
      : undefined;
  const container = document.createElement("div");
  container.className = "phone";
  holder.append(container);
  try {
    const phone = await openSoftphone(container, {
      ...record.config,
      controls: settings.controls,
      expectedUser: user,
      signIn: {
        returnUrl: RETURN_PAGE,
        prompt: !panel, // The panel has one.
      },
      streams: {
        url: settings["streams.url"] || holder.dataset.streams,
        options: record.params.region ? { region: record.params.region } : {},
      },
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
      return notice.problems(
        "The phone's configuration has mistakes.",
        labelled(ours.problems),
      );
    const remedy = ours?.remedy ?? String(error);
    notice.show(ours?.message ?? "The phone could not be opened.", [remedy]);
  }
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
