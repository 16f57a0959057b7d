import {
  copyFile,
  mkdir,
  readFile,
  readdir,
  rm,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { read, root } from "./run.js";

/**
 * The npm package in dist/, made from target/pkg and the files around it. `npm pack ./dist` packs it.
 *
 * @type {import("./artifact.js").Artifact}
 */
export const npmPackage = {
  title: "dist",
  inputs: [
    ["js", "target/pkg", "package.json", "package-lock.json"],
    ["README.md", "LICENSE-APACHE", "LICENSE-MIT", "scripts/package.js"],
  ].flat(),
  output: "dist",
  async work() {
    await rm(dist, { recursive: true, force: true });
    await mkdir(dist);
    await bundle();
    await bundleControls();
    const copies = copied();
    for (const [to, from] of Object.entries(copies))
      await copyFile(path.join(root, from), path.join(dist, to));
    const ours = JSON.parse(await read("package.json"));
    const own = ["softphone-return.js", "phone-number.js"];
    const names = [...Object.keys(copies), ...own];
    const manifest = packageManifest(ours, names);
    const text = JSON.stringify(manifest, undefined, 2);
    await writeFile(path.join(dist, "package.json"), `${text}\n`);
  },
};

async function bundle() {
  // Imported here, because it is not there before the set-up.
  const esbuild = await import("esbuild");
  const folder = await snippets();
  const error = `${folder}/src/browser/host/error.js`;
  /** @type {import("esbuild").BuildOptions} */
  const common = {
    ...COMMON,
    // wasm-bindgen names a module once for each function that it imports as it is.
    logOverride: { "duplicate-object-key": "silent" },
  };
  const glue = await esbuild.build({
    ...common,
    entryPoints: ["js/glue.js"],
    alias: {
      "connect-softphone/wasm": "./target/pkg/connect_softphone.js",
      "connect-softphone/held": `${folder}/src/browser/held.js`,
      "connect-softphone/panic": `${folder}/src/browser/panic.js`,
    },
    // The one copy of SoftphoneError, so that `instanceof` works.
    plugins: [elsewhere(/\/host\/error\.js$/, error)],
    // js/instance.js says where the wasm is.
    define: { "import.meta.url": "undefined" },
    format: "cjs",
    write: false,
  });
  await esbuild.build({
    ...common,
    entryPoints: ["js/index.js"],
    outfile: "dist/index.js",
    alias: {
      "connect-softphone/error": error,
      "connect-softphone/host_value": `${folder}/src/browser/host_value.js`,
    },
    plugins: [
      evaluated("connect-softphone/glue", glue.outputFiles[0].text),
      elsewhere(/^connect-softphone\/phone-number$/, "./phone-number.js"),
    ],
    format: "esm",
    minify: true,
  });
  // Loaded when the first number is dialled.
  await esbuild.build({
    ...common,
    entryPoints: ["js/phone-number.js"],
    outfile: "dist/phone-number.js",
    format: "esm",
    minify: true,
  });
  // A plain script, which the return page loads from beside itself.
  await esbuild.build({
    ...common,
    entryPoints: ["js/return/softphone-return.js"],
    outfile: "dist/softphone-return.js",
    format: "iife",
    minify: true,
  });
}

/** The panel, which nobody loads who does not import it, and its languages. */
async function bundleControls() {
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
 * Takes the indentation out of the panel's templates and styles, where it means nothing.
 *
 * @type {import("esbuild").Plugin}
 */
const shortTemplates = {
  name: "shortTemplates",
  setup({ onLoad }) {
    onLoad({ filter: /\/js\/controls\/.*\.js$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, "utf8")).replace(/\n\s+/g, "\n "),
    }));
  },
};

/** Where wasm-bindgen leaves the crate's own JavaScript: a folder with a hash in its name. */
async function snippets() {
  const folder = "target/pkg/snippets";
  const names = await readdir(path.join(root, folder));
  return `./${folder}/${names.find((name) => name.startsWith("connect-softphone-"))}`;
}

/** What is copied into the package: name there, then place in the repository. */
function copied() {
  return {
    "controls.d.ts": "js/controls.d.ts",
    ...Object.fromEntries(
      LANGUAGES.map((language) => [
        `controls/${language}.d.ts`,
        "js/controls/language.d.ts",
      ]),
    ),
    "connect_softphone_bg.wasm": "target/pkg/connect_softphone_bg.wasm",
    "index.d.ts": "js/index.d.ts",
    "softphone-return.html": "js/return/softphone-return.html",
    "README.md": "README.md",
    "LICENSE-APACHE": "LICENSE-APACHE",
    "LICENSE-MIT": "LICENSE-MIT",
  };
}

/**
 * The package.json that is published.
 *
 * @param {Record<string, any>} ours the repository's package.json
 * @param {string[]} names of the files in dist/ besides index.js
 */
function packageManifest(ours, names) {
  const assets = names.filter((name) => /\.(wasm|html|js|css)$/.test(name));
  const modules = ["controls", ...LANGUAGES.map((name) => `controls/${name}`)];
  return {
    name: ours.name,
    version: ours.version,
    description: ours.description,
    keywords: ours.keywords,
    license: ours.license,
    type: "module",
    main: "./index.js",
    types: "./index.d.ts",
    exports: {
      ".": { types: "./index.d.ts", default: "./index.js" },
      ...Object.fromEntries(
        modules.map((name) => [
          `./${name}`,
          { types: `./${name}.d.ts`, default: `./${name}.js` },
        ]),
      ),
      ...Object.fromEntries(assets.map((name) => [`./${name}`, `./${name}`])),
      "./package.json": "./package.json",
    },
    // npm adds package.json, README.md and the licences by itself, except licences with a name of their own.
    files: [
      "index.js",
      "index.d.ts",
      ...modules.flatMap((name) => [`${name}.js`, `${name}.d.ts`]),
      ...assets,
      "LICENSE-APACHE",
      "LICENSE-MIT",
    ],
    peerDependencies: ours.peerDependencies,
    peerDependenciesMeta: ours.peerDependenciesMeta,
  };
}

const dist = path.join(root, "dist");

/** The panel's languages besides English, which is in it. */
const LANGUAGES = ["de", "es", "fr", "ja"];

/** @type {import("esbuild").BuildOptions} */
const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  logLevel: "warning",
};
