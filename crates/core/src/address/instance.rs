//! Where an instance of Amazon Connect has its CCP.

use super::web_url::WebUrl;

/// Where the CCP of an instance is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CcpUrl {
    url: WebUrl,
}

impl CcpUrl {
    /// The CCP of the instance at `instance`: `/ccp-v2/`, or `/connect/ccp-v2/` on the legacy
    /// domain (Amazon Connect Administrator Guide, "Embed the CCP").
    ///
    /// # Errors
    /// What was found, when the URL is more than an instance's address.
    pub fn of_instance(instance: &WebUrl) -> Result<Self, &'static str> {
        let address = instance.address();
        if address.href.contains(['?', '#']) {
            return Err("a URL with a query or a fragment");
        }
        let legacy = instance.host().ends_with(LEGACY_SUFFIX);
        let fits = match address.path.trim_end_matches('/') {
            "" => true,
            "/connect" | "/connect/ccp-v2" => legacy,
            "/ccp-v2" => !legacy,
            _ => false,
        };
        if !fits {
            return Err("a URL with another path than an instance has");
        }
        let path = if legacy {
            "/connect/ccp-v2/"
        } else {
            "/ccp-v2/"
        };
        Ok(Self {
            url: instance.at(path),
        })
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
    ///
    /// Chosen by the CCP's path and not by its host: instances on the new domain are configured with
    /// the old path, too.
    pub fn logout(&self) -> String {
        let legacy = self.url.address().path.starts_with("/connect/");
        let path = if legacy { "/connect/logout" } else { "/logout" };
        format!("{}{path}", self.origin())
    }

    /// The instance's host.
    pub fn host(&self) -> &str {
        self.url.host()
    }

    /// Whether the host is one of Amazon's patterns, or localhost.
    pub fn is_known_host(&self) -> bool {
        self.url.address().is_localhost()
            || INSTANCE_SUFFIXES
                .iter()
                .any(|suffix| self.host().strip_suffix(suffix).is_some_and(is_alias))
    }
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
    use crate::address::web_url::UrlFault;
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
}
