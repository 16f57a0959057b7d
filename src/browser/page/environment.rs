//! The network and the container; see environment.js.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlElement;

use super::panel::Panel;
use crate::browser::feed::Feed;
use crate::browser::owned::Owned;
use softphone_core::error::{Blocked, Policy};
use softphone_core::phone::input::{Condition, Input, PageFact};

#[wasm_bindgen(module = "/src/browser/page/environment.js")]
extern "C" {
    /// Tells of the network and of the container.
    #[derive(Debug)]
    pub(crate) type Environment;

    /// `tell` gets "online", "offline", "gone", "back" or "emptied"; or "csp" or "coep" with the origin of a
    /// frame that this policy of the page has blocked.
    #[wasm_bindgen(constructor)]
    fn new(container: &HtmlElement, panel: &Panel, tell: &Function) -> Environment;
}

impl Environment {
    /// Tells `feed` of the network, of `container` and of what `panel` has in it until it is dropped.
    pub(crate) fn watch(container: &HtmlElement, panel: &Panel, feed: &Feed) -> Owned<Self> {
        let tell = feed.callback(|what| read(&what.as_string().unwrap_or_default()));
        Owned::new(Self::new(container, panel, &tell))
    }
}

fn read(what: &str) -> Input {
    match what.split_once(' ').unwrap_or((what, "")) {
        ("offline", _) => Condition::Offline.into(),
        ("gone", _) => PageFact::ContainerRemoved.into(),
        ("back", _) => PageFact::ContainerBack.into(),
        ("emptied", _) => PageFact::ContainerEmptied.into(),
        ("csp", origin) => blocked(origin, Policy::Content),
        ("coep", origin) => blocked(origin, Policy::Embedder),
        _ => Condition::Online.into(),
    }
}

fn blocked(origin: &str, policy: Policy) -> Input {
    let origin = origin.to_owned();
    PageFact::FrameBlocked(Blocked { origin, policy }).into()
}
