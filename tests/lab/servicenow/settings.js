// @ts-check
/** What the simulated ServiceNow instance can be set to. A change takes effect with the next use; times are in milliseconds. */
export const SERVICENOW_SETTINGS = {
  library: {
    type: "string",
    default: "zurich",
    says: "What `/scripts/openframe/latest/` has: the features of `1.0.5`, `yokohama`, `zurich` or `brazil`. After an upgrade it may be an old one (documented: PRB1875817).",
  },
  libraryMissing: {
    type: "boolean",
    default: false,
    says: "`/scripts/openframe/…` answers 404.",
  },
  initsIgnored: {
    type: "number",
    default: 0,
    says: "How many times the workspace does not answer `openFrameAPI.init`, which then fails after 3 seconds.",
  },
  payloadLimit: {
    type: "number|null",
    default: /** @type {number | null} */ (null),
    says: "The longest message that `openFrameAPI` sends, in characters: 4400 in version 1.0.2 (read in source). What is longer comes back as `openframe_communication_failure`.",
  },
  openAtStart: {
    type: "boolean",
    default: false,
    says: "The OpenFrame window is visible as soon as the workspace opens (assumed: it is not, until the agent or `openFrameAPI.show` opens it).",
  },
  sandbox: {
    type: "string|null",
    default: /** @type {string | null} */ (null),
    says: "The `sandbox` of the OpenFrame iframe. `null`: as its configuration says.",
  },
  frameAllow: {
    type: "string",
    default: "",
    says: "The `allow` of the OpenFrame iframe, besides what `init` asks for.",
  },
  referrerPolicy: {
    type: "string",
    default: "same-origin",
    says: "The `Referrer-Policy` of all pages; `same-origin` is the default of com.glide.security.referrerpolicy (documented). Empty: none.",
  },
  contentSecurityPolicy: {
    type: "string",
    default: "",
    says: "The `Content-Security-Policy` of UI pages. With `frame-ancestors` in it there is no `X-Frame-Options`.",
  },
  actionForm: {
    type: "string",
    default: "wrapped",
    says: "How `interaction_control_action` arrives: `wrapped`, which is `{action: {name, payload}}` as in ServiceNow’s table, or `plain`, which is `{name, payload}` as in its example.",
  },
  actionNames: {
    type: "object",
    default: /** @type {Record<string, string>} */ ({}),
    says: 'Other names for the panel’s actions, such as `{"hold": "toggleHold"}`: most are not published.',
  },
  callIdKey: {
    type: "string",
    default: "externalCallId",
    says: "What actions call a call’s id: `externalCallId` or `externalId`. Both are documented.",
  },
  searchForm: {
    type: "string",
    default: "new",
    says: "The payload of `getSearchTarget`: `new`, with `targetType` as a list, or `old`, with `searchType`.",
  },
  clickToCall: {
    type: "string",
    default: "object",
    says: "The payload of click to call: `object`, `string` (the same as JSON text) or `old` (`context.phone_number`). All were read in others’ code.",
  },
  clickToCallPlace: {
    type: "string",
    default: "metaData",
    says: "Where the number is in it: `metaData`, or `data` for the list of records.",
  },
  heartBeatMs: {
    type: "number",
    default: 30_000,
    says: "How often the workspace tells of the agent’s activity at most.",
  },
  heartBeatTime: {
    type: "string",
    default: "glide",
    says: "How `lastUiActivity` is written (assumed: only that it is a text is documented): `glide` (`2026-07-01 08:30:00`), `iso`, `rfc1123` or `ms`.",
  },
  presenceAnswer: {
    type: "string",
    default: "works",
    says: "What `getAWAAgentPresence` does: `works`, `fails` or is `silent`.",
  },
  presenceEvents: {
    type: "boolean",
    default: true,
    says: "A change of presence is told as `openframe_awa_agent_presence`. `false`: it is lost (reported: KB3046976).",
  },
  connectTable: {
    type: "string",
    default: "works",
    says: "The table sn_cti_connect_instance: `works`; `missing`, as without its plugin; `unreadable`, which shows scripts no record.",
  },
  connectColumns: {
    type: "object",
    default: {
      name: "name",
      arn: "aws_arn",
      params: "instance_params",
      ssoLoginUrl: "sso_login_url",
      active: "active",
    },
    says: "The names of its columns, which are not published.",
  },
  sessionTokens: {
    type: "boolean",
    default: true,
    says: "Scripts get the session’s token. `false`: an empty text.",
  },
  restStatus: {
    type: "number|null",
    default: /** @type {number | null} */ (null),
    says: "What REST requests are answered with instead, such as 403 or 500.",
  },
  restPath: {
    type: "string",
    default: "",
    says: "Only those whose path contains this. Empty: all.",
  },
  restDelayMs: {
    type: "number",
    default: 0,
    says: "How long REST requests take.",
  },
  sessionLifeMs: {
    type: "number",
    default: 12 * 60 * 60 * 1000,
    says: "The lifetime of new sessions at the instance.",
  },
};

/** @typedef {import("../settings.js").ValuesOf<typeof SERVICENOW_SETTINGS>} ServiceNowSettings */
