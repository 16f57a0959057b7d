// @ts-check
/**
 * One voice contact, from the customer's side and from the agent's.
 *
 * ```
 * inbound   queued → connecting ─┬→ connected → ended → cleared
 *              │                 ├→ missed ───────────────┤   not accepted in time
 *              │                 └→ rejected ─────────────┘   by the agent, or the customer hung up while it rang
 *              └→ abandoned                                   the customer hung up in the queue
 * transferred, as inbound: another agent hands a customer over
 * callback  queued → incoming ──→ connecting → connected …    accepted, which dials the customer; missed and rejected as above
 * preview   queued → connecting → connected …                accepted; the agent or a time-out then dials the customer
 * outbound             connecting ─┬→ connected → ended → cleared
 *                                  └→ unanswered → cleared    by itself: the customer did not answer
 * monitoring                      connected → ended → cleared
 * ```
 * "ended" is after contact work. These are the lab's own states: the agent's snapshot shows a contact that was missed,
 * rejected, given up or unanswered as `error`, and only its connections tell which (`unansweredState`); and an outbound one
 * as `connected` while it rings, because the agent's leg is. Not simulated: audio, ringing tones, whispers, recording. A
 * missed call does not return to its queue.
 */
import { randomUUID } from "node:crypto";
import { CALL_KINDS } from "./call-kinds.js";
import { isInternal } from "./call-parties.js";
import { CallRecord } from "./call-record.js";
import { ServiceError, invalidState } from "./service-error.js";

/** @typedef {import("./agent.js").Agent} Agent */
/** @typedef {import("./call-parties.js").Connection} Connection */

export class Call extends CallRecord {
  #lingers = false;

  // The side of the customer and of the third parties.

  /** The customer hangs up, gives up waiting, or declines. Does nothing if they are not on the call. */
  hangUp() {
    const { customer } = this.parties;
    if (this.state === "queued") {
      this.world.onAbandoned(this);
      this.enter("abandoned");
    } else if (!customer || customer.state === "disconnected") return;
    else if (this.state === "connecting" && this.#isOffered) {
      this.parties.set(customer, "disconnected");
      this.#leaveUnanswered("rejected", "FailedConnectCustomer");
    } else if (this.state === "connecting") this.noAnswer(customer);
    else if (this.state === "connected") this.#drop(customer);
    else if (this.handedOver) {
      this.parties.set(customer, "disconnected");
      this.changed();
    }
  }

  /**
   * A party that was dialled answers; for an agent or a queue it is a flow that does.
   *
   * @param {Connection} [dialled] default: the last who has not answered
   */
  answer(dialled = this.#dialled) {
    if (dialled?.state !== "connecting") return;
    dialled.person = !isInternal(dialled.endpoint);
    this.parties.set(dialled, "connected");
    if (!dialled.initial) return this.changed();
    const own = this.parties.own;
    // Streams 2.28.2, connect-streams.js, `onInitContact`: "for Queue Callbacks, the agentConnectionId changes".
    if (this.kind === "callback") own.connectionId = randomUUID();
    this.parties.set(own, "connected");
    this.#connected();
  }

  /**
   * A party that was dialled does not answer, or is busy. An unanswered customer is the contact's end, and the agent is
   * Available again by themselves (Streams #241, #567).
   *
   * @param {Connection} [dialled] default: the last who has not answered
   */
  noAnswer(dialled = this.#dialled) {
    if (dialled?.state !== "connecting") return;
    if (!dialled.initial) return this.#drop(dialled);
    this.#disconnectAll();
    this.enter("unanswered", (agent) =>
      this.show(agent, "FailedConnectCustomer", "error"),
    );
    const { failedDialMs } = this.world.settings();
    this.after(failedDialMs, () => this.clear());
  }

  /**
   * A person takes the call for an agent or a queue, which until then only a flow has answered. The snapshot does not change
   * (Streams #447, #696).
   */
  personAnswers() {
    const one = this.connections.findLast(
      ({ initial, state, person }) =>
        !initial && !person && state !== "disconnected",
    );
    if (one) one.person = true;
  }

  /** The third party who joined last hangs up, or declines. */
  thirdPartyHangsUp() {
    const third = this.parties.others.findLast(({ initial }) => !initial);
    if (third) this.#drop(third);
  }

  // The agent's side. Each method throws InvalidStateException where a real instance would.

