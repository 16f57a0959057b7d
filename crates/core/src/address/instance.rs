//! Where an instance of Amazon Connect has its CCP.

use super::web_url::WebUrl;

/// Where the CCP of an instance is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CcpUrl {
    url: WebUrl,
}

/// What a URL opens at an instance of Amazon Connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The instance as the console shows it: no page, or its login page.
    Instance,
    /// The CCP itself.
    Ccp,
    /// A page below the CCP, such as `/ccp-v2/softphone`.
    BelowCcp,
    /// Another page of Amazon's; what it is.
    Other(&'static str),
    /// None that is known.
    Unknown,
}

impl CcpUrl {
    /// The CCP of the instance at `instance`: `/ccp-v2/`, or `/connect/ccp-v2/` on the legacy
    /// domain (Amazon Connect Administrator Guide, "Embed the CCP").
    pub fn of_instance(instance: &WebUrl) -> Self {
        let path = if is_legacy(instance) {
            "/connect/ccp-v2/"
        } else {
            "/ccp-v2/"
        };
        Self {
            url: instance.at(path),
        }
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
        let path = if below_connect(&self.url).is_some() {
            "/connect/logout"
        } else {
            "/logout"
        };
        format!("{}{path}", self.origin())
    }

    /// Where the instance asks for the cookies of its frames (Streams 2.28.2, `getRsaUrlWithprefix`).
    pub fn storage_access(&self) -> String {
        self.page("request-storage-access")
    }

    /// The instance's own site, where agents get to see that they are signed in.
    pub(crate) fn home(&self) -> String {
        self.page("home")
    }

    fn page(&self, path: &str) -> String {
        let prefix = if is_legacy(&self.url) {
            "/connect/"
        } else {
            "/"
        };
        format!("{}{prefix}{path}", self.origin())
    }

    /// The instance's host.
    pub fn host(&self) -> &str {
        self.url.host()
    }

    /// The whole, taken apart.
    pub(crate) const fn url(&self) -> &WebUrl {
        &self.url
    }

    /// Whether the host is one of Amazon's patterns, or localhost.
    pub fn is_known_host(&self) -> bool {
        self.url.address().is_localhost() || is_amazons(&self.url)
    }
}

impl Page {
    /// What `url` opens, with the path of either domain, `/connect/…` or not.
    pub(crate) fn at(url: &WebUrl) -> Self {
        let path = below_connect(url).unwrap_or(&url.address().path);
        let path = path.trim_matches('/');
        match path {
            "" | "login" => Self::Instance,
            "ccp-v2" => Self::Ccp,
            "home" => Self::Other("the instance's home page"),
            "agent-app-v2" => Self::Other("the agent workspace"),
            "ccp" => Self::Other("the earlier CCP"),
            _ if path.starts_with("ccp-v2/") => Self::BelowCcp,
            _ => Self::Unknown,
        }
    }
}

/// Whether `url` is on a host of an Amazon Connect instance.
pub(crate) fn is_amazons(url: &WebUrl) -> bool {
    let alias_before = |suffix: &&str| url.host().strip_suffix(*suffix).is_some_and(is_alias);
    INSTANCE_SUFFIXES.iter().any(alias_before)
}

/// Whether `url` is on the domain that instances had until March 2021, which IAM Identity Center and
/// others share.
pub(crate) fn is_legacy(url: &WebUrl) -> bool {
    url.host().ends_with(LEGACY_SUFFIX)
}

/// Whether `url` is on the domain of AWS `GovCloud`.
pub(crate) fn is_gov_cloud(url: &WebUrl) -> bool {
    url.host().ends_with(GOV_CLOUD_SUFFIX)
}

/// What follows `/connect` in the path of `url`, which is how paths begin on the legacy domain.
pub(crate) fn below_connect(url: &WebUrl) -> Option<&str> {
    let page = url.address().path.strip_prefix("/connect")?;
    (page.is_empty() || page.starts_with('/')).then_some(page)
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
const GOV_CLOUD_SUFFIX: &str = ".govcloud.connect.aws";
const INSTANCE_SUFFIXES: [&str; 3] = [".my.connect.aws", GOV_CLOUD_SUFFIX, LEGACY_SUFFIX];

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
        CcpUrl::of_instance(&instance).text().to_owned()
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
            let ccp = CcpUrl::of_instance(&instance);
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
    fn a_page_is_the_same_on_either_domain() {
        for (path, page) in [
            ("", Page::Instance),
            ("/connect/login?landat=%2Fccp-v2", Page::Instance),
            ("/ccp-v2", Page::Ccp),
            ("/connect/ccp-v2/#/", Page::Ccp),
            ("/ccp-v2/softphone", Page::BelowCcp),
            ("/connect/ccp", Page::Other("the earlier CCP")),
            ("/ccp-v2x", Page::Unknown),
            ("/connectx", Page::Unknown),
            ("/logout", Page::Unknown),
        ] {
            let url = web_url(&format!("https://acme.my.connect.aws{path}"));
            assert_eq!(Page::at(&url.expect("a URL")), page, "{path}");
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
