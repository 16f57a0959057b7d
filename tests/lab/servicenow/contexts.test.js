// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkContext } from "./contexts.js";
import { offerError } from "./offer-error.js";
import { RELEASES } from "./releases.js";

const NOW = Date.parse("2026-07-01T08:00:00Z");
const TIME = "Wed, 01 Jul 2026 07:59:59 GMT";

/** @param {string} type @param {unknown} context @param {string} [release] */
function check(type, context, release = "brazil") {
  const types = RELEASES[release].contexts;
  return checkContext(type, context, { types, searchLimit: 10, nowMs: NOW });
}

/** @param {object} [fields] */
const call = (fields) => ({
  nowRecordTable: "interaction",
  nowRecordId: "1",
  externalId: "2",
  currentParticipant: { id: "3", capabilities: { mute: true } },
  participants: [{ id: "4", actor: "customer", connectedTime: TIME }],
  ...fields,
});

/** @param {object} [fields] @param {object} [assignment] */
const offer = (fields, assignment) => ({
  externalId: "1",
  requesterId: "+14155550100",
  queueId: "2",
  type: "phone",
  assignment: {
    allowedToDecline: true,
    enableAutoAssign: false,
    offeredOn: TIME,
    timeout: "20000",
    ...assignment,
  },
  ...fields,
});

/** @param {object} row @param {number} [count] @param {string} [type] */
const targets = (row, count = 1, type = "agent") => ({
  searchTargetList: [
    {
      nowRecordTable: "interaction",
      nowRecordId: "1",
      targets: [
        {
          type,
          transferSubtypes: [{ id: "blind", label: "Blind" }],
          payload: {
            list: Array.from({ length: count }, (_, index) => ({
              id: String(index),
              name: "Grace",
              ...row,
            })),
          },
        },
      ],
    },
  ],
});

