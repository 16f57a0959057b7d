//! The configuration's sections, and the rules about several fields at once.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever a field does not expect is wrong there, kinds added later included"
)]

use super::names::Level;
use super::parser::{Field, Parser};
use super::{Config, Controls, Sso, code};
use crate::address::web_url::WebUrl;
use crate::host_value::HostValue;
use crate::private::Private;
use crate::time::Span;
use crate::way::Way;

impl Parser<'_> {
    /// The whole configuration; `None` when something that has no stand-in is wrong.
    pub(super) fn config(&mut self, value: &HostValue) -> Option<Config> {
        if !matches!(value, HostValue::Fields(_)) {
            self.wrong("config", value, "an object with instanceUrl or ccpUrl");
            return None;
        }
        self.known(value, Level::Top);
        let sign_in = self.section(value, "signIn", Level::SignIn);
        let session = self.section(value, "session", Level::Session);
        let streams = self.section(value, "streams", Level::Streams);
        let options = streams.set("options");
        self.options(options);
        self.signal(value.set("signal"));
        self.actions(value);

        self.instance_arn(value.set("instanceArn"), options);
        let ccp = self.ccp(value);
        let named_by = match value.set("ccpUrl") {
            HostValue::Absent => "instanceUrl",
            _ => "ccpUrl",
        };
        self.same_partition(ccp.as_ref(), named_by);
        let sso = self.sso(value.set("ssoLoginUrl"), ccp.as_ref());
        let idp_logout = self.idp_logout(value.set("idpLogoutUrl"));
        let controls = self.controls(value.set("controls"));
        let ways = self.ways(sign_in.set("ways"));
        let return_url = self.return_url(sign_in.field("returnUrl"));
        let timeout = self.span(
            sign_in.set("timeoutMs"),
            "signIn.timeoutMs",
            1000..=3_600_000,
            DEFAULT_TIMEOUT,
        );
        let prompt = self.flag(sign_in.set("prompt"), "signIn.prompt", true);
        let expected_user = self.expected_user(value.set("expectedUser"));
        let session_length = self.span(
            session.set("lengthMs"),
            "session.lengthMs",
            900_000..=43_200_000,
            DEFAULT_LENGTH,
        );
        // In a short session the default warning comes at half time, and not before it has begun.
        let warn_before = self.span(
            session.set("warnBeforeMs"),
            "session.warnBeforeMs",
            0..=session_length.get() - 1,
            DEFAULT_WARN_BEFORE.min(Span::millis(session_length.get() / 2)),
        );
        let renew = self.flag(session.set("renew"), "session.renew", true);
        let activity = self.flag(session.set("activity"), "session.activity", true);
        let streams_url = self.streams_url(streams.set("url"));
        let integrity = self.integrity(streams.set("integrity"), streams_url.is_some());
        if let Some(ways) = &ways {
            self.redirect(ways, &sso, &return_url);
        }
        let global_resiliency = self.global_resiliency(options, ccp.as_ref());
        let alone = ways.as_ref().is_none_or(|ways| *ways == [Way::Streams]);
        let cookies = self.storage_access(options.set("storageAccess"), alone && ways.is_some());
        let asks_for_sso = matches!(sso, Field::Given(None));
        if asks_for_sso && ways.as_ref().is_some_and(|ways| *ways == [Way::Streams]) {
            self.error(
                code::CONFLICT,
                "ssoLoginUrl",
                "a function or a promise",
                "a URL, because Amazon Connect Streams opens it by itself (signIn.ways)",
            );
        }
        if global_resiliency && (!alone || matches!(sso, Field::Absent)) {
            self.error(
                code::CONFLICT,
                GLOBAL_RESILIENCY,
                "true",
                "false, or an ssoLoginUrl and \"streams\" as the only way in signIn.ways",
            );
        }
        Some(Config {
            ccp: ccp?,
            arn: self.arn.clone(),
            sso: sso.given().flatten(),
            asks_for_sso,
            idp_logout,
            controls: controls?,
            ways: ways?,
            return_url: return_url.given(),
            timeout,
            prompt,
            expected_user,
            session_length,
            warn_before,
            renew,
            activity,
            cookies,
            global_resiliency,
            streams_url,
            integrity,
            warnings: Vec::new(),
        })
    }

    fn controls(&mut self, value: &HostValue) -> Option<Controls> {
        match value {
            HostValue::Absent => Some(Controls::Ccp),
            HostValue::Text(text) if text == "ccp" => Some(Controls::Ccp),
            HostValue::Text(text) if text == "icc" => Some(Controls::Icc),
            other => {
                self.wrong("controls", other, "\"ccp\" or \"icc\"");
                None
            }
        }
    }

    fn ways(&mut self, value: &HostValue) -> Option<Vec<Way>> {
        let items = match value {
            HostValue::Absent => return Some(vec![Way::Frame, Way::Popup]),
            HostValue::List(items) if !items.is_empty() => items,
            other => {
                self.wrong(
                    "signIn.ways",
                    other,
                    &format!("a non-empty array of {WAYS}"),
                );
                return None;
            }
        };
        let mut ways = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let way = match item {
                HostValue::Text(name) => Way::named(name),
                HostValue::Absent
                | HostValue::Null
                | HostValue::Bool(_)
                | HostValue::Number(_)
                | HostValue::List(_)
                | HostValue::Fields(_)
                | HostValue::Other(_) => None,
            };
            match way {
                Some(Way::Streams) if items.len() > 1 => self.error(
                    code::CONFLICT,
                    &way_field(index),
                    "\"streams\" among other ways",
                    "\"streams\" as the only way",
                ),
                Some(way) if ways.contains(&way) => {
                    self.wrong(&way_field(index), item, "each way only once");
                }
                Some(way) => ways.push(way),
                None => self.wrong(&way_field(index), item, WAYS),
            }
        }
        Some(ways)
    }

    /// `redirect` takes the whole page away, and only a relay state whose destination is the return
    /// page brings it back.
    ///
    /// Without SSO the ways are not used at all, so `redirect` is harmless there unless it is the only
    /// one: that configuration was meant to have an SSO Login URL.
    fn redirect(&mut self, ways: &[Way], sso: &Field<Option<Sso>>, return_url: &Field<WebUrl>) {
        let Some(index) = ways.iter().position(|way| *way == Way::Redirect) else {
            return;
        };
        let (code, found, expected) = match (sso, return_url) {
            (Field::Absent, Field::Absent | Field::Given(_)) if ways.len() == 1 => (
                code::MISSING_FIELD,
                "\"redirect\" without an ssoLoginUrl",
                "an ssoLoginUrl as well",
            ),
            (Field::Given(Some(sso)), Field::Absent | Field::Given(_)) if sso.relay.is_none() => (
                code::CONFLICT,
                "\"redirect\" with an ssoLoginUrl that carries no relay state",
                "a relay state in ssoLoginUrl",
            ),
            (Field::Given(_), Field::Absent) => (
                code::MISSING_FIELD,
                "\"redirect\" without a return page",
                "a signIn.returnUrl as well",
            ),
            // In a frame only the frame would be taken away, to pages that mostly refuse to be framed,
            // and nothing would bring the page itself back.
            _ if self.framed => (
                code::CONFLICT,
                "\"redirect\" on a page that is in a frame",
                "\"frame\" or \"popup\"",
            ),
            _ => return,
        };
        self.error(code, &way_field(index), found, expected);
    }

    fn expected_user(&mut self, value: &HostValue) -> Option<Private<String>> {
        match value {
            HostValue::Absent => None,
            // No user name has spaces around it.
            HostValue::Text(text) => Some(Private::new(text.trim().to_owned())),
            other => {
                self.wrong(
                    "expectedUser",
                    other,
                    "an Amazon Connect user name, or null",
                );
                None
            }
        }
    }

    fn integrity(&mut self, value: &HostValue, has_url: bool) -> Option<String> {
        const EXPECTED: &str =
            "\"sha256-…\", \"sha384-…\" or \"sha512-…\", together with streams.url";
        match value {
            HostValue::Absent => None,
            HostValue::Text(text)
                if has_url
                    && !text.trim().is_empty()
                    && text.split_ascii_whitespace().all(is_hash) =>
            {
                Some(text.clone())
            }
            other => {
                self.wrong("streams.integrity", other, EXPECTED);
                None
            }
        }
    }

    /// JavaScript calls them; here they only have to be functions.
    fn actions(&mut self, value: &HostValue) {
        let actions = self.section(value, "actions", Level::Actions);
        let recording = self.section(actions, "recording", Level::Recording);
        for (section, level) in [(actions, Level::Actions), (recording, Level::Recording)] {
            for name in level.names().iter().filter(|name| **name != "recording") {
                match section.set(name) {
                    HostValue::Absent => {}
                    HostValue::Other(what) if what == FUNCTION => {}
                    other => self.wrong(&format!("{}{name}", level.prefix()), other, FUNCTION),
                }
            }
        }
    }

    /// JavaScript listens to it; here it only has to be one.
    fn signal(&mut self, value: &HostValue) {
        match value {
            HostValue::Absent => {}
            HostValue::Other(what) if what == SIGNAL => {}
            other => self.wrong("signal", other, SIGNAL),
        }
    }
}

fn way_field(index: usize) -> String {
    format!("signIn.ways[{index}]")
}

/// Subresource Integrity, section 3.5: `<algorithm>-<base64>`.
fn is_hash(text: &str) -> bool {
    let Some((algorithm, digest)) = text.split_once('-') else {
        return false;
    };
    matches!(algorithm, "sha256" | "sha384" | "sha512")
        && !digest.is_empty()
        && digest
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

/// As host_value.js calls one.
const SIGNAL: &str = "an AbortSignal";
const FUNCTION: &str = "a function";
const WAYS: &str = "\"frame\", \"popup\", \"redirect\" or \"streams\"";
pub(super) const GLOBAL_RESILIENCY: &str = "streams.options.enableGlobalResiliency";
/// Amazon Connect Administrator Guide, "About session expiration".
const DEFAULT_LENGTH: Span = Span::hours(12);
const DEFAULT_TIMEOUT: Span = Span::secs(60);
const DEFAULT_WARN_BEFORE: Span = Span::secs(15 * 60);
