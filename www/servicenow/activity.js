// @ts-check
// The workspace's heart beat: what the agent does there counts as their activity in Connect, and when their session in
// ServiceNow ends, so does the phone's.
import { described, isObject, own, parsed, sentence } from "./plain.js";

/** @typedef {{ lastActiveMs?: number, loggedIn?: boolean }} HeartBeat */

/**
 * @param {unknown} payload `{lastUiActivity, sessionLoggedIn}`, alone or in `result` or `payload`, or its JSON
 * @returns {HeartBeat | { problem: string }} what is not there is absent
 */
export function readHeartBeat(payload) {
  const outer = parsed(payload);
  const beat = [outer, own(outer, "result"), own(outer, "payload")]
    .map(parsed)
    .find((one) => NAMES.some((name) => own(one, name) !== undefined));
  if (!isObject(beat))
    return wrong(
      "The heart beat",
      payload,
      `an object with ${NAMES.join(" and ")}`,
    );
  const active = own(beat, "lastUiActivity");
  const lastActiveMs = timeOf(active);
  if (isSaid(active) && lastActiveMs === undefined)
    return wrong("lastUiActivity", active, "a time");
  const logged = own(beat, "sessionLoggedIn");
  const loggedIn = FLAGS.get(
    typeof logged === "string" ? logged.trim().toLowerCase() : logged,
  );
  if (isSaid(logged) && loggedIn === undefined)
    return wrong("sessionLoggedIn", logged, "true or false");
  return {
    ...(lastActiveMs !== undefined && { lastActiveMs }),
    ...(loggedIn !== undefined && { loggedIn }),
  };
}

/** Says when Connect is to be told that the agent is active. */
export class Activity {
  /** Of the activity that was told last, or was there before the page. */
  #countedMs;
  #toldAtMs = -Infinity;

  /** @param {number} nowMs */
  constructor(nowMs) {
    this.#countedMs = nowMs - RECENT_MS;
  }

  /** Whether to call `stayActive()`: for newer activity only, and at most every 30 seconds. @param {HeartBeat} beat @param {number} nowMs */
  heard({ lastActiveMs }, nowMs) {
    if (lastActiveMs === undefined) return false;
    // Another computer's clock may be ahead.
    const atMs = Math.min(lastActiveMs, nowMs);
    if (atMs <= this.#countedMs || nowMs - atMs > OLDEST_MS) return false;
    if (nowMs - this.#toldAtMs < EVERY_MS) return false;
    this.#countedMs = atMs;
    this.#toldAtMs = nowMs;
    return true;
  }
}

/** @param {unknown} value milliseconds or seconds since 1970, as a number or a text, or a date; without a zone it is UTC, as ServiceNow writes them */
function timeOf(value) {
  if (typeof value === "string") {
    const text = value.trim();
    if (text === "" || text.length > 64) return undefined;
    if (/^\d{9,16}(\.\d+)?$/.test(text)) return timeOf(Number(text));
    const plain = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(\.\d+)?)$/.exec(text);
    const atMs = Date.parse(plain ? `${plain[1]}T${plain[2]}Z` : text);
    return /\d{4}/.test(text) && Number.isFinite(atMs) ? atMs : undefined;
  }
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  if (value > 1e11 && value < 1e14) return value;
  if (value > 1e9 && value < 1e11) return value * 1000;
  return undefined; // Too small for a time; a length, perhaps, of which nobody says since when.
}

/** @param {unknown} value */
function isSaid(value) {
  return value !== undefined && value !== null && value !== "";
}

/** @param {string} field @param {unknown} value @param {string} expected */
function wrong(field, value, expected) {
  return { problem: sentence({ field, found: described(value), expected }) };
}

const NAMES = ["lastUiActivity", "sessionLoggedIn"];
const FLAGS = new Map(
  /** @type {[unknown, boolean][]} */ ([
    [true, true],
    ["true", true],
    ["1", true],
    [1, true],
    [false, false],
    ["false", false],
    ["0", false],
    [0, false],
  ]),
);
const EVERY_MS = 30_000;
const RECENT_MS = 30_000; // The click that opened the page is activity.
const OLDEST_MS = 300_000;
