// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Actions } from "../../www/servicenow/icc/actions.js";
import {
  agent,
  call,
  interactions,
  nowMs,
  offered,
  only,
  participant,
  queues,
  settings,
  user,
} from "./icc-call.js";
import { bea, billing, method, order, with_ } from "./icc-order.js";

/** @typedef {Partial<import("../../www/servicenow/icc/parties.js").State>} Some */

describe("an action becomes a command", () => {
  const three = with_({ participants: [...call().participants, bea] });
  const self = { participantId: user.sysId };
  for (const [
    name,
    payload,
    expected,
    state,
  ] of /** @type {[string, object, unknown[], Some?][]} */ ([
    ["mute", {}, ["mute", "c-1"]],
    ["mute", self, ["mute", "c-1"]],
    ["mute", { participantID: "participant1" }, ["mute", "c-1"]],
    ["mute", {}, ["unmute", "c-1"], with_({ muted: true })],
    ["mute", { muted: false }, ["unmute", "c-1"]],
    ["mute", { muted: "true" }, ["mute", "c-1"], with_({ muted: true })],
    ["muteParticipants", { event_type: "unmute" }, ["unmute", "c-1"]],
    [
      "mute",
      { participantId: "customer" },
      ["muteParticipant", "c-1", "customer"],
    ],
    [
      "mute",
      { participantId: "p-2", muted: false },
      ["unmuteParticipant", "c-1", "p-2"],
      three,
    ],
    ["mute", { kind: "constructor" }, ["mute", "c-1"]],
    ["unmute", {}, ["unmute", "c-1"]],
    ["hold", {}, ["hold", "c-1"]],
    [
      "hold",
      {},
      ["resume", "c-1"],
      with_({ phase: "held", can: only("resume") }),
    ],
    ["hold", { held: false }, ["resume", "c-1"]],
    [
      "hold",
      { participantId: "customer" },
      ["holdParticipant", "c-1", "customer"],
    ],
    [
      "hold",
      { participantId: "customer" },
      ["resumeParticipant", "c-1", "customer"],
      with_({ participants: [participant({ held: true })] }),
    ],
    ["HOLD", {}, ["hold", "c-1"]],
    ["un_hold", {}, ["resume", "c-1"]],
    ["endCall", {}, ["hangUp", "c-1"]],
    ["endCall", self, ["hangUp", "c-1"]],
    ["endCall", {}, ["leave", "c-1"], with_({ can: only("leave") })],
    [
      "endCall",
      {},
      ["leave", "c-1"],
      with_({
        can: only(),
        cannot: { leave: "Somebody is still being called." },
      }),
    ],
    ["endCall", {}, ["reject", "c-1"], { contacts: [offered()] }],
    [
      "endCall",
      { participantId: "p-2" },
      ["removeParticipant", "c-1", "p-2"],
      three,
    ],
    ["leaveAndTransfer", {}, ["leave", "c-1"]],
    ["callbackLeaveAndTransfer", { externalId: "c-1" }, ["leave", "c-1"]],
    ["mergeCall", {}, ["conference", "c-1"]],
    ["dtmf", { digit: 5 }, ["sendDigits", "c-1", "5"]],
    ["dtmf", { digits: "12#*" }, ["sendDigits", "c-1", "12#*"]],
    ["flag", {}, ["reportIssue", "c-1"]],
    ["pauseRecording", {}, ["pauseRecording", "c-1"]],
    [
      "handle_recording",
      { event_type: "stop_recording" },
      ["stopRecording", "c-1"],
    ],
    ["handle_recording", { event_type: "record" }, ["startRecording", "c-1"]],
    [
      "record",
      {},
      ["stopRecording", "c-1"],
      {
        recordings: new Map([["c-1", { state: "on", can: ["pause", "stop"] }]]),
      },
    ],
    [
      "outboundCallInitiated",
      { targetAddress: "+1", phoneNumber: "+12065550100" },
      ["dial", "+12065550100"],
      { contacts: [] },
    ],
    [
      "outboundCallInitiated",
      { targetAddress: "206 555 0100" },
      ["dial", "206 555 0100", { queueArn: "arn:q" }],
      { outboundQueue: "arn:q" },
    ],
    [
      "transferInitiated",
      { type: "queue", subType: "consult", targetId: "q-1" },
      ["consult", "c-1", billing],
    ],
    [
      "transferInitiated",
      { type: "queue", subType: "blind", targetId: "q-1" },
      ["transfer", "c-1", billing],
    ],
    [
      "callbackTransferInitiated",
      { type: "directTarget", targetId: "+12065550111" },
      ["transfer", "c-1", "+12065550111"],
    ],
    ["cancelTransfer", {}, ["removeParticipant", "c-1", "p-2"], three],
    [
      "initiateCall",
      {},
      ["dialPreview", "c-1"],
      with_({ phase: "connecting", preview: { canDiscard: true } }),
    ],
    ["initiateCall", {}, ["accept", "c-1"], { contacts: [offered()] }],
    [
      "initiateCall",
      { phoneNumber: "+12065550100" },
      ["dial", "+12065550100"],
      { contacts: [] },
    ],
    ["closeCallback", {}, ["discardPreview", "c-1"]],
    ["closeCallback", {}, ["finish", "c-1"], with_({ phase: "wrapUp" })],
    ["wrapUpInitiated", {}, ["finish", "c-1"], with_({ phase: "wrapUp" })],
    ["monitor", {}, ["monitor", "c-1"]],
    ["barge", {}, ["bargeIn", "c-1"]],
    ["accept", {}, ["accept", "c-1"], { contacts: [offered()] }],
    ["decline", {}, ["reject", "c-1"], { contacts: [offered()] }],
  ]))
    test(`${name} ${JSON.stringify(payload)}: ${expected.join(" ")}`, () =>
      assert.deepEqual(method(name, payload, state), expected));
});

