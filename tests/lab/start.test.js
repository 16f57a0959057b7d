// @ts-check
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { CONNECT_SETTINGS } from "./connect/settings.js";
import { IDP_SETTINGS } from "./idp/settings.js";
import { startLab } from "./lab.js";
import { Visitor } from "./visitor.js";

/** @param {string[]} args */
function start(...args) {
  const script = fileURLToPath(new URL("./start.js", import.meta.url));
  // With CI set, it does not open a browser.
  const env = { ...process.env, CI: "1" };
  return spawn(process.execPath, [script, ...args], { env });
}

test("npm start takes the next free port, prints the address and stops on Ctrl-C", async () => {
  const lab = await startLab();
  const child = start("--port", String(lab.port));
  try {
    let said = "";
    for await (const text of child.stdout.setEncoding("utf8"))
      if ((said += text).includes("Press Ctrl-C to stop it.")) break;
    assert.match(said, new RegExp(`Port ${lab.port} is in use`));
    const url = /http:\/\/lab\.localhost:\d+\//.exec(said)?.[0] ?? "";
    assert.equal((await new Visitor().ask(url)).status, 200);
    const ended = once(child, "exit");
    child.kill("SIGINT");
    assert.deepEqual(await ended, [0, null]);
  } finally {
    child.kill();
    await lab.close();
  }
});

test("npm start -- --help lists the options and every setting", async () => {
  const child = start("--help");
  const ended = once(child, "exit");
  let said = "";
  for await (const text of child.stdout.setEncoding("utf8")) said += text;
  for (const word of [
    "--port",
    ...Object.keys(CONNECT_SETTINGS),
    ...Object.keys(IDP_SETTINGS),
  ])
    assert.ok(said.includes(word), word);
  assert.deepEqual(await ended, [0, null]);
});

test("npm start reports a port that is not a number", async () => {
  const child = start("--port", "x");
  const ended = once(child, "exit");
  let said = "";
  for await (const text of child.stderr.setEncoding("utf8")) said += text;
  assert.match(said, /--port: found x/);
  assert.deepEqual(await ended, [2, null]);
});
