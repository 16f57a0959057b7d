//! What Streams leaves behind; see leftovers.js.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/streams/leftovers.js")]
extern "C" {
    /// Records what Streams adds to the page, and removes it.
    #[derive(Debug)]
    pub(crate) type Leftovers;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new() -> Leftovers;

    #[wasm_bindgen(method)]
    pub(crate) fn record(this: &Leftovers);

    #[wasm_bindgen(method)]
    pub(crate) fn pause(this: &Leftovers);

    #[wasm_bindgen(method, js_name = recordThisTask)]
    pub(crate) fn record_this_task(this: &Leftovers);
}
