import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { ProgramError, root } from "./run.js";

/**
 * Something the project needs on this machine.
 *
 * @typedef {object} Step
 * @property {string} title what it brings, for people
 * @property {string} usually how long it usually takes, for people
 * @property {() => Promise<boolean>} there whether it is there already, in the right version; cheap
 * @property {(log: string) => Promise<void>} install brings it; programs it runs append to the file `log`
 */

/** A sentence for the person at the keyboard: what is missing and what to do. Printed without a stack. */
export class Missing extends Error {
  name = "Missing";
}

/**
 * Brings what is not there, all at the same time: the downloads of one fill the pauses of another.
 * Prints a line when a step starts and when it ends; what its programs print goes to target/tools/log and is shown only on failure.
 *
 * @param {Step[]} steps
 * @throws {Missing} naming every step that failed, after all have ended
 */
export async function bring(steps) {
  const there = await Promise.all(steps.map((step) => step.there()));
  const missing = steps.filter((_, index) => !there[index]);
  const results = await Promise.allSettled(missing.map(bringOne));
  const failures = results.flatMap((result) =>
    result.status === "rejected" ? [result.reason] : [],
  );
  if (failures.length > 0)
    throw new Missing(
      failures.map((failure) => failure.message ?? failure).join("\n"),
    );
  return missing.length;
}

/**
 * Prints a line in the manner of all our commands.
 *
 * @param {string} text
 */
export function say(text) {
  console.log(`· ${text}`);
}

/**
 * Seconds since a time from `performance.now()`, for people.
 *
 * @param {number} startedAtMs
 */
export function seconds(startedAtMs) {
  const passed = (performance.now() - startedAtMs) / 1000;
  return `${passed.toFixed(passed < 9.95 ? 1 : 0)} s`;
}

/**
 * Runs a command's main function: sentences for people end it without a stack, everything else with one.
 *
 * @param {() => Promise<number | void>} main its number is the exit code
 */
export async function command(main) {
  try {
    checkNode();
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof ProgramError && error.signal === "SIGINT")
      process.exitCode = 130;
    else {
      const known = error instanceof Missing || error instanceof ProgramError;
      console.error(known ? `\n${error.message}` : error);
      process.exitCode = 1;
    }
  }
}

// Before everything else: an older Node would stop with a puzzle somewhere in our files. That is also why they import
// `node:util` whole, for Node 16 has no parseArgs.
function checkNode() {
  if (Number(process.versions.node.split(".")[0]) < 20)
    throw new Missing(
      `This needs Node 20 or newer and runs in ${process.versions.node}.`,
    );
}

/** @param {Step} step */
async function bringOne(step) {
  const startedAt = performance.now();
  const log = path.join(root, "target/tools/log", `${fileName(step)}.log`);
  await mkdir(path.dirname(log), { recursive: true });
  await rm(log, { force: true });
  say(`${step.title}: usually ${step.usually} …`);
  try {
    await step.install(log);
  } catch (error) {
    say(`${step.title}: failed after ${seconds(startedAt)}`);
    if (error instanceof ProgramError) {
      const text = await readFile(log, "utf8").catch(() => "");
      throw new Missing(
        `${text.trimEnd()}\n\n${step.title}: ${error.message}. The output above is in ${path.relative(root, log)}.`,
      );
    }
    throw error;
  }
  if (!(await step.there()))
    throw new Missing(
      `${step.title}: the installation ended well and yet it is not there; its output is in ${path.relative(root, log)}.`,
    );
  say(`${step.title}: there after ${seconds(startedAt)}`);
}

/** @param {Step} step */
function fileName(step) {
  return step.title
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");
}
