import assert from "node:assert/strict";
import test from "node:test";
import { OpenFrame } from "../../www/servicenow/open-frame.js";

/** Pauses that end at once, except those that wait for an answer. @param {number} ms @returns {Promise<void>} */
const pause = (ms) => (ms === 4000 ? new Promise(() => {}) : Promise.resolve());
const shortPause = () => Promise.resolve();

/** @param {Record<string, unknown>} api @param {number} [tries] @param {(ms: number) => Promise<void>} [paused] */
async function joined(api, tries = 3, paused = pause) {
  /** @type {string[]} */
  const told = [];
  const frame = new OpenFrame((sentence) => told.push(sentence));
  const ready = await frame.init(
    Promise.resolve(api),
    {},
    {
      tries,
      pause: paused,
    },
  );
  return { frame, ready, told };
}

test("a workspace that answers late is asked again", async () => {
  let asked = 0;
  const { ready, frame } = await joined({
    init(
      /** @type {unknown} */ _config,
      /** @type {(answer: unknown) => void} */ success,
      /** @type {() => void} */ failure,
    ) {
      asked += 1;
      if (asked < 3) failure();
      else success({ name: "Phone" });
    },
  });
  assert.equal(ready, true);
  assert.equal(asked, 3);
  assert.deepEqual(frame.configuration, { name: "Phone" });
});

test("an answer that comes after the next question counts as well", async () => {
  /** @type {((answer: unknown) => void)[]} */
  const successes = [];
  const init = (
    /** @type {unknown} */ _config,
    /** @type {(answer: unknown) => void} */ success,
  ) => {
    successes.push(success);
    // Silent for longer than the phone waits; the second question is never answered.
    if (successes.length === 2) successes[0]({ name: "Phone" });
  };
  const { ready, frame } = await joined({ init }, 3, shortPause);
  assert.equal(ready, true);
  assert.equal(successes.length, 2);
  assert.deepEqual(frame.configuration, { name: "Phone" });
});

test("one that never answers is given up, in words", async () => {
  const { ready, told } = await joined({
    init: (
      /** @type {unknown} */ _config,
      /** @type {unknown} */ _success,
      /** @type {() => void} */ failure,
    ) => failure(),
  });
  assert.equal(ready, false);
  assert.match(told.join(" "), /has not answered 3 times/);
});

test("a page without the library, or whose init throws, goes on without", async () => {
  assert.equal((await joined({})).ready, false);
  const init = () => {
    throw new Error("not here");
  };
  const { ready, told } = await joined({ init });
  assert.equal(ready, false);
  assert.match(told[0], /not here/);
});

/** @param {unknown} _config @param {(answer: unknown) => void} success */
const answers = (_config, success) => success(undefined);

test("events that the library does not know are kept, and others heard", async () => {
  /** @type {Map<string, (payload: unknown) => void>} */
  const callbacks = new Map();
  const api = {
    init: answers,
    EVENTS: ["known"],
    subscribe(
      /** @type {string} */ name,
      /** @type {(payload: unknown) => void} */ callback,
    ) {
      // As a method, like the real one.
      if (!this.EVENTS.includes(name)) throw new Error(`${name} is unknown`);
      callbacks.set(name, callback);
    },
  };
  /** @type {unknown[]} */
  const heard = [];
  const told = /** @type {string[]} */ ([]);
  const frame = new OpenFrame((sentence) => told.push(sentence));
  frame.on("known", (payload) => heard.push(payload));
  frame.on("known", () => {
    throw new Error("a listener's own");
  });
  frame.on("unknown", () => {});
  await frame.init(Promise.resolve(api), {}, { pause });
  callbacks.get("known")?.(7);
  assert.deepEqual(heard, [7]);
  assert.deepEqual(frame.refused, ["unknown"]);
  assert.match(told[0], /a listener's own/);
});

test("the newest contexts are only sent to a library that knows their event", async () => {
  for (const [knows, expected] of /** @type {const} */ ([
    [true, true],
    [false, false],
  ])) {
    const subscribe = (/** @type {string} */ name) => {
      if (!knows && name === "openframe_icc_record_opened")
        throw new Error("unknown");
    };
    const { frame } = await joined({ init: answers, subscribe });
    frame.on("openframe_icc_record_opened", () => {});
    assert.equal(frame.features.agentSettings, expected);
  }
});

test("nothing is shown twice, nor before OpenFrame has answered", async () => {
  /** @type {unknown[]} */
  const calls = [];
  const setSubtitle = (/** @type {string} */ text) => calls.push(text);
  const frame = new OpenFrame(() => {});
  frame.show("setSubtitle", "too early");
  await frame.init(
    Promise.resolve({ init: answers, setSubtitle }),
    {},
    { pause },
  );
  for (const text of ["a", "a", "b", "a"]) frame.show("setSubtitle", text);
  assert.deepEqual(calls, ["a", "b", "a"]);
});

test("what the library lacks or throws stops nothing", async () => {
  const { frame, told } = await joined({
    init: answers,
    setTitle() {
      throw new TypeError("too long");
    },
  });
  assert.equal(frame.call("setICContext", "idleState", {}), undefined);
  assert.equal(frame.call("setTitle", "x"), undefined);
  assert.match(told[0], /setTitle: too long/);
  assert.deepEqual(frame.missing(["init", "setICContext"]), ["setICContext"]);
  assert.equal(frame.version, "");
});
