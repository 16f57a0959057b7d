// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  sizeLimit,
  sizeOf,
  sizeWarning,
} from "../../www/servicenow/icc/size.js";
import { rowLimit } from "../../www/servicenow/icc/targets.js";
import {
  agentParticipant,
  call,
  only,
  participant,
  quickConnects,
  user,
} from "./icc-call.js";
import { entries, story } from "./icc-story.js";

/** @typedef {import("../../www/servicenow/icc/targets.js").TargetType} TargetType */

const agents = quickConnects("agent", 40);
const queues = quickConnects("queue", 40);
const numbers = quickConnects("phone_number", 40);
const all = [...agents, ...queues, ...numbers];

/** A story with a call, and what a search for it brings. @param {Parameters<typeof story>[0]} [options] */
function searching(options) {
  const { contexts, tell } = story(options);
  const first = tell([call()]);
  /** @param {readonly import("connect-softphone").SoftphoneQuickConnect[]} items @param {{ types?: TargetType[], limit?: number }} [wanted] @returns {any[]} */
  const search = (items, wanted) =>
    entries(contexts.targets("c-1", { items }, wanted), "searchTargetList")[0]
      .targets;
  return { contexts, tell, first, search };
}

/** How many rows of each type. @param {any[]} targets */
const counts = (targets) =>
  Object.fromEntries(
    targets.map(({ type, payload }) => [type, payload.list.length]),
  );

describe("searchTargetList", () => {
  test("is there and empty as soon as there is a call", () => {
    const { first } = searching();
    assert.deepEqual(first[1], {
      type: "searchTargetList",
      context: {
        searchTargetList: [
          {
            nowRecordTable: "interaction",
            nowRecordId: "now-c-1",
            externalId: "c-1",
            participantID: user.sysId,
            targets: [],
          },
        ],
        customPayload: {},
      },
    });
  });

  test("has rows of quick connects by type", () => {
    const { search } = searching();
    const subtypes = [
      { id: "consult", label: "Consult" },
      { id: "blind", label: "Blind" },
    ];
    assert.deepEqual(search([agents[0], numbers[0]]), [
      {
        type: "agent",
        transferSubtypes: subtypes,
        payload: {
          list: [
            {
              id: "00000000-1111-2222-3333-44444444agen",
              name: "agent number 0",
            },
          ],
        },
      },
      {
        type: "external",
        transferSubtypes: subtypes,
        payload: {
          list: [
            {
              id: "00000000-1111-2222-3333-44444444phon",
              name: "phone_number number 0",
              hasStats: true,
              moreInfo: [{ label: "Number", value: "+12065551000" }],
            },
          ],
        },
      },
    ]);
  });

  for (const [can, subtypes] of /** @type {const} */ ([
    [["consult"], ["consult"]],
    [["transfer"], ["blind"]],
    [[], []],
  ]))
    test(`offers ${subtypes.join() || "nothing"} where that is what is possible`, () => {
      const { contexts, tell } = searching();
      tell([call({ can: only(...can) })]);
      const [{ targets }] = entries(
        contexts.targets("c-1", { items: agents }),
        "searchTargetList",
      );
      assert.deepEqual(
        targets[0].transferSubtypes.map((/** @type {any} */ one) => one.id),
        subtypes,
      );
    });

  for (const [given, rows] of /** @type {const} */ ([
    [undefined, 10],
    ["", 10],
    ["ten", 10],
    ["3", 10],
    ["-1", 10],
    ["15", 15],
    [25, 25],
    ["9999999999999", 25],
  ]))
    test(`has ${rows} rows for icc_search_limit ${JSON.stringify(given)}`, () => {
      const { search } = searching({ searchLimit: given });
      assert.equal(rowLimit(given), rows);
      assert.deepEqual(counts(search(agents, { types: ["agent"] })), {
        agent: rows,
      });
    });

  test("has no more than the action asks for, and at least one", () => {
    const { search } = searching();
    assert.deepEqual(counts(search(agents, { limit: 3 })), { agent: 3 });
    assert.deepEqual(counts(search(agents, { limit: 300 })), { agent: 10 });
    assert.deepEqual(counts(search(agents, { limit: -3 })), { agent: 1 });
  });

  test("shares the rows among the types that were asked for", () => {
    const { search } = searching();
    assert.deepEqual(counts(search(all)), { agent: 4, queue: 3, external: 3 });
    assert.deepEqual(counts(search([...agents, queues[0]])), {
      agent: 9,
      queue: 1,
    });
    assert.deepEqual(counts(search(all, { types: ["queue"] })), { queue: 10 });
    assert.deepEqual(search(all, { types: [] }), []);
  });

  test("answers the same search again, because ICC waits for it", () => {
    const { contexts } = searching();
    for (const _ of [1, 2])
      assert.equal(contexts.targets("c-1", { items: agents }).length, 1);
  });

  test("has nothing to answer for a call that is gone", () => {
    const { contexts, tell } = searching();
    tell([]);
    assert.deepEqual(contexts.targets("c-1", { items: agents }), []);
    assert.deepEqual(contexts.moreInfo("c-1", "x"), []);
  });

  test("keeps the rows while the call goes on, and only for the call of the last search", () => {
    const { contexts, tell } = searching();
    tell([call(), call({ id: "c-2" })]);
    contexts.targets("c-1", { items: agents });
    assert.deepEqual(
      tell([call({ muted: true }), call({ id: "c-2" })]).map(
        ({ type }) => type,
      ),
      ["activeCall"],
    );
    const [one, two] = entries(
      contexts.targets("c-2", { items: queues }),
      "searchTargetList",
    );
    assert.deepEqual(
      [counts(one.targets), counts(two.targets)],
      [{}, { queue: 10 }],
    );
  });

  test("tells an external's number when the agent asks for more", () => {
    const { contexts, search } = searching({ searchLimit: 25 });
    const long = numbers.map((one) => ({
      ...one,
      name: one.name.padEnd(40, "."),
    }));
    const rows = search(long).flatMap((one) => one.payload.list);
    assert.equal(
      rows.some((one) => one.moreInfo),
      false,
      "25 numbers are too long",
    );
    const orders = contexts.moreInfo("c-1", rows[3].id);
    const [{ targets }] = entries(orders, "searchTargetList");
    assert.deepEqual(
      targets[0].payload.list.filter((/** @type {any} */ one) => one.moreInfo),
      [
        {
          ...rows[3],
          hasStats: true,
          moreInfo: [{ label: "Number", value: "+12065551003" }],
        },
      ],
    );
  });

  test("lets an action find the quick connect by the short id", () => {
    const { contexts, search } = searching();
    const [{ payload }] = search(agents);
    assert.deepEqual(contexts.targetsById.get(payload.list[2].id), agents[2]);
    for (let round = 0; round < 200; round += 1)
      search(
        quickConnects("queue", 10).map((one) => ({
          ...one,
          arn: `${one.arn}-${round}`,
        })),
      );
    assert.equal(contexts.targetsById.size, 1_000);
  });
});

