//! What is on the page already; see existing.js.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/streams/existing.js")]
extern "C" {
    /// `undefined`, or whether a call created the CCP that is in the way, and its origin.
    #[wasm_bindgen(js_name = inTheWay)]
    pub(super) fn in_the_way(connect: &JsValue) -> JsValue;

    /// The origin that the page's provider for Amazon's SDK belongs to.
    #[wasm_bindgen(js_name = providerOf)]
    pub(super) fn provider_of(connect: &JsValue) -> Option<String>;
}
