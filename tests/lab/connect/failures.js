// @ts-check
/**
 * Failures on demand, by operation of the CTI API or by path of a page.
 */

/**
 * @typedef {object} Failure
 * @property {number} [status] HTTP status; default 500. With `delayMs` but neither `status`
 *   nor `code`, the response is late but otherwise as usual. Amazon's SDK repeats a request that is answered with 5xx or 429
 *   three times, each of which counts.
 * @property {string} [code] exception name; the default depends on the status, such as "UnauthorizedException" for 401
 * @property {string} [message] the exception's message; the default is Amazon Connect's, where it is known
 * @property {number} [times] how many requests it affects; default Infinity
 * @property {number} [skip] how many requests it lets pass first; default 0
 * @property {() => void} [spent] called once it has affected that many
 * @property {boolean} [hang] never answers; undoing it cuts the hanging connections
 * @property {number} [delayMs] the delay before it answers or fails
 * @property {boolean} [ignored] answers 200 and does nothing
 * @property {boolean} [done] does what was asked, at once, and then answers as the fields above say
 * @property {number} [effectAfterMs] answers 200 at once, and does what was asked so many milliseconds later
 */

/**
 * What a request meets instead of the usual: `failed` is thrown as the answer, before or after the effect.
 *
 * @typedef {object} Strike
 * @property {{ status: number, code: string, message?: string }} [failed]
 * @property {boolean} ignored
 * @property {number} [effectAfterMs]
 * @property {(() => Promise<void>)} [afterEffect] to be waited for between the effect and the answer
 */

/** @typedef {{ target: string, left: number, skip: number, failure: Failure, hanging: Set<import("node:http").ServerResponse>, undone: boolean }} Plan */

/** @typedef {ReturnType<typeof createFailures>} Failures */

/**
 * @param {import("./timers.js").Timers} timers
 * @param {string[]} operations the names of all operations
 */
export function createFailures(timers, operations) {
  /** @type {Plan[]} */
  const planned = [];

  return {
    /**
     * @param {string} target an operation ("PutAgentState", or in Streams' spelling "putAgentState"), "*" for all operations,
     *   or a path ("/ccp-v2/", "/auth/authorize")
     * @param {Failure} [failure]
     * @returns {() => void} undoes it; may be called twice
     * @throws {Error} if there is no such operation, or if it makes no sense for the target
     */
    fail(target, failure = {}) {
      const { ignored, done, effectAfterMs } = failure;
      const isCommand = !/^([*/]|get)/i.test(target);
      if ((ignored || done || effectAfterMs !== undefined) && !isCommand)
        throw new Error(
          `${target} changes nothing, expected an operation that does`,
        );
      /** @type {Plan} */
      const plan = {
        target: known(target),
        left: failure.times ?? Infinity,
        skip: failure.skip ?? 0,
        failure,
        hanging: new Set(),
        undone: false,
      };
      planned.push(plan);
      return () => {
        plan.undone = true;
        const index = planned.indexOf(plan);
        if (index >= 0) planned.splice(index, 1);
        for (const res of plan.hanging) res.destroy();
        plan.hanging.clear();
      };
    },
    /**
     * Applies the first failure planned for one of `targets`.
     *
     * @param {string[]} targets
     * @param {import("node:http").ServerResponse} res
     * @returns {Promise<Strike | undefined>} undefined: proceed as usual. Never settles for a request that is to hang.
     */
    async strike(targets, res) {
      const plan = planned.find(
        (one) =>
          one.left > 0 && targets.includes(one.target) && one.skip-- <= 0,
      );
      if (!plan) return undefined;
      if (--plan.left === 0) plan.failure.spent?.();
      const { hang, delayMs, ignored, done, effectAfterMs } = plan.failure;
      const answer = async () => {
        if (hang) await forever(plan, res);
        if (delayMs !== undefined) await timers.wait(delayMs);
      };
      if (!done) await answer();
      return {
        failed: failedWith(plan.failure),
        ignored: ignored === true,
        effectAfterMs,
        afterEffect: done ? answer : undefined,
      };
    },
  };

  /**
   * @param {Plan} plan
   * @param {import("node:http").ServerResponse} res
   * @returns {Promise<void>}
   */
  function forever(plan, res) {
    plan.hanging.add(res);
    res.on("close", () => plan.hanging.delete(res));
    if (plan.undone) res.destroy();
    return new Promise(() => {});
  }

  /** @param {string} target */
  function known(target) {
    if (target === "*" || target.startsWith("/")) return target;
    const operation = target.charAt(0).toUpperCase() + target.slice(1);
    if (!operations.includes(operation))
      throw new Error(
        `${target} is not an operation, expected one of ${operations.join(", ")}, "*" or a path`,
      );
    return operation;
  }
}

/**
 * What to answer with; undefined if the answer is the usual one.
 *
 * @param {Failure} failure
 */
function failedWith({ status, code, message, ...how }) {
  const usual =
    how.ignored ||
    how.effectAfterMs !== undefined ||
    how.delayMs !== undefined ||
    how.hang;
  if (usual && status === undefined && code === undefined) return undefined;
  const failed = status ?? (code ? 400 : 500);
  return {
    status: failed,
    code: code ?? codes[failed] ?? "InternalServiceException",
    message,
  };
}

/** @type {Record<number, string>} names from Streams 2.28.2, connect-streams.js, `connect.CTIExceptions`, where it defines one */
const codes = {
  400: "InvalidStateException",
  401: "UnauthorizedException",
  403: "AccessDeniedException",
  429: "QuotaExceededException",
};
