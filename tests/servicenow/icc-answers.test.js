// @ts-check
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  offerErrors,
  readOfferAnswer,
} from "../../www/servicenow/icc/offer-answer.js";
import { toast, toastOf } from "../../www/servicenow/icc/toast.js";
import { WrapUps } from "../../www/servicenow/icc/wrap-up.js";
import { call, interactions, only } from "./icc-call.js";

describe("the answer to an offer", () => {
  const codes = [
    "AWA_EXTUSER_ROLE_CHECK_FAILED",
    "AWA_AGENT_NOT_AVAILABLE",
    "AWA_OFFER_ASSIGNMENT_PAYLOAD_MISSING",
    "AWA_OFFER_QUEUEID_MISSING",
    "AWA_ASSIGNMENT_OFFEREDON_FUTURE",
    "AWA_ASSIGNMENT_OFFEREDON_INVALID_FORMAT",
    "AWA_OFFER_EXTERNALID_MISSING",
  ];

  test("has a sentence and a remedy for each documented code", () => {
    assert.deepEqual([...offerErrors.keys()], codes);
    for (const texts of offerErrors.values())
      for (const text of texts) assert.match(text, /^[A-Z].*\.$/);
  });

  for (const code of codes)
    for (const [form, payload] of /** @type {[string, unknown][]} */ ([
      ["flat", { context: "error", code }],
      [
        "in a result",
        { result: { error: { errorCode: code, message: "no" } } },
      ],
      ["as a list", [{ error: [code] }]],
      ["in a sentence", `${code}: something`],
      ["as JSON", JSON.stringify({ result: { code } })],
    ]))
      test(`finds ${code} ${form}`, () => {
        const answer = readOfferAnswer(payload);
        const [message, remedy] = offerErrors.get(code) ?? [];
        assert.deepEqual(answer, { result: "error", code, message, remedy });
      });

  test("is nothing to say after success", () => {
    const answer = { result: "success", message: "", remedy: "" };
    assert.deepEqual(
      readOfferAnswer({ result: { context: "success" } }),
      answer,
    );
  });

  test("tells a partial success by its code", () => {
    const payload = {
      context: "partialSuccess",
      error: "AWA_OFFER_QUEUEID_MISSING",
    };
    assert.equal(readOfferAnswer(payload).result, "partialSuccess");
  });

  test("keeps a code that nobody knows", () => {
    const answer = readOfferAnswer({
      context: "error",
      code: "AWA_SOMETHING_NEW",
    });
    assert.equal(answer.code, "AWA_SOMETHING_NEW");
    assert.match(answer.remedy, /AWA_SOMETHING_NEW/);
  });

  /** @type {any} */
  const circle = {};
  circle.circle = circle;
  for (const payload of [
    undefined,
    null,
    7,
    "",
    "{",
    [],
    circle,
    { a: "x".repeat(1e6) },
    Object.fromEntries(
      Array.from({ length: 1e4 }, (_, index) => [index, `${index}`]),
    ),
  ])
    test(`survives ${typeof payload} ${String(payload).slice(0, 20)}`, () => {
      const answer = readOfferAnswer(payload);
      assert.equal(answer.result, "unknown");
      assert.match(answer.remedy, /not documented/);
    });
});

describe("a command that failed", () => {
  /** @param {string} code @param {unknown} [message] */
  const error = (code, message = "Nobody answered.") => ({ code, message });
  for (const [code, level, ms] of /** @type {const} */ ([
    ["NOT_POSSIBLE_NOW", "warning", 8_000],
    ["TRANSFER_NOT_ANSWERED", "warning", 8_000],
    ["CONTACT_GONE", "info", 5_000],
    ["COMMAND_REFUSED", "error", 15_000],
    ["constructor", "error", 15_000],
  ]))
    test(`with ${code} is a toast of the level ${level}`, () =>
      assert.deepEqual(toastOf(error(code)), {
        message: "Nobody answered.",
        level,
        ms,
      }));

  test("after the phone was closed is silent", () =>
    assert.equal(toastOf(error("CLOSED")), undefined));

  for (const thrown of [
    undefined,
    null,
    "secret",
    new TypeError("secret"),
    error("NOT_POSSIBLE_NOW", 7),
    7,
  ])
    test(`by ${String(thrown)} is told without what was thrown`, () =>
      assert.deepEqual(toastOf(thrown), {
        message: "The phone could not do that.",
        level: "error",
        ms: 15_000,
      }));

  test("is told in 256 characters at most", () => {
    const { message } = toast("x".repeat(300), "info");
    assert.equal(message.length, 256);
    assert.equal(message.endsWith("…"), true);
  });
});

describe("a wrap-up that was submitted", () => {
  const over = call({ phase: "wrapUp", can: only("finish") });
  const known = interactions("c-1");
  const finish = {
    kind: "command",
    method: "finish",
    args: ["c-1"],
    contactId: "c-1",
  };
  const wrapUp = {
    external: true,
    recordId: "now-c-1",
    wrapUpSegmentId: "s-1",
  };

  for (const [form, payload] of /** @type {[string, unknown][]} */ ([
    ["by its record", { wrapUp }],
    ["flat", wrapUp],
    ["as JSON", JSON.stringify({ wrapUp })],
    [
      "by its segment",
      { wrapUp: { externalSegmentId: "c-1", recordId: "other" } },
    ],
  ]))
    test(`ends after contact work, found ${form}`, () =>
      assert.deepEqual(new WrapUps().take(payload, [over], known), finish));

  test("counts once, though it comes twice", () => {
    const wrapUps = new WrapUps();
    assert.deepEqual(wrapUps.take({ wrapUp }, [over], known), finish);
    assert.equal(wrapUps.take({ wrapUp }, [over], known), undefined);
    const other = { wrapUp: { ...wrapUp, wrapUpSegmentId: "s-2" } };
    assert.deepEqual(wrapUps.take(other, [over], known), finish);
  });

  for (const payload of [
    undefined,
    null,
    7,
    "{",
    "null",
    {},
    { wrapUp: [] },
    { wrapUp: { recordId: "now-c-2" } },
  ])
    test(`is nothing as ${JSON.stringify(payload)}`, () =>
      assert.equal(new WrapUps().take(payload, [over], known), undefined));

  test("does not end a call that goes on", () =>
    assert.equal(new WrapUps().take({ wrapUp }, [call()], known), undefined));
});
