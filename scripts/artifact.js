import { createHash } from "node:crypto";
import { readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./run.js";
import { say, seconds } from "./install-step.js";

/**
 * A folder that is made from other files.
 *
 * @typedef {object} Part
 * @property {string} title for people
 * @property {string[]} inputs files and folders it is made from; one that does not exist counts as such
 * @property {(name: string) => boolean} [ignored] files of those folders that it does not read
 * @property {(string | undefined)[]} [facts] what else it depends on
 * @property {string} output the folder, which nobody else writes to
 * @property {() => Promise<void>} work makes it
 */

/**
 * Makes a part, unless what it is made from and the folder itself are as they were when it was made last.
 *
 * @param {Part} made
 * @param {boolean} force make it in any case
 * @returns {Promise<boolean>} whether it was made
 */
export async function part(made, force) {
  const stamp = path.join(
    root,
    "target",
    `${path.basename(made.output)}.stamp`,
  );
  const before = await digest(made.inputs, made.ignored, made.facts);
  const last = await readFile(stamp, "utf8").catch(() => "");
  if (!force && last === `${before} ${await digest([made.output])}`)
    return false;
  const startedAt = performance.now();
  say(`${made.title}: building …`);
  await rm(stamp, { force: true });
  await made.work();
  // The inputs as they were read before the work: a file saved meanwhile makes the next command build again.
  await writeFile(stamp, `${before} ${await digest([made.output])}`);
  say(`${made.title}: built in ${seconds(startedAt)}`);
  return true;
}

/**
 * @param {string[]} names files and folders
 * @param {(name: string) => boolean} [ignored]
 * @param {(string | undefined)[]} [facts]
 */
async function digest(names, ignored = () => false, facts = []) {
  const hash = createHash("sha256").update(JSON.stringify(facts));
  for (const name of await filesOf(names)) {
    if (ignored(name)) continue;
    const content = await readFile(path.join(root, name));
    hash.update(`\n${name} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}

/** @param {string[]} names */
async function filesOf(names) {
  const all = [...names];
  for (const name of names)
    if ((await kindOf(name))?.isDirectory()) {
      const below = await readdir(path.join(root, name), { recursive: true });
      all.push(...below.map((entry) => path.join(name, entry)));
    }
  const kinds = await Promise.all(all.map(kindOf));
  return all.filter((_, index) => kinds[index]?.isFile()).sort();
}

/** @param {string} name */
function kindOf(name) {
  return stat(path.join(root, name)).catch(() => undefined);
}
