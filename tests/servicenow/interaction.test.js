// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Interactions,
  readInteractionTable,
} from "../../www/servicenow/interaction.js";
import { contactOf, person, storageOf } from "./contact.js";

const ME = "a8f98bb0eb32010045e1a5115206fe3a";
const OTHER = "b8f98bb0eb32010045e1a5115206fe3b";
const SYS_ID = "12961fff7fb2d2102d0cd3cf8c86652b";
const ANSWER = {
  result: { status: "SUCCESS", sysId: SYS_ID, number: "IMS0000052" },
};

/** @param {object} [options] */
const agentPage = (options) =>
  new Interactions({
    user: { sysId: ME },
    storage: storageOf(),
    tab: "t1",
    ...options,
  });

/** The only order, of which the kind is given. @param {any[]} orders @param {string} kind */
function only(orders, kind) {
  assert.deepEqual(
    orders.map((one) => Object.keys(one)[0]),
    [kind],
  );
  return orders[0][kind];
}

/** A page whose call has its interaction. @param {object} [contact] @param {object} [options] */
function created(contact, options) {
  const page = agentPage(options);
  only(page.update([contactOf(contact)], 0), "create");
  assert.deepEqual(page.created("c1", ANSWER, 1), []);
  return page;
}

test("a call gets its interaction when it is accepted, and once", () => {
  const page = agentPage({ recordingPrefix: "https://acme/get?id=" });
  assert.deepEqual(page.update([contactOf({ phase: "offered" })], 0), []);
  const { initialId, body } = only(page.update([contactOf()], 1), "create");
  assert.equal(initialId, "c1");
  assert.deepEqual(body, {
    interaction: {
      userPhoneNumber: "+12065550100",
      clientSessionId: "c1",
      additionalParams: {
        direction: "inbound",
        short_description: "Inbound call",
        assigned_to: ME,
        state: "work_in_progress",
      },
    },
    interactionContext: {
      connect_contact_id: "c1",
      connect_initial_contact_id: "c1",
      connect_queue: "Support",
    },
    phoneLogs: [
      { agent: ME, call_id: "c1", start_time: "2024-11-04 21:45:00" },
    ],
  });
  assert.deepEqual(page.update([contactOf({ phase: "held" })], 2), []);
  assert.equal(page.known.size, 0);
  assert.deepEqual(page.created("c1", ANSWER, 3), []);
  assert.deepEqual(
    [...page.known],
    [["c1", { sysId: SYS_ID, number: "IMS0000052" }]],
  );
  assert.deepEqual(page.update([contactOf({ phase: "held" })], 4), []);
});

test("it is updated through its life: outcome and recording at the end, the state after wrap-up", () => {
  const page = created({}, { recordingPrefix: "https://acme/get?id=" });
  const ended = contactOf({
    phase: "wrapUp",
    outcome: "answered",
    endedBy: "other",
    endedAtMs: 5,
    participants: [],
  });
  const wrapUp = only(page.update([ended], 10), "change");
  assert.equal(wrapUp.sysId, SYS_ID);
  assert.deepEqual(wrapUp.body, {
    interaction: { clientSessionId: "c1" },
    interactionContext: {
      connect_outcome: "answered",
      connect_ended_by: "other",
      connect_recording_url: "https://acme/get?id=c1",
    },
  });
  assert.deepEqual(page.changed("c1", 11), []);
  const closed = only(page.update([], 12), "change");
  assert.deepEqual(closed.body.interaction.additionalParams, {
    state: "closed_complete",
  });
  assert.deepEqual(page.changed("c1", 13), []);
  assert.deepEqual(page.update([], 14), []);
});

for (const [
  name,
  contact,
  state,
] of /** @type {[string, any, string | undefined][]} */ ([
  ["answered", { outcome: "answered" }, "closed_complete"],
  [
    "nobody answered",
    { direction: "outbound", outcome: "noAnswer", before: "connecting" },
    "closed_abandoned",
  ],
  [
    "failed",
    { direction: "outbound", outcome: "failed", before: "connecting" },
    "closed_abandoned",
  ],
  [
    "no audio",
    { outcome: "noAudio", before: "connecting" },
    "closed_abandoned",
  ],
]))
  test(`the state of a call that is over: ${name}`, () => {
    const { before = "talking", ...rest } = contact;
    const page = created({ ...rest, outcome: undefined, phase: before });
    const over = contactOf({ ...rest, phase: "over", participants: [] });
    const { body } = only(page.update([over], 5), "change");
    assert.equal(body.interaction.additionalParams.state, state);
  });

