// @ts-check
// Joins the phone to ServiceNow's Interaction Controls: snapshots become contexts, actions become commands, and what fails is
// told to the agent in a toast, because ICC itself shows nothing.
import { readAction } from "./action.js";
import { Actions } from "./actions.js";
import { Contexts } from "./contexts.js";
import { readOfferAnswer } from "./offer-answer.js";
import { sizeWarning } from "./size.js";
import { toast, toastOf } from "./toast.js";
import { WrapUps } from "./wrap-up.js";

/** @typedef {import("connect-softphone").Softphone} Softphone */
/** @typedef {import("./contexts.js").Order} ContextOrder */
/** @typedef {import("./order.js").Order} Order */

export class InteractionControls {
  #phone;
  #openFrame;
  #interactions;
  #searching;
  #report;
  #remember;
  #contexts;
  #actions;
  #wrapUps = new WrapUps();
  /** @type {Set<string>} contacts that the agent has reported an issue with */
  #flagged = new Set();
  /** @type {string | undefined} */
  #outboundQueue;
  /** The search that was made last: an earlier one's answer comes too late. */
  #searches = 0;

  /**
   * @param {object} parts
   * @param {Softphone} parts.phone
   * @param {import("../open-frame.js").OpenFrame} parts.openFrame which is ready
   * @param {() => ReadonlyMap<string, { sysId: string, number?: string }>} parts.interactions by initial contact id
   * @param {() => ReadonlySet<string>} parts.searching the initial contact ids of calls whose interaction is looked for
   * @param {import("../settings.js").Settings} parts.settings
   * @param {{ sysId: string, name: string }} parts.user
   * @param {string} parts.searchLimit
   * @param {(sentence: string) => void} parts.report
   * @param {(json: string) => void} parts.remember takes the list of actions that nobody has mapped
   */
  constructor({
    phone,
    openFrame,
    interactions,
    searching,
    settings,
    user,
    searchLimit,
    report,
    remember,
  }) {
    this.#phone = phone;
    this.#openFrame = openFrame;
    this.#interactions = interactions;
    this.#searching = searching;
    this.#report = report;
    this.#remember = remember;
    const { features } = openFrame;
    this.#contexts = new Contexts({ settings, user, searchLimit, features });
    this.#actions = new Actions({ settings, user });
    for (const { property, found, expected } of this.#actions.problems)
      report(`${property}: found ${found}, expected ${expected}.`);
    openFrame.on("interaction_control_action", (args) => this.#act(args));
    openFrame.on("openframe_awa_client_offer", (payload) =>
      this.#offered(payload),
    );
    openFrame.on("openframe_wrap_up_submitted", (payload) => {
      const order = this.#wrapUps.take(payload, phone.contacts, interactions());
      if (order) this.#carryOut(order);
    });
    if (openFrame.missing(["setICContext"]).length > 0)
      report(
        "openFrameAPI has no setICContext: the library is older than Interaction Controls, or an old copy of it is cached (open /cache.do).",
      );
  }

  /** Tells ICC what has changed. */
  update() {
    this.#send(this.#contexts.update(this.#state(), Date.now()));
  }

  #state() {
    const { status, agent, contacts } = this.#phone;
    for (const flagged of this.#flagged)
      if (!contacts.some(({ id }) => id === flagged))
        this.#flagged.delete(flagged);
    const recordings = new Map(
      contacts.flatMap(({ id }) => {
        const recording = this.#phone.recording(id);
        return recording ? [[id, recording]] : [];
      }),
    );
    return {
      status,
      agent,
      contacts,
      interactions: this.#interactions(),
      searching: this.#searching(),
      recordings,
      flagged: this.#flagged,
      outboundQueue: this.#outboundQueue,
      targetsById: this.#contexts.targetsById,
    };
  }

  /** @param {readonly ContextOrder[]} orders */
  #send(orders) {
    for (const order of orders) {
      const warning = sizeWarning(order);
      if (warning) this.#report(warning);
      this.#openFrame.call("setICContext", order.type, order.context);
    }
  }

  /** @param {unknown} args */
  #act(args) {
    const action = readAction(args);
    if ("problem" in action) return this.#report(action.problem);
    if (action.truncated)
      this.#report(
        "Interaction Controls sent an action with more data than any needs; the rest was left out.",
      );
    const state = this.#state();
    const interactions = this.#interactions();
    const order = this.#actions.commandOf(
      action,
      state,
      interactions,
      Date.now(),
    );
    if (order.kind !== "unknown") return this.#carryOut(order);
    this.#remember(this.#actions.unknown.exported());
    const keys = order.keys.join(", ") || "none";
    this.#report(
      `Interaction Controls sent the action ${order.name}, which is not known. Keys of its payload: ${keys}. Map it with connect_softphone.icc.actions.`,
    );
    this.#toast(toast("Use the phone's own window for that.", "warning"));
  }

  /** @param {Order} order */
  async #carryOut(order) {
    switch (order.kind) {
      case "command":
        return this.#command(order);
      case "search":
        return this.#search(order);
      case "moreInfo":
        return this.#send(
          this.#contexts.moreInfo(order.contactId, order.targetId),
        );
      case "wrapUp":
        return this.#wrapUp(order.contactId);
      case "selectQueue":
        this.#outboundQueue = order.queueArn;
        return this.update();
      case "logout":
        // As in ServiceNow's example: the agent sees what is going on.
        this.#openFrame.call("showIframe");
        return this.#command({ kind: "command", method: "signOut", args: [] });
      case "deviceSettings":
        this.#openFrame.call("show");
        return undefined;
      case "problem":
        this.#report(order.problem);
        return this.#toast(toast(order.message, "warning"));
      case "recordOpened":
      case "ignored":
        return undefined;
    }
  }

  /** Begun during the call, it ends nothing yet: `openframe_wrap_up_submitted` will. @param {string} contactId */
  #wrapUp(contactId) {
    const contact = this.#phone.contacts.find(({ id }) => id === contactId);
    if (contact?.can.finish)
      this.#carryOut({
        kind: "command",
        method: "finish",
        args: [contactId],
        contactId,
      });
  }

  /** @param {Extract<Order, { kind: "command" }>} order */
  async #command({ method, args, contactId }) {
    try {
      const command = /** @type {(...args: unknown[]) => unknown} */ (
        this.#phone[method]
      );
      await command.apply(this.#phone, args);
      if (method === "reportIssue" && contactId) this.#flagged.add(contactId);
    } catch (error) {
      this.#toast(toastOf(error));
    }
    this.update();
  }

  /** @param {Extract<Order, { kind: "search" }>} order */
  async #search({ contactId, term, types, limit }) {
    const search = (this.#searches += 1);
    try {
      const found = await this.#phone.quickConnects({ search: term });
      if (search !== this.#searches) return;
      this.#send(this.#contexts.targets(contactId, found, { types, limit }));
      if (found.incomplete.length > 0)
        this.#report(
          `Quick connects of ${found.incomplete.length} queues could not be read.`,
        );
    } catch (error) {
      this.#send(this.#contexts.targets(contactId, { items: [] }));
      this.#toast(toastOf(error));
    }
  }

  /** @param {unknown} payload */
  #offered(payload) {
    const { result, code, message, remedy } = readOfferAnswer(payload);
    if (result === "success") return;
    this.#report(`Offer: ${code ?? result}. ${remedy}`);
    if (message) this.#toast(toast(message, "warning"));
  }

  /** @param {import("./toast.js").Toast | undefined} shown */
  #toast(shown) {
    if (!shown) return;
    this.#openFrame.call("toastMessage", shown.message, shown.level, shown.ms);
  }
}
