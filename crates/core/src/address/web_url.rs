//! URLs that may reach a window or a frame, and the ones that Amazon Connect is known by.

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

/// Where the CCP of an instance is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CcpUrl {
    url: WebUrl,
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
        let address = read(text, base).ok_or(UrlFault::Unparsable)?;
        match address.scheme.as_str() {
            "https" => {}
            "http" if address.is_localhost() => {}
            "http" => return Err(UrlFault::PlainHttp(address.host)),
            other => return Err(UrlFault::Scheme(other.to_owned())),
        }
        let written = authority(text);
        if address.credentials || written.contains('@') {
            return Err(UrlFault::Credentials);
        }
        // Two parsers that agree on the host: windows, Streams and people all read the text afresh.
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

    /// The whole, taken apart.
    pub(super) const fn address(&self) -> &Address {
        &self.address
    }
}

impl CcpUrl {
    /// The CCP of the instance at `instance`: `/ccp-v2/`, or `/connect/ccp-v2/` on the legacy
    /// domain (Amazon Connect Administrator Guide, "Embed the CCP").
    ///
    /// # Errors
    /// What was found, when the URL is more than an instance's address.
    pub fn of_instance(instance: &WebUrl) -> Result<Self, &'static str> {
        let address = &instance.address;
        if address.href.contains(['?', '#']) {
            return Err("an address with a query or a fragment");
        }
        let legacy = instance.host().ends_with(LEGACY_SUFFIX);
        let fits = match address.path.trim_end_matches('/') {
            "" => true,
            "/connect" | "/connect/ccp-v2" => legacy,
            "/ccp-v2" => !legacy,
            _ => false,
        };
        if !fits {
            return Err("an address with another path than an instance has");
        }
        let path = if legacy {
            "/connect/ccp-v2/"
        } else {
            "/ccp-v2/"
        };
        let href = format!("{}{path}", instance.origin());
        let url = WebUrl {
            text: href.clone(),
            address: Address {
                href,
                path: path.to_owned(),
                ..address.clone()
            },
        };
        Ok(Self { url })
    }

    /// The CCP at exactly `url`.
    pub const fn at(url: WebUrl) -> Self {
        Self { url }
    }

    /// The text to pass to `initCCP`.
    pub fn text(&self) -> &str {
        self.url.text()
    }

    /// The instance's origin.
    pub fn origin(&self) -> &str {
        self.url.origin()
    }

    /// Where the instance ends a session (Streams 2.28.2, Documentation.md, "Logout").
    pub fn logout(&self) -> String {
        let legacy = self.url.address.path.starts_with("/connect/");
        let path = if legacy { "/connect/logout" } else { "/logout" };
        format!("{}{path}", self.origin())
    }

    /// The instance's host.
    pub fn host(&self) -> &str {
        self.url.host()
    }

    /// Whether the host is one of Amazon's patterns, or localhost.
    pub fn is_known_host(&self) -> bool {
        self.url.address.is_localhost()
            || INSTANCE_SUFFIXES
                .iter()
                .any(|suffix| self.host().strip_suffix(suffix).is_some_and(is_alias))
    }
}

impl Address {
    /// Whether the host is `localhost` or `*.localhost`, which browsers keep on this machine
    /// (RFC 6761, section 6.3).
    pub fn is_localhost(&self) -> bool {
        self.host == "localhost" || self.host.ends_with(".localhost")
    }
}

impl fmt::Display for UrlFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => out.write_str("an empty text"),
            Self::TooLong(bytes) => write!(out, "a text of {bytes} bytes"),
            Self::Invisible => out.write_str("an invisible character inside the text"),
            Self::Unparsable => out.write_str("a text that is no URL"),
            Self::OddHost(host) => write!(out, "a host that browsers read as {host}"),
            Self::Scheme(scheme) => write!(out, "a URL with the scheme \"{scheme}:\""),
            Self::PlainHttp(host) => write!(out, "an http: URL on the host {host}"),
            Self::Credentials => out.write_str("a URL with a user name or password in it"),
        }
    }
}