describe("an action that is not a command", () => {
  for (const [
    name,
    payload,
    expected,
    state,
  ] of /** @type {[string, object, object, Some?][]} */ ([
    [
      "getSearchTarget",
      { searchType: "queue", searchTerm: " bill " },
      {
        kind: "search",
        contactId: "c-1",
        term: "bill",
        types: ["queue"],
        limit: undefined,
      },
    ],
    [
      "getSearchTarget",
      {
        externalCallId: "c-1",
        searchTerm: "",
        limit: 25,
        targetType: ["external", "agent", "x"],
      },
      {
        kind: "search",
        contactId: "c-1",
        term: "",
        types: ["agent", "external"],
        limit: 25,
      },
    ],
    [
      "getSearchTarget",
      { limit: "many" },
      {
        kind: "search",
        contactId: "c-1",
        term: "",
        types: undefined,
        limit: undefined,
      },
    ],
    [
      "getMoreInfo",
      { targetId: "q-1", targetType: "queue" },
      { kind: "moreInfo", contactId: "c-1", targetId: "q-1" },
    ],
    ["logout", {}, { kind: "logout" }],
    [
      "wrapUpInitiated",
      { wrapUpCode: "sold" },
      { kind: "wrapUp", contactId: "c-1", code: "sold" },
    ],
    [
      "iccRecordOpened",
      { nowRecordTable: "interaction", nowRecordId: "x" },
      { kind: "recordOpened", table: "interaction", sysId: "x" },
    ],
    [
      "outboundQueueSelected",
      { queueId: queues.support.arn },
      { kind: "selectQueue", queueArn: queues.support.arn },
    ],
    ["deviceSettings", {}, { kind: "deviceSettings" }],
  ]))
    test(`${name}: ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(order(name, payload, state), expected));

  test("is unknown: told by its keys, and kept", () => {
    const actions = new Actions({ settings, user });
    const action = {
      name: "helpRequest",
      payload: { note: "+12065550100" },
      truncated: false,
    };
    const one = actions.commandOf(
      action,
      { agent, contacts: [] },
      interactions(),
      nowMs,
    );
    assert.deepEqual(one, {
      kind: "unknown",
      name: "helpRequest",
      keys: ["note"],
    });
    assert.equal(actions.unknown.list.length, 1);
  });

  for (const name of ["__proto__", "constructor", "toString"])
    test(`is unknown, though it is called ${name}`, () =>
      assert.equal(order(name).kind, "unknown"));
});
