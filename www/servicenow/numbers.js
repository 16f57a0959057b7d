// @ts-check
// Phone numbers as people type them, with the numbers of all countries: a UI script of its own, which is loaded when the first
// number is dialled.
import { loadScript } from "./script.js";

/** @type {Promise<boolean> | undefined} */
let loaded;

/**
 * @param {string} text
 * @param {string} [country]
 * @returns {Promise<{ number: string, country?: string } | undefined>} in E.164 form; undefined: it is no number
 */
export async function read(text, country) {
  const address = document.getElementById("connect-softphone")?.dataset.numbers;
  loaded ??= loadScript(address ?? "");
  if (!(await loaded)) {
    loaded = undefined; // Perhaps the next time.
    throw new Error("the script with the phone numbers could not be loaded");
  }
  const { connectSoftphoneNumbers } = /** @type {any} */ (globalThis);
  return connectSoftphoneNumbers.read(text, country);
}
