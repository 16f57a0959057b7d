//! Amazon's page for the cookies of the CCP's frame; see storage_access.js.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::HtmlIFrameElement;

use crate::browser::feed::Feed;
use crate::browser::js;
use crate::browser::owned::Owned;
use softphone_core::config::Config;
use softphone_core::phone::input::{CcpFact, CookiesFact};

#[wasm_bindgen(module = "/src/browser/streams/storage_access.js")]
extern "C" {
    /// Speaks to the page while it is in the frame.
    pub(crate) type StorageAccess;

    #[wasm_bindgen(constructor)]
    fn new(
        frame: &HtmlIFrameElement,
        url: &str,
        ccp_url: &str,
        options: &JsValue,
        tell: &Function,
    ) -> StorageAccess;

    /// The frame is about to load the page.
    #[wasm_bindgen(method)]
    pub(crate) fn expect(this: &StorageAccess);
}

impl StorageAccess {
    /// Tells `feed` what the page in `frame` tells, until it is dropped.
    pub(crate) fn of(
        frame: &HtmlIFrameElement,
        config: &Config,
        options: &JsValue,
        feed: &Feed,
    ) -> Owned<Self> {
        let tell = feed.callback(|what| {
            CcpFact::Cookies(match what.as_string().as_deref() {
                Some("there") => CookiesFact::There,
                Some("granted") => CookiesFact::Granted,
                Some("denied") => CookiesFact::Denied,
                _ => CookiesFact::Missing,
            })
        });
        let url = config.ccp.storage_access();
        let options = js::get(options, "storageAccess");
        Owned::new(Self::new(frame, &url, config.ccp.text(), &options, &tell))
    }
}
