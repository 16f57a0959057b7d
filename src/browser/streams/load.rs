//! Loading Streams, or waiting for the page that loads it; see load.js.

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/streams/load.js")]
extern "C" {
    /// Resolved with `undefined` when there is nothing to wait for any more, and with an error when the
    /// script from `url` did not run.
    pub(crate) fn load(url: Option<&str>, integrity: Option<&str>) -> Promise;
}

/// How many script elements of the page's own load the library.
pub(crate) fn script_elements() -> u32 {
    let document = web_sys::window().and_then(|window| window.document());
    let scripts = document.and_then(|document| document.query_selector_all(PAGES_OWN).ok());
    scripts.map_or(0, |scripts| scripts.length())
}

const PAGES_OWN: &str = "script[src*=connect-streams]:not([data-softphone])";
