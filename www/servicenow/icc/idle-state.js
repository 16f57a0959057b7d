// @ts-check
// The context `idleState`: what ICC's dial pad offers while there is no call.
//
// Documented [D]: all names. Guesses [G]: that `enableState` follows what the phone can do at the moment, and `capability` what
// the agent may do at all. Not used: `phoneDirectory`, whose rows (`searchTargetList`) need the interaction of a call;
// `currentInboundId`, without which ICC takes the base system's provider application.
import { isLive, isVoice } from "./voice.js";

/**
 * @param {object} facts
 * @param {import("connect-softphone").SoftphoneAgent | null | undefined} facts.agent
 * @param {readonly import("connect-softphone").SoftphoneContact[]} facts.contacts
 * @param {boolean} facts.ready whether the phone takes commands
 * @param {boolean} facts.chooses whether this ICC lets the agent choose the outbound queue
 * @param {string | undefined} facts.queueName on whose behalf the agent calls
 */
export function idleState({ agent, contacts, ready, chooses, queueName }) {
  const live = contacts.filter(isLive);
  const mayDial = agent?.permissions.includes("outboundCall") ?? false;
  return {
    capability: {
      globalContactSearch: mayDial,
      logOut: true,
      outBoundCall: mayDial,
      phoneDirectory: false,
      outboundQueueSelection: mayDial && chooses,
    },
    enableState: {
      logOut: ready && live.length === 0,
      outBoundCall: ready && mayDial && !live.some(isVoice),
      outboundQueueSelection: ready && mayDial && chooses,
      phoneDirectory: false,
    },
    ...(queueName
      ? { dialpadInfoMessage: { label: "Queue:", value: queueName } }
      : {}),
  };
}
