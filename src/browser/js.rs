//! Reading and building plain JavaScript values.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The field `name`; `undefined` when there is none, or when reading it throws.
pub(crate) fn get(value: &JsValue, name: &str) -> JsValue {
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

/// A frozen object of `fields`; those that are `undefined` are left out.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        if !value.is_undefined() {
            set(&object, name, value);
        }
    }
    Object::freeze(&object).into()
}

/// `value`, or `undefined`.
pub(crate) fn optional<T: Into<JsValue>>(value: Option<T>) -> JsValue {
    value.map_or(JsValue::UNDEFINED, Into::into)
}
