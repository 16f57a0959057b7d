//! The return page: how it is recognised, and what it tells; see js/protocol.js and
//! js/return/softphone-return.js.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{BroadcastChannel, Window};

use crate::browser::js;
use softphone_core::number::Number;
use softphone_core::session::{Input, RETURN_PARAMETER};

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

/// What a message tells, if it is the return page's.
pub(crate) fn told(message: &JsValue) -> Option<Input> {
    if !RETURNED.with(|returned| js::get(message, "type") == *returned.as_str()) {
        return None;
    }
    let number = js::get(message, "number").as_string()?;
    Number::parse(&number).map(Input::Returned)
}

/// The number in the address of `window`, if it shows a page of our own origin that has one: the
/// return page, or a "not found" in its place. A page of another origin cannot be read.
pub(crate) fn number_at(window: &Window) -> Option<Number> {
    let search = window.location().search().ok()?;
    let mut pairs = search.strip_prefix('?')?.split('&');
    let number = pairs.find_map(|pair| pair.strip_prefix(RETURN_PARAMETER)?.strip_prefix('='))?;
    Number::parse(number)
}
