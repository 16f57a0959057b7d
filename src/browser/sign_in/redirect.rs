//! The whole page goes to the identity provider and comes back; see redirect.js.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/browser/sign_in/redirect.js")]
extern "C" {
    /// Leads the page to `url`, unless there is no storage to come back by.
    pub(crate) fn redirect(url: &str, number: &str);

    /// Whether the page has come back signed in; `None` when it never left.
    #[wasm_bindgen(js_name = cameBack)]
    pub(crate) fn came_back() -> Option<bool>;
}
