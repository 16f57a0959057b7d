// @ts-check

/**
 * The contacts of this session that are over, newest first.
 *
 * @typedef {object} Earlier
 * @property {import("connect-softphone").SoftphoneContact} contact as it was last
 * @property {number} atMs when it began for the agent
 * @property {number} [talkedMs]
 */

export class History {
  /** @type {Earlier[]} */
  entries = [];
  /** As they were last, and when they were first seen. @type {Map<string, { contact: Earlier["contact"], seenAtMs: number }>} */
  #known = new Map();

  /** @param {Earlier["contact"]} contact */
  note(contact) {
    const known = this.#known.get(contact.id);
    // What is called an outcome may be gone from a contact that is being cleared.
    const seenAtMs = known?.seenAtMs ?? Date.now();
    const customer = { ...known?.contact.customer, ...contact.customer };
    this.#known.set(contact.id, {
      contact: { ...contact, customer },
      seenAtMs,
    });
  }

  /** @param {string} id of a contact that is gone */
  end(id) {
    const known = this.#known.get(id);
    if (!known) return;
    this.#known.delete(id);
    const { contact, seenAtMs } = known;
    const { answeredAtMs, endedAtMs } = contact;
    const talkedMs = answeredAtMs && (endedAtMs ?? Date.now()) - answeredAtMs;
    const atMs = contact.offeredAtMs ?? seenAtMs;
    this.entries = [
      { contact, atMs, ...(talkedMs && { talkedMs }) },
      ...this.entries,
    ].slice(0, MOST);
  }

  clear() {
    this.entries = [];
    this.#known.clear();
  }
}

const MOST = 50;
