// @ts-check
/**
 * Tells whether bytes are those that were packed: nothing else may be run, and a script can be changed on its way.
 *
 * @param {Uint8Array} bytes
 */
export function sum(bytes) {
  let sum = 0;
  for (const byte of bytes) sum = (Math.imul(sum, 31) + byte) | 0;
  return sum;
}
