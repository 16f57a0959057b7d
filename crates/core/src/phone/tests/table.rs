//! The table of faults, tests/faults.json: its codes are those there are, and its stories are told.

use serde_json::Value;

use crate::phone::status::Phase;
use crate::testing::{test, union_after};

const FAULTS: &str = include_str!("../../../../../tests/faults.json");
const README: &str = include_str!("../../../../../README.md");
const STORIES: [&str; 18] = [
    include_str!("../../call_control/tests/commands.rs"),
    include_str!("../../call_control/tests/contacts.rs"),
    include_str!("../../call_control/tests/transfers.rs"),
    include_str!("audio.rs"),
    include_str!("agents.rs"),
    include_str!("answers.rs"),
    include_str!("calls.rs"),
    include_str!("ccp.rs"),
    include_str!("cookies.rs"),
    include_str!("ending.rs"),
    include_str!("page.rs"),
    include_str!("provider.rs"),
    include_str!("signing_in.rs"),
    include_str!("sso_url.rs"),
    include_str!("environment.rs"),
    include_str!("freshness.rs"),
    include_str!("inactivity.rs"),
    include_str!("windows.rs"),
];
const FIELDS: [&str; 9] = [
    "action", "browser", "code", "group", "id", "phase", "recovery", "story", "title",
];

fn rows() -> Vec<Value> {
    serde_json::from_str(FAULTS).expect("JSON")
}

/// A field that is a text, or empty where it is `null`.
fn of<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

/// Whether `id` is in the table, and a story belongs to it.
pub(super) fn has_story(id: &str) -> bool {
    let rows = rows();
    rows.iter()
        .any(|row| of(row, "id") == id && row["story"] == true)
}

#[test]
fn every_fault_is_written_down_whole() {
    let rows = rows();
    let mut ids: Vec<&str> = rows.iter().map(|row| of(row, "id")).collect();
    for row in &rows {
        let id = of(row, "id");
        let object = row.as_object().expect("an object");
        let mut fields: Vec<&str> = object.keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(fields, FIELDS, "{id}");
        for field in ["group", "title", "action", "recovery"] {
            assert!(!of(row, field).is_empty(), "{field} of {id}");
        }
        let known = Phase::ALL.map(Phase::name).contains(&of(row, "phase"));
        assert!(row["phase"].is_null() || known, "{}", row["phase"]);
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(!id.is_empty() && id.chars().all(kebab), "{id}");
    }
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id twice");
}

#[test]
fn the_table_has_every_code_and_no_other() {
    let rows = rows();
    let mut used: Vec<&str> = rows.iter().map(|row| of(row, "code")).collect();
    used.retain(|code| !code.is_empty());
    used.sort_unstable();
    used.dedup();
    let mut codes = union_after("export type SoftphoneErrorCode =");
    codes.sort_unstable();
    assert_eq!(used, codes);
}

/// Which codes exactly the README explains, `error.rs` tests.
#[test]
fn the_readme_groups_the_codes_as_the_table_does() {
    let rows = rows();
    let (_, errors) = README.split_once("## Errors").expect("the chapter");
    let (errors, _) = errors.split_once("\n## ").expect("its end");
    let sections: Vec<(&str, &str)> = errors
        .split("\n### ")
        .skip(1)
        .map(|section| section.split_once('\n').expect("a heading"))
        .collect();
    let mut groups: Vec<&str> = rows.iter().map(|row| of(row, "group")).collect();
    groups.dedup();
    let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
    assert_eq!(headings, groups);
    for (group, section) in sections {
        let cells = section.lines().filter_map(|line| line.strip_prefix("| `"));
        for code in cells.filter_map(|cells| cells.split('`').next()) {
            let belongs = |row: &Value| of(row, "code") == code && of(row, "group") == group;
            assert!(rows.iter().any(belongs), "{code} under {group}");
        }
    }
}

#[test]
fn every_story_of_the_table_is_told() {
    for row in &rows() {
        let id = of(row, "id");
        let call = format!("(\"{id}\")");
        let told = STORIES.iter().any(|story| story.contains(&call));
        assert_eq!(row["story"], told, "{id}");
    }
}
