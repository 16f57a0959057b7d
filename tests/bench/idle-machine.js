// @ts-check
import os from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Waits until the machine has nothing else to do, for half a second at least and five at most: the differences measured here
 * are milliseconds. By then, Chromium has also ended the processes of the previous pages.
 *
 * @returns {Promise<boolean>} whether the machine became idle
 */
export async function untilIdle() {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += CHECK_MS) {
    const before = cpuTimes();
    await delay(CHECK_MS);
    const after = cpuTimes();
    const busy = 1 - (after.idle - before.idle) / (after.all - before.all);
    if (busy <= IDLE) return true;
  }
  return false;
}

/** How long all cores together have been idle, and how long they have been running at all, in milliseconds. */
function cpuTimes() {
  const times = os.cpus().map(({ times }) => times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  const all = times
    .flatMap((time) => Object.values(time))
    .reduce((sum, ms) => sum + ms, 0);
  return { idle, all };
}

const CHECK_MS = 500;
const PATIENCE_MS = 5000;
/** The share of all cores' time that the system's own small tasks may take. */
const IDLE = 0.1;
