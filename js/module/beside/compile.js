// @ts-check
// The wasm as a file beside this one, for dist/index.js. The classic build has the other folder (scripts/bundle.js).
import { notLoaded } from "../../errors.js";

/** @returns {Promise<WebAssembly.Module>} */
export async function compile() {
  const url = new URL("connect_softphone_bg.wasm", import.meta.url);
  const watch = new AbortController();
  /** @type {string | undefined} */
  let directive;
  // The module may be called where there is no page.
  globalThis.document?.addEventListener(
    "securitypolicyviolation",
    ({ blockedURI, disposition, effectiveDirective }) => {
      const ours =
        blockedURI === "wasm-eval" ||
        (blockedURI && url.href.startsWith(blockedURI));
      if (ours && disposition === "enforce") directive = effectiveDirective;
    },
    { signal: watch.signal },
  );
  /** @type {Response | undefined} */
  let response;
  try {
    response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} instead of the wasm`);
    // Some servers do not know the type, and streaming insists on it.
    return await (response.headers.get("Content-Type") === "application/wasm"
      ? WebAssembly.compileStreaming(response)
      : WebAssembly.compile(await response.arrayBuffer()));
  } catch (cause) {
    // The browser may tell of the page's policy only after the failure.
    if (response?.ok !== false)
      await new Promise((resolve) => setTimeout(resolve, 50));
    throw notLoaded(cause, directive);
  } finally {
    watch.abort();
  }
}
