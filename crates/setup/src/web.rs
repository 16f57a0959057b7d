//! The check in JavaScript, as a function and as the command.

use serde::Serialize;
use serde_wasm_bindgen::{Serializer, from_value};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::check::{Inputs, judge};
use crate::command::{Call, Clock, Output, unreadable};
use crate::finding::Range;
use crate::input::{File, in_file};
use crate::report::{Units, json, text::secrets};
use crate::write::{self, Answers};

/// Checks a set-up: `{ findings, story }`. `at` counts in units of UTF-16 of the input's text, as JavaScript does.
#[wasm_bindgen(unchecked_return_type = "Checked")]
pub fn check(
    #[wasm_bindgen(unchecked_param_type = "Inputs")] inputs: JsValue,
) -> Result<JsValue, JsError> {
    let inputs: Inputs = from_value(inputs)?;
    to_value(&json::verdict(&inputs, &judge(&inputs)))
}

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

/// Runs the command with these arguments, and the contents of the files that it reads. `now` is the time in milliseconds
/// since 1970, `utcOffset` in minutes, positive to the east.
#[wasm_bindgen(unchecked_return_type = "Output")]
pub fn run(
    #[wasm_bindgen(unchecked_param_type = "string[]")] arguments: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Uint8Array[]")] contents: JsValue,
    now: f64,
    #[wasm_bindgen(js_name = "utcOffset")] utc_offset: i32,
) -> Result<JsValue, JsError> {
    let arguments: Vec<String> = from_value(arguments)?;
    let contents: Vec<Vec<u8>> = from_value(contents)?;
    let output = match Call::parse(&arguments) {
        Ok(call) => {
            let clock = Clock {
                now: Some(now),
                utc_offset: Some(utc_offset),
            };
            call.run(&contents, clock)
        }
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
    let mut runbook = write::runbook(&answers);
    for finding in &mut runbook.findings {
        let text = answers.get(&finding.field).unwrap_or_default();
        finding.at = finding.at.map(|at| Units::of(text).range(at));
    }
    to_value(&runbook)
}

/// What it says where a file cannot be read.
#[wasm_bindgen(unchecked_return_type = "Output")]
pub fn refused(name: &str, why: &str) -> Result<JsValue, JsError> {
    to_value(&unreadable(name, why))
}

/// Which inputs are in a text that somebody pasted, or in a file with this name; none where it shows nowhere what the text is.
#[wasm_bindgen(unchecked_return_type = "Recognized[]")]
pub fn recognize(name: &str, text: &str) -> Result<JsValue, JsError> {
    let file = File {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let recognized: Vec<Recognized> = in_file(0, &file)
        .into_iter()
        .map(|given| Recognized {
            field: given.field,
            text: given.text,
        })
        .collect();
    to_value(&recognized)
}

/// The parts of a text that can let somebody in, in units of UTF-16: they are not shown, and not passed on.
#[wasm_bindgen(js_name = secretsIn, unchecked_return_type = "Part[]")]
pub fn secrets_in(text: &str) -> Result<JsValue, JsError> {
    let units = Units::of(text);
    let parts: Vec<Range> = secrets(text)
        .into_iter()
        .map(|part| units.range(part))
        .collect();
    to_value(&parts)
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
export interface Part { start: number; end: number }
export interface Recognized { field: Field; text: string }
export interface SetupFinding {
  code: string;
  severity: "error" | "warning";
  field: string;
  /** In units of UTF-16 of the text. */
  at: Part | null;
  found: string;
  expected: string;
  remedy: string;
  source: string;
}
export interface Line {
  label: string;
  text: string;
  /** `good` and `wrong` were checked; `unchecked` could not be. */
  kind: "plain" | "good" | "wrong" | "unchecked";
  at: Part | null;
}
export interface Chapter { id: "har" | "response" | "metadata" | "certificate"; field: Field; title: string; lines: Line[] }
export interface Story { chapters: Chapter[] }
export interface Checked { findings: SetupFinding[]; story: Story | null }
export type Field = "instanceUrl" | "ccpUrl" | "instanceArn" | "ssoLoginUrl" | "relayState" | "acsUrl" | "userName" | "csv" | "initCcp"
  | "samlResponse" | "idpMetadata" | "certificate";
/** `now`: the reader's time in milliseconds since 1970; `utcOffset`: theirs in minutes, positive to the east. */
export type Inputs = { [name in Field]?: string } & { now?: number; utcOffset?: number };
"#;

#[derive(Serialize)]
struct Recognized {
    field: &'static str,
    text: String,
}

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
