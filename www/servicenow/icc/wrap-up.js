// @ts-check
// The event `openframe_wrap_up_submitted`: the agent has finished ServiceNow's wrap-up, which ends after contact work in Connect.
// It comes twice when the wrap-up times out (PRB1996219).

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */

export class WrapUps {
  /** The segments that were taken. @type {Set<string>} */
  #taken = new Set();

  /**
   * @param {unknown} payload as the callback of `subscribe` gets it
   * @param {readonly Contact[]} contacts
   * @param {ReadonlyMap<string, { sysId: string }>} interactions by the contact's initial id
   * @returns {{ kind: "command", method: "finish", args: [string], contactId: string } | undefined}
   */
  take(payload, contacts, interactions) {
    const outer = record(payload);
    const wrapUp = record(outer?.wrapUp) ?? outer;
    if (!wrapUp) return undefined;
    const { wrapUpSegmentId, recordId, externalSegmentId } = wrapUp;
    const over = contacts.filter(({ can }) => can.finish);
    const contact =
      over.find(({ id }) => id === externalSegmentId) ??
      over.find(({ initialId }) => {
        const sysId = interactions.get(initialId)?.sysId;
        return sysId !== undefined && sysId === recordId;
      });
    if (!contact) return undefined;
    const segment = `${contact.id} ${String(wrapUpSegmentId).slice(0, 64)}`;
    if (this.#taken.has(segment)) return undefined;
    this.#taken.add(segment);
    const { id } = contact;
    return { kind: "command", method: "finish", args: [id], contactId: id };
  }
}

/** @param {unknown} value @returns {Record<string, unknown> | undefined} */
function record(value) {
  if (typeof value === "string" && value.length < 100_000)
    try {
      return record(JSON.parse(value));
    } catch {
      return undefined;
    }
  return typeof value === "object" && value !== null
    ? /** @type {Record<string, unknown>} */ (value)
    : undefined;
}
