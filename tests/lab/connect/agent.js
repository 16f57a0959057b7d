// @ts-check
/**
 * The live record of one agent: the contents of GetAgentSnapshot, and the polls that wait for a change.
 *
 * ```
 * Available ⇄ Lunch, Training, Offline        chosen by the agent
 *     │ a call comes in                            │ the agent dials
 * PendingBusy ── missed, rejected → error state  CallingCustomer
 *     │ accepted                                   │ answered
 *   Busy ←─────────────────────────────────────────┘
 *     │ ended
 * AfterCallWork ── cleared → nextState, else Available
 * ```
 */
import { randomUUID } from "node:crypto";
import { invalidState } from "./service-error.js";

/** @typedef {import("./directory.js").User} User */
/** @typedef {{ name: string, type: string, agentStateARN?: string, sinceMs: number }} State */

export class Agent {
  /** @type {User} */
  user;
  /** @type {State} the current state */
  state;
  /** @type {State | null} the state after the current contact is cleared */
  nextState = null;
  /** @type {import("./call.js").Call[]} the contacts that the agent sees, including those in after contact work */
  contacts = [];
  /** The part that UpdateAgentConfiguration can change. */
  configuration;

  #directory;
  #now;
  /** @type {string} the state that the agent last chose; contacts do not change it */
  #chosen = "Offline";
  #generation = randomUUID();
  #version = 0;
  /** @type {Set<() => void>} */
  #watchers = new Set();
  #onAvailable;
  #settings;

  /**
   * @param {User} user
   * @param {object} floor
   * @param {import("./directory.js").Directory} floor.directory
   * @param {() => import("./settings.js").ConnectSettings} floor.settings
   * @param {() => number} floor.now
   * @param {(agent: Agent) => void} floor.onAvailable
   */
  constructor(user, { directory, settings, now, onAvailable }) {
    this.user = user;
    this.#directory = directory;
    this.#now = now;
    this.#onAvailable = onAvailable;
    this.#settings = settings;
    this.configuration = {
      softphoneEnabled: true,
      softphoneAutoAccept: false,
      extension: user.extension ?? "",
      agentPreferences: /** @type {Record<string, string>} */ ({
        LANGUAGE: "en_US",
      }),
    };
    this.state = this.#stateNamed("Offline");
  }

  get username() {
    return this.user.username;
  }

  /** The last part of the ARN. */
  get id() {
    return this.arn.replace(/^.*\//, "");
  }

  get arn() {
    return this.#directory.agentArn(this.username);
  }

  /** Contacts that are ringing or connected, so without those in after contact work. */
  get liveContacts() {
    return this.contacts.filter((call) =>
      ["incoming", "connecting", "connected"].includes(call.state),
    );
  }

  /** Whether a waiting call may be offered. */
  get isFree() {
    return this.state.type === "routable" && this.contacts.length === 0;
  }

  /**
   * Sets one of the states that an agent can choose: "Available", "Offline", "Lunch", "Training".
   *
   * @param {string} name
   * @param {{ afterContact?: boolean }} [options] `afterContact`: if a contact is live, make it the next state
   * @throws {import("./service-error.js").ServiceError} InvalidStateException: no such state, or a contact is live and `afterContact` is not set
   *   ("Can only be performed if the agent is not handling a live contact", Streams, Documentation.md, `agent.setState()`)
   */
  setState(name, { afterContact = false } = {}) {
    const state = this.#stateNamed(name);
    if (this.liveContacts.length > 0) {
      if (!afterContact)
        throw invalidState(
          "the agent is handling a live contact, expected enqueueNextState",
        );
      // Available is the default after a contact, so choosing it clears the next state (Streams #1063, onClearedNextState).
      this.nextState = state.type === "routable" ? null : state;
      this.changed();
      return;
    }
    // Choosing a state clears finished contacts (after contact work, missed calls); the state follows from that. One that was
    // queued before is entered first, whatever was chosen (Streams #613); that it can be cleared first is assumed.
    if (this.contacts.length > 0) {
      if (this.nextState && afterContact && state.type === "routable") {
        this.nextState = null;
        return this.changed();
      }
      this.nextState ??= state;
      for (const call of this.contacts) call.clear();
      return;
    }
    this.#chosen = name;
    this.enter(state);
  }

  /**
   * Puts the agent into a system state, such as Busy.
   *
   * @param {string} name
   * @param {"system" | "error"} [type]
   */
  enterSystemState(name, type = "system") {
    this.enter({ name, type, sinceMs: this.#now() });
  }

  /** Enters the state that follows the last contact. */
  enterNextState() {
    const state = this.#stateNamed(this.nextState?.name ?? "Available");
    this.nextState = null;
    this.#chosen = state.name;
    this.enter(state);
  }

  /** @param {State} state */
  enter(state) {
    this.state = state;
    this.changed();
    if (this.isFree) this.#onAvailable(this);
  }

  /** To be called after every change that GetAgentSnapshot shows. */
  changed() {
    this.#version++;
    for (const notify of [...this.#watchers]) notify();
  }

  /**
   * Calls back at every change.
   *
   * @param {() => void} notify
   * @returns {() => void} stops watching
   */
  watch(notify) {
    this.#watchers.add(notify);
    return () => this.#watchers.delete(notify);
  }

  /** Changes whenever the snapshot does; unique to the agent and the lab. */
  get snapshotToken() {
    return `${this.#generation}.${this.#version}`;
  }

  /** The snapshot in the form of GetAgentSnapshot. */
  snapshot() {
    return {
      state: stateShape(this.state),
      nextState: this.nextState ? stateShape(this.nextState) : null,
      agentAvailabilityState: {
        state: this.#chosen,
        timeStamp: this.state.sinceMs / 1000,
      },
      contacts: this.contacts.map((call) => call.toShape()),
      snapshotTimestamp: this.#now() / 1000,
    };
  }

  /** The configuration in the form of GetAgentConfiguration. */
  // Not in the configuration: the API shapes in Streams 2.28.2 do not have it.
  /** What is done to their voice: "NONE", "NOISE_SUPPRESSION" or "VOICE_ISOLATION" (sdk-requests.js). */
  voiceEnhancementMode = "NONE";

  configurationShape() {
    return {
      name: `${this.user.firstName} ${this.user.lastName}`.trim(),
      username: this.username,
      agentARN: this.arn,
      ...this.configuration,
      routingProfile: {
        name: this.user.routingProfile ?? "Basic Routing Profile",
        routingProfileARN: this.#directory.arn(
          "routing-profile",
          this.user.routingProfile ?? "Basic Routing Profile",
        ),
        defaultOutboundQueue: this.#directory.outboundQueueOf(this.user),
        channelConcurrencyMap: {
          VOICE: this.#settings().voiceConcurrency,
          CHAT: 0,
          TASK: 0,
          EMAIL: 0,
        },
      },
    };
  }

  /** @param {string} name */
  #stateNamed(name) {
    const state = this.#directory.states.find((known) => known.name === name);
    if (!state)
      throw invalidState(
        `there is no agent state called ${name}, expected one of ${this.#directory.states.map((known) => known.name).join(", ")}`,
      );
    return { ...state, sinceMs: this.#now() };
  }
}

/** @param {State} state */
function stateShape({ name, type, agentStateARN, sinceMs }) {
  return { name, type, agentStateARN, startTimestamp: sinceMs / 1000 };
}
