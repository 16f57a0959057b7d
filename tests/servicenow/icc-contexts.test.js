// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  agent,
  call,
  nowMs,
  offered,
  only,
  queues,
  ready,
  settings,
  user,
} from "./icc-call.js";
import { entries, story, types } from "./icc-story.js";

/** @typedef {import("connect-softphone").SoftphoneContact} Contact */
/** @typedef {Partial<import("../../www/servicenow/icc/contexts.js").State>} Some */

describe("what is sent", () => {
  test("from ring to the end", () => {
    const { tell } = story();
    assert.deepEqual(types(tell([])), ["activeCall", "idleState"]);
    assert.deepEqual(types(tell([])), []);
    assert.deepEqual(types(tell([offered()])), ["offerContext", "idleState"]);
    assert.deepEqual(types(tell([offered({ can: only() })])), []);
    assert.deepEqual(types(tell([call()])), ["activeCall", "searchTargetList"]);
    assert.deepEqual(types(tell([call()])), []);
    assert.deepEqual(types(tell([call({ muted: true })])), ["activeCall"]);
    assert.deepEqual(types(tell([call({ phase: "wrapUp" })])), [
      "activeCall",
      "idleState",
    ]);
    assert.deepEqual(types(tell([])), []);
    assert.deepEqual(types(tell([call({ id: "c-2" })])), [
      "activeCall",
      "searchTargetList",
    ]);
  });

  test("the dial pad and an empty list again, though they are as before the call", () => {
    const { tell } = story();
    tell([]);
    for (const _ of [1, 2]) {
      assert.deepEqual(types(tell([call()])), [
        "activeCall",
        "searchTargetList",
      ]);
      assert.deepEqual(types(tell([])), ["activeCall", "idleState"]);
    }
  });

  test("not the dial pad, while one of two calls goes on", () => {
    const { tell } = story();
    tell([call(), call({ id: "c-2" })]);
    assert.deepEqual(types(tell([call()])), ["activeCall", "searchTargetList"]);
    assert.deepEqual(types(tell([])), ["activeCall", "idleState"]);
  });

  test("nothing before there is something to tell", () => {
    const { tell } = story();
    for (const phase of /** @type {const} */ ([
      "opening",
      "signInNeeded",
      "signingIn",
      "failed",
    ]))
      assert.deepEqual(
        tell([], { status: { ...ready, phase }, agent: null }),
        [],
      );
  });

  test("nothing while the phone opens again, and the end once it is out", () => {
    const { tell } = story();
    tell([call()]);
    for (const phase of /** @type {const} */ (["opening", "signingIn"]))
      assert.deepEqual(
        tell([], { status: { ...ready, phase }, agent: null }),
        [],
      );
    const out = tell([], {
      status: { ...ready, phase: "signedOut" },
      agent: null,
    });
    assert.deepEqual(types(out), ["activeCall", "idleState"]);
    assert.deepEqual(
      Object.values(/** @type {any} */ (out[1].context).enableState),
      [false, false, false, false],
    );
  });
});

describe("idleState", () => {
  /** @param {Contact[]} contacts @param {Some} [more] @param {Parameters<typeof story>[0]} [options] @returns {any} */
  const idle = (contacts, more, options) =>
    story(options).tell(contacts, more).at(-1)?.context;

  test("lets the agent dial and search", () => {
    assert.deepEqual(idle([]), {
      capability: {
        globalContactSearch: true,
        logOut: true,
        outBoundCall: true,
        phoneDirectory: false,
        outboundQueueSelection: false,
      },
      enableState: {
        logOut: true,
        outBoundCall: true,
        outboundQueueSelection: false,
        phoneDirectory: false,
      },
      dialpadInfoMessage: { label: "Queue:", value: "Sales" },
    });
  });

  test("lets nobody dial who may not", () => {
    const { capability, enableState } = idle([], {
      agent: { ...agent, permissions: [] },
    });
    assert.equal(capability.outBoundCall, false);
    assert.equal(capability.globalContactSearch, false);
    assert.equal(enableState.outBoundCall, false);
  });

  for (const [
    what,
    contact,
    dial,
    out,
  ] of /** @type {[string, Contact, boolean, boolean][]} */ ([
    ["a call is offered", offered(), false, false],
    ["a chat goes on", call({ kind: "chat" }), true, false],
    ["there is after contact work", call({ phase: "wrapUp" }), true, true],
  ]))
    test(`while ${what}`, () => {
      const { enableState } = idle([contact]);
      assert.deepEqual(
        [enableState.outBoundCall, enableState.logOut],
        [dial, out],
      );
    });

  test("tells the queue that the agent has chosen", () => {
    const features = { agentSettings: true };
    const outboundQueue = queues.support.arn;
    const { dialpadInfoMessage, capability } = idle(
      [],
      { outboundQueue },
      { features },
    );
    assert.equal(dialpadInfoMessage.value, "Support");
    assert.equal(capability.outboundQueueSelection, true);
  });
});

