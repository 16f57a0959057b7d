import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import util from "node:util";
import { expand } from "../js/module/inside/lzma.js";
import { npmPackage } from "./package.js";
import { buildArtifact } from "./artifact.js";
import { compileModule, compileSetup } from "./compile.js";
import { ask, read, root, run } from "./run.js";
import { setUp } from "./setup.js";
import { shortenImports } from "./short-imports.js";
import { command, say } from "./install-step.js";
import { withCheckoutLock } from "./checkout-lock.js";

/**
 * Builds the npm package into dist/: first the two wasm modules and their JavaScript into target/pkg and
 * target/pkg-setup, then everything around them. Each of the three is skipped if nothing that it reads or wrote has changed.
 *
 * What `needsOfBuild` names must be set up.
 *
 * @param {{ force?: boolean }} [options] `force`: build both whatever has changed
 */
export async function build({ force = false } = {}) {
  const built = await withCheckoutLock(async () => {
    // Another compiler makes another file.
    const facts = [
      await ask("rustc", ["--version"]),
      await read("tools/wasm/Cargo.lock"),
    ];
    const shared = ["Cargo.toml", "Cargo.lock", "package-lock.json"];
    const wasm = await buildArtifact(
      {
        title: "target/pkg",
        inputs: [
          shared,
          ["src", "crates/core", "js/protocol.js"],
          ["scripts/build.js", "scripts/short-imports.js"],
          ["js/module/inside/lzma.js"],
        ].flat(),
        facts,
        output: "target/pkg",
        work: buildWasm,
      },
      force,
    );
    const setup = await buildArtifact(
      {
        title: "target/pkg-setup",
        inputs: [
          shared,
          ["crates", "scripts/build.js", "js/module/inside/lzma.js"],
        ].flat(),
        facts,
        output: "target/pkg-setup",
        work: buildSetup,
      },
      force,
    );
    return (await buildArtifact(npmPackage, force)) || wasm || setup;
  });
  if (!built) say("dist/ is up to date");
}

/** @type {import("./setup.js").Need[]} */
export const needsOfBuild = ["tools", "target", "module", "packages"];

async function buildWasm() {
  await rm(path.join(root, "target/pkg"), { recursive: true, force: true });
  await compileModule();
  await run("wasm-bindgen", [
    "target/wasm32-unknown-unknown/release/connect_softphone.wasm",
    ...["--target=web", "--out-dir=target/pkg"],
  ]);
  const file = "target/pkg/connect_softphone_bg.wasm";
  await run("wasm-opt", [
    ...["-Oz", "--converge", "--strip-producers", "--strip-target-features"],
    // Functions with many locals compress badly: with the default, which inlines whatever has one caller, the file is 1 %
    // smaller, and what is sent of it 5 % larger.
    "--one-caller-inline-max-function-size=15",
    ...[file, "--output", file],
  ]);
  const glue = path.join(root, "target/pkg/connect_softphone.js");
  const binary = path.join(root, file);
  const { wasm, js } = shortenImports(
    await readFile(binary),
    await readFile(glue, "utf8"),
    "./connect_softphone_bg.js",
  );
  await writeFile(binary, wasm);
  await writeFile(glue, js);
  await writeFile(
    path.join(root, "target/pkg/connect_softphone.lzma"),
    await packed(wasm),
  );
}

/** The check of a set-up, which runs under Node, and packed in the assistant's page. */
async function buildSetup() {
  const folder = "target/pkg-setup";
  await rm(path.join(root, folder), { recursive: true, force: true });
  await compileSetup();
  await run("wasm-bindgen", [
    "target/wasm32-unknown-unknown/release/connect_setup.wasm",
    ...["--target=web", `--out-dir=${folder}`],
  ]);
  const file = `${folder}/connect_setup_bg.wasm`;
  const strip = ["--strip-producers", "--strip-target-features"];
  // -Oz takes twice as long, and what is sent of it is larger.
  await run("wasm-opt", ["-O1", ...strip, file, "--output", file]);
  await writeFile(
    path.join(root, folder, "connect_setup.lzma"),
    await packed(await readFile(path.join(root, file))),
  );
}

/**
 * A wasm for a script that has it inside. Takes about as long as a tenth of the rest.
 *
 * @param {Uint8Array} wasm
 */
async function packed(wasm) {
  // Imported here, because it is not there before the set-up.
  const { default: lzma } = await import("lzma");
  const packed = Uint8Array.from(lzma.compress(Int8Array.from(wasm), 7));
  if (Buffer.compare(expand(packed), wasm) !== 0)
    throw new Error("js/module/inside/lzma.js does not expand the wasm");
  return packed;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  command(async () => {
    const { values } = util.parseArgs({
      options: { force: { type: "boolean", default: false } },
    });
    await setUp(needsOfBuild);
    await build(values);
  });
