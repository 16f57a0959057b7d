// @ts-check
/** For the administrator, when the module cannot be loaded. */
export const REMEDY =
  "Allow 'wasm-unsafe-eval' in script-src of the page's Content-Security-Policy, and serve the script unchanged.";
