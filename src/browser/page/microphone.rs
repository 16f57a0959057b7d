//! What the page knows of the agent's microphone; see microphone.js.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::feed::Feed;
use crate::browser::owned::{Close, Owned};
use softphone_core::error::Error;
use softphone_core::phone::input::Condition;

#[wasm_bindgen(module = "/src/browser/page/microphone.js")]
extern "C" {
    /// Says what is wrong with the microphone, quietly, until it is closed.
    #[derive(Clone, Debug)]
    pub(crate) type Microphone;

    /// `tell` gets a code, or undefined once nothing is known to be wrong.
    #[wasm_bindgen(constructor)]
    fn new(tell: &Function) -> Microphone;

    #[wasm_bindgen(method)]
    pub(crate) fn watch(this: &Microphone);

    #[wasm_bindgen(method, setter, js_name = inContact)]
    pub(crate) fn set_in_contact(this: &Microphone, is: bool);

    #[wasm_bindgen(method)]
    pub(crate) fn heard(this: &Microphone, error_type: &str);

    /// Rejects with a code.
    #[wasm_bindgen(method)]
    pub(crate) fn devices(this: &Microphone) -> Promise;

    #[wasm_bindgen(method, js_name = close)]
    fn stop(this: &Microphone);
}

impl Microphone {
    /// A microphone that is not watched yet; `feed` is told what is wrong with it from then on.
    pub(crate) fn of_page(feed: &Feed) -> Owned<Self> {
        let tell = feed.callback(|code| Condition::Microphone(error_of(&code)));
        Owned::new(Self::new(tell.function()), vec![tell])
    }
}

impl Close for Microphone {
    fn close(&self) {
        self.stop();
    }
}

/// The error with that code, if it is one of the microphone's.
pub(crate) fn error_of(code: &JsValue) -> Option<Error> {
    let code = code.as_string()?;
    [
        Error::MicrophoneDenied,
        Error::MicrophoneDismissed,
        Error::MicrophoneMissing,
        Error::MicrophoneBusy,
        Error::MicrophoneLost,
    ]
    .into_iter()
    .find(|error| error.code() == code)
}
