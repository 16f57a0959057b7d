//! What the CCP's SharedWorker is asked; see worker.js.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/streams/worker.js")]
extern "C" {
    /// Asks whose session it is; `told` gets the user name, or `undefined`.
    #[wasm_bindgen(js_name = askUser)]
    pub(crate) fn ask_user(connect: &JsValue, told: &Function);
}
