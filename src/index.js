// @ts-check
import load, { open } from "connect-softphone/wasm";
import { SoftphoneError } from "connect-softphone/error";

export { SoftphoneError };

/** @type {Promise<unknown> | undefined} */
let loading;

/**
 * Opens the softphone; see index.d.ts. Loads the wasm at the first call, once.
 *
 * @param {HTMLElement} container
 * @param {object} config
 */
export async function openSoftphone(container, config) {
  try {
    await (loading ??= load());
  } catch (cause) {
    loading = undefined; // The next call tries again.
    throw new SoftphoneError(
      "MODULE_LOAD_FAILED",
      "The phone's program could not be loaded.",
      "Serve connect_softphone_bg.wasm beside index.js, and allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy.",
      { cause },
    );
  }
  return open(container, config);
}
