//! The host's configuration, parsed into types that cannot be wrong.

mod addresses;
mod parser;

use std::fmt;

use crate::address::ReadUrl;
use crate::address::instance::CcpUrl;
use crate::address::relay::Relay;
use crate::address::web_url::WebUrl;
use crate::host_value::HostValue;
use crate::millis::Span;
use crate::phase::Way;
use crate::private::Private;

/// What a host configured.
#[derive(Clone, Debug)]
pub struct Config {
    /// The CCP to open.
    pub ccp: CcpUrl,
    /// How SSO begins; `None` means the standard login popup.
    pub sso: Option<Sso>,
    /// Where the identity provider signs out.
    pub idp_logout: Option<Private<String>>,
    /// Whether Amazon's panel shows.
    pub controls: Controls,
    /// The ways to sign in, in their order; never empty.
    pub ways: Vec<Way>,
    /// The return page on the host's own origin.
    pub return_url: Option<WebUrl>,
    /// How long a window is waited for.
    pub timeout: Span,
    /// Whether the module shows its own prompt.
    pub prompt: bool,
    /// The only user name that may get a working phone.
    pub expected_user: Option<Private<String>>,
    /// How long a session lasts from sign-in.
    pub session_length: Span,
    /// How long before its end the session's end is announced; less than its length.
    pub warn_before: Span,
    /// Whether the session is renewed silently before its end.
    pub renew: bool,
    /// Whether Streams runs with Global Resiliency.
    pub resilient: bool,
    /// Where Streams is loaded from when the page has none.
    pub streams_url: Option<WebUrl>,
    /// The subresource integrity of that script.
    pub integrity: Option<String>,
    /// Things that work but look like mistakes.
    pub warnings: Vec<Problem>,
}

/// An SSO Login URL.
#[derive(Clone, Debug)]
pub struct Sso {
    /// As configured, byte for byte; for `initCCP`.
    pub configured: Private<String>,
    /// As it may be opened.
    pub url: WebUrl,
    /// Its relay state, if it carries one.
    pub relay: Option<Relay>,
}

/// Who draws the controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Controls {
    /// Amazon's panel shows.
    Ccp,
    /// The host draws its own; Amazon's panel is hidden.
    Icc,
}

/// One thing that is wrong in a configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field, for example `signIn.ways[1]`.
    pub field: String,
    /// What was found there, in words; never a relay state or token.
    pub found: String,
    /// What belongs there.
    pub expected: String,
}

impl Config {
    /// Parses `given`. Relative URLs are resolved against `page`, the page's own address; `read`
    /// takes URLs apart.
    ///
    /// # Errors
    /// Every problem there is, not just the first.
    pub fn parse(given: &HostValue, page: &str, read: ReadUrl<'_>) -> Result<Self, Vec<Problem>> {
        parser::parse(given, page, read)
    }
}

impl Controls {
    /// The name that hosts configure.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ccp => "ccp",
            Self::Icc => "icc",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            found,
            expected,
        } = self;
        write!(out, "{field}: found {found}, expected {expected}")
    }
}

impl Problem {
    fn new(field: &str, found: &str, expected: &str) -> Self {
        Self {
            field: field.to_owned(),
            found: found.to_owned(),
            expected: expected.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
