//! What the tests share.

use crate::check::{Inputs, check};
use crate::finding::SetupFinding;

/// In wasm the same tests run in a browser.
#[cfg(target_arch = "wasm32")]
pub(crate) use wasm_bindgen_test::wasm_bindgen_test as test;

/// The attribute of Rust itself.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use core::prelude::v1::test;

/// An instance ID, that of the guide "Configure SAML with IAM for Amazon Connect".
pub(crate) const ID: &str = "178c75e4-b3de-4839-a6aa-e321ab3f3770";
/// Another one.
pub(crate) const OTHER_ID: &str = "2fb42df9-78a2-2e74-d572-c8af67ed289b";

/// The findings about the one `field` with this text.
pub(crate) fn findings(field: &str, text: &str) -> Vec<SetupFinding> {
    check(&inputs(&[(field, text)]))
}

pub(crate) fn inputs(fields: &[(&str, &str)]) -> Inputs {
    let mut inputs = Inputs::default();
    for (field, text) in fields {
        let slot = inputs.field(field).expect("a field");
        *slot = Some((*text).to_owned());
    }
    inputs
}

/// Checks that `field`, whose text is `fields`' last one, has exactly these findings: code, and the part of the text.
#[track_caller]
pub(crate) fn expect(fields: &[(&str, &str)], expected: &[(&str, &str)]) {
    let (field, text) = fields.last().expect("a field");
    let found = check(&inputs(fields));
    let said: Vec<_> = found
        .iter()
        .map(|finding| {
            assert_eq!(finding.field.split('.').next(), Some(*field), "{finding:?}");
            assert!(!finding.found.is_empty(), "{finding:?}");
            assert!(!finding.expected.is_empty(), "{finding:?}");
            assert!(!finding.remedy.is_empty(), "{finding:?}");
            assert!(!finding.source.is_empty(), "{finding:?}");
            let part = finding.at.map_or("", |at| &text[at.bytes()]);
            (finding.code, part)
        })
        .collect();
    assert_eq!(said, expected, "{text}\n{found:#?}");
}
