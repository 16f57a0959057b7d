//! Reading and building plain JavaScript values.

use js_sys::{Array, Function, Object, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

#[wasm_bindgen(module = "/src/browser/freeze.js")]
extern "C" {
    /// Freezes it, with everything in it.
    fn freeze(value: &JsValue);
}

/// The field `name`; `undefined` when there is none, or when reading it throws.
pub(crate) fn get(value: &JsValue, name: &str) -> JsValue {
    // An exception costs a tenth of a millisecond.
    if value.is_undefined() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(value, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Sets the field `name` of an object of ours.
pub(crate) fn set(object: &Object, name: &str, value: &JsValue) {
    // An object that we made takes any field.
    let _ = Reflect::set(object, &name.into(), value);
}

/// Calls the method `name`.
///
/// # Errors
/// What it threw, or a `TypeError` when there is no such method.
pub(crate) fn call(value: &JsValue, name: &str, args: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(value, name)
        .dyn_into()
        .map_err(|_| js_sys::TypeError::new(&format!("{name} is not a function")))?;
    let list = Array::new();
    for arg in args {
        list.push(arg);
    }
    method.apply(value, &list)
}

/// `value` as JavaScript reads it, frozen with everything in it. `None` is `null`, unless the field says
/// that it is skipped.
pub(crate) fn frozen(value: &impl Serialize) -> JsValue {
    let made = value.serialize(&Serializer::json_compatible());
    // Only a number above 2^53 or a map with a strange key could fail; what we hand out has neither.
    let made = made.unwrap_or_default();
    freeze(&made);
    made
}
