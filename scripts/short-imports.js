// @ts-check
/**
 * Gives the functions that a wasm file imports from its own JavaScript short names, in both. wasm-bindgen's names end in a hash,
 * and hashes do not compress: 4 kB after gzip.
 *
 * @param {Buffer} wasm as wasm-bindgen 0.2.130 makes it
 * @param {string} js its JavaScript
 * @param {string} from the module that it imports them from, such as `./connect_softphone_bg.js`
 * @returns {{ wasm: Buffer, js: string }}
 */
export function shortenImports(wasm, js, from) {
  let count = 0;
  const renamed = withImports(wasm, ({ module, name }) => {
    if (module !== from) return { module, name };
    const short = `_${(count++).toString(36)}`;
    const parts = js.split(`        ${name}: function(`);
    if (parts.length !== 2)
      throw new Error(`${name} is ${parts.length - 1} times in the JavaScript`);
    js = parts.join(`        ${short}: function(`);
    return { module, name: short };
  });
  return { wasm: renamed, js };
}

/**
 * @typedef {{ module: string, name: string }} Import
 *
 * @param {Buffer} wasm
 * @param {(it: Import) => Import} rename
 */
function withImports(wasm, rename) {
  const { start, body, end } = importSection(wasm);
  const reader = new Reader(wasm, body);
  const count = reader.number();
  const imports = Array.from({ length: count }, () => {
    const { module, name } = rename({
      module: reader.text(),
      name: reader.text(),
    });
    if (reader.byte() !== FUNCTION)
      throw new Error("it imports more than functions");
    const type = unsigned(reader.number());
    return joined(named(module), named(name), [FUNCTION], type);
  });
  const section = joined(unsigned(count), ...imports);
  return joined(
    wasm.subarray(0, start),
    [IMPORTS],
    unsigned(section.length),
    section,
    wasm.subarray(end),
  );
}

/**
 * Where the section of imports begins, where what is in it does, and where it ends (WebAssembly core specification, 5.5).
 *
 * @param {Buffer} wasm
 */
function importSection(wasm) {
  const reader = new Reader(wasm, HEADER);
  while (reader.at < wasm.length) {
    const start = reader.at;
    const kind = reader.byte();
    const length = reader.number();
    const body = reader.at;
    const end = body + length;
    if (kind === IMPORTS) return { start, body, end };
    reader.at = end;
  }
  throw new Error("the wasm imports nothing");
}

class Reader {
  #bytes;

  /**
   * @param {Buffer} bytes
   * @param {number} at
   */
  constructor(bytes, at) {
    this.#bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.#bytes[this.at++];
  }

  /** LEB128. */
  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  text() {
    const length = this.number();
    return this.#bytes.subarray(this.at, (this.at += length)).toString();
  }
}

/** @param {string} text */
function named(text) {
  return joined(unsigned(Buffer.byteLength(text)), Buffer.from(text));
}

/** LEB128. @param {number} value */
function unsigned(value) {
  const found = [];
  do {
    const rest = Math.floor(value / 0x80);
    found.push((value % 0x80) + (rest > 0 ? 0x80 : 0));
    value = rest;
  } while (value > 0);
  return Buffer.from(found);
}

/** @param {(Uint8Array | number[])[]} parts */
function joined(...parts) {
  return Buffer.concat(parts.map((part) => Uint8Array.from(part)));
}

const HEADER = 8;
const IMPORTS = 2;
const FUNCTION = 0;
