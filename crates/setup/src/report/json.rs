//! The findings as JSON.

use serde_json::{Value, json};

use super::{Report, in_utf16};

/// One object, with `at` in units of UTF-16 of the input's text.
pub(crate) fn write(report: &Report) -> String {
    let (errors, warnings) = report.counts();
    let findings = report.findings.iter().map(|finding| {
        let mut value = json!(finding);
        let text = report
            .input(finding)
            .map_or("", |given| given.text.as_str());
        if let Some(at) = finding.at {
            let (start, end) = in_utf16(text, at);
            value["at"] = json!({ "start": start, "end": end });
        }
        value["place"] = report.place(finding).map_or(Value::Null, |place| {
            json!({
                "file": place.file.name,
                "line": place.start.line,
                "column": place.start.column,
                "endLine": place.end.line,
                "endColumn": place.end.column,
            })
        });
        value
    });
    let whole = json!({
        "checked": report.checked(),
        "errors": errors,
        "warnings": warnings,
        "findings": findings.collect::<Vec<_>>(),
    });
    format!("{whole:#}\n")
}
