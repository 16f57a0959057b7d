//! The CSV with which SAML users are imported, and user names.

use std::collections::HashMap;

use crate::finding::{Fault, Range, code};
use crate::region::distance;

/// One cell: its value, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell {
    value: String,
    at: Range,
}

/// A user name by itself, and against those of the CSV.
pub(crate) fn check_name(text: &str, csv: Option<&str>) -> Vec<Fault> {
    let mut faults = name_faults(text, 0);
    let Some(csv) = csv.filter(|_| faults.is_empty()) else {
        return faults;
    };
    let name = text.trim();
    let names = logins(&rows(csv));
    let other = names
        .iter()
        .find(|login| login.value.eq_ignore_ascii_case(name));
    if let Some(other) = other
        && !names.iter().any(|login| login.value == name)
    {
        let differs = |(a, b): (char, char)| a != b;
        let start = Range::whole(text).start;
        let chars = name.char_indices().zip(other.value.chars());
        let at = chars
            .into_iter()
            .find(|((_, a), b)| differs((*a, *b)))
            .map(|((at, a), _)| Range::new(start + at, start + at + a.len_utf8()));
        faults.push(
            Fault::error(code::USER_NAME_TWICE, at)
                .found("a user name that the CSV has with other upper- and lower-case letters")
                .expected("the same letters on both sides: Amazon Connect's user names are case sensitive")
                .remedy("Write both alike.", NAMES),
        );
    }
    faults
}

/// The whole file.
pub(crate) fn check(text: &str) -> Vec<Fault> {
    let rows = rows(text);
    let Some((header, users)) = rows.split_first() else {
        return Vec::new();
    };
    let mut faults = header_faults(header, text);
    let column = |name: &str| header.iter().position(|cell| plain(&cell.value) == name);
    for row in users {
        if row.len() != header.len() {
            let at = Range::new(
                row.first().map_or(0, |cell| cell.at.start),
                row.last().map_or(0, |cell| cell.at.end),
            );
            faults.push(
                Fault::error(code::CSV_ROW, Some(at))
                    .found(format!("a row of {} cells", row.len()))
                    .expected(format!("{} cells, as many as the header has", header.len()))
                    .remedy(
                        "Put cells with a comma in them into quotation marks, and keep empty ones.",
                        BULK,
                    ),
            );
        }
        for (name, values, expected) in VALUES {
            let cell = column(name).and_then(|index| row.get(index));
            if let Some(cell) = cell.filter(|cell| !cell.value.is_empty())
                && !values(&cell.value)
            {
                faults.push(
                    Fault::error(code::CSV_ROW, Some(cell.at))
                        .found(format!("another value than \"{name}\" takes"))
                        .expected(expected)
                        .remedy("Correct the cell.", BULK),
                );
            }
        }
    }
    let mut seen: HashMap<String, String> = HashMap::new();
    for login in logins(&rows) {
        faults.extend(
            name_faults(&login.value, login.at.start)
                .into_iter()
                .map(|fault| {
                    // Inside quotation marks, characters may stand elsewhere.
                    let exact = text.get(login.at.bytes()) == Some(login.value.as_str());
                    Fault {
                        at: if exact { fault.at } else { Some(login.at) },
                        ..fault
                    }
                }),
        );
        let plain = login.value.to_lowercase();
        if let Some(first) = seen.get(&plain).filter(|_| !plain.is_empty()) {
            let found = if *first == login.value {
                "a user login that is there twice"
            } else {
                "a user login that is there twice but for the case of its letters"
            };
            faults.push(
                Fault::error(code::USER_NAME_TWICE, Some(login.at))
                    .found(found)
                    .expected("one row for each user")
                    .remedy("Remove one of the two rows.", BULK),
            );
        }
        seen.entry(plain).or_insert(login.value);
    }
    faults
}

