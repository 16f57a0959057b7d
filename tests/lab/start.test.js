// @ts-check
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { startLab } from "./lab.js";
import { Visitor } from "./visitor.js";

/** @param {string[]} args */
function start(...args) {
  const script = fileURLToPath(new URL("./start.js", import.meta.url));
  // With CI set it opens no browser.
  const env = { ...process.env, CI: "1" };
  return spawn(process.execPath, [script, ...args], { env });
}

test("npm start's lab takes the next port, says where to click, and ends on Ctrl-C", async () => {
  const lab = await startLab();
  const child = start("--port", String(lab.port));
  try {
    let said = "";
    for await (const text of child.stdout.setEncoding("utf8"))
      if ((said += text).includes("Ctrl-C ends it.")) break;
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

test("npm start's lab says what is wrong with its port", async () => {
  const child = start("--port", "x");
  const ended = once(child, "exit");
  let said = "";
  for await (const text of child.stderr.setEncoding("utf8")) said += text;
  assert.match(said, /--port: found x/);
  assert.deepEqual(await ended, [2, null]);
});
