// @ts-check
// One entry of the context `offerContext`: a call that the agent is asked to accept.
//
// Documented [D]: all names; the form of `offeredOn`, which must not be in the future; that the id of a queue is its ARN (field
// "Provider Queue ID" of the AWA queue). Guesses [G]: how far it lies in the past; that a contact with another initial id is a
// transfer, and of which type; `type`, where text ("call") and example ("phone") differ. Not filled: `creationTime`, whose form
// the text and the example contradict each other about, and which is optional; `metadata`, `providerAppInboundId`.
import { utc } from "./time.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */

/** A clock that is ahead of the instance's makes every offer fail. In milliseconds [G]. */
const earlierMs = 2_000;

/** ICC's word for the kind of call, as in ServiceNow's example. */
const type = "phone";

/** How a call that another agent hands over comes: the other agent is still there [G]. */
const transferType = "consult";

/**
 * @param {Contact} contact
 * @param {object} around
 * @param {number} around.nowMs
 * @param {{ sysId: string }} around.user
 * @param {string | undefined} around.nowRecordId the interaction's sys_id, if there is one already
 * @param {number | undefined} around.ringMs for how long it rings, if that is known
 */
export function offer(contact, { nowMs, user, nowRecordId, ringMs }) {
  const { customer, queue, id } = contact;
  const offeredAtMs = Math.min(contact.offeredAtMs ?? nowMs, nowMs);
  const queueId = queue?.arn;
  const lines = [customer.name ?? customer.number, queue?.name];
  const [first, second] = lines.filter((line) => line);
  return {
    nowRecordTable: "interaction",
    ...(nowRecordId ? { nowRecordId } : {}),
    type,
    externalId: id,
    externalSegmentId: id,
    ...(queueId ? { queueId } : {}),
    requesterId: customer.number || id,
    assignment: {
      allowedToDecline: contact.can.reject,
      enableAutoAssign: contact.autoAccept,
      offeredOn: utc(offeredAtMs - earlierMs),
      ...(ringMs ? { timeout: String(ringMs) } : {}),
    },
    displayContent: {
      title: contact.kind === "callback" ? "Callback" : "Phone",
      ...(first ? { displayContent1: first } : {}),
      ...(second ? { displayContent2: second } : {}),
    },
    ...(contact.initialId === id
      ? {}
      : { transferContent: transfer(queue, user) }),
  };
}

/** @param {Contact["queue"]} queue @param {{ sysId: string }} user */
function transfer(queue, user) {
  // An agent's own queue has no name.
  return queue?.name
    ? {
        sourceQueueId: queue.arn,
        targetId: queue.arn,
        targetType: "queue",
        transferType,
      }
    : {
        ...(queue ? { sourceQueueId: queue.arn } : {}),
        targetId: user.sysId,
        targetType: "agent",
        transferType,
      };
}