  /** @param {Agent} agent */
  offerTo(agent) {
    this.#begin(agent);
    const { missed } = CALL_KINDS[this.kind];
    this.after(this.settings.ringTimeoutMs, () =>
      this.#leaveUnanswered("missed", missed),
    );
    if (agent.configuration.softphoneAutoAccept)
      this.after(0, () => this.accept());
  }

  /** @param {Agent} agent */
  dialFrom(agent) {
    this.#begin(agent);
    const { agentLegMs } = this.world.settings();
    this.after(agentLegMs, () => {
      this.parties.set(this.parties.own, "connected");
      this.changed();
    });
    this.#answerSoon(this.parties.customer);
  }

  /** @param {Agent} agent the supervisor, who listens to somebody else's call */
  monitorFrom(agent) {
    this.agent = agent;
    agent.contacts.push(this);
    const own = this.parties.add("monitoring", false, "connected", {
      type: "agent",
    });
    own.monitorStatus = "SILENT_MONITOR";
    this.#connected();
  }

  accept() {
    if (!this.#isOffered)
      throw invalidState(
        `the contact is ${this.state}, expected one that is offered to the agent`,
      );
    if (this.kind === "callback") return this.#dialBack();
    if (this.preview) return this.#look(this.preview);
    for (const one of this.connections) this.parties.set(one, "connected");
    this.#connected();
  }

  /** Whether nobody has called the customer of a campaign yet, and the agent has accepted. */
  get isPreview() {
    const { customer } = this.parties;
    return (
      this.kind === "preview" &&
      this.state === "connected" &&
      customer?.state === "init"
    );
  }

  /**
   * Calls the customer of a campaign.
   *
   * @throws {ServiceError} InvalidStateException
   */
  engage() {
    const { customer } = this.parties;
    if (!this.isPreview || !customer)
      throw invalidState("the contact is no preview, expected one");
    this.parties.set(customer, "connecting");
    this.changed();
    this.#answerSoon(customer);
  }

  reject() {
    if (!this.#isOffered)
      throw invalidState(
        `the contact is ${this.state}, expected one that is offered to the agent`,
      );
    this.#leaveUnanswered("rejected", CALL_KINDS[this.kind].rejected);
  }

  /** Ends after contact work, or removes a contact that was not taken. */
  clear() {
    if (!FINISHED.includes(this.state))
      throw invalidState(
        `Cannot clear contact: invalid state ${this.state.toUpperCase()}`,
      );
    this.stop();
    this.enter("cleared", (agent) => {
      agent.contacts = agent.contacts.filter((call) => call !== this);
      if (agent.contacts.length === 0) agent.enterNextState();
    });
  }

  /**
   * Clears a contact that stays in the snapshot for a while, although ClearContact says that it is gone (Streams #1013).
   *
   * @param {number} ms
   * @throws {ServiceError} ContactNotFoundException; InvalidStateException where it cannot be cleared
   */
  clearLate(ms) {
    if (!FINISHED.includes(this.state)) return this.clear();
    if (!this.#lingers) this.after(ms, () => this.clear());
    this.#lingers = true;
    throw contactNotFound();
  }

  /**
   * Changes the parties on the call, such as who is on hold.
   *
   * @param {(parties: import("./call-parties.js").CallParties, multiParty: boolean) => void} change
   */
  change(change) {
    this.expect("connected");
    change(this.parties, this.settings.multiParty);
    this.changed();
  }

  /**
   * Dials another party and puts those on the call on hold.
   *
   * @param {import("./directory.js").Endpoint} endpoint
   */
  add(endpoint) {
    const most = this.settings.multiParty ? 6 : 3;
    this.change((parties) => {
      this.#answerSoon(parties.invite(endpoint, most));
    });
  }

  /**
   * Disconnects one connection. If it is the agent's own, the others may continue, and the agent gets after contact work.
   *
   * @param {string} connectionId
   */
  destroy(connectionId) {
    this.expect("incoming", "connecting", "connected");
    const one = this.parties.active(connectionId);
    if (this.#isOffered) this.reject();
    else if (one === this.parties.own) this.#leave();
    else if (one.initial && this.state === "connecting") this.noAnswer(one);
    else this.#drop(one);
  }

  /** @param {Agent} agent */
  #begin(agent) {
    this.agent = agent;
    agent.contacts.push(this);
    const kind = CALL_KINDS[this.kind];
    const { customer } = this.settings;
    if (customer)
      this.parties.add(kind.customerLeg, true, kind.customerState, customer);
    this.parties.add("agent", false, "connecting", { type: "agent" });
    this.enter(kind.offered, () => this.show(agent, kind.agentState));
  }

  /** Dials the customer of a callback, once the agent has accepted. */
  #dialBack() {
    const { customer } = this.parties;
    this.stop();
    if (customer) this.parties.set(customer, "connecting");
    this.enter("connecting", (agent) => this.show(agent, "CallingCustomer"));
    this.#answerSoon(customer);
  }

  /** @param {NonNullable<import("./call-record.js").CallSettings["preview"]>} preview */
  #look({ dialsAfterMs }) {
    this.parties.set(this.parties.own, "connected");
    this.#connected();
    this.after(dialsAfterMs, () => this.isPreview && this.engage());
  }

  #connected() {
    this.stop();
    this.connectedAtMs = this.world.now();
    for (const other of this.agent?.contacts ?? [])
      if (other !== this && other.state === "connected")
        other.change((parties) => parties.holdAll());
    this.enter("connected", (agent) => agent.enterSystemState("Busy"));
  }

