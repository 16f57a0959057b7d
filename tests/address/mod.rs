//! Takes URLs apart for the core, natively with the `url` crate, in wasm with the browser's own; and
//! the rule that none which reaches a window or a frame may break.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use softphone_core::address::native::read as read_url;

#[cfg(target_arch = "wasm32")]
pub(crate) use connect_softphone::browser::page::url::read as read_url;

/// What opens when `text` is given to a window or a frame on `page`: `https:`, or `http:` on
/// localhost, without credentials, and the same as was read when there was no page.
#[track_caller]
pub(crate) fn opened(text: &str, page: &str) -> String {
    let there = read_url(text, Some(page)).expect("a URL");
    let local = there.host == "localhost" || there.host.ends_with(".localhost");
    let href = &there.href;
    assert!(
        href.starts_with("https://") || (local && href.starts_with("http://")),
        "{text:?} opens {href}"
    );
    assert!(!there.credentials, "{text:?} opens {href}");
    let alone = read_url(text, None).map(|alone| alone.href);
    assert_eq!(
        alone.as_ref(),
        Some(href),
        "{text:?} opens another URL alone"
    );
    there.href
}
