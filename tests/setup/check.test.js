// @ts-check
// The command that checks a set-up: what it reads, what it says, and how it ends.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { read } from "../../scripts/run.js";
import { command, native } from "./command.js";

const ID = "178c75e4-b3de-4839-a6aa-e321ab3f3770";
const ARN = `arn:aws:connect:us-east-1:123456789012:instance/${ID}`;
const RELAY = `https://us-east-1.console.aws.amazon.com/connect/federate/${ID}?destination=%2Fccp-v2`;
const SSO = `https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState=${encodeURIComponent(RELAY)}`;

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

test("the README shows what it says", async () => {
  const readme = await read("README.md");
  const [, chapter] =
    /\n## Check the strings of a set-up\n([^]*?)\n## /.exec(readme) ?? [];
  const [, shown] = /```text\n([^]*?)```/.exec(chapter) ?? [];
  const other = SSO.replace("us-east-1", "eu-west-2");
  const { stdout } = command(["check", `instanceArn=${ARN}`, other]);
  assert.equal(shown, stdout);
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
    ["check", "missing.env"],
    ["check", "."],
    ["--help"],
  ])
    assert.deepEqual(native(args, { cwd }), command(args, { cwd }));
  const input = `${ARN}\n`;
  const args = ["check", "-"];
  assert.deepEqual(native(args, { cwd, input }), command(args, { input }));
});

/** @param {object} value @param {string[]} names */
function keys(value, names) {
  assert.deepEqual(Object.keys(value).sort(), [...names].sort());
}
