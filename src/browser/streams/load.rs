//! Loading Streams, or waiting for the page that loads it; see load.js.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::host::error;
use crate::browser::js;
use softphone_core::error::{Error, Unloaded};

#[wasm_bindgen(module = "/src/browser/streams/load.js")]
extern "C" {
    /// Resolved with `undefined` when there is nothing to wait for any more, and with a `Failure` when the
    /// script did not run.
    pub(crate) fn load(url: Option<&str>, integrity: Option<&str>) -> Promise;

    /// What `url` answered with, as far as the browser tells.
    #[wasm_bindgen(js_name = answerOf)]
    fn answer_of(url: &str) -> Option<String>;
}

/// The error for a `Failure`.
pub(crate) fn failed(failure: &JsValue) -> JsValue {
    let why = if js::get(failure, "late").is_truthy() {
        Unloaded::Late
    } else {
        match js::get(failure, "directive").as_string() {
            Some(directive) => Unloaded::Blocked(directive),
            None => Unloaded::Failed,
        }
    };
    let cause = js::get(failure, "cause");
    error::caused(&Error::StreamsLoadFailed(why), &cause)
}

/// What is wrong when all scripts have run, and Streams is not there.
pub(crate) fn missing(url: Option<&str>) -> Error {
    Error::StreamsMissing(url.map(|url| answer_of(url).unwrap_or_else(|| "a script".to_owned())))
}

/// How many script elements of the page's own load the library.
pub(crate) fn script_elements() -> u32 {
    let document = web_sys::window().and_then(|window| window.document());
    let scripts = document.and_then(|document| document.query_selector_all(PAGES_OWN).ok());
    scripts.map_or(0, |scripts| scripts.length())
}

const PAGES_OWN: &str = "script[src*=connect-streams]:not([data-softphone])";
