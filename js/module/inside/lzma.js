// @ts-check
// Expands LZMA (Igor Pavlov's specification, 2015). Browsers can expand gzip by themselves, but the wasm is a fifth smaller
// so, which is an eighth of the whole script.

/**
 * Expands what `.lzma` files have: properties, size of the dictionary, length, stream.
 *
 * @param {Uint8Array} packed with its length in it
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function expand(packed) {
  const properties = packed[0];
  const literalContext = properties % 9;
  const literalPosition = Math.floor(properties / 9) % 5;
  const positions = (1 << Math.floor(properties / 45)) - 1;
  const view = new DataView(packed.buffer, packed.byteOffset, HEADER + 5);
  const out = new Uint8Array(view.getUint32(5, true));
  const chances = new Uint16Array(
    LITERALS + (0x300 << (literalContext + literalPosition)),
  ).fill(1024);
  let read = HEADER + 5;
  // Range and code. In an array, where they stay 32 bits wide: as variables, engines keep them as objects.
  const coder = Uint32Array.of(0xffffffff, view.getUint32(HEADER + 1));

  /** @param {number} index of the chance that it is 0 */
  function bit(index) {
    const chance = chances[index];
    const range = coder[0];
    const code = coder[1];
    const bound = (range >>> 11) * chance;
    if (code < bound) {
      chances[index] = chance + ((2048 - chance) >> 5);
      if (bound < 0x1000000) next(bound, code);
      else coder[0] = bound;
      return 0;
    }
    chances[index] = chance - (chance >> 5);
    const rest = range - bound;
    if (rest < 0x1000000) next(rest, code - bound);
    else {
      coder[0] = rest;
      coder[1] = code - bound;
    }
    return 1;
  }

  /** @param {number} range @param {number} code */
  function next(range, code) {
    coder[0] = range << 8;
    coder[1] = (code << 8) | packed[read];
    read += 1;
  }

  /** @param {number} count of bits that are as likely 0 as 1 */
  function even(count) {
    let found = 0;
    for (; count > 0; count -= 1) {
      const range = coder[0] >>> 1;
      let code = coder[1];
      found <<= 1;
      if (code >= range) {
        code -= range;
        found |= 1;
      }
      coder[0] = range;
      coder[1] = code;
      if (range < 0x1000000) next(range, code);
    }
    return found;
  }

  /** @param {number} start @param {number} count of bits, the highest first */
  function tree(start, count) {
    let node = 1;
    for (let left = count; left > 0; left -= 1)
      node = (node << 1) | bit(start + node);
    return node - (1 << count);
  }

  /** @param {number} start @param {number} count of bits, the lowest first */
  function turned(start, count) {
    let node = 1;
    let found = 0;
    for (let at = 0; at < count; at += 1) {
      const one = bit(start + node);
      node = (node << 1) | one;
      found |= one << at;
    }
    return found;
  }

  /** @param {number} start @param {number} position */
  function lengthOf(start, position) {
    if (!bit(start)) return 2 + tree(start + 2 + (position << 3), 3);
    if (!bit(start + 1)) return 10 + tree(start + 130 + (position << 3), 3);
    return 18 + tree(start + 258, 8);
  }

  /** How far back, by the length of what is there. @param {number} length */
  function distanceOf(length) {
    const slot = tree(SLOTS + (Math.min(length - 2, 3) << 6), 6);
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1;
    const base = ((2 | (slot & 1)) << count) >>> 0;
    if (slot < 14) return base + turned(NEAR + base - slot, count);
    return base + even(count - 4) * 16 + turned(ALIGNED, 4);
  }

  // The last four distances, the latest first, and what the last steps were.
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let state = 0;
  let at = 0;
  while (at < out.length) {
    const position = at & positions;
    if (!bit(MATCH + (state << 4) + position)) {
      const before = at > 0 ? out[at - 1] : 0;
      const line = at & ((1 << literalPosition) - 1);
      const start =
        LITERALS +
        0x300 * ((line << literalContext) + (before >> (8 - literalContext)));
      let symbol = 1;
      if (state >= 7) {
        let likely = out[at - first - 1];
        do {
          const expected = (likely >> 7) & 1;
          likely <<= 1;
          const found = bit(start + ((1 + expected) << 8) + symbol);
          symbol = (symbol << 1) | found;
          if (found !== expected) break;
        } while (symbol < 0x100);
      }
      while (symbol < 0x100) symbol = (symbol << 1) | bit(start + symbol);
      out[at] = symbol;
      at += 1;
      state = state < 4 ? 0 : state - (state < 10 ? 3 : 6);
      continue;
    }
    let length;
    if (!bit(REPEATED + state)) {
      [second, third, fourth] = [first, second, third];
      length = lengthOf(LENGTHS, position);
      first = distanceOf(length);
      state = state < 7 ? 7 : 10;
    } else if (bit(NOT_FIRST + state)) {
      let distance = second;
      if (bit(NOT_SECOND + state)) {
        distance = third;
        if (bit(NOT_THIRD + state)) {
          distance = fourth;
          fourth = third;
        }
        third = second;
      }
      second = first;
      first = distance;
      length = lengthOf(REPEATED_LENGTHS, position);
      state = state < 7 ? 8 : 11;
    } else if (bit(LONG + (state << 4) + position)) {
      length = lengthOf(REPEATED_LENGTHS, position);
      state = state < 7 ? 8 : 11;
    } else {
      length = 1;
      state = state < 7 ? 9 : 11;
    }
    if (first >= at || read > packed.length + 4)
      throw new Error("this is no LZMA");
    for (const end = Math.min(at + length, out.length); at < end; at += 1)
      out[at] = out[at - first - 1];
  }
  return out;
}

/** Bytes before the stream. */
const HEADER = 13;

// Where each kind of chance begins.
const MATCH = 0;
const REPEATED = MATCH + 192;
const NOT_FIRST = REPEATED + 12;
const NOT_SECOND = NOT_FIRST + 12;
const NOT_THIRD = NOT_SECOND + 12;
const LONG = NOT_THIRD + 12;
const SLOTS = LONG + 192;
const NEAR = SLOTS + 256;
const ALIGNED = NEAR + 115;
const LENGTHS = ALIGNED + 16;
const REPEATED_LENGTHS = LENGTHS + 514;
const LITERALS = REPEATED_LENGTHS + 514;
