// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Presence,
  readPresence,
  readPresenceTable,
} from "../../www/servicenow/presence.js";
import { randomFrom } from "./random.js";

const IDS = new Map(
  ["Available", "Away", "Offline", "Busy", "AfterCallWork", "Lunch"].map(
    (name, at) => [name, String(at + 1).repeat(32)],
  ),
);

/** @param {string} name */
const presenceOf = (name) => ({
  name,
  sys_id: IDS.get(name) ?? "f".repeat(32),
  available: name === "Available",
  channels: [],
});

/** @param {string} name */
const event = (name) => ({ result: { presence: presenceOf(name) } });

/** @param {string} state @param {object} [more] @returns {any} */
const agent = (state, more) => ({
  state,
  stateType: ["Available"].includes(state) ? "routable" : "not_routable",
  nextState: null,
  states: ["Available", "Break", "Lunch", "Offline", "Calibration"].map(
    (name) => ({ name, type: "not_routable" }),
  ),
  ...more,
});

/** @param {string[]} [names] */
const list = (names = ["Available", "Away", "Offline", "Busy"]) => ({
  result: names.map(presenceOf),
});

/** @param {string} name */
const set = (name) => ({ setPresence: { sysId: IDS.get(name), name } });

/** One that has started with both sides Available. @param {object} [options] */
function inStep(options) {
  const presence = new Presence(options);
  presence.choices(list(), 0);
  assert.deepEqual(presence.agentSeen(agent("Available"), 0), []);
  assert.deepEqual(presence.presenceSeen(event("Available"), 0), []);
  return presence;
}

test("a presence is read in each of its forms", () => {
  const sysId = IDS.get("Available");
  const plain = presenceOf("Available");
  for (const payload of [
    event("Available"),
    { presence: plain },
    plain,
    JSON.stringify(event("Available")),
    { result: { presence: JSON.stringify(plain) } },
  ])
    assert.deepEqual(readPresence(payload), {
      sysId,
      name: "Available",
      available: true,
    });
  const { available, ...rest } = plain;
  for (const payload of [
    { ...rest, available_to_receive_work_items: "true" },
    { presence: rest, available_to_receive_work_items: true },
    {
      presence: {
        ...plain,
        available: false,
        available_to_receive_work_items: true,
      },
    },
  ])
    assert.equal(/** @type {any} */ (readPresence(payload)).available, true);
});

test("what is no presence changes nothing", () => {
  const presence = inStep();
  for (const payload of [
    undefined,
    null,
    7,
    "Away",
    [],
    {},
    { result: null },
    { result: { presence: { name: "Away" } } },
    { result: { presence: { name: "Away", sys_id: "1; DROP" } } },
    {
      result: {
        presence: { name: { toString: "x" }, sys_id: IDS.get("Away") },
      },
    },
    {
      result: {
        presence: { name: "x".repeat(10_000), sys_id: IDS.get("Away") },
      },
    },
  ]) {
    assert.ok("problem" in readPresence(payload));
    assert.deepEqual(presence.presenceSeen(payload, 1), []);
  }
  assert.equal(presence.differing, undefined);
});

for (const [
  state,
  presence,
  orders,
] of /** @type {[string, string, object[]][]} */ ([
  ["Available", "Available", []],
  ["Offline", "Available", [{ setState: "Available" }]],
  ["Available", "Offline", [set("Available")]],
  ["Offline", "Offline", []],
  ["Lunch", "Away", []],
  ["Available", "Away", [{ setState: "Break" }]],
  ["Busy", "Busy", []],
]))
  test(`when the page opens, with ${state} in Connect and ${presence} in ServiceNow`, () => {
    const steps = [
      (/** @type {Presence} */ one) => one.agentSeen(agent(state), 0),
      (/** @type {Presence} */ one) => one.presenceSeen(event(presence), 0),
      (/** @type {Presence} */ one) => one.choices(list(), 0),
    ];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const one = new Presence();
      const given = order.map((step) => steps[step](one));
      assert.deepEqual(given, [[], [], orders]);
    }
  });

test("the table can say that Connect is right when the page opens", () => {
  const { table } = readPresenceTable({ states: {}, first: "state" });
  const one = new Presence({ table });
  one.choices(list(), 0);
  one.agentSeen(agent("Available"), 0);
  assert.deepEqual(one.presenceSeen(event("Away"), 0), [set("Available")]);
});

test("a change on either side is followed, and its echo is no order", () => {
  const one = inStep();
  assert.deepEqual(one.agentSeen(agent("Lunch"), 1), [set("Away")]);
  assert.deepEqual(one.presenceSeen(event("Away"), 40_000), []);
  assert.deepEqual(one.presenceSeen(event("Available"), 300_000), [
    { setState: "Available" },
  ]);
  assert.deepEqual(one.agentSeen(agent("Available"), 300_100), []);
  assert.equal(one.differing, undefined);
});

