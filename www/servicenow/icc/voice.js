// @ts-check

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */

/** Whether people talk on it. @param {Contact} contact */
export const isVoice = ({ kind }) => kind === "call" || kind === "callback";

/** Whether it goes on: neither over nor after contact work. @param {Contact} contact */
export const isLive = ({ phase }) => phase !== "wrapUp" && phase !== "over";

/** Whether this is a phone number, and not a name or an id. @param {string} label */
export const isNumber = (label) => /^\+?[\d\s().-]{5,30}$/.test(label);
