// @ts-check
// What an action can be mapped to: the methods of the phone, and what ICC needs besides. Each makes an order from the action's
// arguments and the snapshot. What is possible at the moment the phone itself says, with a sentence for the agent.
import * as buttons from "./buttons.js";
import { command, missing } from "./order.js";
import { contactOf, participantOf } from "./parties.js";
import { plainName } from "./payload.js";
import { targetTypes } from "./targets.js";

/** @typedef {import("connect-softphone").Softphone} Softphone */
/** @typedef {import("./buttons.js").Make} Make */
/** @typedef {import("./buttons.js").MakeOfContact} MakeOfContact */
/** @typedef {import("./buttons.js").MakeOfParty} MakeOfParty */

/** By the names that stand on the right of the table, and in the setting `icc.actions`. @satisfies {Record<string, Make>} */
export const commands = {
  // The phone's methods, as they are. With a participant of ICC's in the payload, those about the agent are about that one.
  accept: about("accept"),
  reject: about("reject"),
  hangUp: party("removeParticipant", "hangUp"),
  leave: about("leave"),
  hold: party("holdParticipant", "hold"),
  resume: party("resumeParticipant", "resume"),
  mute: party("muteParticipant", "mute"),
  unmute: party("unmuteParticipant", "unmute"),
  conference: about("conference"),
  swap: about("swap"),
  finish: about("finish"),
  monitor: about("monitor"),
  bargeIn: about("bargeIn"),
  dialPreview: about("dialPreview"),
  discardPreview: about("discardPreview"),
  reportIssue: about("reportIssue"),
  startRecording: about("startRecording"),
  pauseRecording: about("pauseRecording"),
  resumeRecording: about("resumeRecording"),
  stopRecording: about("stopRecording"),
  removeParticipant: party("removeParticipant", undefined),
  sendDigits: ofContact(buttons.sendDigits),
  consult: ofContact((contact, call) => buttons.join("consult", contact, call)),
  transfer: ofContact((contact, call) =>
    buttons.join("transfer", contact, call),
  ),
  dial: buttons.dial,
  setState: ({ payload }) => {
    const name = payload.text("state");
    return name
      ? { kind: "command", method: "setState", args: [name] }
      : missing("state", "the name of one of the agent's states");
  },
  clearNextState: () => ({
    kind: "command",
    method: "clearNextState",
    args: [],
  }),

  // Buttons of ICC that stand for more than one method.
  /** Mutes or unmutes as the payload asks; toggles where it does not say. */
  setMute: ofParty((contact, one, { payload }) =>
    buttons.setMute(contact, one, buttons.asksForMute(payload)),
  ),
  /** Toggles, whatever the payload says. */
  toggleMute: ofParty((contact, one) =>
    buttons.setMute(contact, one, undefined),
  ),
  setHold: ofParty((contact, one, { payload }) =>
    buttons.setHold(contact, one, buttons.asksForHold(payload)),
  ),
  toggleHold: ofParty((contact, one) =>
    buttons.setHold(contact, one, undefined),
  ),
  setRecording: ofContact(buttons.setRecording),
  /** Disconnects the participant, rejects an offered call, ends a call, or leaves it to the others. */
  endCall: ofParty(buttons.endCall),
  /** Consults or transfers, as the payload's subtype says. */
  startTransfer: ofContact(buttons.startTransfer),
  /** Disconnects whoever is being called about a call. */
  cancelTransfer: ofParty(buttons.cancelTransfer),
  /** Calls the customer of a campaign or a callback; without such a contact, the number. */
  initiateCall: buttons.initiateCall,
  /** Does not call that customer, or ends after contact work. */
  closeCallback: ofContact(buttons.closeCallback),

  // What the page does, and not the phone.
  search: ofContact(({ id }, { payload }) => {
    const wanted = payload.list("targetType").map(plainName);
    const types = targetTypes.filter((type) => wanted.includes(type));
    return {
      kind: "search",
      contactId: id,
      term: payload.text("term") ?? "",
      types: types.length > 0 ? [...types] : undefined,
      limit: payload.number("limit"),
    };
  }),
  moreInfo: ofContact(({ id }, { payload }) => {
    const targetId = payload.text("target");
    return targetId
      ? { kind: "moreInfo", contactId: id, targetId }
      : missing("targetId", "the id of a target");
  }),
  wrapUp: ofContact(buttons.wrapUp),
  selectQueue: buttons.selectQueue,
  recordOpened: ({ payload }) => {
    const sysId = payload.text("record");
    const table = payload.text("recordTable") ?? "interaction";
    return sysId
      ? { kind: "recordOpened", table, sysId }
      : missing("nowRecordId", "the sys_id of a record");
  },
  logout: () => ({ kind: "logout" }),
  deviceSettings: () => ({ kind: "deviceSettings" }),
  /** Known, and nothing to do. */
  ignore: () => ({ kind: "ignored" }),
};

/** @typedef {keyof typeof commands} CommandName */

/** @param {string} name @returns {name is CommandName} */
export const isCommand = (name) => Object.hasOwn(commands, name);

/** @param {keyof Softphone} method @returns {Make} */
function about(method) {
  return ofContact(({ id }) => command(method, id));
}

/** @param {keyof Softphone} method @param {keyof Softphone | undefined} ownMethod about the agent @returns {Make} */
function party(method, ownMethod) {
  return ofParty((contact, one) =>
    one
      ? command(method, contact.id, one.id)
      : ownMethod
        ? command(ownMethod, contact.id)
        : missing("participantId", "the id of a participant"),
  );
}

/** @param {MakeOfContact} make @returns {Make} */
function ofContact(make) {
  return (call) => {
    const found = contactOf(call);
    return "problem" in found ? found : make(found.contact, call);
  };
}

/** @param {MakeOfParty} make @returns {Make} */
function ofParty(make) {
  return ofContact((contact, call) => {
    const found = participantOf(contact, call);
    return "problem" in found ? found : make(contact, found.participant, call);
  });
}
