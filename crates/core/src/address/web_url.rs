//! The URLs that may be opened.

use std::fmt;

use super::pasted::{bare, placeholder};
use super::{Address, ReadUrl};

/// A URL that may be opened: `https:`, or `http:` on `localhost` and `*.localhost`.
///
/// Keeps the text it was read from, so that what was configured can be passed on byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct WebUrl {
    text: String,
    address: Address,
}

/// Why a text is not a URL that may be opened. `Display` names what was found, and never the
/// query or fragment, which may carry a relay state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UrlFault {
    /// Empty, or nothing but white space.
    Empty,
    /// Longer than [`MAX_LENGTH`] bytes.
    TooLong(usize),
    /// Holds a character that nobody sees: line ends, tabs, zero widths, changes of direction.
    Invisible,
    /// Holds a placeholder that nobody replaced.
    Placeholder(String),
    /// Holds what came along when it was copied: quotation marks, brackets, Markdown's backslashes.
    Pasted,
    /// Cannot be parsed.
    Unparsable,
    /// The host is written in another way than browsers read it: with characters beyond ASCII that
    /// can look like others, percent-encoded, as an odd number, or without the two slashes.
    OddHost(String),
    /// Another scheme than `https:`.
    Scheme(String),
    /// `http:` on a host that is not localhost.
    PlainHttp(String),
    /// Carries a user name or a password.
    Credentials,
}

/// The longest URL that is read, in bytes. Browsers take more; sign-in servers mostly do not.
pub const MAX_LENGTH: usize = 8192;

impl WebUrl {
    /// Reads `text`, which may be relative to `base` if there is one; white space around it is not
    /// part of the URL.
    pub fn parse(text: &str, base: Option<&str>, read: ReadUrl<'_>) -> Result<Self, UrlFault> {
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        if text.is_empty() {
            return Err(UrlFault::Empty);
        }
        if text.len() > MAX_LENGTH {
            return Err(UrlFault::TooLong(text.len()));
        }
        if text.chars().any(is_invisible) {
            return Err(UrlFault::Invisible);
        }
        if let Some(found) = placeholder(text) {
            return Err(UrlFault::Placeholder(found));
        }
        if bare(text).is_some() {
            return Err(UrlFault::Pasted);
        }
        let address = read(text, base).ok_or(UrlFault::Unparsable)?;
        match address.scheme.as_str() {
            "https" => {}
            "http" if address.is_localhost() => {}
            "http" => return Err(UrlFault::PlainHttp(address.host)),
            other => return Err(UrlFault::Scheme(other.to_owned())),
        }
        let written = authority(text);
        // The parser drops an empty name, as in `https://@acme.example`, and reports no credentials.
        if address.credentials || written.contains('@') {
            return Err(UrlFault::Credentials);
        }
        // The text is read again by a window, by Streams and by people. A host that is not written as
        // browsers write it is where they could come to different results, so it is refused instead
        // of corrected. A relative URL has no host of its own; it must stay on its base's origin.
        let as_written = match base {
            Some(base) if written.is_empty() => {
                read(base, None).is_some_and(|base| base.origin == address.origin)
            }
            Some(_) | None => is_host(written, &address.host),
        };
        if !as_written {
            return Err(UrlFault::OddHost(address.host));
        }
        Ok(Self {
            text: text.to_owned(),
            address,
        })
    }

    /// The URL as it was configured, without the white space around it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The URL as a browser writes it, resolved if it was relative.
    pub fn href(&self) -> &str {
        &self.address.href
    }

    /// The origin, for example `https://acme.my.connect.aws`.
    pub fn origin(&self) -> &str {
        &self.address.origin
    }

    /// The host, for messages and rules.
    pub fn host(&self) -> &str {
        &self.address.host
    }

    /// The path, with its slash.
    pub(crate) fn path(&self) -> &str {
        &self.address.path
    }

