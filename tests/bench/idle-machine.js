// @ts-check
import os from "node:os";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Waits until the machine has nothing else to do, at least half a second and at most five: what is measured here differs
 * by milliseconds. By then Chromium has also ended the processes of the pages before.
 *
 * @returns {Promise<boolean>} whether it became calm
 */
export async function calm() {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_MS) {
    const before = cpuTimes();
    await delay(LOOK_MS);
    const after = cpuTimes();
    const busy = 1 - (after.idle - before.idle) / (after.all - before.all);
    if (busy <= CALM) return true;
  }
  return false;
}

/** How long all cores together were idle, and how long there was anything to do or not, in milliseconds. */
function cpuTimes() {
  const times = os.cpus().map(({ times }) => times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  const all = times
    .flatMap((time) => Object.values(time))
    .reduce((sum, ms) => sum + ms, 0);
  return { idle, all };
}

const LOOK_MS = 500;
const PATIENCE_MS = 5000;
/** The part of all cores' time that the system's own small tasks may take. */
const CALM = 0.1;
