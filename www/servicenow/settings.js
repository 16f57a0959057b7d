// @ts-check
// What an administrator can set: system properties called connect_softphone.<name>, one row for each. The update set makes the
// properties from this table, without values: until somebody sets one the default here holds, and no later update set
// overwrites what somebody has set.
import {
  choice,
  described,
  flag,
  json,
  ofTexts,
  script,
  text,
} from "./setting-kinds.js";

/** What the names of the properties start with. */
export const PREFIX = "connect_softphone.";

/** @typedef {Readonly<Record<string, unknown>>} Fields */

/** By name, without the prefix. */
export const SETTINGS = {
  controls: choice(
    "ccp",
    ["ccp", "icc"],
    "Who shows the call: Amazon's panel in the OpenFrame window (ccp), or Interaction Controls (icc).",
  ),
  identity: choice(
    "user_name",
    ["user_name", "email", "none"],
    "What of the ServiceNow user must be the agent's user name in Amazon Connect.",
  ),

  record: text(
    "",
    "The Amazon Connect Instance record, by its sys_id or its name. Default: the only active one. sysparm_id in the page's address goes before it.",
  ),
  "record.source": choice(
    "server",
    ["server", "rest", "json"],
    "How the record is read: by the page on the server, by the agent's browser through the Table API, or from record.json.",
  ),
  "record.table": text(
    "sn_cti_connect_instance",
    "The record's table.",
    /^[a-z]\w{0,79}$/i,
    "the name of a table",
  ),
  "record.columns": json(
    /** @type {Readonly<Record<string, string>>} */ ({}),
    'The table\'s columns where they have other names, such as {"arn": "u_arn"}: of name, arn, params, ssoLoginUrl, active. Several names in one text are tried in turn.',
    (value) =>
      ofTexts(value) &&
      Object.entries(value).every(
        ([name, columns]) =>
          Object.hasOwn(COLUMNS, name) &&
          /^\s*\w+\s*(,\s*\w+\s*)*$/.test(columns),
      ),
    'an object such as {"arn": "aws_arn,u_arn"}, with some of name, arn, params, ssoLoginUrl, active',
  ),
  "record.json": json(
    /** @type {Fields | null} */ (null),
    'The record itself, for record.source json: {"name": "…", "arn": "…", "params": {…}, "ssoLoginUrl": "…"}.',
  ),

  "streams.url": script(
    "",
    "Another copy of Amazon Connect Streams. Default: the UI script connect_softphone_streams.",
  ),
  "openframe.url": script(
    "/scripts/openframe/latest/openFrameAPI.min.js",
    "ServiceNow's OpenFrame library.",
  ),

  "frame.expand_on_offer": flag(
    true,
    "Whether a contact that is offered opens the OpenFrame window.",
  ),
  "frame.collapse_when_idle": flag(
    false,
    "Whether the OpenFrame window closes after the last contact.",
  ),

  "presence.enabled": flag(
    true,
    "Whether the presence in ServiceNow and the state in Amazon Connect follow each other.",
  ),
  presence: json(
    /** @type {Fields} */ ({}),
    'Which presence belongs to which state, where the names differ: {"Lunch": "Away"} (state in Amazon Connect, then presence).',
  ),

  "interaction.enabled": flag(true, "Whether a call makes an interaction."),
  interaction: json(
    /** @type {Fields} */ ({}),
    'What is written into an interaction, where it differs from the usual, such as {"createAt": "offered"}.',
  ),
  screen_pop: json(
    /** @type {Fields | readonly unknown[]} */ ({}),
    'Which record opens with a call: {"rules": [{"open": "list", "table": "sys_user", "column": "phone"}]}. Default: none.',
    () => true,
    'an object in JSON, such as {"rules": [{"open": "list", "table": "sys_user", "column": "phone"}]}',
  ),
  "event_sink.enabled": flag(
    true,
    "Whether ServiceNow Voice is told of the agent's state, as by its own page.",
  ),

  "icc.actions": json(
    /** @type {Readonly<Record<string, string>>} */ ({}),
    'Which command belongs to which action of Interaction Controls, where this version does not know it: {"action": "command"}.',
    ofTexts,
    'an object of texts such as {"muteCall": "mute"}',
  ),
  "icc.offer": flag(
    true,
    "Whether Interaction Controls are told of a contact that is offered.",
  ),
  "icc.participant_id": choice(
    "sys_id",
    ["sys_id", "participant"],
    "What the agent is called in Interaction Controls: the sys_id of their user, or participant1.",
  ),

  sign_out_with_servicenow: flag(
    true,
    "Whether logging out of ServiceNow signs the agent out of Amazon Connect.",
  ),
  language: text(
    "",
    "The language of what the phone says, such as de. Default: the browser's.",
    /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i,
    "a language such as de or pt-BR",
  ),
};

/**
 * The columns of the record by our names; of several, the first that the table has. ServiceNow does not publish them, so
 * all but `name` and `active` are guesses, and `record.columns` goes before them.
 */
export const COLUMNS = {
  name: "name",
  arn: "aws_arn,arn,u_aws_arn",
  params: "instance_params,u_instance_params",
  ssoLoginUrl: "sso_login_url,u_sso_login_url",
  active: "active",
};

/**
 * @typedef {{ [Name in keyof typeof SETTINGS]: (typeof SETTINGS)[Name] extends import("./setting-kinds.js").Setting<infer T> ? T : never }} Settings
 * @typedef {{ property: string, found: string, expected: string }} Problem
 */

/**
 * Reads the properties. Whatever has no value has its default, and so has whatever is wrong, with a problem that says so.
 *
 * @param {unknown} properties an object: texts by name, without the prefix
 * @returns {{ settings: Settings, problems: Problem[] }}
 */
export function readSettings(properties) {
  const given = new Map(Object.entries(Object(properties)));
  /** @type {Problem[]} */
  const problems = [];
  const settings = Object.entries(SETTINGS).map(([name, setting]) => {
    const value = given.get(name) ?? "";
    const right = typeof value === "string" && value.trim();
    if (right === "") return [name, setting.fallback];
    const read = right ? setting.read(right) : undefined;
    if (read !== undefined) return [name, read];
    problems.push({
      property: PREFIX + name,
      found: described(value),
      expected: setting.expected,
    });
    return [name, setting.fallback];
  });
  return { settings: Object.fromEntries(settings), problems };
}
