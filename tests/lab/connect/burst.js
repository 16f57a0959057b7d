// @ts-check
/**
 * Makes the snapshots of agents change as often as requested, for tests of what many changes cost. Each change counts up the
 * attribute `burst` of every contact. Streams asks for the next snapshot 100 ms after it got one (2.28.2,
 * connect-streams.js, `pollForAgent`), so it sees about ten a second at most.
 *
 * @param {object} parts
 * @param {import("./timers.js").Timers} parts.timers
 * @param {(username: string) => import("./agent.js").Agent} parts.agent
 * @param {() => { users: Map<string, unknown> }} parts.settings
 */
export function createBurst({ timers, agent, settings }) {
  /**
   * @param {number} perSecond
   * @param {{ username?: string }} [options] default: the first user
   * @returns {() => number} ends it, and returns how many changes there were; may be called twice
   */
  return function burst(perSecond, { username } = {}) {
    const target = agent(
      username ?? /** @type {string} */ (settings().users.keys().next().value),
    );
    const startedAt = performance.now();
    let count = 0;
    let cancel = () => {};
    const next = () => {
      count++;
      for (const call of target.contacts) call.attributes.burst = String(count);
      target.changed();
      // By the time of the start, because timers are late.
      const dueAt = startedAt + ((count + 1) * 1000) / perSecond;
      cancel = timers.after(Math.max(0, dueAt - performance.now()), next);
    };
    cancel = timers.after(1000 / perSecond, next);
    return () => {
      cancel();
      return count;
    };
  };
}
