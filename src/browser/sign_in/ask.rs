//! Asking the host for its SSO Login URL.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::feed::{Feed, function};
use crate::browser::host::error;
use crate::browser::page::url;
use crate::browser::{host_value, js};
use softphone_core::config::Config;
use softphone_core::error::Error;
use softphone_core::phone::input::SignInFact;

#[wasm_bindgen(module = "/src/browser/sign_in/ask.js")]
extern "C" {
    fn ask(source: &JsValue) -> Promise;

    #[wasm_bindgen(js_name = expectRejection)]
    fn expect_rejection(source: &JsValue);
}

/// What the host configured as its SSO Login URL, for a host that is asked for it.
pub(super) struct SsoSource {
    source: JsValue,
    config: Config,
    /// How often the host was asked: only the last answer counts.
    asked: Rc<Cell<u32>>,
}

impl SsoSource {
    pub(super) fn new(source: JsValue, config: Config) -> Self {
        expect_rejection(&source);
        Self {
            source,
            config,
            asked: Rc::default(),
        }
    }

    /// Asks, and tells what the answer is worth. What is wrong with it goes to the error's `cause`.
    pub(super) fn ask(&self, feed: &Feed) {
        let count = self.asked.get() + 1;
        self.asked.set(count);
        error::set_cause(None);
        let (last, told, config) = (self.asked.clone(), feed.clone(), self.config.clone());
        let answered = function(move |answer| {
            if last.get() != count {
                return;
            }
            let answer = config.sso_answer(&host_value::read(&answer), &url::read);
            let sso = answer.map_err(|findings| {
                error::set_cause(Some(error::of(&Error::ConfigInvalid(findings))));
            });
            told.tell(SignInFact::UrlTold(sso.ok().map(Box::new)));
        });
        let (last, told) = (self.asked.clone(), feed.clone());
        let failed = function(move |thrown| {
            if last.get() == count {
                error::set_cause(Some(thrown));
                told.tell(SignInFact::UrlTold(None));
            }
        });
        let _ = js::call(&ask(&self.source), "then", &[&answered, &failed]);
    }
}
