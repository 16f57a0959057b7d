//! Takes URLs apart for the core: natively with the `url` crate, in wasm with the browser's own.

use connect_softphone::core::urls::Address;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn read_url(text: &str, base: Option<&str>) -> Option<Address> {
    use url::{Position, Url};

    let base = base.and_then(|base| Url::parse(base).ok());
    let url = Url::options().base_url(base.as_ref()).parse(text).ok()?;
    Some(Address {
        href: url.to_string(),
        scheme: url.scheme().to_owned(),
        origin: url.origin().ascii_serialization(),
        host: url[Position::BeforeHost..Position::AfterHost].to_owned(),
        path: url.path().to_owned(),
        credentials: !url.username().is_empty() || url.password().is_some(),
    })
}

#[cfg(target_arch = "wasm32")]
pub(crate) fn read_url(text: &str, base: Option<&str>) -> Option<Address> {
    use web_sys::Url;

    let url = match base {
        Some(base) => Url::new_with_base(text, base),
        None => Url::new(text),
    };
    let url = url.ok()?;
    Some(Address {
        href: url.href(),
        scheme: url.protocol().trim_end_matches(':').to_owned(),
        origin: url.origin(),
        host: url.hostname(),
        path: url.pathname(),
        credentials: !(url.username().is_empty() && url.password().is_empty()),
    })
}
