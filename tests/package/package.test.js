// @ts-check
// The npm package as a host gets it: packed, installed into an empty folder, inspected and used there.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { read, run } from "../../scripts/run.js";
import { sizes } from "../bench/size.js";
import { installPackage, machinePaths } from "./installation.js";

/** @type {import("./installation.js").Installation} */
let installed;
before(async () => void (installed = await installPackage()));
after(() => installed?.remove());

test("it contains exactly these files", async () => {
  assert.deepEqual(await installed.files(), [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "connect-softphone.inline.d.ts",
    "connect-softphone.inline.js",
    "connect_softphone_bg.wasm",
    "controls.d.ts",
    "controls.js",
    ...["de", "es", "fr", "ja"].flatMap((language) => [
      `controls/${language}.d.ts`,
      `controls/${language}.js`,
    ]),
    "index.d.ts",
    "index.js",
    "package.json",
    "phone-number.js",
    "setup/cli.js",
    "setup/connect_setup_bg.wasm",
    "setup/index.html",
    "setup/try.html",
    "softphone-return.html",
    "softphone-return.js",
  ]);
});

test("its manifest is the repository's, without dependencies and scripts", async () => {
  const ours = JSON.parse(await read("package.json"));
  const theirs = JSON.parse(String(await installed.read("package.json")));
  for (const field of ["name", "version", "description", "license"])
    assert.equal(theirs[field], ours[field], field);
  assert.deepEqual(theirs.peerDependencies, ours.peerDependencies);
  for (const field of ["dependencies", "devDependencies", "scripts", "private"])
    assert.equal(theirs[field], undefined, field);
});

test("every export resolves to a file of the package, and nothing else does", async () => {
  const { exports } = JSON.parse(String(await installed.read("package.json")));
  const names = Object.keys(exports).map((key) =>
    key.replace(/^\./, "connect-softphone"),
  );
  const resolved = await installed.evaluate(`
    const names = ${JSON.stringify(names)};
    const base = new URL("./node_modules/connect-softphone/", import.meta.url).href;
    console.log(JSON.stringify(names.map((name) => import.meta.resolve(name).replace(base, ""))));
  `);
  assert.deepEqual(resolved.sort(), [
    "connect-softphone.inline.js",
    "connect_softphone_bg.wasm",
    "controls.js",
    "controls/de.js",
    "controls/es.js",
    "controls/fr.js",
    "controls/ja.js",
    "index.js",
    "package.json",
    "phone-number.js",
    "softphone-return.html",
    "softphone-return.js",
  ]);
  const files = await installed.files();
  for (const name of resolved) assert.ok(files.includes(name), name);
  const code = await installed.evaluate(`
    const code = await import("connect-softphone/index.js").then(() => "none", (error) => error.code);
    console.log(JSON.stringify(code));
  `);
  assert.equal(code, "ERR_PACKAGE_PATH_NOT_EXPORTED");
});

test("it can be imported outside of a page, and loads nothing until it is called", async () => {
  // Node's fetch() does not accept file: URLs, so the call shows what a host sees if the wasm cannot be loaded.
  const found = await installed.evaluate(`
    const asked = [];
    const { fetch } = globalThis;
    globalThis.fetch = (input, ...rest) => { asked.push(String(input?.url ?? input).split("/").pop()); return fetch(input, ...rest); };
    const { openSoftphone, SoftphoneError, ...more } = await import("connect-softphone");
    const before = asked.length;
    const error = await openSoftphone({}, {}).catch((error) => error);
    console.log(JSON.stringify({
      more: Object.keys(more), before, asked, name: error.name, code: error.code, ours: error instanceof SoftphoneError,
      remedy: typeof error.remedy, cause: error.cause instanceof Error,
    }));
  `);
  assert.deepEqual(found, {
    more: [],
    before: 0,
    asked: ["connect_softphone_bg.wasm"],
    name: "SoftphoneError",
    code: "MODULE_LOAD_FAILED",
    ours: true,
    remedy: "string",
    cause: true,
  });
});

