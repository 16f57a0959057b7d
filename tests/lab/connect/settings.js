// @ts-check
/** What the simulated instance can be set to. A change takes effect with the next use; times are in milliseconds. */
export const CONNECT_SETTINGS = {
  saml: {
    type: "boolean",
    default: true,
    says: "Agents sign in through the identity provider. `false`: standard login with user name and password.",
  },
  ccpDelayMs: {
    type: "number",
    default: 0,
    says: "How long the CCP’s page takes to load.",
  },
  needsReferrer: {
    type: "boolean",
    default: false,
    says: "The CCP answers 403 to a request without a referrer (assumed: instances that tell hosts apart by it).",
  },
  refusesUntilVisited: {
    type: "boolean",
    default: false,
    says: "The CCP answers 403 in a frame of another site, as long as the session has visited no page of the instance otherwise (reported: amazon-connect-streams issue 1004).",
  },
  ccpDead: {
    type: "boolean",
    default: false,
    says: "The CCP’s page loads but runs no scripts, so reloading does not help. Pages that are already open are not affected.",
  },
  storageAccess: {
    type: "string",
    default: "works",
    says: "The page that asks for the CCP’s cookies: `works`; `denied` or `ignored` whatever the agent clicks; `missing`.",
  },
  unloadOff: {
    type: "boolean",
    default: false,
    says: "The CCP’s page gets no `unload`, which Chrome is switching off: it goes without telling its SharedWorker.",
  },
  logoutWorks: {
    type: "boolean",
    default: true,
    says: "`/logout` ends the session. `false`: it answers as usual, but acts as if the browser had sent no cookie.",
  },
  sessionsEndInCalls: {
    type: "boolean",
    default: false,
    says: "All sessions end as soon as a call is connected.",
  },
  ipRefused: {
    type: "boolean",
    default: false,
    says: "The IP allow list does not have the agent’s network: no session begins. What the page says is assumed.",
  },
  socketsRefused: {
    type: "boolean",
    default: false,
    says: "New WebSockets are refused. Open ones stay until `DELETE /control/connect/sockets` cuts them.",
  },
  sessionLifeMs: {
    type: "number",
    default: 12 * 60 * 60 * 1000,
    says: "The lifetime of new sessions; 12 hours in a real instance.",
  },
  inactivityMs: {
    type: "number|null",
    default: /** @type {number | null} */ (null),
    says: "After so long without activity, an agent is warned, and then logged out; 15 to 720 minutes in a real authentication profile. `null`: never.",
  },
  inactivityWarningMs: {
    type: "number",
    default: 60_000,
    says: "How long after the warning an inactive agent is logged out.",
  },
  inactivityTerminates: {
    type: "boolean",
    default: true,
    says: "The CCP tells Streams of that logout, which is then TERMINATED. `false`: the session just ends.",
  },
  activityRefused: {
    type: "boolean",
    default: false,
    says: "Activity is not taken: `sendActivity` fails, and sessions are not extended.",
  },
  ringTimeoutMs: {
    type: "number",
    default: 20_000,
    says: "How long a call rings before it is missed.",
  },
  unansweredState: {
    type: "string",
    default: "error",
    says: "The state of a contact that was missed, rejected or given up by the caller: `error` for all three (reported: amazon-connect-streams issues 391, 977, 1039), or `named`, which is `missed` or `rejected` as the API’s enum has them.",
  },
  answerAfterMs: {
    type: "number|null",
    default: /** @type {number | null} */ (1000),
    says: "How long a party whom the agent dials takes to answer. `null`: nobody answers until a test calls `call.answer()`.",
  },
  flowAnswersAfterMs: {
    type: "number|null",
    default: /** @type {number | null} */ (200),
    says: "How long the flow of an agent or queue quick connect takes to answer: the third party is then `connected`, although no person has answered (reported: amazon-connect-streams issues 447, 696). `null`: until a test calls `call.answer()`.",
  },
  multiPartyConference: {
    type: "boolean",
    default: false,
    says: "Up to six parties on a call instead of three.",
  },
};

/** @typedef {import("../settings.js").ValuesOf<typeof CONNECT_SETTINGS>} ConnectSettings */
