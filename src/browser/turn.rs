//! One sign-in at a time across tabs; see turn.js.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/turn.js")]
extern "C" {
    /// This tab's turn.
    #[derive(Clone, Debug)]
    pub(crate) type Turn;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new(name: &str, granted: &Function, lost: &Function) -> Turn;

    #[wasm_bindgen(method)]
    pub(crate) fn take(this: &Turn, steal: bool);

    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &Turn);
}
