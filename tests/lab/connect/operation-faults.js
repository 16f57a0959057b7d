// @ts-check
/**
 * What can happen to an operation of the CTI API, by name. Each takes the operation, such as "HoldConnection" or, in Streams'
 * spelling, "holdConnection", and which requests are affected: `{ times: 1 }`, by default all until it is undone; with
 * `{ skip: 1, times: 1 }`, only the second. Each returns what undoes it.
 *
 * Streams tells the page nothing of 401 and 403 (connect-streams.js, `handleAPIRequest`), except AUTH_FAIL of the former.
 *
 * @typedef {{ times?: number, skip?: number }} HowOften
 * @typedef {HowOften & { type?: string, message?: string, status?: number }} Refusal `type`: the exception's name
 * @typedef {(operation: string, how?: import("./failures.js").Failure) => () => void} Fail
 */

/** @param {Fail} fail */
export function createOperationFaults(fail) {
  return {
    /** 403 AccessDeniedException. @param {string} operation @param {HowOften} [often] */
    denied: (operation, often) => fail(operation, { status: 403, ...often }),
    /** 401 UnauthorizedException. @param {string} operation @param {HowOften} [often] */
    unauthorized: (operation, often) =>
      fail(operation, { status: 401, ...often }),
    /** It is not done, and never answered. @param {string} operation @param {HowOften} [often] */
    silent: (operation, often) => fail(operation, { hang: true, ...often }),
    /** It is done, and never answered. @param {string} operation @param {HowOften} [often] */
    doneSilently: (operation, often) =>
      fail(operation, { done: true, hang: true, ...often }),
    /** An exception, by default 400 InvalidStateException. @param {string} operation @param {Refusal} [refusal] */
    refused: (operation, refusal) => fail(operation, exception(refusal)),
    /** It is done, and yet an exception is answered. @param {string} operation @param {Refusal} [refusal] */
    doneButRefused: (operation, refusal) =>
      fail(operation, { done: true, ...exception(refusal) }),
    /** 200, and nothing is done. @param {string} operation @param {HowOften} [often] */
    ignored: (operation, often) => fail(operation, { ignored: true, ...often }),
    /** 200 at once, and it is done later. @param {string} operation @param {number} ms @param {HowOften} [often] */
    doneLate: (operation, ms, often) =>
      fail(operation, { effectAfterMs: ms, ...often }),
    /** It is done at once, and answered with 200 later. @param {string} operation @param {number} ms @param {HowOften} [often] */
    answeredLate: (operation, ms, often) =>
      fail(operation, { done: true, delayMs: ms, ...often }),
  };
}

/** @param {Refusal} [refusal] */
function exception({ type, status = 400, ...rest } = {}) {
  return { status, code: type, ...rest };
}
