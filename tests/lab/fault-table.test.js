// @ts-check
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { FAULTS } from "./faults.js";

/** @typedef {{ id: string, story: boolean, browser: string }} Fault `browser`: the file with its browser tests */

const root = fileURLToPath(new URL("../../", import.meta.url));
/** @type {Fault[]} */
const table = JSON.parse(await readFile(`${root}tests/faults.json`, "utf8"));

test("every fault of the lab is in the table of faults", () => {
  const known = table.map(({ id }) => id);
  const unknown = FAULTS.filter(({ id }) => !known.includes(id));
  assert.deepEqual(
    unknown.map(({ id }) => id),
    [],
  );
});

test("each fault of the table has a browser test, in the file that it names", async () => {
  const shown = await tags();
  for (const { id, browser } of table)
    assert.deepEqual(
      { id, in: browser },
      {
        id,
        in: shown.get(id)?.has(browser) ? browser : [...(shown.get(id) ?? [])],
      },
    );
  for (const id of shown.keys())
    assert.ok(
      table.some((fault) => fault.id === id),
      `a browser test has the tag ${id}, which is not in the table`,
    );
});

/** Returns the files that have tests with each tag, as listed by Playwright. */
async function tags() {
  const cli = createRequire(import.meta.url).resolve("@playwright/test/cli");
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [cli, "test", "--list", "--reporter=json"],
    { cwd: root, maxBuffer: 1 << 26 },
  );
  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  const visit = (/** @type {any} */ suite) => {
    for (const { tags, file } of suite.specs ?? [])
      for (const tag of tags) {
        const id = tag.replace(/^@/, "");
        if (id.includes(".")) continue; // Not a tag: a title that contains an address.
        const files = found.get(id) ?? new Set();
        found.set(id, files.add(path.basename(file)));
      }
    suite.suites?.forEach(visit);
  };
  JSON.parse(stdout).suites.forEach(visit);
  return found;
}
