// @ts-check
/**
 * What each operation of the CTI API does. The names and forms are those of the service description in the Streams bundle
 * (shapes.js); what follows from an operation is written down in call.js and agent.js.
 *
 * Not simulated, and so answered with UnknownOperationException and recorded: tasks (CreateTaskContact, PauseContact,
 * ResumeContact), monitoring (UpdateMonitorParticipantState), GetNewAuthToken (Streams fetches `/auth/authorize` instead),
 * and CreateTransport for chat, softphone media, WebRTC and agent discovery.
 */
import { ServiceError } from "./service-error.js";

/**
 * @typedef {object} Context What an operation works with.
 * @property {import("./agent.js").Agent} agent
 * @property {import("./sessions.js").Session} session
 * @property {import("./directory.js").Directory} directory
 * @property {import("./floor.js").Floor} floor
 * @property {import("./timers.js").Timers} timers
 * @property {import("node:http").ServerResponse} res
 * @property {() => string} webSocketUrl makes the address of a new WebSocket
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

  /** Answers when something has changed since `nextToken`, and at the latest after `timeout` (milliseconds). */
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

  GetAgentPermissions: ({ agent }, page) =>
    paged("permissions", agent.user.permissions ?? ["outboundCall"], page),

  GetAgentStates: ({ directory }, page) =>
    paged("states", directory.states, page),

  GetDialableCountryCodes: ({ directory }, page) =>
    paged("countryCodes", directory.dialableCountries, page),

  GetRoutingProfileQueues: ({ agent, directory }, page) =>
    paged("queues", directory.queuesOf(agent.user), page),

  GetEndpoints: ({ directory }, page) =>
    paged("endpoints", directory.quickConnects, page),

  PutAgentState({ agent }, { state, enqueueNextState }) {
    agent.setState(state.name, { afterContact: enqueueNextState === true });
    return {};
  },

  AcceptContact: onContact((call) => call.accept()),
  RejectContact: onContact((call) => call.reject()),
  ClearContact: onContact((call) => call.clear()),
  CompleteContact: onContact((call) => call.clear()),
  DestroyConnection: onContact((call, { connectionId }) =>
    call.destroy(connectionId),
  ),
  ConferenceConnections: onParties((parties) => parties.conference()),
  ToggleActiveConnections: onParties((parties) => parties.toggle()),
  HoldConnection: onParties((parties, { connectionId }) =>
    parties.hold(connectionId, true),
  ),
  ResumeConnection: onParties((parties, { connectionId }) =>
    parties.hold(connectionId, false),
  ),
  MuteParticipant: onParties((parties, { connectionId }) => {
    parties.active(connectionId).mute = true;
  }),
  UnmuteParticipant: onParties((parties, { connectionId }) => {
    parties.active(connectionId).mute = false;
  }),
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
        "the agent has no permission to call out",
      );
    floor.dial(agent, endpoint, options);
    return {};
  },

  // Reports of the client about itself: checked for form, not kept, since logs hold numbers and names.
  SendClientLogs: () => ({}),
  SendSoftphoneCallMetrics: () => ({}),
  SendSoftphoneCallReport: () => ({}),
};

/** Part of the API, and not simulated. */
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

/** The session or the token is gone. */
export function unauthorized() {
  return new ServiceError(
    401,
    "UnauthorizedException",
    "the token belongs to no session",
  );
}

/**
 * @param {(call: import("./call.js").Call, input: any) => void} act
 * @returns {Operation}
 */
function onContact(act) {
  return ({ agent, floor }, input) => {
    act(floor.contact(agent, input.contactId), input);
    return {};
  };
}

/**
 * @param {(parties: import("./call-parties.js").CallParties, input: any) => void} act
 * @returns {Operation}
 */
function onParties(act) {
  return onContact((call, input) =>
    call.change((parties) => act(parties, input)),
  );
}

/**
 * One page of a list: `maxResults` items from `nextToken` on.
 *
 * @param {string} member name of the list in the answer
 * @param {unknown[]} items
 * @param {{ nextToken?: string, maxResults?: number }} page
 */
function paged(member, items, { nextToken, maxResults = items.length }) {
  const start = Number(nextToken ?? 0);
  const end = start + maxResults;
  return {
    [member]: items.slice(start, end),
    nextToken: end < items.length ? String(end) : undefined,
  };
}

/**
 * Waits for a change of the agent's snapshot, the end of the time, or of the connection, or of the session.
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
