//! Reads a configuration field by field and collects every problem.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever a field does not expect is that field's problem, kinds added later included"
)]

use super::{Config, Controls, Problem, Sso};
use crate::address::{Address, ReadUrl};
use crate::host_value::{HostValue, whole};
use crate::millis::Span;
use crate::phase::Way;
use crate::private::Private;

/// See [`Config::parse`].
pub(super) fn parse(
    given: &HostValue,
    page: &str,
    read: ReadUrl<'_>,
) -> Result<Config, Vec<Problem>> {
    let mut parser = Parser {
        page: read(page, None),
        read,
        problems: Vec::new(),
        warnings: Vec::new(),
    };
    let config = parser.config(given);
    match config {
        Some(config) if parser.problems.is_empty() => Ok(config),
        Some(_) | None => Err(parser.problems),
    }
}

pub(super) struct Parser<'a> {
    pub(super) page: Option<Address>,
    pub(super) read: ReadUrl<'a>,
    problems: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
}

impl Parser<'_> {
    fn config(&mut self, given: &HostValue) -> Option<Config> {
        if !matches!(given, HostValue::Fields(_)) {
            self.wrong("config", given, "an object with instanceUrl or ccpUrl");
            return None;
        }
        self.known(given, "", &FIELDS);
        let sign_in = self.section(given, "signIn", &SIGN_IN_FIELDS);
        let session = self.section(given, "session", &SESSION_FIELDS);
        let streams = self.section(given, "streams", &STREAMS_FIELDS);
        let options = streams.field("options");
        self.reserved_options(options);

        let ccp = self.ccp(given);
        let sso = self.sso(given.field("ssoLoginUrl"));
        let idp_logout = self.idp_logout(given.field("idpLogoutUrl"));
        let controls = self.controls(given.field("controls"));
        let ways = self.ways(sign_in.field("ways"));
        let return_url = self.return_url(sign_in.field("returnUrl"));
        let timeout = self.span(
            sign_in.field("timeoutMs"),
            "signIn.timeoutMs",
            1000..=3_600_000,
            DEFAULT_TIMEOUT,
        );
        let prompt = self.flag(sign_in.field("prompt"), "signIn.prompt", true);
        let expected_user = self.expected_user(given.field("expectedUser"));
        let session_length = self.span(
            session.field("lengthMs"),
            "session.lengthMs",
            900_000..=43_200_000,
            DEFAULT_LENGTH,
        );
        let warn_before = self.span(
            session.field("warnBeforeMs"),
            "session.warnBeforeMs",
            0..=session_length.get() - 1,
            DEFAULT_WARN_BEFORE.min(Span::millis(session_length.get() / 2)),
        );
        let renew = self.flag(session.field("renew"), "session.renew", true);
        let streams_url = self.streams_url(streams.field("url"));
        let integrity = self.integrity(streams.field("integrity"), streams_url.is_some());
        if let (Some(ways), Some(sso), Some(return_url)) = (&ways, &sso, &return_url) {
            self.redirect(ways, sso.as_ref(), return_url.is_some());
        }
        let resilient = self.resilient(options, ccp.as_ref());
        let alone = ways.as_ref().is_none_or(|ways| *ways == [Way::Streams]);
        if resilient && (!alone || matches!(sso, Some(None))) {
            self.problem(
                RESILIENT,
                "true",
                "false, or an ssoLoginUrl and signIn.ways of just \"streams\"",
            );
        }
        Some(Config {
            ccp: ccp?,
            sso: sso?,
            idp_logout,
            controls: controls?,
            ways: ways?,
            return_url: return_url?,
            timeout,
            prompt,
            expected_user,
            session_length,
            warn_before,
            renew,
            resilient,
            streams_url,
            integrity,
            warnings: std::mem::take(&mut self.warnings),
        })
    }

    fn controls(&mut self, given: &HostValue) -> Option<Controls> {
        match given {
            HostValue::Absent => Some(Controls::Ccp),
            HostValue::Text(text) if text == "ccp" => Some(Controls::Ccp),
            HostValue::Text(text) if text == "icc" => Some(Controls::Icc),
            other => {
                self.wrong("controls", other, "\"ccp\" or \"icc\"");
                None
            }
        }
    }

    fn ways(&mut self, given: &HostValue) -> Option<Vec<Way>> {
        let items = match given {
            HostValue::Absent => return Some(vec![Way::Frame, Way::Popup]),
            HostValue::List(items) if !items.is_empty() => items,
            other => {
                self.wrong("signIn.ways", other, &format!("a list of {WAYS}"));
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
            let expected = match way {
                Some(Way::Streams) if items.len() > 1 => "no other way beside it",
                Some(way) if !ways.contains(&way) => {
                    ways.push(way);
                    continue;
                }
                Some(_) => "each way once",
                None => WAYS,
            };
            self.wrong(&way_field(index), item, expected);
        }
        Some(ways)
    }

    /// `redirect` comes back only through a relay state. Without SSO the ways are not looked at,
    /// but one that leaves nothing to do is a mistake.
    fn redirect(&mut self, ways: &[Way], sso: Option<&Sso>, returns: bool) {
        let Some(index) = ways.iter().position(|way| *way == Way::Redirect) else {
            return;
        };
        let missing = match sso {
            None if ways.len() > 1 => return,
            None => "an ssoLoginUrl",
            Some(sso) if sso.relay.is_none() => "a relay state in ssoLoginUrl",
            Some(_) if !returns => "a signIn.returnUrl",
            Some(_) => return,
        };
        let expected = format!("{missing} with it");
        self.problem(&way_field(index), "\"redirect\"", &expected);
    }

    fn expected_user(&mut self, given: &HostValue) -> Option<Private<String>> {
        match given {
            HostValue::Absent | HostValue::Null => None,
            HostValue::Text(text) if !text.is_empty() && text.trim() == text => {
                Some(Private::new(text.clone()))
            }
            other => {
                self.wrong("expectedUser", other, "a Connect user name, or null");
                None
            }
        }
    }

    fn integrity(&mut self, given: &HostValue, has_url: bool) -> Option<String> {
        const EXPECTED: &str =
            "\"sha256-…\", \"sha384-…\" or \"sha512-…\", together with streams.url";
        match given {
            HostValue::Absent | HostValue::Null => None,
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

    /// Options of `initCCP` that this module decides itself.
    fn reserved_options(&mut self, options: &HostValue) {
        if !matches!(options, HostValue::Absent | HostValue::Fields(_)) {
            self.wrong(
                "streams.options",
                options,
                "an object of initCCP parameters",
            );
        }
        for (name, instead) in RESERVED_OPTIONS {
            if options.names().any(|option| option == name) {
                self.problem(
                    &format!("streams.options.{name}"),
                    "a parameter that is not passed on",
                    instead,
                );
            }
        }
    }

    fn span(
        &mut self,
        given: &HostValue,
        field: &str,
        range: std::ops::RangeInclusive<u64>,
        default: Span,
    ) -> Span {
        match given {
            HostValue::Absent => default,
            other => {
                if let Some(span) = in_range(other, &range) {
                    return span;
                }
                self.wrong(
                    field,
                    other,
                    &format!(
                        "whole milliseconds from {} to {}",
                        range.start(),
                        range.end()
                    ),
                );
                default
            }
        }
    }

    pub(super) fn flag(&mut self, given: &HostValue, field: &str, default: bool) -> bool {
        match given {
            HostValue::Absent => default,
            HostValue::Bool(value) => *value,
            other => {
                self.wrong(field, other, "true or false");
                default
            }
        }
    }

    fn section<'a>(&mut self, given: &'a HostValue, name: &str, fields: &[&str]) -> &'a HostValue {
        let section = given.field(name);
        match section {
            HostValue::Absent => {}
            HostValue::Fields(_) => self.known(section, &format!("{name}."), fields),
            other => self.wrong(name, other, "an object"),
        }
        section
    }

    fn known(&mut self, given: &HostValue, prefix: &str, fields: &[&str]) {
        for name in given.names().filter(|name| !fields.contains(name)) {
            self.problem(
                &format!("{prefix}{}", shown_name(name)),
                "a field that does not exist",
                &format!("one of {}", fields.join(", ")),
            );
        }
    }

    pub(super) fn wrong(&mut self, field: &str, given: &HostValue, expected: &str) {
        self.problem(field, &given.describe(), expected);
    }

    pub(super) fn problem(&mut self, field: &str, found: &str, expected: &str) {
        self.problems.push(Problem::new(field, found, expected));
    }
}