    /// The URL of `path` on the same origin. A path that browsers write as it stands.
    pub(super) fn at(&self, path: &str) -> Self {
        let href = format!("{}{path}", self.origin());
        Self {
            text: href.clone(),
            address: Address {
                href,
                path: path.to_owned(),
                ..self.address.clone()
            },
        }
    }

    /// The whole, taken apart.
    pub(super) const fn address(&self) -> &Address {
        &self.address
    }
}

impl fmt::Display for UrlFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("an empty string"),
            Self::TooLong(bytes) => write!(out, "a URL of {bytes} bytes, more than {MAX_LENGTH}"),
            Self::Invisible => out.write_str("a URL with an invisible character in it"),
            Self::Placeholder(found) => write!(out, "the placeholder {found}"),
            Self::Pasted => out.write_str(
                "a URL with quotation marks, brackets or backslashes that do not belong to it",
            ),
            Self::Unparsable => out.write_str("a string that is not a URL"),
            Self::OddHost(host) => write!(out, "a URL whose host browsers read as {host}"),
            Self::Scheme(scheme) => write!(out, "a URL with the scheme \"{scheme}:\""),
            Self::PlainHttp(host) => write!(out, "an http: URL on {host}"),
            Self::Credentials => out.write_str("a URL with a user name or a password in it"),
        }
    }
}

impl fmt::Debug for WebUrl {
    /// Prints the origin only: path, query and fragment may carry a relay state.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "WebUrl({}/…)", self.origin())
    }
}

/// What stands between the two slashes and the path; nothing when there are no two slashes.
///
/// Deliberately cruder than a URL parser: it returns what is written, so that the caller can compare
/// that with what the parser made of it. Browsers take `\\` for `/`, which is why it ends here, too.
fn authority(text: &str) -> &str {
    let is_scheme = |name: &str| {
        name.bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    };
    let rest = match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => rest,
        Some(_) | None => text,
    };
    let rest = rest.strip_prefix("//").unwrap_or_default();
    rest.split(['/', '\\', '?', '#']).next().unwrap_or_default()
}

/// Whether `authority` is `host`, perhaps with a port.
fn is_host(authority: &str, host: &str) -> bool {
    match authority.split_at_checked(host.len()) {
        Some((name, port)) => {
            name.eq_ignore_ascii_case(host) && (port.is_empty() || port.starts_with(':'))
        }
        None => false,
    }
}

