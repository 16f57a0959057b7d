// @ts-check
/**
 * What Amazon is asked to do, through Streams (2.28.2, connect-streams.js, `connect.Contact`, `connect.Connection` and
 * `connect.Agent`; most of their methods do nothing but such a call).
 */

/** By the names in call_control/command.rs: Amazon's operation, and what it takes. @type {Record<string, (order: any) => [string, object]>} */
const operations = {
  reject: (contactId) => ["REJECT_CONTACT", { contactId }],
  clear: (contactId) => ["CLEAR_CONTACT", { contactId }],
  conference: (contactId) => ["CONFERENCE_CONNECTIONS", { contactId }],
  destroy: (at) => ["DESTROY_CONNECTION", place(at)],
  hold: (at) => ["HOLD_CONNECTION", place(at)],
  resume: (at) => ["RESUME_CONNECTION", place(at)],
  toggle: (at) => ["TOGGLE_ACTIVE_CONNECTIONS", place(at)],
  muteParticipant: (at) => ["MUTE_PARTICIPANT", place(at)],
  unmuteParticipant: (at) => ["UNMUTE_PARTICIPANT", place(at)],
  monitor: ([contactId, mode]) => [
    "UPDATE_MONITOR_PARTICIPANT_STATE",
    {
      contactId,
      targetMonitorMode: mode === "barge" ? "BARGE" : "SILENT_MONITOR",
    },
  ],
  sendDigits: ([at, digits]) => ["SEND_DIGITS", { ...place(at), digits }],
  add: ([contactId, to]) => [
    "CREATE_ADDITIONAL_CONNECTION",
    { contactId, endpoint: endpointOf(to) },
  ],
  dial: ({ number, queue }) => [
    "CREATE_OUTBOUND_CONTACT",
    { endpoint: endpointOf({ number }), queueARN: queue },
  ],
  reportIssue: ({ contact, code, description }) => [
    "NOTIFY_CONTACT_ISSUE",
    { contactId: contact, issueCode: code, description },
  ],
  endpoints: ({ queues }) => [
    "GET_ENDPOINTS",
    { queueARNs: queues, nextToken: null, maxResults: PAGE },
  ],
};

/**
 * @param {any} connect
 * @param {string} name
 * @param {any} order
 * @param {(answer: { type?: string, message?: string, endpoints?: object[] }) => void} done called once, or never: Streams
 *   drops some answers. `type` or `message` is there when it was refused.
 */
export function send(connect, name, order, done) {
  const success = () => done({});
  const failure = (/** @type {any} */ error) => done(refusal(error));
  const callbacks = { success, failure };
  try {
    if (name === "muteHere") return mute(connect, { mute: order });
    // It tells other tabs, and in Firefox it starts the session.
    if (name === "accept") return new connect.Contact(order).accept(callbacks);
    if (name === "setState") return setState(connect, order, callbacks);
    if (name === "setPhone") return setPhone(connect, order, callbacks);
    const [method, parameters] = operations[name](order);
    if (name === "endpoints") collect(connect, parameters, [], done);
    else call(connect, method, parameters, callbacks);
  } catch (error) {
    failure(error);
  }
}

/**
 * The CCP's softphone answers MUTE with whether it is muted; without data it changes nothing.
 *
 * @param {any} connect
 * @param {{ mute: boolean }} [data]
 */
export function mute(connect, data) {
  const { BROADCAST, MUTE } = connect.EventType;
  connect.core
    .getUpstream()
    .sendUpstream(BROADCAST, { event: MUTE, ...(data && { data }) });
}

/** @param {any} connect @param {string} method @param {object} parameters @param {object} callbacks */
function call(connect, method, parameters, callbacks) {
  connect.core
    .getClient()
    .call(connect.ClientMethods[method], parameters, callbacks);
}

/**
 * A state as Amazon takes it: further fields are refused.
 *
 * @param {any} connect
 * @param {{ name: string, enqueue: boolean }} order
 * @param {object} callbacks
 */
function setState(connect, { name, enqueue }, callbacks) {
  const { configuration } = connect.core.getAgentDataProvider().getAgentData();
  const found = configuration.agentStates.find(
    (/** @type {any} */ state) => state.name === name,
  );
  const { agentStateARN, type } = found;
  const state = { agentStateARN, type, name, startTimestamp: null };
  const parameters = { state, enqueueNextState: enqueue };
  call(connect, "PUT_AGENT_STATE", parameters, callbacks);
}

/**
 * Where calls come to. What else there is in the configuration stays.
 *
 * @param {any} connect
 * @param {string | null} number of a desk phone, "": the one that it has; null: to the browser
 * @param {object} callbacks
 */
function setPhone(connect, number, callbacks) {
  const agent = new connect.Agent();
  const before = agent.getConfiguration();
  const changed = {
    ...before,
    softphoneEnabled: number === null,
    extension: number || before.extension,
    // Streams adds to it.
    agentPreferences: { ...before.agentPreferences },
  };
  agent.setConfiguration(changed, callbacks);
}

/**
 * All pages. What was read before one fails is lost, so that a part never looks like the whole.
 *
 * @param {any} connect
 * @param {any} parameters
 * @param {any[]} before
 * @param {(answer: object) => void} done
 */
function collect(connect, parameters, before, done) {
  call(connect, "GET_ENDPOINTS", parameters, {
    success: (/** @type {any} */ { endpoints, nextToken }) => {
      const all = [...before, ...(endpoints ?? [])];
      if (nextToken)
        return collect(connect, { ...parameters, nextToken }, all, done);
      done({
        endpoints: all.map((one) => ({
          name: one.name,
          type: one.type,
          arn: one.endpointARN ?? one.endpointId,
          number: one.phoneNumber,
        })),
      });
    },
    failure: (/** @type {any} */ error) => done(refusal(error)),
  });
}

/** @param {{ contact: string, connection: string }} at */
function place({ contact, connection }) {
  return { contactId: contact, connectionId: connection };
}

/** An endpoint as Amazon takes it. @param {{ name?: string, type?: string, arn?: string, number?: string }} to */
function endpointOf({ name, type, arn, number }) {
  return {
    endpointARN: arn ?? null,
    type: type ?? "phone_number",
    name: name ?? null,
    phoneNumber: number ?? null,
    agentLogin: null,
    queue: null,
  };
}

/**
 * What was refused and why: a text in JSON from Amazon, an error of Streams' or of the SDK's, or one word.
 *
 * @param {any} error
 */
export function refusal(error) {
  let told = error;
  try {
    told = JSON.parse(error);
  } catch {
    // It is what it is.
  }
  const message = told?.message ?? told?.reason ?? told;
  return {
    type: String(told?.type ?? told?.errorKey ?? "Error"),
    message: String(message),
  };
}

/** As many as Streams asks for at a time. */
const PAGE = 500;
