//! Reads URLs where there is no browser to ask, with the `url` crate.
//!
//! Behind the feature `url`, for tests, benches and programs of their own. A page uses the browser's
//! own parser instead: the text is opened by that one, and two parsers that disagree are a hole.

use url::Url;

use super::Address;

/// Takes `text` apart, relative to `base` if there is one; a [`ReadUrl`](super::ReadUrl).
pub fn read(text: &str, base: Option<&str>) -> Option<Address> {
    let base = base.and_then(|base| Url::parse(base).ok());
    let url = Url::options().base_url(base.as_ref()).parse(text).ok()?;
    Some(Address {
        href: url.to_string(),
        scheme: url.scheme().to_owned(),
        origin: url.origin().ascii_serialization(),
        host: url.host_str().unwrap_or_default().to_owned(),
        path: url.path().to_owned(),
        credentials: !url.username().is_empty() || url.password().is_some(),
    })
}
