//! The relay state: alone, as it stands in a field of its own at the identity provider, or inside an SSO Login URL.

use softphone_core::address::reading::{encode, is_amazons, path};
use softphone_core::address::relay::Relay;
use softphone_core::address::web_url::{UrlFault, WebUrl};
use softphone_core::config::code as core;
use softphone_core::host_value::HostValue;

use crate::check::{ARN, CCP, Facts, INSTANCE, Inputs, RELAY, SETUP_GUIDE, SSO, named};
use crate::decoded::Decoded;
use crate::federate::{FEDERATE, GOV_CLOUD, check_federate, instance_id, parameters};
use crate::finding::{Fault, Range, SetupFinding, code};
use crate::locate::{authority, odd_alone, other_instance, refused, unmarked};
use crate::url::read;

/// Everything about a relay state that stands alone.
pub(crate) fn check(text: &str, inputs: &Inputs, facts: &Facts) -> Vec<SetupFinding> {
    if let Some(fault) = not_federate(text) {
        return vec![fault.of(RELAY)];
    }
    let federate = Decoded::part(text, Range::whole(text));
    let sso = in_some_url(text.trim());
    let mut fields = named(inputs, &[INSTANCE, CCP, ARN]);
    fields.push((SSO.to_owned(), HostValue::Text(sso.clone())));
    let relay = Relay::find(&sso, &read);
    let own = |field: &str| (field == SSO).then(|| (RELAY.to_owned(), text.to_owned(), 0));
    let mut findings = facts.of_core(&HostValue::Fields(fields), &own);
    for (nth, finding) in findings.iter_mut().enumerate() {
        finding.at = match finding.code {
            core::ODD_RELAY_STATE => relay.as_ref().and_then(|it| odd_alone(&federate, it, nth)),
            _ => other_instance(&federate, facts.arn.as_ref()),
        };
    }
    let more = check_federate(&federate, facts);
    findings.extend(more.into_iter().map(|fault| fault.of(RELAY)));
    if facts.global_resiliency {
        let fault = Fault::warning(core::CONFLICT, Some(Range::whole(text)))
            .found("a relay state beside an ACS URL of Global Resiliency")
            .expected("no relay state: that endpoint knows the instances by itself")
            .remedy(
                "Leave the relay state at the identity provider empty.",
                RESILIENCY,
            );
        findings.push(fault.of(RELAY));
    }
    findings
}

/// The federate URL inside an SSO Login URL, decoded as often as the identity provider decodes it.
pub(crate) fn in_sso_login_url(text: &str) -> Option<Decoded> {
    let start = Range::whole(text).start;
    let trimmed = text.trim();
    let (before, after) = Relay::find(trimmed, &read)?.around();
    let value = Range::new(before, trimmed.len() - after).moved(start);
    let decoded = Decoded::part(text, value).decode()?;
    let is_alone = |view: &Decoded| {
        let sso = in_some_url(view.text());
        view.text().starts_with("http") && Relay::find(&sso, &read).is_some()
    };
    if is_alone(&decoded) {
        return Some(decoded);
    }
    // AD FS: a form inside the value.
    let mut parameters = parameters(&decoded, 0);
    let inner = parameters.find(|(name, _)| name.text().eq_ignore_ascii_case("RelayState"))?;
    inner.1.decode()
}

/// The value of `RelayState` in an SSO Login URL, whatever it is.
pub(crate) fn named_value(text: &str) -> Option<Range> {
    let view = Decoded::part(text, Range::whole(text));
    let query = view.text().find('?')? + 1;
    let mut all = parameters(&view, query);
    let named = all.find(|(name, value)| {
        name.text().eq_ignore_ascii_case("RelayState") && !value.text().is_empty()
    });
    named.map(|(_, value)| value.whole())
}