/// A separator, or the name of each column.
fn header_faults(header: &[Cell], text: &str) -> Vec<Fault> {
    let whole = Range::new(
        header.first().map_or(0, |cell| cell.at.start),
        header.last().map_or(0, |cell| cell.at.end),
    );
    let fault = |at: Range, found: String| {
        Fault::error(code::CSV_HEADER, Some(at))
            .found(found)
            .expected(TEMPLATE)
            .remedy("Download the template for SAML users from the instance's User management page, and fill that in.", BULK)
    };
    let line = text.get(whole.bytes()).unwrap_or_default();
    if header.len() == 1 && line.contains([';', '\t']) {
        let at = line.find([';', '\t']).unwrap_or_default() + whole.start;
        return vec![fault(
            Range::new(at, at + 1),
            "cells that are not separated by commas".to_owned(),
        )];
    }
    let known = |name: &str| {
        COLUMNS.contains(&name)
            || name.starts_with("security_profile_name")
            || name.starts_with("user_hierarchy")
    };
    let mut faults = Vec::new();
    for (index, cell) in header.iter().enumerate() {
        let name = plain(&cell.value);
        let is_twice = header
            .iter()
            .take(index)
            .any(|other| plain(&other.value) == name);
        if name == "email address" || name == "password" {
            faults.push(fault(
                cell.at,
                format!("the column \"{name}\", which the template for SAML users does not have"),
            ));
        } else if is_twice {
            faults.push(fault(cell.at, "a column that is there twice".to_owned()));
        } else if !known(&name) {
            let near = COLUMNS.iter().find(|known| distance(known, &name) <= 3);
            let found = match near {
                Some(near) => format!("a column that does not exist; did you mean \"{near}\"?"),
                None => "a column that does not exist".to_owned(),
            };
            faults.push(fault(cell.at, found));
        }
    }
    for name in REQUIRED {
        let has = |cell: &Cell| plain(&cell.value).starts_with(name);
        if faults.is_empty() && !header.iter().any(has) {
            faults.push(fault(whole, format!("no column \"{name}\"")));
        }
    }
    faults
}

/// What is wrong with a user name that begins at `offset`.
fn name_faults(text: &str, offset: usize) -> Vec<Fault> {
    let start = Range::whole(text).start + offset;
    let name = text.trim();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '@' | '-');
    let fault = |code, at| {
        Fault::error(code, Some(at)).remedy(
            "Give the user another name, the same at the identity provider and in Amazon Connect.",
            NAMES,
        )
    };
    if let Some((at, c)) = name.char_indices().find(|(_, c)| !fits(*c)) {
        let at = Range::new(at, at + c.len_utf8()).moved(start);
        let found = match c {
            '+' | '=' | ',' => {
                format!("\"{c}\", which Amazon Connect does not take in a user name")
            }
            c if c.is_control() || c.is_whitespace() => "white space inside a user name".to_owned(),
            c => format!("\"{c}\", which a role session name cannot have"),
        };
        return vec![
            fault(code::USER_NAME_CHARACTER, at)
                .found(found)
                .expected("letters and digits of ASCII, and _ . @ -"),
        ];
    }
    let length = name.len();
    if !(2..=64).contains(&length) {
        let at = Range::new(0, length).moved(start);
        let found = format!("a user name of {length} characters");
        return vec![
            fault(code::USER_NAME_LENGTH, at)
                .found(found)
                .expected("2 to 64 characters"),
        ];
    }
    Vec::new()
}

/// The user logins of a CSV.
pub(crate) fn names(csv: &str) -> Vec<String> {
    let cells = logins(&rows(csv)).into_iter();
    cells
        .map(|cell| cell.value)
        .filter(|name| !name.is_empty())
        .collect()
}

/// The cells of the column "user login".
fn logins(rows: &[Vec<Cell>]) -> Vec<Cell> {
    let Some((header, users)) = rows.split_first() else {
        return Vec::new();
    };
    let Some(column) = header
        .iter()
        .position(|cell| plain(&cell.value) == "user login")
    else {
        return Vec::new();
    };
    users
        .iter()
        .filter_map(|row| row.get(column).cloned())
        .collect()
}

