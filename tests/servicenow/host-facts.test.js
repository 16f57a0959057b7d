// @ts-check
// The small ones: the event sink, the frame, the heart beat.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Activity, readHeartBeat } from "../../www/servicenow/activity.js";
import { AgentEvents, agentEvent } from "../../www/servicenow/event-sink.js";
import { frameOf } from "../../www/servicenow/frame.js";

const location = {
  href: "https://acme.example/x.do?id=1#token=x",
  search: "?id=1",
};
/** @param {object} [changes] @returns {any} */
const agentOf = (changes) => ({
  username: "doe.john",
  state: "Available",
  stateType: "routable",
  stateSinceMs: Date.UTC(2020, 8, 24, 21, 43, 20, 957),
  ...changes,
});

test("the event of a state is as documented", () => {
  const instance = { ccpHost: "acme.my.connect.aws", region: "us-west-2" };
  const agent = agentOf({ state: "AgentStatusOne", stateType: "not_routable" });
  assert.deepEqual(
    JSON.parse(JSON.stringify(agentEvent({ agent, instance, location }))),
    {
      path: "/api/sn_cti_core/cti_api/softphone/sources/aws_ccp/actor/agent/events/AgentStatusOne",
      body: {
        agent: {
          sys_id: "doe.john",
          status: {
            agentStateARN: null,
            type: "not_routable",
            name: "AgentStatusOne",
            startTimestamp: "2020-09-24T21:43:20.957Z",
          },
        },
        window: {
          location: { href: "https://acme.example/x.do?id=1", search: "?id=1" },
        },
        aws: {
          connect: {
            config: {
              ccpHost: "acme.my.connect.aws",
              loginPopup: true,
              softphone: { allowFramedSoftphone: true },
              region: "us-west-2",
            },
          },
        },
      },
    },
  );
});

for (const [state, event] of [
  ["After call work", "Aftercallwork"],
  ["On a break!", "Onabreak"],
  ["../../x?y", "xy"],
  ["Früh", "Fr%C3%BCh"],
  ["***", undefined],
  ["", undefined],
])
  test(`the event of the state ${JSON.stringify(state)}`, () => {
    const sent = agentEvent({ agent: agentOf({ state }), location });
    assert.equal(sent?.path.split("/").at(-1), event);
  });

test("a state is told once, with its ARN if that is known", () => {
  const events = new AgentEvents();
  const stateArns = { Available: "arn:aws:connect:state" };
  const first = /** @type {any} */ (
    events.of({ agent: agentOf(), location, stateArns }, 0)
  );
  assert.equal(first.body.agent.status.agentStateARN, stateArns.Available);
  assert.equal(events.of({ agent: agentOf(), location }, 0), undefined);
  assert.equal(events.of({ agent: null, location }, 0), undefined);
  assert.ok(events.of({ agent: agentOf(), location }, 0));
});

test("a sink that wants a login is asked again after some minutes, also for the same state", () => {
  const events = new AgentEvents();
  const facts = { agent: agentOf(), location };
  assert.ok(events.of(facts, 0));
  assert.match(String(events.answered(401, 1000)), /\(401\).*logged in/);
  const lunch = { agent: agentOf({ state: "Lunch" }), location };
  assert.equal(events.of(lunch, 60_000), undefined);
  assert.ok(events.of(facts, 200_000));
  assert.equal(events.answered(201, 200_000), undefined);
  assert.equal(events.of(facts, 201_000), undefined);
  assert.ok(events.of(lunch, 201_000));
});

for (const [
  status,
  told,
  again,
] of /** @type {[number, RegExp, boolean][]} */ ([
  [403, /event_sink\.enabled/, false],
  [404, /event_sink\.enabled/, false],
  [500, /hears of the next one/, true],
  [0, /no answer/, true],
]))
  test(`after ${status} the sink ${again ? "hears of the next state" : "is left alone"}`, () => {
    const events = new AgentEvents();
    assert.ok(events.of({ agent: agentOf(), location }, 0));
    assert.match(String(events.answered(status, 0)), told);
    const next = { agent: agentOf({ state: "Lunch" }), location };
    assert.equal(events.of(next, 1e9) !== undefined, again);
  });

