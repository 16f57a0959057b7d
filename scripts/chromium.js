import { ask, find, run } from "./run.js";
import { Missing } from "./install-step.js";

/**
 * Chromium and its driver, for the tests and the benchmark.
 *
 * @type {import("./install-step.js").InstallStep}
 */
export const chromium = {
  title: "Chromium and chromedriver",
  usually: "60 s",
  async installed() {
    const [browser, driver] = await Promise.all([
      locate(browserPlaces),
      locate(driverPlaces),
    ]);
    return browser !== undefined && driver !== undefined;
  },
  install: (log) => aptInstall(["chromium", "chromium-driver"], byHand, log),
};

/**
 * Installs packages of Debian's.
 *
 * @param {string[]} packages the first one decides whether they are to be had
 * @param {string} otherwise what to do where that is impossible
 * @param {Parameters<import("./install-step.js").InstallStep["install"]>[0]} log
 * @throws {Missing} with that sentence
 */
export async function aptInstall(packages, otherwise, log) {
  const prefix = await rightsPrefix();
  if (!prefix || !(await find("apt-get"))) throw new Missing(otherwise);
  const apt = (/** @type {string[]} */ ...args) =>
    run(
      prefix[0] ?? "env",
      [
        ...prefix.slice(1),
        ...(prefix[0] ? ["env"] : []),
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-y",
        "-o",
        "DPkg::Lock::Timeout=120",
        ...args,
      ],
      { show: "none", log },
    );
  await apt("update");
  if (!(await debPackage(packages[0]))) throw new Missing(otherwise);
  await apt("install", "--no-install-recommends", ...packages);
}

/**
 * Where the browser and its driver are, as environment variables for the programs that we start.
 *
 * @returns {Promise<{ CHROMIUM: string, CHROMEDRIVER: string }>} absolute paths
 * @throws {Missing} when one is missing or they are not of the same version
 */
export async function chromiumEnvironment() {
  const CHROMIUM = await locate(browserPlaces);
  const CHROMEDRIVER = await locate(driverPlaces);
  if (!CHROMIUM || !CHROMEDRIVER) throw new Missing(byHand);
  const [browser, driver] = await Promise.all([
    majorVersion(CHROMIUM),
    majorVersion(CHROMEDRIVER),
  ]);
  if (browser !== driver)
    throw new Missing(
      `${CHROMIUM} is version ${browser} and ${CHROMEDRIVER} is version ${driver}: they must match. ` +
        "Install the same version of both, or point CHROMIUM and CHROMEDRIVER to them.",
    );
  return { CHROMIUM, CHROMEDRIVER };
}

/**
 * @typedef {{ variable: "CHROMIUM" | "CHROMEDRIVER", names: string[] }} Places
 * @param {Places} places
 */
async function locate({ variable, names }) {
  const given = process.env[variable];
  if (given) {
    const found = await find(given);
    if (found) return found;
    throw new Missing(
      `${variable} is set to ${given}, but there is no such program.`,
    );
  }
  for (const name of names) {
    const found = await find(name);
    if (found) return found;
  }
  return undefined;
}

/**
 * What to put before a command that changes the system: nothing for root, sudo where it asks for no password.
 *
 * @returns {Promise<string[] | undefined>} `undefined` if neither is possible
 */
async function rightsPrefix() {
  if (process.getuid?.() === 0) return [];
  return (await ask("sudo", ["-n", "true"])) === undefined
    ? undefined
    : ["sudo", "-n"];
}

/**
 * Whether apt has a real package of that name. Ubuntu's only points to a snap.
 *
 * @param {string} name
 */
async function debPackage(name) {
  const policy = await ask("apt-cache", ["policy", name]);
  return /Candidate: \d/.test(policy ?? "");
}

/** @param {string} file */
async function majorVersion(file) {
  return /(\d+)\.\d+\.\d+/.exec((await ask(file, ["--version"])) ?? "")?.[1];
}

const byHand =
  "Chromium and chromedriver are not installed, and cannot be installed from here (that requires apt-get with a chromium package, and " +
  "root or sudo without a password). Install both yourself, in the same version, or point the environment variables CHROMIUM and " +
  "CHROMEDRIVER to them. `npm start` does not need them.";

/** @type {Places} */
const browserPlaces = {
  variable: "CHROMIUM",
  names: [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ],
};

/** @type {Places} */
const driverPlaces = {
  variable: "CHROMEDRIVER",
  names: ["chromedriver", "/usr/lib/chromium-browser/chromedriver"],
};
