//! What happens around the softphone; see environment.js.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/browser/page/environment.js")]
extern "C" {
    /// Tells of the network and of the container, until it is closed.
    #[derive(Clone, Debug)]
    pub(crate) type Environment;

    /// `tell` gets "online", "offline", "gone" or "back".
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(container: &HtmlElement, tell: &Function) -> Environment;

    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Environment);
}
