//! The text for support; see report.js.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::js;
use softphone_core::config::Config;

#[wasm_bindgen(module = "/src/browser/host/report.js")]
extern "C" {
    pub(crate) fn report(outline: &JsValue, status: &JsValue, timeline: &JsValue) -> String;
}

/// The configuration as far as support needs it: hosts, and whether there is a relay state.
pub(crate) fn outline(config: &Config, streams: &str) -> JsValue {
    let sso = config.sso.as_ref();
    let sign_in = match sso {
        None => "standard login popup".to_owned(),
        Some(sso) => format!(
            "{}, {} relay state, {} return page",
            sso.url.origin(),
            with(sso.relay.is_some()),
            with(config.return_url.is_some()),
        ),
    };
    let mut ways = String::new();
    for way in &config.ways {
        if !ways.is_empty() {
            ways += ", ";
        }
        ways += way.name();
    }
    js::object(&[
        ("connect-softphone", env!("CARGO_PKG_VERSION").into()),
        ("amazon-connect-streams", streams.into()),
        ("instance", config.ccp.origin().into()),
        ("sign-in", sign_in.into()),
        ("ways", ways.into()),
        ("controls", config.controls.name().into()),
        ("expected user", with(config.expected_user.is_some()).into()),
    ])
}

const fn with(it: bool) -> &'static str {
    if it { "with" } else { "without" }
}