describe("offerContext", () => {
  /** @param {Partial<Contact>} one @param {Parameters<typeof story>[0]} [options] @param {number} [atMs] */
  const offer = (one, options, atMs) =>
    entries(story(options).tell([offered(one)], {}, atMs), "offerContext")?.[0];

  test("has what is known of an offer", () => {
    assert.deepEqual(offer({ id: "c-7" }, { ringMs: 20_000 }), {
      nowRecordTable: "interaction",
      type: "phone",
      externalId: "c-7",
      externalSegmentId: "c-7",
      queueId: queues.sales.arn,
      requesterId: "+12065550100",
      assignment: {
        allowedToDecline: true,
        enableAutoAssign: false,
        offeredOn: "Wed, 01 Jul 2026 12:00:28 GMT",
        timeout: "20000",
      },
      displayContent: {
        title: "Phone",
        displayContent1: "Carla Customer",
        displayContent2: "Sales",
      },
    });
  });

  test("is never in the future, whatever the clocks say", () => {
    const { assignment } = offer({ offeredAtMs: nowMs + 60_000 });
    assert.equal(assignment.offeredOn, "Wed, 01 Jul 2026 12:00:28 GMT");
    assert.match(
      assignment.offeredOn,
      /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
    );
  });

  test("says who is asked when another agent hands a call over", () => {
    assert.deepEqual(offer({ id: "c-9", initialId: "c-8" }).transferContent, {
      sourceQueueId: queues.sales.arn,
      targetId: queues.sales.arn,
      targetType: "queue",
      transferType: "consult",
    });
    const own = {
      id: "c-9",
      initialId: "c-8",
      queue: { arn: "arn:own", name: "" },
    };
    assert.equal(offer(own).transferContent.targetType, "agent");
    assert.equal(offer(own).transferContent.targetId, user.sysId);
  });

  test("is made once for each contact, and again for one that is offered again", () => {
    const { tell } = story();
    tell([]);
    assert.deepEqual(types(tell([offered()])), ["offerContext", "idleState"]);
    assert.deepEqual(
      entries(tell([offered(), offered({ id: "c-2" })]), "offerContext").length,
      1,
    );
    tell([call({ phase: "over" })]);
    assert.equal(types(tell([offered()])).includes("offerContext"), true);
  });

  test("waits as long as the interaction of a call that is handed over is looked for", () => {
    const { tell } = story();
    const one = offered({ id: "c-9", initialId: "c-8" });
    const searching = new Set(["c-8"]);
    assert.equal(
      types(tell([one], { searching })).includes("offerContext"),
      false,
    );
    const interactions = new Map([["c-8", { sysId: "now-c-8" }]]);
    const [made] = entries(tell([one], { interactions }), "offerContext");
    assert.equal(made.nowRecordId, "now-c-8");
    assert.equal(
      types(tell([one], { interactions })).includes("offerContext"),
      false,
    );
  });

  test("is not made where it is switched off, and for what is not a call", () => {
    assert.equal(
      offer({}, { settings: { ...settings, "icc.offer": false } }),
      undefined,
    );
    assert.equal(offer({ kind: "chat" }), undefined);
  });

  test("has the interaction, if there is one, and the number of nobody", () => {
    const one = offer({ customer: {}, autoAccept: true, queue: undefined });
    assert.equal(one.nowRecordId, "now-c-1");
    assert.equal(one.requesterId, "c-1");
    assert.equal(one.assignment.enableAutoAssign, true);
    assert.equal("queueId" in one, false);
    assert.deepEqual(one.displayContent, { title: "Phone" });
  });
});

describe("the contexts of Brazil", () => {
  const chat = call({ id: "c-2", kind: "chat" });

  test("come only where they are known", () => {
    assert.deepEqual(types(story().tell([chat])), ["activeCall", "idleState"]);
    const features = { activeConversation: true, agentSettings: true };
    const { tell } = story({ features });
    const orders = tell([chat]);
    assert.deepEqual(types(orders), [
      "agentSettings",
      "activeConversation",
      "activeCall",
      "idleState",
    ]);
    assert.deepEqual(orders[0].context, {
      outboundQueue: {
        currentSelectedQueue: { label: "Sales", id: queues.sales.arn },
        targets: [
          { label: "Sales", id: queues.sales.arn },
          { label: "Support", id: queues.support.arn },
        ],
      },
    });
    assert.deepEqual(entries(orders, "activeConversation"), [
      {
        nowRecordId: "now-c-2",
        nowRecordTable: "Interaction",
        externalId: "c-2",
        wrapUpRequired: true,
      },
    ]);
    const own = { ...agent, defaultQueue: { arn: "arn:own", name: "" } };
    const then = tell([], { agent: own });
    assert.deepEqual(entries(then, "activeConversation"), []);
    const { outboundQueue } = /** @type {any} */ (then[0].context);
    assert.deepEqual(Object.keys(outboundQueue), ["targets"]);
  });

  test("do not show a chat without an interaction, or one that is offered", () => {
    const features = { activeConversation: true };
    const others = [
      call({ id: "c-3", kind: "chat" }),
      offered({ id: "c-2", kind: "chat" }),
    ];
    assert.equal(
      types(story({ features }).tell(others)).includes("activeConversation"),
      false,
    );
  });
});
