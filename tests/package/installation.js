// @ts-check
import {
  mkdtemp,
  mkdir,
  readFile,
  readdir,
  rm,
  writeFile,
} from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { npm, root, run } from "../../scripts/run.js";

/**
 * dist/, packed by npm and installed from that file into an empty folder outside of the repository. Needs no network: peer
 * dependencies are left out.
 *
 * @returns {Promise<Installation>}
 */
export async function installPackage() {
  const folder = await mkdtemp(path.join(os.tmpdir(), "softphone-package-"));
  const packed = await npm(
    ["pack", "./dist", `--pack-destination=${folder}`, ...QUIETLY],
    { show: "none" },
  );
  const archive = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (!archive) throw new Error(`npm pack made no file: ${packed.output}`);
  const host = path.join(folder, "host");
  await mkdir(host);
  await writeFile(
    path.join(host, "package.json"),
    JSON.stringify({ private: true, type: "module" }),
  );
  await npm(
    ["install", `../${archive}`, "--offline", "--legacy-peer-deps", ...QUIETLY],
    { cwd: host, show: "none" },
  );
  return new Installation(folder, host);
}

/** A host's folder in which the package is installed. */
export class Installation {
  #folder;

  /**
   * @param {string} folder
   * @param {string} host
   */
  constructor(folder, host) {
    this.#folder = folder;
    /** Absolute path of the host's folder. */
    this.host = host;
    /** Absolute path of the installed package. */
    this.place = path.join(host, "node_modules/connect-softphone");
  }

  /** Every file of the package, relative to it, sorted. */
  async files() {
    const entries = await readdir(this.place, {
      recursive: true,
      withFileTypes: true,
    });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        path
          .relative(this.place, path.join(entry.parentPath, entry.name))
          .replaceAll("\\", "/"),
      )
      .sort();
  }

  /**
   * @param {string} name relative to the package
   * @returns {Promise<Buffer>}
   */
  read(name) {
    return readFile(path.join(this.place, name));
  }

  /**
   * Runs a module in the host's folder.
   *
   * @param {string} source
   * @returns {Promise<any>} what it logged, which must be one line of JSON
   */
  async evaluate(source) {
    await writeFile(path.join(this.host, "host.js"), source);
    const { code, output } = await run(process.execPath, ["host.js"], {
      cwd: this.host,
      show: "none",
      anyCode: true,
    });
    // Node prints the line at which it stopped, and our module is one very long line.
    if (code !== 0)
      throw new Error(/^\S*Error\b.*$/m.exec(output)?.[0] ?? output);
    return JSON.parse(output);
  }

  /**
   * Compiles a TypeScript file of the host against the installed types.
   *
   * @param {string} source
   * @param {"nodenext" | "bundler"} resolution
   * @returns {Promise<string>} what the compiler found wrong
   */
  async compile(source, resolution) {
    await writeFile(path.join(this.host, "host.ts"), source);
    const options = {
      lib: ["es2023", "dom"],
      module: resolution === "bundler" ? "esnext" : "nodenext",
      moduleResolution: resolution,
      noEmit: true,
      strict: true,
      target: "es2022",
      types: [],
    };
    await writeFile(
      path.join(this.host, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, files: ["host.ts"] }),
    );
    const { output } = await run("tsc", ["-p", ".", "--pretty", "false"], {
      cwd: this.host,
      show: "none",
      anyCode: true,
    });
    return output.trim();
  }

  remove() {
    return remove(this.#folder);
  }
}

/** What must not stand in a published file: where the machine that built it keeps things. */
export const machinePaths = [
  ...new Set([
    root,
    os.homedir(),
    "/root/",
    "/home/",
    "/Users/",
    ":\\Users\\",
    ".cargo/registry",
    ".rustup/",
    "node_modules/",
  ]),
];

/** @param {string} folder */
function remove(folder) {
  return rm(folder, { recursive: true, force: true });
}

const QUIETLY = [
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];