test("an echo that comes after the next change is no order", () => {
  const one = inStep();
  assert.deepEqual(one.agentSeen(agent("Lunch"), 1), [set("Away")]);
  assert.deepEqual(one.agentSeen(agent("Available"), 2), [set("Available")]);
  assert.deepEqual(one.presenceSeen(event("Away"), 3), []);
  assert.deepEqual(one.presenceSeen(event("Available"), 4), []);
  assert.equal(one.differing, undefined);
});

test("a call covers the state, and a presence chosen meanwhile comes after it", () => {
  const one = inStep();
  assert.deepEqual(one.agentSeen(agent("PendingBusy"), 1), [set("Busy")]);
  assert.deepEqual(one.agentSeen(agent("Busy"), 2), []);
  assert.deepEqual(one.presenceSeen(event("Busy"), 3), []);
  assert.deepEqual(one.presenceSeen(event("Away"), 4), [{ setState: "Break" }]);
  assert.deepEqual(one.agentSeen(agent("Busy", { nextState: "Break" }), 5), []);
  assert.equal(one.differing, undefined);
  assert.deepEqual(one.agentSeen(agent("Break"), 90_000), []);
});

test("a day of calls is never taken for corrections", () => {
  const one = inStep();
  let nowMs = 0;
  for (let call = 0; call < 50; call += 1) {
    for (const [state, presence] of [
      ["PendingBusy", "Busy"],
      ["Busy", undefined],
      ["AfterCallWork", undefined],
      ["Available", "Available"],
    ]) {
      const orders = one.agentSeen(agent(String(state)), (nowMs += 5000));
      assert.deepEqual(orders, presence ? [set(presence)] : []);
      if (presence) one.presenceSeen(event(presence), (nowMs += 500));
    }
    assert.deepEqual(one.presenceSeen(event("Away"), (nowMs += 1000)), [
      { setState: "Break" },
    ]);
    one.agentSeen(agent("Break"), (nowMs += 100));
    assert.equal(
      one.presenceSeen(event("Available"), (nowMs += 90_000)).length,
      1,
    );
    one.agentSeen(agent("Available"), (nowMs += 100));
    nowMs += 180_000;
  }
});

test("equal names match whatever their spaces and case; the table comes first", () => {
  const { table, problems } = readPresenceTable(
    '{"Lunch": ["Siesta", "Lunch"], "Calibration": null}',
  );
  assert.deepEqual(problems, []);
  const one = new Presence({ table });
  one.choices(list(["Available", "Lunch", "AfterCallWork"]), 0);
  one.agentSeen(agent("Available"), 0);
  one.presenceSeen(event("Available"), 0);
  assert.deepEqual(one.agentSeen(agent("After call work"), 1), [
    set("AfterCallWork"),
  ]);
  one.presenceSeen(event("AfterCallWork"), 2);
  assert.deepEqual(one.agentSeen(agent("Lunch"), 3), [set("Lunch")]);
  one.presenceSeen(event("Lunch"), 4);
  assert.deepEqual(one.agentSeen(agent("Calibration"), 5), []);
  assert.equal(one.differing, undefined);
});

test("names without a partner are listed on both sides", () => {
  const one = new Presence();
  assert.deepEqual(one.unmatched(), { states: [], presences: [] });
  one.agentSeen(agent("Available"), 0);
  one.choices(list(["Available", "Away", "Busy", "On a Zoom"]), 0);
  assert.deepEqual(one.unmatched(), {
    states: ["Offline", "Calibration"],
    presences: ["On a Zoom"],
  });
});

test("a table of the wrong form has its default and a problem that names it", () => {
  for (const [value, field] of /** @type {[unknown, string][]} */ ([
    ["{", "presence"],
    ["[]", "presence"],
    [7, "presence"],
    [{ states: 7, presences: {} }, "presence.states"],
    [
      { states: {}, presences: { Away: { a: 1 } } },
      "presence.presences, an entry",
    ],
    [{ states: {}, first: "me" }, "presence.first"],
    [{ Lunch: 7 }, "presence.states, an entry"],
  ])) {
    const { problems } = readPresenceTable(value);
    assert.equal(problems[0].field, field);
    assert.ok(problems[0].found && problems[0].expected);
  }
  const { table } = readPresenceTable('{"__proto__": "Away"}');
  assert.equal(Object.getPrototypeOf(table.states), Object.prototype);
});

test("an order that was refused is not waited for", () => {
  const one = inStep();
  const [order] = one.agentSeen(agent("Lunch"), 1);
  assert.equal(one.differing, undefined);
  one.failed(order);
  assert.deepEqual(one.differing, {
    state: "Lunch",
    presence: "Available",
    corrected: false,
  });
});

