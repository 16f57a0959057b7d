//! The CSV of SAML users.

use super::fill::Filled;
use super::values::Values;
use crate::users::TEMPLATE;

/// The template's header, and a row for each agent.
pub(super) fn csv(values: &Values<'_>) -> Filled {
    let routing = values.answer("routingProfile", "routing profile");
    let security = values.answer("securityProfile", "security profile");
    let users = values.answer("users", "user name");
    let mut csv = Filled {
        text: format!("{TEMPLATE}\n"),
        missing: users.missing,
    };
    csv.lacks(&routing.missing);
    csv.lacks(&security.missing);
    for line in users.text.lines().filter(|line| !line.trim().is_empty()) {
        let mut parts = line.splitn(3, [',', ';', '\t']).map(str::trim);
        let mut next = |instead: &'static str| match parts.next() {
            Some(part) if !part.is_empty() => part,
            _ => instead,
        };
        let (login, first, last) = (
            next("<user name>"),
            next("<first name>"),
            next("<last name>"),
        );
        if first.starts_with('<') || last.starts_with('<') {
            csv.lacks(&["users"]);
        }
        let cells = [
            first,
            last,
            login,
            &routing.text,
            &security.text,
            "soft",
            "",
            "no",
            "0",
        ];
        let row: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        csv.text += &row.join(",");
        csv.text.push('\n');
    }
    csv
}

/// A cell of RFC 4180.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
