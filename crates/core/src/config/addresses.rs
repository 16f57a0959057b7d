//! The fields that hold URLs.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever a field does not expect is that field's problem, kinds added later included"
)]

use super::parser::{Field, Parser};
use super::sections::GLOBAL_RESILIENCY;
use super::{Sso, code};
use crate::address::arn::is_region;
use crate::address::federate::{is_federate, is_sign_in};
use crate::address::instance::{CcpUrl, Page, below_connect, is_amazons, is_legacy};
use crate::address::pasted::{bare, find};
use crate::address::relay::Relay;
use crate::address::web_url::{UrlFault, WebUrl};
use crate::host_value::HostValue;
use crate::private::Private;

impl Parser<'_> {
    /// The CCP, from `instanceUrl` or `ccpUrl`; with both, `ccpUrl` must be on the instance.
    pub(super) fn ccp(&mut self, config: &HostValue) -> Option<CcpUrl> {
        let instance = self.instances_url(config.set(INSTANCE), INSTANCE);
        let ccp = self.instances_url(config.set(CCP), CCP);
        match (instance, ccp) {
            (Field::Absent, Field::Absent) => {
                let blank = |field: &str| matches!(config.field(field), HostValue::Text(_));
                let field = if blank(CCP) && !blank(INSTANCE) {
                    CCP
                } else {
                    INSTANCE
                };
                let found = config.field(field).describe();
                let expected =
                    "the instance's URL, such as \"https://acme.my.connect.aws\" (or ccpUrl)";
                self.error(code::MISSING_FIELD, field, &found, expected);
                None
            }
            (Field::Given(instance), Field::Absent) => {
                let ccp = self.of_instance(&instance)?;
                Some(self.on_known_host(ccp, INSTANCE))
            }
            (Field::Absent, Field::Given(ccp)) => self.ccp_page(ccp, CCP),
            (Field::Given(instance), Field::Given(ccp)) => {
                if instance.origin() != ccp.origin() {
                    let found = format!("a URL on {}", ccp.origin());
                    let expected = format!("a URL on {}, as in instanceUrl", instance.origin());
                    self.error(code::CONFLICT, CCP, &found, &expected);
                    return None;
                }
                self.of_instance(&instance)?;
                self.ccp_page(ccp, CCP)
            }
            (Field::Wrong, _) | (_, Field::Wrong) => None,
        }
    }

    /// A URL of an instance. `#` and `#/` at its end are dropped, which the first CCP put there.
    fn instances_url(&mut self, value: &HostValue, field: &str) -> Field<WebUrl> {
        let url = match value {
            HostValue::Absent => return Field::Absent,
            HostValue::Text(text) => {
                let text = text.trim_end().trim_end_matches('/');
                match text.strip_suffix('#') {
                    Some(text) => self.openable(text, None, field),
                    None => self.web_url(value, field),
                }
            }
            other => self.web_url(other, field),
        };
        let Some(url) = url else {
            return Field::Wrong;
        };
        // It would open in the CCP's frame.
        if is_federate(&url) || (!is_amazons(&url) && is_sign_in(&url)) || is_portal(&url) {
            let found = if is_federate(&url) {
                "a federate URL, which belongs in the relay state of ssoLoginUrl"
            } else {
                "a URL for signing in, which belongs in ssoLoginUrl"
            };
            let expected = "the instance's own URL, such as https://acme.my.connect.aws/ccp-v2/";
            self.error(code::WRONG_URL, field, found, expected);
            return Field::Wrong;
        }
        Field::Given(url)
    }

    /// The CCP of the instance at `url`, which may be any page of it: only its origin matters.
    fn of_instance(&mut self, url: &WebUrl) -> Option<CcpUrl> {
        let ccp = CcpUrl::of_instance(url);
        let page = Page::at(url);
        let amazons = is_amazons(url);
        let found = match page {
            Page::Other(found) if amazons => found,
            Page::BelowCcp if amazons => "a page below the CCP",
            Page::Instance | Page::Ccp
                if !url.href().contains(['?', '#'])
                    && (amazons || below_connect(url).is_none()) =>
            {
                ""
            }
            Page::Instance | Page::Ccp if amazons => "a query or a fragment",
            _ => {
                let found = "a page that is not the instance's";
                self.error(code::WRONG_URL, INSTANCE, found, url.origin());
                return None;
            }
        };
        if !found.is_empty() {
            let expected = format!("{} (what opens is {})", url.origin(), ccp.text());
            self.warn(code::WRONG_URL, INSTANCE, found, &expected);
        }
        Some(ccp)
    }

    /// Whether Streams runs with Global Resiliency. Unless it gets everything that it needs it runs
    /// without and says so only in its log (Streams 2.28.2, `initCCP`), so half of it is an error
    /// here. The second CCP is checked like the first, because it reaches a frame as that does.
    pub(super) fn global_resiliency(
        &mut self,
        options: &HostValue,
        first: Option<&CcpUrl>,
    ) -> bool {
        let value = options.set("enableGlobalResiliency");
        let on = self.flag(value, GLOBAL_RESILIENCY, false);
        let second = match options.set("secondaryCCPUrl") {
            HostValue::Absent => {
                if on {
                    let found = options.field("secondaryCCPUrl").describe();
                    self.error(code::MISSING_FIELD, SECOND, &found, OTHER_REGION);
                }
                return on;
            }
            second => self.instances_url(second, SECOND).given(),
        };
        // Anything but a boolean was reported by `flag`.
        if matches!(value, HostValue::Absent | HostValue::Bool(false)) {
            self.error(
                code::CONFLICT,
                GLOBAL_RESILIENCY,
                &value.describe(),
                "true, because secondaryCCPUrl is set",
            );
        }
        let second = second.and_then(|url| self.ccp_page(url, SECOND));
        if let (Some(first), Some(second)) = (first, second)
            && first.origin() == second.origin()
        {
            let found = format!("a URL on {}, as the first CCP", second.origin());
            self.error(code::CONFLICT, SECOND, &found, OTHER_REGION);
        }
        on
    }

    /// What every CCP must fulfil that is configured by its own URL. A fragment is refused because
    /// setting a frame's `src` to the same URL with a fragment only scrolls: the CCP could not be
    /// reloaded.
    fn ccp_page(&mut self, url: WebUrl, field: &str) -> Option<CcpUrl> {
        let right = CcpUrl::of_instance(&url);
        let found = match Page::at(&url) {
            _ if url.text().contains('#') => "a URL with a fragment",
            // Elsewhere, and on localhost, a page may stand in for the CCP.
            _ if !is_amazons(&url) => "",
            Page::Instance => "the instance, or its login page",
            Page::Other(found) => found,
            Page::Unknown => "a page that is not the CCP",
            Page::Ccp | Page::BelowCcp if below_connect(&url).is_some() == is_legacy(&url) => "",
            // The legacy domain has nothing there (reported, #630), the new one still has the old path.
            _ if is_legacy(&url) => "a path of the newer domain",
            _ => {
                let found = "the path of the legacy domain, which still works";
                self.warn(code::WRONG_URL, field, found, right.text());
                ""
            }
        };
        if found.is_empty() {
            return Some(self.on_known_host(CcpUrl::at(url), field));
        }
        self.error(code::WRONG_URL, field, found, right.text());
        None
    }

    /// Not an error: Amazon may add domains, and a proxy may stand in front of an instance.
    fn on_known_host(&mut self, ccp: CcpUrl, field: &str) -> CcpUrl {
        if !ccp.is_known_host() {
            let found = format!("the host {}", ccp.host());
            let expected = "a host such as acme.my.connect.aws";
            self.warn(code::UNKNOWN_HOST, field, &found, expected);
        }
        ccp
    }

    /// The SSO Login URL; absent means the standard login popup. `None`: the host is asked for it.
    pub(super) fn sso(&mut self, value: &HostValue, ccp: Option<&CcpUrl>) -> Field<Option<Sso>> {
        match value {
            HostValue::Absent => Field::Absent,
            HostValue::Other(what) if what == FUNCTION || what == PROMISE => Field::Given(None),
            value => match self.sso_url(value, ccp) {
                Field::Given(sso) => Field::Given(Some(sso)),
                _ => Field::Wrong,
            },
        }
    }

    /// The SSO Login URL, configured or as the host's answer.
    pub(super) fn sso_url(&mut self, value: &HostValue, ccp: Option<&CcpUrl>) -> Field<Sso> {
        let HostValue::Text(text) = value else {
            self.wrong(SSO, value, "an https: URL");
            return Field::Wrong;
        };
        let Some(url) = self.web_url(value, SSO) else {
            return Field::Wrong;
        };
        let is_ccp = |ccp: &CcpUrl| ccp.url().href() == url.href();
        let (found, expected) = if is_federate(&url) {
            (
                "a federate URL alone",
                "the identity provider's URL, with this one percent-encoded as its RelayState",
            )
        } else if (is_amazons(&url) && !is_portal(&url)) || ccp.is_some_and(is_ccp) {
            (
                "a page of the instance",
                "the identity provider's URL, or null for the instance's own login page",
            )
        } else {
            let relay = Relay::find(url.text(), self.read);
            self.relay(&url, relay.as_ref(), ccp);
            return Field::Given(Sso {
                configured: Private::new(text.clone()),
                url,
                relay,
            });
        };
        self.error(code::WRONG_URL, SSO, found, expected);
        Field::Wrong
    }

    /// What looks like a mistake in a relay state, but may be right.
    fn relay(&mut self, sso: &WebUrl, relay: Option<&Relay>, ccp: Option<&CcpUrl>) {
        let Some(relay) = relay else {
            if Relay::is_named_in(sso.text()) {
                let found = "a relay state that is no federate URL, so that sign-in does not lead to Connect";
                let expected =
                    "https://<region>.console.aws.amazon.com/connect/federate/<instance ID>";
                self.warn(code::ODD_RELAY_STATE, SSO, found, expected);
            }
            return;
        };
        if relay.is_cut() {
            self.warn(
                code::RELAY_STATE_CUT,
                SSO,
                "a relay state that is not percent-encoded, so that it ends at the first \"&\"",
                "the whole relay state percent-encoded",
            );
        }
        if relay.region().is_some_and(|region| !is_region(region)) {
            let found = "a relay state on a console whose AWS Region does not exist";
            let expected = "a host such as us-east-1.console.aws.amazon.com";
            self.warn(code::ODD_RELAY_STATE, SSO, found, expected);
        }
        let destination = relay.destination();
        let path = destination.as_deref().unwrap_or("/");
        if !path.starts_with('/') && scheme(path).is_none() {
            let found = "a relay state whose destination is no path";
            self.warn(code::ODD_RELAY_STATE, SSO, found, "\"%2Fccp-v2\"");
        }
        self.same_instance(relay);
        if ccp.is_some_and(|ccp| is_legacy(ccp.url()))
            && (relay.has_new_domain() || path.starts_with("/ccp-v2"))
        {
            let found = "a relay state for the domain my.connect.aws";
            let expected = "the CCP on that domain, too: signing in on another one has no end";
            self.warn(code::ODD_RELAY_STATE, SSO, found, expected);
        }
    }

    /// Where the identity provider signs out.
    pub(super) fn idp_logout(&mut self, value: &HostValue) -> Option<Private<String>> {
        match value {
            HostValue::Absent => None,
            value => {
                let url = self.web_url(value, "idpLogoutUrl")?;
                Some(Private::new(url.href().to_owned()))
            }
        }
    }

    /// The return page, which must be on the page's own origin, because it talks to the page. Absent
    /// when it is switched off with `null`, or when the page has no origin of its own.
    pub(super) fn return_url(&mut self, value: &HostValue) -> Field<WebUrl> {
        let page = self.page.clone().filter(|page| page.origin != "null");
        let path = match value {
            HostValue::Null => return Field::Absent,
            unset if unset.is_unset() => DEFAULT_RETURN_PAGE,
            HostValue::Text(text) => text,
            other => {
                let expected = "a URL on this page's origin, or null";
                self.wrong("signIn.returnUrl", other, expected);
                return Field::Wrong;
            }
        };
        let Some(page) = page else {
            return Field::Absent;
        };
        match WebUrl::parse(path, Some(&page.href), self.read) {
            Ok(url) if url.origin() == page.origin => Field::Given(url),
            Ok(url) => {
                self.error(
                    code::WRONG_URL,
                    "signIn.returnUrl",
                    &format!("a URL on {}", url.origin()),
                    &format!("a URL on this page's origin, {}", page.origin),
                );
                Field::Wrong
            }
            // On a page that is itself on plain http there is no return page by default.
            Err(_) if value.is_unset() => Field::Absent,
            Err(fault) => {
                self.refused("signIn.returnUrl", path, &fault);
                Field::Wrong
            }
        }
    }

    /// Where Streams is loaded from. Relative to the page, if that has an address to be relative to.
    pub(super) fn streams_url(&mut self, value: &HostValue) -> Option<WebUrl> {
        match (value, self.page.clone()) {
            (HostValue::Absent, _) => None,
            (HostValue::Text(text), Some(page)) => {
                self.openable(text, Some(&page.href), "streams.url")
            }
            (value, _) => self.web_url(value, "streams.url"),
        }
    }

    fn web_url(&mut self, value: &HostValue, field: &str) -> Option<WebUrl> {
        let HostValue::Text(text) = value else {
            self.wrong(field, value, OPENABLE);
            return None;
        };
        self.openable(text, None, field)
    }

    fn openable(&mut self, text: &str, base: Option<&str>, field: &str) -> Option<WebUrl> {
        WebUrl::parse(text, base, self.read)
            .inspect_err(|fault| self.refused(field, text, fault))
            .ok()
    }

    /// Says why a URL cannot be opened, and which one it was probably meant to be. Of that one only
    /// what cannot be secret is shown.
    fn refused(&mut self, field: &str, text: &str, fault: &UrlFault) {
        let text = text.trim();
        let mut found = fault.to_string();
        let mut expected = OPENABLE.to_owned();
        if matches!(fault, UrlFault::Placeholder(_)) {
            "your own value in its place".clone_into(&mut expected);
        } else if let Some(scheme) = self.page_without_base(fault, field) {
            found = format!("a relative URL, which a page at {scheme}: cannot complete");
        } else if let Some(url) = self.corrected(text) {
            if scheme(text).is_none() && !matches!(fault, UrlFault::Pasted) {
                "a URL without https:// in front of it".clone_into(&mut found);
            }
            expected = shown(field, &url);
        } else if text.starts_with(['?', '&']) || (text.contains('=') && is_name(text, '=')) {
            "a query without the URL that it belongs to".clone_into(&mut found);
        } else if is_name(text, '\n') && !text.is_empty() {
            found = HostValue::Text(text.to_owned()).describe() + ", which is no URL";
            expected += "; a variable's name without quotation marks";
        }
        self.error(code::URL_REFUSED, field, &found, &expected);
    }

    /// The scheme of the page's own address, where that makes a URL out of no relative one.
    fn page_without_base(&self, fault: &UrlFault, field: &str) -> Option<&str> {
        let relative = matches!(field, "streams.url" | "signIn.returnUrl");
        let page = self
            .page
            .as_ref()
            .filter(|page| !page.scheme.starts_with("http"))?;
        (relative && *fault == UrlFault::Unparsable).then_some(page.scheme.as_str())
    }

    /// The URL that `text` was probably meant to be: with `https://`, without what was pasted along.
    fn corrected(&self, text: &str) -> Option<WebUrl> {
        let bare = bare(text);
        let text = bare.as_deref().unwrap_or(text);
        let rest = match scheme(text) {
            Some(end) => text.get(end + 3..)?,
            None => {
                let rest = text.strip_prefix("https").unwrap_or(text);
                rest.trim_start_matches([':', '/'])
            }
        };
        let name = rest.split(['/', '?', '#', ':']).next()?;
        let domain = name.split('.').skip(1).last()?;
        // `config.ccpUrl` is a variable.
        if !all(name, b"-.") || domain.to_ascii_lowercase() != domain {
            return None;
        }
        WebUrl::parse(&format!("https://{rest}"), None, self.read).ok()
    }
}

