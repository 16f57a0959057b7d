// @ts-check
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size in bytes */

/**
 * What a page must load from us: the module and its WebAssembly. `controls` is the panel, which only those load who import it.
 *
 * @param {string} dist absolute path of dist/
 * @returns {Promise<{ js: Size, wasm: Size, sum: Size, controls: Size }>}
 */
export async function sizes(dist) {
  const names = ["index.js", "connect_softphone_bg.wasm", "controls.js"];
  const [js, wasm, controls] = await Promise.all(
    names.map(async (name) => sizeOf(await readFile(`${dist}/${name}`))),
  );
  const sum = {
    raw: js.raw + wasm.raw,
    gzip: js.gzip + wasm.gzip,
    brotli: js.brotli + wasm.brotli,
  };
  return { js, wasm, sum, controls };
}

/**
 * What the classic build and ServiceNow's UI scripts are, with the wasm inside.
 *
 * @param {string} dist absolute path of dist/
 * @returns {Promise<[name: string, size: Size][]>}
 */
export async function classicSizes(dist) {
  const scripts = ["", "_controls", "_numbers", "_streams"].map(
    (name) => `servicenow/files/connect_softphone${name}.js`,
  );
  return Promise.all(
    ["connect-softphone.inline.js", ...scripts].map(
      async (name) =>
        /** @type {[string, Size]} */ ([
          name.replace(/.*\//, ""),
          sizeOf(await readFile(`${dist}/${name}`)),
        ]),
    ),
  );
}

/**
 * @param {Buffer} bytes
 * @returns {Size}
 */
function sizeOf(bytes) {
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
    }).length,
  };
}
