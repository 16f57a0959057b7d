//! What the core's own tests share.

use url::{Host, Position, Url};

use super::address::web_url::Address;

/// In wasm the same tests run in a browser.
#[cfg(target_arch = "wasm32")]
pub(crate) use wasm_bindgen_test::wasm_bindgen_test as test;

/// The attribute of Rust itself.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use core::prelude::v1::test;

/// Takes URLs apart as browsers do, with the `url` crate.
pub(crate) fn read_url(text: &str, base: Option<&str>) -> Option<Address> {
    let base = base.and_then(|base| Url::parse(base).ok());
    let url = Url::options().base_url(base.as_ref()).parse(text).ok()?;
    let host = match url.host() {
        Some(Host::Domain(host)) => host.to_owned(),
        Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => {
            url[Position::BeforeHost..Position::AfterHost].to_owned()
        }
    };
    Some(Address {
        href: url.to_string(),
        scheme: url.scheme().to_owned(),
        origin: url.origin().ascii_serialization(),
        host,
        path: url.path().to_owned(),
        credentials: !url.username().is_empty() || url.password().is_some(),
    })
}

/// The public TypeScript.
const TYPES: &str = include_str!("../../../js/index.d.ts");

/// The names in the union of js/index.d.ts that begins after `opening`.
pub(crate) fn union_after(opening: &str) -> Vec<&'static str> {
    let (_, union) = TYPES.split_once(opening).expect("the union");
    let (union, _) = union.split_once(';').expect("its end");
    union.split('"').skip(1).step_by(2).collect()
}
