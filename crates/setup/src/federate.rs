//! The federate URL, at which the AWS console hands a sign-in to the instance: its parts, and what looks wrong with them.

use softphone_core::address::reading::is_region;
use softphone_core::address::web_url::{UrlFault, WebUrl};

use crate::arn::{is_uuid, odd_id, odd_region};
use crate::check::{ARN, Facts, SETUP_GUIDE};
use crate::decoded::Decoded;
use crate::finding::{Fault, Range, code};
use crate::region::{distance, partition};
use crate::url::read;

/// What looks wrong with a federate URL that softphone-core takes.
pub(crate) fn check_federate(federate: &Decoded, facts: &Facts) -> Vec<Fault> {
    let mut faults = Vec::new();
    let gov_cloud = host(federate).is_some_and(|(host, _)| host.ends_with(GOV_CLOUD));
    let ours = if gov_cloud { "aws-us-gov" } else { "aws" };
    match region(federate) {
        Some((name, at)) => {
            let known = is_region(&name);
            faults.extend(
                known
                    .then(|| odd_region(&name, Some(at), SETUP_GUIDE))
                    .flatten(),
            );
            let theirs = partition(&name);
            if faults.is_empty() && known && theirs != ours {
                faults.push(other_console(federate, theirs));
            }
        }
        // Each partition has one console; that of the commercial one is in us-east-1 where it names no Region.
        None => {
            if let Some((region, _)) = facts.region.as_ref().filter(|(_, from)| *from == ARN) {
                let theirs = partition(region);
                if theirs != ours {
                    faults.push(other_console(federate, theirs));
                } else if !gov_cloud && region != "us-east-1" {
                    let at = host(federate).map(|(_, at)| at);
                    faults.push(
                        Fault::warning(code::OTHER_REGION, at)
                            .found("the console of us-east-1, because its host names no AWS Region")
                            .expected(format!("{region}.console.aws.amazon.com"))
                            .remedy(USE_REGION, SETUP_GUIDE),
                    );
                }
            }
        }
    }
    if let Some(id) = instance_id(federate)
        && !is_uuid(id.text())
        && !id.text().is_empty()
    {
        let remedy = "Take the instance ID from the instance's ARN: it follows \"instance/\".";
        faults.push(odd_id(Some(id.whole())).remedy(remedy, SETUP_GUIDE));
    }
    faults.extend(odd_parameters(federate));
    if let Some(destination) = parameter(federate, "destination") {
        faults.extend(odd_destination(&destination));
    }
    faults
}

/// The AWS Region of the console, and where it stands.
pub(crate) fn region(federate: &Decoded) -> Option<(String, Range)> {
    let (host, _) = host(federate)?;
    let (region, _) = host.split_once(".console.")?;
    let start = federate.text().find("://")? + 3;
    let at = federate.range(start, start + region.len());
    Some((region.to_owned(), at))
}

/// The instance's ID.
pub(crate) fn instance_id(federate: &Decoded) -> Option<Decoded> {
    let start = federate.text().find(FEDERATE)? + FEDERATE.len();
    let rest = federate.text().get(start..)?;
    let end = start + rest.find(['?', '#']).unwrap_or(rest.len());
    federate.slice(start, end)
}

/// The value of a parameter, as it stands there.
pub(crate) fn parameter(federate: &Decoded, name: &str) -> Option<Decoded> {
    let query = federate.text().find('?')? + 1;
    let mut all = parameters(federate, query);
    all.find(|(key, _)| key.text() == name)
        .map(|(_, value)| value)
}

/// The parameters of a query that begins at byte `from` and ends before a fragment.
pub(crate) fn parameters(view: &Decoded, from: usize) -> impl Iterator<Item = (Decoded, Decoded)> {
    let query = view.text().get(from..).unwrap_or_default();
    let query = query.split('#').next().unwrap_or_default();
    let mut start = from;
    query.split('&').filter_map(move |part| {
        let (at, end) = (start, start + part.len());
        start = end + 1;
        let name = at + part.find('=').unwrap_or(part.len());
        let value = (name + 1).min(end);
        Some((view.slice(at, name)?, view.slice(value, end)?))
    })
}

fn host(federate: &Decoded) -> Option<(String, Range)> {
    let start = federate.text().find("://")? + 3;
    let rest = federate.text().get(start..)?;
    let end = start + rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    let host = federate.text().get(start..end)?.to_ascii_lowercase();
    Some((host, federate.range(start, end)))
}

