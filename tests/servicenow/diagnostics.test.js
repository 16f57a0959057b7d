import assert from "node:assert/strict";
import test from "node:test";
import { Diagnostics } from "../../www/servicenow/diagnostics.js";
import { storageOf } from "./contact.js";

const KEY = "connect-softphone.diagnostics";

test("what others have written into the storage is a time and a text, or not there", () => {
  const entries = [
    { atMs: 0, sentence: "right" },
    { atMs: 1e300, sentence: "at no time" },
    { atMs: "0", sentence: "at a text" },
    { atMs: 0, sentence: {} },
    null,
    7,
  ];
  const diagnostics = new Diagnostics(
    storageOf({ [KEY]: JSON.stringify(entries) }),
  );
  const told = diagnostics.list.map(
    ({ atMs, sentence }) => `${new Date(atMs).toISOString()} ${sentence}`,
  );
  assert.deepEqual(told, ["1970-01-01T00:00:00.000Z right"]);
});
