// @ts-check
// The self-test (`?sysparm_check=true`): what an administrator would look for, each with its verdict and what to do. Pure;
// facts.js collects what the browser knows, and the page adds the rest.

import { BROWSER_CHECKS } from "./check-browser.js";
import { HOST_CHECKS } from "./check-host.js";

/**
 * @typedef {object} Check
 * @property {string} id
 * @property {string} title
 * @property {"good" | "bad" | "unknown"} verdict
 * @property {string} found a line for each thing
 * @property {string} remedy "" if there is nothing to do
 *
 * What is absent is not known.
 *
 * @typedef {object} Facts
 * @property {string} [version] of the update set
 * @property {{ loaded: boolean, version?: string, missing?: readonly string[], refused?: readonly string[], initialised?: boolean, problem?: string }} [openFrame]
 * @property {boolean} [interactionControls] whether they are wanted, so that `setICContext` is needed
 * @property {{ problems: readonly string[] }} [record]
 * @property {{ origin?: string, topOrigin?: string, referrerPolicy?: string, referrer?: string }} [page]
 * @property {{ phase?: string, code?: string, remedy?: string, origin?: string }} [phone]
 * @property {{ enabled?: boolean, access?: boolean, unpartitioned?: "granted" | "denied" | "prompt" }} [cookies]
 * @property {"open" | "blocked"} [popups]
 * @property {{ permission?: string, policy?: boolean, count?: number }} [microphone] `policy`: whether the frame may use it
 * @property {{ origin?: string, flags?: readonly string[] | null }} [sandbox] `flags`: null without a sandbox
 * @property {readonly { directive: string, blocked: string }[]} [violations] of a content security policy
 * @property {boolean} [wasm] whether it may be compiled
 * @property {{ serverMs: number, browserMs: number }} [clock]
 * @property {readonly string[]} [roles] of the agent
 * @property {{ states: readonly string[], presences: readonly string[] }} [unmatched]
 * @property {readonly { property?: string, field?: string, found: string, expected: string }[]} [settings] what is wrong with them
 * @property {readonly { name: string, keys: readonly string[] }[]} [actions] unknown ones
 * @property {readonly string[]} [interactions] what went wrong with them
 */

/** All of them, in the order of the page. @param {Facts} facts @returns {Check[]} */
export function checksOf(facts) {
  return [...HOST_CHECKS, ...BROWSER_CHECKS].map(({ id, title, judge }) => {
    const [verdict, found, remedy = ""] = judge(facts);
    return { id, title, verdict, found, remedy };
  });
}

/**
 * The report: one text to copy, without tokens, numbers or addresses beyond origins.
 *
 * @param {readonly Check[]} checks
 * @param {{ version?: string, atMs?: number, browser?: string, phone?: string }} [about] `phone`: its own report
 */
export function report(checks, { version, atMs, browser, phone } = {}) {
  const head = [
    `connect-softphone for ServiceNow ${version ?? ""}`.trim(),
    ...(atMs === undefined ? [] : [new Date(atMs).toISOString()]),
    ...(browser ? [browser] : []),
  ];
  const lines = checks.map(({ title, verdict, found, remedy }) =>
    [
      `${verdict.toUpperCase().padEnd(7)} ${title}: ${found.replaceAll("\n", INDENTED)}`,
      remedy && INDENTED.slice(1) + remedy,
    ]
      .filter(Boolean)
      .join("\n"),
  );
  return withoutSecrets(
    [...head, "", ...lines, ...(phone ? ["", phone] : [])].join("\n"),
  );
}

/** Takes out what must not be passed on: of addresses what comes after the origin, numbers, e-mail addresses, tokens. @param {string} text */
export function withoutSecrets(text) {
  return text
    .replace(/\b(https?:\/\/[^\s/?#"'<>]+)[/?#][^\s"'<>]*/gi, "$1/…")
    .replace(/[^\s@"'<>]+@[^\s@"'<>]+\.[a-z]{2,}/gi, "…@…")
    .replace(/\+[1-9]\d{6,14}\b/g, "+…")
    .replace(/\b[\w-]{40,}\b/g, "…");
}

const INDENTED = `\n${" ".repeat(8)}`;

/** @typedef {["good" | "bad" | "unknown", string, string?]} Verdict its third: the remedy */
/** @typedef {{ id: string, title: string, judge: (facts: Facts) => Verdict }} Judge */
