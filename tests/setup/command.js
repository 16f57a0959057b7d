// @ts-check
import { spawnSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { root } from "../../scripts/run.js";

/** @typedef {{ code: number | null, stdout: string, stderr: string }} End how a command ended */

/**
 * Runs `npx connect-softphone` as it is in dist/.
 *
 * @param {string[]} args
 * @param {{ input?: string | Buffer, cwd?: string }} [options]
 * @returns {End}
 */
export function command(args, options = {}) {
  return end(process.execPath, [cli, ...args], options);
}

/**
 * Runs the same command as a program of this machine.
 *
 * @param {string[]} args
 * @param {{ input?: string | Buffer, cwd?: string }} [options]
 * @returns {End}
 */
export function native(args, options = {}) {
  const manifest = path.join(root, "Cargo.toml");
  const cargo = ["run", "--quiet", `--manifest-path=${manifest}`];
  return end(
    "cargo",
    [...cargo, "--package", "connect-setup", "--", ...args],
    options,
  );
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ input?: string | Buffer, cwd?: string }} options
 * @returns {End}
 */
function end(program, args, { input = "", cwd = root }) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    input,
    encoding: "utf8",
  });
  if (error) throw error;
  return { code: status, stdout, stderr };
}

const cli = path.join(root, "dist/setup/cli.js");
