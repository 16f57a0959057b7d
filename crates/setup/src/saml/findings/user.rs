//! The user's name, which must be that in Amazon Connect letter by letter.

use super::{Against, Named, TROUBLE};
use crate::check::{CSV, USER};
use crate::finding::{Fault, code};
use crate::region::distance;
use crate::saml::response::{AWS, Assertion, Part};
use crate::users;

/// Whether it has the attributes that Service Cloud Voice asks of another identity provider.
pub(crate) fn is_service_cloud_voice(assertion: &Assertion) -> bool {
    let names = [VOICE_USER, VOICE_ROLE];
    names.iter().any(|name| !assertion.named(name).is_empty())
}

pub(super) fn check(assertion: &Assertion, against: &Against<'_>) -> Vec<Named> {
    let mut faults = Vec::new();
    let sessions = assertion.of_aws(SESSION);
    let voice = is_service_cloud_voice(assertion);
    let misspelt = super::roles::names(assertion)
        .iter()
        .any(|(name, _)| *name == SESSION);
    match sessions.as_slice() {
        [] if voice || misspelt => {}
        [] => {
            let fault = Fault::error(code::USER_NAME_MISSING, None)
                .found("no attribute RoleSessionName")
                .expected(format!("{AWS}RoleSessionName with the Amazon Connect user name"))
                .remedy(
                    "Add the attribute in the identity provider's app: AWS answers \"RoleSessionName is required in AuthnResponse\".",
                    TROUBLE,
                );
            faults.push((SESSION, fault));
        }
        [name] => faults.extend(of_name(SESSION, name, against)),
        [name, second, ..] => {
            let fault = Fault::error(code::USER_NAME_MISSING, Some(second.at))
                .found(format!("{} values of RoleSessionName", sessions.len()))
                .expected("exactly one")
                .remedy("Send one user name.", TROUBLE);
            faults.push((SESSION, fault));
            faults.extend(of_name(SESSION, name, against));
        }
    }
    if voice {
        faults.extend(of_voice(assertion, against));
    }
    faults
}

/// What Service Cloud Voice reads.
fn of_voice(assertion: &Assertion, against: &Against<'_>) -> Vec<Named> {
    let mut faults = Vec::new();
    for name in [VOICE_USER, VOICE_ROLE] {
        let values = assertion.named(name);
        if values.iter().all(|value| value.text.trim().is_empty()) {
            let at = values.first().map(|value| value.at);
            let fault = Fault::error(code::VOICE_ATTRIBUTE, at)
                .found(if at.is_some() {
                    format!("{name} without a value")
                } else {
                    format!("no attribute {name} beside the other one of Service Cloud Voice")
                })
                .expected("connect_username and connect_role, both with a value")
                .remedy(
                    "Add the attribute statement in the identity provider's app, and fill the profile attribute in for this user.",
                    VOICE,
                );
            faults.push((name, fault));
        }
    }
    let session = assertion.of_aws(SESSION).into_iter().next();
    for name in assertion.named(VOICE_USER) {
        if let Some(session) = session
            && !name.text.trim().is_empty()
            && session.text.trim() != name.text.trim()
        {
            let fault = Fault::error(code::USER_NAME_DIFFERS, Some(name.trimmed().1))
                .found(difference(
                    name.text.trim(),
                    session.text.trim(),
                    "RoleSessionName",
                ))
                .expected("the same user name in both attributes")
                .remedy(SAME, VOICE);
            faults.push((VOICE_USER, fault));
        }
        if !name.text.trim().is_empty() {
            faults.extend(of_name(VOICE_USER, name, against));
        }
    }
    faults
}

/// One user name by itself, and against those of the other inputs.
fn of_name(field: &'static str, name: &Part, against: &Against<'_>) -> Vec<Named> {
    let placed = |fault: Fault| {
        let at = fault.at.map(|at| name.inside(at));
        (field, Fault { at, ..fault })
    };
    let (text, at) = name.trimmed();
    let mut faults = Vec::new();
    if text.len() != name.text.len() && !text.is_empty() {
        let fault = Fault::error(code::USER_NAME_CHARACTER, Some(name.at))
            .found("white space around the user name")
            .expected("the user name and nothing else")
            .remedy(SAME, users::NAMES);
        faults.push((field, fault));
    }
    faults.extend(users::check_name(&name.text, None).into_iter().map(placed));
    let fault = |code, found: String, expected: &str| {
        Fault::error(code, Some(at))
            .found(found)
            .expected(expected)
            .remedy(SAME, CONNECT)
    };
    let user = against.inputs.get(USER).map(str::trim);
    if let Some(user) = user.filter(|user| *user != text) {
        let code = if same_but_for_case(user, text) {
            code::USER_NAME_CASE
        } else {
            code::USER_NAME_DIFFERS
        };
        let found = difference(text, user, USER);
        faults.push((
            field,
            fault(code, found, "the user name in userName, letter by letter"),
        ));
        return faults;
    }
    let Some(csv) = against.inputs.get(CSV) else {
        return faults;
    };
    let names = users::names(csv);
    if names.is_empty() || names.iter().any(|known| known == text) {
        return faults;
    }
    let near = names.iter().find(|known| same_but_for_case(known, text));
    let expected = "a user login of the CSV, letter by letter";
    let (code, found) = match near {
        Some(near) => (code::USER_NAME_CASE, difference(text, near, CSV)),
        None => (
            code::USER_NAME_DIFFERS,
            "a user name that the CSV does not have".to_owned(),
        ),
    };
    faults.push((field, fault(code, found, expected)));
    faults
}

