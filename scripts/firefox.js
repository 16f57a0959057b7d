import { aptInstall } from "./chromium.js";
import { find } from "./run.js";
import { Missing } from "./install-step.js";

/**
 * Debian's Firefox, for the browser tests.
 *
 * @type {import("./install-step.js").InstallStep}
 */
export const firefox = {
  title: "Firefox ESR",
  usually: "30 s",
  installed: async () => (await locate()) !== undefined,
  install: (log) => aptInstall(["firefox-esr"], byHand, log),
};

/**
 * Where it is, as an environment variable for the tests.
 *
 * @returns {Promise<{ FIREFOX: string }>} an absolute path
 * @throws {Missing} when it is missing
 */
export async function firefoxEnvironment() {
  const FIREFOX = await locate();
  if (!FIREFOX) throw new Missing(byHand);
  return { FIREFOX };
}

async function locate() {
  const given = process.env.FIREFOX;
  const found = await find(given || "firefox-esr");
  if (given && !found)
    throw new Missing(
      `FIREFOX is set to ${given}, but there is no such program.`,
    );
  return found;
}

const byHand =
  "Firefox ESR is not installed, and cannot be installed from here (that requires apt-get with a firefox-esr package, and root or sudo " +
  "without a password). Install it yourself, or point the environment variable FIREFOX to it.";
