// @ts-check
/**
 * What each operation of the CTI API does. Names and shapes are those of the service description in the Streams bundle
 * (shapes.js); the consequences of an operation are in call.js and agent.js.
 *
 * Not simulated, therefore answered with UnknownOperationException and recorded: tasks (CreateTaskContact, PauseContact,
 * ResumeContact), GetNewAuthToken (Streams fetches `/auth/authorize` instead),
 * and CreateTransport for chat, softphone media, WebRTC and agent discovery.
 */
import { contactNotFound } from "./call.js";
import { ServiceError, invalidState } from "./service-error.js";

/**
 * @typedef {object} Context what an operation works with
 * @property {import("./agent.js").Agent} agent
 * @property {import("./sessions.js").Session} session
 * @property {import("./directory.js").Directory} directory
 * @property {import("./floor.js").Floor} floor
 * @property {() => import("./settings.js").ConnectSettings} settings
 * @property {import("./timers.js").Timers} timers
 * @property {import("node:http").ServerResponse} res
 * @property {() => string} webSocketUrl returns the address for a new WebSocket
 */

/** @typedef {(context: Context, input: any) => object | Promise<object>} Operation `input` has been checked against its shape */

/** @type {Record<string, Operation>} */
export const operations = {
  CreateTransport({ webSocketUrl }, { transportType }) {
    if (transportType !== "web_socket")
      throw new UnknownOperation(`CreateTransport ${transportType}`);
    return {
      webSocketTransport: {
        url: webSocketUrl(),
        transportLifeTimeInSeconds: 3600,
      },
    };
  },

  /** Answers once something has changed since `nextToken`, at the latest after `timeout` milliseconds. */
  async GetAgentSnapshot(
    { agent, session, timers, res },
    { nextToken, timeout = 0 },
  ) {
    if (nextToken === agent.snapshotToken) {
      const ended = await change({
        agent,
        session,
        timers,
        res,
        timeoutMs: Math.min(timeout, longestPollMs),
      });
      if (ended) throw unauthorized();
    }
    return { snapshot: agent.snapshot(), nextToken: agent.snapshotToken };
  },

  GetAgentConfiguration: ({ agent }) => ({
    configuration: agent.configurationShape(),
  }),

  UpdateAgentConfiguration({ agent }, { configuration }) {
    const { softphoneEnabled, softphoneAutoAccept, extension } = configuration;
    agent.configuration = {
      ...agent.configuration,
      softphoneEnabled,
      softphoneAutoAccept,
      extension,
      agentPreferences: {
        ...agent.configuration.agentPreferences,
        ...configuration.agentPreferences,
      },
    };
    agent.changed();
    return {};
  },

  GetAgentPermissions: ({ agent, settings }, page) =>
    paged(
      "permissions",
      agent.user.permissions ?? ["outboundCall"],
      page,
      settings(),
    ),

  GetAgentStates: ({ directory, settings }, page) =>
    paged("states", directory.states, page, settings()),

  GetDialableCountryCodes: ({ settings }, page) =>
    paged("countryCodes", settings().dialableCountries, page, settings()),

  GetRoutingProfileQueues: ({ agent, directory, settings }, page) =>
    paged("queues", directory.queuesOf(agent.user), page, settings()),

  GetEndpoints({ agent, directory, settings }, { queueARNs, ...page }) {
    const endpoints = directory.quickConnectsOf(agent.user, queueARNs);
    // One queue that has left the profile fails the request for all (Streams #251).
    if (!endpoints)
      throw invalidState(
        `Exception thrown while retrieving end-points for AgentId ${agent.id}: Invalid contact state.`,
      );
    return paged("endpoints", endpoints, page, settings());
  },

  PutAgentState({ agent }, { state, enqueueNextState }) {
    agent.setState(state.name, { afterContact: enqueueNextState === true });
    return {};
  },

  AcceptContact: onContact((call) => call.accept()),
  RejectContact: onContact((call) => call.reject()),
  ClearContact: clear,
  CompleteContact: clear,
  DestroyConnection: onContact((call, { connectionId }) =>
    call.destroy(connectionId),
  ),
  ConferenceConnections: onParties((parties) => parties.conference()),
  ToggleActiveConnections: onParties((parties) => parties.toggle()),
  HoldConnection: onParties((parties, { connectionId }) =>
    parties.hold(connectionId),
  ),
  ResumeConnection: onParties(
    (parties, { connectionId }, { settings }, multiParty) =>
      parties.resume(connectionId, multiParty, settings().resumePauseMs),
  ),
  MuteParticipant: onParties((parties, { connectionId }) =>
    parties.mute(connectionId),
  ),
  UnmuteParticipant: onParties((parties, { connectionId }) =>
    parties.unmute(connectionId),
  ),
  UpdateMonitorParticipantState: onParties((parties, { targetMonitorMode }) =>
    parties.monitor(targetMonitorMode),
  ),
  SendDigits: onParties((parties, { connectionId, digits }) =>
    parties.sendDigits(connectionId, digits),
  ),
  NotifyContactIssue: onContact((call, { issueCode, description }) => {
    call.issues.push({ issueCode, description });
  }),

  CreateAdditionalConnection({ agent, floor }, { contactId, endpoint }) {
    const call = floor.contact(agent, contactId);
    floor.requireReachable(endpoint);
    call.add(endpoint);
    return {};
  },

  CreateOutboundContact({ agent, floor }, { endpoint, ...options }) {
    const permissions = agent.user.permissions ?? ["outboundCall"];
    if (!permissions.includes("outboundCall"))
      throw new ServiceError(
        403,
        "AccessDeniedException",
        "the agent has no permission for outbound calls",
      );
    floor.dial(agent, endpoint, options);
    return {};
  },

  // The client's reports about itself: checked against their shapes, but not kept, because logs contain numbers and names.
  SendClientLogs: () => ({}),
  SendSoftphoneCallMetrics: () => ({}),
  SendSoftphoneCallReport: () => ({}),
};

