// @ts-check
// The context `searchTargetList`: to whom a call can be transferred. Setting it enables Transfer in ICC [D], so each call gets an
// empty entry as soon as it is there [G], and one with rows when the agent searches.
//
// Documented [D]: all names, the types, the subtypes and their labels, the number of rows. Guesses [G]: that the number of rows
// is for all types together; that an id may be the last part of an ARN. Not filled: `presence` and `quickStats` of agents, which
// quick connects do not have; `targetTypes`, without which ICC shows all tabs.
import { sizeLimit, sizeOf } from "./size.js";

/** @typedef {import("connect-softphone").SoftphoneQuickConnect} QuickConnect */
/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {"agent" | "queue" | "external"} TargetType */

/** @type {readonly TargetType[]} */
export const targetTypes = ["agent", "queue", "external"];

/** How many quick connects are remembered by their ids. */
const mostKnown = 1_000;

/** The system property `icc_search_limit`: at least and by default 10 rows, at most 25 [D]. @param {unknown} given */
export function rowLimit(given) {
  const rows = Number.parseInt(String(given ?? ""), 10);
  return Number.isNaN(rows) ? 10 : Math.min(Math.max(rows, 10), 25);
}

/** ICC's type of a quick connect. @param {QuickConnect} one @returns {TargetType} */
const typeOf = ({ type }) =>
  type === "agent" || type === "queue" ? type : "external";

/** Whole ARNs would make 25 rows larger than a message may be. @param {QuickConnect} one */
const idOf = ({ arn }) => arn.slice(arn.lastIndexOf("/") + 1);

export class Targets {
  #limit;
  /** By id, the latest last. @type {Map<string, QuickConnect>} */
  #known = new Map();
  /** What the agent has found last. @type {{ contactId: string, found: QuickConnect[], about?: string }} */
  #result = { contactId: "", found: [] };

  /** @param {number} limit */
  constructor(limit) {
    this.#limit = limit;
  }

  /** The quick connects that ICC may name, by id. @returns {ReadonlyMap<string, QuickConnect>} */
  get known() {
    return this.#known;
  }

  /** What somebody called by that label is, if a quick connect has told. @param {string} label */
  actorOf(label) {
    for (const one of this.#known.values())
      if (one.name === label) return typeOf(one);
    return undefined;
  }

  /**
   * These are to be shown for that call.
   *
   * @param {string} contactId
   * @param {readonly QuickConnect[]} items
   * @param {{ types?: readonly TargetType[], limit?: number }} wanted
   */
  found(contactId, items, { types = targetTypes, limit = this.#limit }) {
    const most = Math.max(Math.min(limit, this.#limit), 1);
    this.#result = { contactId, found: share(items, types, most) };
    for (const one of this.#result.found) {
      this.#known.delete(idOf(one));
      this.#known.set(idOf(one), one);
    }
    for (const id of this.#known.keys())
      if (this.#known.size > mostKnown) this.#known.delete(id);
  }

  /** More is to be shown about that one. @param {string} contactId @param {string} id */
  about(contactId, id) {
    if (this.#result.contactId === contactId) this.#result.about = id;
  }

  /**
   * The context for these calls.
   *
   * @param {readonly { contact: Contact, nowRecordId: string, selfId: string }[]} calls
   */
  context(calls) {
    const full = this.#context(calls, true);
    return sizeOf({ type: "searchTargetList", context: full }) > sizeLimit
      ? this.#context(calls, false)
      : full;
  }

  /** @param {readonly { contact: Contact, nowRecordId: string, selfId: string }[]} calls @param {boolean} numbers */
  #context(calls, numbers) {
    const entries = calls.map(({ contact, nowRecordId, selfId }) => ({
      nowRecordTable: "interaction",
      nowRecordId,
      externalId: contact.id,
      participantID: selfId,
      targets:
        contact.id === this.#result.contactId
          ? this.#targets(contact, numbers)
          : [],
    }));
    return { searchTargetList: entries, customPayload: {} };
  }

  /** @param {Contact} contact @param {boolean} numbers whether numbers of externals are told unasked */
  #targets({ can }, numbers) {
    const transferSubtypes = [
      ...(can.consult ? [{ id: "consult", label: "Consult" }] : []),
      ...(can.transfer ? [{ id: "blind", label: "Blind" }] : []),
    ];
    const { found, about } = this.#result;
    return targetTypes.flatMap((type) => {
      const list = found
        .filter((one) => typeOf(one) === type)
        .map((one) => row(one, numbers || idOf(one) === about));
      return list.length > 0
        ? [{ type, transferSubtypes, payload: { list } }]
        : [];
    });
  }
}

/** @param {QuickConnect} one @param {boolean} numbers */
function row(one, numbers) {
  const more =
    numbers && one.number ? [{ label: "Number", value: one.number }] : [];
  return {
    id: idOf(one),
    name: one.name,
    ...(more.length > 0 ? { hasStats: true, moreInfo: more } : {}),
  };
}

/**
 * The first ones of each type in turn, so that none fills the list alone.
 *
 * @param {readonly QuickConnect[]} items @param {readonly TargetType[]} types @param {number} most
 */
function share(items, types, most) {
  const all = types.map((type) => items.filter((one) => typeOf(one) === type));
  const longest = Math.max(...all.map((some) => some.length), 0);
  const turns = Array.from({ length: longest }, (_, turn) =>
    all.flatMap((some) => some.slice(turn, turn + 1)),
  );
  return turns.flat().slice(0, most);
}
