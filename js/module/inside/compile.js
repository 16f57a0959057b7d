// @ts-check
// The wasm inside the script: for the classic build (js/inline.js). Nothing is fetched, so that
// neither a server's MIME types nor connect-src of a page's policy matter.
import { expected, packed } from "connect-softphone/packed";
import { notLoaded } from "../../errors.js";
import { sum } from "./checksum.js";
import { expand } from "./lzma.js";

/** @returns {Promise<WebAssembly.Module>} */
export async function compile() {
  const watch = new AbortController();
  /** @type {string | undefined} */
  let directive;
  globalThis.document?.addEventListener(
    "securitypolicyviolation",
    ({ blockedURI, disposition, effectiveDirective }) => {
      if (blockedURI === "wasm-eval" && disposition === "enforce")
        directive = effectiveDirective;
    },
    { signal: watch.signal },
  );
  try {
    return await WebAssembly.compile(unpacked());
  } catch (cause) {
    // The browser may tell of the page's policy only after the failure.
    await new Promise((resolve) => setTimeout(resolve, 50));
    throw notLoaded(cause, directive);
  } finally {
    watch.abort();
  }
}

function unpacked() {
  const text = Uint8Array.from(atob(packed), (byte) => byte.charCodeAt(0));
  const bytes = expand(text);
  if (sum(bytes) !== expected) throw new Error("the packed wasm is damaged");
  return bytes;
}
