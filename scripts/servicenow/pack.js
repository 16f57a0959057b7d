import { createHash } from "node:crypto";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  bundleClassic,
  bundleForJelly,
  es5ForJelly,
  lowered,
} from "../bundle.js";
import { read, root } from "../run.js";
import { COLUMNS, PREFIX, SETTINGS } from "../../www/servicenow/settings.js";
import { recordsOf } from "./records.js";
import { singleRecord, updateSet } from "./update-set.js";

/**
 * Writes what an administrator imports into ServiceNow: an Update Set to install, one to upgrade, the same as single files,
 * and the guide.
 *
 * @param {string} folder absolute
 * @param {string} version of the package
 */
export async function packForServiceNow(folder, version) {
  const scripts = {
    connect_softphone: await bundleClassic(
      "www/servicenow/phone.js",
      version,
      "./www/servicenow/numbers.js",
    ),
    connect_softphone_numbers: await bundleClassic(
      "js/phone-number-classic.js",
      version,
    ),
    connect_softphone_controls: await bundleClassic(
      "js/controls/classic.js",
      version,
    ),
    connect_softphone_streams: await streams(),
  };
  const pages = await pagesWith(scripts, version);
  const records = recordsOf({ pages, scripts, version });
  const upgrade = records.filter(
    ({ table }) => table !== "sn_openframe_configuration",
  );
  /** @type {Record<string, string>} */
  const files = {
    "connect-softphone-update-set.xml": updateSet({
      name: `connect-softphone ${version}`,
      description: "The Amazon Connect softphone in OpenFrame. See GUIDE.md.",
      version,
      records,
    }),
    "connect-softphone-upgrade-set.xml": updateSet({
      name: `connect-softphone ${version} (upgrade)`,
      description:
        "The Amazon Connect softphone in OpenFrame, without the OpenFrame configuration, which stays as it is. See GUIDE.md.",
      version,
      records: upgrade,
    }),
    "GUIDE.md": await guide(version),
    "files/properties.json": `${JSON.stringify(propertyList(), undefined, 2)}\n`,
    "files/properties.csv": csv(propertyList()),
    "files/LICENSE-amazon-connect-streams.txt": await read(
      "node_modules/amazon-connect-streams/LICENSE.txt",
    ),
  };
  for (const [name, html] of Object.entries(pages))
    files[`files/${name}.html`] = html;
  for (const [name, script] of Object.entries(scripts))
    files[`files/${name}.js`] = script;
  for (const record of records)
    files[`files/records/${record.table}/${record.name}.xml`] = singleRecord(
      record,
      version,
    );
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await mkdir(path.join(folder, "pictures"), { recursive: true });
  for (const name of await picturesOfGuide())
    await copyFile(
      path.join(root, "docs", name),
      path.join(folder, "pictures", name),
    );
}

/**
 * The html fields of the UI pages.
 *
 * @param {Record<string, string>} scripts
 * @param {string} version
 */
async function pagesWith(scripts, version) {
  return {
    connect_softphone: filled(await read("www/servicenow/softphone.html"), {
      server: await serverScript(version),
      style: await read("www/servicenow/page.css"),
      script: build(version, scripts.connect_softphone),
      controls: build(version, scripts.connect_softphone_controls),
      numbers: build(version, scripts.connect_softphone_numbers),
      streams: build(await streamsVersion(), scripts.connect_softphone_streams),
    }),
    connect_softphone_return: filled(await read("www/servicenow/return.html"), {
      return: await bundleForJelly("js/return/softphone-return.js"),
    }),
  };
}

/**
 * The script of the page's g:evaluate.
 *
 * @param {string} version
 */
async function serverScript(version) {
  return es5ForJelly("www/servicenow/server.js", {
    SOFTPHONE_VERSION: JSON.stringify(version),
    SOFTPHONE_TABLE: JSON.stringify(SETTINGS["record.table"].fallback),
    SOFTPHONE_COLUMNS: JSON.stringify(COLUMNS),
    SOFTPHONE_PROPERTIES: JSON.stringify(Object.keys(SETTINGS)),
  });
}

/**
 * Amazon's own script, with its template literals written as sums: ServiceNow would replace what is in them.
 */
async function streams() {
  const code = await read(
    "node_modules/amazon-connect-streams/release/connect-streams-min.js",
  );
  const notice = [
    `/*! Amazon Connect Streams ${await streamsVersion()}, https://github.com/amazon-connect/amazon-connect-streams`,
    "Copyright Amazon.com, Inc. or its affiliates. SPDX-License-Identifier: Apache-2.0",
    "Changed: template literals are written as sums of texts. */",
  ].join("\n");
  return `${notice}\n${await lowered(code, "Amazon Connect Streams")}`;
}

async function streamsVersion() {
  const text = await read("node_modules/amazon-connect-streams/package.json");
  return String(JSON.parse(text).version);
}

/**
 * What tells a script from what browsers have kept of it: the version is not enough while somebody works on it.
 *
 * @param {string} version
 * @param {string} script
 */
function build(version, script) {
  const hash = createHash("md5").update(script).digest("hex");
  return `${version}-${hash.slice(0, 8)}`;
}

/**
 * @param {string} template
 * @param {Record<string, string>} values for what stands between two at signs
 */
function filled(template, values) {
  const names = new Set(Object.keys(values));
  const text = template.replace(/@([a-z]+)@/g, (_, name) => {
    if (!(name in values))
      throw new Error(`there is nothing to fill @${name}@`);
    names.delete(name);
    return values[name];
  });
  if (names.size > 0) throw new Error(`nothing asks for ${[...names]}`);
  return text;
}

/** The names of the pictures that the guide shows. */
async function picturesOfGuide() {
  const text = await read("www/servicenow/GUIDE.md");
  return [...text.matchAll(/\]\(\.\.\/\.\.\/docs\/([\w-]+\.png)\)/g)].map(
    ([, name]) => name,
  );
}

/** @param {string} version */
async function guide(version) {
  const rows = propertyList().map(
    ({ name, fallback, choices, about }) =>
      `| \`${name}\` | ${fallback && `\`${fallback}\``} | ${choices.map((choice) => `\`${choice}\``).join(", ")} | ${about.replaceAll("|", "\\|")} |`,
  );
  const text = await read("www/servicenow/GUIDE.md");
  return filled(text.replaceAll("](../../docs/", "](pictures/"), {
    version,
    settings: [
      "| property | default | choices | |",
      "| --- | --- | --- | --- |",
      ...rows,
    ].join("\n"),
  });
}

/** The settings as an administrator sees them. */
function propertyList() {
  return Object.entries(SETTINGS).map(([name, setting]) => {
    const { fallback, about, choices = [] } = setting;
    return {
      name: PREFIX + name,
      fallback: typeof fallback === "object" ? "" : String(fallback),
      choices: [...choices],
      about,
    };
  });
}

/** @param {ReturnType<typeof propertyList>} list */
function csv(list) {
  const cell = (/** @type {string} */ text) =>
    `"${text.replaceAll('"', '""')}"`;
  const rows = list.map(({ name, fallback, choices, about }) => [
    name,
    fallback,
    choices.join(" "),
    about,
  ]);
  return [["name", "default", "choices", "description"], ...rows]
    .map((row) => `${row.map(cell).join(",")}\r\n`)
    .join("");
}