describe("a context", () => {
  test("that is right has no problem", () => {
    for (const [type, context] of [
      ["activeCall", { activeCall: [] }],
      ["activeCall", { activeCall: [call()] }],
      [
        "activeCall",
        {
          activeCall: [
            call({
              type: "callback",
              callbackContext: { callbackNumbers: ["1"] },
            }),
          ],
        },
      ],
      ["searchTargetList", { searchTargetList: [], customPayload: {} }],
      ["searchTargetList", targets({ presence: "away" }, 10)],
      ["offerContext", { offerContext: [offer()] }],
      ["idleState", { capability: { logOut: true }, enableState: {} }],
      ["idleState", {}],
      [
        "agentSettings",
        { outboundQueue: { targets: [{ id: "1", label: "Sales" }] } },
      ],
      [
        "activeConversation",
        {
          activeConversation: [
            { nowRecordId: "1", nowRecordTable: "Interaction" },
          ],
        },
      ],
    ])
      assert.deepEqual(
        check(String(type), context),
        [],
        JSON.stringify(context),
      );
  });

  test("that is wrong is told with its field", () => {
    for (const [
      type,
      context,
      problem,
    ] of /** @type {[string, unknown, RegExp][]} */ ([
      ["activeCall", [call()], /activeCall: found .*, expected an object/],
      ["activeCall", call(), /activeCall.activeCall: missing/],
      ["idleState", { idleState: {} }, /idleState.idleState: no such field/],
      [
        "activeCall",
        { activeCall: [call({ externalId: 2 })] },
        /externalId: found 2/,
      ],
      [
        "activeCall",
        { activeCall: [call({ participants: undefined })] },
        /participants: missing/,
      ],
      [
        "activeCall",
        { activeCall: [call({ nowRecordTable: "task" })] },
        /nowRecordTable/,
      ],
      [
        "activeCall",
        { activeCall: [call(), call()] },
        /externalId occurs twice/,
      ],
      [
        "activeCall",
        { activeCall: [call({ type: "callback" })] },
        /callbackContext: missing/,
      ],
      [
        "activeCall",
        { activeCall: [call({ callbackContext: {} })] },
        /only for a callback/,
      ],
      [
        "activeCall",
        {
          activeCall: [
            call({ currentParticipant: { id: "", capabilities: {} } }),
          ],
        },
        /currentParticipant.id: found ""/,
      ],
      [
        "activeCall",
        {
          activeCall: [
            call({
              currentParticipant: { id: "1", capabilities: { record: true } },
            }),
          ],
        },
        /capabilities.record: no such field/,
      ],
      [
        "activeCall",
        {
          activeCall: [
            call({
              participants: [
                { id: "1", connectedTime: "2026-07-01T08:00:00Z" },
              ],
            }),
          ],
        },
        /connectedTime: found "2026/,
      ],
      [
        "activeCall",
        {
          activeCall: [
            call({
              participants: [
                { id: "1", connectedTime: "Tue, 01 Jul 2026 07:59:59 GMT" },
              ],
            }),
          ],
        },
        /connectedTime/,
      ],
      [
        "searchTargetList",
        targets({}, 11),
        /found 11 entries, expected at most 10/,
      ],
      ["searchTargetList", targets({ hasStats: true }), /moreInfo: missing/],
      [
        "searchTargetList",
        targets({ hasStats: "true" }),
        /hasStats: found "true"/,
      ],
      [
        "searchTargetList",
        targets({ presence: "away" }, 1, "queue"),
        /presence is only for agents/,
      ],
      [
        "searchTargetList",
        targets({ presence: "gone" }),
        /presence: found "gone"/,
      ],
      [
        "searchTargetList",
        { searchTargetList: [{ nowRecordId: "1" }] },
        /nowRecordTable: missing/,
      ],
      [
        "offerContext",
        {
          offerContext: [
            offer({}, { offeredOn: "Wed, 01 Jul 2026 08:00:01 GMT" }),
          ],
        },
        /in the future/,
      ],
      [
        "offerContext",
        {
          offerContext: [offer({}, { offeredOn: "Fri, 19-12-2025  13:07:59" })],
        },
        /offeredOn: found/,
      ],
      [
        "offerContext",
        { offerContext: [offer({}, { timeout: 20_000 })] },
        /timeout: found 20000/,
      ],
      [
        "offerContext",
        { offerContext: [offer({ queueId: undefined })] },
        /queueId: missing/,
      ],
      ["unheardOf", {}, /type: found "unheardOf"/],
    ])) {
      const sent = JSON.parse(JSON.stringify(context));
      assert.match(check(type, sent).join(), problem);
    }
  });

  test("is known to some releases only", () => {
    assert.match(
      check("agentSettings", { outboundQueue: {} }, "zurich").join(),
      /type: found "agentSettings"/,
    );
    assert.match(
      check("offerContext", { offerContext: [] }, "yokohama").join(),
      /type/,
    );
    assert.deepEqual(RELEASES["1.0.5"].contexts, []);
    assert.ok(!RELEASES["1.0.5"].methods.includes("setICContext"));
  });
});

test("an offer is answered with the codes that are documented", () => {
  const instance = {
    nowMs: NOW,
    roles: ["awa_external_user"],
    available: true,
  };
  assert.equal(offerError(offer(), instance), undefined);
  for (const [wrong, code, more] of /** @type {[any, string, object?][]} */ ([
    [offer(), "AWA_EXTUSER_ROLE_CHECK_FAILED", { roles: [] }],
    [offer(), "AWA_AGENT_NOT_AVAILABLE", { available: false }],
    [offer({ assignment: undefined }), "AWA_OFFER_ASSIGNMENT_PAYLOAD_MISSING"],
    [offer({ queueId: "" }), "AWA_OFFER_QUEUEID_MISSING"],
    [
      offer({}, { offeredOn: "now" }),
      "AWA_ASSIGNMENT_OFFEREDON_INVALID_FORMAT",
    ],
    [
      offer({}, { offeredOn: "Wed, 01 Jul 2026 08:00:01 GMT" }),
      "AWA_ASSIGNMENT_OFFEREDON_FUTURE",
    ],
    [offer({ externalId: "" }), "AWA_OFFER_EXTERNALID_MISSING"],
  ]))
    assert.equal(offerError(wrong, { ...instance, ...more })?.code, code);
});
