//! The copy of Streams that the phone was opened with; see pin.js.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/streams/pin.js")]
extern "C" {
    /// Keeps Streams as it is, until it is ended.
    pub(crate) type StreamsPin;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new(connect: &JsValue, tell: &Function) -> StreamsPin;
}
