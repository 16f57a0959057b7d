// @ts-check
/** The connections of one call: the customer's, the agent's, and those of parties that the agent added. */
import { randomUUID } from "node:crypto";
import { ServiceError, invalidState } from "./service-error.js";

/**
 * @typedef {object} Connection
 * @property {string} connectionId
 * @property {"agent" | "inbound" | "outbound"} type
 * @property {boolean} initial whether it is the customer's
 * @property {"connecting" | "connected" | "hold" | "disconnected"} state
 * @property {number} sinceMs
 * @property {import("./directory.js").Endpoint} endpoint
 * @property {boolean} mute
 * @property {string} digits the digits that SendDigits sent on it
 * @property {boolean} person whether a person answered; a flow answers for the target of an agent or queue quick connect
 */

export class CallParties {
  /** @type {Connection[]} in the order in which they joined */
  all = [];
  #now;

  /** @param {() => number} now */
  constructor(now) {
    this.#now = now;
  }

  get customer() {
    return /** @type {Connection} */ (this.all.find((one) => one.initial));
  }

  /** Active connections other than the agent's. */
  get others() {
    return this.all.filter(
      (one) => one.type !== "agent" && one.state !== "disconnected",
    );
  }

  /**
   * @param {Connection["type"]} type
   * @param {boolean} initial
   * @param {Connection["state"]} state
   * @param {import("./directory.js").Endpoint} endpoint
   */
  add(type, initial, state, endpoint) {
    /** @type {Connection} */
    const one = {
      connectionId: randomUUID(),
      type,
      initial,
      state,
      sinceMs: this.#now(),
      endpoint,
      mute: false,
      digits: "",
      person: false,
    };
    this.all.push(one);
    return one;
  }

  /**
   * @param {string} connectionId
   * @throws {import("./service-error.js").ServiceError} InvalidStateException: no such connection, or it is disconnected
   */
  active(connectionId) {
    const found = this.all.find((one) => one.connectionId === connectionId);
    if (!found || found.state === "disconnected")
      throw invalidState("the contact has no active connection with this id");
    return found;
  }

  /**
   * @param {Connection} one
   * @param {Connection["state"]} state
   */
  set(one, state) {
    if (one.state === state) return;
    one.state = state;
    one.sinceMs = this.#now();
  }

  /**
   * @param {string} connectionId
   * @param {boolean} hold
   */
  hold(connectionId, hold) {
    const one = this.active(connectionId);
    const expected = hold ? "connected" : "hold";
    if (one.state !== expected)
      throw invalidState(
        `the connection is ${one.state}, expected ${expected}`,
      );
    this.set(one, hold ? "hold" : "connected");
  }

  /** Swaps who is on hold and who is talking. Parties that are still being called are not affected. */
  toggle() {
    for (const one of this.others)
      if (one.state !== "connecting")
        this.set(one, one.state === "hold" ? "connected" : "hold");
  }

  /** Takes everybody off hold. */
  conference() {
    for (const one of this.others)
      if (one.state === "hold") this.set(one, "connected");
  }

  /**
   * @param {import("./directory.js").Endpoint} endpoint
   * @param {number} most the maximum number of parties on the call, including the agent
   * @throws {ServiceError} QuotaExceededException
   */
  invite(endpoint, most) {
    if (this.others.length + 1 >= most)
      throw new ServiceError(
        400,
        "QuotaExceededException",
        `the call has ${most} parties, which is the maximum`,
      );
    for (const one of this.others) this.set(one, "hold");
    return this.add("outbound", false, "connecting", endpoint);
  }

  /**
   * @param {string} connectionId
   * @param {string} digits
   */
  sendDigits(connectionId, digits) {
    if (!/^[0-9*#,A-D]+$/i.test(digits))
      throw invalidState(
        "the digits contain another character, expected 0-9, *, # and A-D",
      );
    this.active(connectionId).digits += digits;
  }

  /**
   * The connections in the form of GetAgentSnapshot: the agent's own first.
   *
   * @param {boolean} autoAccept whether the agent's calls are accepted automatically
   */
  toShape(autoAccept) {
    const own = this.all.filter(({ type }) => type === "agent");
    const others = this.all.filter(({ type }) => type !== "agent");
    return [
      ...own.map((one) => ({
        ...common(one, nobody),
        softphoneMediaInfo: { ...mediaInfo, autoAccept },
        mute: one.mute,
        forcedMute: false,
        quickConnectName: null,
        monitorCapabilities: null,
        monitorStatus: null,
      })),
      ...others.map((one) => ({
        ...common(one, shownEndpoint(one)),
        mute: one.mute,
        forcedMute: false,
        quickConnectName: (!one.initial && one.endpoint.name) || null,
        monitorCapabilities: null,
        monitorStatus: null,
      })),
    ];
  }
}

/** @param {import("./directory.js").Endpoint} endpoint whether a flow of Connect is called, which then finds an agent */
export function isInternal({ type }) {
  return type === "agent" || type === "queue";
}

/**
 * @param {Connection} one
 * @param {object} endpoint
 */
function common(one, endpoint) {
  return {
    connectionId: one.connectionId,
    type: one.type,
    initial: one.initial,
    state: { type: one.state, timestamp: one.sinceMs / 1000 },
    endpoint,
  };
}

/**
 * Who was called, as the snapshot shows it: by number only, and without one for an agent or a queue (Streams #258, #876).
 *
 * @param {Connection} one
 */
function shownEndpoint({ endpoint }) {
  return {
    endpointARN: null,
    type: "phone_number",
    name: null,
    phoneNumber: isInternal(endpoint)
      ? "INTERNAL-TRANSFER"
      : endpoint.phoneNumber,
    agentLogin: null,
    queue: null,
  };
}

/** The endpoint of the agent's own connection (Streams #693). */
const nobody = {
  endpointARN: null,
  type: "agent",
  name: null,
  phoneNumber: null,
  agentLogin: null,
};

/**
 * Makes `contact.isSoftphoneCall()` true. No media endpoint exists, so a page that runs Streams' SoftphoneManager gets no
 * audio.
 */
const mediaInfo = {
  callType: "audio_only",
  mediaLegContextToken: "lab",
  callContextToken: "lab",
  callConfigJson: JSON.stringify({
    signalingEndpoint: "wss://rtc.invalid",
    iceServers: [],
  }),
};