impl fmt::Debug for WebUrl {
    /// Prints the origin only: path, query and fragment may carry a relay state.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "WebUrl({}/…)", self.origin())
    }
}

impl fmt::Debug for Address {
    /// Prints the origin only, see [`WebUrl`].
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Address({}/…)", self.origin)
    }
}

/// What stands between the two slashes and the path; nothing when there are no two slashes.
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

/// Whether nobody sees `c` in an editor. A space is seen, and browsers encode it.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether an instance can be called `label`. An alias in punycode is none of Amazon's.
fn is_alias(label: &str) -> bool {
    !label.is_empty()
        && !label.starts_with("xn--")
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Amazon Connect Administrator Guide, "Update your Amazon Connect domain".
const LEGACY_SUFFIX: &str = ".awsapps.com";
const INSTANCE_SUFFIXES: [&str; 3] = [".my.connect.aws", ".govcloud.connect.aws", LEGACY_SUFFIX];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{read_url, test};

    fn web_url(text: &str) -> Result<WebUrl, UrlFault> {
        WebUrl::parse(text, None, &read_url)
    }

    #[track_caller]
    fn ccp_of(instance: &str) -> String {
        let instance = web_url(instance).expect("an openable URL");
        CcpUrl::of_instance(&instance)
            .expect("an instance")
            .text()
            .to_owned()
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
    fn an_instance_ends_sessions_beside_its_ccp() {
        for (instance, href, logout) in [
            (
                "https://acme.my.connect.aws",
                "https://acme.my.connect.aws/ccp-v2/",
                "https://acme.my.connect.aws/logout",
            ),
            (
                "https://acme.awsapps.com/connect",
                "https://acme.awsapps.com/connect/ccp-v2/",
                "https://acme.awsapps.com/connect/logout",
            ),
        ] {
            let instance = web_url(instance).expect("an openable URL");
            let ccp = CcpUrl::of_instance(&instance).expect("an instance");
            assert_eq!((ccp.url.href(), ccp.logout().as_str()), (href, logout));
        }
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
    fn the_ccp_of_an_instance_is_found() {
        assert_eq!(
            ccp_of("https://acme.my.connect.aws"),
            "https://acme.my.connect.aws/ccp-v2/"
        );
        assert_eq!(
            ccp_of("https://acme.my.connect.aws/ccp-v2/"),
            "https://acme.my.connect.aws/ccp-v2/"
        );
        assert_eq!(
            ccp_of("https://acme.awsapps.com/connect"),
            "https://acme.awsapps.com/connect/ccp-v2/"
        );
        assert_eq!(
            ccp_of("https://acme.govcloud.connect.aws/"),
            "https://acme.govcloud.connect.aws/ccp-v2/"
        );
    }

    #[test]
    fn an_instance_address_is_nothing_more() {
        for bad in [
            "https://acme.my.connect.aws/agent-app-v2",
            "https://acme.my.connect.aws/?x=1",
            "https://acme.my.connect.aws/#x",
        ] {
            let url = web_url(bad).expect("an openable URL");
            assert!(CcpUrl::of_instance(&url).is_err(), "{bad}");
        }
    }

    #[test]
    fn look_alike_hosts_are_not_amazons() {
        for (host, known) in [
            ("https://acme.my.connect.aws", true),
            ("http://acme.my.connect.localhost:1", true),
            ("https://acme.my.connect.aws.example", false),
            ("https://my-connect-aws.example", false),
            ("https://acmemy.connect.aws", false),
            ("https://.my.connect.aws", false),
            ("https://my.connect.aws", false),
            ("https://acme.my.connect.aws.", false),
            ("https://acme.evil.my.connect.aws", false),
            ("https://xn--cme-5cd.my.connect.aws", false),
            ("https://acme-2.my.connect.aws", true),
        ] {
            let url = web_url(host).expect("an openable URL");
            assert_eq!(CcpUrl::at(url).is_known_host(), known, "{host}");
        }
    }

    #[test]
    fn a_debugged_url_shows_no_query() {
        let url = web_url("https://idp.example/app?RelayState=secret").expect("a URL");
        assert_eq!(format!("{url:?}"), "WebUrl(https://idp.example/…)");
    }
}