for (const [
  phase,
  contacts,
  state,
  shown,
] of /** @type {[string, string[], [string, string], unknown[]][]} */ ([
  [
    "ready",
    [],
    ["Available", "routable"],
    ["Available", "Available", "green", false, true],
  ],
  [
    "ready",
    [],
    ["Offline", "offline"],
    ["Offline", "Offline", "grey", false, true],
  ],
  [
    "ready",
    [],
    ["Lunch", "not_routable"],
    ["Lunch", "Lunch", "orange", false, true],
  ],
  [
    "ready",
    [],
    ["MissedCallAgent", "error"],
    ["MissedCallAgent", "MissedCallAgent", "red", false, true],
  ],
  [
    "ready",
    ["offered"],
    ["PendingBusy", "system"],
    ["Accept the call", "PendingBusy", "orange", true, false],
  ],
  [
    "ready",
    ["held", "offered"],
    ["Busy", "system"],
    ["Accept the call", "Busy", "orange", true, false],
  ],
  [
    "ready",
    ["talking"],
    ["Busy", "system"],
    ["On a call", "Busy", "red", false, false],
  ],
  [
    "ready",
    ["wrapUp"],
    ["AfterCallWork", "system"],
    ["Finish the wrap-up", "AfterCallWork", "orange", false, false],
  ],
  [
    "signInNeeded",
    ["offered"],
    ["Available", "routable"],
    ["Sign in to take calls", "Sign in to take calls", "orange", false, false],
  ],
  [
    "failed",
    [],
    ["Available", "routable"],
    [
      "Open the phone to see what is wrong",
      "Open the phone to see what is wrong",
      "red",
      false,
      false,
    ],
  ],
]))
  test(`the frame shows ${phase}, ${state[0]} and ${contacts.join(", ") || "no contact"}`, () => {
    const frame = frameOf(
      /** @type {any} */ ({
        status: { phase },
        agent: { state: state[0], stateType: state[1] },
        contacts: contacts.map((one) => ({ phase: one, kind: "call" })),
      }),
    );
    const { subtitle, indicator, offered, idle, needed } = frame;
    assert.deepEqual(
      [subtitle, indicator.state, indicator.color, offered, idle],
      shown,
    );
    const alone = ["signInNeeded", "expired", "failed"].includes(phase);
    assert.equal(needed, alone);
  });

test("the frame shows both states where they differ, and never a text that OpenFrame refuses", () => {
  const state = "x".repeat(300);
  const frame = frameOf({
    status: { phase: "ready" },
    agent: { state, stateType: "a new type" },
    contacts: [],
    differing: { state: "Break $&", presence: "Available" },
  });
  assert.match(frame.subtitle, /Connect Break \$&, ServiceNow Available/);
  assert.equal(frame.indicator.state.length, 256);
  assert.equal(frame.indicator.color, "orange");
  const early = frameOf({
    status: { phase: "ready" },
    agent: null,
    contacts: [],
  });
  assert.deepEqual([early.idle, early.indicator.color], [false, "grey"]);
});

const AT = Date.UTC(2026, 5, 1, 12, 0, 0);
for (const [payload, beat] of /** @type {[unknown, object][]} */ ([
  [
    { lastUiActivity: AT, sessionLoggedIn: true },
    { lastActiveMs: AT, loggedIn: true },
  ],
  [
    { lastUiActivity: String(AT), sessionLoggedIn: "true" },
    { lastActiveMs: AT, loggedIn: true },
  ],
  [
    { lastUiActivity: AT / 1000, sessionLoggedIn: "False" },
    { lastActiveMs: AT, loggedIn: false },
  ],
  [{ lastUiActivity: "2026-06-01 12:00:00" }, { lastActiveMs: AT }],
  [{ lastUiActivity: "2026-06-01T12:00:00Z" }, { lastActiveMs: AT }],
  [{ lastUiActivity: "Mon, 01 Jun 2026 12:00:00 GMT" }, { lastActiveMs: AT }],
  [
    { result: { lastUiActivity: AT, sessionLoggedIn: 0 } },
    { lastActiveMs: AT, loggedIn: false },
  ],
  [{ payload: { sessionLoggedIn: false } }, { loggedIn: false }],
  [
    JSON.stringify({ sessionLoggedIn: false, lastUiActivity: null }),
    { loggedIn: false },
  ],
  [{ sessionLoggedIn: null, lastUiActivity: "" }, {}],
]))
  test(`a heart beat is read: ${JSON.stringify(payload)}`, () => {
    assert.deepEqual(readHeartBeat(payload), beat);
  });

for (const payload of [
  undefined,
  "no JSON",
  [],
  {},
  { lastUiActivity: "yesterday" },
  { lastUiActivity: 12_000 },
  { lastUiActivity: NaN },
  { lastUiActivity: { valueOf: 1 } },
  { lastUiActivity: "9".repeat(1000) },
  { sessionLoggedIn: "perhaps", lastUiActivity: AT },
])
  test(`no heart beat: ${JSON.stringify(payload)?.slice(0, 60)}`, () => {
    const read = /** @type {any} */ (readHeartBeat(payload));
    assert.match(read.problem, /: found .+, expected .+\.$/);
  });

test("activity is told at most every 30 seconds, and only if it is newer", () => {
  const activity = new Activity(AT);
  const told = [];
  for (const [atMs, lastActiveMs] of [
    [1000, -60_000], // Before the page.
    [2000, 1500],
    [3000, 1500],
    [20_000, 19_000],
    [32_000, 19_000], // What had to wait is not lost.
    [90_000, 19_000],
    [100_000, 900_000], // A clock ahead.
    [100_500, 900_000],
    [900_000, 500_000], // Too long ago.
    [900_001, undefined],
  ])
    told.push(
      activity.heard(
        lastActiveMs === undefined ? {} : { lastActiveMs: AT + lastActiveMs },
        AT + Number(atMs),
      ),
    );
  const expected = [
    false,
    true,
    false,
    false,
    true,
    false,
    true,
    false,
    false,
    false,
  ];
  assert.deepEqual(told, expected);
});
