//! What is wrong, or looks wrong, with something that an administrator wrote.

use std::fmt;

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finding {
    /// The rule that was broken, such as `"UNKNOWN_FIELD"`. Programs and tests go by this: the texts
    /// may be reworded at any time.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The field, for example `signIn.ways[1]`.
    pub field: String,
    /// What was found there, in words; never a relay state or a token.
    pub found: String,
    /// What belongs there.
    pub expected: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// It cannot be used.
    Error,
    /// It can be used, but looks like a mistake.
    Warning,
}

impl Finding {
    /// A finding of that `severity` in `field`.
    pub(crate) fn new(
        severity: Severity,
        code: &'static str,
        field: &str,
        found: &str,
        expected: &str,
    ) -> Self {
        Self {
            code,
            severity,
            field: field.to_owned(),
            found: found.to_owned(),
            expected: expected.to_owned(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            found,
            expected,
            ..
        } = self;
        write!(out, "{field}: found {found}, expected {expected}")
    }
}
