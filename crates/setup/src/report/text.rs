//! The findings as a person reads them: what, where, what belongs there, and what to do.

use std::fmt::Write as _;

use softphone_core::address::reading::is_invisible;

use super::Report;
use crate::check::SAML_RESPONSE;
use crate::finding::{Range, severity_name};
use crate::input::Given;
use crate::saml::story::{Kind, Story};

pub(crate) fn write(report: &Report) -> String {
    let mut text = report.story.as_ref().map_or_else(String::new, told);
    for finding in &report.findings {
        let severity = severity_name(finding.severity);
        let _ = writeln!(
            text,
            "{severity} in {}: {} ({})",
            finding.field, finding.found, finding.code
        );
        if let Some(place) = report.place(finding) {
            let name = if place.file.name == "-" {
                "standard input"
            } else {
                &place.file.name
            };
            let _ = writeln!(
                text,
                "  at {name}:{}:{}",
                place.start.line, place.start.column
            );
        }
        if let (Some(at), Some(given)) = (
            finding.at,
            report.input(finding).filter(|given| may_be_shown(given)),
        ) {
            let (line, marks) = excerpt(&given.text, at);
            let _ = writeln!(text, "\n    {line}\n    {marks}\n");
        }
        let _ = writeln!(text, "  expected  {}", finding.expected);
        let _ = writeln!(text, "  remedy    {}", finding.remedy);
        let _ = writeln!(text, "  source    {}\n", finding.source);
    }
    let checked = report.checked().join(", ");
    let (errors, warnings) = report.counts();
    let _ = match (errors, warnings) {
        (0, 0) => writeln!(text, "Nothing is wrong with {checked}."),
        (_, _) => writeln!(
            text,
            "{} and {} in {checked}.",
            counted(errors, "error"),
            counted(warnings, "warning")
        ),
    };
    text
}

/// The story, each of its lines with a mark: ✓ was checked, ✗ is wrong, ? could not be checked.
fn told(story: &Story) -> String {
    let mut text = String::new();
    for chapter in &story.chapters {
        let _ = writeln!(text, "{}\n", chapter.title);
        let labels = chapter.lines.iter().map(|line| line.label.chars().count());
        let width = labels.max().unwrap_or_default();
        for line in &chapter.lines {
            let mark = match line.kind {
                Kind::Plain => ' ',
                Kind::Good => '✓',
                Kind::Wrong => '✗',
                Kind::Unchecked => '?',
            };
            let shown: String = line
                .text
                .chars()
                .map(|c| {
                    if c.is_control() || is_invisible(c) {
                        '\u{fffd}'
                    } else {
                        c
                    }
                })
                .collect();
            let mut lines = wrapped(&shown).into_iter();
            let first = lines.next().unwrap_or_default();
            let _ = writeln!(text, "{mark} {:width$}  {first}", line.label);
            for more in lines {
                let _ = writeln!(text, "  {:width$}  {more}", "");
            }
        }
        text.push('\n');
    }
    text
}

/// A text in lines that end between words.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut width = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if width == 0 || width + 1 + length <= WIDTH => {
                if width > 0 {
                    line.push(' ');
                    width += 1;
                }
                line.push_str(word);
                width += length;
            }
            Some(_) | None => {
                lines.push(word.to_owned());
                width = length;
            }
        }
    }
    lines
}

