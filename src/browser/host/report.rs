//! What the text for support says of the configuration; see js/report.js.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::browser::js;
use softphone_core::config::Config;

/// The configuration as far as support needs it: hosts, and whether there is a relay state. The names
/// are the report's.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Outline<'a> {
    connect_softphone: &'static str,
    amazon_connect_streams: &'a str,
    instance: &'a str,
    sign_in: String,
    ways: String,
    controls: &'static str,
    #[serde(rename = "expected user")]
    expected_user: &'static str,
}

/// The outline of `config`, with the version of Streams.
pub(crate) fn outline(config: &Config, streams: &str) -> JsValue {
    let sign_in = match &config.sso {
        None if config.asks_for_sso => "at a URL that the host is asked for".to_owned(),
        None => "standard login popup".to_owned(),
        Some(sso) => format!(
            "{}, {} relay state, {} return page",
            sso.url.origin(),
            with(sso.relay.is_some()),
            with(config.return_url.is_some()),
        ),
    };
    let ways: Vec<_> = config.ways.iter().map(|way| way.name()).collect();
    js::frozen(&Outline {
        connect_softphone: env!("CARGO_PKG_VERSION"),
        amazon_connect_streams: streams,
        instance: config.ccp.origin(),
        sign_in,
        ways: ways.join(", "),
        controls: config.controls.name(),
        expected_user: with(config.expected_user.is_some()),
    })
}

const fn with(it: bool) -> &'static str {
    if it { "with" } else { "without" }
}
