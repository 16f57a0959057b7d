//! Amazon's federate URL: `https://<console>/connect/federate/<instance id>?destination=…`.
//!
//! The AWS console sends an agent who arrives with a SAML assertion to this URL, and the instance
//! sends them on to its `destination` once the session cookie is set.

use percent_encoding::percent_decode_str;

use super::pasted::find;
use super::web_url::WebUrl;
use super::{Address, ReadUrl};
use crate::private::Private;

/// A federate URL as the console gets it, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FederateUrl(Private<String>);

impl FederateUrl {
    /// Takes `text` if it is a federate URL.
    pub(super) fn parse(text: &str, read: ReadUrl<'_>) -> Option<Self> {
        let url = WebUrl::parse(text, None, read).ok()?;
        // White space around it is part of the relay state, and the console may not forgive it.
        if url.text().len() != text.len() {
            return None;
        }
        instance_id(url.address())?;
        Some(Self(Private::new(text.to_owned())))
    }

    /// The AWS Region of the console; `None` where its host names none.
    pub(super) fn region(&self) -> Option<&str> {
        let url = self.0.reveal();
        url.get(find(url, "://")? + 3..find(url, ".console.")?)
    }

    /// The ID of the instance.
    pub(super) fn instance_id(&self) -> &str {
        let url = self.0.reveal().as_str();
        let start = find(url, FEDERATE).map_or(url.len(), |at| at + FEDERATE.len());
        let id = url.get(start..).unwrap_or_default();
        id.split(['?', '#']).next().unwrap_or_default()
    }

    /// The value of its parameter `name`, decoded.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        let url = self.0.reveal().split('#').next()?;
        let mut parts = url
            .split(['?', '&'])
            .filter_map(|part| part.split_once('='));
        let (_, value) = parts.find(|(key, _)| *key == name)?;
        decode(value)
    }

    /// The same URL, ending at `destination`.
    ///
    /// It is edited as text and not put together again from its parts: the console gets every other
    /// byte as the administrator wrote it, the order of parameters and their encoding included. If
    /// `destination` is there more than once, all of them are replaced, because it is not documented
    /// which one counts.
    pub(super) fn with_destination(&self, destination: &str) -> String {
        let (url, fragment) = match self.0.reveal().split_once('#') {
            Some((url, fragment)) => (url, Some(fragment)),
            None => (self.0.reveal().as_str(), None),
        };
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let ours = format!("destination={}", encode(destination));
        let mut replaced = format!("{path}?");
        let mut found = false;
        for (index, part) in query.split('&').enumerate() {
            if index > 0 {
                replaced.push('&');
            }
            let is_ours = names_destination(part);
            found |= is_ours;
            replaced += if is_ours { &ours } else { part };
        }
        if !found {
            if !query.is_empty() {
                replaced.push('&');
            }
            replaced += &ours;
        }
        if let Some(fragment) = fragment {
            replaced.push('#');
            replaced += fragment;
        }
        replaced
    }
}

/// Whether `url` looks like a federate URL, whatever its host.
pub(crate) fn is_federate(url: &WebUrl) -> bool {
    url.address().path.starts_with(FEDERATE)
}

/// Whether `url` signs in: at AWS, at an identity provider, or with a relay state in it.
pub(crate) fn is_sign_in(url: &WebUrl) -> bool {
    let Address {
        host, path, href, ..
    } = url.address();
    let path = path.to_ascii_lowercase();
    AWS.iter().any(|suffix| host.ends_with(suffix))
        || host.split('.').any(|label| PROVIDERS.contains(&label))
        || path.split('/').any(|part| part.starts_with("saml"))
        || find(href, "RelayState=").is_some()
}

/// The instance id in a federate URL: the last segment of `/connect/federate/<id>` on a host of the
/// AWS console, or on localhost.
fn instance_id(url: &Address) -> Option<&str> {
    // With the dot, so that `evilconsole.aws.amazon.com` is not one; the host may also be the
    // console's own name without a region in front.
    let is_console = |suffix: &&str| {
        url.host.ends_with(suffix) || suffix.strip_prefix('.') == Some(url.host.as_str())
    };
    let known = url.is_localhost() || CONSOLES.iter().any(is_console);
    let id = url.path.strip_prefix(FEDERATE)?;
    let fits = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (known && fits).then_some(id)
}

/// Whether a part of a query is a `destination`, however its name is encoded.
fn names_destination(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or_default();
    decode(name).is_some_and(|name| name == "destination")
}

/// Percent-decodes `text`; `None` when the result is not UTF-8.
pub(super) fn decode(text: &str) -> Option<String> {
    percent_decode_str(text)
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}

/// Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3.
///
/// Written by hand although `percent-encoding` could do it: its encoder brings tables and panics that
/// cost the page 2 kB of gzip.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                let digit = char::from_digit(u32::from(half), 16).unwrap_or('0');
                encoded.push(digit.to_ascii_uppercase());
            }
        }
    }
    encoded
}

const FEDERATE: &str = "/connect/federate/";
/// Hosts of AWS that have no CCP: the console, sign-in, and sign-in with Global Resiliency.
const AWS: [&str; 3] = [
    ".aws.amazon.com",
    ".amazonaws-us-gov.com",
    ".sign-in.connect.aws",
];
/// What identity providers have in their hosts.
const PROVIDERS: [&str; 9] = [
    "okta",
    "oktapreview",
    "onelogin",
    "auth0",
    "microsoft",
    "microsoftonline",
    "google",
    "pingone",
    "salesforce",
];
/// Amazon Connect Administrator Guide, "Configure SAML with IAM for Amazon Connect", step 7.
const CONSOLES: [&str; 2] = [".console.aws.amazon.com", ".console.amazonaws-us-gov.com"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{read_url, test};

    #[test]
    fn the_instance_id_is_the_last_segment() {
        let id = "178c75e4-b3de-4839-a6aa-e321ab3f3770";
        let url = format!(
            "https://us-east-1.console.aws.amazon.com/connect/federate/{id}?destination=%2Fccp-v2"
        );
        let url = read_url(&url, None).expect("a URL");
        assert_eq!(instance_id(&url), Some(id));
    }
}
