// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ScreenPops,
  readScreenPop,
  screenPop,
} from "../../www/servicenow/screen-pop.js";
import { contactOf, storageOf } from "./contact.js";

const SYS_ID = "447832786f0331003b3c498f5d3ee452";
const INTERACTION = "3be092313b711300758ce9b534efc4dd";
const interactions = new Map([["c1", { sysId: INTERACTION }]]);
const rules = [
  { open: "form", table: "sys_user", attribute: "userSysId" },
  { open: "form", table: "sn_order", attribute: "order", column: "number" },
  { open: "list", table: "customer_contact", column: "phone" },
];
const { table } = readScreenPop(JSON.stringify({ rules }));
const NONE = new Map();

for (const [
  name,
  contact,
  pop,
] of /** @type {[string, object, object | undefined][]} */ ([
  [
    "a form by an attribute",
    { attributes: { userSysId: SYS_ID } },
    ["openServiceNowForm", "sys_user", `sys_id=${SYS_ID}`],
  ],
  [
    "a form by another column",
    { attributes: { order: "ORD 0012/7" } },
    ["openServiceNowForm", "sn_order", "sysparm_query=number=ORD%200012%2F7"],
  ],
  [
    "a list by number",
    {},
    ["openServiceNowList", "customer_contact", "phoneENDSWITH12065550100"],
  ],
  ["nobody's number", { customer: {} }, undefined],
  ["no number at all", { customer: { number: "anonymous" } }, undefined],
]))
  test(`what opens: ${name}`, () => {
    const opens = screenPop(contactOf(contact), { table, interactions });
    const expected = pop && /** @type {string[]} */ (pop);
    assert.deepEqual(
      opens && [opens.method, opens.argument.entity, opens.argument.query],
      expected,
    );
    assert.equal(
      opens?.argument.interaction_sys_id,
      expected?.[0] === "openServiceNowForm" ? INTERACTION : undefined,
    );
  });

for (const value of [
  "x^ORactive=true",
  "x&sysparm_stack=evil.do",
  "sysparm_goto_url",
  "x&sysparm_goto_url=https://evil.example",
  "x%5Eactive=true",
  "javascript:gs.getUserID()",
  "<script>",
  "x\ny",
  "a=b",
  "x".repeat(10_000),
  "",
])
  test(`an attribute is a value or nothing: ${JSON.stringify(value.slice(0, 30))}`, () => {
    for (const attribute of ["userSysId", "order"]) {
      const attributes = { [attribute]: value };
      const contact = contactOf({ attributes, customer: {} });
      assert.equal(screenPop(contact, { table, interactions }), undefined);
    }
    const contact = contactOf({ customer: { number: value } });
    assert.equal(screenPop(contact, { table, interactions }), undefined);
  });

test("an attribute of the object's own, and no other", () => {
  const { table: odd } = readScreenPop([
    { open: "form", table: "x", attribute: "constructor", column: "y" },
  ]);
  assert.equal(screenPop(contactOf(), { table: odd }), undefined);
});

test("it opens once, with the interaction if that is there in time", () => {
  const storage = storageOf();
  const pops = new ScreenPops({ table, storage });
  const contact = contactOf();
  const offered = contactOf({ phase: "offered" });
  assert.equal(pops.of(offered, { interactions: NONE, nowMs: 0 }), undefined);
  assert.deepEqual(pops.of(contact, { interactions: NONE, nowMs: 10 }), {
    wait: { forMs: 3000 },
  });
  assert.ok(pops.of(contact, { interactions, nowMs: 20 }));
  assert.equal(pops.of(contact, { interactions, nowMs: 30 }), undefined);
  const reloaded = new ScreenPops({ table, storage });
  assert.equal(reloaded.of(contact, { interactions, nowMs: 40 }), undefined);
  const other = contactOf({ id: "c2", initialId: "c2" });
  assert.ok("wait" in (reloaded.of(other, { interactions, nowMs: 50 }) ?? {}));
  assert.ok(
    "method" in (reloaded.of(other, { interactions, nowMs: 3050 }) ?? {}),
  );
});

test("nothing opens for chats, for whoever listens in, or without rules", () => {
  const now = { interactions, nowMs: 0 };
  for (const change of [
    { kind: "chat" },
    { monitoring: "barge" },
    { phase: "wrapUp" },
  ])
    assert.equal(
      new ScreenPops({ table }).of(contactOf(change), now),
      undefined,
    );
  assert.equal(new ScreenPops().of(contactOf(), now), undefined);
});

test("a storage that refuses changes nothing", () => {
  const refuse = () => {
    throw new Error("no");
  };
  const pops = new ScreenPops({
    table,
    storage: { getItem: refuse, setItem: refuse },
  });
  assert.ok(pops.of(contactOf(), { interactions, nowMs: 0 }));
});

for (const [value, field] of /** @type {[unknown, string][]} */ ([
  ["{", "screen_pop"],
  [{ rules: {} }, "screen_pop"],
  [{ rules: [], when: "ever" }, "screen_pop.when"],
  [[7], "screen_pop.rules[0].open"],
  [[{ open: "url" }], "screen_pop.rules[0].open"],
  [[{ open: "form", table: "x.do?a=b" }], "screen_pop.rules[0].table"],
  [
    [{ open: "form", table: "x", attribute: 7 }],
    "screen_pop.rules[0].attribute",
  ],
  [[{ open: "form", table: "x" }], "screen_pop.rules[0].column"],
  [[{ open: "form", table: "x", column: "a^b" }], "screen_pop.rules[0].column"],
  [
    [{ open: "form", table: "x", column: "a", operator: "IN" }],
    "screen_pop.rules[0].operator",
  ],
  [
    [{ open: "form", table: "x", column: "a", digits: "9" }],
    "screen_pop.rules[0].digits",
  ],
]))
  test(`a mistake in the property is told by its field: ${field}, ${JSON.stringify(value)}`, () => {
    const { problems, table: read } = readScreenPop(value);
    assert.equal(problems[0]?.field, field);
    assert.deepEqual(read.rules, []);
  });
