// @ts-check
/** For the administrator, when the module cannot be loaded. */
export const REMEDY =
  typeof DecompressionStream === "undefined"
    ? "Use a browser that has DecompressionStream: Chromium 80, Firefox 113, Safari 16.4 or later."
    : "Allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy, and serve the script unchanged.";