/// The span that `given` names in whole milliseconds, if it lies in `range`.
fn in_range(given: &HostValue, range: &std::ops::RangeInclusive<u64>) -> Option<Span> {
    let HostValue::Number(millis) = given else {
        return None;
    };
    let millis = u64::try_from(whole(*millis)?).ok()?;
    range.contains(&millis).then_some(Span::millis(millis))
}

fn way_field(index: usize) -> String {
    format!("signIn.ways[{index}]")
}

/// A field's name from outside, short enough for a message.
fn shown_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
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

const FIELDS: [&str; 9] = [
    "instanceUrl",
    "ccpUrl",
    "ssoLoginUrl",
    "idpLogoutUrl",
    "controls",
    "signIn",
    "expectedUser",
    "session",
    "streams",
];
const SIGN_IN_FIELDS: [&str; 4] = ["ways", "returnUrl", "timeoutMs", "prompt"];
const SESSION_FIELDS: [&str; 3] = ["lengthMs", "warnBeforeMs", "renew"];
const STREAMS_FIELDS: [&str; 3] = ["url", "integrity", "options"];
const RESERVED_OPTIONS: [(&str, &str); 8] = [
    ("ccpUrl", "instanceUrl or ccpUrl at the top"),
    ("loginUrl", "ssoLoginUrl at the top"),
    ("loginPopup", "signIn.ways"),
    (
        "loginPopupAutoClose",
        "nothing: a sign-in window closes by itself",
    ),
    ("loginOptions", "signIn.ways and signIn.timeoutMs"),
    ("ccpLoadTimeout", "signIn.timeoutMs"),
    ("__proto__", "nothing of that name"),
    (
        "storageAccess",
        "nothing: Amazon's banner and sign-in before it do not go together",
    ),
];
const WAYS: &str = "\"frame\", \"popup\", \"redirect\" or \"streams\"";
pub(super) const RESILIENT: &str = "streams.options.enableGlobalResiliency";
/// Amazon Connect Administrator Guide, "About session expiration".
const DEFAULT_LENGTH: Span = Span::hours(12);
const DEFAULT_TIMEOUT: Span = Span::secs(60);
const DEFAULT_WARN_BEFORE: Span = Span::secs(15 * 60);