test("two systems that correct each other end, and are shown as different", () => {
  const one = inStep();
  let orders = one.agentSeen(agent("Break"), 0);
  let given = 0;
  for (let nowMs = 1; orders.length > 0; nowMs += 20_000) {
    assert.ok((given += orders.length) < 20, "it never ends");
    const [order] = orders;
    // ServiceNow sets whoever is Away Available again, and Connect whoever is Available on a break.
    if ("setPresence" in order) {
      one.presenceSeen(event(order.setPresence.name), nowMs);
      orders = one.presenceSeen(event("Available"), nowMs + 1);
    } else {
      one.agentSeen(agent(order.setState), nowMs);
      orders = one.agentSeen(agent("Break"), nowMs + 1);
    }
  }
  assert.ok(given <= 6, String(given));
  assert.equal(one.differing?.corrected, true);
  // Later, it follows again.
  const later = one.agentSeen(agent("Lunch"), 10_000_000);
  assert.deepEqual(later, [set("Away")]);
});

test("whatever people do and however late it is told, it settles and agrees", () => {
  for (let seed = 1; seed <= 1500; seed += 1) world(seed, []);
});

test("with systems that correct, and events that are lost or told twice, it ends", () => {
  for (let seed = 1; seed <= 1500; seed += 1)
    world(seed, RULES[seed % RULES.length]);
});

/** Each system corrects what the other's correction becomes; none turns in a circle by itself. @type {[string, string, string][][]} */
const RULES = [
  [
    ["state", "Break", "Available"],
    ["presence", "Available", "Away"],
  ],
  [
    ["state", "Available", "Break"],
    ["presence", "Away", "Available"],
  ],
  [
    ["state", "Available", "Offline"],
    ["state", "Lunch", "Offline"],
    ["presence", "Offline", "Away"],
    ["presence", "Away", "Available"],
  ],
];

/**
 * Two systems, each with delays of its own, people who click, and rules that change a side back.
 *
 * @param {number} seed
 * @param {[string, string, string][]} rules side, name, and what the system makes of it
 */
function world(seed, rules) {
  const random = randomFrom(seed);
  const pick = (/** @type {any[]} */ from) =>
    from[Math.floor(random() * from.length)];
  const one = new Presence();
  /** @type {Record<string, string>} */
  const real = { state: "Available", presence: "Available" };
  /** @type {{ atMs: number, do: (nowMs: number) => void }[]} */
  const queue = [];
  /** @type {Record<string, number>} */
  const last = {};
  const lossy = rules.length > 0;
  let given = 0;

  /** What goes one way arrives in order. @param {string} line @param {number} nowMs @param {(nowMs: number) => void} what */
  function later(line, nowMs, what) {
    const delay = random() < 0.2 ? random() * 40_000 : random() * 500;
    const atMs = Math.max(nowMs + delay, (last[line] ?? 0) + 1);
    last[line] = atMs;
    queue.push({ atMs, do: what });
  }
  /** @param {string} side @param {string} name @param {number} nowMs */
  function change(side, name, nowMs) {
    if (real[side] === name) return;
    real[side] = name;
    for (const [on, from, to] of rules)
      if (on === side && from === name)
        later(
          `rule ${side}`,
          nowMs,
          (at) => real[side] === from && change(side, to, at),
        );
    const times =
      lossy && random() < 0.05 ? 0 : lossy && random() < 0.1 ? 2 : 1;
    for (let time = 0; time < times; time += 1)
      later(`told ${side}`, nowMs, (at) =>
        obey(
          side === "state"
            ? one.agentSeen(agent(name), at)
            : one.presenceSeen(event(name), at),
          at,
        ),
      );
  }
  /** @param {any[]} orders @param {number} nowMs */
  function obey(orders, nowMs) {
    given += orders.length;
    for (const order of orders) {
      const side = order.setState ? "state" : "presence";
      const name = order.setState ?? order.setPresence.name;
      later(`order ${side}`, nowMs, (at) => change(side, name, at));
    }
  }

  one.choices(list(["Available", "Away", "Offline"]), 0);
  obey(one.agentSeen(agent("Available"), 0), 0);
  obey(one.presenceSeen(event("Available"), 0), 0);
  const clicks = 1 + Math.floor(random() * 5);
  let atMs = 0;
  for (let click = 0; click < clicks; click += 1) {
    atMs += random() < 0.5 ? random() * 2000 : random() * 100_000;
    const side = pick(["state", "presence"]);
    const name = pick(
      side === "state"
        ? ["Available", "Break", "Lunch", "Offline"]
        : ["Available", "Away", "Offline"],
    );
    queue.push({ atMs, do: (at) => change(side, name, at) });
  }
  for (let steps = 0; queue.length > 0; steps += 1) {
    assert.ok(steps < 400, `seed ${seed}: it never ends`);
    queue.sort((a, b) => a.atMs - b.atMs);
    const next = /** @type {(typeof queue)[0]} */ (queue.shift());
    next.do(next.atMs);
  }
  assert.ok(given <= 4 * clicks + 8, `seed ${seed}: ${given} orders`);
  if (lossy) return;
  const fits = new Map([
    ["Break", "Away"],
    ["Lunch", "Away"],
  ]);
  const agreed = (fits.get(real.state) ?? real.state) === real.presence;
  assert.ok(
    agreed || one.differing?.corrected,
    `seed ${seed}: ${real.state} and ${real.presence}`,
  );
}
