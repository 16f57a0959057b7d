//! How a CCP ends; see ending.js.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use super::leftovers::Leftovers;
use super::pin::StreamsPin;

#[wasm_bindgen(module = "/src/browser/streams/ending.js")]
extern "C" {
    /// Ends a CCP, and removes its frames and what Streams leaves behind, once it is closed.
    pub(crate) type Ending;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new(connect: &JsValue, holder: &HtmlElement, leftovers: &Leftovers) -> Ending;

    #[wasm_bindgen(method, setter)]
    pub(crate) fn set_pin(this: &Ending, pin: &StreamsPin);

    #[wasm_bindgen(method)]
    pub(crate) fn abandon(this: &Ending);
}
