//! The host's configuration, parsed into types that cannot be wrong.

mod addresses;
mod instance_arn;
mod names;
mod options;
mod parser;
mod sections;

use crate::address::ReadUrl;
use crate::address::arn::InstanceArn;
use crate::address::instance::CcpUrl;
use crate::address::relay::Relay;
use crate::address::web_url::WebUrl;
use crate::finding::{Finding, Severity};
use crate::host_value::HostValue;
use crate::private::Private;
use crate::time::Span;
use crate::way::Way;

/// What a host configured.
#[derive(Clone, Debug)]
pub struct Config {
    /// The CCP to open.
    pub ccp: CcpUrl,
    /// The instance's ARN, if the host has given it.
    pub arn: Option<InstanceArn>,
    /// The SSO Login URL, if it is known beforehand.
    pub sso: Option<Sso>,
    /// Whether the host is asked for the SSO Login URL whenever sign-in begins. Without either, the
    /// standard login popup signs in.
    pub asks_for_sso: bool,
    /// Where the identity provider signs out.
    pub idp_logout: Option<Private<String>>,
    /// Whether Amazon's panel shows.
    pub controls: Controls,
    /// The ways to sign in, in their order; never empty.
    pub ways: Vec<Way>,
    /// The return page on the host's own origin.
    pub return_url: Option<WebUrl>,
    /// How long sign-in in a window may take.
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
    /// Whether what the agent does on the host page counts as activity.
    pub activity: bool,
    /// Whether the CCP is loaded by way of Amazon's page for its cookies, always or never; otherwise where the browser
    /// keeps them from it.
    pub cookies: Option<bool>,
    /// Whether Streams runs with Global Resiliency.
    pub global_resiliency: bool,
    /// Where Streams is loaded from when the page has none.
    pub streams_url: Option<WebUrl>,
    /// The subresource integrity of that script.
    pub integrity: Option<String>,
    /// Things that work but look like mistakes.
    pub warnings: Vec<Finding>,
}

/// An SSO Login URL.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// What is known of the page that a softphone opens on.
#[derive(Clone, Copy, Debug)]
pub struct PageFacts<'a> {
    /// Its own address, against which relative URLs are resolved.
    pub href: &'a str,
    /// Whether it is in a frame of another page.
    pub framed: bool,
}

/// The codes of a configuration's findings.
pub mod code {
    /// A field that does not exist.
    pub const UNKNOWN_FIELD: &str = "UNKNOWN_FIELD";
    /// Not of the type, or not in the range, that the field takes.
    pub const WRONG_VALUE: &str = "WRONG_VALUE";
    /// A field that is needed, by itself or because of another one.
    pub const MISSING_FIELD: &str = "MISSING_FIELD";
    /// Not a URL that may be opened.
    pub const URL_REFUSED: &str = "URL_REFUSED";
    /// A URL that may be opened, but is not what the field is for.
    pub const WRONG_URL: &str = "WRONG_URL";
    /// An option of `initCCP` that this module sets itself.
    pub const RESERVED_OPTION: &str = "RESERVED_OPTION";
    /// A value that does not go with another field, or with the page.
    pub const CONFLICT: &str = "CONFLICT";
    /// Warning: a host that is none of Amazon's patterns.
    pub const UNKNOWN_HOST: &str = "UNKNOWN_HOST";
    /// Warning: a relay state that does not lead to the instance, or not where it seems to.
    pub const ODD_RELAY_STATE: &str = "ODD_RELAY_STATE";
    /// Warning: a relay state that ends earlier than it was meant to.
    pub const RELAY_STATE_CUT: &str = "RELAY_STATE_CUT";
    /// Warning: Amazon's SDK keeps the instance that the page opened first.
    pub const SDK_OF_OTHER_INSTANCE: &str = "SDK_OF_OTHER_INSTANCE";
    /// Warning: the page loads Amazon Connect Streams more than once.
    pub const STREAMS_LOADED_TWICE: &str = "STREAMS_LOADED_TWICE";
}