/// The rows of a CSV (RFC 4180), without blank lines.
fn rows(text: &str) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut value = String::new();
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut cell_from = start;
    let mut quoted = false;
    let mut chars = text
        .get(start..)
        .unwrap_or_default()
        .char_indices()
        .peekable();
    let mut end_row = |row: &mut Vec<Cell>, value: &mut String, at: Range| {
        let cell = cell_of(text, at, value);
        if !row.is_empty() || !cell.value.is_empty() {
            row.push(cell);
            rows.push(std::mem::take(row));
        }
        value.clear();
    };
    while let Some((at, c)) = chars.next() {
        let at = at + start;
        match c {
            '"' if quoted && chars.peek().is_some_and(|(_, next)| *next == '"') => {
                chars.next();
                value.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if value.trim().is_empty() => {
                quoted = true;
                value.clear();
            }
            ',' if !quoted => {
                row.push(cell_of(text, Range::new(cell_from, at), &value));
                value.clear();
                cell_from = at + 1;
            }
            '\n' | '\r' if !quoted => {
                end_row(&mut row, &mut value, Range::new(cell_from, at));
                cell_from = at + 1;
            }
            c => value.push(c),
        }
    }
    end_row(&mut row, &mut value, Range::new(cell_from, text.len()));
    rows
}

/// A cell without the white space and the quotation marks around it.
fn cell_of(text: &str, at: Range, value: &str) -> Cell {
    let raw = text.get(at.bytes()).unwrap_or_default();
    let inner = Range::whole(raw).moved(at.start);
    let unquoted = text
        .get(inner.bytes())
        .and_then(|text| text.strip_prefix('"')?.strip_suffix('"'))
        .map(|text| Range::whole(text).moved(inner.start + 1));
    Cell {
        value: value.trim().to_owned(),
        at: unquoted.unwrap_or(inner),
    }
}

/// A column's name without case and what is in brackets after it.
fn plain(name: &str) -> String {
    let name = name.split('(').next().unwrap_or_default();
    name.trim().to_ascii_lowercase()
}

/// A column, whether it takes a value, and what it takes.
type Values = (&'static str, fn(&str) -> bool, &'static str);

const VALUES: [Values; 3] = [
    (
        "phone type",
        |value| {
            matches!(
                plain(value).as_str(),
                "soft" | "desk" | "soft_phone" | "desk_phone"
            )
        },
        "soft or desk",
    ),
    (
        "soft phone auto accept",
        |value| matches!(plain(value).as_str(), "yes" | "no"),
        "yes or no",
    ),
    (
        "acw timeout",
        |value| value.parse::<u32>().is_ok(),
        "a whole number of seconds",
    ),
];
/// Amazon Connect Administrator Guide, "Add users to Amazon Connect", "Add users in bulk".
const COLUMNS: [&str; 12] = [
    "first name",
    "last name",
    "user login",
    "routing profile name",
    "phone type",
    "phone number",
    "soft phone auto accept",
    "acw timeout",
    "secondary email address",
    "mobile",
    "agent hierarchy",
    "tags",
];
const REQUIRED: [&str; 5] = [
    "first name",
    "last name",
    "user login",
    "routing profile name",
    "security_profile_name",
];
pub(crate) const TEMPLATE: &str = "first name,last name,user login,routing profile name,security_profile_name_1|security_profile_name_2,phone type (soft/desk),phone number,soft phone auto accept (yes/no),ACW timeout (seconds)";
pub(crate) const BULK: &str =
    "Amazon Connect Administrator Guide, \"Bulk upload users with the template\"";
pub(crate) const NAMES: &str = "AWS STS API Reference, \"AssumeRoleWithSAML\", RoleSessionName, and Amazon Connect API Reference, \"CreateUser\", Username";

#[cfg(test)]
mod tests {
    use super::TEMPLATE;
    use crate::check::{CSV, USER};
    use crate::testing::{expect, test};

    fn csv(rows: &str) -> String {
        format!("{TEMPLATE}\n{rows}")
    }

