//! The findings as JSON.

use serde_json::{Value, json};

use super::{Report, in_utf16};
use crate::finding::{Range, SetupFinding};
use crate::saml::story::Story;

/// One object, with `at` in units of UTF-16 of the input's text.
pub(crate) fn write(report: &Report) -> String {
    let (errors, warnings) = report.counts();
    let findings = report.findings.iter().map(|finding| {
        let text = report
            .input(finding)
            .map_or("", |given| given.text.as_str());
        let mut value = found(finding, text);
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
        "story": report.story.as_ref().map(|story| told(story, &|field| {
            let given = report.given.iter().find(|given| given.field == field);
            given.map_or("", |given| given.text.as_str())
        })),
    });
    format!("{whole:#}\n")
}

/// Findings and story by themselves, as the page reads them.
#[cfg(any(target_arch = "wasm32", test))]
pub(crate) fn verdict(inputs: &crate::check::Inputs, verdict: &crate::check::Verdict) -> Value {
    let text = |field: &str| inputs.get(field.split('.').next().unwrap_or_default());
    let findings = verdict.findings.iter();
    json!({
        "findings": findings
            .map(|finding| found(finding, text(&finding.field).unwrap_or_default()))
            .collect::<Vec<_>>(),
        "story": verdict.story.as_ref().map(|story| told(story, &|field| text(field).unwrap_or_default())),
    })
}

fn found(finding: &SetupFinding, text: &str) -> Value {
    let mut value = json!(finding);
    value["at"] = part(text, finding.at);
    value
}

/// `text` is the input by its name.
fn told<'a>(story: &Story, text: &dyn Fn(&str) -> &'a str) -> Value {
    let chapters = story.chapters.iter().map(|chapter| {
        let text = text(chapter.field);
        let lines = chapter.lines.iter().map(|line| {
            let mut value = json!(line);
            value["at"] = part(text, line.at);
            value
        });
        let mut value = json!(chapter);
        value["lines"] = lines.collect();
        value
    });
    json!({ "chapters": chapters.collect::<Vec<_>>() })
}

fn part(text: &str, at: Option<Range>) -> Value {
    at.map_or(Value::Null, |at| {
        let (start, end) = in_utf16(text, at);
        json!({ "start": start, "end": end })
    })
}

#[cfg(test)]
mod tests {
    use super::verdict;
    use crate::check::{SAML_RESPONSE, judge};
    use crate::testing::{RESPONSE, inputs, test};

    #[test]
    fn the_page_counts_as_javascript_does() {
        let response = RESPONSE
            .replace("ada.login", "😀")
            .replace("ada@acme.example", "ädä");
        let inputs = inputs(&[(SAML_RESPONSE, &response)]);
        let value = verdict(&inputs, &judge(&inputs));
        let units: Vec<u16> = response.encode_utf16().collect();
        let text = |at: &serde_json::Value| {
            let end = |name: &str| usize::try_from(at[name].as_u64()?).ok();
            let part = units.get(end("start")?..end("end")?)?;
            String::from_utf16(part).ok()
        };
        let findings = value["findings"].as_array().expect("findings");
        let name = findings
            .iter()
            .find(|finding| finding["code"] == "USER_NAME_CHARACTER")
            .expect("a finding");
        assert_eq!(text(&name["at"]).as_deref(), Some("ä"));
        let lines = value["story"]["chapters"][0]["lines"]
            .as_array()
            .expect("lines");
        let user = lines
            .iter()
            .find(|line| line["label"] == "User")
            .expect("a line");
        assert_eq!(text(&user["at"]).as_deref(), Some("ädä"));
        assert_eq!(user["kind"], "plain");
    }
}
