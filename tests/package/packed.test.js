// @ts-check
// How the classic build has its wasm inside.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import lzma from "lzma";
import { sum } from "../../js/module/inside/checksum.js";
import { expand } from "../../js/module/inside/lzma.js";

/** @param {Uint8Array} bytes */
function packed(bytes) {
  return Uint8Array.from(lzma.compress(Int8Array.from(bytes), 7));
}

/** Numbers that look like chance, the same each time. @param {number} count @param {number} [range] */
function noise(count, range = 256) {
  let state = 1;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    return ((state >>> 16) & 0x7fff) % range;
  });
}

describe("expanding", () => {
  for (const [what, bytes] of /** @type {[string, Uint8Array][]} */ ([
    ["one byte", Uint8Array.of(7)],
    ["one byte many times", new Uint8Array(100_000).fill(255)],
    ["noise", noise(20_000)],
    ["noise of three bytes", noise(20_000, 3)],
    [
      "a text again, far away",
      new Uint8Array(300_000)
        .fill(9)
        .map((byte, at) => (at % 150_000 < 500 ? at * at : byte)),
    ],
    ["steps", Uint8Array.from({ length: 70_000 }, (_, at) => at >> 4)],
  ]))
    test(`${what}: what comes out is what went in`, () => {
      assert.equal(Buffer.compare(expand(packed(bytes)), bytes), 0);
    });

  test("whatever is damaged ends, with another sum or an error", () => {
    const bytes = noise(3000, 20);
    const whole = packed(bytes);
    const before = sum(bytes);
    for (let at = 14; at < whole.length - 16; at += 7) {
      const damaged = Uint8Array.from(whole);
      damaged[at] ^= 0x55;
      /** @type {number | undefined} */
      let after;
      try {
        after = sum(expand(damaged));
      } catch {
        // It was no LZMA any more.
      }
      assert.notEqual(after, before, `byte ${at}`);
    }
    for (const length of [0, 5, 13, 17, 100])
      assert.throws(() => expand(whole.slice(0, length)));
  });
});
