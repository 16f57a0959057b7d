import assert from "node:assert/strict";
import test from "node:test";
import { Rest } from "../../www/servicenow/rest.js";

/** What the REST API seems to have answered. @param {string | null} text @param {ResponseInit} [init] */
async function answered(text, init) {
  const rest = new Rest("token", async () => new Response(text, init));
  return rest.send("PATCH", "/api/now/openframe/voice-interaction", {});
}

test("a page in the place of an answer is none, whatever its status says", async () => {
  for (const page of ["<!doctype html><title>Log in</title>", "Hibernating"]) {
    const { status } = await answered(page);
    assert.equal(status, 0);
  }
  // A refusal is one without words, too.
  assert.equal((await answered("<html>", { status: 403 })).status, 403);
});

test("an answer may be empty", async () => {
  assert.equal((await answered(null, { status: 204 })).status, 204);
  assert.equal((await answered("", { status: 200 })).status, 200);
  const { status, body } = await answered('{"result": 7}');
  assert.deepEqual({ status, body }, { status: 200, body: { result: 7 } });
});

test("how long to wait is what the instance says, if it says so", async () => {
  for (const [header, expected] of /** @type {const} */ ([
    ["60", 60_000],
    ["0", undefined],
    ["-1", undefined],
    ["soon", undefined],
  ])) {
    const headers = { "Retry-After": header };
    const { retryAfterMs } = await answered("{}", { status: 429, headers });
    assert.equal(retryAfterMs, expected, header);
  }
  assert.equal((await answered("{}", { status: 429 })).retryAfterMs, undefined);
});

test("what throws is no answer", async () => {
  const rest = new Rest("", () => Promise.reject(new TypeError("redirect")));
  assert.equal((await rest.send("GET", "/api/now/x")).status, 0);
});

test("what is read is asked for again while the instance is busy, and not where it refuses", async () => {
  for (const [statuses, asked, pauses] of /** @type {const} */ ([
    [[200], 1, []],
    [[403], 1, []],
    [[503, 200], 2, [2000]],
    [[429, 0, 200], 3, [5000, 8000]],
    [[500, 500, 500, 200], 3, [2000, 8000]],
  ])) {
    let at = 0;
    /** @type {number[]} */
    const waited = [];
    const rest = new Rest(
      "",
      async () => {
        const status = statuses[at];
        at += 1;
        if (status === 0) throw new TypeError("no network");
        /** @type {Record<string, string>} */
        const headers = status === 429 ? { "Retry-After": "5" } : {};
        return new Response("{}", { status, headers });
      },
      async (ms) => void waited.push(ms),
    );
    const { status } = await rest.read("/api/now/x");
    assert.equal(at, asked, String(statuses));
    assert.deepEqual(waited, pauses, String(statuses));
    assert.equal(status, statuses[asked - 1]);
  }
});
