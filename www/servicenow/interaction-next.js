// @ts-check
// What an interaction needs next.
import { findPath } from "./interaction-answer.js";
import { isOver, isPassedOn } from "./interaction-call.js";

/** @typedef {import("./interaction-store.js").Entry} Entry */
/** @typedef {{ table: import("./interaction-table.js").InteractionTable, user: string }} Facts `user`: sys_id */

/**
 * Whether the interaction becomes this agent's: a flow has made it for the call that they have accepted, or the agent who had
 * it before has left.
 *
 * @param {string} initialId
 * @param {Entry} entry
 * @param {Facts} facts
 */
export function isToTake(initialId, { seen, sysId, mine, owner }, { user }) {
  if (mine || sysId === undefined || !seen.accepted || isPassedOn(seen))
    return false;
  const first = seen.contactId === initialId;
  return first || owner === "" || owner === user;
}

/**
 * Whether a call that another agent hands over is offered, and its interaction is not known yet: it is looked for at once, so
 * that ServiceNow is offered the call together with it, and does not make a second one.
 *
 * @param {string} initialId
 * @param {Entry} entry
 * @param {import("./interaction-table.js").InteractionTable} table
 */
export function isSearched(initialId, { seen, sysId, searched }, table) {
  return (
    seen.phase === "offered" &&
    seen.contactId !== initialId &&
    sysId === undefined &&
    searched === undefined &&
    findPath(initialId, sysId, table) !== undefined
  );
}

/**
 * @param {string} initialId
 * @param {Entry} entry
 * @param {Facts} facts
 * @returns {"create" | "change" | "find" | undefined} `change`: if there is anything to tell
 */
export function nextStep(initialId, entry, { table }) {
  const { seen, sysId, mine, searched, tries, gaveUp } = entry;
  const first = seen.contactId === initialId;
  if (sysId === undefined) {
    if (isSearched(initialId, entry, table)) return "find";
    const early = table.createAt === "offered" && seen.phase === "offered";
    if ((!seen.accepted && !early) || gaveUp === "create") return undefined;
    // A request whose answer was lost may have created it.
    const doubt = !first || tries > 0;
    if (doubt && searched === undefined && findPath(initialId, sysId, table))
      return "find";
    // The first agent's page has it: another one would be a second interaction for the same call.
    if (!first && searched === "failed" && seen.kind === "call")
      return undefined;
    return "create";
  }
  // The caller gave up before anybody accepted.
  if (mine || (first && seen.outcome === "callerLeft")) return "change";
  if (first || !seen.accepted || searched === "failed") return undefined;
  const ended = isOver(seen) || seen.endMs !== undefined;
  return ended ? undefined : "find"; // Until the first agent has left.
}
