import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { access, constants, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder, absolute. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(
  /[\\/]$/,
  "",
);

/**
 * A program that could not be started, ended with a non-zero code, or was ended by a signal.
 */
export class ProgramError extends Error {
  /**
   * @param {string} message what ran and how it ended
   * @param {{ code?: number, signal?: string, output?: string, cause?: unknown }} [end]
   *   how it ended; `output` is what it printed, if it was kept
   */
  constructor(message, end = {}) {
    super(message, { cause: end.cause });
    this.name = "ProgramError";
    this.code = end.code;
    this.signal = end.signal;
    this.output = end.output ?? "";
  }
}

/**
 * Runs a program from the repository's folder with our tools on its PATH.
 *
 * - `show: "all"` (default): it has the terminal, input included.
 * - `show: "copy"`: its output is shown as it comes and kept.
 * - `show: "none"`: its output is kept only.
 *
 * @param {string} command a name on PATH or a path
 * @param {string[]} args
 * @param {{ show?: "all" | "copy" | "none", log?: string, env?: Record<string, string | undefined>, cwd?: string, anyCode?: boolean }} [options]
 *   `log`: a file that gets the output too; `env`: added to ours, `undefined` removes; `anyCode`: a non-zero code is no error
 * @returns {Promise<{ code: number, output: string }>} `output` is stdout and stderr as they came, without colours
 * @throws {ProgramError} when it cannot be started, is ended by a signal, or ends with a non-zero code
 */
export async function run(command, args, options = {}) {
  const { show = "all", log, env = {}, cwd = root, anyCode = false } = options;
  const title = [path.basename(command), ...args].join(" ");
  const file = log ? await openLog(log, title) : undefined;
  let output = "";
  const end = await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: environment(env),
      stdio: show === "all" ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    for (const [from, to] of /** @type {const} */ ([
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])) {
      // The stream decodes, so that a character cut in two by a chunk's end stays whole.
      from?.setEncoding("utf8").on("data", (text) => {
        output += text;
        file?.write(text);
        if (show === "copy") to.write(text);
      });
    }
    // Ctrl-C reaches the whole terminal; this reaches only us.
    const forward = () => child.kill("SIGTERM");
    process.once("SIGTERM", forward);
    child.on("exit", () => process.off("SIGTERM", forward));
    child.on("error", (cause) =>
      reject(new ProgramError(`${title}: ${cause.message}`, { cause })),
    );
    child.on("close", (code, signal) => resolve({ code, signal }));
  }).finally(() => file?.end());
  output = plain(output);
  if (end.signal)
    throw new ProgramError(`${title} was ended by ${end.signal}`, {
      signal: end.signal,
      output,
    });
  if (end.code !== 0 && !anyCode)
    throw new ProgramError(`${title} ended with code ${end.code}`, {
      code: end.code,
      output,
    });
  return { code: end.code, output };
}

/**
 * What a program prints, trimmed, or `undefined` when it is not there or fails.
 *
 * @param {string} command
 * @param {string[]} args
 */
export async function ask(command, args) {
  try {
    return (await run(command, args, { show: "none" })).output.trim();
  } catch (error) {
    if (error instanceof ProgramError) return undefined;
    throw error;
  }
}

/**
 * Whether a file or folder is there.
 *
 * @param {string} name in the checkout, or absolute
 */
export function exists(name) {
  return access(path.resolve(root, name)).then(
    () => true,
    () => false,
  );
}

/**
 * The absolute path of a program, or `undefined`.
 *
 * @param {string} name a name to look for on PATH, or a path
 */
export async function find(name) {
  const folders = path.isAbsolute(name)
    ? [""]
    : searchPath().split(path.delimiter).filter(Boolean);
  for (const folder of folders)
    for (const ending of process.platform === "win32" ? [".exe", ""] : [""]) {
      const candidate = path.join(folder, name + ending);
      try {
        await access(candidate, constants.X_OK);
        return candidate;
      } catch {
        // Not in this folder.
      }
    }
  return undefined;
}

/**
 * Runs npm: the one that started us when there is one, else the one on PATH.
 *
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function npm(args, options) {
  const own = process.env.npm_execpath;
  return own && /npm-cli\.[cm]?js$/.test(own)
    ? run(process.execPath, [own, ...args], options)
    : run("npm", args, options);
}

/**
 * A file of the repository as text.
 *
 * @param {string} name relative to the repository's folder
 */
export function read(name) {
  return readFile(path.join(root, name), "utf8");
}

/** @param {string} text */
export function plain(text) {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
}

/** @param {Record<string, string | undefined>} extra */
function environment(extra) {
  /** @type {Record<string, string | undefined>} */
  const all = { ...process.env, PATH: searchPath(), ...extra };
  for (const [name, value] of Object.entries(all))
    if (value === undefined) delete all[name];
  return all;
}

function searchPath() {
  return [
    path.join(root, "target/tools/bin"),
    path.join(root, "node_modules/.bin"),
    process.env.PATH ?? "",
  ].join(path.delimiter);
}

/**
 * @param {string} log
 * @param {string} title
 */
async function openLog(log, title) {
  await mkdir(path.dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: "a" });
  file.write(`\n$ ${title}\n`);
  return file;
}
