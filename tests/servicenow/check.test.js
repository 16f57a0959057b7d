// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checksOf,
  report,
  withoutSecrets,
} from "../../www/servicenow/check.js";

/** @typedef {import("../../www/servicenow/check.js").Facts} Facts */

test("without facts every check is unknown, and none is lost", () => {
  const checks = checksOf({});
  assert.deepEqual(
    new Set(checks.map(({ verdict }) => verdict)),
    new Set(["unknown"]),
  );
  assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
});

for (const [id, verdict, facts] of /** @type {[string, string, Facts][]} */ ([
  ["openframe", "bad", { openFrame: { loaded: false } }],
  [
    "openframe",
    "good",
    { openFrame: { loaded: true, version: "29.4", missing: ["setICContext"] } },
  ],
  [
    "openframe",
    "bad",
    {
      interactionControls: true,
      openFrame: { loaded: true, missing: ["setICContext"] },
    },
  ],
  [
    "openframe",
    "bad",
    { openFrame: { loaded: true, initialised: false, problem: "timed out" } },
  ],
  [
    "openframe",
    "good",
    {
      openFrame: {
        loaded: true,
        initialised: true,
        refused: ["openframe_heart_beat"],
      },
    },
  ],
  ["record", "good", { record: { problems: [] } }],
  ["record", "bad", { record: { problems: ["No row is active."] } }],
  ["settings", "good", { settings: [] }],
  [
    "settings",
    "bad",
    {
      settings: [
        { property: "controls", found: "a text", expected: "ccp or icc" },
      ],
    },
  ],
  [
    "origin",
    "good",
    { phone: { phase: "ready" }, page: { origin: "https://acme.example" } },
  ],
  ["origin", "bad", { phone: { phase: "failed", code: "FRAME_BLOCKED" } }],
  [
    "origin",
    "unknown",
    { phone: { phase: "failed", code: "NETWORK_OFFLINE" } },
  ],
  [
    "referrer",
    "good",
    { page: { referrerPolicy: "strict-origin-when-cross-origin" } },
  ],
  ["referrer", "bad", { page: { referrerPolicy: "same-origin" } }],
  ["referrer", "bad", { page: { referrerPolicy: "" } }],
  [
    "cookies",
    "good",
    { phone: { phase: "ready" }, cookies: { unpartitioned: "denied" } },
  ],
  [
    "cookies",
    "bad",
    { phone: { phase: "failed", code: "THIRD_PARTY_COOKIES_BLOCKED" } },
  ],
  ["cookies", "bad", { cookies: { enabled: false } }],
  ["cookies", "bad", { cookies: { unpartitioned: "denied" } }],
  ["cookies", "unknown", { cookies: { enabled: true } }],
  ["popups", "good", { popups: "open" }],
  ["popups", "bad", { popups: "blocked" }],
  ["popups", "bad", { phone: { code: "WINDOW_BLOCKED" } }],
  [
    "microphone",
    "bad",
    { microphone: { permission: "granted", policy: false } },
  ],
  ["microphone", "bad", { microphone: { permission: "denied", policy: true } }],
  ["microphone", "bad", { microphone: { permission: "granted", count: 0 } }],
  ["microphone", "good", { microphone: { permission: "granted", count: 2 } }],
  ["microphone", "unknown", { microphone: { permission: "prompt" } }],
  ["sandbox", "bad", { sandbox: { origin: "null" } }],
  [
    "sandbox",
    "good",
    { sandbox: { origin: "https://acme.example", flags: null } },
  ],
  [
    "sandbox",
    "bad",
    { sandbox: { flags: ["allow-scripts", "allow-same-origin"] } },
  ],
  [
    "sandbox",
    "good",
    {
      sandbox: {
        flags: [
          "allow-scripts",
          "allow-same-origin",
          "allow-popups",
          "allow-popups-to-escape-sandbox",
          "allow-forms",
        ],
      },
    },
  ],
  ["sandbox", "unknown", { sandbox: { origin: "https://acme.example" } }],
  ["csp", "bad", { wasm: false }],
  ["csp", "good", { wasm: true, violations: [] }],
  [
    "csp",
    "bad",
    {
      violations: [
        { directive: "frame-src", blocked: "https://acme.my.connect.aws" },
      ],
    },
  ],
  ["clock", "good", { clock: { serverMs: 0, browserMs: -2000 } }],
  ["clock", "bad", { clock: { serverMs: 0, browserMs: 90_000 } }],
  ["clock", "bad", { clock: { serverMs: 90_000, browserMs: 0 } }],
  ["roles", "good", { roles: ["sn_openframe_user"] }],
  ["roles", "bad", { roles: ["itil"] }],
  ["roles", "bad", { roles: ["sn_openframe_user"], interactionControls: true }],
  ["roles", "unknown", { roles: ["admin"] }],
  ["presence", "good", { unmatched: { states: [], presences: [] } }],
  [
    "presence",
    "bad",
    { unmatched: { states: ["Lunch"], presences: ["Siesta"] } },
  ],
  ["interactions", "good", { interactions: [] }],
  ["interactions", "bad", { interactions: ["HTTP 403."] }],
  ["actions", "good", { actions: [] }],
  [
    "actions",
    "bad",
    { actions: [{ name: "unmute", keys: ["participantId"] }] },
  ],
]))
  test(`${id} is ${verdict}: ${JSON.stringify(facts)}`, () => {
    const check = checksOf(facts).find((one) => one.id === id);
    assert.equal(check?.verdict, verdict);
    if (verdict === "bad") assert.ok(check?.remedy);
    assert.ok(check?.found);
  });

test("a thousand of something is told in a few", () => {
  const names = Array.from(
    { length: 1000 },
    (_, at) => `name ${at} ${"x".repeat(500)}`,
  );
  const checks = checksOf({
    unmatched: { states: names, presences: names },
    actions: names.map((name) => ({ name, keys: names })),
    openFrame: { loaded: true, refused: names },
  });
  assert.ok(report(checks).length < 20_000);
});

test("the report has every check, and no secret", () => {
  const checks = checksOf({
    record: {
      problems: [
        "SSO Login URL: found https://idp.example/app/x?RelayState=https://us-west-2.console.aws.amazon.com/connect/federate/i, expected https.",
      ],
    },
    interactions: [
      "ada@example.com at +12065550100 with 1b2f3c4d5e6f708192a3b4c5d6e7f8091b2f3c4d5e6f708192a3b4c5d6e7f809",
    ],
  });
  const text = report(checks, {
    version: "0.1.0",
    atMs: 0,
    browser: "Chromium",
    phone: "timeline",
  });
  for (const { title } of checks) assert.ok(text.includes(title));
  assert.match(
    text,
    /^connect-softphone for ServiceNow 0\.1\.0\n1970-01-01T00:00:00\.000Z\nChromium\n/,
  );
  assert.doesNotMatch(text, /RelayState|ada|2065550100|1b2f3c/);
  assert.match(text, /https:\/\/idp\.example\/…/);
  assert.equal(withoutSecrets("https://acme.example"), "https://acme.example");
});

test("in the report, each of several mistakes has a line of its own below the title", () => {
  const problems = ["Name: found 1.", "AWS ARN: found 2."];
  const text = report(checksOf({ record: { problems } }));
  assert.match(text, /Amazon Connect Instance: Name: found 1\.\n {8}AWS ARN:/);
});
