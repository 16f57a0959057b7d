//! The box in the host's container; see panel.js.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

#[wasm_bindgen(module = "/src/browser/page/panel.js")]
extern "C" {
    /// The CCP's frame, and the cover over it.
    #[derive(Clone, Debug)]
    pub(crate) type Panel;

    #[wasm_bindgen(constructor)]
    pub(crate) fn new(
        container: &HtmlElement,
        hidden: bool,
        prompt: bool,
        sign_in: &Function,
    ) -> Panel;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn holder(this: &Panel) -> HtmlElement;

    #[wasm_bindgen(method)]
    pub(crate) fn show(this: &Panel, text: &str, label: Option<&str>, covers: bool);

    #[wasm_bindgen(method)]
    pub(crate) fn hide(this: &Panel);

    #[wasm_bindgen(method)]
    pub(crate) fn remove(this: &Panel);
}
