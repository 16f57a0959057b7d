import { chromium, chromiumEnvironment } from "./chromium.js";
import { firefox, firefoxEnvironment } from "./firefox.js";
import { packages } from "./packages.js";
import { browserModule } from "./compile.js";
import { lints, rust, wasmTarget, wasmTools } from "./rust.js";
import { installAll, say, seconds } from "./install-step.js";
import { withCheckoutLock } from "./checkout-lock.js";

/**
 * What a command can need. wasm-opt comes with the npm packages. "module" is the browser module, compiled for the first
 * time.
 *
 * @typedef {"rust" | "packages" | "target" | "tools" | "module" | "lints" | "browser" | "firefox"} Need
 */

/**
 * Installs what is missing on this machine, using nothing but Node's own modules, and says so. Takes about half a second if
 * nothing is missing. "module" needs "target", and all but "packages", "browser" and "firefox" imply "rust".
 *
 * @param {Need[]} needs
 * @returns {Promise<Record<string, string>>} environment variables for programs that use what is set up
 * @throws {Missing} with a sentence that says what to do
 */
export async function setUp(needs) {
  const startedAt = performance.now();
  const missing = await withCheckoutLock(async () => {
    const noRust = ["packages", "browser", "firefox"];
    if (needs.some((need) => !noRust.includes(need))) await rust();
    const first = needs.includes("target") ? await installAll([wasmTarget]) : 0;
    const rest = needs.flatMap((need) => (need in steps ? [steps[need]] : []));
    return first + (await installAll(rest));
  });
  say(
    missing > 0
      ? `set up in ${seconds(startedAt)}`
      : `everything is installed (checked in ${seconds(startedAt)})`,
  );
  return {
    ...(needs.includes("browser") && (await chromiumEnvironment())),
    ...(needs.includes("firefox") && (await firefoxEnvironment())),
  };
}

/** @type {Record<string, import("./install-step.js").InstallStep>} */
const steps = {
  tools: wasmTools,
  packages,
  module: browserModule,
  browser: chromium,
  firefox,
  lints,
};
