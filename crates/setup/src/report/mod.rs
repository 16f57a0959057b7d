//! What the command says: as text, as JSON and as SARIF.

pub(crate) mod json;
pub(crate) mod sarif;
pub(crate) mod text;

use softphone_core::finding::Severity;

use crate::check::FIELDS;
use crate::finding::{Range, SetupFinding};
use crate::input::{File, Given};
use crate::saml::story::Story;

/// What was checked, and what was found.
pub(crate) struct Report {
    pub(crate) findings: Vec<SetupFinding>,
    pub(crate) story: Option<Story>,
    pub(crate) given: Vec<Given>,
    pub(crate) files: Vec<File>,
}

/// A part of a file.
pub(crate) struct Place<'a> {
    pub(crate) file: &'a File,
    pub(crate) start: Position,
    pub(crate) end: Position,
}

/// A line and a column, both from 1; the column in units of UTF-16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Report {
    /// How many errors and warnings there are.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let is_error = |finding: &&SetupFinding| finding.severity == Severity::Error;
        let errors = self.findings.iter().filter(is_error).count();
        (errors, self.findings.len() - errors)
    }

    /// The names of what was checked, in their usual order.
    pub(crate) fn checked(&self) -> Vec<&'static str> {
        let is_given = |field: &&str| self.given.iter().any(|given| given.field == *field);
        FIELDS.into_iter().filter(is_given).collect()
    }

    /// The input that a finding is about.
    pub(crate) fn input(&self, finding: &SetupFinding) -> Option<&Given> {
        let field = finding.field.split('.').next()?;
        self.given.iter().find(|given| given.field == field)
    }

    /// Where in a file it is.
    pub(crate) fn place(&self, finding: &SetupFinding) -> Option<Place<'_>> {
        let given = self.input(finding)?;
        let (index, at) = given.place?;
        let file = self.files.get(index)?;
        let at = match finding.at {
            Some(part) if given.is_exact => part.moved(at.start),
            Some(_) | None => at,
        };
        Some(Place {
            start: position(&file.text, at.start),
            end: position(&file.text, at.end),
            file,
        })
    }
}

fn position(text: &str, at: usize) -> Position {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    Position {
        line: before.matches('\n').count() + 1,
        column: utf16(line) + 1,
    }
}

/// Counts a text in units of UTF-16, as JavaScript does. What comes before each part of it is counted once: a recording of
/// 10 MB has hundreds of places.
pub(crate) struct Units<'a> {
    text: &'a str,
    /// How many units come before each part.
    before: Vec<usize>,
}

impl<'a> Units<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let mut before = Vec::with_capacity(text.len() / PART + 1);
        let mut sum = 0;
        for part in text.as_bytes().chunks(PART) {
            before.push(sum);
            sum += units(part);
        }
        Self { text, before }
    }

    /// `at` in such units.
    pub(crate) fn range(&self, at: Range) -> Range {
        Range::new(self.count(at.start), self.count(at.end))
    }

    fn count(&self, end: usize) -> usize {
        let end = end.min(self.text.len());
        // The end of the last part begins none.
        let part = (end / PART).min(self.before.len().saturating_sub(1));
        let before = self.before.get(part).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(part * PART..end);
        before + units(rest.unwrap_or_default())
    }
}

fn utf16(text: &str) -> usize {
    units(text.as_bytes())
}

/// How many units these bytes of UTF-8 are: one for each character, and one more where it has four bytes.
fn units(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0))
        .sum()
}

/// In bytes.
const PART: usize = 4096;
