//! The agent who uses the host page; see activity.js.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::feed::Feed;
use crate::browser::owned::Owned;
use softphone_core::phone::input::PageFact;

#[wasm_bindgen(module = "/src/browser/page/activity.js")]
extern "C" {
    /// Tells when the agent uses the page.
    pub(crate) type HostActivity;

    #[wasm_bindgen(constructor)]
    fn new(tell: &Function) -> HostActivity;
}

impl HostActivity {
    /// Tells `feed` until it is dropped.
    pub(crate) fn watch(feed: &Feed) -> Owned<Self> {
        Owned::new(Self::new(&feed.callback(|_| PageFact::HostActive)))
    }
}
