// @ts-check
/**
 * The floor of the contact centre: all agents, and the calls waiting for them.
 */
import { Agent } from "./agent.js";
import { Call } from "./call.js";
import { isDialable } from "./countries.js";
import { ServiceError, invalidState } from "./service-error.js";

/**
 * @typedef {object} IncomingCall
 * @property {string} [username] the agent to call; default: the first who is Available
 * @property {string} [from] the customer's number; default "+15550100"
 * @property {string} [queue] the queue's name, default "Support"
 * @property {Record<string, string>} [attributes] contact attributes; default none
 * @property {number} [ringTimeoutMs] how long it rings before it is missed; default: the instance's `ringTimeoutMs`
 * @property {string} [transferOf] the contact id of another agent's call, whose customer this agent is to take over: that agent's
 *   third party becomes this agent once they accept
 * @property {boolean} [alongside] whether it is offered even though the agent is not Available, such as during another call
 */

/** @typedef {import("./settings.js").ConnectSettings & { users: Map<string, import("./directory.js").User> }} FloorSettings read whenever they are needed */

/** @typedef {ReturnType<typeof createFloor>} Floor */

/**
 * @param {object} world
 * @param {() => FloorSettings} world.settings
 * @param {import("./directory.js").Directory} world.directory
 * @param {() => number} world.now
 * @param {import("./timers.js").Timers} world.timers
 * @param {() => void} world.onConnected called when the agent and the customer of a call are connected
 */
