import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import {
  cargoCount,
  nextestCount,
  nodeCount,
  playwrightCount,
  sum,
  typesCount,
} from "./test-counts.js";
import { ask, root, run } from "./run.js";
import { Missing, say } from "./install-step.js";
import { needsOfBuild } from "./build.js";
import { withWasmBrowser } from "./wasm-browser.js";

/**
 * A part of the tests that can run alone.
 *
 * @typedef {object} Suite
 * @property {string} name as `npm test -- --only` takes it
 * @property {string} about what it tests, in a few words
 * @property {import("./setup.js").Need[]} needs what must be set up
 * @property {boolean} built whether it reads dist/ or target/pkg
 * @property {(env: Environment) => Promise<Run[]>} run
 */

/** @typedef {Record<string, string | undefined>} Environment */
/** @typedef {import("./test-counts.js").Count & { code: number }} Run how a runner ended, and what it counted */

/** @type {Suite[]} */
export const suites = [
  {
    name: "scripts",
    about: "these commands themselves",
    needs: [],
    built: false,
    run: async (env) => [await nodeTests("scripts", env)],
  },
  {
    name: "rust",
    about: "the crate on this machine, and its doc tests",
    needs: ["rust"],
    built: false,
    async run(env) {
      const nextest = await ask("cargo", ["nextest", "--version"]);
      say(
        `using ${nextest?.split("\n")[0] ?? "cargo test, because cargo-nextest is not installed"}`,
      );
      const tests = nextest
        ? ["nextest", "run", "--no-fail-fast"]
        : ["test", "--lib", "--tests", "--no-fail-fast"];
      return [
        await counted("cargo", tests, env, nextest ? nextestCount : cargoCount),
        await counted("cargo", ["test", "--doc"], env, cargoCount),
      ];
    },
  },
  {
    name: "wasm",
    about: "the crate in Chromium",
    needs: ["tools", "target", "browser"],
    built: false,
    async run(env) {
      const args = [
        ["test", "--lib", "--tests", "--no-fail-fast"],
        ["--target=wasm32-unknown-unknown"],
      ].flat();
      return withWasmBrowser(env.CHROMIUM, async (browser) => [
        await counted(
          "cargo",
          args,
          { ...env, ...wasmRunner, ...browser },
          cargoCount,
        ),
      ]);
    },
  },
  {
    name: "lab",
    about: "the simulated far side",
    needs: [...needsOfBuild, "browser"],
    built: true,
    run: async (env) => [await nodeTests("tests/lab", env)],
  },
  {
    name: "types",
    about: "the public TypeScript",
    needs: needsOfBuild,
    built: true,
    async run(env) {
      await folder("tests/types");
      const args = ["-p", "tests/types", "--noEmit", "--pretty", "false"];
      const { code, output } = await run("tsc", [...args, "--listFiles"], {
        env,
        show: "none",
        anyCode: true,
      });
      console.log(withoutPaths(output));
      return [{ ...typesCount(output, "tests/types/"), code }];
    },
  },
  {
    name: "browser",
    about: "the pages in Chromium and Firefox, over the lab",
    needs: [...needsOfBuild, "browser", "firefox"],
    built: true,
    async run(env) {
      await folder("tests/browser");
      return [await counted("playwright", ["test"], env, playwrightCount)];
    },
  },
  {
    name: "servicenow",
    about: "what is packed for ServiceNow",
    needs: needsOfBuild,
    built: true,
    run: async (env) => [await nodeTests("tests/servicenow", env)],
  },
  {
    name: "setup",
    about: "the check of a set-up as a command",
    needs: needsOfBuild,
    built: true,
    run: async (env) => [await nodeTests("tests/setup", env)],
  },
  {
    name: "package",
    about: "the packed npm package",
    needs: needsOfBuild,
    built: true,
    run: async (env) => [await nodeTests("tests/package", env)],
  },
];

/**
 * @param {Suite} suite
 * @param {Environment} env
 * @returns {Promise<import("./test-counts.js").Count>}
 * @throws {Missing} when the suite's folder is missing or no test ran
 */
export async function runSuite(suite, env) {
  const runs = await suite.run(env);
  const count = sum(runs);
  if (count.failed === 0 && runs.some((run) => run.code !== 0))
    // Something failed outside of a test: a leak, an error while loading, a file that does not compile.
    count.failed = 1;
  if (count.passed + count.failed === 0) throw new Missing("no test ran");
  return count;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {Environment} env
 * @param {(output: string) => import("./test-counts.js").Count} count
 * @returns {Promise<Run>}
 */
async function counted(command, args, env, count) {
  const { code, output } = await run(command, args, {
    env: { ...colours(), ...env },
    show: "copy",
    anyCode: true,
  });
  return { ...count(output), code };
}

/**
 * Runs the `*.test.js` files of a folder. Named one by one: Node 20 takes a folder and Node 22 a pattern.
 *
 * @param {string} name
 * @param {Environment} env
 */
async function nodeTests(name, env) {
  const files = (await folder(name))
    .filter((file) => file.endsWith(".test.js"))
    .map((file) => path.join(name, file));
  if (files.length === 0) throw new Missing(`${name} has no *.test.js file`);
  const limits = [
    "--test-timeout=300000", // A file that leaves something open would never finish.
    `--test-concurrency=${availableParallelism()}`, // By default, Node leaves one core unused.
  ];
  const options = nodeLimits() ? limits : [];
  const flags = ["--test", "--test-reporter=spec", ...options];
  return counted(process.execPath, [...flags, ...files], env, nodeCount);
}

/**
 * What tsc says without the list of files it read, most of them other people's.
 *
 * @param {string} output
 */
function withoutPaths(output) {
  const lines = output.split("\n");
  return lines.filter((line) => !path.isAbsolute(line)).join("\n");
}

/** Whether this Node has `--test-timeout` and `--test-concurrency`: since 20.11. */
function nodeLimits() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major > 20 || minor >= 11;
}

/** @param {string} name */
async function folder(name) {
  try {
    return (await readdir(path.join(root, name), { recursive: true })).sort();
  } catch {
    throw new Missing(`there is no folder ${name}`);
  }
}

/** @returns {Environment} */
function colours() {
  return process.stdout.isTTY && !process.env.NO_COLOR
    ? { FORCE_COLOR: "1", CARGO_TERM_COLOR: "always" }
    : {};
}

/** @type {Environment} */
const wasmRunner = {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
  // Seconds. Its defaults of 5 and 20 are too short for a browser's first start on a busy machine.
  WASM_BINDGEN_TEST_DRIVER_TIMEOUT: "60",
  WASM_BINDGEN_TEST_TIMEOUT: "120",
  // It would prefer these drivers.
  GECKODRIVER: undefined,
  GECKODRIVER_REMOTE: undefined,
  SAFARIDRIVER: undefined,
  SAFARIDRIVER_REMOTE: undefined,
};