for (const outcome of ["missed", "rejected", "callerLeft"])
  test(`a call that nobody accepted gets none: ${outcome}`, () => {
    const page = agentPage();
    page.update([contactOf({ phase: "offered" })], 0);
    const over = contactOf({ phase: "over", outcome, participants: [] });
    assert.deepEqual(page.update([over], 1), []);
    assert.deepEqual(page.update([], 2), []);
  });

test("with createAt offered it is there while it rings, and goes back if it is missed", () => {
  const { table } = readInteractionTable('{"createAt": "offered"}');
  const page = agentPage({ table });
  const { body } = only(
    page.update([contactOf({ phase: "offered" })], 0),
    "create",
  );
  assert.equal(body.interaction.additionalParams.state, "new");
  assert.equal(body.phoneLogs, undefined);
  page.created("c1", ANSWER, 1);
  const over = contactOf({
    phase: "over",
    outcome: "missed",
    participants: [],
  });
  const { body: back } = only(page.update([over], 2), "change");
  assert.deepEqual(back.interaction.additionalParams, { assigned_to: "" });
});

for (const [name, number] of [
  ["withheld", undefined],
  ["no number", "anonymous"],
  ["a SIP address", "sip:ada@example.com"],
])
  test(`whoever has no number in E.164 form has the table's: ${name}`, () => {
    const contact = contactOf({ customer: { number } });
    const { body } = only(agentPage().update([contact], 0), "create");
    assert.equal(body.interaction.userPhoneNumber, "+999000000000");
    assert.match(
      body.interaction.additionalParams.short_description,
      /withheld/,
    );
    const { table } = readInteractionTable({ anonymousNumber: "" });
    assert.deepEqual(agentPage({ table }).update([contact], 0), []);
  });

test("what has no interaction: chats, whoever listens in, calls between agents", () => {
  for (const change of [
    { kind: "chat" },
    { kind: "task" },
    { monitoring: "silentMonitor" },
    { direction: "internal", customer: {} },
  ])
    assert.deepEqual(agentPage().update([contactOf(change)], 0), []);
});

test("what changes while it is being created goes after it, as one", () => {
  const page = agentPage();
  only(page.update([contactOf()], 0), "create");
  const over = { outcome: "answered", participants: [], endedBy: "agent" };
  assert.deepEqual(
    page.update([contactOf({ ...over, phase: "wrapUp" })], 1),
    [],
  );
  assert.deepEqual(page.update([], 2), []);
  const { body } = only(page.created("c1", ANSWER, 3), "change");
  assert.deepEqual(body.interaction.additionalParams, {
    state: "closed_complete",
  });
  assert.equal(body.interactionContext.connect_outcome, "answered");
});

test("a request that failed is made again, later each time, and after some it is left", () => {
  const page = agentPage();
  only(page.update([contactOf()], 0), "create");
  let nowMs = 0;
  let orders = page.failed("c1", { status: 503 }, (nowMs += 10));
  /** @type {number[]} */
  const waits = [];
  for (let step = 0; orders.length > 0; step += 1) {
    assert.ok(step < 40);
    const [order] = /** @type {any[]} */ (orders);
    if (order.wait) {
      waits.push(order.wait.forMs);
      orders = page.retry((nowMs += order.wait.forMs));
    } else if (order.find) orders = page.found("c1", { result: [] }, nowMs);
    else orders = page.failed("c1", { status: 503 }, nowMs);
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16000]);
  assert.equal(page.problems.length, 1);
  assert.match(page.problems[0], /HTTP 503/);
});

test("a POST without an answer is looked for before it is made again", () => {
  const page = agentPage();
  only(page.update([contactOf()], 0), "create");
  const { forMs } = only(page.failed("c1", new Error("network"), 1), "wait");
  const { path } = only(page.retry(1 + forMs), "find");
  assert.equal(
    path,
    "/api/now/table/interaction?sysparm_query=client_session_id%3Dc1&sysparm_fields=sys_id,number,assigned_to,client_session_id&sysparm_limit=2",
  );
  const row = {
    sys_id: SYS_ID,
    number: "IMS1",
    assigned_to: { value: ME },
    client_session_id: "c1",
  };
  const { sysId } = only(page.found("c1", { result: [row] }, 2000), "change");
  assert.equal(sysId, SYS_ID);
});

