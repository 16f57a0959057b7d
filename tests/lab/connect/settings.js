// @ts-check
/** What the simulated instance can be set to. Each setting counts from its next use on; times are in milliseconds. */
export const CONNECT_SETTINGS = {
  saml: {
    type: "boolean",
    default: true,
    says: "Agents come from the identity provider. `false`: they log in with user name and password, as the standard login has it.",
  },
  ccpDelayMs: {
    type: "number",
    default: 0,
    says: "How long the CCP’s page takes to answer.",
  },
  ccpDead: {
    type: "boolean",
    default: false,
    says: "The CCP’s page loads but runs nothing, so that a reload does not help. Open pages are not affected.",
  },
  logoutWorks: {
    type: "boolean",
    default: true,
    says: "`/logout` ends the session. `false`: it answers the same, as if the browser had sent no cookie.",
  },
  sessionsEndInCalls: {
    type: "boolean",
    default: false,
    says: "Every session ends as soon as a call is connected.",
  },
  socketsRefused: {
    type: "boolean",
    default: false,
    says: "New WebSockets are refused. Open ones stay until `DELETE /control/connect/sockets` cuts them.",
  },
  sessionLifeMs: {
    type: "number",
    default: 12 * 60 * 60 * 1000,
    says: "How long a new session lasts; 12 hours in a real instance.",
  },
  ringTimeoutMs: {
    type: "number",
    default: 20_000,
    says: "How long a call rings before it is missed.",
  },
  answerAfterMs: {
    type: "number|null",
    default: /** @type {number | null} */ (1000),
    says: "How long a party that the agent dials takes to answer. `null`: they never do unless a test calls `call.answer()`.",
  },
  multiPartyConference: {
    type: "boolean",
    default: false,
    says: "Up to six parties on a call instead of three.",
  },
};

/** @typedef {import("../settings.js").ValuesOf<typeof CONNECT_SETTINGS>} ConnectSettings */
