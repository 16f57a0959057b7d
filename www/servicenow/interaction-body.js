// @ts-check
// What an interaction should say about a call, and the bodies that tell it. One flat map of what is wanted, so that what has
// been told can be taken off it: `field.state`, `context.connect_queue`, `log.<contact>`, `related.<table>.<sys_id>`.
import { isOver, isPassedOn } from "./interaction-call.js";
import { e164Of, sysIdOf, textOf } from "./plain.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {import("./interaction-table.js").InteractionTable} Table */
/** @typedef {import("./interaction-call.js").SeenCall} SeenCall */
/** @typedef {Record<string, string>} Wanted */

/**
 * What the interaction of this agent should say.
 *
 * @param {SeenCall} seen
 * @param {object} facts
 * @param {string} facts.initialId
 * @param {Table} facts.table
 * @param {string} facts.agent sys_id
 * @param {string} [facts.number]
 * @param {string} [facts.recordingPrefix]
 * @param {readonly { table: string, sysId: string }[]} facts.related
 * @returns {Wanted}
 */
export function wantedOf(seen, facts) {
  const { table, agent, initialId } = facts;
  const passedOn = isPassedOn(seen);
  /** @type {Wanted} */
  const wanted = {
    "field.assigned_to": passedOn && seen.endMs !== undefined ? "" : agent,
    ...contextOf(seen, facts),
  };
  const state = stateOf(seen, table);
  if (state !== undefined) wanted["field.state"] = state;
  const log = logOf(seen, facts);
  if (log) wanted[`log.${seen.contactId}`] = JSON.stringify(log);
  for (const one of facts.related)
    wanted[`related.${one.table}.${one.sysId}`] = "";
  if (initialId !== seen.contactId)
    wanted[`context.${table.contextPrefix}transferred`] = "true";
  return wanted;
}

/** What is wanted and not told. @param {Wanted} wanted @param {Wanted} told @returns {Wanted} */
export function missing(wanted, told) {
  const entries = Object.entries(wanted);
  return Object.fromEntries(
    entries.filter(([name, value]) => told[name] !== value),
  );
}

/** The body of a PATCH; `interaction` must not be empty. @param {Wanted} wanted @param {string} initialId */
export function changeBody(wanted, initialId) {
  const { fields, ...rest } = parts(wanted);
  return {
    interaction: {
      clientSessionId: initialId,
      ...(fields && { additionalParams: fields }),
    },
    ...rest,
  };
}

/**
 * The body of the POST; `undefined` if there is no number to give.
 *
 * @param {SeenCall} seen
 * @param {Wanted} wanted
 * @param {{ initialId: string, table: Table, number?: string }} facts
 */
export function createBody(seen, wanted, { initialId, table, number }) {
  const own = e164Of(number);
  const userPhoneNumber = own ?? table.anonymousNumber;
  if (userPhoneNumber === "") return undefined;
  const { descriptions } = table;
  const withheld = own === undefined && seen.direction === "inbound";
  const { fields, ...rest } = parts(wanted);
  const kind = seen.kind === "callback" ? "callback" : seen.direction;
  return {
    interaction: {
      userPhoneNumber,
      clientSessionId: initialId,
      ...(seen.kind === "callback" && own && { callbackPhoneNumber: own }),
      ...(table.inboundId && { inboundId: table.inboundId }),
      additionalParams: {
        direction: seen.direction === "outbound" ? "outbound" : "inbound",
        short_description: withheld
          ? descriptions.anonymous
          : kind === "callback" || kind === "outbound"
            ? descriptions[kind]
            : descriptions.inbound,
        ...table.fields,
        ...fields,
      },
    },
    ...rest,
  };
}

