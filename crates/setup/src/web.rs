//! The same command in JavaScript.

use serde::Serialize;
use serde_wasm_bindgen::{Serializer, from_value};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::command::{Call, Output, unreadable};
use crate::write::{self, Answers};

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

/// Every string of a set-up with these answers, and what is asked for it.
#[wasm_bindgen(unchecked_return_type = "Runbook")]
pub fn runbook(
    #[wasm_bindgen(unchecked_param_type = "Answers")] answers: JsValue,
) -> Result<JsValue, JsError> {
    let answers: Answers = from_value(answers)?;
    to_value(&write::runbook(&answers))
}

/// What it says where a file cannot be read.
#[wasm_bindgen(unchecked_return_type = "Output")]
pub fn refused(name: &str, why: &str) -> Result<JsValue, JsError> {
    to_value(&unreadable(name, why))
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Output { stdout: string; stderr: string; code: number }
export interface Answers {
  idp: string;
  host: string;
  globalResiliency?: boolean;
  /** By the names of the questions. */
  [name: string]: string | boolean | undefined;
}
export interface Runbook {
  title: string;
  questions: Question[];
  findings: SetupFinding[];
  missing: string[];
  steps: Step[];
  choices: Record<"idp" | "host", { value: string; label: string }[]>;
}
export interface Question {
  name: string;
  label: string;
  hint: string;
  example: string;
  required: boolean;
  kind: "text" | "lines" | "boolean";
}
export interface Step {
  id: string;
  console: string;
  title: string;
  place: string;
  actions: string[];
  strings: RunbookText[];
  expect: string;
}
export interface RunbookText {
  id: string;
  label: string;
  place: string;
  value: string;
  language: "text" | "url" | "json" | "xml" | "csv" | "hcl" | "shell" | "javascript" | "html";
  note: string;
  source: string;
  missing: string[];
}
export interface SetupFinding {
  code: string;
  severity: "error" | "warning";
  field: string;
  at: { start: number; end: number } | null;
  found: string;
  expected: string;
  remedy: string;
  source: string;
}
"#;

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
