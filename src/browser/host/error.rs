//! Turns failures into real JavaScript errors.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::js;
use softphone_core::error::Error;
use softphone_core::finding::Finding;

#[wasm_bindgen(module = "/src/browser/host/error.js")]
extern "C" {
    #[wasm_bindgen(js_name = softphoneError)]
    fn softphone_error(
        code: &str,
        message: &str,
        remedy: &str,
        problems: JsValue,
        has_cause: bool,
        cause: &JsValue,
    ) -> JsValue;
}

thread_local! {
    /// Why the host's SSO Login URL could not be used; of the one phone that a page can have.
    static CAUSE: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Remembers what belongs into the `cause` of `SSO_URL_FAILED`. It reaches nothing else: it may hold a
/// token.
pub(crate) fn set_cause(cause: Option<JsValue>) {
    CAUSE.set(cause);
}

/// The `SoftphoneError` for `error`.
pub(crate) fn of(error: &Error) -> JsValue {
    if *error == Error::SsoUrlFailed {
        return CAUSE.with_borrow(|cause| make(error, cause.as_ref()));
    }
    if let Error::CommandRefused { refusal } = error {
        let cause = js_sys::Error::new(&refusal.message);
        cause.set_name(&refusal.type_name);
        return make(error, Some(&cause));
    }
    make(error, None)
}

/// The same, with what another party threw.
pub(crate) fn caused(error: &Error, cause: &JsValue) -> JsValue {
    make(error, Some(cause))
}

fn make(error: &Error, cause: Option<&JsValue>) -> JsValue {
    let problems = if let Error::ConfigInvalid(findings) = error {
        js::frozen(&findings.iter().map(Problem::from).collect::<Vec<_>>())
    } else {
        JsValue::UNDEFINED
    };
    softphone_error(
        error.code(),
        &error.to_string(),
        &error.remedy(),
        problems,
        cause.is_some(),
        cause.unwrap_or(&JsValue::UNDEFINED),
    )
}

/// See `SoftphoneConfigProblem` in js/index.d.ts.
#[derive(Serialize)]
struct Problem<'a> {
    field: &'a str,
    found: &'a str,
    expected: &'a str,
}

impl<'a> From<&'a Finding> for Problem<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            field: &finding.field,
            found: &finding.found,
            expected: &finding.expected,
        }
    }
}