test("an interaction that is of another call is not believed", () => {
  const page = agentPage();
  only(page.update([contactOf({ id: "c2", initialId: "c1" })], 0), "find");
  const rows = [{ sys_id: SYS_ID, number: "IMS1", assigned_to: "" }];
  only(page.found("c1", { result: rows }, 1), "create");
});

for (const status of [400, 403, 404])
  test(`what cannot succeed is not tried again: HTTP ${status}`, () => {
    const page = agentPage();
    only(page.update([contactOf()], 0), "create");
    assert.deepEqual(page.failed("c1", { status }, 1), []);
    assert.deepEqual(page.update([contactOf({ phase: "held" })], 60_000), []);
    assert.match(page.problems[0], new RegExp(`HTTP ${status}\\. [A-Z]`));
  });

test("an answer without a sys_id is a failure", () => {
  for (const answer of [
    undefined,
    null,
    "ok",
    {},
    { result: { status: "FAILURE", sysId: SYS_ID } },
    { result: { sysId: "../x" } },
  ]) {
    const page = agentPage();
    only(page.update([contactOf()], 0), "create");
    only(page.created("c1", answer, 1), "wait");
    assert.equal(page.known.size, 0);
  }
});

test("after a reload nothing is created again, and what has ended meanwhile is closed", () => {
  const storage = storageOf();
  created({}, { storage });
  const reloaded = agentPage({ storage, tab: "t2" });
  assert.deepEqual([...reloaded.known.keys()], ["c1"]);
  assert.deepEqual(reloaded.update([contactOf()], 100), []);
  const again = agentPage({ storage, tab: "t3" });
  const { forMs } = only(again.update([], 200), "wait");
  const { body } = only(again.retry(200 + forMs), "change");
  assert.equal(body.interaction.additionalParams.state, "closed_complete");
});

test("a reload while it is being created looks for it before anything else", () => {
  const storage = storageOf();
  only(agentPage({ storage }).update([contactOf()], 0), "create");
  const reloaded = agentPage({ storage, tab: "t2" });
  const { forMs } = only(reloaded.update([contactOf()], 100), "wait");
  only(reloaded.retry(100 + forMs), "find");
  only(reloaded.found("c1", { result: [] }, 30_000), "create");
});

test("of two tabs one creates it, and the other knows it", () => {
  for (const media of ["unknown", "elsewhere", "here"]) {
    const storage = storageOf();
    const one = agentPage({ storage, tab: "t1" });
    const two = agentPage({ storage, tab: "t2" });
    const [seen] = [
      contactOf({ media: media === "elsewhere" ? "here" : media }),
    ];
    let orders = [
      ...one.update([seen], 0).map((order) => ({ order, page: one })),
      ...two
        .update([contactOf({ media })], 1)
        .map((order) => ({ order, page: two })),
    ];
    let creations = 0;
    for (let nowMs = 2; orders.length > 0 && nowMs < 30_000; nowMs += 100) {
      const due = orders.splice(0);
      for (const { order, page } of due) {
        if ("create" in order) {
          creations += 1;
          page.created("c1", ANSWER, nowMs);
        } else if ("wait" in order)
          orders.push(
            ...page.retry(nowMs).map((next) => ({ order: next, page })),
          );
        else assert.fail(Object.keys(order)[0]);
      }
    }
    assert.equal(creations, 1, media);
    two.update([contactOf({ media })], 40_000);
    assert.deepEqual([...two.known.keys()], ["c1"]);
  }
});

test("a call whose interaction a flow has made is taken, not created", () => {
  const page = agentPage();
  const attributes = { interactionId: SYS_ID, snc_user_sys_id: OTHER };
  assert.deepEqual(
    page.update([contactOf({ attributes, phase: "offered" })], 0),
    [],
  );
  assert.equal(page.known.get("c1")?.sysId, SYS_ID);
  const { body } = only(page.update([contactOf({ attributes })], 1), "change");
  assert.equal(body.interaction.additionalParams.assigned_to, ME);
  assert.deepEqual(body.relatedRecords, [
    { documentTable: "sys_user", documentId: OTHER },
  ]);
});

