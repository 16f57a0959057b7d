//! The browser's own URL parser: what it accepts is what it opens.

use web_sys::Url;

use softphone_core::address::Address;

/// Takes `text` apart, relative to `base` if there is one.
pub fn read(text: &str, base: Option<&str>) -> Option<Address> {
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
