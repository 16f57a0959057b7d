// @ts-check

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */

/** The id of the agent in every example of ServiceNow's documentation. */
export const AGENT = "participant1";

/** Whether people talk on it. @param {Contact} contact */
export const isVoice = ({ kind }) => kind === "call" || kind === "callback";

/** Whether it goes on: neither over nor after contact work. @param {Contact} contact */
export const isLive = ({ phase }) => phase !== "wrapUp" && phase !== "over";

/** Whether this is a phone number, and not a name or an id. @param {string} label */
export const isNumber = (label) => /^\+?[\d\s().-]{5,30}$/.test(label);

/**
 * Whether a control is there for ICC: also while what it does is under way, because ICC would take the button (and with
 * `dtmf` the whole keypad) away between two presses. The phone takes one press at a time by itself.
 *
 * @template {string} Name
 * @param {{ can: Readonly<Record<Name, boolean>>, cannot: Readonly<Partial<Record<Name, string>>> }} one a contact or a participant
 * @returns {(name: Name) => boolean}
 */
export const controlsOf =
  ({ can, cannot }) =>
  (name) =>
    can[name] || cannot[name] === underWay;

/** What the phone says of such a control. */
const underWay = "This is under way.";