test("its files refer to no file that is missing", async () => {
  const script = String(await installed.read("index.js"));
  assert.doesNotMatch(script, /(^|[;}\s])(import|export)\s*[^;(]*?from\s*["']/);
  const wanted = [
    ...script.matchAll(/import\s*\(\s*["'`]([^"'`]+)["'`]/g),
    ...script.matchAll(/new URL\(["'`]([^"'`]+)["'`],\s*import\.meta\.url/g),
    ...String(await installed.read("softphone-return.html")).matchAll(
      /(?:src|href)="([^"]+)"/g,
    ),
  ].map(([, name]) => name.replace(/^\.\//, ""));
  assert.deepEqual(wanted, [
    "phone-number.js",
    "connect_softphone_bg.wasm",
    "softphone-return.js",
  ]);
});

test("its command runs where it is installed", async () => {
  const bin = path.join(installed.host, "node_modules/.bin/connect-softphone");
  const { code, output } = await run(
    bin,
    ["check", "https://acme.my.connect.aws", "relayState=https://<region>"],
    { cwd: installed.host, show: "none", anyCode: true },
  );
  assert.equal(code, 2);
  assert.match(output, /^error in relayState: the placeholder <region>/);
  assert.match(output, /\n {4}https:\/\/<region>\n {12}\^{8}\n/);
});

test("it reads phone numbers as people write them", async () => {
  const numbers = [
    ["(206) 555-0100 x12", "us", "+12065550100"],
    ["206.555.0100 ext. 5", "US", "+12065550100"],
    ["1-800-FLOWERS", "us", "+18003569377"],
    ["011 44 20 7946 0958", "us", "+442079460958"],
    ["020 7946 0958", "gb", "+442079460958"],
    ["+49 (0)30 901820", "us", "+4930901820"],
    ["+1 800 FLOWERS", null, "+18003569377"],
    ["(206) 555-0100", null, null],
    ["555", "us", null],
    ["hello", "us", null],
    ["", "us", null],
    ["+0123456789", null, null],
  ];
  const read = await installed.evaluate(`
    const { read } = await import("connect-softphone/phone-number.js");
    const numbers = ${JSON.stringify(numbers)};
    console.log(JSON.stringify(numbers.map(([text, country]) => read(text, country ?? undefined)?.number ?? null)));
  `);
  assert.deepEqual(
    read,
    numbers.map(([, , number]) => number),
  );
});

test("the panel is one file, which the phone does not load and which loads nothing", async () => {
  const panel = String(await installed.read("controls.js"));
  assert.doesNotMatch(panel, /(^|[;}\s])import[\s({*"'`]/);
  assert.doesNotMatch(panel, /\bfrom\s*["'`]/);
  const phone = String(await installed.read("index.js"));
  assert.doesNotMatch(phone, /softphone-controls|LitElement|controls\.js/);
  const { controls } = await sizes(installed.place);
  assert.ok(controls.gzip <= 35_000, `${controls.gzip} bytes`);
});

test("the classic build is one script of ASCII that loads nothing and survives ServiceNow's substitution", async () => {
  const script = String(await installed.read("connect-softphone.inline.js"));
  // Not by `doesNotMatch`, which would print the script.
  for (const unwanted of [
    /[^\t\n\x20-\x7e]/,
    /\$\{/,
    /\b(import|eval|importScripts)\(/,
    /import\.meta/,
  ])
    assert.equal(unwanted.exec(script)?.[0], undefined);
});

test("the classic build has one global, and says what the module exports", async () => {
  const found = await installed.evaluate(`
    const before = new Set(Object.getOwnPropertyNames(globalThis));
    await import("connect-softphone/connect-softphone.inline.js");
    const after = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
    const { version, ...rest } = connectSoftphone;
    console.log(JSON.stringify({ after, version, names: Object.keys(rest).sort(), module: Object.keys(await import("connect-softphone")).sort() }));
  `);
  const { version } = JSON.parse(await read("package.json"));
  assert.deepEqual(found, {
    after: ["connectSoftphone"],
    version,
    names: found.module,
    module: ["SoftphoneError", "openSoftphone"],
  });
});

test("a classic build that something has damaged says so", async () => {
  const script = String(await installed.read("connect-softphone.inline.js"));
  assert.match(script, /"XQAA[\w+/=]+"/);
  const found = await installed.evaluate(`
    import { readFile } from "node:fs/promises";
    import vm from "node:vm";
    const file = new URL("./node_modules/connect-softphone/connect-softphone.inline.js", import.meta.url);
    const code = await readFile(file, "utf8");
    vm.runInThisContext(code.replace(/("XQAA[^"]{1000})[^"]{8}/, "$1AAAAAAAA"));
    const error = await connectSoftphone.openSoftphone({}, {}).catch((error) => error);
    console.log(JSON.stringify({ code: error.code, ours: error instanceof connectSoftphone.SoftphoneError, remedy: error.remedy }));
  `);
  assert.equal(found.code, "MODULE_LOAD_FAILED");
  assert.ok(found.ours);
  assert.match(found.remedy, /unchanged/);
});

for (const resolution of /** @type {const} */ (["nodenext", "bundler"]))
  test(`its types serve a host that resolves modules by "${resolution}"`, async () => {
    assert.equal(await installed.compile(HOST, resolution), "");
    const wrong = HOST.replace('"statusChanged"', '"statuschanged"');
    assert.match(
      await installed.compile(wrong, resolution),
      /^host\.ts\(\d+,\d+\): error TS2345: /,
    );
  });

test("its types are the source's", async () => {
  assert.equal(
    String(await installed.read("index.d.ts")),
    await read("js/index.d.ts"),
  );
});

test("the wasm imports nothing but what index.js provides", async () => {
  const bytes = await installed.read("connect_softphone_bg.wasm");
  const module = await WebAssembly.compile(new Uint8Array(bytes));
  const modules = WebAssembly.Module.imports(module).map((one) => one.module);
  assert.ok(modules.includes("./connect_softphone_bg.js"));
  // Under these names, in the object with which index.js instantiates it.
  const script = String(await installed.read("index.js"));
  for (const name of new Set(modules))
    assert.ok(script.includes(`"${name}":`), name);
});

test("no file reveals where it was built", async () => {
  const found = [];
  for (const name of await installed.files()) {
    const text = (await installed.read(name)).toString("latin1");
    for (const place of machinePaths)
      if (text.includes(place)) found.push(`${name}: ${place}`);
  }
  assert.deepEqual(found, []);
});

const HOST = `
import { openSoftphone, SoftphoneError, type Softphone } from "connect-softphone";
import type { SoftphoneControls } from "connect-softphone/controls";
import strings from "connect-softphone/controls/de";

export function show(panel: SoftphoneControls, phone: Softphone): void {
  panel.strings = { ...strings, signIn: "Los" };
  panel.phone = phone;
}

export async function open(container: HTMLElement): Promise<Softphone | undefined> {
  try {
    const phone = await openSoftphone(container, { instanceUrl: "https://acme.my.connect.aws" });
    phone.on("statusChanged", ({ status }) => { document.title = status.phase; });
    await phone.ready;
    return phone;
  } catch (error) {
    if (error instanceof SoftphoneError) container.textContent = error.remedy;
    return undefined;
  }
}
`;
