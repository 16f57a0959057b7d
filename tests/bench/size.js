// @ts-check
import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size in bytes */

/**
 * What a page must load from us: the module and its WebAssembly.
 *
 * @param {string} dist absolute path of dist/
 * @returns {Promise<{ js: Size, wasm: Size, sum: Size }>}
 */
export async function sizes(dist) {
  const [js, wasm] = await Promise.all(
    ["index.js", "connect_softphone_bg.wasm"].map(async (name) =>
      sizeOf(await readFile(`${dist}/${name}`)),
    ),
  );
  const sum = {
    raw: js.raw + wasm.raw,
    gzip: js.gzip + wasm.gzip,
    brotli: js.brotli + wasm.brotli,
  };
  return { js, wasm, sum };
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
