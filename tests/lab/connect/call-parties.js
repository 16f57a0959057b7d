// @ts-check
/** The connections of one call: the customer's, the agent's, and those of parties that the agent added. */
import { randomUUID } from "node:crypto";
import { ServiceError, invalidState } from "./service-error.js";

/**
 * @typedef {object} Connection
 * @property {string} connectionId
 * @property {"agent" | "inbound" | "outbound" | "monitoring"} type
 * @property {boolean} initial whether it is the customer's
 * @property {"init" | "connecting" | "connected" | "hold" | "disconnected" | "silent_monitor" | "barge"} state
 * @property {number} sinceMs
 * @property {import("./directory.js").Endpoint} endpoint
 * @property {boolean} mute
 * @property {string} digits the digits that SendDigits sent on it
 * @property {boolean} person whether a person answered; a flow answers for the target of an agent or queue quick connect
 * @property {"SILENT_MONITOR" | "BARGE" | null} monitorStatus of a monitoring connection
 */

export class CallParties {
  /** @type {Connection[]} in the order in which they joined */
  all = [];
  #now;
  #contactId;
  #resumedAtMs = -Infinity;

  /** @param {() => number} now @param {string} contactId */
  constructor(now, contactId) {
    this.#now = now;
    this.#contactId = contactId;
  }

  /** The customer's connection; a monitoring contact has none. */
  get customer() {
    return this.all.find((one) => one.initial);
  }

  /** The agent's own connection. */
  get own() {
    return /** @type {Connection} */ (this.all.find(isOwn));
  }

  /** Active connections other than the agent's. */
  get others() {
    return this.all.filter(
      (one) => !isOwn(one) && one.state !== "disconnected",
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
      // The customer's has the id of the contact (Streams #693).
      connectionId: initial ? this.#contactId : randomUUID(),
      type,
      initial,
      state,
      sinceMs: this.#now(),
      endpoint,
      mute: false,
      digits: "",
      person: false,
      monitorStatus: null,
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
   * Takes one party off hold. The voice service refuses a second one within a few milliseconds, and, without multi-party, as
   * long as another party talks (Streams #307, #1064).
   *
   * @param {string} connectionId
   * @param {boolean} multiParty
   * @param {number} pauseMs
   * @throws {ServiceError} CallAlreadyResumedException, InternalServiceError
   */
  resume(connectionId, multiParty, pauseMs) {
    const now = performance.now();
    const one = this.active(connectionId);
    if (one.state !== "hold" || now - this.#resumedAtMs < pauseMs)
      throw new ServiceError(
        400,
        "CallAlreadyResumedException",
        "Error received from Voice Service",
      );
    if (!multiParty && this.others.some(({ state }) => state === "connected"))
      throw new ServiceError(
        400,
        "InternalServiceError",
        "Cannot resume connection from hold",
      );
    this.#resumedAtMs = now;
    this.set(one, "connected");
  }

  /** @param {string} connectionId */
  mute(connectionId) {
    this.active(connectionId).mute = true;
  }

  /**
   * Agents can mute everybody, but unmute only themselves (Streams #693).
   *
   * @param {string} connectionId
   */
  unmute(connectionId) {
    const one = this.active(connectionId);
    if (one !== this.own)
      throw invalidState("the connection is another's, expected the agent's");
    one.mute = false;
  }

  /** @param {"SILENT_MONITOR" | "BARGE"} mode */
  monitor(mode) {
    if (this.own.type !== "monitoring")
      throw invalidState("the agent has the call, expected a supervisor");
    this.own.monitorStatus = mode;
    this.set(this.own, mode === "BARGE" ? "barge" : "silent_monitor");
  }

  /**
   * @param {string} connectionId
   */
  hold(connectionId) {
    const one = this.active(connectionId);
    if (one.state !== "connected")
      throw invalidState(`the connection is ${one.state}, expected connected`);
    this.set(one, "hold");
  }

  /** Swaps who is on hold and who is talking. Parties that are still being called are not affected. */
  toggle() {
    for (const one of this.others)
      if (one.state !== "connecting")
        this.set(one, one.state === "hold" ? "connected" : "hold");
  }

  /** Puts everybody on hold who talks. */
  holdAll() {
    for (const one of this.others)
      if (one.state === "connected") this.set(one, "hold");
  }

  /** Joins all, unless one of them is still being called (Streams #572). */
  conference() {
    if (this.others.some(({ state }) => state === "connecting"))
      throw invalidState("a party is connecting, expected all to be connected");
    this.joinAll();
  }

  /** Takes everybody off hold. */
  joinAll() {
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
    this.holdAll();
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
    const one = this.active(connectionId);
    if (one.state !== "connected")
      throw invalidState(`the connection is ${one.state}, expected connected`);
    one.digits += digits;
  }

  /**
   * The connections in the form of GetAgentSnapshot: the agent's own first.
   *
   * @param {boolean} autoAccept whether the agent's calls are accepted automatically
   * @param {string} muteShown whether the mute of the agent's own is "right" or "opposite"
   */
  toShape(autoAccept, muteShown) {
    const ownFirst = [...this.all].sort(
      (one, other) => Number(isOwn(other)) - Number(isOwn(one)),
    );
    return ownFirst.map((one) => ({
      connectionId: one.connectionId,
      type: one.type,
      initial: one.initial,
      state: { type: one.state, timestamp: one.sinceMs / 1000 },
      endpoint: isOwn(one) ? nobody : shownEndpoint(one),
      softphoneMediaInfo: isOwn(one) ? { ...mediaInfo, autoAccept } : undefined,
      monitoringInfo: null,
      mute: one.mute !== (isOwn(one) && muteShown === "opposite"),
      forcedMute: false,
      quickConnectName: (!one.initial && one.endpoint.name) || null,
      monitorCapabilities: one.monitorStatus && ["SILENT_MONITOR", "BARGE"],
      monitorStatus: one.monitorStatus,
    }));
  }
}

/** @param {Connection} one */
function isOwn({ type }) {
  return type === "agent" || type === "monitoring";
}

/** @param {import("./directory.js").Endpoint} endpoint whether a flow of Connect is called, which then finds an agent */
export function isInternal({ type }) {
  return type === "agent" || type === "queue";
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
