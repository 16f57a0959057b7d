import { createHash } from "node:crypto";
import { readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./run.js";
import { say, seconds } from "./install-step.js";

/**
 * A folder that is built from other files.
 *
 * @typedef {object} Artifact
 * @property {string} title as people call it
 * @property {string[]} inputs files and folders that it is built from; whether one exists counts, too
 * @property {(name: string) => boolean} [ignored] files in those folders that are not read
 * @property {(string | undefined)[]} [facts] what else it depends on
 * @property {string} output the folder; nothing else writes to it
 * @property {() => Promise<void>} work builds it
 */

/**
 * Builds an artifact, unless both its inputs and its folder are as they were after the last build.
 *
 * @param {Artifact} artifact
 * @param {boolean} force build it in any case
 * @returns {Promise<boolean>} whether it was built
 */
export async function buildArtifact(artifact, force) {
  const stamp = path.join(
    root,
    "target",
    `${path.basename(artifact.output)}.stamp`,
  );
  const before = await digest(
    artifact.inputs,
    artifact.ignored,
    artifact.facts,
  );
  const last = await readFile(stamp, "utf8").catch(() => "");
  if (!force && last === `${before} ${await digest([artifact.output])}`)
    return false;
  const startedAt = performance.now();
  say(`${artifact.title}: building …`);
  await rm(stamp, { force: true });
  await artifact.work();
  // The digest of the inputs is from before the build: a file that is saved during it causes another build next time.
  await writeFile(stamp, `${before} ${await digest([artifact.output])}`);
  say(`${artifact.title}: built in ${seconds(startedAt)}`);
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
