// @ts-check
/** For the administrator, when the module cannot be loaded. */
export const REMEDY =
  "Serve connect_softphone_bg.wasm next to index.js, and allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy.";