test("a caller who gave up leaves such an interaction abandoned, and nobody's", () => {
  const page = agentPage();
  const attributes = { interactionId: SYS_ID };
  page.update([contactOf({ attributes, phase: "offered" })], 0);
  const over = contactOf({
    attributes,
    phase: "over",
    outcome: "callerLeft",
    participants: [],
  });
  const { body } = only(page.update([over], 1), "change");
  assert.deepEqual(body.interaction.additionalParams, {
    state: "closed_abandoned",
  });
});

test("what a flow tells is no sys_id unless it is one", () => {
  const page = agentPage();
  const attributes = {
    interactionId: "../../x",
    snc_user_sys_id: "1^ORactive=true",
  };
  const { body } = only(page.update([contactOf({ attributes })], 0), "create");
  assert.equal(body.relatedRecords, undefined);
});

test("the record that was clicked is related, once", () => {
  const page = created({ direction: "outbound" });
  const record = { entity: "customer_contact", sysId: OTHER };
  const { body } = only(page.relate("c1", record, 5), "change");
  assert.deepEqual(body.relatedRecords, [
    { documentTable: "customer_contact", documentId: OTHER },
  ]);
  page.changed("c1", 6);
  assert.deepEqual(page.relate("c1", record, 7), []);
  assert.deepEqual(page.relate("c9", record, 8), []);
  assert.deepEqual(page.relate("c1", { entity: "a b", sysId: "x" }, 9), []);
});

const US = [person("agent", "agent"), person("customer", "p1")];
const ended = { phase: "wrapUp", outcome: "answered", participants: [] };

for (const [
  name,
  third,
  endedBy,
  fields,
] of /** @type {[string, object, string, object][]} */ ([
  [
    "to an agent or a queue",
    { state: "connectedToQueue", label: "Ada" },
    "agent",
    { assigned_to: "" },
  ],
  [
    "before they answered",
    { state: "connecting", label: "Ada" },
    "agent",
    { assigned_to: "" },
  ],
  [
    "by Amazon's panel",
    { state: "connectedToQueue", label: "Ada" },
    "other",
    { assigned_to: "" },
  ],
  [
    "to a number",
    { state: "connected", label: "+12065550199" },
    "agent",
    { state: "closed_complete" },
  ],
  [
    "the caller left while it rang",
    { state: "connecting", label: "Ada" },
    "other",
    { state: "closed_complete" },
  ],
]))
  test(`a call that the agent has left to others: ${name}`, () => {
    const page = created();
    const consult = [...US, person("thirdParty", "p2", third)];
    assert.deepEqual(
      page.update([contactOf({ participants: consult })], 5),
      [],
    );
    const orders = page.update([contactOf({ ...ended, endedBy })], 6);
    const first = only(orders, "change").body.interaction.additionalParams;
    const last = /** @type {any[]} */ (page.changed("c1", 7)).concat(
      page.update([], 8),
    );
    const then = last[0]?.change.body.interaction.additionalParams;
    assert.deepEqual({ ...first, ...then }, fields);
    page.changed("c1", 9);
    assert.deepEqual(page.update([], 10), []);
  });

test("a consultation that ends is no transfer", () => {
  const page = created();
  const third = person("thirdParty", "p2", { state: "connectedToQueue" });
  page.update([contactOf({ participants: [...US, third] })], 5);
  page.update([contactOf({ participants: US })], 6);
  const orders = page.update([contactOf({ ...ended, endedBy: "agent" })], 7);
  const { body } = only(orders, "change");
  assert.equal(body.interaction.additionalParams, undefined);
});

