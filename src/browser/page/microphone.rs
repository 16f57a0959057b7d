//! What the page knows of the agent's microphone; see microphone.js.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/page/microphone.js")]
extern "C" {
    /// Says what is wrong with the microphone, quietly, until it is closed.
    #[derive(Clone, Debug)]
    pub(crate) type Microphone;

    /// `tell` gets a code, or undefined once nothing is known to be wrong.
    #[wasm_bindgen(constructor)]
    pub(crate) fn new(tell: &Function) -> Microphone;

    #[wasm_bindgen(method)]
    pub(crate) fn watch(this: &Microphone);

    #[wasm_bindgen(method, setter, js_name = inContact)]
    pub(crate) fn set_in_contact(this: &Microphone, is: bool);

    #[wasm_bindgen(method)]
    pub(crate) fn heard(this: &Microphone, error_type: &str) -> bool;

    /// Rejects with a code.
    #[wasm_bindgen(method)]
    pub(crate) fn devices(this: &Microphone) -> Promise;

    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Microphone);
}
