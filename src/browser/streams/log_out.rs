//! Signing the agent out of Amazon Connect; see log_out.js.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/streams/log_out.js")]
extern "C" {
    /// Sets the agent Offline, and calls `done` whether it worked or not.
    #[wasm_bindgen(js_name = setOffline)]
    pub(crate) fn set_offline(connect: &JsValue, done: &Function);

    /// Ends the session at `url`, by way of the page at `cookies`, if any; calls `failed` when Streams could not be told.
    #[wasm_bindgen(js_name = logOut)]
    pub(crate) fn log_out(connect: &JsValue, url: &str, cookies: Option<String>, failed: &Function);
}
