//! The network and the container; see environment.js.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use super::panel::Panel;
use crate::browser::feed::Feed;
use crate::browser::owned::Owned;
use softphone_core::phone::input::{Condition, Input, PageFact};

#[wasm_bindgen(module = "/src/browser/page/environment.js")]
extern "C" {
    /// Tells of the network and of the container.
    #[derive(Debug)]
    pub(crate) type Environment;

    /// `tell` gets "online", "offline", "gone", "back" or "emptied".
    #[wasm_bindgen(constructor)]
    fn new(container: &HtmlElement, panel: &Panel, tell: &Function) -> Environment;
}

impl Environment {
    /// Tells `feed` of the network, of `container` and of what `panel` has in it until it is dropped.
    pub(crate) fn watch(container: &HtmlElement, panel: &Panel, feed: &Feed) -> Owned<Self> {
        let tell = feed.callback(|what| match what.as_string().as_deref() {
            Some("offline") => Input::Condition(Condition::Offline),
            Some("gone") => PageFact::ContainerRemoved.into(),
            Some("back") => PageFact::ContainerBack.into(),
            Some("emptied") => PageFact::ContainerEmptied.into(),
            _ => Condition::Online.into(),
        });
        Owned::new(Self::new(container, panel, &tell))
    }
}
