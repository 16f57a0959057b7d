// @ts-check
// Joins a phone to the ServiceNow workspace around it: what changes in the phone is shown there, and what happens there is
// done with the phone.
import { Activity, readHeartBeat } from "./activity.js";
import { ClickToCall, readClickToCall } from "./click-to-call.js";
import { AgentEvents } from "./event-sink.js";
import { frameOf } from "./frame.js";
import { toast, toastOf } from "./icc/toast.js";
import { InteractionControls } from "./icc/controls.js";
import { Interactions, readInteractionTable } from "./interaction.js";
import { PresenceLink } from "./presence-link.js";
import { labelledMessage } from "./record.js";
import { Requests } from "./requests.js";
import { isLive } from "./icc/voice.js";
import { ScreenPops, readScreenPop } from "./screen-pop.js";
import { storageOf } from "./storage.js";
import { offeredOf } from "./work-item.js";

/** @typedef {import("connect-softphone").Softphone} Softphone */

export class Workspace {
  #phone;
  #openFrame;
  #page;
  #settings;
  #params;
  #rest;
  #report;
  #remember;
  #interactions;
  #requests;
  #presence;
  #pops;
  #events = new AgentEvents();
  #clicks = new ClickToCall();
  #activity = new Activity(Date.now());
  /** There once OpenFrame has answered, with `controls: "icc"`. @type {InteractionControls | undefined} */
  #controls;
  /** @type {{ offered: boolean, idle: boolean, needed: boolean }} */
  #before = { offered: false, idle: true, needed: false };
  /** What the status has last told as wrong. */
  #lastError = "";
  /** Whether the agent has left ServiceNow, and the phone goes with them as soon as there is no contact. */
  #leaving = false;