impl Config {
    /// Parses what a host configured, on that `page`; `read` takes URLs apart.
    ///
    /// # Errors
    /// Every problem there is, not just the first.
    pub fn parse(
        value: &HostValue,
        page: &PageFacts<'_>,
        read: ReadUrl<'_>,
    ) -> Result<Self, Vec<Finding>> {
        parser::parse(value, page, read)
    }

    /// All that [`Config::parse`] finds: where it refuses the configuration, the warnings as well.
    #[cfg(any(test, feature = "reading"))]
    pub fn findings(value: &HostValue, page: &PageFacts<'_>, read: ReadUrl<'_>) -> Vec<Finding> {
        parser::findings(value, page, read)
    }

    /// Whether a page of `origin` is known to be on the way of a sign-in, before its last one.
    pub(crate) fn signs_in_at(&self, origin: &str) -> bool {
        // AWS sign-in has a host in every region, and a domain in every partition. By bytes, because searching a
        // text costs 5 kB of wasm.
        let of_aws = |part: &[u8]| part == b"signin.a";
        origin.as_bytes().windows(8).any(of_aws)
            || origin == self.ccp.origin()
            || (self.sso.as_ref()).is_some_and(|sso| sso.url.origin() == origin)
    }

    /// Whether a sign-in ends on a page of `origin`, and goes through no other one of it.
    pub(crate) fn returns_to(&self, origin: &str) -> bool {
        let ends = (self.return_url.as_ref()).is_some_and(|url| url.origin() == origin);
        ends && !self.signs_in_at(origin)
    }

    /// Takes in which instance the page's provider for Amazon's SDK belongs to. Streams 2.28.2 keeps the first one.
    pub fn provider_on_page(&mut self, origin: &str) {
        if origin != self.ccp.origin() {
            self.warnings.push(Finding::new(
                Severity::Warning,
                code::SDK_OF_OTHER_INSTANCE,
                "instanceUrl",
                &format!("another instance than {origin}, which this page opened before"),
                "a page that is reloaded in between: until then, network status, inactivity warnings and everything else of Amazon's SDK do not work",
            ));
        }
    }

    /// Whether agents sign in by SSO.
    pub const fn has_sso(&self) -> bool {
        self.sso.is_some() || self.asks_for_sso
    }

    /// The SSO Login URL that the host answered with when it was asked for it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn sso_answer(&self, value: &HostValue, read: ReadUrl<'_>) -> Result<Sso, Vec<Finding>> {
        parser::sso_answer(value, &self.ccp, self.arn.as_ref(), read)
    }

    /// Takes in how many script elements of the page's own load Amazon Connect Streams, which is known
    /// only once the library is there.
    pub fn streams_script_elements(&mut self, count: u32) {
        if count > 1 {
            self.warnings.push(Finding::new(
                Severity::Warning,
                code::STREAMS_LOADED_TWICE,
                "streams",
                &format!("{count} script elements that load it"),
                "one, because a second copy replaces the first",
            ));
        }
    }
}

/// Reading the options for `initCCP` threw an exception.
pub fn unreadable_options() -> Finding {
    Finding::new(
        Severity::Error,
        code::WRONG_VALUE,
        "streams.options",
        "an object that throws when it is read",
        options::INIT_PARAMETERS,
    )
}

/// The page loaded Amazon Connect Streams while the softphone was already open with it.
pub fn streams_loaded_again() -> Finding {
    Finding::new(
        Severity::Warning,
        code::STREAMS_LOADED_TWICE,
        "streams",
        "a second copy, loaded while the softphone was open",
        "one; the first copy stays in use",
    )
}

impl PageFacts<'_> {
    /// A page that is in no frame.
    pub const fn unframed(href: &str) -> PageFacts<'_> {
        PageFacts {
            href,
            framed: false,
        }
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

#[cfg(test)]
mod readme;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wild;