/** @param {Wanted} wanted */
function parts(wanted) {
  /** @type {Record<string, string>} */
  const fields = {};
  /** @type {Record<string, string>} */
  const interactionContext = {};
  const phoneLogs = [];
  const relatedRecords = [];
  for (const [name, value] of Object.entries(wanted)) {
    const [group, first, ...more] = name.split(".");
    const rest = [first, ...more].join(".");
    if (group === "field") fields[rest] = value;
    else if (group === "context") interactionContext[rest] = value;
    else if (group === "log") phoneLogs.push(JSON.parse(value));
    else {
      const documentTable = [first, ...more.slice(0, -1)].join(".");
      relatedRecords.push({ documentTable, documentId: more.at(-1) });
    }
  }
  return {
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(Object.keys(interactionContext).length > 0 && { interactionContext }),
    ...(phoneLogs.length > 0 && { phoneLogs }),
    ...(relatedRecords.length > 0 && { relatedRecords }),
  };
}

/** @param {SeenCall} seen @param {Table} table */
function stateOf(seen, { states }) {
  if (isPassedOn(seen)) return undefined; // Whoever gets it goes on with it.
  if (!isOver(seen)) return seen.accepted ? states.work : states.new;
  return seen.answered ? states.complete : states.abandoned;
}

/** @param {SeenCall} seen @param {Parameters<typeof wantedOf>[1]} facts @returns {Wanted} */
function contextOf(seen, { initialId, table, recordingPrefix }) {
  const first = seen.contactId === initialId;
  const recording =
    seen.endMs !== undefined && seen.answered
      ? recordingOf(seen.contactId, recordingPrefix)
      : undefined;
  const said = {
    contact_id: seen.contactId,
    initial_contact_id: initialId,
    queue: seen.queue,
    outcome: seen.outcome,
    ended_by: seen.endedBy,
    // The first agent's part keeps its own link.
    [first ? "recording_url" : `recording_url_${seen.contactId}`]: recording,
  };
  const entries = Object.entries(said).filter(([, value]) => value);
  return Object.fromEntries(
    entries.map(([name, value]) => [
      `context.${table.contextPrefix}${name}`,
      /** @type {string} */ (value),
    ]),
  );
}

/** One for each contact, because each PATCH with a log creates one. @param {SeenCall} seen @param {Parameters<typeof wantedOf>[1]} facts */
function logOf(seen, { table: { phoneLog }, agent, number, recordingPrefix }) {
  const waits = phoneLog.end !== "" || phoneLog.recording !== "";
  if (!seen.accepted || (waits && seen.endMs === undefined)) return undefined;
  const said = {
    agent,
    callId: seen.contactId,
    start: dateOf(seen.startMs),
    end: seen.endMs === undefined ? undefined : dateOf(seen.endMs),
    number: e164Of(number),
    recording: recordingOf(seen.contactId, recordingPrefix),
  };
  const entries = Object.entries(said).flatMap(([name, value]) => {
    const column = phoneLog[/** @type {keyof typeof said} */ (name)];
    return column && value ? [[column, value]] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** @param {string} contactId @param {string} [prefix] `audioRecordingUrlPrefix` of the Instance Params */
function recordingOf(contactId, prefix) {
  const start = textOf(prefix, 1000);
  return start?.startsWith("https://")
    ? `${start}${encodeURIComponent(contactId)}`
    : undefined;
}

/** As ServiceNow writes times, in UTC. @param {number} atMs */
function dateOf(atMs) {
  return new Date(atMs).toISOString().slice(0, 19).replace("T", " ");
}

/** The sys_id of an interaction that a flow has told. @param {Contact} contact @param {Table} table */
export function toldSysId({ attributes }, table) {
  const names = table.attributes.filter((name) =>
    Object.hasOwn(attributes, name),
  );
  return names.map((name) => sysIdOf(attributes[name])).find((one) => one);
}

/** Records that the flow has told of. @param {Contact} contact @param {Table} table */
export function relatedOf({ attributes }, table) {
  return table.related.flatMap(({ table: name, attribute }) => {
    const sysId =
      Object.hasOwn(attributes, attribute) && sysIdOf(attributes[attribute]);
    return sysId ? [{ table: name, sysId }] : [];
  });
}
