//! The return page: how to recognise it, and its message; see js/protocol.js and
//! js/return/softphone-return.js.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{BroadcastChannel, Window};

use crate::browser::js;
use softphone_core::phone::input::SignInFact;
use softphone_core::sign_in::RETURN_PARAMETER;
use softphone_core::sign_in::nonce::Nonce;
use softphone_core::way::Way;

#[wasm_bindgen(module = "/js/protocol.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2)]
    static CHANNEL_NAME: String;
    #[wasm_bindgen(thread_local_v2)]
    static RETURNED: String;
}

/// The channel between the pages of this origin; `None` where the browser has none, or forbids it to
/// a frame.
pub(crate) fn channel() -> Option<BroadcastChannel> {
    CHANNEL_NAME.with(|name| BroadcastChannel::new(name)).ok()
}

/// The fact in a message, if it is the return page's.
pub(crate) fn told(message: &JsValue) -> Option<SignInFact> {
    if !RETURNED.with(|returned| js::get(message, "type") == *returned.as_str()) {
        return None;
    }
    let nonce = Nonce::parse(&js::get(message, "number").as_string()?)?;
    let framed = js::get(message, "framed").as_bool();
    let seen = framed.map(|framed| if framed { Way::Frame } else { Way::Popup });
    Some(SignInFact::Returned(nonce, seen))
}

/// The nonce in the address of `window`, if it shows a page of our own origin that has one: the
/// return page, or a "not found" in its place. A page of another origin cannot be read.
pub(crate) fn nonce_at(window: &Window) -> Option<Nonce> {
    let search = window.location().search().ok()?;
    let mut pairs = search.strip_prefix('?')?.split('&');
    let nonce = pairs.find_map(|pair| pair.strip_prefix(RETURN_PARAMETER)?.strip_prefix('='))?;
    Nonce::parse(nonce)
}
