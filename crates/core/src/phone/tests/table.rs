//! The table of faults, tests/faults.json: its codes are those there are, and its stories are told.

use crate::testing::test;

const FAULTS: &str = include_str!("../../../../../tests/faults.json");
const README: &str = include_str!("../../../../../README.md");
const TYPES: &str = include_str!("../../../../../js/index.d.ts");
const STORIES: [&str; 8] = [
    include_str!("calls.rs"),
    include_str!("ccp.rs"),
    include_str!("ending.rs"),
    include_str!("page.rs"),
    include_str!("provider.rs"),
    include_str!("signing_in.rs"),
    include_str!("surroundings.rs"),
    include_str!("windows.rs"),
];
const PHASES: [&str; 8] = [
    "opening",
    "signInNeeded",
    "signingIn",
    "ready",
    "expired",
    "signedOut",
    "failed",
    "closed",
];
const FIELDS: [&str; 9] = [
    "id", "group", "title", "phase", "code", "action", "recovery", "story", "browser",
];

/// A row: its fields with their values as they are written, without quotes.
type Row = Vec<(&'static str, &'static str)>;

/// Whether `id` is in the table, and a story belongs to it.
pub(super) fn has_story(id: &str) -> bool {
    rows()
        .iter()
        .any(|row| of(row, "id") == id && of(row, "story") == "true")
}

/// The file is written one field a line.
fn rows() -> Vec<Row> {
    let objects = FAULTS.split('{').skip(1);
    objects
        .map(|object| {
            let lines = object.lines().filter_map(|line| line.split_once("\": "));
            lines
                .map(|(name, value)| {
                    let value = value.strip_suffix(',').unwrap_or(value);
                    (name.trim().trim_start_matches('"'), value.trim_matches('"'))
                })
                .collect()
        })
        .collect()
}

fn of(row: &Row, field: &str) -> &'static str {
    row.iter()
        .find(|(name, _)| *name == field)
        .map_or("", |(_, value)| value)
}

/// The codes in the union of types.d.ts.
fn codes() -> Vec<&'static str> {
    let (_, union) = TYPES
        .split_once("SoftphoneErrorCode =\n")
        .expect("the union");
    let (union, _) = union.split_once(';').expect("its end");
    union.split('"').skip(1).step_by(2).collect()
}

#[test]
fn every_fault_is_written_down_whole() {
    let rows = rows();
    let mut ids: Vec<&str> = rows.iter().map(|row| of(row, "id")).collect();
    for row in &rows {
        let fields: Vec<&str> = row.iter().map(|(name, _)| *name).collect();
        assert_eq!(fields, FIELDS, "{}", of(row, "id"));
        for field in ["group", "title", "action", "recovery"] {
            assert!(!of(row, field).is_empty(), "{field} of {}", of(row, "id"));
        }
        let phase = of(row, "phase");
        assert!(phase == "null" || PHASES.contains(&phase), "{phase}");
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(of(row, "id").chars().all(kebab), "{}", of(row, "id"));
    }
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id twice");
}

#[test]
fn the_table_has_every_code_and_no_other() {
    let mut used: Vec<&str> = rows().iter().map(|row| of(row, "code")).collect();
    used.retain(|code| *code != "null");
    used.sort_unstable();
    used.dedup();
    let mut codes = codes();
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
            let belongs = |row: &Row| of(row, "code") == code && of(row, "group") == group;
            assert!(rows.iter().any(belongs), "{code} under {group}");
        }
    }
}

#[test]
fn every_story_of_the_table_is_told() {
    for row in rows() {
        let id = of(&row, "id");
        let call = format!("(\"{id}\")");
        let told = STORIES.iter().any(|story| story.contains(&call));
        assert_eq!(told, of(&row, "story") == "true", "{id}");
    }
}
