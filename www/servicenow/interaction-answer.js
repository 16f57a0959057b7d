// @ts-check
// What ServiceNow answers about interactions, and what to make of a failure.
import { own, sysIdOf, textOf } from "./plain.js";

/** @typedef {import("./interaction-table.js").InteractionTable} Table */

/** The interaction that a POST has made. @param {unknown} answer `{result: {status, sysId, number}}` or what is in it */
export function madeOf(answer) {
  const result = own(answer, "result") ?? answer;
  const sysId = sysIdOf(own(result, "sysId"));
  if (sysId === undefined || own(result, "status") === "FAILURE")
    return undefined;
  const number = textOf(own(result, "number"), 40);
  return { sysId, ...(number && { number }) };
}

/**
 * Where to look for the interaction of a call: by its sys_id, or by the column that has the initial contact id.
 *
 * @param {string} initialId
 * @param {string | undefined} sysId
 * @param {Table} table
 */
export function findPath(initialId, sysId, { findColumn }) {
  const fields = "sys_id,number,assigned_to";
  if (sysId !== undefined)
    return `${INTERACTIONS}/${sysId}?sysparm_fields=${fields}`;
  if (findColumn === "" || !/^[\w-]{1,128}$/.test(initialId)) return undefined;
  const query = encodeURIComponent(`${findColumn}=${initialId}`);
  return `${INTERACTIONS}?sysparm_query=${query}&sysparm_fields=${fields},${findColumn}&sysparm_limit=2`;
}

/**
 * What was found; `undefined`: nothing. A column that does not exist is ignored in a query, so that any interaction could
 * come back: only one that says which call it is of is believed.
 *
 * @param {unknown} answer
 * @param {string} initialId
 * @param {string | undefined} wanted sys_id
 * @param {string} column
 */
export function foundOf(answer, initialId, wanted, column) {
  const result = own(answer, "result") ?? answer;
  const rows = Array.isArray(result) ? result : [result];
  const row = rows.find((one) =>
    wanted === undefined
      ? own(one, column) === initialId
      : sysIdOf(own(one, "sys_id")) === wanted,
  );
  const sysId = sysIdOf(own(row, "sys_id"));
  if (sysId === undefined) return undefined;
  const number = textOf(own(row, "number"), 40);
  const assigned = own(row, "assigned_to");
  const owner = sysIdOf(own(assigned, "value") ?? assigned) ?? "";
  return { sysId, owner, ...(number && { number }) };
}

/** @param {"create" | "change" | "find"} what @param {unknown} why */
export function failure(what, why) {
  const said = own(why, "status");
  const status = typeof said === "number" && said > 0 ? said : undefined;
  const lasting = status !== undefined && LASTING.includes(status);
  const found = status === undefined ? "no answer" : `HTTP ${status}`;
  return {
    status,
    lasting,
    sentence:
      `${DONE[what]}: ${found}. ${REMEDIES.get(status ?? 0) ?? ""}`.trim(),
  };
}

/** How long to wait before the next try. @param {number} tries @param {unknown} why */
export function waitAfter(tries, why) {
  const said = own(why, "retryAfterMs");
  const asked = typeof said === "number" && said > 0 ? said : 0;
  const usual = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
  return Math.max(usual, Math.min(asked, 10 * LONGEST_WAIT_MS));
}

const INTERACTIONS = "/api/now/table/interaction";
const LASTING = [400, 401, 403, 404, 405, 422];
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

const DONE = {
  create: "An interaction could not be created",
  change: "An interaction could not be updated",
  find: "The interaction of a transferred call could not be looked for",
};

/** @type {Map<number, string>} */
const REMEDIES = new Map([
  [0, "Look at the network."],
  [200, "The answer has no sysId: look at the system log of ServiceNow."],
  [400, "Look at the properties connect_softphone.interaction and its fields."],
  [401, "Sign in to ServiceNow again."],
  [
    403,
    "Give the agent the role sn_openframe_user, and interaction_agent to read interactions.",
  ],
  [404, "Install the plugin com.sn_openframe_store."],
]);
