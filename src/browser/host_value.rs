//! Reads what a host handed in, once.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use softphone_core::host_value::HostValue;

/// Reads `value` down to the configuration's depth; what lies deeper is only named. A getter that
/// throws counts as a value that cannot be used.
pub(crate) fn read(value: &JsValue) -> HostValue {
    read_to(value, DEPTH)
}

fn read_to(value: &JsValue, depth: u32) -> HostValue {
    if value.is_undefined() {
        HostValue::Absent
    } else if value.is_null() {
        HostValue::Null
    } else if let Some(flag) = value.as_bool() {
        HostValue::Bool(flag)
    } else if let Some(number) = value.as_f64() {
        HostValue::Number(number)
    } else if let Some(text) = value.as_string() {
        HostValue::Text(text)
    } else if value.is_function() {
        HostValue::Other("a function".to_owned())
    } else if depth == 0 {
        HostValue::Other("an object".to_owned())
    } else if let Some(list) = value.dyn_ref::<Array>() {
        HostValue::List(list.iter().map(|item| read_to(&item, depth - 1)).collect())
    } else if let Some(object) = value.dyn_ref::<Object>() {
        let keys = Object::keys(object);
        let fields = keys.iter().filter_map(|key| {
            let found = match Reflect::get(object, &key) {
                Ok(found) => read_to(&found, depth - 1),
                Err(_) => HostValue::Other("a field that throws when it is read".to_owned()),
            };
            Some((key.as_string()?, found))
        });
        HostValue::Fields(fields.collect())
    } else {
        HostValue::Other("a value of an unsupported type".to_owned())
    }
}

/// config → section → field → item.
const DEPTH: u32 = 3;
