// @ts-check
import load, { open } from "connect-softphone/wasm";
import { SoftphoneError } from "connect-softphone/error";
import { RETURN_PARAMETER } from "./protocol.js";
// A server may show the host page itself in place of a return page that is not there.
import "./return/softphone-return.js";

export { SoftphoneError };

// Starts loading before anyone asks for it, so that it loads beside Streams. A call waits for this load, or tries again.
if (canOpen()) load().catch(() => {});

/**
 * Opens the softphone; see index.d.ts.
 *
 * @param {HTMLElement} container
 * @param {object} config
 */
export async function openSoftphone(container, config) {
  if (isSignIn()) return new Promise(() => {}); // A sign-in must not start another.
  // Here and not in Rust: nothing of another origin can be loaded there, and that may be the wasm.
  if (globalThis.origin === "null")
    throw new SoftphoneError(
      "FRAME_SANDBOXED",
      "The phone cannot work in this frame: the page around it does not allow it.",
      "Add allow-same-origin, allow-scripts, allow-forms, allow-popups and allow-popups-to-escape-sandbox to the sandbox attribute of the frame around this page, or remove that attribute.",
    );
  try {
    await load();
  } catch (cause) {
    throw new SoftphoneError(
      "MODULE_LOAD_FAILED",
      "The phone could not be loaded.",
      "Serve connect_softphone_bg.wasm next to index.js, and allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy.",
      { cause },
    );
  }
  return open(container, config);
}

/** Whether this is a page, and one that may load something. */
function canOpen() {
  return (
    typeof window !== "undefined" && globalThis.origin !== "null" && !isSignIn()
  );
}

/** Whether this page is the end of a sign-in that another page began. It is told, and closes this one. */
function isSignIn() {
  if (typeof window === "undefined") return false;
  const number = new URLSearchParams(location.search).get(RETURN_PARAMETER);
  return number !== null && (window.opener || window.parent !== window);
}
