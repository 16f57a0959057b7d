//! The addresses that a softphone handles: what may reach a window or a frame, and what Amazon
//! Connect's own look like.
//!
//! ```text
//!   arn        the name that AWS has for an instance
//!   web_url    a URL that may be opened at all
//!   instance   where an instance has its CCP and its logout
//!   federate   the URL at which the AWS console hands a SAML sign-in to an instance
//!   pasted     what came along when a URL was copied
//!   relay      that URL inside an SSO Login URL, and how its destination is rewritten
//!   reading    the same rules for the check of a set-up
//!   native     the reader of URLs wherever there is no browser to ask
//! ```

pub mod arn;
pub(crate) mod federate;
pub mod instance;
#[cfg(any(test, feature = "url"))]
pub mod native;
pub(crate) mod pasted;
#[cfg(feature = "reading")]
pub mod reading;
pub mod relay;
pub mod web_url;

use std::fmt;

/// A URL taken apart, as the browser that will open it takes it apart.
///
/// The core reads no URL by itself: two parsers that disagree are how a hostile URL gets through.
/// In a browser its own `URL` supplies this; on other targets the `url` crate does.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// The whole, as the browser writes it.
    pub href: String,
    /// Without the colon.
    pub scheme: String,
    /// Scheme, host and port; `null` when it has none of its own.
    pub origin: String,
    /// The host without the port.
    pub host: String,
    /// The path, with its slash.
    pub path: String,
    /// Whether a user name or password is in it.
    pub credentials: bool,
}

/// Takes a text apart, relative to a base if there is one; `None` when it is no URL.
pub type ReadUrl<'a> = &'a dyn Fn(&str, Option<&str>) -> Option<Address>;

impl Address {
    /// Whether the host is `localhost` or `*.localhost`, which browsers keep on this machine
    /// (RFC 6761, section 6.3).
    pub fn is_localhost(&self) -> bool {
        self.host == "localhost" || self.host.ends_with(".localhost")
    }
}

impl fmt::Debug for Address {
    /// Prints the origin only, see [`WebUrl`].
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Address({}/…)", self.origin)
    }
}
