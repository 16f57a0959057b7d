import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  NoCount,
  cargoCount,
  nextestCount,
  nodeCount,
  playwrightCount,
  typesCount,
} from "./test-counts.js";

describe("nextest", () => {
  test("all passed", () => {
    const output = `
        PASS [   0.009s] (22/22) connect-softphone core::urls::tests::the_ccp_of_an_instance_is_found
────────────
     Summary [   0.086s] 22 tests run: 22 passed, 0 skipped
`;
    assert.deepEqual(nextestCount(output), count(22, 0, 0));
  });

  test("failed, timed out and could not start are all failures", () => {
    const output =
      "     Summary [  61.086s] 9 tests run: 4 passed (1 slow), 2 failed, 1 exec failed, 2 timed out, 3 skipped\n";
    assert.deepEqual(nextestCount(output), count(4, 5, 3));
  });
});

describe("cargo test", () => {
  test("adds up the test programs and the doc tests", () => {
    const output = `
test result: ok. 7 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 1 passed; 2 failed; 1 ignored; 0 filtered out; finished in 0.01s
   Doc-tests connect_softphone
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
`;
    assert.deepEqual(cargoCount(output), count(11, 2, 2));
  });

  test("no line, as when it does not compile, is not zero tests", () => {
    assert.throws(() => cargoCount("error: could not compile"), NoCount);
    assert.throws(() => cargoCount("no tests to run!"), NoCount);
    assert.throws(() => nextestCount("error: no tests to run"), NoCount);
  });
});

describe("node --test", () => {
  for (const sign of ["ℹ", "#"])
    test(`with ${sign}`, () => {
      const output = `${sign} tests 8\n${sign} suites 0\n${sign} pass 4\n${sign} fail 1\n${sign} cancelled 1\n${sign} skipped 1\n${sign} todo 1\n`;
      assert.deepEqual(nodeCount(output), count(4, 2, 2));
    });

  test("takes the runner's own lines, which come last", () => {
    const output =
      "ℹ pass 400\n# pass 300\nℹ pass 4\nℹ fail 0\nℹ cancelled 0\n";
    assert.deepEqual(nodeCount(output), count(4, 0, 0));
  });
});

describe("playwright", () => {
  test("what is not certain has failed", () => {
    const output = `
  2 failed
    a.spec.ts:3:1 › b ─────────
  1 flaky
    a.spec.ts:6:1 › f ─────────
  1 skipped
  1 did not run
  1 passed (4.7s)
`;
    assert.deepEqual(playwrightCount(output), count(1, 4, 1));
  });

  test("outcomes that did not occur have no line", () => {
    assert.deepEqual(playwrightCount("\n  3 passed (1.2m)\n"), count(3, 0, 0));
    assert.deepEqual(playwrightCount("\n  3 failed\n"), count(0, 3, 0));
    assert.throws(() => playwrightCount("Error: No tests found"), NoCount);
  });
});

describe("tsc", () => {
  const listed = "/src/tests/types/a.ts\n/src/tests/types/b.ts\n";

  test("counts the folder's files", () => {
    const output = `/src/node_modules/typescript/lib/lib.es5.d.ts\n/src/dist/index.d.ts\n${listed}`;
    assert.deepEqual(typesCount(output, "tests/types/"), count(2, 0, 0));
  });

  test("two errors in a file are one failure", () => {
    const output = `tests/types/a.ts(1,7): error TS2322: No.\ntests/types/a.ts(2,7): error TS2578: No.\n${listed}`;
    assert.deepEqual(typesCount(output, "tests/types/"), count(1, 1, 0));
  });

  test("an error elsewhere is a failure too", () => {
    const output = `dist/index.d.ts(1,7): error TS1005: No.\n${listed}`;
    assert.deepEqual(typesCount(output, "tests/types/"), count(2, 1, 0));
    const none = "error TS5058: The specified path does not exist.\n";
    assert.throws(() => typesCount(none, "tests/types/"), NoCount);
  });
});

/**
 * @param {number} passed
 * @param {number} failed
 * @param {number} skipped
 */
function count(passed, failed, skipped) {
  return { passed, failed, skipped };
}