test("the second agent gets it when the first has left, and not before", () => {
  const page = agentPage();
  const contact = contactOf({ id: "c2", initialId: "c1" });
  only(page.update([contact], 0), "find");
  const row = { sys_id: SYS_ID, number: "IMS1", client_session_id: "c1" };
  const first = {
    result: [{ ...row, assigned_to: { link: "x", value: OTHER } }],
  };
  const { forMs } = only(page.found("c1", first, 1), "wait");
  assert.equal(page.known.get("c1")?.sysId, SYS_ID);
  const { path } = only(page.retry(1 + forMs), "find");
  assert.match(path, new RegExp(`/interaction/${SYS_ID}\\?`));
  const second = { result: { ...row, assigned_to: "" } };
  const { body } = only(page.found("c1", second, 6000), "change");
  assert.equal(body.interaction.additionalParams.assigned_to, ME);
  assert.equal(body.phoneLogs[0].call_id, "c2");
  page.changed("c1", 6001);
  const orders = page.update([], 6002);
  assert.equal(
    only(orders, "change").body.interaction.additionalParams.state,
    "closed_complete",
  );
});

test("a call that another agent hands over is looked for while it is offered, for two seconds at most", () => {
  const offered = contactOf({ id: "c2", initialId: "c1", phase: "offered" });
  const row = { sys_id: SYS_ID, assigned_to: OTHER, client_session_id: "c1" };
  const searches = () => {
    const page = agentPage();
    const orders = page.update([offered], 0);
    assert.deepEqual(
      orders.map((one) => Object.keys(one)[0]),
      ["find", "wait"],
    );
    assert.deepEqual([...page.searching], ["c1"]);
    return page;
  };
  const found = searches();
  assert.deepEqual(found.found("c1", { result: [row] }, 1), []);
  assert.deepEqual([...found.searching], []);
  assert.equal(found.known.get("c1")?.sysId, SYS_ID);
  // Accepted: it is the first agent's still.
  only(found.update([contactOf({ id: "c2", initialId: "c1" })], 2), "wait");

  const none = searches();
  assert.deepEqual(none.found("c1", { result: [] }, 1), []);
  assert.deepEqual([...none.searching], []);

  const silent = searches();
  silent.retry(1999);
  assert.deepEqual([...silent.searching], ["c1"]);
  silent.retry(2000);
  assert.deepEqual([...silent.searching], []);

  const nowhere = agentPage({
    table: { ...readInteractionTable("").table, findColumn: "" },
  });
  assert.deepEqual(nowhere.update([offered], 0), []);
  assert.deepEqual([...nowhere.searching], []);
});

test("a second agent whom the first has only asked never gets it", () => {
  const page = agentPage();
  only(page.update([contactOf({ id: "c2", initialId: "c1" })], 0), "find");
  const row = { sys_id: SYS_ID, assigned_to: OTHER, client_session_id: "c1" };
  page.found("c1", { result: [row] }, 1);
  const over = contactOf({ id: "c2", initialId: "c1", ...ended });
  assert.deepEqual(page.update([over], 2), []);
  assert.deepEqual(page.update([], 3), []);
  assert.deepEqual(page.retry(60_000), []);
});

test("where it cannot be looked for, a transferred call has none rather than a second", () => {
  const page = agentPage();
  only(page.update([contactOf({ id: "c2", initialId: "c1" })], 0), "find");
  assert.deepEqual(page.failed("c1", { status: 403 }, 1), []);
  assert.match(page.problems[0], /interaction_agent/);
  const callback = contactOf({ id: "c3", initialId: "c0", kind: "callback" });
  only(page.update([callback], 60_000), "find");
  only(page.failed("c0", { status: 403 }, 60_001), "wait");
  const { body } = only(page.retry(70_000), "create");
  assert.equal(body.interaction.callbackPhoneNumber, "+12065550100");
});

test("the storage holds no number, and nothing in it is believed that is not of its form", () => {
  const storage = storageOf();
  created({ customer: { number: "+12065550100", name: "Ada" } }, { storage });
  assert.doesNotMatch(JSON.stringify(storage.items), /2065550100|Ada/);
  const key = Object.keys(storage.items)[0];
  for (const text of [
    "{",
    "[]",
    "7",
    '{"c1":7}',
    '{"c1":{"seen":{},"told":{}}}',
    '{"c1":{"seen":{"contactId":"c1","startMs":0,"parties":{}},"told":{},"related":[],"atMs":0,"tries":0,"sysId":"../../x"}}',
    "x".repeat(200_000),
  ]) {
    const page = agentPage({ storage: storageOf({ [key]: text }) });
    assert.equal(page.known.size, 0);
    only(page.update([contactOf()], 0), "create");
  }
});

