import { rm } from "node:fs/promises";
import path from "node:path";
import { ask, exists, find, read, root, run } from "./run.js";
import { Missing } from "./install-step.js";

/**
 * Rust's standard library for wasm.
 *
 * @type {import("./install-step.js").InstallStep}
 */
export const wasmTarget = {
  title: `Rust target wasm32-unknown-unknown`,
  usually: "5 s",
  async installed() {
    const folder = await ask("rustc", [
      "--print=target-libdir",
      "--target=wasm32-unknown-unknown",
    ]);
    return folder !== undefined && (await exists(folder));
  },
  async install(log) {
    await rustup(["target", "add", "wasm32-unknown-unknown"], log);
  },
};

/**
 * wasm-bindgen and its test runner in target/tools/bin, built from tools/wasm.
 *
 * @type {import("./install-step.js").InstallStep}
 */
export const wasmTools = {
  title: "wasm-bindgen",
  usually: "80 s",
  async installed() {
    const tools = await read("tools/wasm/Cargo.toml");
    const bindgen = pin(tools, "wasm-bindgen-cli");
    samePin(pin(await read("Cargo.toml"), "wasm-bindgen"), bindgen);
    const found = await Promise.all([
      version("wasm-bindgen"),
      version("wasm-bindgen-test-runner"),
    ]);
    return found.every((version) => version === bindgen);
  },
  async install(log) {
    await run(
      "cargo",
      [
        ["install", "--path=tools/wasm", "--root=target/tools"],
        ["--target-dir=target/tools/build", "--locked", "--debug"],
        ["--no-track", "--force"],
      ].flat(),
      // With it, cargo would build programs that this machine cannot run.
      { show: "none", log, env: { CARGO_BUILD_TARGET: undefined } },
    );
    // A gigabyte that only another version of the tools could use, and little of it.
    await rm(path.join(root, "target/tools/build"), {
      recursive: true,
      force: true,
    });
  },
};

/**
 * rustfmt and clippy, which a minimal Rust lacks.
 *
 * @type {import("./install-step.js").InstallStep}
 */
export const lints = {
  title: "rustfmt and clippy",
  usually: "5 s",
  async installed() {
    const found = await Promise.all([
      ask("cargo", ["fmt", "--version"]),
      ask("cargo", ["clippy", "--version"]),
    ]);
    return found.every((answer) => answer !== undefined);
  },
  async install(log) {
    await rustup(["component", "add", "rustfmt", "clippy"], log);
  },
};

/**
 * Makes sure that Rust itself is installed, is new enough, and can link.
 *
 * @throws {Missing}
 */
export async function rust() {
  const wanted = manifestValue(await read("Cargo.toml"), "rust-version");
  const answer = await ask("rustc", ["--version"]);
  if (!answer || !(await find("cargo")))
    throw new Missing(
      `Rust is not installed: rustc and cargo are not on PATH. Install it with rustup (https://rustup.rs), then run this again.`,
    );
  const found = /^rustc (\d+\.\d+)/.exec(answer)?.[1] ?? answer;
  if (wanted && older(found, wanted))
    throw new Missing(
      `Rust ${wanted} or newer is required; this is ${found}. Run \`rustup update stable\`.`,
    );
  if (
    process.platform !== "win32" &&
    !(await find("cc")) &&
    !process.env.CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER
  )
    throw new Missing(
      "Rust has no linker: `cc` is not on PATH. Install a C compiler (on Debian: apt-get install gcc libc6-dev), then run this again.",
    );
}

/**
 * The exact version of a dependency in a Cargo.toml: `name = "=1.2.3"` or `name = { version = "=1.2.3", … }`.
 *
 * @param {string} manifest the file's text
 * @param {string} name
 * @throws {Missing} when it is not pinned exactly
 */
export function pin(manifest, name) {
  const value = new RegExp(
    `^${name}\\s*=\\s*(?:\\{.*?version\\s*=\\s*)?"=([^"]+)"`,
    "m",
  ).exec(manifest)?.[1];
  if (!value)
    throw new Missing(
      `Cargo.toml must pin ${name} exactly, as in ${name} = "=1.2.3".`,
    );
  return value;
}

/**
 * @param {string} ours
 * @param {string} tools
 */
function samePin(ours, tools) {
  if (ours !== tools)
    throw new Missing(
      `Cargo.toml pins wasm-bindgen to ${ours} and tools/wasm/Cargo.toml pins wasm-bindgen-cli to ${tools}: ` +
        "they must be the same. Change both, then run `cargo update` in tools/wasm.",
    );
}

/**
 * @param {string[]} args
 * @param {string} log
 */
async function rustup(args, log) {
  if (!(await find("rustup")))
    throw new Missing(
      `Missing: ${args.slice(2).join(", ")}. This Rust was not installed with rustup, so add them the way Rust was installed.`,
    );
  await run("rustup", args, { show: "none", log });
}

/** @param {string} tool */
async function version(tool) {
  const file = path.join(root, "target/tools/bin", tool);
  return (await ask(file, ["--version"]))?.split(" ")[1];
}

/**
 * @param {string} manifest
 * @param {string} key
 */
function manifestValue(manifest, key) {
  return new RegExp(`^${key}\\s*=\\s*"([^"]+)"`, "m").exec(manifest)?.[1];
}

/**
 * @param {string} found
 * @param {string} wanted
 */
function older(found, wanted) {
  const [a, b] = [found, wanted].map((text) => text.split(".").map(Number));
  return a[0] < b[0] || (a[0] === b[0] && (a[1] ?? 0) < (b[1] ?? 0));
}
