//! Turns failures into real JavaScript errors.

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::js;
use softphone_core::error::Error;

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

/// The `SoftphoneError` for `error`.
pub(crate) fn of(error: &Error) -> JsValue {
    make(error, None)
}

/// The same, with what another party threw.
pub(crate) fn caused(error: &Error, cause: &JsValue) -> JsValue {
    make(error, Some(cause))
}

fn make(error: &Error, cause: Option<&JsValue>) -> JsValue {
    let problems = if let Error::ConfigInvalid(findings) = error {
        let list = findings.iter().map(|finding| {
            js::object(&[
                ("field", finding.field.as_str().into()),
                ("found", finding.found.as_str().into()),
                ("expected", finding.expected.as_str().into()),
            ])
        });
        list.collect::<Array>().into()
    } else {
        JsValue::UNDEFINED
    };
    softphone_error(
        error.code(),
        &error.to_string(),
        error.remedy(),
        problems,
        cause.is_some(),
        cause.unwrap_or(&JsValue::UNDEFINED),
    )
}