test("an entry that is partly spoilt is no entry", () => {
  const storage = storageOf();
  created({}, { storage });
  const [[key, text]] = Object.entries(storage.items);
  const { c1 } = JSON.parse(text);
  for (const spoilt of [
    { ...c1, seen: { ...c1.seen, startMs: 1e300 } },
    { ...c1, seen: { ...c1.seen, endMs: "later" } },
    { ...c1, related: [null] },
    { ...c1, related: [{ table: "a b", sysId: SYS_ID }] },
    { ...c1, related: [{ table: "sys_user", sysId: "../x" }] },
  ]) {
    const items = { [key]: JSON.stringify({ c1: spoilt }) };
    const page = agentPage({ storage: storageOf(items) });
    only(page.update([contactOf()], 0), "create");
  }
});

test("without a storage, or with one that refuses, a tab remembers by itself", () => {
  const refuse = () => {
    throw new Error("no");
  };
  for (const storage of [
    undefined,
    { getItem: refuse, setItem: refuse },
    { getItem: () => null, setItem: refuse },
  ]) {
    const page = created({}, { storage });
    assert.deepEqual(page.update([contactOf({ phase: "held" })], 5), []);
    only(page.update([], 6), "change");
  }
});

for (const [value, field] of /** @type {[unknown, string][]} */ ([
  ["{", "interaction"],
  [[], "interaction"],
  [{ createAt: "later" }, "interaction.createAt"],
  [{ anonymousNumber: "none" }, "interaction.anonymousNumber"],
  [{ inboundId: "x" }, "interaction.inboundId"],
  [{ states: { done: "x" } }, "interaction.states"],
  [{ states: { new: 7 } }, "interaction.states"],
  [{ fields: { "a b": "c" } }, "interaction.fields"],
  [{ phoneLog: { end: "end time" } }, "interaction.phoneLog"],
  [{ attributes: [7] }, "interaction.attributes"],
  [{ related: [{ table: "x" }] }, "interaction.related"],
  [{ findColumn: "a^b" }, "interaction.findColumn"],
  [{ descriptions: "x" }, "interaction.descriptions"],
  [{ misspelt: 1 }, "interaction.misspelt"],
]))
  test(`a mistake in the property has its default: ${JSON.stringify(value)}`, () => {
    const { table, problems } = readInteractionTable(value);
    assert.equal(problems[0]?.field, field);
    assert.deepEqual(table, readInteractionTable(undefined).table);
  });

test("a phone log with an end waits for it", () => {
  const { table, problems } = readInteractionTable({
    phoneLog: { end: "end_time", number: "phone_number" },
    states: { complete: "7" },
    fields: { type: "phone" },
  });
  assert.deepEqual(problems, []);
  const page = agentPage({ table });
  const { body } = only(page.update([contactOf()], 0), "create");
  assert.equal(body.phoneLogs, undefined);
  assert.equal(body.interaction.additionalParams.type, "phone");
  page.created("c1", ANSWER, 1);
  const endedAtMs = Date.UTC(2024, 10, 4, 21, 50);
  const over = contactOf({ ...ended, endedAtMs });
  const { body: last } = only(page.update([over], 2), "change");
  assert.deepEqual(last.phoneLogs, [
    {
      agent: ME,
      call_id: "c1",
      start_time: "2024-11-04 21:45:00",
      end_time: "2024-11-04 21:50:00",
      phone_number: "+12065550100",
    },
  ]);
});

test("an interaction that ServiceNow has made for an accepted offer is taken, not created", () => {
  const page = agentPage();
  assert.deepEqual(page.update([contactOf({ phase: "offered" })], 0), []);
  assert.deepEqual(page.adopt("c1", "no sys_id", 1), []);
  assert.deepEqual(page.adopt("unknown", SYS_ID, 1), []);
  assert.deepEqual(page.adopt("c1", SYS_ID, 1), []);
  assert.equal(page.known.get("c1")?.sysId, SYS_ID);
  const { sysId, body } = only(page.update([contactOf()], 2), "change");
  assert.equal(sysId, SYS_ID);
  assert.equal(body.interaction.additionalParams.state, "work_in_progress");
  // Another one does not replace it.
  page.adopt("c1", "f".repeat(32), 3);
  assert.equal(page.known.get("c1")?.sysId, SYS_ID);
});
