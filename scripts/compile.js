import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { say } from "./install-step.js";
import { exists, root, run } from "./run.js";

/**
 * The browser module, compiled for the first time, at the same time as the tools: both need two minutes, but not the same
 * cores all the time. The target for wasm must be there.
 *
 * @type {import("./install-step.js").InstallStep}
 */
export const browserModule = {
  title: "browser module",
  usually: "90 s",
  installed: () => exists("target/wasm32-unknown-unknown/release/deps"),
  // What does not compile is no error here: the build will show it.
  install: (log) => compileModule({ show: "none", log, anyCode: true }),
};

/**
 * Compiles the browser module, optimised, with no path of this machine in it.
 *
 * @param {Parameters<typeof run>[2]} [options] how its output is shown
 */
export function compileModule(options = {}) {
  return compileWasm("connect-softphone", options);
}

/** Compiles the check of a set-up in the same way. */
export function compileSetup() {
  return compileWasm("connect-setup", {});
}

/**
 * One package at a time: together, softphone-core would have in the browser module, too, what only the check needs.
 *
 * @param {string} name
 * @param {Parameters<typeof run>[2]} options
 */
async function compileWasm(name, options) {
  const target = "--target=wasm32-unknown-unknown";
  const args = ["build", "--release", "--lib", "--package", name, target];
  await run("cargo", args, {
    ...options,
    env: { CARGO_BUILD_TARGET: undefined, RUSTFLAGS: await anonymous() },
  });
}

/**
 * Compiles the Rust tests for this machine or for the browser, in silence. One that does not compile is no error here: its
 * suite will show it.
 *
 * @param {"rust" | "wasm"} suite
 */
export async function compileTests(suite) {
  say(`${suite} tests: compiling …`);
  const target = "--target=wasm32-unknown-unknown";
  const args = ["test", "--lib", "--tests", "--no-run"];
  await run("cargo", suite === "wasm" ? [...args, target] : args, {
    show: "none",
    log: path.join(root, `target/tools/log/${suite}-tests.log`),
    anyCode: true,
  });
}

/** rustc flags that keep this machine's paths out of the wasm, in which panics name their source file. */
async function anonymous() {
  const home = process.env.CARGO_HOME ?? path.join(homedir(), ".cargo");
  const registries = path.join(home, "registry/src");
  const names = await readdir(registries).catch(() => []);
  return [
    `${root}=.`,
    `${home}=cargo`,
    // Of those that match, the last one counts.
    ...names.map((name) => `${path.join(registries, name)}=crates`),
  ]
    .map((pair) => `--remap-path-prefix=${pair}`)
    .join(" ");
}
