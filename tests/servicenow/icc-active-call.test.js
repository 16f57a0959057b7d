// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  agentParticipant,
  call,
  interactions,
  nowMs,
  only,
  participant,
  settings,
  user,
} from "./icc-call.js";
import { entries, story, told, types } from "./icc-story.js";

/** @typedef {import("connect-softphone").SoftphoneRecording} Recording */

describe("activeCall", () => {
  test("keeps a button whose command is under way, and no other that is off", () => {
    const { currentParticipant } = told({
      can: only("hangUp"),
      cannot: {
        sendDigits: "This is under way.",
        hold: "Somebody is still being called.",
      },
    });
    const { dtmf, hold, mute } = currentParticipant.capabilities;
    assert.deepEqual(
      { dtmf, hold, mute },
      { dtmf: true, hold: false, mute: false },
    );
  });

  test("has every field that the snapshot fills", () => {
    assert.deepEqual(told({}), {
      nowRecordTable: "interaction",
      nowRecordId: "now-c-1",
      externalId: "c-1",
      type: "call",
      direction: "inbound",
      currentParticipant: {
        id: user.sysId,
        name: "Ada Agent",
        actor: "agent",
        state: "connected",
        callStartTime: "Wed, 01 Jul 2026 12:00:00 GMT",
        connectedTime: "Wed, 01 Jul 2026 12:00:10 GMT",
        held: false,
        muted: false,
        paused: false,
        flagged: false,
        recording: "none",
        capabilities: {
          endCall: true,
          hold: true,
          mute: true,
          dtmf: true,
          transfer: true,
          mergeCall: false,
          leaveAndTransfer: false,
          flag: true,
          startRecording: false,
          pauseRecording: false,
          resumeRecording: false,
          stopRecording: false,
        },
      },
      participants: [
        {
          id: "customer",
          actor: "customer",
          name: "Carla Customer",
          address: "+12065550100",
          ani: "+12065550100",
          state: "connected",
          connectedTime: "Wed, 01 Jul 2026 12:00:10 GMT",
          muted: false,
          held: false,
          capabilities: { endCall: true, hold: true, mute: false },
          requireWrapup: true,
        },
      ],
    });
  });

  for (const [phase, shown] of /** @type {const} */ ([
    ["offered", false],
    ["connecting", true],
    ["talking", true],
    ["held", true],
    ["wrapUp", false],
    ["over", false],
  ]))
    test(`${shown ? "shows" : "does not show"} what is ${phase}`, () => {
      const calls = entries(story().tell([call({ phase })]), "activeCall");
      assert.equal(calls.length, shown ? 1 : 0);
    });

  for (const kind of /** @type {const} */ (["chat", "task", "email", "other"]))
    test(`does not show a contact of the kind ${kind}`, () =>
      assert.deepEqual(
        entries(story().tell([call({ kind })]), "activeCall"),
        [],
      ));

  for (const [can, flags] of /** @type {const} */ ([
    [["hangUp"], ["endCall"]],
    [["leave"], ["endCall", "leaveAndTransfer"]],
    [["hold"], ["hold"]],
    [["resume"], ["hold"]],
    [["mute"], ["mute"]],
    [["unmute"], ["mute"]],
    [["sendDigits"], ["dtmf"]],
    [["consult"], ["transfer"]],
    [["transfer"], ["transfer"]],
    [["conference"], ["mergeCall"]],
    [["reportIssue"], ["flag"]],
    [["accept", "swap", "finish"], []],
  ]))
    test(`turns can.${can.join(", can.")} into ${flags.join(", ") || "nothing"}`, () => {
      const { capabilities } = told({ can: only(...can) }).currentParticipant;
      const on = Object.keys(capabilities).filter((key) => capabilities[key]);
      assert.deepEqual(on, flags);
    });

  for (const [
    recording,
    expected,
    flags,
  ] of /** @type {[Recording, object, string[]][]} */ ([
    [
      { state: "off", can: ["start"] },
      { recording: "none", paused: false },
      ["startRecording"],
    ],
    [
      { state: "on", can: ["pause", "stop"] },
      { recording: "in_progress", paused: false },
      ["pauseRecording", "stopRecording"],
    ],
    [
      { state: "paused", can: ["resume"] },
      { recording: "in_progress", paused: true },
      ["resumeRecording"],
    ],
    [{ state: "unknown", can: [] }, { recording: "none", paused: false }, []],
  ]))
    test(`tells a recording that is ${recording.state}`, () => {
      const recordings = new Map([["c-1", recording]]);
      const { currentParticipant: one } = told({ can: only() }, { recordings });
      const { capabilities } = one;
      assert.deepEqual(
        { recording: one.recording, paused: one.paused },
        expected,
      );
      assert.deepEqual(
        Object.keys(capabilities).filter((key) => capabilities[key]),
        flags,
      );
    });

  test("knows the agent by their sys_id, or as participant where that is set", () => {
    const other = {
      settings: { ...settings, "icc.participant_id": "participant" },
    };
    assert.equal(told({}).currentParticipant.id, user.sysId);
    assert.equal(told({}, {}, other).currentParticipant.id, "participant1");
    assert.equal(
      told({}, {}, { user: { sysId: "" } }).currentParticipant.id,
      "participant1",
    );
  });

  test("has its times from when they were, not from when a state began", () => {
    const { tell } = story();
    const one = {
      ...participant({ id: "p-2", role: "thirdParty", label: "Bea" }),
    };
    tell([
      call({
        phase: "connecting",
        sinceMs: nowMs - 30_000,
        offeredAtMs: undefined,
        participants: [one],
      }),
    ]);
    const held = {
      ...one,
      state: /** @type {const} */ ("held"),
      held: true,
      sinceMs: nowMs,
    };
    const [entry] = entries(
      tell([
        call({
          phase: "held",
          sinceMs: nowMs,
          offeredAtMs: undefined,
          participants: [held],
        }),
      ]),
      "activeCall",
    );
    assert.equal(
      entry.currentParticipant.callStartTime,
      "Wed, 01 Jul 2026 12:00:00 GMT",
    );
    assert.equal(
      entry.participants[0].connectedTime,
      "Wed, 01 Jul 2026 12:00:10 GMT",
    );
    assert.equal(
      entry.participants[0].heldAtTime,
      "Wed, 01 Jul 2026 12:00:30 GMT",
    );
  });

  test("tells since when somebody is called, and then since when they are there", () => {
    const { tell } = story();
    const times = /** @type {const} */ (["connecting", "connected"]).map(
      (state, index) => {
        const sinceMs = nowMs + index * 5_000;
        const third = participant({
          id: "p-2",
          role: "thirdParty",
          label: "Bea",
          state,
          sinceMs,
        });
        const [entry] = entries(
          tell([call({ participants: [third] })]),
          "activeCall",
        );
        return entry.participants[0].connectedTime;
      },
    );
    assert.deepEqual(times, [
      "Wed, 01 Jul 2026 12:00:30 GMT",
      "Wed, 01 Jul 2026 12:00:35 GMT",
    ]);
  });

  test("tells a customer's connection from before they were held, at first sight", () => {
    const customer = participant({ state: "held", held: true, sinceMs: nowMs });
    const { participants } = told({ phase: "held", participants: [customer] });
    assert.equal(
      participants[0].connectedTime,
      "Wed, 01 Jul 2026 12:00:10 GMT",
    );
  });

  for (const [label, state, actor] of /** @type {const} */ ([
    ["+12065550111", "connecting", "external"],
    ["+12065550111", "connectedToQueue", "agent"],
    ["Bea", "connected", "agent"],
    ["Billing", "connectedToQueue", "queue"],
    ["Bank", "connected", "external"],
  ]))
    test(`takes ${label}, ${state}, for ${actor}`, () => {
      const { contexts, tell } = story();
      const items = [
        { name: "Billing", type: "queue", arn: "a/1" },
        { name: "Bank", type: "phone_number", arn: "a/2", number: "+1" },
      ];
      contexts.targets("c-1", { items });
      const third = participant({
        id: "p-2",
        role: "thirdParty",
        label,
        state,
      });
      const contact = call({
        participants: [agentParticipant, participant({}), third],
      });
      const [entry] = entries(tell([contact]), "activeCall");
      assert.equal(entry.participants[1].actor, actor);
      assert.equal(entry.participants[1].requireWrapup, undefined);
    });

  test("tells an outbound call, whose customer is still being called", () => {
    const customer = participant({ state: "connecting" });
    const entry = told({
      direction: "outbound",
      phase: "connecting",
      answeredAtMs: undefined,
      participants: [customer],
    });
    assert.equal(entry.direction, "outbound");
    assert.equal(entry.currentParticipant.state, "connecting");
    assert.equal(entry.currentParticipant.connectedTime, undefined);
    assert.equal(entry.participants[0].state, "Ringing...");
    assert.equal(entry.participants[0].dnis, "+12065550100");
    assert.equal(entry.participants[0].ani, undefined);
  });

  test("tells a callback with its context", () => {
    const entry = told({ kind: "callback" });
    assert.equal(entry.type, "callback");
    assert.deepEqual(entry.callbackContext, {
      customerName: "Carla Customer",
      callbackNumbers: ["+12065550100"],
      callAttemptedByAgent: true,
    });
  });

  test("tells a campaign's preview as a callback that was not attempted", () => {
    const preview = { dialsAtMs: nowMs + 10_000, canDiscard: true };
    const can = only("dialPreview", "discardPreview");
    const entry = told({ phase: "connecting", preview, can, customer: {} });
    assert.deepEqual(entry.callbackContext, {
      customerName: "",
      callbackNumbers: [],
      callAttemptedByAgent: false,
      dialInEndTime: "Wed, 01 Jul 2026 12:00:40 GMT",
    });
    const { initiateCall, closeCallback } =
      entry.currentParticipant.capabilities;
    assert.deepEqual([initiateCall, closeCallback], [true, true]);
  });

  test("tells a supervisor's monitoring only where ICC knows supervisors", () => {
    const one = {
      monitoring: /** @type {const} */ ("silentMonitor"),
      can: only("hangUp", "bargeIn"),
    };
    const features = { activeConversation: true };
    const brazil = told(one, {}, { features });
    assert.equal(brazil.currentParticipant.actor, "supervisor");
    assert.deepEqual(brazil.currentParticipant.supervisor, {
      action: "monitoring",
    });
    assert.equal(brazil.currentParticipant.capabilities.barge, true);
    assert.equal(brazil.participants[0].requireWrapup, undefined);
    const australia = told(one);
    assert.equal(australia.currentParticipant.actor, "agent");
    assert.equal("supervisor" in australia.currentParticipant, false);
    assert.equal("barge" in australia.currentParticipant.capabilities, false);
  });

  test("holds a call back until it has an interaction, and says so", () => {
    const { contexts, tell } = story();
    const none = tell([call()], { interactions: interactions() });
    assert.deepEqual(entries(none, "activeCall"), []);
    assert.deepEqual(contexts.waiting, ["c-1"]);
    const idle = /** @type {any} */ (none.at(-1)?.context);
    assert.equal(idle.enableState.outBoundCall, false);
    const then = tell([call()]);
    assert.deepEqual(types(then), ["activeCall", "searchTargetList"]);
    assert.deepEqual(contexts.waiting, []);
  });

  test("has the interaction of the initial contact", () => {
    assert.equal(told({ id: "c-9", initialId: "c-2" }).nowRecordId, "now-c-2");
  });

  test("has both of two calls", () => {
    const two = [call({ phase: "held" }), call({ id: "c-2" })];
    const orders = story().tell(two);
    const ids = entries(orders, "activeCall").map(
      (/** @type {any} */ one) => one.externalId,
    );
    assert.deepEqual(ids, ["c-1", "c-2"]);
    assert.equal(entries(orders, "searchTargetList").length, 2);
  });
});
