//! What the core's own tests share.

pub(crate) mod browser;
pub(crate) mod samples;

/// Takes URLs apart as browsers do.
pub(crate) use crate::address::native::read as read_url;

/// In wasm the same tests run in a browser.
#[cfg(target_arch = "wasm32")]
pub(crate) use wasm_bindgen_test::wasm_bindgen_test as test;

/// The attribute of Rust itself.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use core::prelude::v1::test;

/// The public TypeScript.
pub(crate) const TYPES: &str = include_str!("../../../../js/index.d.ts");

/// The names in the union of js/index.d.ts that begins after `opening`.
pub(crate) fn union_after(opening: &str) -> Vec<&'static str> {
    let (_, union) = TYPES.split_once(opening).expect("the union");
    let (union, _) = union.split_once(';').expect("its end");
    union.split('"').skip(1).step_by(2).collect()
}

/// The `type` of each member of the union of js/index.d.ts that begins after `opening`.
pub(crate) fn discriminants_after(opening: &str) -> Vec<&'static str> {
    let (_, union) = TYPES.split_once(opening).expect("the union");
    let (union, _) = union.split_once("\n\n").expect("its end");
    let members = union.split("readonly type: \"").skip(1);
    members
        .filter_map(|member| member.split('"').next())
        .collect()
}
