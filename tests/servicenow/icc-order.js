// @ts-check
// What comes of one action, with a call in the phone.
import assert from "node:assert/strict";
import { Actions } from "../../www/servicenow/icc/actions.js";
import {
  agent,
  call,
  interactions,
  nowMs,
  participant,
  quickConnects,
  settings,
  user,
} from "./icc-call.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {Partial<import("../../www/servicenow/icc/parties.js").State>} Some */

export const bea = participant({ id: "p-2", role: "thirdParty", label: "Bea" });
export const [billing] = quickConnects("queue", 1);
const targetsById = new Map([["q-1", billing]]);

/** What comes of an action. @param {string} name @param {object} [payload] @param {Some} [state] @param {unknown} [map] the setting @returns {any} */
export function order(name, payload = {}, state = {}, map = undefined) {
  const actions = new Actions({
    settings: { ...settings, "icc.actions": map },
    user,
  });
  return actions.commandOf(
    { name, payload: /** @type {any} */ (payload), truncated: false },
    { agent, contacts: [call()], targetsById, ...state },
    interactions("c-1", "c-2"),
    nowMs,
  );
}

/** The method with its arguments. @param {Parameters<typeof order>} args */
export function method(...args) {
  const { kind, method, args: given, ...rest } = order(...args);
  assert.equal(kind, "command", JSON.stringify({ kind, ...rest }));
  return [method, ...given];
}

/** @param {Partial<Contact>} one @returns {Some} */
export const with_ = (one) => ({ contacts: [call(one)] });
