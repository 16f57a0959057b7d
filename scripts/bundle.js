import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { sum } from "../js/module/inside/checksum.js";
import { read, root } from "./run.js";

/** The module dist/index.js, and what it loads or comes with. */
export async function bundleModule() {
  const esbuild = await import("esbuild");
  const { alias, plugins } = await phone("beside");
  await esbuild.build({
    ...COMMON,
    entryPoints: ["js/index.js"],
    outfile: "dist/index.js",
    alias,
    plugins: [
      ...plugins,
      elsewhere(/^connect-softphone\/phone-number$/, "./phone-number.js"),
    ],
    format: "esm",
    minify: true,
  });
  // Loaded when the first number is dialled.
  await esbuild.build({
    ...COMMON,
    entryPoints: ["js/phone-number.js"],
    outfile: "dist/phone-number.js",
    format: "esm",
    minify: true,
  });
  // A plain script, which the return page loads from beside itself.
  await esbuild.build({
    ...COMMON,
    entryPoints: ["js/return/softphone-return.js"],
    outfile: "dist/softphone-return.js",
    format: "iife",
    minify: true,
  });
}

/**
 * A classic script with everything inside: the phone, its wasm and the phone numbers. In ASCII, and without the two
 * characters that ServiceNow replaces in a script that it serves.
 *
 * @param {string} entry
 * @param {string} version of the package
 * @param {string} [numbers] the module with the phone numbers, if they are not inside
 * @returns {Promise<string>}
 */
export async function bundleClassic(
  entry,
  version,
  numbers = "./js/phone-number.js",
) {
  const esbuild = await import("esbuild");
  const { alias, plugins } = await phone("inside");
  const bundled = await esbuild.build({
    ...COMMON,
    ...SUBSTITUTION_SAFE,
    entryPoints: [entry],
    alias: {
      ...alias,
      "connect-softphone/phone-number": numbers,
    },
    plugins: [
      ...plugins,
      exactly("connect-softphone", "js/index.js"),
      exactly("connect-softphone/controls", "js/controls/index.js"),
      given("connect-softphone/packed", await packedWasm()),
      shortTemplates,
    ],
    define: { __VERSION__: JSON.stringify(version) },
    format: "iife",
    minify: true,
    write: false,
  });
  return withoutSubstitutions(bundled.outputFiles[0].text, entry);
}

/**
 * Somebody else's classic script, such that it survives substitution.
 *
 * @param {string} code
 * @param {string} title
 */
export async function lowered(code, title) {
  const esbuild = await import("esbuild");
  const { code: text } = await esbuild.transform(code, {
    ...SUBSTITUTION_SAFE,
    minify: true,
    target: COMMON.target,
  });
  return withoutSubstitutions(text, title);
}

/**
 * A script that can stand in a Jelly page as it is, whatever becomes of the markup's characters on the way.
 *
 * @param {string} entry
 */
