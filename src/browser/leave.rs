//! Leaving the page for the identity provider, and leaving Connect; see leave.js.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/leave.js")]
extern "C" {
    #[wasm_bindgen(js_name = leavePage)]
    pub(crate) fn leave_page(url: &str, number: &str);

    #[wasm_bindgen(js_name = cameBack)]
    pub(crate) fn came_back() -> Option<bool>;

    #[wasm_bindgen(js_name = setOffline)]
    pub(crate) fn set_offline(connect: &JsValue, done: &Function);

    #[wasm_bindgen(js_name = logOut)]
    pub(crate) fn log_out(connect: &JsValue, url: &str, failed: &Function);
}
