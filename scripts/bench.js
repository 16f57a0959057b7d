import { build, needsOfBuild } from "./build.js";
import { run } from "./program.js";
import { setUp } from "./setup.js";
import { command } from "./step.js";

/*
 * npm run bench               plain Streams and ours over the same lab
 * npm run bench -- --help     what tests/bench/bench.js takes
 */
command(async () => {
  const env = await setUp([...needsOfBuild, "browser"]);
  await build();
  const args = ["tests/bench/bench.js", ...process.argv.slice(2)];
  return (await run(process.execPath, args, { env, anyCode: true })).code;
});
