//! The findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"). No text of an input is in it.

use serde_json::{Value, json};

use super::Report;
use crate::finding::{SetupFinding, severity_name};

pub(crate) fn write(report: &Report) -> String {
    let mut rules: Vec<&str> = report.findings.iter().map(|finding| finding.code).collect();
    rules.sort_unstable();
    rules.dedup();
    let results: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let text = format!(
                "{}: found {}, expected {}. {} ({})",
                finding.field, finding.found, finding.expected, finding.remedy, finding.source
            );
            json!({
                "ruleId": finding.code,
                "ruleIndex": rules.iter().position(|rule| *rule == finding.code),
                "level": severity_name(finding.severity),
                "message": { "text": text },
                "locations": [location(report, finding)],
            })
        })
        .collect();
    let rules: Vec<Value> = rules.iter().map(|rule| json!({ "id": rule })).collect();
    let whole = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "connect-setup", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    format!("{whole:#}\n")
}

fn location(report: &Report, finding: &SetupFinding) -> Value {
    let mut location = json!({
        "logicalLocations": [{ "fullyQualifiedName": finding.field, "kind": "parameter" }],
    });
    // The standard input has no name that another program could open.
    if let Some(place) = report.place(finding).filter(|place| place.file.name != "-") {
        location["physicalLocation"] = json!({
            "artifactLocation": { "uri": uri(&place.file.name) },
            "region": {
                "startLine": place.start.line,
                "startColumn": place.start.column,
                "endLine": place.end.line,
                "endColumn": place.end.column,
            },
        });
    }
    location
}

/// A file's name as a reference of RFC 3986, relative unless the name is absolute.
fn uri(name: &str) -> String {
    let mut uri = String::new();
    for byte in name.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'/' | b'.' | b'-' | b'_' | b'~' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
