// @ts-check
// Contexts, told one snapshot after the other.
import { Contexts } from "../../www/servicenow/icc/contexts.js";
import {
  agent,
  call,
  interactions,
  nowMs,
  ready,
  settings,
  user,
} from "./icc-call.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {Partial<import("../../www/servicenow/icc/contexts.js").State>} Some */

const known = interactions("c-1", "c-2");

/** @param {Partial<ConstructorParameters<typeof Contexts>[0]>} [options] */
export function story(options) {
  const contexts = new Contexts({ settings, user, ...options });
  /** @param {Contact[]} contacts @param {Some} [more] @param {number} [atMs] */
  const tell = (contacts, more, atMs = nowMs) =>
    contexts.update(
      { status: ready, agent, contacts, interactions: known, ...more },
      atMs,
    );
  return { contexts, tell };
}

/** @param {{ type: string }[]} orders */
export const types = (orders) => orders.map(({ type }) => type);

/** The entries of a context. @param {{ type: string, context: any }[]} orders @param {string} type @returns {any} */
export const entries = (orders, type) =>
  orders.find((one) => one.type === type)?.context[type];

/** The only call that ICC is told about such a contact. @param {Partial<Contact>} one @param {Some} [more] @param {Parameters<typeof story>[0]} [options] */
export const told = (one, more, options) =>
  entries(story(options).tell([call(one)], more), "activeCall")[0];
