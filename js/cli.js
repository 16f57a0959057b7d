#!/usr/bin/env node
/*
 * npx connect-softphone check …
 *
 * crates/setup decides everything, in wasm; this reads files and writes to the terminal.
 */
import { readFile } from "node:fs/promises";
import process from "node:process";
import { initSync, refused, run, wanted } from "connect-softphone/setup";

const beside = new URL("connect_setup_bg.wasm", import.meta.url);
initSync({ module: await readFile(beside) });

const { stdout, stderr, code } = await check(process.argv.slice(2));
// Whoever reads it may have seen enough: `… | head`.
process.stdout.on("error", () => {});
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;

/** @param {string[]} args */
async function check(args) {
  const { files, output } = wanted(args);
  if (!files) return /** @type {NonNullable<typeof output>} */ (output);
  const contents = [];
  for (const name of files)
    try {
      contents.push(await (name === "-" ? input() : readFile(name)));
    } catch (error) {
      return refused(name, reason(error));
    }
  const now = new Date();
  return run(args, contents, now.getTime(), -now.getTimezoneOffset());
}

async function input() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * In the same words as crates/setup/src/main.rs.
 *
 * @param {any} error
 */
function reason({ code }) {
  if (code === "ENOENT") return "there is no such file";
  return code === "EACCES" || code === "EPERM"
    ? "it may not be read"
    : "it is no file";
}
