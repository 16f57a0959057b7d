// @ts-check
// The command that checks a set-up: what it reads, what it says, and how it ends.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { read } from "../../scripts/run.js";
import { command, native } from "./command.js";

const ID = "178c75e4-b3de-4839-a6aa-e321ab3f3770";
const ARN = `arn:aws:connect:us-east-1:123456789012:instance/${ID}`;
const RELAY = `https://us-east-1.console.aws.amazon.com/connect/federate/${ID}?destination=%2Fccp-v2`;
const SSO = `https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState=${encodeURIComponent(RELAY)}`;

/** A response that samlify signed, and the metadata of its identity provider. */
const RESPONSE = await corpus("samlify-assertion-sha256.xml");
const METADATA = await corpus("samlify-metadata.xml");
const PEM = await corpus("rsa.pem");
/** The response is valid then. */
const NOW = "--now=2026-11-26T20:45:00+01:00";

/** @type {string} */
let cwd;
before(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), "softphone-setup-"));
  await Promise.all(
    Object.entries(FILES).map(([name, text]) =>
      writeFile(path.join(cwd, name), text),
    ),
  );
});
after(() => rm(cwd, { recursive: true, force: true }));

/** @type {Record<string, string | Buffer>} */
const FILES = {
  "good.env": `# Amazon Connect\nINSTANCE_URL=https://acme.my.connect.aws\nINSTANCE_ARN="${ARN}"\nSSO_LOGIN_URL=${SSO}\n`,
  "wrong.env": `INSTANCE_ARN=${ARN}\n\nRELAY_STATE="${RELAY.replace("us-east-1", "eu-west-2")}"\n`,
  "odd.json": JSON.stringify({ relayState: RELAY.replace("ccp-v2", "ccpv2") }),
  "escaped.json": `{"instanceUrl": "https:\\/\\/<alias>.my.connect.aws"}`,
  "users.csv":
    "first name,last name,user login,routing profile name,security_profile_name_1\nAda,E,adä,B,A\n",
  "page.html": `<script>connect.core.initCCP(el, { ccpUrl: "https://acme.my.connect.aws/ccp-v2/", region: "us-esat-1" });</script>`,
  "windows.txt": Buffer.from(`\ufeffinstanceArn: ${ARN}\r\n`, "utf16le"),
  "emoji.txt": `userName: 😀ü`,
  "nothing.txt": "nothing to see here\n",
};
Object.assign(FILES, {
  "response.xml": RESPONSE,
  "response.txt": Buffer.from(RESPONSE).toString("base64"),
  "encoded.txt": encodeURIComponent(Buffer.from(RESPONSE).toString("base64")),
  "deflated.txt": deflateRawSync(RESPONSE).toString("base64"),
  "form.txt": form(),
  "response.json": JSON.stringify({
    samlResponse: Buffer.from(RESPONSE).toString("base64"),
  }),
  "tampered.xml": RESPONSE.replace(
    ">ada@acme.example</saml:AttributeValue>",
    ">bob@acme.example</saml:AttributeValue>",
  ),
  "metadata.xml": METADATA,
  "certificate.pem": PEM,
  "sign-in.har": har(302),
  "refused.har": har(403),
});

test("what is right is said in one line", () => {
  for (const args of [
    ["good.env"],
    [`instanceArn=${ARN}`, `ssoLoginUrl=${SSO}`],
    [ARN],
    [SSO],
    ["https://acme.my.connect.aws", ARN],
    ["windows.txt"],
  ]) {
    const { code, stdout, stderr } = command(["check", ...args], { cwd });
    assert.match(stdout, /^Nothing is wrong with [\w, ]+\.\n$/, args.join(" "));
    assert.deepEqual([code, stderr], [0, ""]);
  }
});

test("what is wrong is underlined, with what belongs there, what to do and where that is written", () => {
  const { code, stdout } = command(["check", "wrong.env"], { cwd });
  assert.equal(
    stdout,
    `error in relayState: a relay state on the console of another AWS Region (CONFLICT)
  at wrong.env:3:22

    https://eu-west-2.console.aws.amazon.com/connect/federate/178c75e4-b3de-4839-a6aa-e321ab3f3770?d…
            ^^^^^^^^^

  expected  us-east-1, the AWS Region in instanceArn
  remedy    Take the AWS Region and the instance ID of the relay state from the instance's ARN.
  source    Amazon Connect Administrator Guide, "Configure SAML with IAM for Amazon Connect"

1 error and 0 warnings in instanceArn, relayState.
`,
  );
  assert.equal(code, 2);
});

