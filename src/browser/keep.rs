//! The copy of Streams that the phone is open with; see keep.js.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/keep.js")]
extern "C" {
    /// Keeps Streams as it is, until it is ended.
    pub(crate) type Keep;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new(connect: &JsValue, tell: &Function) -> Keep;

    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &Keep);
}