/// Where the scheme of `text` ends, if `://` follows it.
fn scheme(text: &str) -> Option<usize> {
    let end = find(text, "://")?;
    (text.find(':') == Some(end) && is_name(text, ':')).then_some(end)
}

/// What `url` is called in what is said about `field`, without anything that can be secret.
fn shown(field: &str, url: &WebUrl) -> String {
    match field {
        CCP | SECOND if is_amazons(url) => CcpUrl::of_instance(url).text().to_owned(),
        _ if field == INSTANCE || url.path() == "/" => url.origin().to_owned(),
        _ => format!("{}/…", url.origin()),
    }
}

/// Whether `url` is the portal of IAM Identity Center, which shares the legacy domain.
fn is_portal(url: &WebUrl) -> bool {
    is_legacy(url) && url.path().starts_with("/start")
}

/// Whether what stands in `text` before `end` can be a name.
fn is_name(text: &str, end: char) -> bool {
    text.split(end).next().is_some_and(|name| all(name, b"_$."))
}

/// Whether `text` is made of letters, digits and `others`.
fn all(text: &str, others: &[u8]) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || others.contains(&b);
    text.bytes().all(fits)
}

/// As host_value.rs and host_value.js call them.
const FUNCTION: &str = "a function";
const PROMISE: &str = "a promise";
const INSTANCE: &str = "instanceUrl";
const CCP: &str = "ccpUrl";
pub(super) const SSO: &str = "ssoLoginUrl";
const SECOND: &str = "streams.options.secondaryCCPUrl";
const OTHER_REGION: &str = "the CCP URL of the instance in the other region";
const OPENABLE: &str = "an https: URL (http: on localhost only) without a user name or password";
const DEFAULT_RETURN_PAGE: &str = "/softphone-return.html";