export async function bundleForJelly(entry) {
  const esbuild = await import("esbuild");
  const bundled = await esbuild.build({
    ...COMMON,
    ...SUBSTITUTION_SAFE,
    entryPoints: [entry],
    format: "iife",
    // Lowering `=>` takes its ">" away, and minifying the syntax would make "&&" of every `if`.
    supported: { ...SUBSTITUTION_SAFE.supported, arrow: false },
    minifyWhitespace: true,
    minifyIdentifiers: true,
    write: false,
  });
  return forJelly(bundled.outputFiles[0].text, entry, /[<>&]|\$[[{]/);
}

/**
 * A script for the server, which takes ES5 only, that can stand in a Jelly page as it is.
 *
 * @param {string} entry
 * @param {Record<string, string>} define
 */
export async function es5ForJelly(entry, define) {
  const esbuild = await import("esbuild");
  const { code } = await esbuild.transform(await read(entry), {
    charset: "ascii",
    define,
    target: "es5",
  });
  return forJelly(code, entry, /[<&]|\$[[{]/);
}

/**
 * @param {string} code
 * @param {string} title
 * @param {RegExp} unsafe what must not be in it
 */
function forJelly(code, title, unsafe) {
  const found = unsafe.exec(code);
  if (found)
    throw new Error(
      `${title} cannot stand in a Jelly page: it has ${found[0]} at ${excerpt(code, found.index)}`,
    );
  return code.trim();
}

/** The command `connect-softphone`, which runs under Node with the wasm beside it. */
export async function bundleCommand() {
  const esbuild = await import("esbuild");
  await esbuild.build({
    ...COMMON,
    entryPoints: ["js/cli.js"],
    outfile: "dist/setup/cli.js",
    alias: { "connect-softphone/setup": "./target/pkg-setup/connect_setup.js" },
    platform: "node",
    format: "esm",
    minify: true,
  });
}

/**
 * A document's style and script, to stand in it.
 *
 * @param {string} style
 * @param {string} script
 */
export async function bundlePage(style, script) {
  const esbuild = await import("esbuild");
  const bundled = await esbuild.build({
    ...COMMON,
    entryPoints: [
      { in: style, out: "style" },
      { in: script, out: "script" },
    ],
    outdir: "dist",
    alias: { "connect-softphone/setup": "./target/pkg-setup/connect_setup.js" },
    plugins: [
      given(
        "connect-softphone/setup-packed",
        await packedWasm("target/pkg-setup", "connect_setup"),
      ),
      indentation(/\/www\/setup\/.*\.js$/),
    ],
    // wasm-bindgen's own way to load the wasm, which nobody calls.
    define: { "import.meta.url": "undefined" },
    format: "iife",
    minify: true,
    legalComments: "none",
    write: false,
  });
  const text = (/** @type {string} */ name) =>
    /** @type {import("esbuild").OutputFile} */ (
      bundled.outputFiles.find(({ path }) => path.endsWith(name))
    ).text;
  return { style: text("style.css"), script: text("script.js") };
}

/** The panel, which nobody loads who does not import it, and its languages. */
export async function bundleControls() {
  const esbuild = await import("esbuild");
  await esbuild.build({
    ...COMMON,
    entryPoints: [
      { in: "js/controls/index.js", out: "controls" },
      ...LANGUAGES.map((language) => ({
        in: `js/controls/strings/${language}.js`,
        out: `controls/${language}`,
      })),
    ],
    outdir: "dist",
    format: "esm",
    minify: true,
    legalComments: "eof",
    plugins: [shortTemplates],
  });
}

/** The panel's languages besides English, which is in it. */
export const LANGUAGES = ["de", "es", "fr", "ja"];

/**
 * How the parts of the phone find each other.
 *
 * @param {"beside" | "inside"} wasm where it is
 */
async function phone(wasm) {
  const esbuild = await import("esbuild");
  const folder = await snippets();
  const error = `${folder}/src/browser/host/error.js`;
  const glue = await esbuild.build({
    ...COMMON,
    entryPoints: ["js/glue.js"],
    alias: {
      "connect-softphone/wasm": "./target/pkg/connect_softphone.js",
      "connect-softphone/held": `${folder}/src/browser/held.js`,
      "connect-softphone/panic": `${folder}/src/browser/panic.js`,
    },
    // The one copy of SoftphoneError, so that `instanceof` works.
    plugins: [elsewhere(/\/host\/error\.js$/, error)],
    // js/module/beside says where the wasm is.
    define: { "import.meta.url": "undefined" },
    format: "cjs",
    write: false,
  });
  return {
    alias: {
      "connect-softphone/error": error,
      "connect-softphone/host_value": `${folder}/src/browser/host_value.js`,
      "connect-softphone/module": `./js/module/${wasm}`,
    },
    plugins: [evaluated("connect-softphone/glue", glue.outputFiles[0].text)],
  };
}

/**
 * The wasm as text, and how to know it again; see js/module/inside.
 *
 * @param {string} [below] the folder that it was built in
 * @param {string} [name] of the crate
 */
async function packedWasm(below = "target/pkg", name = "connect_softphone") {
  const folder = path.join(root, below);
  const wasm = await readFile(path.join(folder, `${name}_bg.wasm`));
  const packed = await readFile(path.join(folder, `${name}.lzma`));
  return { packed: packed.toString("base64"), expected: sum(wasm) };
}

/**
 * A script in which nothing is left that ServiceNow would replace; without that, the build fails.
 *
 * @param {string} code
 * @param {string} title
 */
function withoutSubstitutions(code, title) {
  // Templates are lowered. What is left is the body of a class whose name, or whose parent's, ends in a dollar.
  const text = code.replace(/\b((?:class|extends)\b[^{}"'`;]*\$)\{/g, "$1 {");
  const at = text.indexOf("${");
  if (at >= 0)
    throw new Error(
      `${title}: write the dollar and the brace of this text apart, ServiceNow would replace them: ${excerpt(text, at)}`,
    );
  return text;
}

/** @param {string} text @param {number} at */
function excerpt(text, at) {
  return JSON.stringify(text.slice(Math.max(0, at - 40), at + 40));
}

/**
 * Leaves a module to whoever evaluates the bundle.
 *
 * @param {RegExp} filter
 * @param {string} path
 * @returns {import("esbuild").Plugin}
 */
function elsewhere(filter, path) {
  return {
    name: "elsewhere",
    setup({ onResolve }) {
      onResolve({ filter }, () => ({ path, external: true }));
    },
  };
}

/**
 * An alias that does not hold for what is below it.
 *
 * @param {string} name
 * @param {string} file
 * @returns {import("esbuild").Plugin}
 */
function exactly(name, file) {
  return {
    name: "exactly",
    setup({ onResolve }) {
      const filter = new RegExp(`^${name}$`);
      onResolve({ filter }, () => ({ path: path.join(root, file) }));
    },
  };
}

/**
 * A module that exports these values.
 *
 * @param {string} name
 * @param {Record<string, string | number>} values
 * @returns {import("esbuild").Plugin}
 */
function given(name, values) {
  const contents = Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join("");
  return {
    name: "given",
    setup({ onLoad, onResolve }) {
      const namespace = "given";
      const filter = new RegExp(`^${name}$`);
      onResolve({ filter }, () => ({ path: name, namespace }));
      onLoad({ filter, namespace }, () => ({ contents }));
    },
  };
}

/**
 * A module that evaluates CommonJS `code` each time it is called; see js/evaluate.d.ts.
 *
 * @param {string} name
 * @param {string} code
 * @returns {import("esbuild").Plugin}
 */
function evaluated(name, code) {
  return {
    name: "evaluated",
    setup({ onLoad, onResolve }) {
      const namespace = "evaluated";
      const filter = new RegExp(`^${name}$`);
      onResolve({ filter }, () => ({ path: name, namespace }));
      onLoad({ filter, namespace }, () => ({
        contents: `export default (WebAssembly, require) => { const module = { exports: {} }; ${code}; return module.exports; }`,
      }));
    },
  };
}

/**
 * Takes the indentation out of templates and styles, where it means nothing.
 *
 * @param {RegExp} filter which scripts
 * @returns {import("esbuild").Plugin}
 */
function indentation(filter) {
  return {
    name: "indentation",
    setup({ onLoad }) {
      onLoad({ filter }, async ({ path: file }) => ({
        contents: (await readFile(file, "utf8")).replace(/\n\s+/g, "\n "),
      }));
    },
  };
}

/** Of the panel's scripts. */
const shortTemplates = indentation(/\/js\/controls\/.*\.js$/);

/** Where wasm-bindgen leaves the crate's own JavaScript: a folder with a hash in its name. */
async function snippets() {
  const folder = "target/pkg/snippets";
  const names = await readdir(path.join(root, folder));
  return `./${folder}/${names.find((name) => name.startsWith("connect-softphone-"))}`;
}

/** @satisfies {import("esbuild").BuildOptions} */
const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: /** @type {const} */ ("browser"),
  target: "es2022",
  charset: /** @type {const} */ ("utf8"),
  logLevel: /** @type {const} */ ("warning"),
  // wasm-bindgen names a module once for each function that it imports as it is.
  logOverride: { "duplicate-object-key": /** @type {const} */ ("silent") },
};

/** @satisfies {import("esbuild").TransformOptions} */
const SUBSTITUTION_SAFE = {
  charset: /** @type {const} */ ("ascii"),
  supported: { "template-literal": false },
};
