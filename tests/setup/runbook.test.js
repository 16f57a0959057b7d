// @ts-check
// What the writers write is what its language asks for, and what docs/set-up-sso.md says.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { DOMParser } from "@xmldom/xmldom";
import { parse } from "acorn";
import { read } from "../../scripts/run.js";
import { GUIDE, guide } from "./guide.js";
import { choices, examples, runbook, texts } from "./runbooks.js";

/** Every identity provider with every host, in one Region and in two. */
const books = choices.idp.flatMap(({ value: idp }) =>
  choices.host.flatMap(({ value: host }) =>
    [false, true].map((two) => ({
      name: `${idp} ${host} ${two}`,
      book: runbook(examples(idp, host, two)),
    })),
  ),
);

test("nothing is missing in them, and nothing wrong", () => {
  assert.equal(books.length, 13 * 5 * 2);
  for (const { name, book } of books) {
    assert.deepEqual([book.missing, book.findings], [[], []], name);
    assert.ok(book.steps.length > 8, name);
  }
});

test("JSON, XML, JavaScript, pages and commands can be read as what they are", () => {
  /** @type {Record<string, (value: string) => unknown>} */
  const readers = {
    json: JSON.parse,
    xml: (value) =>
      new DOMParser({ errorHandler: fail }).parseFromString(value, "text/xml"),
    javascript,
    html(value) {
      const scripts = [
        ...value.matchAll(/<script type="module">([^]*?)<\/script>/g),
      ];
      assert.equal(scripts.length, 1);
      for (const [, script] of scripts) javascript(script);
    },
    shell(value) {
      if (value.includes("Set-AdfsProperties")) return;
      const { status } = spawnSync("sh", ["-n"], { input: value });
      assert.equal(status, 0);
    },
  };
  const seen = new Set();
  for (const { name, book } of books)
    for (const { id, language, value } of texts(book)) {
      const key = `${language}\n${value}`;
      if (seen.has(key)) continue;
      seen.add(key);
      assert.doesNotThrow(() => readers[language]?.(value), `${name} ${id}`);
    }
});

test("quotation marks in an answer stay inside of the strings", () => {
  const evil = `a'b"c\\d</script>$(x)\${y}`;
  const book = runbook({
    ...examples("okta", "page"),
    roleName: evil,
    ssoLoginUrl: `https://acme.okta.com/app/a/b/sso/saml?x=${evil}`,
  });
  const by = new Map(texts(book).map(({ id, value }) => [id, value]));
  const trust = JSON.parse(by.get("trust-policy") ?? "");
  assert.equal(trust.Statement.length, 1);
  const config = JSON.parse(by.get("config") ?? "");
  assert.ok(config.ssoLoginUrl.includes(evil));
  const shell = `aws() { [ "$2" = create-role ] && printf %s "$4"; true; }\n${by.get("aws-cli")}`;
  const { stdout } = spawnSync("sh", { input: shell, encoding: "utf8" });
  assert.equal(stdout, evil);
  const page = by.get("page") ?? "";
  assert.equal(page.match(/<\/script>/g)?.length, 3);
});

test("docs/set-up-sso.md says the same", async () => {
  assert.equal(
    await read(GUIDE),
    await guide(),
    "npm run build && node tests/setup/guide.js writes it",
  );
});

test("the README links it", async () => {
  assert.ok((await read("README.md")).includes(`(${GUIDE})`));
});

/** @param {string} value */
function javascript(value) {
  parse(value, { ecmaVersion: 2022, sourceType: "module" });
}

/** @param {string} _level @param {unknown} message */
function fail(_level, message) {
  throw new Error(String(message));
}
