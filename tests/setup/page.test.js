// @ts-check
// What the setup assistant's page decides by itself: which parts of a text it shows, what a link carries, and at which step a
// phone fails.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { answersIn, fragmentOf } from "../../www/setup/link.js";
import { segmentsOf } from "../../www/setup/marked-text.js";
import { conclusion, stepsOf } from "../../www/setup/try-steps.js";

describe("a marked text", () => {
  /** @param {import("../../www/setup/marked-text.js").Segment[]} segments */
  const shown = (segments) =>
    segments.map(({ kind, text, begins }) =>
      kind === "marked" ? `[${text}]${begins.join()}` : text,
    );
  /** @param {number} start @param {number} end */
  const error = (start, end) => ({
    severity: /** @type {const} */ ("error"),
    at: { start, end },
  });

  test("is cut where findings begin and end, also where they overlap", () => {
    assert.deepEqual(
      shown(segmentsOf("abcdef", [error(1, 4), error(3, 5)], [])),
      ["a", "[bc]0", "[d]1", "[e]", "f"],
    );
  });

  test("shows where something is missing", () => {
    assert.deepEqual(shown(segmentsOf("ab", [error(2, 2)], [])), ["ab", "[]0"]);
    assert.deepEqual(shown(segmentsOf("", [error(0, 0)], [])), ["[]0"]);
  });

  test("has what is secret covered, unless a finding is about it", () => {
    const secrets = [{ start: 2, end: 5 }];
    assert.deepEqual(shown(segmentsOf("a=bcd", [], secrets)), ["a=•••"]);
    assert.deepEqual(shown(segmentsOf("a=bcd", [error(3, 4)], secrets)), [
      "a=•",
      "[c]0",
      "•",
    ]);
  });

  test("is whole, whatever is marked and left out in it", () => {
    for (let length = 0; length < 6000; length += 531)
      for (let start = 0; start <= length; start += 397) {
        const text = "x".repeat(length);
        const findings = [
          error(start, Math.min(length, start + 3)),
          error(0, 0),
        ];
        const segments = segmentsOf(text, findings, []);
        assert.equal(segments.map(({ text }) => text).join(""), text);
        const seen = segments.filter(({ kind }) => kind !== "left out");
        assert.ok(seen.map(({ text }) => text).join("").length <= 1500);
        const begun = segments.flatMap(({ begins }) => begins);
        assert.deepEqual(begun.sort(), [0, 1]);
      }
  });
});

describe("a link", () => {
  test("carries what was entered, and says what it does not", () => {
    const answers = { a: "1&2 #ü", url: "x?token=abc&y=1", users: "ada, Ada" };
    const { fragment, leftOut } = fragmentOf(answers, (text) =>
      text.includes("token") ? [{ start: 8, end: 11 }] : [],
    );
    assert.deepEqual(leftOut, ["url", "users"]);
    assert.deepEqual(
      [...answersIn(`#${fragment}`)],
      [
        ["a", "1&2 #ü"],
        ["url", "x?token=&y=1"],
      ],
    );
  });

  test("of anybody gives texts with names, and not more than there can be", () => {
    assert.equal(answersIn("").size, 0);
    assert.equal(answersIn("#__proto__=1&a b=2&users=x").size, 0);
    assert.equal(answersIn(`a=${"x".repeat(5000)}`).size, 0);
    const many = Array.from({ length: 500 }, (_, at) => [
      "x"
        .repeat(1 + (at % 40))
        .replace(/^./, String.fromCharCode(97 + (at % 26))),
      "1",
    ]);
    assert.ok(answersIn(String(new URLSearchParams(many))).size <= 60);
  });
});

describe("a phone that is tried", () => {
  const facts = { origin: "https://desk.example", sso: true, timeline: [] };
  const frame = [
    { what: "wayBegan", way: "frame" },
    { what: "signInReturned", way: "frame" },
    { what: "acknowledged" },
  ];
  /** @param {Partial<import("../../www/setup/try-steps.js").Facts>} more */
  const verdicts = (more) =>
    Object.fromEntries(
      stepsOf({ ...facts, ...more }).map(({ id, verdict }) => [id, verdict]),
    );

  test("has not begun", () => {
    assert.deepEqual(
      new Set(Object.values(verdicts({}))),
      new Set(["waiting"]),
    );
  });

  test("works through the frame, through a window, and with a session", () => {
    const ready = { phase: "ready", signedIn: "ada" };
    const works = verdicts({ ...ready, timeline: frame });
    assert.equal(works.framing, "good");
    assert.equal(works.popups, "unneeded");
    const steps = stepsOf({ ...facts, ...ready, timeline: frame });
    assert.equal(conclusion(steps, "ready"), "It works.");
    const window = [
      ...frame.slice(0, 1),
      { what: "wayBegan", way: "popup" },
      { what: "signInReturned", way: "popup" },
    ];
    const other = verdicts({ ...ready, timeline: window });
    assert.deepEqual([other.framing, other.popups], ["doubtful", "good"]);
    const alive = verdicts({ ...ready, timeline: frame.slice(2) });
    assert.deepEqual([alive.framing, alive.aws], ["unneeded", "unneeded"]);
  });

  test("fails at the step of its error, with what to do", () => {
    for (const [code, step] of [
      ["CONFIG_INVALID", "page"],
      ["STREAMS_LOAD_FAILED", "page"],
      ["WINDOW_BLOCKED", "popups"],
      ["SIGN_IN_TIMEOUT", "aws"],
      ["THIRD_PARTY_COOKIES_BLOCKED", "cookies"],
      ["CCP_SILENT", "origin"],
      ["FRAME_BLOCKED", "origin"],
      ["ACCESS_DENIED", "user"],
      ["AGENT_SILENT", "ccp"],
      ["MICROPHONE_DENIED", "audio"],
    ]) {
      const error = { code, remedy: "Do this." };
      const steps = stepsOf({ ...facts, phase: "failed", error });
      const bad = steps.filter(({ verdict }) => verdict === "bad");
      assert.deepEqual(
        bad.map(({ id }) => id),
        [step],
        code,
      );
      assert.match(bad[0].remedy, /\.$/);
      assert.match(conclusion(steps, "failed"), /^Something is wrong: /);
    }
  });

  test("with another person, says whether only the case differs", () => {
    for (const [signedIn, pattern] of /** @type {[string, RegExp][]} */ ([
      ["Ada", /case of letters/],
      ["grace", /right person/],
    ])) {
      const steps = stepsOf({
        ...facts,
        phase: "ready",
        timeline: frame,
        userName: "ada",
        signedIn,
      });
      const user = steps.find(({ id }) => id === "user");
      assert.equal(user?.verdict, "bad");
      assert.match(String(user?.remedy), pattern);
    }
  });
});
