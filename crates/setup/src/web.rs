//! The same command in JavaScript.

use serde::Serialize;
use serde_wasm_bindgen::{Serializer, from_value};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::command::{Call, Output, unreadable};

/// The files that the command reads with these arguments: `{ files }`, or `{ output }` where it does not run.
#[wasm_bindgen(unchecked_return_type = "{ files?: string[]; output?: Output }")]
pub fn wanted(
    #[wasm_bindgen(unchecked_param_type = "string[]")] arguments: JsValue,
) -> Result<JsValue, JsError> {
    let arguments: Vec<String> = from_value(arguments)?;
    let wanted = match Call::parse(&arguments) {
        Ok(call) => Wanted {
            files: Some(call.files().to_vec()),
            output: None,
        },
        Err(output) => Wanted {
            files: None,
            output: Some(output),
        },
    };
    to_value(&wanted)
}

/// Runs the command with these arguments, and the contents of the files that it reads.
#[wasm_bindgen(unchecked_return_type = "Output")]
pub fn run(
    #[wasm_bindgen(unchecked_param_type = "string[]")] arguments: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Uint8Array[]")] contents: JsValue,
) -> Result<JsValue, JsError> {
    let arguments: Vec<String> = from_value(arguments)?;
    let contents: Vec<Vec<u8>> = from_value(contents)?;
    let output = match Call::parse(&arguments) {
        Ok(call) => call.run(&contents),
        Err(output) => output,
    };
    to_value(&output)
}

/// What it says where a file cannot be read.
#[wasm_bindgen(unchecked_return_type = "Output")]
pub fn refused(name: &str, why: &str) -> Result<JsValue, JsError> {
    to_value(&unreadable(name, why))
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "export interface Output { stdout: string; stderr: string; code: number }";

#[derive(Serialize)]
struct Wanted {
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Output>,
}

fn to_value(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
