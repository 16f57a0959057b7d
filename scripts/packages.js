import { access } from "node:fs/promises";
import path from "node:path";
import { npm, read, root } from "./run.js";

/**
 * The npm packages of package-lock.json.
 *
 * @type {import("./install-step.js").InstallStep}
 */
export const packages = {
  title: "npm packages",
  usually: "10 s",
  async installed() {
    const lock = JSON.parse(await read("package-lock.json")).packages;
    const installed = await read("node_modules/.package-lock.json").then(
      (text) => JSON.parse(text).packages,
      () => ({}),
    );
    if (differences(lock, installed).length > 0) return false;
    try {
      await Promise.all(
        Object.keys(installed).map((name) => access(path.join(root, name))),
      );
      return true;
    } catch {
      return false;
    }
  },
  async install(log) {
    await npm(["ci", "--no-audit", "--no-fund"], { show: "none", log });
  },
};

/**
 * The packages that are not installed as the lock file says, by their folder's name.
 *
 * The folder's own list is compared and not a time or a checksum of ours, so that an `npm install` by hand counts too.
 *
 * @param {Record<string, LockedPackage>} lock `packages` of package-lock.json
 * @param {Record<string, LockedPackage>} installed `packages` of node_modules/.package-lock.json, which npm writes last
 * @param {{ os: string, cpu: string }} [machine]
 */
export function differences(
  lock,
  installed,
  machine = { os: process.platform, cpu: process.arch },
) {
  const names = new Set([...Object.keys(lock), ...Object.keys(installed)]);
  names.delete(""); // the project itself
  return [...names].filter((name) => {
    const wanted = lock[name];
    const found = installed[name];
    if (!wanted) return true;
    if (!found) return !(wanted.optional && !fits(wanted, machine));
    return (
      wanted.version !== found.version || wanted.integrity !== found.integrity
    );
  });
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 */

/**
 * Whether npm certainly installs an optional package on this machine. Which C library there is only npm knows.
 *
 * @param {LockedPackage} entry
 * @param {{ os: string, cpu: string }} machine
 */
function fits({ os, cpu, libc }, machine) {
  return Boolean(
    os?.includes(machine.os) && cpu?.includes(machine.cpu) && !libc,
  );
}
