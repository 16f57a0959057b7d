// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  COLUMNS,
  PREFIX,
  SETTINGS,
  readSettings,
} from "../../www/servicenow/settings.js";

const DEFAULTS = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, { fallback }]) => [name, fallback]),
);

describe("the settings", () => {
  test("have these defaults", () => {
    assert.deepEqual(readSettings({}), { settings: DEFAULTS, problems: [] });
    assert.deepEqual(DEFAULTS, {
      controls: "ccp",
      identity: "user_name",
      record: "",
      "record.source": "server",
      "record.table": "sn_cti_connect_instance",
      "record.columns": {},
      "record.json": null,
      "streams.url": "",
      "openframe.url": "/scripts/openframe/latest/openFrameAPI.min.js",
      "frame.expand_on_offer": true,
      "frame.collapse_when_idle": false,
      "presence.enabled": true,
      presence: {},
      "interaction.enabled": true,
      interaction: {},
      screen_pop: {},
      "event_sink.enabled": true,
      "icc.actions": {},
      "icc.offer": true,
      "icc.participant_id": "sys_id",
      sign_out_with_servicenow: true,
      language: "",
    });
  });

  test("have names that fit into a system property, and descriptions", () => {
    for (const [name, { about, expected }] of Object.entries(SETTINGS)) {
      assert.match(name, /^[a-z_]+(\.[a-z_]+)?$/);
      assert.ok((PREFIX + name).length <= 100);
      assert.match(about, /^[^@]{10,400}\.$/, name);
      assert.ok(expected.length > 0, name);
    }
  });

  test("know their own defaults and choices as right", () => {
    for (const [name, { choices = [], fallback, read }] of Object.entries(
      SETTINGS,
    )) {
      for (const choice of choices)
        assert.notEqual(read(choice), undefined, `${name} ${choice}`);
      if (typeof fallback !== "object" && fallback !== "")
        assert.equal(read(String(fallback)), fallback, name);
    }
  });

  for (const [
    name,
    given,
    read,
  ] of /** @type {[string, string, unknown][]} */ ([
    ["controls", " ICC ", "icc"],
    ["frame.expand_on_offer", "False", false],
    ["frame.collapse_when_idle", "true", true],
    ["record", "Acme voice", "Acme voice"],
    ["record.table", "u_instances", "u_instances"],
    ["record.columns", '{"arn":"u_arn, arn"}', { arn: "u_arn, arn" }],
    ["record.json", '{"name":"Acme"}', { name: "Acme" }],
    ["presence", '{"Lunch":"Away"}', { Lunch: "Away" }],
    ["screen_pop", '[{"open":"form"}]', [{ open: "form" }]],
    ["icc.actions", '{"muteCall":"mute"}', { muteCall: "mute" }],
    ["streams.url", "/streams.jsdbx?v=2", "/streams.jsdbx?v=2"],
    ["streams.url", "https://cdn.example/s.js", "https://cdn.example/s.js"],
    ["language", "pt-BR", "pt-BR"],
    ["language", "  ", ""],
  ]))
    test(`${name} may be ${JSON.stringify(given)}`, () => {
      assert.deepEqual(readSettings({ [name]: given }), {
        settings: { ...DEFAULTS, [name]: read },
        problems: [],
      });
    });
});

describe("a wrong value has the default, and is told", () => {
  const long = "x".repeat(1_000_000);
  for (const [
    name,
    given,
    found = JSON.stringify(given),
  ] of /** @type {[string, unknown, string?][]} */ ([
    ["controls", "panel"],
    ["controls", 1, "a value of type number"],
    ["controls", { toString: null }, "a value of type object"],
    ["frame.expand_on_offer", "yes"],
    ["identity", "<script>alert(1)</script>"],
    ["record", "two\nlines"],
    ["record", long, JSON.stringify(`${"x".repeat(60)}…`)],
    ["record.table", "sys_user^ORDERBYname"],
    ["record.columns", '["arn"]'],
    ["record.json", "[]"],
    ["icc.actions", '["mute"]'],
    ["screen_pop", "5"],
    ["record.columns", '{"arn":1}'],
    ["record.columns", '{"toString":"arn"}'],
    ["record.columns", '{"arn":"password; drop"}'],
    ["record.json", '{"name":'],
    ["record.json", "null"],
    ["presence", '"Lunch"'],
    ["icc.actions", '{"mute":{"a":1}}'],
    ["streams.url", "javascript:alert(1)"],
    ["streams.url", "data:text/javascript,alert(1)"],
    ["streams.url", "http://cdn.example/s.js"],
    ["streams.url", "//cdn.example/s.js"],
    ["streams.url", "/\\cdn.example/s.js"],
    ["openframe.url", "https://"],
    ["openframe.url", '/a.js"><script>'],
    ["language", "../de"],
  ]))
    test(`${name}: ${String(JSON.stringify(given)).slice(0, 50)}`, () => {
      const { expected } =
        SETTINGS[/** @type {keyof typeof SETTINGS} */ (name)];
      assert.deepEqual(readSettings({ [name]: given }), {
        settings: DEFAULTS,
        problems: [{ property: PREFIX + name, found, expected }],
      });
    });

  test("and the others hold", () => {
    const { settings, problems } = readSettings({
      controls: "panel",
      identity: "email",
      unknown: "x",
      toString: "x",
      __proto__: { language: "de" },
    });
    assert.equal(settings.identity, "email");
    assert.equal(settings.language, "");
    assert.deepEqual(
      problems.map(({ property }) => property),
      ["connect_softphone.controls"],
    );
  });

  for (const nothing of [undefined, null, "text", 5, []])
    test(`properties that are ${JSON.stringify(nothing)} are none`, () => {
      assert.deepEqual(readSettings(nothing).settings, DEFAULTS);
    });
});

test("the record's columns are lists of names", () => {
  for (const columns of Object.values(COLUMNS))
    assert.match(columns, /^\w+(,\w+)*$/);
});
