// @ts-check
/**
 * What Streams holds of the agent, picked once per snapshot: of everything only what the core reads, as plain values, with
 * times in milliseconds of this computer's clock.
 *
 * Streams 2.28.2, connect-streams.js, `AgentDataProvider`.
 */

/**
 * How far Amazon's clock is ahead, in milliseconds. Streams measures it anew with every snapshot, and always a little
 * differently; times that move by that would be changes.
 */
let skew = 0;

/**
 * The agent's data: as Streams keeps them or, where they are not to be had, as its documented methods tell.
 *
 * @param {any} connect
 * @param {any} agent
 * @returns {any} undefined while there are none
 */
function dataOf(connect, agent) {
  try {
    return connect.core.getAgentDataProvider().getAgentData();
  } catch {
    // A stand-in, or another version.
  }
  try {
    return {
      configuration: agent.getConfiguration(),
      snapshot: {
        state: agent.getState(),
        contacts: (agent.getContacts?.() ?? []).map(contactOf),
      },
    };
  } catch {
    return undefined;
  }
}

/** @param {any} contact */
function contactOf(contact) {
  return {
    contactId: contact.getContactId?.(),
    type: contact.getType?.(),
    state: contact.getState?.(),
    connections: [],
  };
}

/**
 * The contacts, and what of the agent changes with them.
 *
 * @param {any} connect
 * @param {any} agent
 */
export function snapshotOf(connect, agent) {
  const { snapshot, configuration } = dataOf(connect, agent) ?? {};
  if (!snapshot) return undefined;
  const measured = Number(snapshot.skew) || 0;
  if (Math.abs(measured - skew) > SKEW_TOLERANCE_MS) skew = measured;
  /** @param {any} time a Date, or seconds since 1970 */
  const local = (time) => {
    const millis = time instanceof Date ? +time : Number(time) * 1000;
    return Math.round(millis - skew) || 0;
  };
  return {
    username: configuration?.username,
    name: configuration?.name,
    softphone: configuration?.softphoneEnabled,
    state: snapshot.state?.name,
    stateType: snapshot.state?.type,
    since: local(snapshot.state?.startTimestamp),
    next: snapshot.nextState?.name,
    availability: snapshot.agentAvailabilityState?.state,
    contacts: list(snapshot.contacts).map((contact) => ({
      id: contact.contactId,
      initialId: contact.initialContactId,
      type: contact.type,
      state: contact.state?.type,
      since: local(contact.state?.timestamp),
      initiation: contact.initiationMethod,
      queue: queueOf(contact.queue),
      multiParty: contact.contactFeatures?.multiPartyConferenceEnabled,
      name: contact.name,
      attributes: contact.attributes,
      connections: list(contact.connections).map((one) => ({
        id: one.connectionId,
        type: one.type,
        initial: one.initial,
        state: one.state?.type,
        since: local(one.state?.timestamp),
        endpoint: one.endpoint?.type,
        number: one.endpoint?.phoneNumber,
        name: one.endpoint?.name,
        quickConnect: one.quickConnectName,
        muted: one.mute,
        monitoring: one.monitorStatus,
        mayBe: one.monitorCapabilities,
        autoAccept: one.softphoneMediaInfo?.autoAccept,
      })),
    })),
  };
}

/**
 * How the instance is set up for the agent, if that has changed since `before`: it comes with every snapshot, and is long.
 *
 * @param {any} connect
 * @param {any} agent
 * @param {{ text?: string }} before what this returned the last time; keeps the text on this side
 */
export function setupOf(connect, agent, before) {
  const { configuration } = dataOf(connect, agent) ?? {};
  const text = JSON.stringify(configuration) ?? "";
  if (text === before.text || !configuration) return undefined;
  before.text = text;
  const { routingProfile, agentStates, extension } = configuration;
  return {
    states: list(agentStates).map(({ name, type }) => ({ name, type })),
    routingProfile: routingProfile?.name,
    queues: list(routingProfile?.queues).map(queueOf),
    defaultQueue: queueOf(routingProfile?.defaultOutboundQueue),
    permissions: list(configuration.permissions),
    countries: list(configuration.dialableCountries),
    autoAccept: configuration.softphoneAutoAccept,
    deskNumber: extension,
  };
}

/** @param {any} queue */
function queueOf(queue) {
  return { arn: queue?.queueARN ?? queue?.queueId, name: queue?.name };
}

/** @param {any} value @returns {any[]} without what is no object or text */
function list(value) {
  return Array.isArray(value) ? value.filter(Boolean) : [];
}

/** How much of a difference is none. */
const SKEW_TOLERANCE_MS = 1000;
