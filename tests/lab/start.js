// @ts-check
/**
 * What `npm start` runs: a lab for use by hand, until Ctrl-C. `--help` lists options and settings.
 *
 * Takes the next free port when the requested one is in use, and opens the start page when there is a display.
 */
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { CONNECT_SETTINGS } from "./connect/settings.js";
import { IDP_SETTINGS } from "./idp/settings.js";
import { startLab } from "./lab.js";
import { SERVICENOW_SETTINGS } from "./servicenow/settings.js";

async function main() {
  const { help, port: wanted } = options(process.argv.slice(2));
  if (help) return console.log(HELP);
  const lab = await startNear(wanted);
  const { start, agentPage } = lab.urls;
  if (wanted !== 0 && lab.port !== wanted)
    console.log(
      `Port ${wanted} is in use, so the lab uses port ${lab.port}.\n`,
    );
  console.log(`The softphone lab is running. Open this page:

  ${start}

Agent page   ${agentPage}
Control API  ${start}control

Press Ctrl-C to stop it.`);
  openBrowser(start);
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, async () => {
      await lab.close();
      process.exit(0);
    });
}

/** @param {string[]} args */
function options(args) {
  try {
    const { help, port } = parseArgs({
      args,
      options: {
        help: { type: "boolean", default: false },
        port: { type: "string", default: DEFAULT_PORT },
      },
    }).values;
    if (/^\d+$/.test(port) && Number(port) <= 65_535)
      return { help, port: Number(port) };
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

/** A convenience, so a failure is not reported. @param {string} url */
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

/** @param {import("./settings.js").SettingsTable} table */
function listed(table) {
  return Object.entries(table)
    .map(
      ([name, { type, default: value, says }]) =>
        `  ${name}: ${type.replaceAll("|", " or ")}, default ${JSON.stringify(value)}\n    ${says.replaceAll("`", "")}`,
    )
    .join("\n");
}

const ATTEMPTS = 20;
const DEFAULT_PORT = "8765";

const HELP = `npm start [-- --port <number>]

Runs the softphone lab on this machine until Ctrl-C.

  --port <number>  the port to listen on, 0 to 65535, default ${DEFAULT_PORT}; 0 picks a free one.
                   If it is in use, the next free port is used.
  --help           show this text

While the lab runs, its control API changes the settings below and does more;
http://lab.localhost:${DEFAULT_PORT}/control describes every command. For example:

  curl -X PATCH http://lab.localhost:${DEFAULT_PORT}/control/idp \\
    -H 'content-type: application/json' -d '{"framing": false}'

Identity provider (PATCH /control/idp)

${listed(IDP_SETTINGS)}

Amazon Connect instance (PATCH /control/connect)

${listed(CONNECT_SETTINGS)}

ServiceNow instance (PATCH /control/servicenow)

${listed(SERVICENOW_SETTINGS)}`;

await main();
