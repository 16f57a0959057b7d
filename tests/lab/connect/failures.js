// @ts-check
/**
 * Failures on demand, by operation of the CTI API or by path of a page.
 */

/**
 * @typedef {object} Failure
 * @property {number} [status] HTTP status; default 500. With `delayMs` but neither `status`
 *   nor `code`, the response is late but otherwise as usual.
 * @property {string} [code] exception name; the default depends on the status, such as "UnauthorizedException" for 401
 * @property {number} [times] how many requests it affects; default Infinity
 * @property {() => void} [spent] called once it has affected that many
 * @property {boolean} [hang] never answers; undoing it cuts the hanging connections
 * @property {number} [delayMs] the delay before it answers or fails
 */

/** @typedef {ReturnType<typeof createFailures>} Failures */

/**
 * @param {import("./timers.js").Timers} timers
 * @param {string[]} operations the names of all operations
 */
export function createFailures(timers, operations) {
  /** @type {{ target: string, left: number, failure: Failure, hanging: Set<import("node:http").ServerResponse> }[]} */
  const planned = [];

  return {
    /**
     * @param {string} target an operation ("PutAgentState", or in Streams' spelling "putAgentState"), "*" for all operations,
     *   or a path ("/ccp-v2/", "/auth/authorize")
     * @param {Failure} [failure]
     * @returns {() => void} undoes it; may be called twice
     * @throws {Error} if there is no such operation
     */
    fail(target, failure = {}) {
      const plan = {
        target: known(target),
        left: failure.times ?? Infinity,
        failure,
        hanging: new Set(),
      };
      planned.push(plan);
      return () => {
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
     * @returns {Promise<{ status: number, code: string } | undefined>} the failure to answer with; undefined: proceed as
     *   usual. Never settles for a request that is to hang.
     */
    async strike(targets, res) {
      const plan = planned.find(
        ({ target, left }) => left > 0 && targets.includes(target),
      );
      if (!plan) return undefined;
      if (--plan.left === 0) plan.failure.spent?.();
      const { status, code, hang, delayMs } = plan.failure;
      if (hang) {
        plan.hanging.add(res);
        res.on("close", () => plan.hanging.delete(res));
        return new Promise(() => {});
      }
      if (delayMs !== undefined) await timers.wait(delayMs);
      if (delayMs !== undefined && status === undefined && code === undefined)
        return undefined;
      const failedWith = status ?? 500;
      return {
        status: failedWith,
        code: code ?? codes[failedWith] ?? "InternalServiceException",
      };
    },
  };

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

/** @type {Record<number, string>} names from Streams 2.28.2, connect-streams.js, `connect.CTIExceptions`, where it defines one */
const codes = {
  400: "InvalidStateException",
  401: "UnauthorizedException",
  403: "AccessDeniedException",
  429: "QuotaExceededException",
};
