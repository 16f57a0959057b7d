//! The whole page goes to the identity provider and comes back; see redirect.js.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/sign_in/redirect.js")]
extern "C" {
    /// Navigates the page to `url`, unless it has no storage with which to come back.
    pub(crate) fn redirect(url: &str, number: &str);

    /// Whether the return page brought this page back; `None` when it never left.
    #[wasm_bindgen(js_name = cameBack)]
    pub(crate) fn came_back() -> Option<bool>;
}