test("every kind of file is read", () => {
  for (const [name, code, part] of [
    ["odd.json", 0, "warning in relayState"],
    ["escaped.json", 2, "error in instanceUrl"],
    ["users.csv", 2, "error in csv"],
    ["page.html", 0, "warning in initCcp.region"],
    ["emoji.txt", 2, "error in userName"],
  ]) {
    const file = command(["check", String(name)], { cwd });
    assert.deepEqual([file.code, file.stderr], [code, ""], String(name));
    assert.ok(file.stdout.startsWith(String(part)), file.stdout);
    const input = FILES[String(name)];
    const piped = command(["check", "-"], { input });
    assert.equal(
      piped.stdout.replace("standard input", String(name)),
      file.stdout,
    );
  }
});

test("how it ends says what was found", () => {
  const odd = `relayState=${RELAY.replace("ccp-v2", "ccpv2")}`;
  for (const [args, code] of /** @type {[string[], number][]} */ ([
    [["check", ARN], 0],
    [["check", "--strict", ARN], 0],
    [["check", odd], 0],
    [["check", "--strict", odd], 1],
    [["check", "--strict", "instanceArn=x", odd], 2],
    [["--help"], 0],
    [["check", "--help"], 0],
    [[], 64],
    [["check"], 64],
    [["chekc", ARN], 64],
    [["check", "--jsn", ARN], 64],
    [["check", "instanceArm=x"], 64],
    [["check", "missing.env"], 64],
    [["check", "."], 64],
    [["check", "nothing.txt"], 64],
    [["check", "wrong.env", ARN], 64],
    [["check", "--now=soon", ARN], 64],
    [["check", NOW, "response.txt"], 0],
    [["check", NOW, "--strict", "response.txt"], 1],
  ])) {
    const end = command(args, { cwd });
    assert.equal(end.code, code, args.join(" "));
    assert.equal(end.stdout === "", code === 64, args.join(" "));
    assert.equal(end.stderr !== "", code === 64, args.join(" "));
    assert.doesNotMatch(end.stderr, /\bat .*:\d+|Error/, args.join(" "));
  }
});

test("JSON counts as JavaScript does", () => {
  const { code, stdout } = command(["check", "--json", "emoji.txt"], { cwd });
  const found = JSON.parse(stdout);
  assert.equal(code, 2);
  assert.deepEqual(
    [found.checked, found.errors, found.warnings],
    [["userName"], 1, 0],
  );
  const [finding] = found.findings;
  assert.deepEqual(Object.keys(finding).sort(), [
    ...["at", "code", "expected", "field", "found", "place", "remedy"],
    ...["severity", "source"],
  ]);
  assert.equal("😀ü".slice(finding.at.start, finding.at.end), "😀");
  assert.deepEqual(finding.place, {
    ...{ file: "emoji.txt", line: 1, column: 11, endLine: 1, endColumn: 13 },
  });
  const [escaped] = JSON.parse(
    command(["check", "--json", "escaped.json"], { cwd }).stdout,
  ).findings;
  assert.deepEqual(escaped.at, { start: 8, end: 15 });
  // A string with escapes is shown as a whole.
  assert.equal(escaped.place.column, '{"instanceUrl": '.length + 1);
});

