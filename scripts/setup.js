import { chromium, chromiumEnvironment } from "./chromium.js";
import { packages } from "./packages.js";
import { lints, rust, wasmTarget, wasmTools } from "./rust.js";
import { bring, say, seconds } from "./install-step.js";
import { inTurn } from "./checkout-lock.js";

/**
 * What a command can need. wasm-opt is one of the npm packages.
 *
 * @typedef {"rust" | "packages" | "target" | "tools" | "lints" | "browser"} Need
 */

/**
 * Brings onto this machine what is missing, with nothing but Node's own modules, and says so. Idempotent; about half a second
 * when everything is there. "tools" and "target" imply "rust".
 *
 * @param {Need[]} needs
 * @returns {Promise<Record<string, string>>} environment variables for programs that use what was asked for
 * @throws {Missing} with a sentence that says what to do
 */
export async function setUp(needs) {
  const startedAt = performance.now();
  const brought = await inTurn(async () => {
    if (needs.some((need) => need !== "packages" && need !== "browser"))
      await rust();
    return bring(needs.flatMap((need) => (need in steps ? [steps[need]] : [])));
  });
  say(
    brought > 0
      ? `set up in ${seconds(startedAt)}`
      : `everything is there (${seconds(startedAt)})`,
  );
  return needs.includes("browser") ? chromiumEnvironment() : {};
}

/** @type {Record<string, import("./install-step.js").Step>} */
const steps = {
  tools: wasmTools,
  packages,
  target: wasmTarget,
  browser: chromium,
  lints,
};
