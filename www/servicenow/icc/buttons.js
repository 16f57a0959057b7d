// @ts-check
// Buttons of ICC that take more than the name of a method.
import { command, missing } from "./order.js";
import { contactOf, targetOf } from "./parties.js";
import { plainName } from "./payload.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {import("./order.js").Order} Order */
/** @typedef {import("./parties.js").Participant} Participant */
/** @typedef {import("./parties.js").Call} Call */
/** @typedef {(call: Call) => Order} Make */
/** @typedef {(contact: Contact, call: Call) => Order} MakeOfContact */
/** @typedef {(contact: Contact, participant: Participant | undefined, call: Call) => Order} MakeOfParty */

/** @type {MakeOfContact} */
export function sendDigits({ id }, { payload }) {
  const digits = payload.text("digits");
  return digits && /^[0-9*#A-Da-d,]{1,50}$/.test(digits)
    ? command("sendDigits", id, digits)
    : missing("digits", "up to 50 of 0-9, *, #, A-D and commas");
}

/** @type {Make} */
export function dial({ payload, state }) {
  const number = payload.text("number");
  if (!number) return missing("phoneNumber", "a phone number");
  const queueArn = state.outboundQueue;
  const args = queueArn ? [number, { queueArn }] : [number];
  return { kind: "command", method: "dial", args };
}

/** @param {"consult" | "transfer"} method @param {Contact} contact @param {Call} call */
export function join(method, contact, call) {
  const found = targetOf(call);
  return "problem" in found ? found : command(method, contact.id, found.target);
}

/** @type {MakeOfContact} */
export function startTransfer(contact, call) {
  const subType = plainName(call.payload.text("subType") ?? "blind");
  if (subType === "consult") return join("consult", contact, call);
  // The phone waits for an answer, and gives the customer back where there is none.
  if (subType === "blind") return join("transfer", contact, call);
  return missing("subType", '"consult" or "blind"', "another text");
}

/** @type {MakeOfParty} */
export function cancelTransfer(contact, one) {
  const added = contact.participants.filter(
    ({ role }) => role === "thirdParty",
  );
  const joining = added.filter(
    ({ state }) => state === "connecting" || state === "connectedToQueue",
  );
  const called = joining.length > 0 ? joining : added;
  const only = called.length === 1 ? called[0] : undefined;
  const whom = one?.role === "thirdParty" ? one : only;
  return whom
    ? command("removeParticipant", contact.id, whom.id)
    : missing("participantId", "somebody who is being called");
}

/** @param {Contact} contact @param {Participant | undefined} one @param {boolean | undefined} wanted */
export function setMute(contact, one, wanted) {
  const muted = one ? one.muted === true : contact.muted === true;
  const mutes = wanted ?? !muted;
  if (one)
    return command(
      mutes ? "muteParticipant" : "unmuteParticipant",
      contact.id,
      one.id,
    );
  return command(mutes ? "mute" : "unmute", contact.id);
}

/** @param {Contact} contact @param {Participant | undefined} one @param {boolean | undefined} wanted */
export function setHold({ id, phase, can }, one, wanted) {
  const held = one ? one.held : phase === "held" || (can.resume && !can.hold);
  const holds = wanted ?? !held;
  if (one)
    return command(holds ? "holdParticipant" : "resumeParticipant", id, one.id);
  return command(holds ? "hold" : "resume", id);
}

/** What a kind in the payload says, such as `event_type: "unmute"` [G]. */
const muteWords = new Map([
  ["mute", true],
  ["muted", true],
  ["unmute", false],
  ["unmuted", false],
]);

const holdWords = new Map([
  ["hold", true],
  ["held", true],
  ["unhold", false],
  ["resume", false],
]);

/** Whether the payload asks for it. @param {import("./payload.js").Payload} payload @returns {boolean | undefined} */
export const asksForMute = (payload) =>
  payload.flag("muted") ?? muteWords.get(plainName(payload.text("kind") ?? ""));

/** @param {import("./payload.js").Payload} payload @returns {boolean | undefined} */
export const asksForHold = (payload) =>
  payload.flag("held") ?? holdWords.get(plainName(payload.text("kind") ?? ""));

/** @type {MakeOfContact} */
export function setRecording({ id }, { payload, state }) {
  const can = state.recordings?.get(id)?.can ?? [];
  const word = plainName(payload.text("kind") ?? "");
  for (const change of /** @type {const} */ ([
    ...["pause", "resume", "stop", "start"],
  ]))
    if (word.includes(change)) return command(recordingMethods[change], id);
  // Without a word, the button is for what is possible.
  for (const change of /** @type {const} */ (["resume", "start", "stop"]))
    if (can.includes(change)) return command(recordingMethods[change], id);
  return command("startRecording", id);
}

/** @type {Record<"start" | "pause" | "resume" | "stop", keyof import("connect-softphone").Softphone>} */
const recordingMethods = {
  start: "startRecording",
  pause: "pauseRecording",
  resume: "resumeRecording",
  stop: "stopRecording",
};

/** @type {MakeOfParty} */
export function endCall(contact, one) {
  const { id, phase, can, cannot } = contact;
  if (one) return command("removeParticipant", id, one.id);
  if (phase === "offered") return command("reject", id);
  const others = can.leave || cannot.leave !== undefined;
  return command(!can.hangUp && others ? "leave" : "hangUp", id);
}

/** @type {Make} */
export function initiateCall(call) {
  const found = contactOf(call);
  const contact = "contact" in found ? found.contact : undefined;
  if (contact?.phase === "offered") return command("accept", contact.id);
  if (contact?.preview) return command("dialPreview", contact.id);
  return dial(call);
}

/** @type {MakeOfContact} */
export function closeCallback({ id, phase }) {
  if (phase === "offered") return command("reject", id);
  const over = phase === "wrapUp" || phase === "over";
  return command(over ? "finish" : "discardPreview", id);
}

/** @type {MakeOfContact} */
export function wrapUp({ id, phase }, { payload }) {
  if (phase === "wrapUp" || phase === "over") return command("finish", id);
  const code = payload.text("code");
  const notes = payload.text("notes");
  return {
    kind: "wrapUp",
    contactId: id,
    ...(code ? { code } : {}),
    ...(notes ? { notes } : {}),
  };
}

/** @type {Make} */
export function selectQueue({ payload, state }) {
  const id = payload.text("queue");
  const queue = state.agent?.queues.find(({ arn }) => arn === id);
  return queue
    ? { kind: "selectQueue", queueArn: queue.arn }
    : missing("queueId", "the ARN of one of the agent's queues");
}