/// Whether a piece of an input may be printed: of what is encoded, nobody would understand it, and it is a secret.
fn may_be_shown(given: &Given) -> bool {
    given.field != SAML_RESPONSE || given.text.trim_start().starts_with('<')
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// The line of `text` in which `at` begins, as far as it fits, and marks below that part of it. What may be secret is
/// covered, and what nobody would see is shown as �.
fn excerpt(text: &str, at: Range) -> (String, String) {
    let start = text
        .get(..at.start)
        .and_then(|before| before.rfind('\n'))
        .map_or(0, |end| end + 1);
    let end = text
        .get(at.start..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |end| at.start + end);
    let line = text.get(start..end).unwrap_or_default().trim_end();
    let secrets = secrets(line);
    let chars: Vec<(usize, char)> = line
        .char_indices()
        .map(|(index, c)| {
            let is_secret = secrets.iter().any(|secret| secret.bytes().contains(&index));
            let is_found = (at.start..at.end).contains(&(start + index));
            let shown = match c {
                '\t' => ' ',
                c if is_invisible(c) => '\u{fffd}',
                _ if is_secret && !is_found => '•',
                c => c,
            };
            (start + index, shown)
        })
        .collect();
    let before = chars.iter().filter(|(index, _)| *index < at.start).count();
    let inside = chars
        .iter()
        .filter(|(index, _)| (at.start..at.end).contains(index))
        .count();
    let from = if chars.len() <= WIDTH {
        0
    } else {
        before.saturating_sub(WIDTH / 3).min(chars.len() - WIDTH)
    };
    let to = chars.len().min(from + WIDTH);
    let mut shown: String = chars
        .iter()
        .skip(from)
        .take(to - from)
        .map(|(_, c)| *c)
        .collect();
    let mut marks = " ".repeat(before - from);
    marks.push_str(&"^".repeat(inside.min(to.saturating_sub(before)).max(1)));
    if from > 0 {
        shown.insert(0, '…');
        marks.insert(0, ' ');
    }
    if to < chars.len() {
        shown.push('…');
    }
    (shown, marks)
}

/// The values of parameters that can let somebody in.
pub(crate) fn secrets(line: &str) -> Vec<Range> {
    let mut found = Vec::new();
    let mut start = 0;
    for part in line.split_inclusive(['?', '&', '#']) {
        let value = part.trim_end_matches(['?', '&', '#']);
        if let Some((name, _)) = value.split_once('=') {
            let lower = name.to_ascii_lowercase();
            if SECRET.iter().any(|word| lower.contains(word)) {
                found.push(Range::new(start + name.len() + 1, start + value.len()));
            }
        }
        start += part.len();
    }
    found.extend(encoded(line));
    found
}

/// Long pieces of base64: signatures, keys, certificates, tokens.
fn encoded(line: &str) -> Vec<Range> {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let mut found = Vec::new();
    let mut start = 0;
    for part in line.split_inclusive(|c| !is_base64(c)) {
        let value = part.trim_end_matches(|c| !is_base64(c));
        let is_mixed = value.bytes().any(|b| b.is_ascii_uppercase())
            && value.bytes().any(|b| b.is_ascii_digit());
        if value.len() >= LONG && is_mixed {
            found.push(Range::new(start, start + value.len()));
        }
        start += part.len();
    }
    found
}

/// What the names of such parameters have in them.
const SECRET: [&str; 9] = [
    "token",
    "secret",
    "password",
    "passwd",
    "apikey",
    "api_key",
    "signature",
    "assertion",
    "samlresponse",
];
/// From how many characters on base64 is covered.
const LONG: usize = 40;
/// Of an excerpt, in characters.
const WIDTH: usize = 96;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn a_part_is_underlined() {
        assert_eq!(
            excerpt("ab\ncüd\ne", Range::new(4, 6)),
            ("cüd".into(), " ^".into())
        );
        assert_eq!(
            excerpt("a\u{200b}b", Range::new(1, 4)),
            ("a\u{fffd}b".into(), " ^".into())
        );
        assert_eq!(excerpt("", Range::new(0, 0)), (String::new(), "^".into()));
        let long = format!("{}X{}", "a".repeat(200), "b".repeat(200));
        let (line, marks) = excerpt(&long, Range::new(200, 201));
        assert_eq!(line.chars().position(|c| c == 'X'), marks.find('^'));
        assert!(line.chars().count() <= WIDTH + 2);
    }

    #[test]
    fn what_may_be_secret_is_covered() {
        let (line, _) = excerpt("https://a/?token=abc&x=1", Range::new(0, 5));
        assert_eq!(line, "https://a/?token=•••&x=1");
    }
}
