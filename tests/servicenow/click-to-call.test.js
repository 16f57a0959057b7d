// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ClickToCall,
  normalised,
  readClickToCall,
} from "../../www/servicenow/click-to-call.js";

const SYS_ID = "447832786f0331003b3c498f5d3ee452";

/** @param {unknown} metaData @param {unknown[]} [data] */
const message = (metaData, data = [{}]) => ({
  type: "OUTGOING_CALL",
  data: { metaData, data },
});

const record = {
  entity: "customer_contact",
  query: `sys_id=${SYS_ID}`,
  value: SYS_ID,
  contact_name: "Ada Example",
};

for (const [name, args, call] of /** @type {[string, unknown, object][]} */ ([
  ["the payload", message({ phoneNumber: "+12065550100" }), {}],
  [
    "the whole request",
    {
      method: "openframe_communication",
      payload: message({ phoneNumber: "+1 (206) 555-0100" }),
    },
    {},
  ],
  [
    "with its record",
    message({ phoneNumber: "+12065550100", sys_id: "" }, [{}, record]),
    { entity: "customer_contact", sysId: SYS_ID, name: "Ada Example" },
  ],
  [
    "the number beside the record",
    message({}, [{}, { ...record, phoneNumber: "+12065550100" }]),
    { entity: "customer_contact", sysId: SYS_ID, name: "Ada Example" },
  ],
  ["JSON", JSON.stringify(message({ phoneNumber: "+12065550100" })), {}],
  [
    "JSON inside",
    { payload: JSON.stringify(message({ phoneNumber: "+12065550100" })) },
    {},
  ],
  ["an old form", { context: { phone_number: "+12065550100" } }, {}],
  ["an old form, alone", { phone_number: "+12065550100" }, {}],
  [
    "a calling code beside it",
    message({ phoneNumber: "206-555-0100", countrycode: "+1" }),
    {},
  ],
  ["a number", message({ phoneNumber: 2065550100, countrycode: 1 }), {}],
]))
  test(`click to call is read: ${name}`, () => {
    const expected = { number: "+12065550100", ...call };
    assert.deepEqual(readClickToCall(args), expected);
  });

for (const [
  text,
  country,
  number,
] of /** @type {[unknown, unknown, unknown][]} */ ([
  ["+12065550100", undefined, "+12065550100"],
  ["tel:+1-206-555-0100", undefined, "+12065550100"],
  ["+1.206.555.0100", undefined, "+12065550100"],
  ["\u202a+1\u00a0206\u00a0555\u00a00100\u202c", undefined, "+12065550100"],
  ["+1(206)5550100", undefined, "+12065550100"],
  ["(206) 555-0100", undefined, "(206) 555-0100"],
  ["020 7946 0018", "44", "020 7946 0018"],
  ["1-206-555-0100", "1", "1-206-555-0100"],
  ["206 555 0100", "US", "206 555 0100"],
  ["0044 20 7946 0018", undefined, "0044 20 7946 0018"],
  ["(206) 555-0100 x12", undefined, "(206) 555-0100 x12"],
  ["1-800-FLOWERS", undefined, "1-800-FLOWERS"],
  ["112", undefined, "112"],
  ["+0123456", undefined, undefined],
  ["+123456789012345678", undefined, undefined],
  ["206+5550100", undefined, undefined],
  ["", undefined, undefined],
  ["call me", undefined, undefined],
  ["<b>2065550100</b>", undefined, undefined],
  ["2065550100\n+12065550199", undefined, undefined],
  ["javascript:alert(1)", undefined, undefined],
  ["sip:ada@example.com", undefined, undefined],
  [{ toString: () => "+12065550100" }, undefined, undefined],
  [["+12065550100"], undefined, undefined],
  [NaN, undefined, undefined],
  [true, undefined, undefined],
]))
  test(`the number ${JSON.stringify(text)}${country ? ` of ${country}` : ""}`, () => {
    assert.equal(normalised(text, country), number);
  });

for (const [name, args] of /** @type {[string, unknown][]} */ ([
  ["nothing", undefined],
  ["null", null],
  ["a text", "+12065550100 please"],
  ["no number", message({})],
  [
    "another type",
    { type: "SMS", data: { metaData: { phoneNumber: "+12065550100" } } },
  ],
  [
    "markup",
    message({ phoneNumber: '<img src=x onerror="alert(1)">+12065550100' }),
  ],
  ["a huge text", message({ phoneNumber: "1".repeat(1_000_000) })],
  ["huge JSON", `{"phoneNumber":"${"1".repeat(1_000_000)}"}`],
  ["an object", message({ phoneNumber: { value: "+12065550100" } })],
  ["what is inherited", Object.create({ phoneNumber: "+12065550100" })],
  ["a deep one", JSON.parse(`${'{"data":'.repeat(5000)}1${"}".repeat(5000)}`)],
  [
    "a wide one",
    { data: Array.from({ length: 100_000 }, () => ({ data: [{}] })) },
  ],
]))
  test(`no call, and a sentence that does not repeat it: ${name}`, () => {
    const read = /** @type {any} */ (readClickToCall(args));
    assert.match(read.problem, /: found .+, expected .+\.$/);
    assert.ok(read.problem.length < 400);
    assert.doesNotMatch(read.problem, /206|<|onerror/);
  });

test("what comes with a call is used only where it is what it says", () => {
  for (const extra of [
    { entity: "a b", value: SYS_ID },
    { entity: "sys_user.do?x=", value: SYS_ID },
    { entity: 7 },
  ])
    assert.deepEqual(
      readClickToCall(message({ phoneNumber: "+12065550100" }, [extra])),
      { number: "+12065550100" },
    );
  const query = `sys_id=${SYS_ID}^sysparm_stack=x`;
  assert.deepEqual(
    readClickToCall(
      message({ phoneNumber: "+12065550100" }, [
        {
          entity: "sys_user",
          query,
          value: "1 OR 1",
          contact_name: "A\u0000da",
        },
      ]),
    ),
    { number: "+12065550100", entity: "sys_user", name: "A da" },
  );
});

test("a number is taken once a second", () => {
  const clicks = new ClickToCall();
  const one = { number: "+12065550100" };
  assert.equal(clicks.take(one, 0), true);
  assert.equal(clicks.take(one, 10), false);
  assert.equal(clicks.take({ number: "+12065550101" }, 10), true);
  assert.equal(clicks.take(one, 999), false);
  assert.equal(clicks.take(one, 1000), true);
});
