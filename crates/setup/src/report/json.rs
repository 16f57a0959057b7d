//! The findings as JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Report, Units};
use crate::finding::{Range, SetupFinding};
use crate::saml::story::Story;

/// One object, with `at` in units of UTF-16 of the input's text.
pub(crate) fn write(report: &Report) -> String {
    let (errors, warnings) = report.counts();
    let given = report.given.iter();
    let all = AllUnits::of(given.map(|given| (given.field, given.text.as_str())));
    let findings = report.findings.iter().map(|finding| {
        let mut value = found(finding, &all);
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
        "story": report.story.as_ref().map(|story| told(story, &all)),
    });
    format!("{whole:#}\n")
}

/// Findings and story by themselves, as the page reads them.
#[cfg(any(target_arch = "wasm32", test))]
pub(crate) fn verdict(inputs: &crate::check::Inputs, verdict: &crate::check::Verdict) -> Value {
    let given = crate::check::FIELDS
        .iter()
        .filter_map(|field| Some((*field, inputs.get(field)?)));
    let all = AllUnits::of(given);
    let findings = verdict.findings.iter();
    json!({
        "findings": findings
            .map(|finding| found(finding, &all))
            .collect::<Vec<_>>(),
        "story": verdict.story.as_ref().map(|story| told(story, &all)),
    })
}

fn found(finding: &SetupFinding, all: &AllUnits<'_>) -> Value {
    let mut value = json!(finding);
    value["at"] = part(all.of_field(&finding.field), finding.at);
    value
}

/// Those of each input.
struct AllUnits<'a> {
    by_field: BTreeMap<&'static str, Units<'a>>,
    none: Units<'a>,
}

impl<'a> AllUnits<'a> {
    fn of(given: impl Iterator<Item = (&'static str, &'a str)>) -> Self {
        Self {
            by_field: given
                .map(|(field, text)| (field, Units::of(text)))
                .collect(),
            none: Units::of(""),
        }
    }

    /// Of the input that `field` is, or is in.
    fn of_field(&self, field: &str) -> &Units<'a> {
        let input = field.split('.').next().unwrap_or_default();
        self.by_field.get(input).unwrap_or(&self.none)
    }
}

fn told(story: &Story, all: &AllUnits<'_>) -> Value {
    let chapters = story.chapters.iter().map(|chapter| {
        let lines = chapter.lines.iter().map(|line| {
            let mut value = json!(line);
            value["at"] = part(all.of_field(chapter.field), line.at);
            value
        });
        let mut value = json!(chapter);
        value["lines"] = lines.collect();
        value
    });
    json!({ "chapters": chapters.collect::<Vec<_>>() })
}

fn part(units: &Units<'_>, at: Option<Range>) -> Value {
    at.map_or(Value::Null, |at| json!(units.range(at)))
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