    #[test]
    fn the_template_is_good() {
        for good in [
            csv(""),
            csv("Ada,Example,ada@acme.example,Basic Routing Profile,Agent,soft,,yes,30\n"),
            csv(
                "Ada,\"Example, Jr.\",\"ada\",Basic,Agent|Admin,desk,+12065550100,no,0\r\n\r\nBo,Example,b.o,Basic,Agent,SOFT,,,\r\n",
            ),
            format!("\u{feff}{}", csv("Ada,Ünlü,ada,Basic,Agent,soft,,yes,30")),
            format!(
                "{},tags\nAda,E,ada,B,A,soft,,yes,30,\"a:b\"",
                TEMPLATE.to_uppercase()
            ),
            "first name,last name,user login,routing profile name,security_profile_name_1".into(),
        ] {
            expect(&[(CSV, &good)], &[]);
        }
    }

    #[test]
    fn each_mistake_in_a_csv_is_shown() {
        let good = csv(
            "Ada,Example,ada@acme.example,Basic,Agent,soft,,yes,30\nBo,Example,bo@acme.example,Basic,Agent,soft,,yes,30\n",
        );
        for (from, to, code, part) in [
            (
                "last name,",
                "last name,email address,",
                "CSV_HEADER",
                "email address",
            ),
            ("user login", "user logn", "CSV_HEADER", "user logn"),
            ("first name,", "name,", "CSV_HEADER", "name"),
            ("last name", "first name", "CSV_HEADER", "first name"),
            ("ada@", "adä@", "USER_NAME_CHARACTER", "ä"),
            ("ada@", "ada+1@", "USER_NAME_CHARACTER", "+"),
            ("ada@", "ada b@", "USER_NAME_CHARACTER", " "),
            ("ada@", "ACME\\ada@", "USER_NAME_CHARACTER", "\\"),
            ("ada@acme.example", "a", "USER_NAME_LENGTH", "a"),
            ("bo@acme", "ada@acme", "USER_NAME_TWICE", "ada@acme.example"),
            ("bo@acme", "Ada@acme", "USER_NAME_TWICE", "Ada@acme.example"),
            (
                "Agent,soft,,yes",
                "Agent,softphone,,yes",
                "CSV_ROW",
                "softphone",
            ),
            (",yes,30", ",true,30", "CSV_ROW", "true"),
            (",yes,30", ",yes,30s", "CSV_ROW", "30s"),
        ] {
            let wrong = good.replacen(from, to, 1);
            let found = crate::testing::findings(CSV, &wrong);
            // A header with one more column leaves the rows too short.
            let first = found.first().expect("a finding");
            assert_eq!(
                (first.code, &wrong[first.at.expect("a part").bytes()]),
                (code, part),
                "{to}"
            );
        }
        let short = csv("Ada,Example,ada\n");
        expect(&[(CSV, &short)], &[("CSV_ROW", "Ada,Example,ada")]);
        let semicolons = good.replace(',', ";");
        expect(&[(CSV, &semicolons)], &[("CSV_HEADER", ";")]);
        expect(
            &[(CSV, "first name,last name\n")],
            &[("CSV_HEADER", "first name,last name")],
        );
    }

    #[test]
    fn a_user_name_fits_both_sides() {
        for good in ["ada", "ada.example@acme.example", "A-1_b"] {
            expect(&[(USER, good)], &[]);
        }
        for (wrong, code, part) in [
            ("a", "USER_NAME_LENGTH", "a"),
            ("ada+x", "USER_NAME_CHARACTER", "+"),
            ("a,b", "USER_NAME_CHARACTER", ","),
            ("Jürgen", "USER_NAME_CHARACTER", "ü"),
        ] {
            expect(&[(USER, wrong)], &[(code, part)]);
        }
        let users = csv("Ada,Example,Ada@acme.example,Basic,Agent,soft,,yes,30\n");
        expect(
            &[(CSV, &users), (USER, "ada@acme.example")],
            &[("USER_NAME_TWICE", "a")],
        );
        expect(&[(CSV, &users), (USER, "Ada@acme.example")], &[]);
    }
}