/// Whether nobody sees `c` in an editor: controls, soft hyphens, zero widths, changes of direction,
/// tags. Browsers drop some of them and keep others. A space is seen, and browsers encode it.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{read_url, test};

    fn web_url(text: &str) -> Result<WebUrl, UrlFault> {
        WebUrl::parse(text, None, &read_url)
    }

    #[test]
    fn only_https_and_http_on_localhost_may_be_opened() {
        for good in [
            "https://acme.my.connect.aws",
            "http://localhost:8765/a",
            "http://acme.my.connect.localhost:8765",
            "  https://acme.my.connect.aws\n",
        ] {
            assert!(web_url(good).is_ok(), "{good}");
        }
        for (bad, fault) in [
            ("", UrlFault::Empty),
            ("   ", UrlFault::Empty),
            ("javascript:alert(1)", UrlFault::Scheme("javascript".into())),
            ("data:text/html,x", UrlFault::Scheme("data".into())),
            ("blob:https://a.example/1", UrlFault::Scheme("blob".into())),
            (
                "http://acme.my.connect.aws",
                UrlFault::PlainHttp("acme.my.connect.aws".into()),
            ),
            (
                "http://localhost.example",
                UrlFault::PlainHttp("localhost.example".into()),
            ),
            (
                "http://notlocalhost",
                UrlFault::PlainHttp("notlocalhost".into()),
            ),
            (
                "http://127.0.0.1:80",
                UrlFault::PlainHttp("127.0.0.1".into()),
            ),
            ("https://ada:secret@acme.example", UrlFault::Credentials),
            ("https://ada@acme.example", UrlFault::Credentials),
            ("java\nscript:alert(1)", UrlFault::Invisible),
            ("https://acme.example/\u{7f}", UrlFault::Invisible),
            ("https://acme.example/a\u{200b}", UrlFault::Invisible),
            ("https://acme.example/\u{202e}a", UrlFault::Invisible),
            ("https://acme.example/a\u{a0}", UrlFault::Invisible),
            // Browsers drop the empty name; whoever reads the text sees one.
            ("https://@acme.example", UrlFault::Credentials),
        ] {
            assert_eq!(web_url(bad), Err(fault), "{bad:?}");
        }
    }

    #[test]
    fn the_longest_url_has_8192_bytes() {
        let of_length = |bytes: usize| format!("{:a<bytes$}", "https://acme.example/");
        assert!(web_url(&of_length(8192)).is_ok());
        assert_eq!(web_url(&of_length(8193)), Err(UrlFault::TooLong(8193)));
    }

    #[test]
    fn a_debugged_address_shows_its_origin_only() {
        let url = web_url("https://idp.example/sso?RelayState=secret").expect("a URL");
        assert_eq!(format!("{url:?}"), "WebUrl(https://idp.example/…)");
        let address = url.address();
        assert_eq!(format!("{address:?}"), "Address(https://idp.example/…)");
    }

    #[test]
    fn a_host_is_written_as_browsers_read_it() {
        for (bad, host) in [
            ("https://аcme.my.connect.aws", "xn--cme-5cd.my.connect.aws"),
            ("https://acme。my.connect.aws", "acme.my.connect.aws"),
            ("https://%61cme.my.connect.aws", "acme.my.connect.aws"),
            ("https://0x7f.1/", "127.0.0.1"),
            // Relative to an https: page this is a path; alone it is a host.
            ("https:acme.my.connect.aws", "acme.my.connect.aws"),
            ("https:/acme.my.connect.aws", "acme.my.connect.aws"),
            ("https:\\\\acme.my.connect.aws", "acme.my.connect.aws"),
            ("https:///acme.my.connect.aws", "acme.my.connect.aws"),
        ] {
            assert_eq!(web_url(bad), Err(UrlFault::OddHost(host.into())), "{bad}");
        }
        for good in [
            "HTTPS://ACME.my.connect.aws:443/",
            "https://[::1]:8765/",
            "https://127.0.0.1?x",
            "https://xn--cme-5cd.example",
        ] {
            assert!(web_url(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn a_relative_url_stays_where_it_seems_to() {
        let page = Some("https://desk.example/agent/index.html");
        let href = |text: &str| WebUrl::parse(text, page, &read_url).map(|url| url.address.href);
        for (text, whole) in [
            ("back.html", "https://desk.example/agent/back.html"),
            ("/a:b", "https://desk.example/a:b"),
            (
                "/back.html?of=1://ada@acme.example",
                "https://desk.example/back.html?of=1://ada@acme.example",
            ),
            (
                "?x=//other.example",
                "https://desk.example/agent/index.html?x=//other.example",
            ),
            ("//cdn.example/x.js", "https://cdn.example/x.js"),
            ("https:x.js", "https://desk.example/agent/x.js"),
            ("https://cdn.example/x.js", "https://cdn.example/x.js"),
        ] {
            assert_eq!(href(text).as_deref(), Ok(whole), "{text}");
        }
        for (text, host) in [
            (r"/\cdn.example/x.js", "cdn.example"),
            (r"\\cdn.example/x.js", "cdn.example"),
            (r"\\desk.example:8443/x.js", "desk.example"),
            ("https:///cdn.example/x.js", "cdn.example"),
            ("http:desk.example/x.js", "desk.example"),
        ] {
            let fault = href(text).expect_err("not openable");
            assert!(
                matches!(&fault, UrlFault::OddHost(h) | UrlFault::PlainHttp(h) if h == host),
                "{text}: {fault:?}"
            );
        }
    }

    #[test]
    fn a_debugged_url_shows_no_query() {
        let url = web_url("https://idp.example/app?RelayState=secret").expect("a URL");
        assert_eq!(format!("{url:?}"), "WebUrl(https://idp.example/…)");
    }
}
