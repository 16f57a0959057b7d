// @ts-check
// The agent answers an offer on the alert card of ServiceNow's inbox, which tells of it by AWA's work item
// (`openframe_awa_workitem_accepted`, `_rejected`). Which call it belongs to: the one with its interaction; where the
// interaction is made only then, the only one that is offered (assumed).
import { isVoice } from "./icc/voice.js";
import { own, parsed, sysIdOf, textOf } from "./plain.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */

/**
 * @param {unknown} payload of the event: `{result: {workItem}}` or `{payload: {workItem}}`
 * @param {readonly Contact[]} contacts
 * @param {ReadonlyMap<string, { sysId: string }>} interactions by initial contact id
 * @returns {{ contact: Contact, sysId: string | undefined } | undefined} an offered one, and its interaction
 */
export function offeredOf(payload, contacts, interactions) {
  const outer = parsed(payload);
  const inner = own(outer, "result") ?? own(outer, "payload") ?? outer;
  const workItem = own(inner, "workItem");
  const document = own(workItem, "document");
  const sysId = sysIdOf(own(document, "sys_id") ?? own(document, "sysID"));
  const offered = contacts.filter(
    (one) => isVoice(one) && one.phase === "offered",
  );
  const known = (/** @type {Contact} */ { initialId }) =>
    interactions.get(initialId)?.sysId;
  const same = offered.find((contact) => sysId && known(contact) === sysId);
  if (same) return { contact: same, sysId };
  // A case's is none of ours, nor is a chat's, which is an interaction, too.
  const channel = textOf(own(own(workItem, "serviceChannel"), "name")) ?? "";
  if (own(document, "table") !== "interaction" || OTHERS.test(channel))
    return undefined;
  if (offered.length !== 1) return undefined;
  return { contact: offered[0], sysId };
}

/** AWA's other channels with interactions, by the names that they are installed with (assumed). */
const OTHERS = /chat|messag|walk-?up|sms|e-?mail/i;
