// @ts-check
import en from "./strings/en.js";

/**
 * @typedef {import("connect-softphone/controls").ControlsStrings} ControlsStrings
 * @typedef {import("connect-softphone").SoftphoneContact} Contact
 */

/**
 * The English strings with the host's in their place, in groups as well.
 *
 * @param {import("connect-softphone/controls").ControlsStringsGiven | null | undefined} given
 * @returns {ControlsStrings}
 */
export function wordsWith(given) {
  /** @type {any} */
  const words = { ...en };
  for (const [key, value] of Object.entries(given ?? {})) {
    if (value === undefined || value === null) continue;
    words[key] =
      typeof value === "object" ? { ...words[key], ...value } : value;
  }
  return words;
}

/**
 * Fills the places of a string.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) =>
    name in values ? String(values[name]) : place,
  );
}

/**
 * An error's sentence, in the panel's language if it knows it.
 *
 * @param {ControlsStrings} words
 * @param {{ code?: string, message?: string }} error
 */
export function sentenceOf(words, { code = "", message = "" }) {
  return words.sentences[message] ?? words.errors[code] ?? message;
}

/**
 * Why a control is off, in the panel's language if it knows the sentence.
 *
 * @param {ControlsStrings} words
 * @param {string | undefined} why
 */
export function reason(words, why) {
  return why && (words.sentences[why] ?? why);
}

/**
 * @param {ControlsStrings} words
 * @param {string} name of the agent's state
 */
export function stateWords(words, name) {
  return words.states[name] ?? name;
}

/**
 * Who a contact is with: the customer, or else whom it was begun with.
 *
 * @param {ControlsStrings} words
 * @param {Contact} contact
 */
export function nameOf(words, { customer, participants, monitoring }) {
  const other = participants.find(({ role }) => role !== "agent");
  return (
    customer.name ||
    customer.number ||
    other?.label ||
    (monitoring ? words.monitored : words.unknownCustomer)
  );
}

/**
 * @param {ControlsStrings} words
 * @param {import("connect-softphone").SoftphoneParticipant} participant
 */
export function partyName(words, { label, role }) {
  return label || words.roles[role];
}

/**
 * How far a contact is, in words.
 *
 * @param {ControlsStrings} words
 * @param {Contact} contact
 */
export function phaseWords(
  words,
  { phase, outcome, direction, kind, preview },
) {
  if (phase === "offered") return words.offers[kind];
  if (phase === "over") return words.outcomes[outcome ?? "failed"];
  if (preview) return words.preview;
  if (phase === "connecting" && direction !== "inbound") return words.calling;
  return words.contactPhases[phase];
}

/**
 * Where an agent's calls come.
 *
 * @param {ControlsStrings} words
 * @param {import("connect-softphone").SoftphoneAgent} agent
 */
export function phoneTypeWords(words, { phoneType, deskNumber }) {
  return phoneType === "deskPhone"
    ? fill(words.deskPhone, { number: deskNumber ?? "" })
    : words.softphone;
}