  /** Whether the agent can accept or reject it. */
  get #isOffered() {
    return (
      this.state === "incoming" ||
      (this.state === "connecting" &&
        ["inbound", "transferred", "customerFirst", "preview"].includes(
          this.kind,
        ))
    );
  }

  /** The party that was dialled last and has not answered. */
  get #dialled() {
    return this.connections.findLast(
      (one) => one.type === "outbound" && one.state === "connecting",
    );
  }

  /**
   * The agent's leg ends; the caller, unless they hung up, is still on the line.
   *
   * @param {"missed" | "rejected"} state
   * @param {string} agentState
   */
  #leaveUnanswered(state, agentState) {
    this.stop();
    this.parties.set(this.parties.own, "disconnected");
    this.enter(state, (agent) => this.show(agent, agentState, "error"));
  }

  /** @param {Connection} one */
  #drop(one) {
    this.parties.set(one, "disconnected");
    if (this.parties.others.length === 0) this.#end();
    else this.changed();
  }

  /**
   * The agent leaves. Who still rings is given up, and the customer is left on hold with nobody; two others or more go on
   * without the agent, and the contact's connections stay active (Streams #868, #897).
   */
  #leave() {
    const { others, own } = this.parties;
    const ringing = others.filter(({ state }) => state === "connecting");
    if (this.state !== "connected" || others.length < 2) return this.#end();
    for (const one of ringing) this.parties.set(one, "disconnected");
    this.handedOver = this.parties.others.length > 1;
    if (!this.handedOver) {
      this.parties.set(own, "disconnected");
      return this.#enterEnded();
    }
    this.parties.joinAll();
    this.#enterEnded();
    const { leftConnectionLagMs } = this.world.settings();
    this.after(leftConnectionLagMs, () => {
      this.parties.set(own, "disconnected");
      this.changed();
    });
  }

  #end() {
    this.#disconnectAll();
    this.#enterEnded();
  }

  #enterEnded() {
    this.stop();
    this.endedAtMs = this.world.now();
    this.enter("ended", (agent) => this.show(agent, "AfterCallWork"));
  }

  #disconnectAll() {
    this.stop();
    for (const one of this.connections) this.parties.set(one, "disconnected");
  }

  /** @param {Connection | undefined} dialled */
  #answerSoon(dialled) {
    if (!dialled) return;
    const { answerAfterMs, flowAnswersAfterMs, noAnswerAfterMs } =
      this.world.settings();
    const afterMs = isInternal(dialled.endpoint)
      ? flowAnswersAfterMs
      : answerAfterMs;
    if (afterMs !== null) this.after(afterMs, () => this.answer(dialled));
    if (noAnswerAfterMs !== null)
      this.after(noAnswerAfterMs, () => this.noAnswer(dialled));
  }
}

/** Streams #1013. */
export function contactNotFound() {
  return new ServiceError(
    400,
    "ContactNotFoundException",
    "Cannot clear contact: Contact not found",
  );
}

/** @type {import("./call-record.js").CallState[]} */
const FINISHED = ["ended", "missed", "rejected", "unanswered"];
