// @ts-check
// The writers of crates/setup, with answers as their questions have them.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../../scripts/run.js";
import { initSync, runbook } from "../../target/pkg-setup/connect_setup.js";

/** @typedef {import("../../target/pkg-setup/connect_setup.js").Answers} Answers */
/** @typedef {import("../../target/pkg-setup/connect_setup.js").Runbook} Runbook */
/** @typedef {import("../../target/pkg-setup/connect_setup.js").Step} Step */
/** @typedef {import("../../target/pkg-setup/connect_setup.js").RunbookText} Text */

const wasm = path.join(root, "target/pkg-setup/connect_setup_bg.wasm");
initSync({ module: await readFile(wasm) });

export { runbook };

/** What there is to choose. */
export const { choices } = runbook({ idp: "okta", host: "page" });

/**
 * The answers that the questions give as examples; those with a default are left out.
 *
 * @param {string} idp
 * @param {string} host
 * @param {boolean} [globalResiliency]
 * @returns {Answers}
 */
export function examples(idp, host, globalResiliency = false) {
  /** @type {Answers} */
  const answers = { idp, host, globalResiliency };
  for (const { name, example } of runbook(answers).questions)
    if (!DEFAULTS.includes(name)) answers[name] = example;
  return answers;
}

/** @param {Runbook} book @returns {Text[]} */
export function texts(book) {
  return book.steps.flatMap((step) => step.strings);
}

const DEFAULTS = [
  "roleName",
  "providerName",
  "destination",
  "otherInstances",
  "globalResiliency",
];
