// @ts-check
// What comes out of an action: data, for the page to carry out.

/** @typedef {import("connect-softphone").Softphone} Softphone */
/** @typedef {{ kind: "problem", problem: string, message: string }} Problem `message`: a sentence for the agent */

/**
 * What is to be done.
 *
 * @typedef {{ kind: "command", method: keyof Softphone, args: unknown[], contactId?: string }
 *   | { kind: "search", contactId: string, term: string, types: import("./targets.js").TargetType[] | undefined, limit: number | undefined }
 *   | { kind: "moreInfo", contactId: string, targetId: string }
 *   | { kind: "wrapUp", contactId: string, code?: string, notes?: string }
 *   | { kind: "selectQueue", queueArn: string }
 *   | { kind: "recordOpened", table: string, sysId: string }
 *   | { kind: "logout" } | { kind: "deviceSettings" } | { kind: "ignored" }
 *   | Problem} Order
 */

/**
 * A method of the phone's about a contact.
 *
 * @param {keyof Softphone} method @param {string} contactId @param {unknown[]} more the arguments after the contact's id
 * @returns {Order}
 */
export const command = (method, contactId, ...more) => ({
  kind: "command",
  method,
  args: [contactId, ...more],
  contactId,
});

/**
 * An argument is not there, or of no use. Values are not told: they may be numbers and names.
 *
 * @param {string} field @param {string} expected @param {string} [found]
 * @returns {Problem}
 */
export const missing = (field, expected, found = "nothing usable") => ({
  kind: "problem",
  problem: `payload.${field}: found ${found}, expected ${expected}.`,
  message: "The phone could not do that. Use its own buttons.",
});
