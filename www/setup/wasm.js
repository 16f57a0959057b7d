// @ts-check
// crates/setup, which decides everything that this page says. Its wasm is inside the page, so that nothing is fetched and
// the page works from file:.
import { initSync } from "connect-softphone/setup";
import { expected, packed } from "connect-softphone/setup-packed";
import { sum } from "../../js/module/inside/checksum.js";
import { expand } from "../../js/module/inside/lzma.js";

export { check, recognize, runbook, secretsIn } from "connect-softphone/setup";

/** Makes the functions above callable. @throws where the browser or a policy does not allow wasm */
export async function loadWasm() {
  const bytes = expand(
    Uint8Array.from(atob(packed), (byte) => byte.charCodeAt(0)),
  );
  if (sum(bytes) !== expected) throw new Error("the packed wasm is damaged");
  initSync({ module: await WebAssembly.compile(bytes) });
}
