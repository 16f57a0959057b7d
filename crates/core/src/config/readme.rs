//! The README's table of the configuration is what the types say and what the parser does.

use serde_json::Value;

use super::*;
use crate::testing::{TYPES, read_url, test};

const README: &str = include_str!("../../../../README.md");

/// A row of the table, its cells without their backticks.
struct Row {
    field: String,
    kind: String,
    default: Value,
    range: String,
}

#[test]
fn the_table_has_every_field_of_the_types_and_no_other() {
    let table: Vec<_> = rows()
        .into_iter()
        .map(|row| (row.field, row.kind))
        .collect();
    assert_eq!(table, typed());
}

#[test]
fn to_leave_a_field_out_is_to_set_its_default() {
    for Row { field, default, .. } in rows() {
        let without = format!("{:?}", parse(&field, None).expect("a configuration"));
        let with = parse(&field, Some(host_value(&default))).expect("a configuration");
        assert_eq!(format!("{with:?}"), without, "{field}");
    }
}

#[test]
fn numbers_are_taken_in_their_range_and_not_beyond() {
    for row in rows().iter().filter(|row| row.kind.starts_with("number")) {
        let mut limits = row.range.split([' ', ',']).map(str::parse::<f64>);
        let (Some(Ok(least)), _, Some(Ok(most))) = (limits.next(), limits.next(), limits.next())
        else {
            panic!("{}: {} is no range", row.field, row.range);
        };
        for (number, fits) in [
            (least - 1.0, false),
            (least, true),
            (most, true),
            (most + 1.0, false),
        ] {
            let config = parse(&row.field, Some(HostValue::Number(number)));
            assert_eq!(config.is_ok(), fits, "{}: {number}", row.field);
        }
    }
}

/// The rows below the chapter's heading.
fn rows() -> Vec<Row> {
    let (_, chapter) = README.split_once("## Configuration").expect("the chapter");
    let (chapter, _) = chapter.split_once("\n## ").expect("its end");
    let lines = chapter.lines().filter(|line| line.starts_with("| `"));
    lines
        .map(|line| {
            let line = line.replace("\\|", "\u{0}");
            let cells: Vec<String> = line
                .split('|')
                .map(|cell| cell.trim().trim_matches('`').replace('\u{0}', "|"))
                .collect();
            let [_, field, kind, default, range, ..] = cells.as_slice() else {
                panic!("{line} has too few cells");
            };
            Row {
                field: field.clone(),
                kind: kind.clone(),
                default: serde_json::from_str(default).expect("a default in JSON"),
                range: range.clone(),
            }
        })
        .collect()
}

/// The fields of `SoftphoneConfig` in js/index.d.ts with their types. Prettier writes one per line, and
/// a section as `name?: {` to `} | null;`.
fn typed() -> Vec<(String, String)> {
    let (_, body) = TYPES
        .split_once("export interface SoftphoneConfig {\n")
        .expect("the interface");
    let (body, _) = body.split_once("\n}").expect("its end");
    let mut section = String::new();
    let mut fields = Vec::new();
    for line in body.lines().map(str::trim) {
        if line == "} | null;" {
            section.clear();
        }
        if line.starts_with(['/', '*']) {
            continue;
        }
        match line.split_once("?: ") {
            Some((name, "{")) => section = format!("{name}."),
            Some((name, kind)) => fields.push((
                format!("{section}{name}"),
                kind.trim_end_matches(';').to_owned(),
            )),
            None => {}
        }
    }
    fields
}

/// A configuration with `value` for `field`, and else no more than it needs.
fn parse(field: &str, value: Option<HostValue>) -> Result<Config, Vec<Finding>> {
    let instance = ("instanceUrl", "https://acme.my.connect.aws");
    let ccp = ("ccpUrl", "https://acme.my.connect.aws/ccp-v2/");
    let (name, url) = if field == "instanceUrl" {
        ccp
    } else {
        instance
    };
    let mut fields = vec![(name.to_owned(), HostValue::Text(url.to_owned()))];
    if let Some(value) = value {
        fields.push(match field.split_once('.') {
            Some((section, name)) => {
                let inner = vec![(name.to_owned(), value)];
                (section.to_owned(), HostValue::Fields(inner))
            }
            None => (field.to_owned(), value),
        });
    }
    let page = PageFacts::unframed("https://desk.example/agent/");
    Config::parse(&HostValue::Fields(fields), &page, &read_url)
}

pub(super) fn host_value(value: &Value) -> HostValue {
    match value {
        Value::Null => HostValue::Null,
        Value::Bool(it) => HostValue::Bool(*it),
        Value::Number(number) => {
            HostValue::Number(number.as_f64().expect("a number of JavaScript's"))
        }
        Value::String(text) => HostValue::Text(text.clone()),
        Value::Array(items) => HostValue::List(items.iter().map(host_value).collect()),
        Value::Object(fields) => HostValue::Fields(
            fields
                .iter()
                .map(|(name, value)| (name.clone(), host_value(value)))
                .collect(),
        ),
    }
}
