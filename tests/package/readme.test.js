// @ts-check
// The README's chapter about the panel is what the files say.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { read, root } from "../../scripts/run.js";

const readme = await read("README.md");
const [, chapter] =
  /\n## Your own controls\n([^]*?)\n## /.exec(String(readme)) ?? [];
const sources = await Promise.all(
  (await readdir(`${root}/js/controls`, { recursive: true }))
    .filter((name) => name.endsWith(".js"))
    .map((name) => read(`js/controls/${name}`)),
);
const source = sources.join("\n");

test("it shows the pages' code as it is in the files", async () => {
  const blocks = [...chapter.matchAll(/```js\n([^]*?)```/g)];
  const shown = blocks.map(([, code]) => code);
  // Of this one only the end, which is indented there.
  const end = shown.pop() ?? "";
  const headset = await read("www/icc/headset.js");
  assert.ok(unspaced(headset).endsWith(`${unspaced(end)}}`), end);
  assert.deepEqual(shown, [
    await read("www/icc/icc.js"),
    await read("www/icc/bare.js"),
  ]);
});

test("it lists the element's properties as in the types", async () => {
  const types = await read("js/controls.d.ts");
  const [, element] =
    /class SoftphoneControls extends HTMLElement \{([^]*?)\n\}/.exec(types) ??
    [];
  const typed = [...element.matchAll(/^  (\w+): ([^;]+);/gm)].map(
    ([, name, type]) => [name, type],
  );
  const rows = chapter.split("\n").filter((line) => /^\| `\w+`/.test(line));
  const listed = rows.map((row) => {
    const [, name, , type] = row
      .replaceAll("\\|", "\0")
      .split("|")
      .map((cell) => cell.trim().replaceAll("`", "").replaceAll("\0", "|"));
    return [name, type];
  });
  assert.deepEqual(
    listed,
    typed.map(([name, type]) => [
      name,
      type.replace(
        "Readonly<Record<string, string>>",
        "Record<string, string>",
      ),
    ]),
  );
});

test("it lists every custom property", () => {
  const used = [...source.matchAll(/var\((--softphone-[\w-]+)/g)];
  const listed = [...chapter.matchAll(/`(--softphone-[\w-]+)`/g)];
  assert.deepEqual(names(listed), names(used));
});

test("it lists every part", () => {
  const used = [...source.matchAll(/\bpart="([^"]*)"/g)].flatMap(([, parts]) =>
    parts.replace(/\$\{\w+\}/g, "").split(/\s+/),
  );
  const kinds = [
    ...source.matchAll(/"(tool|good|bad|quiet|icon-only)(?: \w+)*"/g),
  ].map(([, kind]) => kind);
  const [, list] = /CSS parts, for .*\n\n([^]*?)\n\n/.exec(chapter) ?? [];
  const listed = [...list.matchAll(/`([\w-]+)`/g)].map(([, part]) => part);
  assert.deepEqual(
    [...new Set(listed)].sort(),
    [...new Set([...used, ...kinds, "on"])].filter(Boolean).sort(),
  );
});

/** @param {string} code */
function unspaced(code) {
  return code.replace(/\s+/g, "");
}

/** @param {RegExpExecArray[]} found */
function names(found) {
  return [...new Set(found.map(([, name]) => name))].sort();
}
