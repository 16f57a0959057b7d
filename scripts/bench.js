import { build, needsOfBuild } from "./build.js";
import { run } from "./run.js";
import { setUp } from "./setup.js";
import { command } from "./install-step.js";

/*
 * npm run bench               plain Streams and ours over the same lab
 * npm run bench -- --help     what tests/bench/bench.js takes; with any of it, the shift start is left out
 */
command(async () => {
  const env = await setUp([...needsOfBuild, "browser"]);
  await build();
  const given = process.argv.slice(2);
  const args = ["tests/bench/bench.js", ...given];
  const { code } = await run(process.execPath, args, { env, anyCode: true });
  if (code !== 0 || given.length > 0) return code;
  // A model of many agents, without a browser.
  await run("cargo", ["run", "--release", "--quiet", "--example=shift_start"]);
  return 0;
});
