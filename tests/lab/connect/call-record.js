// @ts-check
/** What is known of one voice contact, and how its agent and its listeners learn of changes. call.js has what can happen to it. */
import { randomUUID } from "node:crypto";
import { CallParties } from "./call-parties.js";
import { contactShape, madeOdd } from "./contact-shape.js";
import { invalidState } from "./service-error.js";
import { Watched } from "./watched.js";

/** @typedef {"queued" | "incoming" | "connecting" | "connected" | "missed" | "rejected" | "unanswered" | "ended" | "cleared" | "abandoned"} CallState */
/** @typedef {import("./agent.js").Agent} Agent */
/** @typedef {import("./call-parties.js").Connection} Connection */

/**
 * @typedef {object} CallSettings
 * @property {import("./call-kinds.js").CallKind} kind
 * @property {string} [username] the agent to call; default: the first who is Available
 * @property {import("./directory.js").Endpoint} [customer] absent from a monitoring contact
 * @property {import("./directory.js").Queue} [queue] absent from a monitoring contact
 * @property {Record<string, string>} attributes contact attributes
 * @property {{ dialsAfterMs: number, canDiscard: boolean }} [preview] of a campaign's customer
 * @property {string} [relatedContactId]
 * @property {string} [initialContactId] of the contact with which the customer's call began; default: its own id
 * @property {boolean} multiParty whether it may have more than three parties
 * @property {number} ringTimeoutMs
 */

/**
 * @typedef {object} CallWorld
 * @property {() => number} now
 * @property {import("./timers.js").Timers} timers
 * @property {() => import("./settings.js").ConnectSettings} settings read whenever they are needed
 * @property {(call: import("./call.js").Call) => void} onAbandoned
 */

/** @extends {Watched<CallState>} */
export class CallRecord extends Watched {
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

  /** @protected */
  settings;
  /** @protected */
  world;
  /** @protected */
  parties;
  #queuedAtMs;
  #sinceMs;
  /** @type {Set<() => void>} */
  #cancels = new Set();

  /** @param {CallSettings} settings @param {CallWorld} world */
  constructor(settings, world) {
    super("queued");
    this.settings = settings;
    this.world = world;
    this.parties = new CallParties(world.now, this.contactId);
    this.#queuedAtMs = this.#sinceMs = world.now();
  }

  /** Everybody who is or was on the call. */
  get connections() {
    return this.parties.all;
  }

  get kind() {
    return this.settings.kind;
  }

  get preview() {
    return this.settings.preview;
  }

  /** The user name of the agent who has the call, or whom it is for. */
  get username() {
    return this.agent?.username ?? this.settings.username;
  }

  /** The customer's number. */
  get from() {
    return this.settings.customer?.phoneNumber;
  }

  /** The id of the contact with which the customer's call began. */
  get initialContactId() {
    return this.settings.initialContactId ?? this.contactId;
  }

  /** The queue's name. */
  get queue() {
    return this.settings.queue?.name;
  }

  /** May be changed; the snapshot shows that with its next change. */
  get attributes() {
    return this.settings.attributes;
  }

  /** Cancels its pending timers. */
  stop() {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }

  /** The contact in the form of GetAgentSnapshot. */
  toShape() {
    const { muteShown, oddData } = this.world.settings();
    const contact = contactShape({
      contactId: this.contactId,
      call: this.settings,
      state: this.#shownState,
      sinceMs: this.#sinceMs,
      queuedAtMs: this.#queuedAtMs,
      connections: this.parties.toShape(
        this.agent?.configuration.softphoneAutoAccept ?? false,
        muteShown,
      ),
    });
    return madeOdd(contact, oddData);
  }

  /** The state in the agent's snapshot. */
  get #shownState() {
    if (["missed", "rejected", "unanswered"].includes(this.state)) {
      const named = this.world.settings().unansweredState === "named";
      return named && this.state !== "unanswered" ? this.state : "error";
    }
    const rings = this.kind === "outbound" && this.state === "connecting";
    return rings ? this.parties.own.state : this.state;
  }

  /**
   * Shows the contact in the agent's state, unless the agent talks to somebody else meanwhile.
   *
   * @protected
   * @param {Agent} agent
   * @param {string} name
   * @param {"system" | "error"} [type]
   */
  show(agent, name, type) {
    const busy = agent.contacts.some(
      (other) =>
        other.contactId !== this.contactId && other.state === "connected",
    );
    if (!busy) agent.enterSystemState(name, type);
  }

  /** @protected @param {number} ms @param {() => void} run */
  after(ms, run) {
    const cancel = this.world.timers.after(ms, () => {
      this.#cancels.delete(cancel);
      run();
    });
    this.#cancels.add(cancel);
  }

  /**
   * @protected
   * @param {CallState} state
   * @param {(agent: Agent) => void} [follow] updates the agent, before listeners are called
   */
  enter(state, follow) {
    this.state = state;
    this.#sinceMs = this.world.now();
    if (this.agent) follow?.(this.agent);
    this.changed();
    this.tell(state);
  }

  /** @protected */
  changed() {
    this.agent?.changed();
    this.tell("changed");
  }

  /** @protected @param {...CallState} states */
  expect(...states) {
    if (!states.includes(this.state))
      throw invalidState(
        `the contact is ${this.state}, expected ${states.join(" or ")}`,
      );
  }
}
