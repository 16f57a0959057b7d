//! The reader of URLs: in wasm, that of the browser or of Node, which is also the one that opens them; elsewhere the `url`
//! crate, which the tests hold against it.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use softphone_core::address::native::read;

/// Takes `text` apart, relative to `base` if there is one; as `src/browser/page/url.rs` does.
#[cfg(target_arch = "wasm32")]
pub(crate) fn read(text: &str, base: Option<&str>) -> Option<softphone_core::address::Address> {
    let url = match base {
        Some(base) => web_sys::Url::new_with_base(text, base),
        None => web_sys::Url::new(text),
    };
    let url = url.ok()?;
    Some(softphone_core::address::Address {
        href: url.href(),
        scheme: url.protocol().trim_end_matches(':').to_owned(),
        origin: url.origin(),
        host: url.hostname(),
        path: url.pathname(),
        credentials: !(url.username().is_empty() && url.password().is_empty()),
    })
}
