//! Reads what a host handed in, once; see host_value.js. And what JavaScript of ours has picked; see tape.js.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use softphone_core::host_value::HostValue;

#[wasm_bindgen(module = "/src/browser/host_value.js")]
extern "C" {
    #[wasm_bindgen(js_name = partsOf)]
    fn parts_of(value: &JsValue) -> JsValue;

    /// A copy of the host's parameters of `initCCP`.
    ///
    /// # Errors
    /// What reading them threw.
    #[wasm_bindgen(js_name = copyOf, catch)]
    pub(crate) fn copy_of(options: &JsValue) -> Result<Object, JsValue>;
}

#[wasm_bindgen(module = "/src/browser/tape.js")]
extern "C" {
    #[wasm_bindgen(js_name = tapeOf)]
    fn tape_of(value: &JsValue) -> String;
}

/// Reads `value` down to the configuration's depth; what lies deeper is only named. A getter that
/// throws counts as a value that cannot be used.
pub(crate) fn read(value: &JsValue) -> HostValue {
    read_to(value, DEPTH)
}

/// Reads what JavaScript of ours has picked. Nothing in it throws.
pub(crate) fn read_ours(value: &JsValue) -> HostValue {
    next(&mut tape_of(value).split('\0'))
}

/// Ours are whole: reading others costs 10 kB of wasm.
#[allow(clippy::cast_precision_loss, reason = "they are times in milliseconds")]
const fn number(whole: i64) -> HostValue {
    HostValue::Number(whole as f64)
}

fn next<'a>(parts: &mut impl Iterator<Item = &'a str>) -> HostValue {
    let part = parts.next().unwrap_or_default();
    let (kind, rest) = part.split_at_checked(1).unwrap_or_default();
    let many = || rest.parse().unwrap_or(0_u32);
    match kind {
        "0" => HostValue::Null,
        "t" => HostValue::Bool(true),
        "f" => HostValue::Bool(false),
        "n" => rest.parse().map_or(HostValue::Absent, number),
        "s" => HostValue::Text(rest.to_owned()),
        "[" => HostValue::List((0..many()).map(|_| next(parts)).collect()),
        "{" => {
            let fields = (0..many()).map(|_| {
                let name = parts.next().unwrap_or_default().to_owned();
                (name, next(parts))
            });
            HostValue::Fields(fields.collect())
        }
        _ => HostValue::Absent,
    }
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
    } else {
        read_parts(&parts_of(value), depth - 1)
    }
}

fn read_parts(parts: &JsValue, depth: u32) -> HostValue {
    if let Some(words) = parts.as_string() {
        return HostValue::Other(words);
    }
    let parts: &Array = parts.unchecked_ref();
    let kinds = parts.get(1).as_string().unwrap_or_default();
    let fields = (2..).step_by(2).zip(kinds.bytes()).map(|(at, kind)| {
        let name = parts.get(at).as_string().unwrap_or_default();
        let value = || parts.get(at + 1);
        let value = match kind {
            b'!' => HostValue::Other("a field that throws when it is read".to_owned()),
            b'u' => HostValue::Absent,
            b'0' => HostValue::Null,
            b't' => HostValue::Bool(true),
            b'f' => HostValue::Bool(false),
            b's' => HostValue::Text(value().as_string().unwrap_or_default()),
            _ => read_to(&value(), depth),
        };
        (name, value)
    });
    if parts.get(0).is_truthy() {
        HostValue::List(fields.map(|(_, value)| value).collect())
    } else {
        HostValue::Fields(fields.collect())
    }
}

/// config → streams → options → softphone → field.
const DEPTH: u32 = 4;
