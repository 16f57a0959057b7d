// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readActionMap } from "../../www/servicenow/icc/action-map.js";
import { actionTable } from "../../www/servicenow/icc/action-table.js";
import { commands } from "../../www/servicenow/icc/commands.js";
import { plainName } from "../../www/servicenow/icc/payload.js";
import { method, order } from "./icc-order.js";

describe("the table", () => {
  test("names every action once, each with a command", () => {
    const names = actionTable.map(([name]) => plainName(name));
    assert.equal(new Set(names).size, names.length);
    for (const [, command] of actionTable)
      assert.equal(Object.hasOwn(commands, command), true, command);
  });

  test("marks as documented what ServiceNow documents", () => {
    const documented = actionTable
      .filter(([, , source]) => source === "D")
      .map(([name]) => name);
    assert.deepEqual(documented.sort(), [
      "callbackLeaveAndTransfer",
      "callbackTransferInitiated",
      "cancelCallbackTransfer",
      "getMoreInfo",
      "getSearchTarget",
      "iccRecordOpened",
      "logout",
      "mute",
      "outboundCallInitiated",
    ]);
  });

  test("is extended and changed by the setting", () => {
    const map =
      '{"help_request": "reportIssue", "mute": "toggleMute", "flag": "ignore"}';
    assert.deepEqual(method("helpRequest", {}, {}, map), [
      "reportIssue",
      "c-1",
    ]);
    assert.deepEqual(method("mute", { muted: false }, {}, map), [
      "mute",
      "c-1",
    ]);
    assert.deepEqual(order("flag", {}, {}, map), { kind: "ignored" });
    assert.deepEqual(
      method("setIt", { state: "Lunch" }, {}, { setIt: "setState" }),
      ["setState", "Lunch"],
    );
  });

  for (const [
    given,
    problems,
  ] of /** @type {[unknown, [string, RegExp][]][]} */ ([
    [undefined, []],
    ["", []],
    [{}, []],
    ["{", [["another text", /^JSON such as/]]],
    ["[]", [["another text", /^JSON such as/]]],
    [7, [["number", /^JSON such as/]]],
    [
      { a: "hangup", b: 7, "": "mute", c: "mute" },
      [
        ['"hangup"', /^one of accept, reject, hangUp/],
        ["number", /^one of/],
        ["no name", /^the name of an action/],
      ],
    ],
    [
      '{"a": "constructor", "__proto__": "mute"}',
      [['"constructor"', /^one of/]],
    ],
    [
      Object.fromEntries(
        Array.from({ length: 201 }, (_, index) => [`a${index}`, "mute"]),
      ),
      [["201 actions", /^at most 200$/]],
    ],
  ]))
    test(`with the setting ${JSON.stringify(given)?.slice(0, 50)} has ${problems.length} problems`, () => {
      const read = readActionMap(given);
      assert.deepEqual(
        read.problems.map(({ found }) => found),
        problems.map(([found]) => found),
      );
      for (const [index, [, expected]] of problems.entries())
        assert.match(read.problems[index].expected, expected);
      assert.equal(read.actions.size, 0);
      for (const { property } of read.problems)
        assert.match(property, /^connect_softphone\.icc\.actions/);
    });
});
