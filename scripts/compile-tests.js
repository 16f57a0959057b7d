import { access } from "node:fs/promises";
import path from "node:path";
import { root, run } from "./run.js";

/**
 * The Rust tests, compiled for this machine for the first time: while the tools are being built, which need the same
 * two minutes but not the same cores all the time. Later changes are compiled by the suite itself.
 *
 * @type {import("./install-step.js").InstallStep}
 */
export const nativeTests = {
  title: "Rust tests",
  usually: "60 s",
  async installed() {
    return access(path.join(root, "target/debug/deps")).then(
      () => true,
      () => false,
    );
  },
  async install(log) {
    await compile([], log);
  },
};

/** Compiles the Rust tests for the browser, in silence. */
export async function compileWasmTests() {
  const log = path.join(root, "target/tools/log/wasm-tests.log");
  await compile(["--target=wasm32-unknown-unknown"], log);
}

/**
 * A test that does not compile is no error here: its suite will show it.
 *
 * @param {string[]} args
 * @param {string} log
 */
async function compile(args, log) {
  const tests = ["test", "--lib", "--tests", "--no-run"];
  await run("cargo", [...tests, ...args], {
    show: "none",
    log,
    anyCode: true,
  });
}