test("SARIF has the shape of version 2.1.0, and no text of an input", () => {
  const files = ["wrong.env", "users.csv", "page.html"];
  const secret = "https://idp.example/sso?SAMLRequest=x&token=t0ps3cret";
  const { stdout } = command(
    ["check", "--sarif", ...files, `ssoLoginUrl=${secret}`],
    { cwd },
  );
  assert.doesNotMatch(stdout, /t0ps3cret|idp\.example/);
  const log = JSON.parse(stdout);
  keys(log, ["$schema", "version", "runs"]);
  assert.equal(log.version, "2.1.0");
  assert.equal(log.runs.length, 1);
  const [run] = log.runs;
  keys(run, ["tool", "columnKind", "results"]);
  assert.equal(run.columnKind, "utf16CodeUnits");
  keys(run.tool, ["driver"]);
  keys(run.tool.driver, ["name", "version", "rules"]);
  const rules = run.tool.driver.rules.map((/** @type {any} */ rule) => rule.id);
  assert.equal(new Set(rules).size, rules.length);
  const places = [];
  for (const result of run.results) {
    keys(result, ["ruleId", "ruleIndex", "level", "message", "locations"]);
    assert.equal(rules[result.ruleIndex], result.ruleId);
    assert.match(result.level, /^(error|warning)$/);
    keys(result.message, ["text"]);
    assert.ok(result.message.text.length > 20);
    assert.equal(result.locations.length, 1);
    const [location] = result.locations;
    const [logical] = location.logicalLocations;
    keys(logical, ["fullyQualifiedName", "kind"]);
    const { physicalLocation: physical } = location;
    places.push([logical.fullyQualifiedName, physical?.artifactLocation.uri]);
    if (!physical) continue;
    keys(physical, ["artifactLocation", "region"]);
    const { startLine, startColumn, endLine, endColumn } = physical.region;
    for (const number of [startLine, startColumn, endLine, endColumn])
      assert.ok(Number.isInteger(number) && number >= 1);
    assert.ok(endLine > startLine || endColumn > startColumn);
  }
  assert.deepEqual(places, [
    ["ssoLoginUrl", undefined],
    ["relayState", "wrong.env"],
    ["csv", "users.csv"],
    ["initCcp.region", "page.html"],
  ]);
});

test("a SAML response is told in words, in whatever form it comes", () => {
  for (const file of [
    ...["response.xml", "response.txt", "encoded.txt", "deflated.txt"],
    ...["form.txt", "response.json", "sign-in.har"],
  ])
    for (const trusted of ["metadata.xml", "certificate.pem"]) {
      const args = ["check", NOW, file, trusted, "userName=ada@acme.example"];
      const { code, stdout, stderr } = command(args, { cwd });
      assert.deepEqual([code, stderr], [0, ""], stdout);
      for (const line of [
        /^ {2}User +ada@acme\.example /m,
        /^ {2}Audience +urn:amazon:webservices$/m,
        /^ {2}Role +connect-agent in account 123456789012/m,
        /^ {2}Session +43200 seconds \(12 hours\)/m,
        /^ {2}Issued +26 Nov 2026, 20:44:27 \(UTC\+01:00\), 32 seconds ago$/m,
        /^✓ Signature +The assertion is signed with RSA with SHA-256/m,
        /^Nothing is wrong with userName, samlResponse, /m,
      ])
        assert.match(stdout, line, file);
    }
});

test("what is wrong with a response is found in all of its forms", () => {
  for (const file of ["response.xml", "response.txt", "sign-in.har"]) {
    const { code, stdout } = command(
      ["check", NOW, file, "metadata.xml", "userName=Ada@acme.example"],
      { cwd },
    );
    assert.equal(code, 2, file);
    assert.match(stdout, /letter 1 is "a", where userName has "A"/, file);
  }
  const { code, stdout } = command(
    ["check", "--json", NOW, "tampered.xml", "metadata.xml"],
    { cwd },
  );
  assert.equal(code, 2);
  const { findings, story } = JSON.parse(stdout);
  assert.deepEqual(
    findings.map((/** @type {any} */ finding) => finding.code),
    ["SIGNATURE_BROKEN"],
  );
  const [response] = story.chapters;
  const kinds = response.lines
    .filter((/** @type {any} */ line) => line.kind === "wrong")
    .map((/** @type {any} */ line) => line.label);
  assert.deepEqual(kinds, ["Signature", "Trust"]);
});