/// What makes a text no federate URL.
fn not_federate(text: &str) -> Option<Fault> {
    let whole = Range::whole(text);
    let trimmed = text.trim();
    let fault = |code, at: Option<Range>, found: &str| {
        let at = at.or(Some(whole));
        Fault::error(code, at)
            .found(found)
            .expected(EXPECTED)
            .remedy(BUILD, SETUP_GUIDE)
    };
    if let Some(prefix) = query_before(trimmed) {
        let at = Range::new(0, prefix).moved(whole.start);
        let remedy = "Remove what stands before it. Only the field \"SSO Relay State\" of Salesforce's CTI adapter takes the whole query.";
        return Some(
            fault(
                core::WRONG_VALUE,
                Some(at),
                "a query, in which the relay state is only the value of RelayState",
            )
            .remedy(remedy, SETUP_GUIDE),
        );
    }
    let mut decoded = Some(Decoded::part(text, whole));
    for _ in 0..3 {
        decoded = decoded.and_then(|view| view.decode());
    }
    let is_url = |view: Decoded| view.text().contains("://");
    if trimmed.starts_with("http") && !trimmed.contains("://") && decoded.is_some_and(is_url) {
        let at = trimmed.find('%').unwrap_or_default();
        let at = Range::new(at, (at + 3).min(trimmed.len())).moved(whole.start);
        let remedy = "Enter it as it is: the identity provider encodes it by itself. Only inside an SSO Login URL it is percent-encoded.";
        return Some(
            fault(code::ENCODED_TOO_OFTEN, Some(at), "a percent-encoded URL")
                .remedy(remedy, SETUP_GUIDE),
        );
    }
    let url = match WebUrl::parse(text, None, &read) {
        Ok(url) => url,
        Err(refusal) => {
            let found = refusal.to_string();
            let fault = fault(core::URL_REFUSED, refused(text), &found);
            return Some(match refusal {
                UrlFault::Placeholder(_) => fault.expected("your own value in its place"),
                UrlFault::Pasted => {
                    let bare = unmarked(text).filter(|bare| not_federate(bare).is_none());
                    fault.expected(bare.unwrap_or_else(|| EXPECTED.to_owned()))
                }
                UrlFault::Empty
                | UrlFault::TooLong(_)
                | UrlFault::Invisible
                | UrlFault::Unparsable
                | UrlFault::OddHost(_)
                | UrlFault::Scheme(_)
                | UrlFault::PlainHttp(_)
                | UrlFault::Credentials => fault,
            });
        }
    };
    if Relay::find(&in_some_url(trimmed), &read).is_some() {
        return None;
    }
    if Relay::find(trimmed, &read).is_some() || Relay::is_named_in(trimmed) {
        return Some(fault(
            core::WRONG_URL,
            None,
            "an SSO Login URL, in which the relay state is only the value of RelayState",
        ));
    }
    if is_amazons(&url) {
        return Some(fault(core::WRONG_URL, None, "a page of the instance"));
    }
    let host = authority(text);
    let view = Decoded::part(text, whole);
    if path(&url).starts_with(FEDERATE) {
        let id = instance_id(&view).map(|id| id.whole());
        let on_console = CONSOLES
            .iter()
            .any(|console| url.host() == *console || url.host().ends_with(&format!(".{console}")));
        return Some(if on_console {
            let id = id.filter(|id| id.start < id.end);
            fault(
                core::WRONG_VALUE,
                id,
                "a federate URL without an instance ID, or with a wrong one",
            )
        } else {
            fault(
                core::WRONG_URL,
                host,
                "a federate URL on another host than the AWS console's",
            )
        });
    }
    let path = host.map(|host| {
        let end = text[host.end..]
            .find(['?', '#'])
            .map_or(whole.end, |end| host.end + end);
        Range::new(host.end, end)
    });
    let path = path.filter(|path| path.start < path.end);
    Some(fault(
        core::WRONG_URL,
        path,
        "a URL that is no federate URL",
    ))
}

/// How many bytes of a query stand before its relay state.
fn query_before(text: &str) -> Option<usize> {
    const NAME: &str = "relaystate=";
    let at = text.to_ascii_lowercase().find(NAME)?;
    let before = text.get(..at)?;
    let is_query = !before.contains("://") && (at == 0 || before.ends_with(['&', '?']));
    is_query.then_some(at + NAME.len())
}

/// An SSO Login URL with this relay state, such that softphone-core reads it.
fn in_some_url(relay_state: &str) -> String {
    format!("https://idp.example/sso?RelayState={}", encode(relay_state))
}

const CONSOLES: [&str; 2] = ["console.aws.amazon.com", GOV_CLOUD];
const EXPECTED: &str =
    "https://<region>.console.aws.amazon.com/connect/federate/<instance ID>?destination=%2Fccp-v2";
const BUILD: &str = "Put the relay state together from the instance's ARN: its Region in the host, its instance ID at the end of the path.";
pub(crate) const RESILIENCY: &str = "Amazon Connect Administrator Guide, \"Integrate your identity provider (IdP) with an Amazon Connect Global Resiliency SAML sign-in endpoint\"";

#[cfg(test)]
mod tests;
