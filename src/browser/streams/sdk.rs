//! Activity and inactivity, over Amazon's SDK in Streams; see sdk.js.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Streams;
use crate::browser::feed::Feed;
use crate::browser::owned::Owned;
use softphone_core::phone::input::CcpFact;
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
}

impl Sdk {
    /// Tells `feed` of inactivity until it is dropped. To be made while Streams' leftovers are recorded.
    pub(crate) fn of(streams: &Streams, feed: &Feed) -> Owned<Self> {
        let tell = feed.callback(|what| match what.as_f64() {
            Some(at) => CcpFact::InactivityWarning { ends: millis(at) },
            None if what == *"cleared" => CcpFact::WarningCleared,
            None if what == *"taken" => CcpFact::ActivityTaken,
            None => CcpFact::ActivityRefused,
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
