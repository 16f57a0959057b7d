/**
 * The phone as a classic script: one file with its wasm inside, and one global. For hosts that take no modules or no wasm
 * files, such as a UI script of ServiceNow. It fetches nothing, and needs no more of a Content-Security-Policy than
 * `'wasm-unsafe-eval'` in `script-src`.
 *
 * ```html
 * <script src="/connect-softphone.inline.js"></script>
 * <script>
 *   connectSoftphone.openSoftphone(document.getElementById("softphone"), config);
 * </script>
 * ```
 */
import type { openSoftphone, SoftphoneError } from "./index.js";

declare global {
  /** What the module exports. If the script is loaded twice, this stays the first one's. */
  var connectSoftphone: {
    readonly openSoftphone: typeof openSoftphone;
    readonly SoftphoneError: typeof SoftphoneError;
    /** Of the package, such as `0.1.0`. */
    readonly version: string;
  };
}
