import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { exists, root, run } from "./run.js";

/**
 * The Rust tests, compiled for this machine for the first time: while the tools are being built, which need the same
 * two minutes but not the same cores all the time. Later changes are compiled by the suite itself.
 *
 * @type {import("./install-step.js").InstallStep}
 */
export const nativeTests = {
  title: "Rust tests",
  usually: "60 s",
  installed: () => exists("target/debug/deps"),
  install: (log) => compileTests([], log),
};

/**
 * The browser module, compiled for the first time, at the same time as the tools for the same reason. The target for
 * wasm must be there.
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
export async function compileModule(options = {}) {
  const target = "--target=wasm32-unknown-unknown";
  await run("cargo", ["build", "--release", "--lib", target], {
    ...options,
    env: { CARGO_BUILD_TARGET: undefined, RUSTFLAGS: await anonymous() },
  });
}

/** Compiles the Rust tests for the browser, in silence. */
export async function compileWasmTests() {
  const log = path.join(root, "target/tools/log/wasm-tests.log");
  await compileTests(["--target=wasm32-unknown-unknown"], log);
}

/**
 * A test that does not compile is no error here: its suite will show it.
 *
 * @param {string[]} args
 * @param {string} log
 */
async function compileTests(args, log) {
  const tests = ["test", "--lib", "--tests", "--no-run"];
  await run("cargo", [...tests, ...args], {
    show: "none",
    log,
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
