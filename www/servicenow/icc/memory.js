// @ts-check
// Times that a snapshot tells only once: `sinceMs` of a contact or participant is about its state, and ICC asks when the call
// began and when somebody was connected.

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {{ startedAtMs: number, connectedAtMs: Map<string, number> }} Times by the participant's id */

export class Memory {
  /** By the contact's id. @type {Map<string, Times>} */
  #times = new Map();

  /** @param {readonly Contact[]} contacts all that there are now */
  see(contacts) {
    const ids = new Set(contacts.map(({ id }) => id));
    for (const id of this.#times.keys())
      if (!ids.has(id)) this.#times.delete(id);
    for (const contact of contacts) this.#seeOne(contact);
  }

  /** When the call began, as far as it is known. @param {Contact} contact */
  startedAtMs(contact) {
    return this.#times.get(contact.id)?.startedAtMs ?? contact.sinceMs;
  }

  /** When somebody was connected; while they are not, since when they have been called. @param {Contact} contact @param {Contact["participants"][number]} participant */
  connectedAtMs(contact, participant) {
    const known = this.#times.get(contact.id)?.connectedAtMs;
    return known?.get(participant.id) ?? participant.sinceMs;
  }

  /** @param {Contact} contact */
  #seeOne(contact) {
    const { offeredAtMs, answeredAtMs, sinceMs } = contact;
    const moments = [offeredAtMs, answeredAtMs, sinceMs];
    const times = this.#times.get(contact.id) ?? {
      startedAtMs: Math.min(...moments.filter((one) => one !== undefined)),
      connectedAtMs: new Map(),
    };
    this.#times.set(contact.id, times);
    for (const { id, role, state, sinceMs } of contact.participants) {
      if (state === "connecting" || times.connectedAtMs.has(id)) continue;
      // Somebody who is on hold at first sight was connected before.
      const before = state === "held" && role === "customer";
      times.connectedAtMs.set(id, (before && answeredAtMs) || sinceMs);
    }
  }
}