test("a HAR file says which step failed, and keeps its secrets", () => {
  const all = ["metadata.xml", `instanceArn=${ARN}`, `ssoLoginUrl=${SSO}`];
  const good = command(["check", NOW, "sign-in.har", ...all], { cwd });
  assert.match(good.stdout, /^✓ Result +No step failed\.$/m);
  const { code, stdout } = command(["check", NOW, "refused.har", ...all], {
    cwd,
  });
  assert.equal(code, 2);
  assert.match(
    stdout,
    /^✗ Result +Step 2 is the first that failed: AWS sign-in\.$/m,
  );
  assert.match(stdout, /AWS sign-in says "Not authorized to perform sts/);
  const forms = ["--json", "--sarif"].map(
    (form) => command(["check", form, "sign-in.har", ...all], { cwd }).stdout,
  );
  const posted = Buffer.from(RESPONSE).toString("base64");
  for (const text of [good.stdout, stdout, ...forms]) {
    assert.doesNotMatch(text, /t0ps3cret/);
    for (let at = 0; at + 40 < posted.length; at += 40)
      assert.ok(!text.includes(posted.slice(at, at + 40)));
  }
});

test("no piece of a signed response is printed", () => {
  const values = RESPONSE.match(/[A-Za-z0-9+/]{60,}/g) ?? [];
  assert.ok(values.length > 1);
  for (const file of ["tampered.xml", "response.txt"]) {
    const { stdout } = command(["check", file, "userName=eve"], { cwd });
    assert.notEqual(stdout, "");
    for (const value of values) assert.ok(!stdout.includes(value.slice(0, 50)));
  }
});

test("the README shows what it says", async () => {
  const readme = await read("README.md");
  const [, chapter] =
    /\n## Check the strings of a set-up\n([^]*?)\n## /.exec(readme) ?? [];
  const [, shown] = /```text\n([^]*?)```/.exec(chapter) ?? [];
  const other = SSO.replace("us-east-1", "eu-west-2");
  const { stdout } = command(["check", `instanceArn=${ARN}`, other]);
  assert.equal(shown, stdout);
  const [, told] =
    /### Read a SAML response[^]*?```text\n([^]*?)```/.exec(chapter) ?? [];
  const files = ["response.xml", "metadata.xml"];
  const story = ["check", NOW, ...files, "userName=Ada@acme.example"];
  assert.equal(told, command(story, { cwd }).stdout);
  const help = command(["--help"]).stdout;
  for (const [, name] of chapter.matchAll(/^\| `(\w+)`/gm))
    assert.ok(/csv|initCcp/.test(name) || help.includes(name), name);
});

test("the program of this machine says the same", () => {
  for (const args of [
    ["check", "good.env"],
    ["check", "wrong.env"],
    ["check", "--json", "users.csv", "page.html"],
    ["check", "--sarif", "emoji.txt", "odd.json"],
    ["check", NOW, "sign-in.har", "metadata.xml"],
    ["check", NOW, "--json", "response.txt", "certificate.pem"],
    ["check", "--now=yesterday", "response.txt"],
    ["check", "missing.env"],
    ["check", "."],
    ["--help"],
  ])
    assert.deepEqual(native(args, { cwd }), command(args, { cwd }));
  const input = `${ARN}\n`;
  const args = ["check", "-"];
  assert.deepEqual(native(args, { cwd, input }), command(args, { input }));
});

/** @param {string} name */
function corpus(name) {
  return read(`tests/setup/corpus/saml/${name}`);
}

/** What the identity provider's page posts. */
function form() {
  const SAMLResponse = Buffer.from(RESPONSE).toString("base64");
  return new URLSearchParams({ SAMLResponse, RelayState: RELAY }).toString();
}

/** A sign-in as a browser saves it. @param {number} status how AWS sign-in answers */
function har(status) {
  const says = `<p>Not authorized to perform sts:AssumeRoleWithSAML</p>`;
  /** @param {string} method @param {string} url @param {object} response @param {object} [postData] */
  const entry = (method, url, response, postData) => ({
    startedDateTime: "2026-11-26T19:44:28.000Z",
    _resourceType: "document",
    request: { method, url, headers: [], postData },
    response: { status: 200, headers: [], redirectURL: "", ...response },
  });
  const instance = "https://acme.my.connect.aws";
  const federate = `${instance}/auth/federate?token=t0ps3cret`;
  const entries = [
    entry("GET", SSO, {}),
    entry(
      "POST",
      "https://us-east-1.signin.aws.amazon.com/saml",
      status === 302
        ? { status, redirectURL: RELAY }
        : { status, content: { text: says } },
      { mimeType: "application/x-www-form-urlencoded", text: form() },
    ),
    entry("GET", RELAY, { status: 302, redirectURL: federate }),
    entry("GET", federate, { status: 302, redirectURL: `${instance}/ccp-v2` }),
    entry("GET", `${instance}/ccp-v2`, {}),
  ];
  const log = {
    version: "1.2",
    entries: status === 302 ? entries : entries.slice(0, 2),
  };
  return JSON.stringify({ log });
}

/** @param {object} value @param {string[]} names */
function keys(value, names) {
  assert.deepEqual(Object.keys(value).sort(), [...names].sort());
}
