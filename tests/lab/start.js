// @ts-check
/**
 * Starts a lab for people: `node tests/lab/start.js [--port 8765]`, ended by Ctrl-C.
 *
 * Takes the next free port when the wanted one is in use, and opens the browser when there is a display.
 */
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { startLab } from "./lab.js";

async function main() {
  const wanted = portOf(process.argv.slice(2));
  const lab = await startNear(wanted);
  const { start, agentPage } = lab.urls;
  if (wanted !== 0 && lab.port !== wanted)
    console.log(`Port ${wanted} is in use, so this is port ${lab.port}.\n`);
  console.log(`The softphone lab is running. Click here:

  ${start}

Agent page   ${agentPage}
Control API  ${start}control

Ctrl-C ends it.`);
  openBrowser(start);
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, async () => {
      await lab.close();
      process.exit(0);
    });
}

/** @param {string[]} args */
function portOf(args) {
  try {
    const { port } = parseArgs({
      args,
      options: { port: { type: "string", default: "8765" } },
    }).values;
    if (/^\d+$/.test(port) && Number(port) <= 65_535) return Number(port);
    console.error(`--port: found ${port}, expected 0 to 65535`);
  } catch (error) {
    console.error(/** @type {Error} */ (error).message);
  }
  return process.exit(2);
}

/** @param {number} first */
async function startNear(first) {
  for (let port = first; ; port++) {
    try {
      return await startLab({ port });
    } catch (error) {
      const { code } = /** @type {NodeJS.ErrnoException} */ (error);
      if (code !== "EADDRINUSE" || port === first + ATTEMPTS) throw error;
    }
  }
}

/** A convenience: that it cannot be done is no reason to say anything. @param {string} url */
function openBrowser(url) {
  const { platform, env } = process;
  if (env.CI || (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY))
    return;
  const [command, ...args] =
    platform === "darwin"
      ? ["open", url]
      : platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  const opener = spawn(command, args, { detached: true, stdio: "ignore" });
  opener.on("error", () => {});
  opener.unref();
}

const ATTEMPTS = 20;

await main();
