// @ts-check
// README and guide say what the files say.
import assert from "node:assert/strict";
import { access, readdir } from "node:fs/promises";
import path from "node:path";
import { describe, test } from "node:test";
import { read, root } from "../../scripts/run.js";
import { isCommand } from "../../www/servicenow/icc/commands.js";
import { INTERACTION_TABLE } from "../../www/servicenow/interaction-table.js";
import { SETTINGS } from "../../www/servicenow/settings.js";

const [, chapter = ""] =
  /\n## ServiceNow\n([^]*?)\n## /.exec(await read("README.md")) ?? [];
const guide = await read("www/servicenow/GUIDE.md");

describe("README's chapter about ServiceNow", () => {
  test("lists the settings as they are", () => {
    const listed = tableAfter(chapter, "| property ");
    const settings = Object.entries(SETTINGS).map(
      ([name, { fallback, choices = [], about }]) => [
        `\`${name}\``,
        typeof fallback === "object" || fallback === ""
          ? ""
          : `\`${fallback}\``,
        choices.map((one) => `\`${one}\``).join(", "),
        about,
      ],
    );
    const rows = settings.map((cells) => `| ${cells.join(" | ")} |`);
    assert.deepEqual(listed, settings, `should be:\n${rows.join("\n")}`);
  });
});

describe("the guide", () => {
  test("lists what can be set for interactions, with its defaults", () => {
    const listed = tableAfter(guide, "| part ").map(([name, value]) => [
      name.replaceAll("`", ""),
      JSON.parse(value.slice(1, -1)),
    ]);
    assert.deepEqual(Object.fromEntries(listed), INTERACTION_TABLE);
  });

  test("names commands that actions can be mapped to", () => {
    const [, list = ""] = /or of these: (.*)\./.exec(guide) ?? [];
    const named = [...list.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    assert.ok(named.length > 10);
    assert.deepEqual(
      named.filter((name) => !isCommand(name)),
      [],
    );
  });

  test("has examples in JSON that are JSON", () => {
    const examples = [...guide.matchAll(/```json\n([^]*?)```/g)];
    assert.ok(examples.length >= 4);
    for (const [, json] of examples) JSON.parse(json);
  });

  test("shows pictures that are there", async () => {
    const shown = [...guide.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)];
    assert.equal(shown.length, 4);
    for (const [, picture] of shown)
      await access(path.join(root, "www/servicenow", picture));
  });

  test("is packed with its pictures and without gaps", async () => {
    const packed = await read("dist/servicenow/GUIDE.md");
    const shown = [...packed.matchAll(/!\[[^\]]+\]\(pictures\/([^)]+)\)/g)];
    const there = await readdir(path.join(root, "dist/servicenow/pictures"));
    assert.deepEqual(shown.map(([, name]) => name).sort(), there.sort());
    assert.doesNotMatch(packed, /@[a-z]+@|\.\.\//);
  });
});

/**
 * The cells of a Markdown table's rows, without its head.
 *
 * @param {string} text
 * @param {string} head how it begins
 */
function tableAfter(text, head) {
  const [, table = ""] = text.split(`\n${head}`);
  const rows = table.split("\n").slice(2);
  const end = rows.findIndex((row) => !row.startsWith("|"));
  return rows.slice(0, end).map((row) =>
    row
      .replaceAll("\\|", "\0")
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("\0", "|")),
  );
}
