//! The fields that hold URLs.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever a field does not expect is that field's problem, kinds added later included"
)]

use super::parser::{Field, Parser};
use super::sections::GLOBAL_RESILIENCY;
use super::{Sso, code};
use crate::address::instance::CcpUrl;
use crate::address::relay::Relay;
use crate::address::web_url::{UrlFault, WebUrl};
use crate::host_value::HostValue;
use crate::private::Private;

impl Parser<'_> {
    /// The CCP, from `instanceUrl` or `ccpUrl`; with both, `ccpUrl` must be on the instance.
    pub(super) fn ccp(&mut self, config: &HostValue) -> Option<CcpUrl> {
        let instance = match config.field("instanceUrl") {
            HostValue::Absent | HostValue::Null => None,
            value => Some(self.web_url(value, "instanceUrl")?),
        };
        let ccp = match config.field("ccpUrl") {
            HostValue::Absent | HostValue::Null => None,
            value => Some(self.web_url(value, "ccpUrl")?),
        };
        let field = match instance {
            Some(_) => "instanceUrl",
            None => "ccpUrl",
        };
        let url = match (instance, ccp) {
            (None, None) => {
                self.error(
                    code::MISSING_FIELD,
                    "instanceUrl",
                    "nothing",
                    "the instance's URL, such as \"https://acme.my.connect.aws\" (or ccpUrl)",
                );
                return None;
            }
            (Some(instance), None) => match CcpUrl::of_instance(&instance) {
                Ok(ccp) => ccp,
                Err(found) => {
                    self.error(
                        code::WRONG_URL,
                        "instanceUrl",
                        found,
                        "the instance's URL alone; use ccpUrl for a page other than its usual CCP",
                    );
                    return None;
                }
            },
            (None, Some(ccp)) => CcpUrl::at(ccp),
            (Some(instance), Some(ccp)) => {
                if instance.origin() != ccp.origin() {
                    self.error(
                        code::CONFLICT,
                        "ccpUrl",
                        &format!("a URL on {}", ccp.origin()),
                        &format!("a URL on {}, as in instanceUrl", instance.origin()),
                    );
                    return None;
                }
                CcpUrl::at(ccp)
            }
        };
        self.ccp_page(url, field)
    }

    /// Whether Streams runs with Global Resiliency. Unless it gets everything that it needs it runs
    /// without and says so only in its log (Streams 2.28.2, `initCCP`), so half of it is an error
    /// here. The second CCP is checked like the first, because it reaches a frame as that does.
    pub(super) fn global_resiliency(
        &mut self,
        options: &HostValue,
        first: Option<&CcpUrl>,
    ) -> bool {
        let value = options.field("enableGlobalResiliency");
        let on = self.flag(value, GLOBAL_RESILIENCY, false);
        let second = match options.field("secondaryCCPUrl") {
            HostValue::Absent | HostValue::Null if on => {
                self.error(code::MISSING_FIELD, SECOND, "nothing", OTHER_REGION);
                return on;
            }
            HostValue::Absent | HostValue::Null => return on,
            second => self.web_url(second, SECOND),
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
        let second = second.and_then(|url| self.ccp_page(CcpUrl::at(url), SECOND));
        if let (Some(first), Some(second)) = (first, second)
            && first.origin() == second.origin()
        {
            let found = format!("a URL on {}, as the first CCP", second.origin());
            self.error(code::CONFLICT, SECOND, &found, OTHER_REGION);
        }
        on
    }

    /// What every CCP must fulfil, however it was configured. A fragment is refused because setting a
    /// frame's `src` to the same URL with a fragment only scrolls: the CCP could not be reloaded.
    fn ccp_page(&mut self, url: CcpUrl, field: &str) -> Option<CcpUrl> {
        if url.text().contains('#') {
            self.error(
                code::WRONG_URL,
                field,
                "a URL with a fragment",
                "a URL without one",
            );
            return None;
        }
        // Not an error: Amazon may add domains, and a proxy may stand in front of an instance.
        if !url.is_known_host() {
            let found = format!("the host {}", url.host());
            let expected = "a host such as acme.my.connect.aws";
            self.warn(code::UNKNOWN_HOST, field, &found, expected);
        }
        Some(url)
    }

    /// The SSO Login URL; absent means the standard login popup.
    pub(super) fn sso(&mut self, value: &HostValue) -> Field<Sso> {
        let text = match value {
            HostValue::Absent | HostValue::Null => return Field::Absent,
            HostValue::Text(text) if text.trim().is_empty() => return Field::Absent,
            HostValue::Text(text) => text,
            other => {
                self.wrong("ssoLoginUrl", other, "an https: URL, \"\" or null");
                return Field::Wrong;
            }
        };
        let Some(url) = self.web_url(value, "ssoLoginUrl") else {
            return Field::Wrong;
        };
        let relay = Relay::find(url.text(), self.read);
        if relay.as_ref().is_some_and(Relay::is_cut) {
            self.warn(
                code::RELAY_STATE_CUT,
                "ssoLoginUrl",
                "a relay state that is not percent-encoded, so that it ends at the first \"&\"",
                "the whole relay state percent-encoded",
            );
        }
        Field::Given(Sso {
            configured: Private::new(text.clone()),
            url,
            relay,
        })
    }

    /// Where the identity provider signs out.
    pub(super) fn idp_logout(&mut self, value: &HostValue) -> Option<Private<String>> {
        match value {
            HostValue::Absent | HostValue::Null => None,
            HostValue::Text(text) if text.trim().is_empty() => None,
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
            HostValue::Absent => DEFAULT_RETURN_PAGE,
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
            Err(_) if matches!(value, HostValue::Absent) => Field::Absent,
            Err(fault) => {
                self.refused("signIn.returnUrl", &fault);
                Field::Wrong
            }
        }
    }

    /// Where Streams is loaded from. Relative to the page, if that has an address to be relative to.
    pub(super) fn streams_url(&mut self, value: &HostValue) -> Option<WebUrl> {
        match (value, self.page.clone()) {
            (HostValue::Absent | HostValue::Null, _) => None,
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
            .inspect_err(|fault| self.refused(field, fault))
            .ok()
    }

    fn refused(&mut self, field: &str, fault: &UrlFault) {
        self.error(code::URL_REFUSED, field, &fault.to_string(), OPENABLE);
    }
}

const SECOND: &str = "streams.options.secondaryCCPUrl";
const OTHER_REGION: &str = "the CCP URL of the instance in the other region";
const OPENABLE: &str = "an https: URL (http: on localhost only) without a user name or password";
const DEFAULT_RETURN_PAGE: &str = "/softphone-return.html";
