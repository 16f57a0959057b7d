import { readdir, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import util from "node:util";
import { npmPackage } from "./package.js";
import { part } from "./artifact.js";
import { ask, read, root, run } from "./run.js";
import { setUp } from "./setup.js";
import { command, say } from "./install-step.js";
import { inTurn } from "./checkout-lock.js";

/**
 * Builds the npm package into dist/: the wasm by wasm-pack into target/pkg, then what surrounds it.
 * Each of the two parts is skipped when nothing that it reads has changed and what it wrote is there.
 *
 * Wants what `needsOfBuild` names to be set up.
 *
 * @param {{ force?: boolean }} [options] `force`: build both parts whatever has changed
 */
export async function build({ force = false } = {}) {
  const built = await inTurn(async () => {
    const wasm = await part(
      {
        title: "target/pkg",
        inputs: [
          ["Cargo.toml", "Cargo.lock", "package-lock.json"],
          ["src", "crates/core", "js/protocol.js"],
        ].flat(),
        // rustc's version too: another compiler makes another file.
        facts: [
          await ask("rustc", ["--version"]),
          await read("tools/wasm/Cargo.lock"),
        ],
        output: "target/pkg",
        work: wasmPack,
      },
      force,
    );
    return (await part(npmPackage, force)) || wasm;
  });
  if (!built) say("dist/ is up to date");
}

/** @type {import("./setup.js").Need[]} */
export const needsOfBuild = ["tools", "target", "packages"];

async function wasmPack() {
  await rm(path.join(root, "target/pkg"), { recursive: true, force: true });
  await run(
    "wasm-pack",
    [
      ["build", "--release", "--target=web", "--mode=no-install"],
      ["--out-dir=target/pkg", "--no-pack"],
    ].flat(),
    { env: { CARGO_BUILD_TARGET: undefined, RUSTFLAGS: await anonymous() } },
  );
}

/** rustc flags that keep the machine's paths out of the wasm, where panics name their source. */
async function anonymous() {
  const home = process.env.CARGO_HOME ?? path.join(homedir(), ".cargo");
  const registries = path.join(home, "registry/src");
  const names = await readdir(registries).catch(() => []);
  return [
    `${root}=.`,
    `${home}=cargo`,
    // The last one that fits counts.
    ...names.map((name) => `${path.join(registries, name)}=crates`),
  ]
    .map((pair) => `--remap-path-prefix=${pair}`)
    .join(" ");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  command(async () => {
    const { values } = util.parseArgs({
      options: { force: { type: "boolean", default: false } },
    });
    await setUp(needsOfBuild);
    await build(values);
  });
