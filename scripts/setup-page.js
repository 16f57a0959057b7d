import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundlePage } from "./bundle.js";
import { read } from "./run.js";

/**
 * Packs the setup assistant: each of its documents is one file, with its style and its script inside, and with their digests
 * in its policy. So it works from file:, and nothing else can run in it.
 *
 * @param {string} folder
 */
export async function packSetupPage(folder) {
  await mkdir(folder, { recursive: true });
  for (const name of DOCUMENTS) {
    const page = await read(`${SOURCE}/${name}`);
    await writeFile(path.join(folder, name), await inlined(page));
  }
}

/** @param {string} page */
async function inlined(page) {
  const style = file(page, STYLE);
  const script = file(page, SCRIPT);
  const parts = await bundlePage(`${SOURCE}/${style}`, `${SOURCE}/${script}`);
  if (/<\/?(script|!--)/i.test(parts.script) || /<\//.test(parts.style))
    throw new Error(`${script} or ${style} cannot stand in a page as it is`);
  return page
    .replace("{style}", digest(parts.style))
    .replace("{script}", digest(parts.script))
    .replace(/<!--[^]*?-->\s*/g, "")
    .replace(STYLE, () => `<style>${parts.style}</style>`)
    .replace(SCRIPT, () => `<script>${parts.script}</script>`);
}

/** @param {string} page @param {RegExp} pattern */
function file(page, pattern) {
  const name = pattern.exec(page)?.[1];
  if (name === undefined) throw new Error(`a page has no ${pattern}`);
  return name;
}

/** As a source of a policy. @param {string} text */
function digest(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const SOURCE = "www/setup";
const DOCUMENTS = ["index.html", "try.html"];
const STYLE = /<link rel="stylesheet" href="([^"]+)" \/>/;
const SCRIPT = /<script src="([^"]+)"><\/script>/;
