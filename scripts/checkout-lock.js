import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "./run.js";
import { say } from "./install-step.js";

/**
 * Runs `work` while no other command in this checkout sets up or builds: two at once would undo each other's work.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withCheckoutLock(work) {
  await mkdir(path.dirname(file), { recursive: true });
  let waiting = false;
  while (!(await acquire())) {
    if (!waiting)
      say(
        "waiting for another command in this checkout, which is setting up or building …",
      );
    waiting = true;
    await delay(500);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire() {
  // Written first, then linked: the lock file never exists without its owner's process id.
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST")
      throw error;
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    if (owner && !alive(owner)) await rm(file, { force: true });
    return false;
  } finally {
    await rm(mine, { force: true });
  }
}

/** @param {number} pid */
function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

const file = path.join(root, "target/tools/lock");
