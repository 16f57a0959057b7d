//! Activity and inactivity, previews and voice enhancement, over Amazon's SDK in Streams; see sdk.js.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Streams;
use crate::browser::feed::Feed;
use crate::browser::owned::Owned;
use softphone_core::agent::VoiceEnhancement;
use softphone_core::call_control::CallFact;
use softphone_core::phone::input::{CcpFact, Input};
use softphone_core::time::Millis;

#[wasm_bindgen(module = "/src/browser/streams/sdk.js")]
extern "C" {
    /// Reports activity, and tells of inactivity.
    pub(crate) type Sdk;

    #[wasm_bindgen(constructor)]
    fn new(connect: &JsValue, tell: &Function) -> Sdk;

    /// Answered by [`CcpFact::ActivityTaken`] or [`CcpFact::ActivityRefused`].
    #[wasm_bindgen(method)]
    pub(crate) fn report(this: &Sdk);

    /// `done` is called once.
    #[wasm_bindgen(method)]
    pub(super) fn send(this: &Sdk, name: &str, order: &JsValue, done: &Function);

    /// `done` is called once, or never.
    #[wasm_bindgen(method)]
    pub(super) fn preview(this: &Sdk, contact: &str, done: &Function);
}

impl Sdk {
    /// Tells `feed` of inactivity and of the agent's voice until it is dropped. To be made while Streams' leftovers are recorded.
    pub(crate) fn of(streams: &Streams, feed: &Feed) -> Owned<Self> {
        let tell = feed.callback(|what| {
            let voice = what.as_string();
            let voice = voice.and_then(|what| VoiceEnhancement::of(&what));
            match (what.as_f64(), voice) {
                (Some(at), _) => CcpFact::InactivityWarning { ends: millis(at) }.into(),
                (None, Some(mode)) => Input::from(CallFact::VoiceEnhanced(mode)),
                (None, None) if what == *"cleared" => CcpFact::WarningCleared.into(),
                (None, None) if what == *"taken" => CcpFact::ActivityTaken.into(),
                (None, None) => CcpFact::ActivityRefused.into(),
            }
        });
        Owned::new(Self::new(streams.global(), &tell))
    }
}

/// What is no point in time becomes one that the core does not believe.
const fn millis(at: f64) -> Millis {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it saturates, and NaN is 0"
    )]
    Millis::new(at as u64)
}
