// @ts-check
/**
 * One voice call, from the customer's side and from the agent's.
 *
 * ```
 * inbound   queued → connecting ─┬→ connected → ended → cleared
 *              │                 ├→ missed ───────────────┤   not accepted in time
 *              │                 └→ rejected ─────────────┘   by the agent, or the customer hung up while it rang
 *              └→ abandoned                                   the customer hung up in the queue
 * outbound  connecting → connected → ended → cleared
 * ```
 * "ended" is after contact work. These are the lab's own states: the agent's snapshot shows a call that was missed, rejected
 * or given up as `error`, and only its connections tell which (`unansweredState`). Not simulated: audio, ringing tones,
 * whispers, recording, monitoring. A missed call does not return to its queue.
 */
import { randomUUID } from "node:crypto";
import { CallParties, isInternal } from "./call-parties.js";
import { invalidState } from "./service-error.js";
import { Watched } from "./watched.js";

/** @typedef {"queued" | "connecting" | "connected" | "missed" | "rejected" | "ended" | "cleared" | "abandoned"} CallState */
/** @typedef {import("./agent.js").Agent} Agent */

/**
 * @typedef {object} CallSettings
 * @property {"inbound" | "outbound"} direction
 * @property {string} [username] the agent to call; default: the first who is Available
 * @property {import("./directory.js").Endpoint} customer
 * @property {import("./directory.js").Queue} queue
 * @property {Record<string, string>} attributes contact attributes
 * @property {string} [relatedContactId]
 * @property {boolean} multiParty whether it may have more than three parties
 * @property {number} ringTimeoutMs
 */

/**
 * @typedef {object} CallWorld
 * @property {() => number} now
 * @property {import("./timers.js").Timers} timers
 * @property {() => import("./settings.js").ConnectSettings} settings read whenever they are needed
 * @property {(call: Call) => void} onAbandoned
 */

/** @extends {Watched<CallState>} */
export class Call extends Watched {
  contactId = randomUUID();
  /** @type {number | null} when agent and customer were connected */
  connectedAtMs = null;
  /** @type {number | null} */
  endedAtMs = null;
  /** @type {Agent | null} */
  agent = null;
  /** Whether at least two others stayed on the call when the agent left it, which completes a transfer. */
  handedOver = false;
  /** @type {{ issueCode?: string, description?: string }[]} reported by NotifyContactIssue */
  issues = [];

  #settings;
  #world;
  #parties;
  #queuedAtMs;
  #sinceMs;
  /** @type {Set<() => void>} */
  #cancels = new Set();

  /** @param {CallSettings} settings @param {CallWorld} world */
  constructor(settings, world) {
    super("queued");
    this.#settings = settings;
    this.#world = world;
    this.#parties = new CallParties(world.now);
    this.#queuedAtMs = this.#sinceMs = world.now();
  }

  /** Everybody who is or was on the call. */
  get connections() {
    return this.#parties.all;
  }

  get direction() {
    return this.#settings.direction;
  }

  /** The user name of the agent who has the call, or whom it is for. */
  get username() {
    return this.agent?.username ?? this.#settings.username;
  }

  /** The customer's number; undefined if the agent dialled another agent or a queue. */
  get from() {
    return this.#settings.customer.phoneNumber;
  }

  /** The queue's name. */
  get queue() {
    return this.#settings.queue.name;
  }

  get attributes() {
    return this.#settings.attributes;
  }

  // The customer's side.

  /** The customer hangs up, or gives up waiting. Does nothing if the call is over. */
  hangUp() {
    if (this.state === "queued") {
      this.#world.onAbandoned(this);
      this.#enter("abandoned");
    } else if (this.state === "connecting" && this.direction === "inbound") {
      this.#parties.set(this.#parties.customer, "disconnected");
      this.#leaveUnanswered("rejected", "FailedConnectCustomer");
    } else if (["connecting", "connected"].includes(this.state)) {
      this.#drop(this.#parties.customer);
    }
  }

  /**
   * A party that was dialled answers; for an agent or a queue it is a flow that does.
   *
   * @param {import("./call-parties.js").Connection} [dialled] default: the last who has not answered
   */
  answer(dialled = this.#dialled) {
    if (dialled?.state !== "connecting") return;
    dialled.person = !isInternal(dialled.endpoint);
    this.#parties.set(dialled, "connected");
    if (this.state === "connecting") {
      for (const one of this.connections)
        if (one.type === "agent") this.#parties.set(one, "connected");
      this.#connected();
    } else this.#changed();
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
    const third = this.#parties.others.findLast(({ initial }) => !initial);
    if (third) this.#drop(third);
  }

  // The agent's side. Each method throws InvalidStateException where a real instance would.

