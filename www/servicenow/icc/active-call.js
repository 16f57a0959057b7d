// @ts-check
// One entry of the context `activeCall`.
//
// Documented [D]: all names, `recording`, the form of times, the state "Ringing...".
// Guesses [G]: which phases are shown; that `paused` is about the recording; that one `hold` and one `mute` stand for both ways;
// that a campaign's preview is a callback; who of the participants carries `requireWrapup`; the other texts of a state.
// Not filled, because a snapshot does not have it: `dnis` of inbound and `ani` of outbound calls, `callbackTransferStatus`,
// `custom-capability-state-1`, `requestACW`, `wrapUP`.
import { utc } from "./time.js";
import { controlsOf, isNumber } from "./voice.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {import("connect-softphone").SoftphoneParticipant} Participant */
/** @typedef {import("connect-softphone").SoftphoneRecording} Recording */

/**
 * What an entry needs besides the contact.
 *
 * @typedef {object} Around
 * @property {string} nowRecordId the interaction's sys_id
 * @property {{ id: string, name: string }} self whom ICC knows as the agent
 * @property {Recording | null | undefined} recording
 * @property {boolean} flagged whether the agent has reported an issue with it
 * @property {boolean} supervisors whether this ICC knows supervisors (Brazil)
 * @property {import("./memory.js").Memory} memory
 * @property {(label: string) => string | undefined} actorOf what a label stands for, where a quick connect has told
 */

/** The phases in which a call is in `activeCall` [G]: it is over for ICC when after contact work begins. */
export const shownPhases = new Set(["connecting", "talking", "held"]);

/** What stands under a participant's number: free text. @type {Record<Participant["state"], string>} */
const stateTexts = {
  connecting: "Ringing...",
  connectedToQueue: "In queue",
  connected: "connected",
  held: "connected", // `held` tells it, as in ServiceNow's example.
};

/** What a supervisor does, in ICC's words. */
const supervisorActions = { silentMonitor: "monitoring", barge: "barging" };

/**
 * @param {Contact} contact
 * @param {Around} around
 */
export function activeCall(contact, around) {
  const callback = contact.kind === "callback" || contact.preview !== undefined;
  const others = contact.participants.filter(({ role }) => role !== "agent");
  // The customer carries the wrap-up; without one, the first of the others does.
  const main = others.find(({ role }) => role === "customer") ?? others[0];
  return {
    nowRecordTable: "interaction",
    nowRecordId: around.nowRecordId,
    externalId: contact.id,
    type: callback ? "callback" : "call",
    direction: contact.direction === "inbound" ? "inbound" : "outbound",
    ...(callback ? { callbackContext: callbackContext(contact) } : {}),
    currentParticipant: currentParticipant(contact, around),
    participants: others.map((one) => ({
      ...participant(contact, one, around),
      ...(one === main && !contact.monitoring ? { requireWrapup: true } : {}),
    })),
  };
}

/** @param {Contact} contact */
function callbackContext({ customer, preview }) {
  return {
    customerName: customer.name ?? "",
    callbackNumbers: customer.number ? [customer.number] : [],
    // The customer of a preview has not been called; a callback is called as soon as the agent accepts it.
    callAttemptedByAgent: preview === undefined,
    ...(preview?.dialsAtMs ? { dialInEndTime: utc(preview.dialsAtMs) } : {}),
  };
}

/** @param {Contact} contact @param {Around} around */
function currentParticipant(contact, around) {
  const { recording, self } = around;
  const supervisor = around.supervisors ? contact.monitoring : undefined;
  const records = recording?.state === "on" || recording?.state === "paused";
  return {
    id: self.id,
    name: self.name,
    actor: supervisor ? "supervisor" : "agent",
    state: contact.phase === "connecting" ? "connecting" : "connected",
    callStartTime: utc(around.memory.startedAtMs(contact)),
    ...(contact.answeredAtMs
      ? { connectedTime: utc(contact.answeredAtMs) }
      : {}),
    held: contact.phase === "held",
    muted: contact.muted === true,
    paused: recording?.state === "paused",
    flagged: around.flagged,
    recording: records ? "in_progress" : "none",
    capabilities: capabilities(contact, around),
    ...(supervisor
      ? { supervisor: { action: supervisorActions[supervisor] } }
      : {}),
  };
}

/**
 * What the agent can do. Every flag is told, also false ones: whether ICC keeps an old one that is absent is not documented.
 *
 * @param {Contact} contact @param {Around} around
 */
function capabilities(contact, { recording, supervisors }) {
  const { kind, preview } = contact;
  const can = controlsOf(contact);
  const recordings = recording?.can ?? [];
  return {
    endCall: can("hangUp") || can("leave"),
    hold: can("hold") || can("resume"),
    mute: can("mute") || can("unmute"),
    dtmf: can("sendDigits"),
    transfer: can("consult") || can("transfer"),
    mergeCall: can("conference"),
    leaveAndTransfer: can("leave"),
    flag: can("reportIssue"),
    startRecording: recordings.includes("start"),
    pauseRecording: recordings.includes("pause"),
    resumeRecording: recordings.includes("resume"),
    stopRecording: recordings.includes("stop"),
    ...(kind === "callback" || preview
      ? {
          initiateCall: can("dialPreview"),
          closeCallback: can("discardPreview"),
        }
      : {}),
    ...(supervisors
      ? { monitor: can("monitor"), coach: false, barge: can("bargeIn") }
      : {}),
  };
}

/** @param {Contact} contact @param {Participant} one @param {Around} around */
function participant(contact, one, around) {
  const { held } = one;
  const can = controlsOf(one);
  const isCustomer = one.role === "customer";
  const number = isCustomer
    ? contact.customer.number
    : isNumber(one.label)
      ? one.label
      : undefined;
  const name = (isCustomer && contact.customer.name) || one.label;
  const side = contact.direction === "inbound" ? "ani" : "dnis";
  return {
    id: one.id,
    actor: actor(one, around),
    name,
    ...(number ? { address: number } : {}),
    ...(number && isCustomer ? { [side]: number } : {}),
    state: stateTexts[one.state],
    connectedTime: utc(around.memory.connectedAtMs(contact, one)),
    muted: one.muted === true,
    held,
    ...(held ? { heldAtTime: utc(one.sinceMs) } : {}),
    capabilities: {
      endCall: can("remove"),
      hold: can("hold") || can("resume"),
      mute: can("mute") || can("unmute"),
    },
  };
}

/** @param {Participant} one @param {Around} around */
function actor({ role, state, label }, { actorOf }) {
  if (role === "customer") return "customer";
  if (role === "supervisor") return "agent";
  // Amazon does not tell an agent from a queue; the quick connect that was called does.
  const known = actorOf(label);
  if (known) return known;
  return state === "connectedToQueue" || !isNumber(label)
    ? "agent"
    : "external";
}
