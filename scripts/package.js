import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  LANGUAGES,
  bundleClassic,
  bundleCommand,
  bundleControls,
  bundleModule,
} from "./bundle.js";
import { read, root } from "./run.js";
import { packForServiceNow } from "./servicenow/pack.js";
import { packSetupPage } from "./setup-page.js";

/**
 * The npm package in dist/, made from target/pkg and the files around it. `npm pack ./dist` packs it.
 *
 * @type {import("./artifact.js").Artifact}
 */
export const npmPackage = {
  title: "dist",
  inputs: [
    ["js", "www/servicenow", "www/setup", "docs"],
    ["target/pkg", "target/pkg-setup"],
    ["package.json", "package-lock.json"],
    ["README.md", "LICENSE-APACHE", "LICENSE-MIT"],
    ["scripts/package.js", "scripts/bundle.js", "scripts/servicenow"],
    ["scripts/setup-page.js"],
  ].flat(),
  output: "dist",
  async work() {
    await rm(dist, { recursive: true, force: true });
    await mkdir(dist);
    await bundleModule();
    await bundleControls();
    await bundleCommand();
    await packSetupPage(path.join(dist, "setup"));
    const ours = JSON.parse(await read("package.json"));
    await writeFile(
      path.join(dist, `${CLASSIC}.js`),
      await bundleClassic("js/inline.js", ours.version),
    );
    await packForServiceNow(path.join(dist, "servicenow"), ours.version);
    const copies = copied();
    for (const [to, from] of Object.entries(copies))
      await copyFile(path.join(root, from), path.join(dist, to));
    const own = ["softphone-return.js", "phone-number.js"];
    const names = [...Object.keys(copies), ...own];
    const manifest = packageManifest(ours, names);
    const text = JSON.stringify(manifest, undefined, 2);
    await writeFile(path.join(dist, "package.json"), `${text}\n`);
  },
};

/** What is copied into the package: name there, then place in the repository. */
function copied() {
  return {
    [`${CLASSIC}.d.ts`]: "js/inline.d.ts",
    "controls.d.ts": "js/controls.d.ts",
    ...Object.fromEntries(
      LANGUAGES.map((language) => [
        `controls/${language}.d.ts`,
        "js/controls/language.d.ts",
      ]),
    ),
    "connect_softphone_bg.wasm": "target/pkg/connect_softphone_bg.wasm",
    [SETUP_WASM]: "target/pkg-setup/connect_setup_bg.wasm",
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
  const assets = names.filter(
    (name) => /\.(wasm|html|js|css)$/.test(name) && name !== SETUP_WASM,
  );
  const modules = [
    CLASSIC,
    "controls",
    ...LANGUAGES.map((name) => `controls/${name}`),
  ];
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
          name === CLASSIC ? `./${name}.js` : `./${name}`,
          { types: `./${name}.d.ts`, default: `./${name}.js` },
        ]),
      ),
      ...Object.fromEntries(assets.map((name) => [`./${name}`, `./${name}`])),
      "./package.json": "./package.json",
    },
    bin: { [ours.name]: COMMAND },
    // npm adds package.json, README.md and the licences by itself, except licences with a name of their own.
    files: [
      "index.js",
      "index.d.ts",
      ...modules.flatMap((name) => [`${name}.js`, `${name}.d.ts`]),
      ...assets,
      COMMAND,
      SETUP_WASM,
      ...SETUP_PAGE,
      "LICENSE-APACHE",
      "LICENSE-MIT",
    ],
    peerDependencies: ours.peerDependencies,
    peerDependenciesMeta: ours.peerDependenciesMeta,
  };
}

/** What `npx connect-softphone` runs, and what that loads. */
const COMMAND = "setup/cli.js";
const SETUP_WASM = "setup/connect_setup_bg.wasm";
/** The setup assistant. */
const SETUP_PAGE = ["setup/index.html", "setup/try.html"];

const dist = path.join(root, "dist");

/** The phone as a plain script with everything inside, for hosts without modules. */
const CLASSIC = "connect-softphone.inline";