export function createFloor({ settings, directory, now, timers, onConnected }) {
  /** @type {Map<string, Agent>} */
  const agents = new Map();
  /** @type {Call[]} */
  const waiting = [];
  /** @type {Call[]} */
  const calls = [];

  /**
   * Returns the live record of an agent.
   *
   * @param {string} username
   * @throws {Error} if the instance has no such user
   */
  function agent(username) {
    const user = settings().users.get(username);
    if (!user)
      throw new Error(
        `the instance has no user called ${username}, expected one of ${[...settings().users.keys()].join(", ")}`,
      );
    const known = agents.get(username);
    // Tests may replace users while the lab runs.
    if (known) known.user = user;
    if (known) return known;
    const created = new Agent(user, {
      directory,
      settings,
      now,
      onAvailable: offerNext,
    });
    agents.set(username, created);
    return created;
  }

  /** @param {Agent} free */
  function offerNext(free) {
    const index = waiting.findIndex(
      (call) => (call.username ?? free.username) === free.username,
    );
    if (index >= 0) waiting.splice(index, 1)[0].offerTo(free);
  }

  /** @param {import("./call-record.js").CallSettings} callSettings */
  function create(callSettings) {
    const call = new Call(callSettings, {
      now,
      timers,
      settings,
      onAbandoned(abandoned) {
        const index = waiting.indexOf(abandoned);
        if (index >= 0) waiting.splice(index, 1);
      },
    });
    call.on("connected", onConnected);
    calls.push(call);
    return call;
  }

  /** @param {string | undefined} contactId */
  function ofContact(contactId) {
    if (contactId === undefined) return undefined;
    const found = calls.find((call) => call.contactId === contactId);
    if (!found)
      throw new Error(`transferOf: found ${contactId}, expected a contact id`);
    return found;
  }

  /**
   * @param {IncomingCall} incoming
   * @param {"inbound" | "transferred" | "callback" | "customerFirst" | "preview"} kind
   * @param {import("./call-record.js").CallSettings["preview"]} [preview]
   */
  function place(
    {
      username,
      transferOf,
      from = ofContact(transferOf)?.from ?? "+15550100",
      queue = "Support",
      attributes = ofContact(transferOf)?.attributes ?? {},
      ringTimeoutMs = settings().ringTimeoutMs,
      alongside = false,
    },
    kind,
    preview,
  ) {
    const first = ofContact(transferOf);
    const candidates =
      username === undefined ? [...agents.values()] : [agent(username)];
    const call = create({
      kind: first ? "transferred" : kind,
      username,
      initialContactId: first?.initialContactId,
      customer: { type: "phone_number", phoneNumber: from },
      queue: directory.queue(queue),
      attributes: { ...attributes },
      preview,
      multiParty: settings().multiPartyConference,
      ringTimeoutMs,
    });
    if (first) call.on("connected", () => first.personAnswers());
    if (alongside) {
      if (username === undefined)
        throw new Error("alongside: found no username, expected one");
      call.offerTo(candidates[0]);
      return call;
    }
    waiting.push(call);
    const free = candidates.find((candidate) => candidate.isFree);
    if (free) offerNext(free);
    return call;
  }

  return {
    agent,
    /** Every call since the instance was created, oldest first. */
    calls,
    /**
     * Places a customer's call. It rings at once if its agent is Available and has no contact; otherwise it waits in the queue.
     *
     * @param {IncomingCall} [incoming]
     * @returns {Call}
     */
    call: (incoming = {}) => place(incoming, "inbound"),
    /**
     * Places a queued callback, which is offered as a call would be. `customerFirst`: the customer is on the line already;
     * otherwise they are dialled once the agent has accepted, and answer as settings say, or with `answer()`.
     *
     * @param {IncomingCall & { customerFirst?: boolean }} [incoming]
     * @returns {Call}
     */
    callback: ({ customerFirst = false, ...incoming } = {}) =>
      place(incoming, customerFirst ? "customerFirst" : "callback"),
    /**
     * Offers a customer of a campaign, whom the agent looks at before they are called, by the agent or by themselves.
     *
     * @param {IncomingCall & { dialsAfterMs?: number, canDiscard?: boolean }} [incoming]
     * @returns {Call}
     */
    preview: ({ dialsAfterMs = 30_000, canDiscard = true, ...incoming } = {}) =>
      place(incoming, "preview", { dialsAfterMs, canDiscard }),
    /**
     * Lets an agent, as a supervisor, listen to another agent's call: a contact without a queue, attributes or customer.
     *
     * @param {string} username
     * @returns {Call}
     */
    monitor(username) {
      const call = create({
        kind: "monitoring",
        username,
        attributes: {},
        multiParty: settings().multiPartyConference,
        ringTimeoutMs: settings().ringTimeoutMs,
      });
      call.monitorFrom(agent(username));
      return call;
    },
    /**
     * Places an agent's outbound call.
     *
     * @param {Agent} dialling
     * @param {import("./directory.js").Endpoint} customer
     * @param {{ queueARN?: string, relatedContactId?: string }} options
     * @throws {ServiceError} BadEndpointException, InvalidStateException
     */
    dial(dialling, customer, { queueARN, relatedContactId }) {
      if (customer.type !== "phone_number")
        throw badEndpoint("Only phone number addresses are supported."); // Streams #230, #378
      requireReachable(customer);
      if (dialling.contacts.length >= settings().voiceConcurrency)
        throw invalidState("the agent has a contact, expected none");
      const queues = directory.queuesOf(dialling.user);
      const wanted =
        queueARN ?? directory.outboundQueueOf(dialling.user)?.queueARN;
      const queue = queues.find((known) => known.queueARN === wanted);
      if (!queue)
        throw invalidState("the queue is not in the agent's routing profile");
      const call = create({
        kind: "outbound",
        username: dialling.username,
        customer,
        queue,
        attributes: {},
        relatedContactId,
        multiParty: settings().multiPartyConference,
        ringTimeoutMs: settings().ringTimeoutMs,
      });
      const { inboundOvertakesMs } = settings();
      if (inboundOvertakesMs === null) call.dialFrom(dialling);
      else {
        const { username } = dialling;
        place({ username, from: "+15550142", alongside: true }, "inbound");
        timers.after(inboundOvertakesMs, () => {
          if (call.state === "queued") call.dialFrom(dialling);
        });
      }
      return call;
    },
    requireReachable,
    /**
     * @param {Agent} owner
     * @param {string} contactId
     */
    contact(owner, contactId) {
      const found = owner.contacts.find((call) => call.contactId === contactId);
      if (!found) throw invalidState("the agent has no such contact");
      return found;
    },
    close() {
      for (const call of calls) call.stop();
    },
  };

  /**
   * @param {import("./directory.js").Endpoint} endpoint
   * @throws {ServiceError} BadEndpointException
   */
  function requireReachable(endpoint) {
    const known = directory.quickConnects.some(
      (one) => one.endpointARN === endpoint.endpointARN,
    );
    if (endpoint.type === "phone_number") {
      const phoneNumber = endpoint.phoneNumber ?? "";
      if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber))
        throw badEndpoint("the phone number is not in E.164 form");
      if (!isDialable(phoneNumber, settings().dialableCountries))
        throw badEndpoint("the country of the phone number is not dialable");
    } else if (!known)
      throw badEndpoint("the endpoint is not a quick connect of the instance");
  }
}

/** @param {string} message */
function badEndpoint(message) {
  return new ServiceError(400, "BadEndpointException", message);
}
