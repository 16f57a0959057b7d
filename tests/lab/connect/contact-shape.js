// @ts-check
/** A contact in the form of GetAgentSnapshot. */
import { CALL_KINDS } from "./call-kinds.js";

/**
 * @typedef {object} ShownContact
 * @property {string} contactId
 * @property {import("./call-record.js").CallSettings} call
 * @property {string} state
 * @property {number} sinceMs
 * @property {number} queuedAtMs
 * @property {object[]} connections
 */

/** @param {ShownContact} shown */
export function contactShape({
  contactId,
  call,
  state,
  sinceMs,
  queuedAtMs,
  connections,
}) {
  const { queue, customer, attributes, relatedContactId, multiParty } = call;
  const { type, initiationMethod } = CALL_KINDS[call.kind];
  return {
    contactId,
    initialContactId: call.initialContactId ?? contactId,
    relatedContactId,
    type,
    initiationMethod,
    state: { type: state, timestamp: sinceMs / 1000 },
    queue,
    queueTimestamp: queue && queuedAtMs / 1000,
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
      multiPartyConferenceEnabled: multiParty || null, // Never false where it is off.
      screenRecordingEnabled: false,
    },
    connections,
  };
}

/**
 * Makes data odd that a host may count on, one by one.
 *
 * @type {Record<string, (contact: any) => void>}
 */
const ODDITIES = {
  type: (contact) => (contact.type = "hologram"),
  state: (contact) => (contact.state.type = "frozen"),
  method: (contact) => (contact.initiationMethod = "telepathy"),
  attributes: (contact) => (contact.attributes = null),
  queue: (contact) => (contact.queue = contact.queueTimestamp = null),
  features: (contact) => (contact.contactFeatures = null),
  initial: (contact) =>
    contact.connections.forEach((/** @type {any} */ one) => {
      one.initial = false;
    }),
  endpoint: (contact) =>
    contact.connections.forEach((/** @type {any} */ one) => {
      one.endpoint = null;
    }),
  connection: (contact) =>
    contact.connections.push({
      connectionId: "odd",
      type: "robot",
      initial: false,
      state: { type: "levitating", timestamp: 0 },
    }),
};

/**
 * @param {object} contact
 * @param {string} which the names of oddities, separated by spaces, or "all"
 */
export function madeOdd(contact, which) {
  const names =
    which === "all"
      ? Object.keys(ODDITIES)
      : which.split(/\s+/).filter(Boolean);
  for (const name of names) {
    if (!Object.hasOwn(ODDITIES, name))
      throw new Error(
        `oddData: no oddity ${name}, expected all or some of ${Object.keys(ODDITIES).join(", ")}`,
      );
    ODDITIES[name](contact);
  }
  return contact;
}
