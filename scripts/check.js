import util from "node:util";
import { build, needsOfBuild } from "./build.js";
import { run } from "./run.js";
import { setUp } from "./setup.js";
import { command, say, seconds } from "./install-step.js";

/*
 * npm run check              formatting, lints and types; all of them, whatever fails
 * npm run check -- --fix     formats first
 */
command(async () => {
  const { values } = util.parseArgs({
    options: { fix: { type: "boolean", default: false } },
  });
  await setUp([...needsOfBuild, "lints"]);
  // The types of target/pkg and dist/ are part of what is checked.
  await build();
  const lines = [];
  let failed = 0;
  for (const [program, ...args] of checks(values.fix)) {
    const startedAt = performance.now();
    const title = [program, ...args].join(" ");
    console.log();
    say(title);
    const { code } = await run(program, args, { anyCode: true });
    if (code !== 0) failed += 1;
    lines.push(
      `${code === 0 ? "ok    " : "failed"}  ${title} (${seconds(startedAt)})`,
    );
  }
  console.log(`\n${lines.join("\n")}`);
  return failed > 0 ? 1 : 0;
});

/** @param {boolean} fix */
function checks(fix) {
  const tools = "--manifest-path=tools/wasm/Cargo.toml";
  const format = fix ? [] : ["--check"];
  const clippy = ["cargo", "clippy", "--all-targets"];
  const strict = ["--", "-D", "warnings"];
  return [
    ["cargo", "fmt", ...format],
    ["cargo", "fmt", tools, ...format],
    [...clippy, ...strict],
    [...clippy, "--target=wasm32-unknown-unknown", ...strict],
    ["tsc", "--noEmit", "-p", "."],
    ["tsc", "--noEmit", "-p", "tests/types"],
    ["prettier", "--log-level=warn", fix ? "--write" : "--check", "."],
  ];
}
