//! The fields that hold URLs.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever a field does not expect is that field's problem, kinds added later included"
)]

use super::parser::{Parser, RESILIENT};
use super::{Problem, Sso};
use crate::address::instance::CcpUrl;
use crate::address::relay::Relay;
use crate::address::web_url::{UrlFault, WebUrl};
use crate::host_value::HostValue;
use crate::private::Private;

impl Parser<'_> {
    pub(super) fn ccp(&mut self, given: &HostValue) -> Option<CcpUrl> {
        let (instance, ccp) = (given.field("instanceUrl"), given.field("ccpUrl"));
        let instance = match instance {
            HostValue::Absent | HostValue::Null => None,
            found => Some(self.web_url(found, "instanceUrl")?),
        };
        let ccp = match ccp {
            HostValue::Absent | HostValue::Null => None,
            found => Some(self.web_url(found, "ccpUrl")?),
        };
        let field = match instance {
            Some(_) => "instanceUrl",
            None => "ccpUrl",
        };
        let url = match (instance, ccp) {
            (None, None) => {
                self.wrong(
                    "instanceUrl",
                    &HostValue::Absent,
                    "the instance's address, such as \"https://acme.my.connect.aws\" (or ccpUrl)",
                );
                return None;
            }
            (Some(instance), None) => match CcpUrl::of_instance(&instance) {
                Ok(ccp) => ccp,
                Err(found) => {
                    self.problem(
                        "instanceUrl",
                        found,
                        "the instance's address and nothing after it; use ccpUrl for another page",
                    );
                    return None;
                }
            },
            (None, Some(ccp)) => CcpUrl::at(ccp),
            (Some(instance), Some(ccp)) => {
                if instance.origin() != ccp.origin() {
                    self.problem(
                        "ccpUrl",
                        &format!("a URL on {}", ccp.host()),
                        &format!("one on the host of instanceUrl, {}", instance.host()),
                    );
                    return None;
                }
                CcpUrl::at(ccp)
            }
        };
        self.ccp_page(url, field)
    }

    /// Global Resiliency: Streams runs silently without it unless it gets all it needs (Streams
    /// 2.28.2, `initCCP`). The second CCP reaches a frame as the first does.
    pub(super) fn resilient(&mut self, options: &HostValue, first: Option<&CcpUrl>) -> bool {
        let given = options.field("enableGlobalResiliency");
        let on = self.flag(given, RESILIENT, false);
        let second = match options.field("secondaryCCPUrl") {
            HostValue::Absent | HostValue::Null if on => {
                self.problem(SECOND, "nothing", "the CCP of the other region");
                return on;
            }
            HostValue::Absent | HostValue::Null => return on,
            found => self.web_url(found, SECOND),
        };
        if matches!(given, HostValue::Absent | HostValue::Bool(false)) {
            self.problem(RESILIENT, &given.describe(), "true with secondaryCCPUrl");
        }
        let second = second.and_then(|url| self.ccp_page(CcpUrl::at(url), SECOND));
        if let (Some(first), Some(second)) = (first, second)
            && first.origin() == second.origin()
        {
            let found = format!("a URL on {}", second.host());
            self.problem(SECOND, &found, "the CCP of the other region");
        }
        on
    }

    fn ccp_page(&mut self, url: CcpUrl, field: &str) -> Option<CcpUrl> {
        if url.text().contains('#') {
            self.problem(field, "an address with a fragment", "one without");
            return None;
        }
        if !url.is_known_host() {
            self.warnings.push(Problem::new(
                field,
                &format!("the host {}", url.host()),
                "a host such as acme.my.connect.aws",
            ));
        }
        Some(url)
    }

    /// `Some(None)`: no SSO configured. `None`: a problem.
    #[allow(
        clippy::option_option,
        reason = "absent and wrong are different things"
    )]
    pub(super) fn sso(&mut self, given: &HostValue) -> Option<Option<Sso>> {
        let text = match given {
            HostValue::Absent | HostValue::Null => return Some(None),
            HostValue::Text(text) if text.trim().is_empty() => return Some(None),
            HostValue::Text(text) => text,
            HostValue::Bool(_)
            | HostValue::Number(_)
            | HostValue::List(_)
            | HostValue::Fields(_)
            | HostValue::Other(_) => {
                self.wrong("ssoLoginUrl", given, "an https: URL, \"\" or null");
                return None;
            }
        };
        let url = self.web_url(given, "ssoLoginUrl")?;
        let relay = Relay::find(url.text(), self.read);
        if relay.as_ref().is_some_and(Relay::is_cut) {
            self.warnings.push(Problem::new(
                "ssoLoginUrl",
                "an unencoded relay state followed by \"&\", where the identity provider ends it",
                "the relay state percent-encoded as a whole",
            ));
        }
        Some(Some(Sso {
            configured: Private::new(text.clone()),
            url,
            relay,
        }))
    }

    pub(super) fn idp_logout(&mut self, given: &HostValue) -> Option<Private<String>> {
        match given {
            HostValue::Absent | HostValue::Null => None,
            HostValue::Text(text) if text.trim().is_empty() => None,
            found => {
                let url = self.web_url(found, "idpLogoutUrl")?;
                Some(Private::new(url.href().to_owned()))
            }
        }
    }

    /// The return page, which must be on the page's own origin; `Some(None)` when switched off with
    /// `null`, or when the page has no origin of its own. `None`: a problem.
    #[allow(
        clippy::option_option,
        reason = "absent and wrong are different things"
    )]
    pub(super) fn return_url(&mut self, given: &HostValue) -> Option<Option<WebUrl>> {
        let page = self.page.clone().filter(|page| page.origin != "null");
        let path = match given {
            HostValue::Null => return Some(None),
            HostValue::Absent => DEFAULT_RETURN_PAGE,
            HostValue::Text(text) => text,
            other => {
                self.wrong(
                    "signIn.returnUrl",
                    other,
                    "a URL on this page's origin, or null",
                );
                return None;
            }
        };
        let Some(page) = page else {
            return Some(None);
        };
        match WebUrl::parse(path, Some(&page.href), self.read) {
            Ok(url) if url.origin() == page.origin => Some(Some(url)),
            Ok(url) => {
                self.problem(
                    "signIn.returnUrl",
                    &format!("a URL on {}", url.origin()),
                    &format!("one on this page's origin, {}", page.origin),
                );
                None
            }
            // On a page that is itself on plain http there is no return page by default.
            Err(_) if matches!(given, HostValue::Absent) => Some(None),
            Err(fault) => {
                self.fault("signIn.returnUrl", &fault);
                None
            }
        }
    }

    pub(super) fn streams_url(&mut self, given: &HostValue) -> Option<WebUrl> {
        match (given, self.page.clone()) {
            (HostValue::Absent | HostValue::Null, _) => None,
            (HostValue::Text(text), Some(page)) => {
                match WebUrl::parse(text, Some(&page.href), self.read) {
                    Ok(url) => Some(url),
                    Err(fault) => {
                        self.fault("streams.url", &fault);
                        None
                    }
                }
            }
            (found, _) => self.web_url(found, "streams.url"),
        }
    }

    fn web_url(&mut self, given: &HostValue, field: &str) -> Option<WebUrl> {
        let HostValue::Text(text) = given else {
            self.wrong(field, given, OPENABLE);
            return None;
        };
        match WebUrl::parse(text, None, self.read) {
            Ok(url) => Some(url),
            Err(fault) => {
                self.fault(field, &fault);
                None
            }
        }
    }

    fn fault(&mut self, field: &str, fault: &UrlFault) {
        self.problem(field, &fault.to_string(), OPENABLE);
    }
}

const SECOND: &str = "streams.options.secondaryCCPUrl";
const OPENABLE: &str = "an https: URL (http: only on localhost) without user name and password";
const DEFAULT_RETURN_PAGE: &str = "/softphone-return.html";
