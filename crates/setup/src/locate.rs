//! Which part of a text a finding of softphone-core is about.

use softphone_core::address::arn::InstanceArn;
use softphone_core::address::reading::{bare, is_federate, is_invisible, is_region, is_sign_in};
use softphone_core::address::relay::Relay;
use softphone_core::address::web_url::{MAX_LENGTH, UrlFault, WebUrl};
use softphone_core::config::code;
use softphone_core::finding::Finding;

use crate::arn::fault;
use crate::check::{ARN, SSO};
use crate::decoded::Decoded;
use crate::finding::Range;
use crate::url::read;
use crate::{federate, relay_state};

/// The part of `text` that the `nth` finding with its code in its field is about.
pub(crate) fn locate(
    finding: &Finding,
    nth: usize,
    text: &str,
    arn: Option<&InstanceArn>,
) -> Range {
    let whole = Range::whole(text);
    let part = match (finding.code, finding.field.as_str()) {
        (_, ARN) => fault(text),
        (code::URL_REFUSED, _) => refused(text),
        (code::RELAY_STATE_CUT, _) => cut(text),
        (code::ODD_RELAY_STATE, _) => odd_relay_state(text).into_iter().nth(nth),
        (code::CONFLICT, SSO) => relay_state::in_sso_login_url(text)
            .or_else(|| Some(Decoded::part(text, whole)))
            .and_then(|federate| other_instance(&federate, arn)),
        (code::WRONG_URL, SSO) => None,
        (code::WRONG_URL, _) => page(text),
        (code::UNKNOWN_HOST | code::CONFLICT, _) => authority(text),
        (code::WRONG_VALUE, _) => placeholder(text),
        (_, _) => None,
    };
    part.filter(|at| text.get(at.bytes()).is_some_and(|part| !part.is_empty()))
        .unwrap_or(whole)
}

/// Why `text` is refused as a URL: the part of it.
pub(crate) fn refused(text: &str) -> Option<Range> {
    let fault = WebUrl::parse(text, None, &read).err()?;
    let start = Range::whole(text).start;
    match fault {
        UrlFault::Empty | UrlFault::Unparsable => None,
        UrlFault::TooLong(_) => {
            let start = (0..=start + MAX_LENGTH).rev();
            let start = start.into_iter().find(|at| text.is_char_boundary(*at))?;
            Some(Range::new(start, text.trim_end().len()))
        }
        UrlFault::Invisible => {
            let trimmed = text.trim_matches([' ', '\t', '\r', '\n']);
            let start = text.find(trimmed)?;
            let (at, c) = trimmed.char_indices().find(|(_, c)| is_invisible(*c))?;
            Some(Range::new(at, at + c.len_utf8()).moved(start))
        }
        UrlFault::Placeholder(_) => placeholder(text),
        UrlFault::Pasted => markup(text),
        UrlFault::OddHost(_) => authority(text),
        UrlFault::Scheme(_) => Some(Range::new(start, start + text.trim().find(':')? + 1)),
        UrlFault::PlainHttp(_) => Some(Range::new(start, start + text.trim().find(':')?)),
        UrlFault::Credentials => {
            let at = authority(text)?;
            let end = text.get(at.bytes())?.rfind('@')? + 1;
            Some(Range::new(at.start, at.start + end))
        }
    }
}

/// The first placeholder, however often it is percent-encoded.
pub(crate) fn placeholder(text: &str) -> Option<Range> {
    let found = softphone_core::address::reading::placeholder(text)?;
    let mut view = Some(Decoded::part(text, Range::whole(text)));
    for _ in 0..4 {
        let level = view?;
        let at = level.find(&found).or_else(|| match found.as_str() {
            "…" => level.find("..."),
            _ => None,
        });
        if at.is_some() {
            return at;
        }
        view = level.decode();
    }
    None
}

