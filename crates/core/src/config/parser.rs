//! Reads a configuration and collects every problem in it.
//!
//! The host gets all findings at once, so reading goes on after each of them: a reader that finds
//! something wrong records it and returns a stand-in. What the stand-in is does not matter, because
//! one error discards the whole configuration. Only where fields are compared with each other does
//! "wrong" have to be told from "absent", so that one mistake is reported once; see [`Field`].

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever a field does not expect is wrong there, kinds added later included"
)]

use std::ops::RangeInclusive;

use super::names::Level;
use super::{Config, PageFacts, Sso, code};
use crate::address::arn::InstanceArn;
use crate::address::instance::CcpUrl;
use crate::address::{Address, ReadUrl};
use crate::finding::{Finding, Severity};
use crate::host_value::{HostValue, whole};
use crate::time::Span;

/// See [`Config::parse`].
pub(super) fn parse(
    value: &HostValue,
    page: &PageFacts<'_>,
    read: ReadUrl<'_>,
) -> Result<Config, Vec<Finding>> {
    let mut parser = Parser {
        page: read(page.href, None),
        framed: page.framed,
        read,
        arn: None,
        findings: Vec::new(),
    };
    let config = parser.config(value);
    let (errors, warnings): (Vec<_>, Vec<_>) = parser
        .findings
        .into_iter()
        .partition(|finding| finding.severity == Severity::Error);
    match config {
        Some(config) if errors.is_empty() => Ok(Config { warnings, ..config }),
        Some(_) | None => Err(errors),
    }
}

/// See [`Config::findings`].
#[cfg(any(test, feature = "reading"))]
pub(super) fn findings(value: &HostValue, page: &PageFacts<'_>, read: ReadUrl<'_>) -> Vec<Finding> {
    let mut parser = Parser {
        page: read(page.href, None),
        framed: page.framed,
        read,
        arn: None,
        findings: Vec::new(),
    };
    let _ = parser.config(value);
    parser.findings
}

/// See [`Config::sso_answer`].
pub(super) fn sso_answer(
    value: &HostValue,
    ccp: &CcpUrl,
    arn: Option<&InstanceArn>,
    read: ReadUrl<'_>,
) -> Result<Sso, Vec<Finding>> {
    let mut parser = Parser {
        page: None,
        framed: false,
        read,
        arn: arn.cloned(),
        findings: Vec::new(),
    };
    let sso = parser.sso_url(value, Some(ccp));
    let wrong = |finding: &Finding| finding.severity == Severity::Error;
    if parser.findings.iter().any(wrong) {
        return Err(parser.findings);
    }
    sso.given().ok_or(parser.findings)
}

/// What is being parsed on, and what was found so far.
pub(super) struct Parser<'a> {
    /// The page's own address.
    pub(super) page: Option<Address>,
    /// Whether the page is in a frame.
    pub(super) framed: bool,
    pub(super) read: ReadUrl<'a>,
    /// The instance that URLs are compared with, if the host has named it.
    pub(super) arn: Option<InstanceArn>,
    findings: Vec<Finding>,
}

/// A field that may be left out.
#[derive(Clone, Debug)]
pub(super) enum Field<T> {
    /// Left out, or switched off.
    Absent,
    /// There, and good.
    Given(T),
    /// There, and reported as an error; no rule about several fields may report it once more.
    Wrong,
}

impl<T> Field<T> {
    /// The value if there is a good one.
    pub(super) fn given(self) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Wrong => None,
        }
    }
}

impl Parser<'_> {
    /// The object in the field `name`, whose own fields must be those of `level`.
    pub(super) fn section<'a>(
        &mut self,
        value: &'a HostValue,
        name: &str,
        level: Level,
    ) -> &'a HostValue {
        let section = value.set(name);
        match section {
            HostValue::Absent => {}
            HostValue::Fields(_) => self.known(section, level),
            other => self.wrong(level.prefix().trim_end_matches('.'), other, "an object"),
        }
        section
    }

    /// Whole milliseconds within `range`.
    pub(super) fn span(
        &mut self,
        value: &HostValue,
        field: &str,
        range: RangeInclusive<u64>,
        default: Span,
    ) -> Span {
        if matches!(value, HostValue::Absent) {
            return default;
        }
        in_range(value, &range).unwrap_or_else(|| {
            let (least, most) = (range.start(), range.end());
            let expected = format!("a whole number of milliseconds from {least} to {most}");
            self.wrong(field, value, &expected);
            default
        })
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, value: &HostValue, field: &str, default: bool) -> bool {
        match value {
            HostValue::Absent => default,
            HostValue::Bool(value) => *value,
            other => {
                self.wrong(field, other, "true or false");
                default
            }
        }
    }

    /// Reports a value that is not of the type or in the range that `field` takes.
    pub(super) fn wrong(&mut self, field: &str, value: &HostValue, expected: &str) {
        self.error(code::WRONG_VALUE, field, &value.describe(), expected);
    }

    pub(super) fn error(&mut self, code: &'static str, field: &str, found: &str, expected: &str) {
        self.report(Severity::Error, code, field, found, expected);
    }

    pub(super) fn warn(&mut self, code: &'static str, field: &str, found: &str, expected: &str) {
        self.report(Severity::Warning, code, field, found, expected);
    }

    fn report(
        &mut self,
        severity: Severity,
        code: &'static str,
        field: &str,
        found: &str,
        expected: &str,
    ) {
        let finding = Finding::new(severity, code, field, found, expected);
        self.findings.push(finding);
    }
}

/// The span that `value` names in whole milliseconds, if it lies in `range`.
fn in_range(value: &HostValue, range: &RangeInclusive<u64>) -> Option<Span> {
    let HostValue::Number(millis) = value else {
        return None;
    };
    let millis = u64::try_from(whole(*millis)?).ok()?;
    range.contains(&millis).then_some(Span::millis(millis))
}