  /**
   * @param {object} parts
   * @param {Softphone} parts.phone
   * @param {import("./open-frame.js").OpenFrame} parts.openFrame
   * @param {import("./page.js").Page} parts.page
   * @param {import("./settings.js").Settings} parts.settings
   * @param {Record<string, string>} parts.params of the Instance record
   * @param {import("./rest.js").Rest} parts.rest
   * @param {(sentence: string) => void} parts.report
   * @param {(json: string) => void} parts.remember takes the actions of ICC that nobody has mapped
   */
  constructor({
    phone,
    openFrame,
    page,
    settings,
    params,
    rest,
    report,
    remember,
  }) {
    this.#phone = phone;
    this.#openFrame = openFrame;
    this.#page = page;
    this.#settings = settings;
    this.#params = params;
    this.#rest = rest;
    this.#report = report;
    this.#remember = remember;
    const { user } = page;
    const { table, problems } = readInteractionTable(settings.interaction);
    this.#interactions = new Interactions({
      user,
      table,
      storage: storageOf("localStorage"),
      tab: crypto.randomUUID(),
      recordingPrefix: params.audioRecordingUrlPrefix,
    });
    this.#requests = new Requests(
      this.#interactions,
      rest,
      () => this.#changed(),
      (problem) => this.#withoutInteraction(problem),
    );
    this.#presence = new PresenceLink({
      phone,
      openFrame,
      rest,
      user,
      settings,
      report,
    });
    const pops = readScreenPop(settings.screen_pop);
    for (const { field, found, expected } of [...problems, ...pops.problems])
      report(
        `connect_softphone.${field}: found ${found}, expected ${expected}.`,
      );
    this.#pops = new ScreenPops({
      table: pops.table,
      storage: storageOf("sessionStorage"),
    });
    for (const type of EVENTS) phone.on(type, () => this.#changed());
    phone.on("diagnostic", ({ message }) => report(labelledMessage(message)));
    this.#changed();
  }

  /** OpenFrame has answered: from now on it is told, and listened to. */
  join() {
    const { user, searchLimit } = this.#page;
    const on = this.#openFrame.on.bind(this.#openFrame);
    on("openframe_communication", (args) => this.#clicked(args));
    on("openframe_heart_beat", (payload) => this.#beat(payload));
    on("openframe_before_destroy", () => this.#beforeDestroy());
    on("openframe_awa_workitem_accepted", (payload) =>
      this.#answered("accept", payload),
    );
    on("openframe_awa_workitem_rejected", (payload) =>
      this.#answered("reject", payload),
    );
    on("openframe_communication_failure", () =>
      this.#report(
        "OpenFrame refused a message (openframe_communication_failure).",
      ),
    );
    this.#presence.join();
    if (this.#settings.controls === "icc") {
      // Subscribed here, so that it is known whether the library has it.
      on("openframe_icc_record_opened", () => {});
      this.#controls = new InteractionControls({
        phone: this.#phone,
        openFrame: this.#openFrame,
        interactions: () => this.#interactions.known,
        searching: () => this.#interactions.searching,
        settings: this.#settings,
        user,
        searchLimit,
        report: this.#report,
        remember: this.#remember,
      });
    }
    this.#changed();
  }

  /**
   * OpenFrame says so before it knows whether the workspace is left at all: a form with unsaved changes, or this page, may ask
   * the agent to stay. So a call is never hung up for it, and a page that is still there begins again.
   */
  #beforeDestroy() {
    if (this.#phone.contacts.some(isLive)) return;
    this.#requests.close();
    this.#presence.close();
    this.#phone.close();
    setTimeout(() => location.reload(), STAYED_MS);
  }

  #changed() {
    const { status, agent, contacts } = this.#phone;
    if (status.phase === "closed") return;
    this.#tellError(status);
    const ready = status.phase === "ready" && agent;
    // First, because a call whose interaction is looked for is not offered yet.
    if (ready && this.#settings["interaction.enabled"])
      this.#requests.run(this.#interactions.update(contacts, Date.now()));
    this.#controls?.update();
    this.#presence.agentSeen();
    if (ready) {
      this.#pop();
      this.#sink();
    }
    this.#showFrame();
    if (this.#leaving) this.#leave();
  }

  /** The agent reads a sentence; the report has the code, and what to do. @param {import("connect-softphone").SoftphoneStatus} status */
  #tellError({ error }) {
    const code = error?.code ?? "";
    if (error && code !== this.#lastError)
      this.#report(`${code}: ${error.message} ${error.remedy}`);
    this.#lastError = code;
  }

  #showFrame() {
    const { status, agent, contacts } = this.#phone;
    const differing = this.#presence.differing;
    const shown = frameOf({ status, agent, contacts, differing });
    const { offered, idle, needed, indicator } = shown;
    this.#openFrame.show("setSubtitle", shown.subtitle);
    this.#openFrame.show(
      "setPresenceIndicator",
      indicator.state,
      indicator.color,
    );
    if (!this.#openFrame.isReady) return;
    const before = this.#before;
    this.#before = { offered, idle, needed };
    if (needed && !before.needed) {
      this.#openFrame.call("show");
      // In the place of the dial pad of Interaction Controls.
      if (this.#controls) this.#openFrame.call("showIframe");
    }
    if (offered && !before.offered && this.#settings["frame.expand_on_offer"])
      this.#openFrame.call("show");
    if (idle && !before.idle && this.#settings["frame.collapse_when_idle"])
      this.#openFrame.call("hide");
  }

  #pop() {
    if (!this.#openFrame.isReady) return; // What has opened is not asked for again.
    const interactions = this.#interactions.known;
    for (const contact of this.#phone.contacts) {
      const pop = this.#pops.of(contact, { interactions, nowMs: Date.now() });
      if (!pop) continue;
      if ("wait" in pop) setTimeout(() => this.#pop(), pop.wait.forMs);
      else this.#openFrame.call(pop.method, pop.argument);
    }
  }

  async #sink() {
    if (!this.#settings["event_sink.enabled"]) return;
    const { agent } = this.#phone;
    const { user } = this.#page;
    const facts = { agent, user, instance: this.#params, location };
    const event = this.#events.of(facts, Date.now());
    if (!event) return;
    const { status } = await this.#rest.send("POST", event.path, event.body);
    const told = this.#events.answered(status, Date.now());
    if (told !== undefined) this.#report(told);
  }

  /** Without one, Interaction Controls have no call to show. @param {string} problem */
  #withoutInteraction(problem) {
    this.#report(problem);
    if (!this.#controls || this.#phone.contacts.length === 0) return;
    this.#openFrame.call("show");
    this.#toast(toast("Use the phone's own window for this call.", "warning"));
  }

  /** @param {unknown} args */
  async #clicked(args) {
    const call = readClickToCall(args);
    if ("problem" in call)
      return this.#report(`Click to call: ${call.problem}`);
    if (!this.#clicks.take(call, Date.now())) return;
    this.#openFrame.call("show");
    try {
      const contact = await this.#phone.dial(call.number);
      if (!this.#settings["interaction.enabled"]) return;
      const { entity, sysId } = call;
      const record = { entity, sysId };
      this.#requests.run(
        this.#interactions.relate(contact.initialId, record, Date.now()),
      );
    } catch (error) {
      this.#toast(toastOf(error));
    }
  }

  /** @param {unknown} payload */
  #beat(payload) {
    const beat = readHeartBeat(payload);
    if ("problem" in beat) return this.#report(beat.problem);
    const { phase } = this.#phone.status;
    if (phase === "ready" && this.#activity.heard(beat, Date.now()))
      this.#phone.stayActive().catch(() => {}); // The phone's status tells.
    if (beat.loggedIn === true) this.#leaving = false;
    if (phase === "ready") this.#sink(); // Which may have refused an agent who was not logged in.
    if (beat.loggedIn !== false || this.#leaving) return;
    if (!this.#settings.sign_out_with_servicenow || phase !== "ready") return;
    this.#leaving = true;
    if (this.#phone.contacts.length > 0)
      this.#toast(
        toast(
          "You are logged out of ServiceNow: the phone signs out after this contact.",
          "warning",
        ),
      );
    this.#leave();
  }

  async #leave() {
    if (this.#phone.contacts.length > 0) return;
    this.#leaving = false;
    try {
      await this.#phone.signOut({ setOffline: true });
    } catch (error) {
      this.#toast(toastOf(error));
    }
  }

  /** @param {"accept" | "reject"} command @param {unknown} payload */
  #answered(command, payload) {
    const { contacts } = this.#phone;
    const found = offeredOf(payload, contacts, this.#interactions.known);
    if (!found?.contact.can[command]) return;
    const { contact, sysId } = found;
    if (command === "accept" && this.#settings["interaction.enabled"])
      this.#requests.run(
        this.#interactions.adopt(contact.initialId, sysId, Date.now()),
      );
    this.#phone
      [command](contact.id)
      .catch((error) => this.#toast(toastOf(error)));
  }

  /** @param {import("./icc/toast.js").Toast | undefined} shown */
  #toast(shown) {
    if (!shown) return;
    this.#openFrame.call("toastMessage", shown.message, shown.level, shown.ms);
  }
}

/** How long leaving a page takes at most. */
const STAYED_MS = 3000;

/** @type {readonly import("connect-softphone").SoftphoneEvent["type"][]} */
const EVENTS = [
  "statusChanged",
  "agentChanged",
  "audioChanged",
  "contactAdded",
  "contactChanged",
  "contactRemoved",
  "recordingChanged",
];
