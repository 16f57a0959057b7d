// @ts-check
// The arguments of an action. ServiceNow spells some of them in more than one way (`externalCallId` and `externalId`,
// `participantId` and `participantID`) [D], and most are not published, so names are compared without case and punctuation, and
// each argument has all names that are likely.

/** Argument → its names, the published ones [D] first, then the likely ones [G]; compared as `plainName` makes them. */
const spellings = {
  call: ["externalcallid", "externalid", "callid", "contactid"],
  record: ["nowrecordid", "interactionid", "interactionsysid", "recordid"],
  recordTable: ["nowrecordtable", "recordtable"],
  person: ["participantid"],
  term: ["searchterm", "search", "term", "query"],
  targetType: ["targettype", "searchtype", "type", "targettypes"],
  subType: ["subtype", "transfertype", "transfersubtype"],
  target: ["targetid"],
  number: [
    "phonenumber",
    "targetaddress",
    "address",
    "number",
    "callbacknumber",
  ],
  limit: ["limit"],
  digits: ["digits", "digit", "dtmf", "tones", "tone", "key", "value"],
  muted: ["muted", "mute", "ismuted", "enabled", "value"],
  held: ["held", "hold", "isheld", "onhold", "enabled", "value"],
  kind: ["kind", "eventtype", "action", "type", "operation", "state", "event"],
  queue: ["queueid", "queuearn", "outboundqueueid", "selectedqueueid", "id"],
  code: ["wrapupcode", "code"],
  notes: ["wrapupnotes", "notes"],
  state: ["state", "name", "status", "presence"],
};

/** @typedef {keyof typeof spellings} Argument */

/** A name as it is compared. @param {string} name */
export const plainName = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

const longestText = 256;

export class Payload {
  /** @type {Map<string, unknown>} */
  #values = new Map();

  /** @param {Readonly<Record<string, unknown>>} payload of `readAction` */
  constructor(payload) {
    for (const [name, value] of Object.entries(payload)) {
      const plain = plainName(name);
      if (!this.#values.has(plain)) this.#values.set(plain, value);
    }
  }

  /** A text that is not empty; numbers count. @param {Argument} argument */
  text(argument) {
    const values = this.#all(argument);
    const texts = values.map((one) =>
      typeof one === "number" ? String(one) : one,
    );
    const usable = texts.find(
      (one) =>
        typeof one === "string" &&
        one.trim() !== "" &&
        one.length <= longestText,
    );
    return typeof usable === "string" ? usable.trim() : undefined;
  }

  /** @param {Argument} argument */
  number(argument) {
    const value = Number(this.text(argument));
    return Number.isInteger(value) ? value : undefined;
  }

  /** The texts of a list; one text is a list of one. @param {Argument} argument @returns {string[]} */
  list(argument) {
    for (const value of this.#all(argument)) {
      const list = Array.isArray(value) ? value : [value];
      const texts = list.filter((one) => typeof one === "string" && one !== "");
      if (texts.length > 0) return texts;
    }
    return [];
  }

  /** True and false also as words. @param {Argument} argument */
  flag(argument) {
    for (const value of this.#all(argument)) {
      if (value === true || value === "true") return true;
      if (value === false || value === "false") return false;
    }
    return undefined;
  }

  /** @param {Argument} argument */
  #all(argument) {
    return spellings[argument]
      .filter((name) => this.#values.has(name))
      .map((name) => this.#values.get(name));
  }
}
