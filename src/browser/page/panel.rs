//! The box in the host's container; see panel.js.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use crate::api::snapshots::millis;
use crate::browser::feed::Feed;
use crate::browser::owned::Owned;
use softphone_core::config::{Config, Controls};
use softphone_core::phone::input::PageFact;
use softphone_core::phone::prompt::{Button, Prompt};

#[wasm_bindgen(module = "/src/browser/page/panel.js")]
extern "C" {
    /// The CCP's frame, and the cover over it.
    #[derive(Clone, Debug)]
    pub(crate) type Panel;

    #[wasm_bindgen(constructor)]
    fn new(container: &HtmlElement, hidden: bool, prompt: bool, clicked: &Function) -> Panel;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn holder(this: &Panel) -> HtmlElement;

    #[wasm_bindgen(method, js_name = putBack)]
    pub(crate) fn put_back(this: &Panel);

    #[wasm_bindgen(method)]
    fn show(
        this: &Panel,
        text: &str,
        label: Option<&str>,
        covers: bool,
        reveals: bool,
        time: Option<f64>,
    );

    #[wasm_bindgen(method)]
    fn hide(this: &Panel);
}

impl Panel {
    /// Puts the box into `container`, until it is dropped.
    pub(crate) fn put_into(container: &HtmlElement, config: &Config, feed: &Feed) -> Owned<Self> {
        let hidden = config.controls == Controls::Icc;
        let clicked = feed.callback(|_| PageFact::PromptClicked);
        Owned::new(Self::new(container, hidden, config.prompt, &clicked))
    }

    /// Shows the prompt, or the CCP alone.
    pub(crate) fn prompt(&self, prompt: Option<&Prompt>) {
        match prompt {
            Some(prompt) => {
                let label = prompt.button.map(Button::label);
                let time = prompt.time.map(millis);
                self.show(&prompt.text(), label, prompt.covers, prompt.reveals, time);
            }
            None => self.hide(),
        }
    }
}