  /** @param {Agent} agent */
  offerTo(agent) {
    this.#begin(agent, "inbound", "connected", "PendingBusy");
    this.#after(this.#settings.ringTimeoutMs, () =>
      this.#leaveUnanswered("missed", "MissedCallAgent"),
    );
    if (agent.configuration.softphoneAutoAccept)
      this.#after(0, () => this.accept());
  }

  /** @param {Agent} agent */
  dialFrom(agent) {
    this.#begin(agent, "outbound", "connecting", "CallingCustomer");
    this.#answerSoon(this.#parties.customer);
  }

  accept() {
    this.#expect("connecting");
    if (this.direction !== "inbound")
      throw invalidState("the contact is outbound, expected an inbound one");
    for (const one of this.connections) this.#parties.set(one, "connected");
    this.#connected();
  }

  reject() {
    this.#expect("connecting");
    this.#leaveUnanswered("rejected", "AgentHungUp");
  }

  /** Ends after contact work, or removes a missed or rejected contact. */
  clear() {
    this.#expect("ended", "missed", "rejected");
    this.#enter("cleared", (agent) => {
      agent.contacts = agent.contacts.filter((call) => call !== this);
      if (agent.contacts.length === 0) agent.enterNextState();
    });
  }

  /**
   * Changes the parties on the call, such as who is on hold.
   *
   * @param {(parties: CallParties) => void} change
   */
  change(change) {
    this.#expect("connected");
    change(this.#parties);
    this.#changed();
  }

  /**
   * Dials another party and puts those on the call on hold.
   *
   * @param {import("./directory.js").Endpoint} endpoint
   */
  add(endpoint) {
    const most = this.#settings.multiParty ? 6 : 3;
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
    this.#expect("connecting", "connected");
    const one = this.#parties.active(connectionId);
    if (this.state === "connecting" && this.direction === "inbound")
      this.#leaveUnanswered("rejected", "AgentHungUp");
    else if (one.type === "agent") {
      this.handedOver = this.#parties.others.length > 1;
      this.#end();
    } else this.#drop(one);
  }

  /** Cancels its pending timers. */
  stop() {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }

  /** The contact in the form of GetAgentSnapshot. */
  toShape() {
    const { queue, customer, attributes, relatedContactId, multiParty } =
      this.#settings;
    return {
      contactId: this.contactId,
      initialContactId: this.contactId,
      relatedContactId,
      type: "voice",
      initiationMethod: this.direction,
      state: { type: this.#shownState, timestamp: this.#sinceMs / 1000 },
      queue,
      queueTimestamp: this.#queuedAtMs / 1000,
      customerEndpoint: customer,
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [
          name,
          { name, value },
        ]),
      ),
      segmentAttributes: {
        "connect:Subtype": { ValueString: "connect:Telephony" },
      },
      contactFeatures: {
        attachmentsEnabled: false,
        messagingMarkdownEnabled: false,
        multiPartyConferenceEnabled: multiParty || null,
        screenRecordingEnabled: false,
      },
      connections: this.#parties.toShape(
        this.agent?.configuration.softphoneAutoAccept ?? false,
      ),
    };
  }

  /**
   * @param {Agent} agent
   * @param {"inbound" | "outbound"} type
   * @param {"connecting" | "connected"} customerState
   * @param {string} agentState
   */
  #begin(agent, type, customerState, agentState) {
    this.agent = agent;
    agent.contacts.push(this);
    this.#parties.add(type, true, customerState, this.#settings.customer);
    this.#parties.add("agent", false, "connecting", { type: "agent" });
    this.#enter("connecting", () => agent.enterSystemState(agentState));
  }

  #connected() {
    this.stop();
    this.connectedAtMs = this.#world.now();
    this.#enter("connected", (agent) => agent.enterSystemState("Busy"));
  }

  /** The party that was dialled last and has not answered. */
  get #dialled() {
    return this.connections.findLast(
      (one) => one.type === "outbound" && one.state === "connecting",
    );
  }

  /** The state in the agent's snapshot. */
  get #shownState() {
    const unanswered = ["missed", "rejected"].includes(this.state);
    const named = this.#world.settings().unansweredState === "named";
    return unanswered && !named ? "error" : this.state;
  }

  /**
   * The agent's leg ends; the caller, unless they hung up, is still on the line.
   *
   * @param {"missed" | "rejected"} state
   * @param {string} agentState
   */
  #leaveUnanswered(state, agentState) {
    this.stop();
    for (const one of this.connections)
      if (one.type === "agent") this.#parties.set(one, "disconnected");
    this.#enter(state, (agent) => agent.enterSystemState(agentState, "error"));
  }

  /** @param {import("./call-parties.js").Connection} one */
  #drop(one) {
    this.#parties.set(one, "disconnected");
    if (this.#parties.others.length === 0) this.#end();
    else this.#changed();
  }

  #end() {
    this.#disconnectAll();
    this.endedAtMs = this.#world.now();
    this.#enter("ended", (agent) => agent.enterSystemState("AfterCallWork"));
  }

  #disconnectAll() {
    this.stop();
    for (const one of this.connections) this.#parties.set(one, "disconnected");
  }

  /** @param {import("./call-parties.js").Connection} dialled */
  #answerSoon(dialled) {
    const { answerAfterMs, flowAnswersAfterMs } = this.#world.settings();
    const afterMs = isInternal(dialled.endpoint)
      ? flowAnswersAfterMs
      : answerAfterMs;
    if (afterMs !== null) this.#after(afterMs, () => this.answer(dialled));
  }

  /** @param {number} ms @param {() => void} run */
  #after(ms, run) {
    const cancel = this.#world.timers.after(ms, () => {
      this.#cancels.delete(cancel);
      run();
    });
    this.#cancels.add(cancel);
  }

  /**
   * @param {CallState} state
   * @param {(agent: Agent) => void} [follow] updates the agent, before listeners are called
   */
  #enter(state, follow) {
    this.state = state;
    this.#sinceMs = this.#world.now();
    if (this.agent) follow?.(this.agent);
    this.#changed();
    this.tell(state);
  }

  #changed() {
    this.agent?.changed();
    this.tell("changed");
  }

  /** @param {...CallState} states */
  #expect(...states) {
    if (!states.includes(this.state))
      throw invalidState(
        `the contact is ${this.state}, expected ${states.join(" or ")}`,
      );
  }
}
