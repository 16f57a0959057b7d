// @ts-check
// What is known of a call, from its snapshots: whether the agent has had it, and to whom they have left it.

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */

/**
 * What is kept of a call; it holds no number and no name, because it is stored.
 *
 * @typedef {object} SeenCall
 * @property {string} contactId
 * @property {string} kind
 * @property {string} direction
 * @property {string} phase
 * @property {boolean} accepted
 * @property {boolean} answered
 * @property {boolean} gone its contact is not there any more
 * @property {string} [outcome]
 * @property {string} [endedBy]
 * @property {string} [queue]
 * @property {number} startMs
 * @property {number} [endMs]
 * @property {Record<string, "internal" | "external">} parties who was added
 * @property {"nobody" | "calling" | "internal" | "external"} with who is on it besides agent and customer
 * @property {"nobody" | "internal" | "external"} [handedTo] to whom the agent has left the customer, once the call has ended
 */

/** @param {Contact} contact @param {SeenCall | undefined} earlier @returns {SeenCall} */
export function seenOf(contact, earlier) {
  const before = earlier?.contactId === contact.id ? earlier : undefined;
  const { phase, outcome, endedBy } = contact;
  const live = LIVE.includes(phase);
  const ended = phase === "wrapUp" || phase === "over";
  const parties = partiesOf(contact, before?.parties ?? {});
  return {
    contactId: contact.id,
    kind: contact.kind,
    direction: contact.direction,
    phase,
    accepted: live || before?.accepted === true || outcome === "answered",
    answered:
      phase === "talking" ||
      phase === "held" ||
      before?.answered === true ||
      outcome === "answered",
    gone: false,
    startMs:
      contact.answeredAtMs ??
      before?.startMs ??
      contact.offeredAtMs ??
      contact.sinceMs,
    parties,
    with: live ? companyOf(contact, parties) : (before?.with ?? "nobody"),
    ...(outcome && { outcome }),
    ...(endedBy && { endedBy }),
    ...(contact.queue?.name && { queue: contact.queue.name.slice(0, 256) }),
    ...(ended && { endMs: contact.endedAtMs ?? contact.sinceMs }),
    ...(ended && { handedTo: before?.handedTo ?? handedTo(before, endedBy) }),
  };
}

/** A call whose contact has gone. @param {SeenCall} seen @param {number} nowMs @returns {SeenCall} */
export function goneOf(seen, nowMs) {
  return {
    ...seen,
    gone: true,
    endMs: seen.endMs ?? nowMs,
    handedTo: seen.handedTo ?? handedTo(seen, seen.endedBy),
  };
}

/** Whether it has left the agent; wrap-up is still their work. @param {SeenCall} seen */
export function isOver({ gone, phase }) {
  return gone || phase === "over";
}

/** Whether somebody else goes on with it, or is to. @param {SeenCall} seen */
export function isPassedOn(seen) {
  if (
    !seen.answered &&
    (seen.outcome === "missed" || seen.outcome === "rejected")
  )
    return true;
  return seen.handedTo === "internal";
}

/** @param {Contact} contact @param {SeenCall["parties"]} before @returns {SeenCall["parties"]} */
function partiesOf({ participants }, before) {
  const added = participants.filter(({ role }) => role === "thirdParty");
  const entries = added.map(({ id, state, label }) => {
    const internal =
      state === "connectedToQueue" ||
      before[id] === "internal" ||
      (state === "connecting" && !/^[+\d][\d\s().-]*$/.test(label));
    const known = state === "held" ? before[id] : undefined;
    return [id, known ?? (internal ? "internal" : "external")];
  });
  return Object.fromEntries(entries);
}

/** @param {Contact} contact @param {SeenCall["parties"]} parties @returns {SeenCall["with"]} */
function companyOf({ participants }, parties) {
  if (!participants.some(({ role }) => role === "customer")) return "nobody";
  const added = participants.filter(({ role }) => role === "thirdParty");
  if (added.length === 0) return "nobody";
  if (added.every(({ state }) => state === "connecting")) return "calling";
  return added.some(({ id }) => parties[id] === "internal")
    ? "internal"
    : "external";
}

/** @param {SeenCall | undefined} before @param {string} [endedBy] @returns {"nobody" | "internal" | "external"} */
function handedTo(before, endedBy) {
  if (!before) return "nobody";
  if (before.with !== "calling") return before.with;
  // Left before anybody answered; otherwise the customer has gone meanwhile.
  if (endedBy !== "agent") return "nobody";
  return Object.values(before.parties).includes("internal")
    ? "internal"
    : "external";
}

const LIVE = ["connecting", "talking", "held"];
