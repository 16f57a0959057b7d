// @ts-check
// Whom an action is about: the contact, somebody on it, or somebody to be called. An id that nobody has is a problem and never
// "the only one there is": what ends a participant's call must not end the agent's.
import { missing } from "./order.js";
import { isLive, isNumber, isVoice } from "./voice.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {import("connect-softphone").SoftphoneParticipant} Participant */
/** @typedef {import("connect-softphone").SoftphoneTarget} Target */
/** @typedef {import("./order.js").Problem} Problem */

/**
 * What actions are read against.
 *
 * @typedef {object} State
 * @property {import("connect-softphone").SoftphoneAgent | null | undefined} agent
 * @property {readonly Contact[]} contacts
 * @property {ReadonlyMap<string, import("connect-softphone").SoftphoneRecording>} [recordings] by the contact's id
 * @property {ReadonlyMap<string, import("connect-softphone").SoftphoneQuickConnect>} [targetsById] of `Contexts`
 * @property {string} [outboundQueue] the ARN of the queue that the agent has chosen to call for
 */

/**
 * @typedef {object} Call an action's arguments, and what they are read against
 * @property {import("./payload.js").Payload} payload
 * @property {State} state
 * @property {ReadonlyMap<string, { sysId: string }>} interactions by the contact's initial id
 * @property {ReadonlySet<string>} selfIds the ids that ICC may use for the agent
 */

/** The call that an action names, by its own id or its interaction's; the only one if it names none. @param {Call} call @returns {{ contact: Contact } | Problem} */
export function contactOf({ payload, state, interactions }) {
  const calls = state.contacts.filter(isVoice);
  const callId = payload.text("call");
  const recordId = payload.text("record");
  if (!callId && !recordId) {
    const live = calls.filter(isLive);
    const all = live.length > 0 ? live : calls;
    if (all.length === 1) return { contact: all[0] };
    return missing(
      "externalCallId",
      "the id of a call",
      all.length > 1 ? "none, and there are several calls" : "none",
    );
  }
  const initialIds = new Set(
    [...interactions]
      .filter(([, { sysId }]) => sysId === recordId)
      .map(([initialId]) => initialId),
  );
  const found =
    calls.find(({ id }) => id === callId) ??
    best(calls.filter(({ initialId }) => initialId === callId)) ??
    best(calls.filter(({ initialId }) => initialIds.has(initialId)));
  return found
    ? { contact: found }
    : {
        kind: "problem",
        problem:
          "payload.externalCallId: found the id of no call, expected that of a call of the agent's.",
        message: "This call has ended.",
      };
}

/** @param {readonly Contact[]} contacts */
const best = (contacts) => contacts.find(isLive) ?? contacts[0];

/** Whom on the call an action names; nobody if it is about the agent. @param {Contact} contact @param {Call} call @returns {{ participant: Participant | undefined } | Problem} */
export function participantOf(contact, { payload, selfIds }) {
  const id = payload.text("person");
  if (!id || selfIds.has(id)) return { participant: undefined };
  const participant = contact.participants.find((one) => one.id === id);
  if (participant?.role === "agent") return { participant: undefined };
  return participant
    ? { participant }
    : {
        kind: "problem",
        problem:
          "payload.participantId: found the id of nobody on the call, expected that of a participant.",
        message: "They have left the call.",
      };
}

/** Who is to be called: a quick connect that a search has found, or a number. @param {Call} call @returns {{ target: Target } | Problem} */
export function targetOf({ payload, state }) {
  const id = payload.text("target");
  const known = id ? state.targetsById?.get(id) : undefined;
  if (known) return { target: known };
  // With the type "directTarget" or "external", the agent has typed a number.
  const number = payload.text("number") ?? id;
  if (number && isNumber(number)) return { target: number };
  return missing(
    "targetId",
    "the id of a target that was found, or a phone number",
    id ? "another text" : "nothing usable",
  );
}
