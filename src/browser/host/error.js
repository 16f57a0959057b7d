// @ts-check

/** What every failed call of the softphone is rejected with. */
export class SoftphoneError extends Error {
  // A field, because assigning fails where the page has frozen Error.prototype.
  name = "SoftphoneError";

  /**
   * @param {string} code
   * @param {string} message the sentence for the agent
   * @param {string} remedy what the administrator can do
   * @param {{ problems?: readonly object[], cause?: unknown }} [more]
   */
  constructor(code, message, remedy, more = {}) {
    super(message, "cause" in more ? { cause: more.cause } : undefined);
    this.code = code;
    this.remedy = remedy;
    if (more.problems) this.problems = more.problems;
  }
}

/**
 * The same for Rust, where what is absent is `undefined`.
 *
 * @param {string} code
 * @param {string} message
 * @param {string} remedy
 * @param {object[] | undefined} problems
 * @param {boolean} hasCause
 * @param {unknown} cause
 */
export function softphoneError(
  code,
  message,
  remedy,
  problems,
  hasCause,
  cause,
) {
  return new SoftphoneError(code, message, remedy, {
    ...(problems && { problems }),
    ...(hasCause && { cause }),
  });
}
