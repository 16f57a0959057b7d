// @ts-check
// What an administrator can change about interactions: whatever ServiceNow does not publish, and what is a matter of taste.
import {
  described,
  e164Of,
  isObject,
  nameOf,
  own,
  parsed,
  sysIdOf,
  textOf,
} from "./plain.js";

/**
 * @typedef {object} InteractionTable
 * @property {"offered" | "accepted"} createAt
 * @property {string} anonymousNumber for whoever withholds theirs; "": no interaction is created for them
 * @property {string} inboundId of `sys_cs_provider_application`; "": none
 * @property {{ new: string, work: string, complete: string, abandoned: string }} states values of `interaction.state`
 * @property {Readonly<Record<string, string>>} fields further columns of a new interaction, and their values
 * @property {Readonly<Record<"agent" | "callId" | "start" | "end" | "number" | "recording", string>>} phoneLog columns of `sn_open_frame_phone_log`; "": left out
 * @property {string} contextPrefix what our interaction context variables begin with
 * @property {readonly string[]} attributes contact attributes that may hold the sys_id of an interaction that a flow has created
 * @property {readonly { table: string, attribute: string }[]} related contact attributes that may hold the sys_id of a related record
 * @property {string} findColumn the column that has `clientSessionId`, to find the interaction of a transferred call; "": it is not searched
 * @property {Readonly<Record<"inbound" | "outbound" | "callback" | "anonymous", string>>} descriptions
 */

/**
 * Reads the property `interaction`: any part of the table below, as JSON.
 *
 * @param {unknown} value JSON or what it holds; absent: the default
 * @returns {{ table: InteractionTable, problems: import("./plain.js").Problem[] }} what is wrong has its default
 */
export function readInteractionTable(value) {
  /** @type {import("./plain.js").Problem[]} */
  const problems = [];
  const table = structuredClone(INTERACTION_TABLE);
  if (value === undefined || value === null || value === "")
    return { table, problems };
  const found = parsed(value);
  if (!isObject(found)) {
    const expected = 'an object such as {"createAt": "offered"}';
    problems.push({ field: "interaction", found: described(value), expected });
    return { table, problems };
  }
  for (const [name, [expected, read]] of Object.entries(PARTS)) {
    const said = own(found, name);
    if (said === undefined) continue;
    const part = read(said, /** @type {any} */ (table)[name]);
    if (part !== undefined) /** @type {any} */ (table)[name] = part;
    else
      problems.push({
        field: `interaction.${name}`,
        found: described(said),
        expected,
      });
  }
  for (const name of Object.keys(found))
    if (!Object.hasOwn(PARTS, name) && problems.length < 20)
      problems.push({
        field: `interaction.${name.slice(0, 40)}`,
        found: "a name that means nothing here",
        expected: `one of ${Object.keys(PARTS).join(", ")}`,
      });
  return { table, problems };
}

/** The same names, with texts. @param {(value: unknown) => string | undefined} read */
function texts(read) {
  return (/** @type {unknown} */ value, /** @type {any} */ before) => {
    if (!isObject(value)) return undefined;
    const entries = Object.entries(value).map(([name, said]) => [
      name,
      Object.hasOwn(before, name) ? read(said) : undefined,
    ]);
    return entries.some(([, said]) => said === undefined)
      ? undefined
      : { ...before, ...Object.fromEntries(entries) };
  };
}

/** @param {unknown} value */
function fields(value) {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).slice(0, 50);
  const fit = entries.every(
    ([name, said]) => nameOf(name) && textOf(said, 4000),
  );
  return fit ? Object.fromEntries(entries) : undefined;
}

/** @param {unknown} value */
function names(value) {
  const list = Array.isArray(value) ? value.slice(0, 20) : [value];
  const read = list.map((one) => textOf(one));
  return read.every((one) => one !== undefined) ? read : undefined;
}

/** @param {unknown} value */
function related(value) {
  if (!Array.isArray(value)) return undefined;
  const read = value.slice(0, 20).map((one) => ({
    table: nameOf(own(one, "table")),
    attribute: textOf(own(one, "attribute")),
  }));
  return read.every(({ table, attribute }) => table && attribute)
    ? read
    : undefined;
}

/** @param {(value: unknown) => string | undefined} read */
function orNothing(read) {
  return (/** @type {unknown} */ value) => (value === "" ? "" : read(value));
}

/** @type {InteractionTable} */
export const INTERACTION_TABLE = {
  createAt: "accepted", // "When an agent accepts a call" (openframe API).
  anonymousNumber: "+999000000000", // Required, in E.164 form. Nobody can have one that begins with 999.
  inboundId: "",
  states: {
    new: "new",
    work: "work_in_progress",
    complete: "closed_complete",
    abandoned: "closed_abandoned",
  },
  fields: {},
  phoneLog: {
    agent: "agent",
    callId: "call_id",
    start: "start_time",
    end: "",
    number: "",
    recording: "",
  },
  contextPrefix: "connect_",
  attributes: ["interactionId", "interaction_sys_id"],
  related: [{ table: "sys_user", attribute: "snc_user_sys_id" }],
  findColumn: "client_session_id",
  descriptions: {
    inbound: "Inbound call",
    outbound: "Outbound call",
    callback: "Callback",
    anonymous: "Inbound call, number withheld",
  },
};

/** @type {Record<string, [string, (value: unknown, before: any) => unknown]>} */
const PARTS = {
  createAt: [
    '"offered" or "accepted"',
    (value) =>
      value === "offered" || value === "accepted" ? value : undefined,
  ],
  anonymousNumber: [
    "a number in E.164 form, or an empty text",
    orNothing(e164Of),
  ],
  inboundId: ["a sys_id, or an empty text", orNothing(sysIdOf)],
  states: ["new, work, complete and abandoned, with values", texts(textOf)],
  fields: ["columns and their values", fields],
  phoneLog: [
    "agent, callId, start, end, number and recording, with columns",
    texts(orNothing(nameOf)),
  ],
  contextPrefix: ["a text", orNothing(nameOf)],
  attributes: ["a list of contact attributes", names],
  related: ["a list of objects with table and attribute", related],
  findColumn: ["a column, or an empty text", orNothing(nameOf)],
  descriptions: [
    "inbound, outbound, callback and anonymous, with texts",
    texts(textOf),
  ],
};
