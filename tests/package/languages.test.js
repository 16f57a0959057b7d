// @ts-check
// The panel's languages say everything that the English strings and the core say.
import assert from "node:assert/strict";
import { test } from "node:test";
import en from "../../js/controls/strings/en.js";
import { read } from "../../scripts/run.js";

for (const language of ["de", "es", "fr", "ja"]) {
  const load = async () =>
    (await import(`../../js/controls/strings/${language}.js`)).default;

  test(`${language} has every string, with the same places`, async () => {
    const theirs = await load();
    assert.equal(theirs.language, language);
    const { errors: _, sentences: __, ...rest } = en;
    assert.deepEqual(shape(theirs, rest), shape(rest, rest));
    assert.notDeepEqual(theirs.controls, en.controls);
  });

  test(`${language} has every sentence of the core about what is not possible`, async () => {
    const { sentences } = await load();
    const said = await sentencesOfCore();
    assert.ok(said.length > 20);
    for (const sentence of said) assert.ok(sentences[sentence], sentence);
  });

  test(`${language} has every error that an open phone can have`, async () => {
    const { errors } = await load();
    const types = await read("js/index.d.ts");
    const [, union] = /type SoftphoneErrorCode =([^;]+);/.exec(types) ?? [];
    const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code);
    const missing = codes.filter((code) => !errors[code]);
    // What `openSoftphone` rejects with, or the panel does not show.
    assert.deepEqual(missing, [
      "CONFIG_INVALID",
      "CONTAINER_INVALID",
      "ALREADY_OPEN",
      "MODULE_LOAD_FAILED",
      "STREAMS_MISSING",
      "STREAMS_LOAD_FAILED",
      "STREAMS_FAILED",
      "INSECURE_CONTEXT",
      "FRAME_SANDBOXED",
      "STREAMS_TOO_OLD",
      "CCP_EXISTS",
      "CLOSED",
    ]);
  });
}

/** What `cannot` and rejected commands say. Diagnostics are not for agents. */
async function sentencesOfCore() {
  const files = [
    ...["rules", "command", "progress", "mod"].map(
      (name) => `call_control/${name}`,
    ),
    "phone/calls",
    "error",
  ];
  const texts = await Promise.all(
    files.map((name) => read(`crates/core/src/${name}.rs`)),
  );
  texts.push(/^fn in_words[^]*?^\}/m.exec(texts.pop() ?? "")?.[0] ?? "");
  const devices = await read("js/devices.js");
  texts.push(...[...devices.matchAll(/notPossible\((".*")\)/g)].map(String));
  texts.push(await read("js/actions.js"));
  const lines = texts.join("\n").split("\n");
  const code = lines.filter((line) => !/^\s*\/\//.test(line)).join("\n");
  const found = [...code.matchAll(/"([A-Z][^"\n]*\.)"/g)];
  return [...new Set(found.map(([, sentence]) => sentence))].filter(
    (sentence) => !DIAGNOSTICS.includes(sentence),
  );
}

const DIAGNOSTICS = [
  "Amazon Connect refused a command after it was over.",
  "Amazon's panel un-muted the agent, and nobody had asked for it.",
];

/**
 * The keys and the places of strings, of those in `like`.
 *
 * @param {any} strings
 * @param {any} like
 * @returns {any}
 */
function shape(strings, like) {
  if (typeof strings === "string")
    return strings.match(/\{\w+\}/g)?.sort() ?? [];
  const entries = Object.keys(like).map((key) => [
    key,
    key in strings ? shape(strings[key], like[key]) : "missing",
  ]);
  return Object.fromEntries(entries);
}