describe("the size", () => {
  const six = [
    agentParticipant,
    participant({}),
    ...[1, 2, 3, 4].map((index) =>
      participant({
        id: `aaaaaaaa-bbbb-cccc-dddd-00000000000${index}`,
        role: "thirdParty",
        label: `Somebody With A Longer Name ${index}`,
        state: "held",
        held: true,
      }),
    ),
  ];
  const recordings = new Map([
    ["c-1", /** @type {const} */ ({ state: "on", can: ["pause", "stop"] })],
  ]);

  test("of six participants and 25 rows is below the limit of the old library", () => {
    const { contexts, tell } = story({
      searchLimit: 25,
      features: { activeConversation: true },
    });
    const id = "11111111-2222-3333-4444-555555555555";
    const interactions = new Map([[id, { sysId: user.sysId }]]);
    const contact = call({ id, participants: six });
    const [active] = tell([contact], { recordings, interactions });
    const [rows] = contexts.targets(id, { items: all });
    const sizes = [active, rows].map(sizeOf);
    for (const [index, most] of [2_700, 3_600].entries())
      assert.ok(sizes[index] < most, `${sizes}`);
    for (const one of [active, rows]) assert.equal(sizeWarning(one), undefined);
  });

  test("is warned of when it is above it", () => {
    const order = { type: "activeCall", context: "x".repeat(sizeLimit) };
    assert.match(sizeWarning(order) ?? "", /activeCall has 44\d\d characters/);
  });
});