fn other_console(federate: &Decoded, theirs: &str) -> Fault {
    let console = if theirs == "aws-us-gov" {
        "console.amazonaws-us-gov.com"
    } else {
        "a host such as us-east-1.console.aws.amazon.com"
    };
    Fault::warning(code::OTHER_PARTITION, host(federate).map(|(_, at)| at))
        .found("the console of another AWS partition than the instance's")
        .expected(console)
        .remedy(
            "Use the console of the partition: AWS GovCloud has one of its own.",
            SETUP_GUIDE,
        )
}

/// Parameters that Amazon does not document. Most are the rest of a destination that was not encoded.
fn odd_parameters(federate: &Decoded) -> Vec<Fault> {
    let Some(query) = federate.text().find('?') else {
        return Vec::new();
    };
    let mut faults = Vec::new();
    let mut destinations = 0;
    for (name, value) in parameters(federate, query + 1) {
        let at = Range::new(name.whole().start, value.whole().end);
        let odd = |found: &str, expected: &str| {
            Fault::warning(code::ODD_PARAMETER, Some(at))
                .found(found)
                .expected(expected)
        };
        match name.text() {
            "" if value.text().is_empty() => {}
            "new_domain" => {}
            "destination" => {
                destinations += 1;
                if destinations > 1 {
                    faults.push(
                        odd("a second destination", "one: which of two counts is not documented")
                            .remedy("Remove one of them.", SETUP_GUIDE),
                    );
                }
            }
            name if name.eq_ignore_ascii_case("destination") => faults.push(
                odd("a parameter that is nearly \"destination\"", "destination")
                    .remedy("Write it in lower case.", SETUP_GUIDE),
            ),
            name if distance(name, "destination") <= 2 => faults.push(
                odd("a parameter that is nearly \"destination\"", "destination")
                    .remedy("Correct its name.", SETUP_GUIDE),
            ),
            _ => faults.push(
                odd(
                    "a parameter that the federate URL does not have; it is cut off from the destination if it was meant to be part of it",
                    "destination and new_domain only, with \"&\" inside of the destination as %26",
                )
                .remedy("Percent-encode the value of destination as a whole.", SETUP_GUIDE),
            ),
        }
    }
    faults
}

/// A destination that is nearly one of Amazon's pages, or no URL that opens.
fn odd_destination(value: &Decoded) -> Option<Fault> {
    let decoded = value.decode()?;
    let text = decoded.text();
    let fault = |at: Range, found: &str, expected: &str| {
        Fault::warning(code::ODD_DESTINATION, Some(at))
            .found(found)
            .expected(expected)
            .remedy("Correct the destination.", DESTINATION)
    };
    if text.starts_with("//") {
        return Some(fault(
            decoded.range(0, 2),
            "a destination that begins with two slashes",
            "one slash, or https://",
        ));
    }
    if let Some(end) = text.find("://") {
        return WebUrl::parse(text, None, &read).err().map(|refusal| {
            let at = match refusal {
                UrlFault::PlainHttp(_) | UrlFault::Scheme(_) => decoded.range(0, end),
                UrlFault::Empty
                | UrlFault::TooLong(_)
                | UrlFault::Invisible
                | UrlFault::Placeholder(_)
                | UrlFault::Pasted
                | UrlFault::Unparsable
                | UrlFault::OddHost(_)
                | UrlFault::Credentials => value.whole(),
            };
            fault(
                at,
                &refusal.to_string(),
                "a page on an approved origin of the instance, with https://",
            )
        });
    }
    let path = text.strip_prefix('/')?;
    let (prefix, page) = match path.strip_prefix("connect/") {
        Some(page) => ("/connect/", page),
        None => ("/", path),
    };
    let page = page.split(['/', '?', '#']).next().unwrap_or_default();
    if PAGES.contains(&page) {
        return None;
    }
    let near = |known: &&&str| {
        let limit = if known.len() < 5 { 1 } else { 2 };
        distance(&page.to_ascii_lowercase(), known) <= limit
    };
    let known = PAGES.iter().find(near)?;
    let at = decoded.range(prefix.len(), prefix.len() + page.len());
    Some(fault(at, "a page that Amazon Connect does not have", known))
}

/// How its path begins.
pub(crate) const FEDERATE: &str = "/connect/federate/";
pub(crate) const GOV_CLOUD: &str = "console.amazonaws-us-gov.com";
const PAGES: [&str; 5] = ["ccp-v2", "agent-app-v2", "home", "login", "ccp"];
const USE_REGION: &str = "Write the instance's Region in front of the console's host.";
const DESTINATION: &str =
    "Amazon Connect Administrator Guide, \"Use a destination in your relay state URL\"";
