// @ts-check
/** An exception as a response of the CTI API, such as 400 InvalidStateException. */
export class ServiceError extends Error {
  /**
   * @param {number} status HTTP status
   * @param {string} code the exception's name
   * @param {string} message what was found and what was expected
   */
  constructor(status, code, message) {
    super(message);
    this.name = code;
    this.status = status;
    this.code = code;
  }
}

/** @param {string} message */
export function invalidState(message) {
  return new ServiceError(400, "InvalidStateException", message);
}
