//! One sign-in at a time across tabs; see tab_lock.js.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/sign_in/tab_lock.js")]
extern "C" {
    /// This tab's turn.
    #[derive(Clone, Debug)]
    pub(crate) type TabLock;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new(name: &str, granted: &Function, lost: &Function) -> TabLock;

    #[wasm_bindgen(method)]
    pub(crate) fn take(this: &TabLock, steal: bool);

    #[wasm_bindgen(method)]
    pub(crate) fn end(this: &TabLock);
}