/// The first thing that was pasted along: a quotation mark, what stands before a Markdown link's target, a backslash.
pub(crate) fn markup(text: &str) -> Option<Range> {
    let start = Range::whole(text).start;
    let text = text.trim();
    let at = if let Some(end) = text.starts_with('[').then(|| text.find("](")).flatten() {
        Range::new(0, end + 2)
    } else if text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        let escaped = |at: &usize| {
            let next = text[at + 1..].chars().next();
            next.is_some_and(|c| c.is_ascii_punctuation())
        };
        let at = text.match_indices('\\').map(|(at, _)| at).find(escaped)?;
        Range::new(at, at + 1)
    } else {
        Range::new(0, text.chars().next()?.len_utf8())
    };
    Some(at.moved(start))
}

/// What `text` is without what was pasted along.
pub(crate) fn unmarked(text: &str) -> Option<String> {
    bare(text.trim())
}

/// The host with its port, and whatever else stands between the slashes.
pub(crate) fn authority(text: &str) -> Option<Range> {
    let start = text.find("//")? + 2;
    let rest = text.get(start..)?.trim_end();
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    Some(Range::new(start, start + end))
}

/// What follows the host, or only the fragment if there is one.
fn page(text: &str) -> Option<Range> {
    let url = WebUrl::parse(text, None, &read).ok()?;
    if is_federate(&url) || is_sign_in(&url) {
        return None;
    }
    // The core leaves out what the first CCP put there.
    let plain = text.trim_end().trim_end_matches('/');
    let end = plain
        .strip_suffix('#')
        .map_or(text.trim_end(), str::trim_end)
        .len();
    if let Some(start) = text.get(..end).and_then(|text| text.find('#')) {
        return Some(Range::new(start, end));
    }
    let start = authority(text)?.end;
    (start < end).then(|| Range::new(start, end))
}

/// What the identity provider's parser cuts off: from the raw `&` on.
fn cut(text: &str) -> Option<Range> {
    let (relay, start) = relay(text)?;
    let (_, after) = relay.around();
    let end = text.trim_end().len();
    let from = start + text.trim().len() - after;
    let fragment = text.get(from..end)?.find('#').map(|at| from + at);
    Some(Range::new(from, fragment.unwrap_or(end)))
}

/// In the order in which the core finds them.
fn odd_relay_state(text: &str) -> Vec<Range> {
    let Some((relay, _)) = relay(text) else {
        return relay_state::named_value(text).into_iter().collect();
    };
    let Some(federate) = relay_state::in_sso_login_url(text) else {
        return Vec::new();
    };
    odd_federate(&federate, &relay)
}

fn odd_federate(federate: &Decoded, relay: &Relay) -> Vec<Range> {
    let mut parts = Vec::new();
    if relay.region().is_some_and(|region| !is_region(region)) {
        parts.extend(federate::region(federate).map(|(_, at)| at));
    }
    let destination = federate::parameter(federate, "destination");
    let path = relay.destination().unwrap_or_else(|| "/".to_owned());
    if let Some(at) = &destination
        && !path.starts_with('/')
        && !path.contains("://")
    {
        parts.push(at.whole());
    }
    // The rest is about the instance's domain.
    parts.extend(destination.map(|at| at.whole()));
    parts
}

/// The same of a relay state that stands alone.
pub(crate) fn odd_alone(federate: &Decoded, relay: &Relay, nth: usize) -> Option<Range> {
    odd_federate(federate, relay).into_iter().nth(nth)
}

/// The Region or the instance ID that is not the ARN's.
pub(crate) fn other_instance(federate: &Decoded, arn: Option<&InstanceArn>) -> Option<Range> {
    let arn = arn?;
    match federate::region(federate) {
        Some((region, at)) if !region.eq_ignore_ascii_case(arn.region()) => Some(at),
        _ => federate::instance_id(federate).map(|id| id.whole()),
    }
}

fn relay(text: &str) -> Option<(Relay, usize)> {
    let start = Range::whole(text).start;
    Some((Relay::find(text.trim(), &read)?, start))
}
