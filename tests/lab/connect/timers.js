// @ts-check
/**
 * @typedef {object} Timers timers that never keep the process alive and are cancelled when the lab closes
 * @property {(ms: number, run: () => void) => () => void} after runs a function once after `ms`; returns a function that cancels it
 * @property {(ms: number) => Promise<void>} wait resolves after `ms`; never, if the lab closes first
 * @property {() => void} close
 */

/** @returns {Timers} */
export function createTimers() {
  /** @type {Set<NodeJS.Timeout>} */
  const running = new Set();
  let closed = false;

  /** @type {Timers["after"]} */
  function after(ms, run) {
    if (closed) return () => {};
    const timer = setTimeout(() => {
      running.delete(timer);
      run();
    }, ms);
    timer.unref();
    running.add(timer);
    return () => {
      clearTimeout(timer);
      running.delete(timer);
    };
  }

  return {
    after,
    wait: (ms) => new Promise((resolve) => after(ms, () => resolve())),
    close() {
      closed = true;
      for (const timer of running) clearTimeout(timer);
      running.clear();
    },
  };
}