fn same_but_for_case(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// How two names differ, without either of them: `letter 1 is "A", where userName has "a"`.
pub(crate) fn difference(found: &str, expected: &str, field: &str) -> String {
    if same_but_for_case(found, expected) && found.chars().count() == expected.chars().count() {
        let letters: Vec<String> = found
            .chars()
            .zip(expected.chars())
            .enumerate()
            .filter(|(_, (a, b))| a != b)
            .map(|(index, (a, b))| {
                format!("letter {} is \"{a}\", where {field} has \"{b}\"", index + 1)
            })
            .collect();
        let more = letters.len().saturating_sub(MOST_LETTERS);
        let mut text = letters
            .into_iter()
            .take(MOST_LETTERS)
            .collect::<Vec<_>>()
            .join("; ");
        if more > 0 {
            text.push_str(&format!("; and {more} more"));
        }
        return text;
    }
    let domain = |long: &str, short: &str| {
        long.strip_prefix(short)
            .is_some_and(|rest| rest.starts_with('@'))
    };
    if domain(expected, found) {
        return format!("a user name without the domain that {field} has");
    }
    if domain(found, expected) {
        return format!("a user name with a domain that {field} does not have");
    }
    let first = found
        .chars()
        .zip(expected.chars())
        .position(|(a, b)| a != b);
    match (first, distance(found, expected)) {
        (Some(index), 1..=2) => {
            let letter = |text: &str| text.chars().nth(index).unwrap_or_default();
            format!(
                "letter {} is \"{}\", where {field} has \"{}\"",
                index + 1,
                letter(found),
                letter(expected)
            )
        }
        (None, _) => format!(
            "{} letters, where {field} has {}",
            found.chars().count(),
            expected.chars().count()
        ),
        (Some(_), _) => format!("another user name than in {field}"),
    }
}

/// The attribute that becomes the user name.
const SESSION: &str = "RoleSessionName";
const VOICE_USER: &str = "connect_username";
const VOICE_ROLE: &str = "connect_role";
const SAME: &str = "Send exactly the Amazon Connect user name. Upper and lower case count: with another one, the instance shows \"Access denied\".";
const CONNECT: &str = "Amazon Connect Administrator Guide, \"Configure SAML with IAM for Amazon Connect\", \"Enabling SAML-based authentication\"";
const VOICE: &str =
    "Salesforce Help, \"Set Up a Third-Party Identity Provider for Service Cloud Voice\"";
const MOST_LETTERS: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn a_difference_is_told_letter_by_letter() {
        for (found, expected, told) in [
            (
                "Ada@x",
                "ada@x",
                "letter 1 is \"A\", where userName has \"a\"",
            ),
            (
                "adA@X",
                "ada@x",
                "letter 3 is \"A\", where userName has \"a\"; letter 5 is \"X\", where userName has \"x\"",
            ),
            (
                "ABCDEF",
                "abcdef",
                "letter 1 is \"A\", where userName has \"a\"; letter 2 is \"B\", where userName has \"b\"; letter 3 is \"C\", where userName has \"c\"; letter 4 is \"D\", where userName has \"d\"; and 2 more",
            ),
            (
                "ada",
                "ada@x",
                "a user name without the domain that userName has",
            ),
            (
                "ada@x",
                "ada",
                "a user name with a domain that userName does not have",
            ),
            (
                "adb@x",
                "ada@x",
                "letter 3 is \"b\", where userName has \"a\"",
            ),
            ("ada1", "ada", "4 letters, where userName has 3"),
            ("grace", "ada", "another user name than in userName"),
        ] {
            assert_eq!(difference(found, expected, "userName"), told);
        }
    }
}
