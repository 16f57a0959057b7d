import { constants } from "node:os";
import { build, needsOfBuild } from "./build.js";
import { ProgramError, run } from "./run.js";
import { setUp } from "./setup.js";
import { command } from "./install-step.js";

/*
 * npm start                 the lab and its start page
 * npm start -- --help       what tests/lab/start.js takes
 */
command(async () => {
  const passed = process.argv.slice(2);
  if (passed.includes("--help")) await setUp(["packages"]);
  else {
    await setUp(needsOfBuild);
    await build();
  }
  // Ctrl-C reaches the lab by itself, which then ends what it started: we only wait for it.
  process.on("SIGINT", () => {});
  try {
    const args = ["tests/lab/start.js", ...passed];
    return (await run(process.execPath, args, { anyCode: true })).code;
  } catch (error) {
    if (!(error instanceof ProgramError && error.signal)) throw error;
    return (
      128 +
      (constants.signals[/** @type {NodeJS.Signals} */ (error.signal)] ?? 0)
    );
  }
});
