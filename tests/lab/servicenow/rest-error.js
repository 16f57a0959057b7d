// @ts-check
/** A request is refused. */
export class RestError extends Error {
  /** @param {number} status @param {string} message @param {string} [detail] */
  constructor(status, message, detail = "") {
    super(message);
    this.status = status;
    this.detail = detail;
  }
}
