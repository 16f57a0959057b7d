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
  sdkRefused: {
    type: "boolean",
    default: false,
    says: "Of Amazon’s SDK, previews and voice enhancement are refused.",
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
  noAnswerAfterMs: {
    type: "number|null",
    default: /** @type {number | null} */ (null),
    says: "How long a party whom the agent dials rings before it counts as not answering, if it has not answered by then. `null`: until a test calls `call.noAnswer()`.",
  },
  failedDialMs: {
    type: "number",
    default: 1500,
    says: "How long an outbound contact that was not answered stays, before the agent is Available again by themselves (reported: amazon-connect-streams issues 241, 567; how long is assumed).",
  },
  agentLegMs: {
    type: "number",
    default: 500,
    says: "How long the agent’s own leg of an outbound contact takes. Contact and agent are then connected, although the customer’s phone still rings (reported: amazon-connect-streams issues 609, 1032).",
  },
  leftConnectionLagMs: {
    type: "number",
    default: 2000,
    says: "How long the connection of an agent who has left a conference still counts as connected, in a contact that has ended (reported: amazon-connect-streams issue 868; how long is assumed).",
  },
  inboundOvertakesMs: {
    type: "number|null",
    default: /** @type {number | null} */ (null),
    says: "When an agent dials, a customer’s call is offered to them first, and the outbound contact appears so many milliseconds later. `null`: it appears at once, alone.",
  },
  localMute: {
    type: "string",
    default: "works",
    says: "What the CCP’s softphone makes of `agent.mute()`: `works`; `ignored`, and nobody is told; `undone` by itself after 2 seconds (reported: amazon-connect-streams issue 785).",
  },
  softphoneError: {
    type: "string",
    default: "",
    says: "What the CCP’s softphone reports of every call that is accepted, such as `microphone_not_shared` or `ice_collection_timeout` (Streams, `SoftphoneErrorTypes`). Whether the call is connected all the same is another matter. Empty: nothing.",
  },
  muteShown: {
    type: "string",
    default: "right",
    says: "What the snapshot says of the mute of the agent’s own connection: `right`, or `opposite` (reported: amazon-connect-streams issues 865, 911).",
  },
  deviceList: {
    type: "string",
    default: "works",
    says: "How the CCP’s frame lists its microphones and speakers: `works`; `late`, after 1.5 seconds, when Streams has given up by default; `unnamed`, without ids and labels, as a browser does without the permission; `silent`.",
  },
  deviceSetting: {
    type: "string",
    default: "works",
    says: "What the CCP’s softphone makes of `agent.setMicrophoneDevice()` and the like: `works`, or `ignored`, and nobody is told (reported: amazon-connect-streams issues 1006, 1033).",
  },
  unplugged: {
    type: "list",
    default: /** @type {string[]} */ ([]),
    says: "The labels of microphones and speakers that the CCP’s frame has no longer.",
  },
  pageSize: {
    type: "number|null",
    default: /** @type {number | null} */ (null),
    says: "The most items on a page of any list. With more than one page of queues, Streams 2.28.2 remembers only the last (read in source). `null`: as many as the client asks for.",
  },
  resumePauseMs: {
    type: "number",
    default: 5,
    says: "A party of a call is not taken off hold within so many milliseconds of another: CallAlreadyResumedException, and it stays on hold (reported: amazon-connect-streams issue 1064).",
  },
  contactLingersMs: {
    type: "number",
    default: 0,
    says: "How long a contact stays in the snapshot after ClearContact, which then answers ContactNotFoundException (reported: amazon-connect-streams issue 1013, 5 to 10 seconds). 0: ClearContact works.",
  },
  voiceConcurrency: {
    type: "number",
    default: 1,
    says: "How many voice contacts an agent may have at once. The call that is accepted or answered last puts the others on hold (assumed).",
  },
  dialableCountries: {
    type: "list",
    default: ["us", "ca", "gb", "de", "fr", "es", "jp"],
    says: "The countries whose numbers agents may dial.",
  },
  oddData: {
    type: "string",
    default: "",
    says: "What is odd about every contact in the snapshot: `all`, or some of `type`, `state`, `method` (unknown values), `attributes`, `queue`, `features`, `endpoint` (missing), `initial` (no connection is the customer’s), `connection` (one more, of an unknown type and state). Answers are then not checked against their shapes.",
  },
  multiPartyConference: {
    type: "boolean",
    default: false,
    says: "Up to six parties on a call instead of three.",
  },
};

/** @typedef {import("../settings.js").ValuesOf<typeof CONNECT_SETTINGS>} ConnectSettings */