/** As reported in Streams #224, #251, #465, #572 and #693. @type {Record<string, string>} */
export const INVALID_STATE_MESSAGES = {
  HoldConnection: "Cannot put call on hold: Invalid contact state.",
  ConferenceConnections:
    "Cannot conference connections: Invalid contact state.",
  MuteParticipant: "Cannot put participant on mute: Invalid contact state.",
  UnmuteParticipant: "Cannot put participant on mute: Invalid contact state.",
  PutAgentState: "Cannot change agent state: Invalid agent or contact state.",
};

/** The operation is not simulated. */
export class UnknownOperation extends ServiceError {
  /** @param {string} operation */
  constructor(operation) {
    super(
      400,
      "UnknownOperationException",
      `the lab does not simulate ${operation}`,
    );
    this.operation = operation;
  }
}

/** The session has ended, or the token is unknown. */
export function unauthorized() {
  return new ServiceError(
    401,
    "UnauthorizedException",
    "the token does not belong to a session",
  );
}

/** @type {Operation} */
function clear({ agent, settings }, { contactId }) {
  const call = agent.contacts.find((one) => one.contactId === contactId);
  if (!call) throw contactNotFound();
  const { contactLingersMs } = settings();
  if (contactLingersMs > 0) call.clearLate(contactLingersMs);
  call.clear();
  return {};
}

/**
 * @param {(call: import("./call.js").Call, input: any, context: Context) => void} act
 * @returns {Operation}
 */
function onContact(act) {
  return (context, input) => {
    act(context.floor.contact(context.agent, input.contactId), input, context);
    return {};
  };
}

/**
 * @param {(parties: import("./call-parties.js").CallParties, input: any, context: Context, multiParty: boolean) => void} act
 * @returns {Operation}
 */
function onParties(act) {
  return onContact((call, input, context) =>
    call.change((parties, multiParty) =>
      act(parties, input, context, multiParty),
    ),
  );
}

/**
 * Returns one page of a list: `maxResults` items, starting at `nextToken`.
 *
 * @param {string} member the list's name in the response
 * @param {unknown[]} items
 * @param {{ nextToken?: string, maxResults?: number }} page
 * @param {{ pageSize: number | null }} settings
 */
function paged(member, items, { nextToken, maxResults }, { pageSize }) {
  const start = Number(nextToken ?? 0);
  const end =
    start + Math.min(maxResults ?? items.length, pageSize ?? items.length);
  return {
    [member]: items.slice(start, end),
    nextToken: end < items.length ? String(end) : null,
  };
}

/**
 * Waits until the agent's snapshot changes, the time is up, the connection closes or the session ends.
 *
 * @param {Pick<Context, "agent" | "session" | "timers" | "res"> & { timeoutMs: number }} poll
 * @returns {Promise<boolean>} whether the session was ended
 */
function change({ agent, session, timers, res, timeoutMs }) {
  return new Promise((resolve) => {
    /** @param {boolean} ended */
    const settle = (ended) => {
      cancel();
      unwatch();
      session.onEnd.delete(onEnd);
      res.off("close", onClose);
      resolve(ended);
    };
    const onEnd = () => settle(true);
    const onClose = () => settle(false);
    const cancel = timers.after(timeoutMs, onClose);
    const unwatch = agent.watch(onClose);
    session.onEnd.add(onEnd);
    res.on("close", onClose);
  });
}

const longestPollMs = 30_000;
