//! From when until when a response is valid, and whose clock is wrong.

use super::{Against, Named, TROUBLE};
use crate::finding::{Fault, code};
use crate::instant::{duration, read as instant};
use crate::saml::reading::Read;
use crate::saml::response::{Assertion, Part};

pub(super) fn check(read: &Read, assertion: &Assertion, against: &Against<'_>) -> Vec<Named> {
    let confirmed = assertion
        .confirmations
        .first()
        .and_then(|confirmation| confirmation.not_on_or_after.as_ref());
    let response = read.response();
    let issued = response
        .and_then(|response| response.issued.as_ref())
        .or(assertion.issued.as_ref());
    let all = [
        issued,
        assertion.issued.as_ref(),
        assertion.not_before.as_ref(),
        assertion.not_on_or_after.as_ref(),
        confirmed,
        assertion.session_until.as_ref(),
    ];
    let odd = |part: &&&Part| instant(&part.text).is_none();
    if let Some(part) = all.iter().flatten().find(odd) {
        let fault = Fault::error(code::TIME_FORM, Some(part.at))
            .found("a time that is no xs:dateTime")
            .expected("such as 2026-01-31T08:00:00Z")
            .remedy(
                "Copy the whole value of SAMLResponse.",
                "SAML V2.0 Core, section 1.3.3",
            );
        return vec![("Conditions", fault)];
    }
    let at = |part: Option<&Part>| Some((instant(&part?.text)?, part?.at));
    let issued = at(issued);
    let start = at(assertion.not_before.as_ref());
    let ends = [at(assertion.not_on_or_after.as_ref()), at(confirmed)];
    let end = ends.into_iter().flatten().min_by_key(|(end, _)| *end);
    let mut faults = Vec::new();
    let begins = start.or(issued);
    if let (Some((begin, _)), Some((end, at))) = (begins, end)
        && end <= begin
    {
        let fault = Fault::error(code::TIME_FORM, Some(at))
            .found("a response that is valid for no time at all")
            .expected("an end after the beginning")
            .remedy(SET_CLOCK, TROUBLE);
        return vec![("Conditions", fault)];
    }
    // What is pasted has mostly ended by then. Only a HAR tells when it was posted.
    let posted = against.posted.map(|(posted, _)| posted);
    let clock = posted
        .map(|now| (now, "was posted"))
        .or(against.clock.now.map(|now| (now, "is checked")));
    let skewed = |(begin, at): (i64, crate::finding::Range), what: &str| {
        let (now, when) = clock?;
        let ahead = begin - now;
        (ahead > 1000).then(|| {
            Fault::error(code::CLOCK_SKEW, Some(at))
                .found(format!(
                    "{what} {} after it {when}",
                    duration((ahead + 999) / 1000)
                ))
                .expected(
                    "a time in the past: the identity provider's clock is fast, or this one slow",
                )
                .remedy(SET_CLOCK, TROUBLE)
        })
    };
    let issue_skew = issued.and_then(|issued| skewed(issued, "issued"));
    if let Some(fault) = issue_skew {
        faults.push(("IssueInstant", fault));
    } else if let Some(fault) = start.and_then(|start| skewed(start, "valid only from")) {
        faults.push(("Conditions", fault));
    }
    if let (Some(posted), Some((end, at))) = (posted, end)
        && end <= posted
    {
        let fault = Fault::error(code::RESPONSE_EXPIRED, Some(at))
            .found(format!(
                "a response that had ended {} before it was posted",
                duration((posted - end) / 1000)
            ))
            .expected("a response that is still valid when it is posted")
            .remedy(SET_CLOCK, TROUBLE);
        faults.push(("Conditions", fault));
    } else if let (Some(posted), Some((issued, at))) = (posted, issued)
        && posted - issued > REDEEM
    {
        let fault = Fault::error(code::RESPONSE_EXPIRED, Some(at))
            .found(format!(
                "issued {} before it was posted",
                duration((posted - issued) / 1000)
            ))
            .expected("at most 5 minutes: after that, AWS does not take a response any more")
            .remedy(SET_CLOCK, TROUBLE);
        faults.push(("IssueInstant", fault));
    }
    faults
}

/// In milliseconds. AWS STS API Reference, "AssumeRoleWithSAML", ExpiredToken: "Token must be redeemed within 5 minutes
/// of issuance".
const REDEEM: i64 = 300_000;
const SET_CLOCK: &str = "Let the identity provider's host set its clock by NTP, and let it issue the response anew at each sign-in.";
