// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { call } from "./icc-call.js";
import { bea, method, order } from "./icc-order.js";

/** @typedef {Partial<import("../../www/servicenow/icc/parties.js").State>} Some */

describe("whom an action is about", () => {
  const two = { contacts: [call(), call({ id: "c-2" })] };
  const transferred = {
    contacts: [
      call({ phase: "wrapUp" }),
      call({ id: "c-9", initialId: "c-1" }),
    ],
  };
  for (const [payload, id, state] of /** @type {[object, string, Some][]} */ ([
    [{ externalCallId: "c-2" }, "c-2", two],
    [{ externalId: "c-2" }, "c-2", two],
    [{ externalID: "c-2" }, "c-2", two],
    [{ nowRecordId: "now-c-2" }, "c-2", two],
    [{ externalCallId: "c-2", nowRecordId: "now-c-1" }, "c-2", two],
    [{ externalCallId: "old", nowRecordId: "now-c-1" }, "c-1", two],
    [{ nowRecordId: "now-c-1" }, "c-9", transferred],
    [{}, "c-9", transferred],
    [{}, "c-1", { contacts: [call(), call({ id: "c-2", kind: "chat" })] }],
  ]))
    test(`${JSON.stringify(payload)} of ${state.contacts?.map((one) => one.id)}: ${id}`, () =>
      assert.deepEqual(method("hangUp", payload, state), ["hangUp", id]));

  for (const [
    name,
    payload,
    problem,
    state,
  ] of /** @type {[string, object, RegExp, Some?][]} */ ([
    [
      "hangUp",
      { externalCallId: "c-8" },
      /^payload\.externalCallId: found the id of no call/,
    ],
    [
      "hangUp",
      { nowRecordId: "now-c-8" },
      /^payload\.externalCallId: found the id of no call/,
    ],
    ["hangUp", {}, /found none, and there are several calls/, two],
    [
      "hangUp",
      {},
      /^payload\.externalCallId: found none, expected/,
      { contacts: [] },
    ],
    [
      "hangUp",
      { participantId: "gone" },
      /^payload\.participantId: found the id of nobody on the call/,
    ],
    [
      "mute",
      { participantId: "gone" },
      /^payload\.participantId: found the id of nobody on the call/,
    ],
    ["removeParticipant", {}, /^payload\.participantId: found nothing usable/],
    ["dtmf", {}, /^payload\.digits: found nothing usable, expected up to 50/],
    ["dtmf", { digits: "12x" }, /^payload\.digits/],
    ["dtmf", { digits: "1".repeat(51) }, /^payload\.digits/],
    ["dtmf", { digits: { a: 1 } }, /^payload\.digits/],
    ["outboundCallInitiated", {}, /^payload\.phoneNumber/],
    ["outboundCallInitiated", { phoneNumber: ["1"] }, /^payload\.phoneNumber/],
    [
      "outboundCallInitiated",
      { phoneNumber: "1".repeat(257) },
      /^payload\.phoneNumber/,
    ],
    [
      "transferInitiated",
      { targetId: "nobody" },
      /^payload\.targetId: found another text/,
    ],
    [
      "transferInitiated",
      { targetId: "12345678-1111-2222-3333-444444444444" },
      /^payload\.targetId/,
    ],
    ["transferInitiated", {}, /^payload\.targetId: found nothing usable/],
    [
      "transferInitiated",
      { targetId: "q-1", subType: "warm" },
      /^payload\.subType: found another text/,
    ],
    ["cancelTransfer", {}, /^payload\.participantId/],
    [
      "cancelTransfer",
      {},
      /^payload\.participantId/,
      { contacts: [call({ participants: [bea, { ...bea, id: "p-3" }] })] },
    ],
    ["getMoreInfo", {}, /^payload\.targetId/],
    ["iccRecordOpened", {}, /^payload\.nowRecordId/],
    ["outboundQueueSelected", { queueId: "arn:other" }, /^payload\.queueId/],
  ]))
    test(`${name} ${JSON.stringify(payload).slice(0, 60)} is a problem`, () => {
      const one = order(name, payload, state);
      assert.equal(one.kind, "problem");
      assert.match(one.problem, problem);
      assert.match(one.message, /^[A-Z].*\.$/);
    });
});
