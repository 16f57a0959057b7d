// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readAction } from "../../www/servicenow/icc/action.js";
import { UnknownActions } from "../../www/servicenow/icc/unknown-actions.js";
import { nowMs } from "./icc-call.js";

const payload = { participantId: "p-1" };
const read = { name: "mute", payload, truncated: false };

/** @param {unknown} args @returns {any} */
const action = (args) => readAction(args);

describe("an action is read", () => {
  for (const [form, args] of /** @type {[string, unknown][]} */ ([
    ["in an action", { action: { name: "mute", payload } }],
    ["flat", { name: "mute", payload }],
    ["with the name alone in action", { action: "mute", payload }],
    ["from JSON", JSON.stringify({ action: { name: "mute", payload } })],
    [
      "from an action of JSON",
      { action: JSON.stringify({ name: "mute", payload }) },
    ],
    [
      "from a payload of JSON",
      { name: " mute ", payload: JSON.stringify(payload) },
    ],
  ]))
    test(form, () => assert.deepEqual(readAction(args), read));

  for (const [form, args] of /** @type {[string, unknown][]} */ ([
    ["without a payload", { name: "logout" }],
    ["with null for one", { action: { name: "logout", payload: null } }],
  ]))
    test(form, () =>
      assert.deepEqual(readAction(args), {
        name: "logout",
        payload: {},
        truncated: false,
      }),
    );
});

describe("what is no action is told in words", () => {
  for (const [args, problem] of /** @type {[unknown, string][]} */ ([
    [
      undefined,
      "the action: found nothing, expected an object or JSON of one.",
    ],
    [null, "the action: found null, expected an object or JSON of one."],
    [7, "the action: found a number, expected an object or JSON of one."],
    ["mute", "the action: found a text, expected an object or JSON of one."],
    [[], "the action: found a list, expected an object or JSON of one."],
    [
      "x".repeat(100_001),
      "the action: found a text of over 100000 characters, expected a text of up to 100000 characters.",
    ],
    [
      { action: 7 },
      "action: found a number, expected an object or JSON of one.",
    ],
    [
      { action: [] },
      "action: found a list, expected an object or JSON of one.",
    ],
    [{}, "action.name: found nothing, expected a text."],
    [{ name: {} }, "action.name: found an object, expected a text."],
    [{ name: "" }, "action.name: found an empty text, expected a text."],
    [
      { action: { name: true } },
      "action.name: found a boolean, expected a text.",
    ],
    [
      { name: "x".repeat(101) },
      "action.name: found a text of 101 characters, expected a text of up to 100 characters.",
    ],
    [
      { name: "mute", payload: "no" },
      "action.payload: found a text, expected an object or JSON of one.",
    ],
    [
      { name: "mute", payload: [1] },
      "action.payload: found a list, expected an object or JSON of one.",
    ],
    [
      Object.create({ name: "mute" }),
      "action.name: found nothing, expected a text.",
    ],
  ]))
    test(problem, () => assert.deepEqual(readAction(args), { problem }));
});

describe("a hostile payload", () => {
  test("of a thousand keys keeps fifty", () => {
    const many = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`k${index}`, index]),
    );
    const { payload, truncated } = action({ name: "mute", payload: many });
    assert.equal(Object.keys(payload).length, 50);
    assert.equal(truncated, true);
  });

  test("cannot reach a prototype", () => {
    const text =
      '{"name":"mute","payload":{"__proto__":{"muted":true},"constructor":{"prototype":{"x":1}},"a":{"__proto__":{"b":1}}}}';
    const { payload, truncated } = action(text);
    assert.deepEqual(Object.keys(payload), ["a"]);
    assert.equal(payload.muted, undefined);
    assert.equal(payload.a.b, undefined);
    assert.equal(/** @type {any} */ ({}).muted, undefined);
    assert.equal(truncated, true);
  });

  for (const [what, value] of /** @type {[string, unknown][]} */ ([
    ["a huge text, which is not cut to another one", "1".repeat(1_001)],
    ["a function", () => {}],
    ["a number that is none", Number.NaN],
    ["a symbol", Symbol("x")],
    ["a big integer", 1n],
  ]))
    test(`loses ${what}`, () => {
      const { payload, truncated } = action({
        name: "mute",
        payload: { value, b: 1 },
      });
      assert.deepEqual(
        { payload, truncated },
        { payload: { b: 1 }, truncated: true },
      );
    });

  test("has an end, also where it contains itself", () => {
    /** @type {any} */
    const circle = { list: Array.from({ length: 99 }, () => 1) };
    circle.circle = circle;
    const { payload, truncated } = action({ name: "mute", payload: circle });
    assert.equal(truncated, true);
    assert.equal(payload.list.length, 50);
    assert.deepEqual(Object.keys(payload.circle.circle.circle), []);
  });
});

describe("unknown actions", () => {
  /** @param {UnknownActions} unknown @param {string} name @param {object} payload @param {number} [atMs] */
  const saw = (unknown, name, payload, atMs = nowMs) =>
    unknown.saw(action({ name, payload }), atMs);

  test("are counted with their keys and times", () => {
    const unknown = new UnknownActions();
    const first = saw(unknown, "helpRequest", {
      externalId: "c-1",
      event: { type: "mute", at: 3 },
    });
    assert.deepEqual(first, {
      name: "helpRequest",
      keys: ["externalId", "event", "event.type", "event.at"],
    });
    saw(
      unknown,
      "helpRequest",
      { externalId: "c-1", note: "x" },
      nowMs + 1_000,
    );
    assert.deepEqual(unknown.list, [
      {
        name: "helpRequest",
        keys: ["externalId", "event", "event.type", "event.at", "note"],
        count: 2,
        firstMs: nowMs,
        lastMs: nowMs + 1_000,
      },
    ]);
    assert.deepEqual(JSON.parse(unknown.exported()), {
      actions: [
        {
          name: "helpRequest",
          keys: ["externalId", "event", "event.type", "event.at", "note"],
          count: 2,
          first: "2026-07-01T12:00:30.000Z",
          last: "2026-07-01T12:00:31.000Z",
        },
      ],
      notCounted: 0,
    });
  });

  test("are exported without values, wherever those stand", () => {
    const unknown = new UnknownActions();
    const token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.secret";
    const number = "+12065550100";
    saw(unknown, `call ${number}`, {});
    saw(unknown, token, {
      [number]: 1,
      [token]: 2,
      name: "Carla",
      n12065550100: 3,
      deep: { [`tel:${number}`]: token },
    });
    const text = unknown.exported();
    for (const value of [token, "206", "Carla", "secret"])
      assert.equal(text.includes(value), false, text);
    assert.deepEqual(
      unknown.list.map(({ name, count }) => [name, count]),
      [["(unreadable)", 2]],
    );
  });

  test("are bounded in number and size", () => {
    const unknown = new UnknownActions();
    for (let index = 0; index < 500; index += 1) {
      const keys = Array.from({ length: 50 }, (_, key) => [
        `k${key}x${index % 100}`,
        1,
      ]);
      saw(unknown, `action${index % 300}`, Object.fromEntries(keys));
    }
    assert.equal(unknown.list.length, 100);
    assert.ok(unknown.list.every(({ keys }) => keys.length === 50));
    assert.equal(JSON.parse(unknown.exported()).notCounted, 300);
    assert.ok(unknown.exported().length < 250_000);
  });
});
