import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { ProgramError, root } from "./run.js";

/**
 * Something that the project needs on this machine.
 *
 * @typedef {object} InstallStep
 * @property {string} title what it installs, as people call it
 * @property {string} usually how long that usually takes, such as "70 s"
 * @property {() => Promise<boolean>} installed whether it is installed already, in the right version; must be cheap
 * @property {(log: string) => Promise<void>} install installs it; the programs that it runs append to the file `log`
 */

/** A sentence for the person at the keyboard: what is missing and what to do. Printed without a stack trace. */
export class Missing extends Error {
  name = "Missing";
}

/**
 * Installs what is missing, all steps at once, so that the downloads of one fill the pauses of another.
 * Prints a line when a step starts and when it ends. The output of its programs goes to target/tools/log, and is shown only
 * if the step fails.
 *
 * @param {InstallStep[]} steps
 * @returns {Promise<number>} how many were missing
 * @throws {Missing} naming every step that failed, once all have ended
 */
export async function installAll(steps) {
  const installed = await Promise.all(steps.map((step) => step.installed()));
  const missing = steps.filter((_, index) => !installed[index]);
  const results = await Promise.allSettled(missing.map(installOne));
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
 * Prints a line of progress, in the style of all our commands.
 *
 * @param {string} text
 */
export function say(text) {
  console.log(`· ${text}`);
}

/**
 * The time that has passed since a time from `performance.now()`, such as "0.4 s" or "70 s".
 *
 * @param {number} startedAtMs
 */
export function seconds(startedAtMs) {
  const passed = (performance.now() - startedAtMs) / 1000;
  return `${passed.toFixed(passed < 9.95 ? 1 : 0)} s`;
}

/**
 * Runs a command's main function. Errors that are written for people are printed without a stack trace, all others with one.
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

// Comes first, because an older Node would fail with a puzzling error somewhere in our files. This is also why they import all
// of `node:util`: Node 16 has no parseArgs to import by name.
function checkNode() {
  if (Number(process.versions.node.split(".")[0]) < 20)
    throw new Missing(
      `Node 20 or newer is required; this is Node ${process.versions.node}.`,
    );
}

/** @param {InstallStep} step */
async function installOne(step) {
  const startedAt = performance.now();
  const log = path.join(root, "target/tools/log", `${fileName(step)}.log`);
  await mkdir(path.dirname(log), { recursive: true });
  await rm(log, { force: true });
  say(`${step.title}: started, usually takes ${step.usually} …`);
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
  if (!(await step.installed()))
    throw new Missing(
      `${step.title}: the installation succeeded, but what it installed was not found. Its output is in ${path.relative(root, log)}.`,
    );
  say(`${step.title}: done in ${seconds(startedAt)}`);
}

/** @param {InstallStep} step */
function fileName(step) {
  return step.title
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "");
}
