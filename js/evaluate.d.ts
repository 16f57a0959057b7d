/**
 * Evaluates js/glue.js and everything that it imports, each time anew.
 *
 * @param WebAssembly what wasm-bindgen's JavaScript uses by that name
 * @param require gives it the modules that it shares with all other evaluations: "host/error.js" alone
 */
export default function evaluate(
  WebAssembly: { Instance: unknown; instantiate: unknown },
  require: (name: string) => object,
): typeof import("./glue.js");
