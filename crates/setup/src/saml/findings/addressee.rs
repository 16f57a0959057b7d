//! Whom an assertion is for: audience, recipient and destination.

use softphone_core::finding::Severity;

use super::{ASSERTIONS, Against, Named, TROUBLE};
use crate::acs_url;
use crate::check::ACS;
use crate::finding::{Fault, code};
use crate::region::{distance, partition};
use crate::saml::reading::Read;
use crate::saml::response::{Assertion, Part};

pub(super) fn check(read: &Read, assertion: &Assertion, against: &Against<'_>) -> Vec<Named> {
    let mut faults = Vec::new();
    faults.extend(audience(assertion, against));
    faults.extend(recipient(assertion, against));
    let recipient = assertion
        .confirmations
        .first()
        .and_then(|confirmation| confirmation.recipient.as_ref());
    let destination = read.response().and_then(|it| it.destination.as_ref());
    if let (Some(recipient), Some(destination)) = (recipient, destination)
        && recipient.text.trim() != destination.text.trim()
    {
        let (_, at) = destination.trimmed();
        let fault = Fault::warning(code::DESTINATION_DIFFERS, Some(at))
            .found("another destination than the assertion's recipient")
            .expected(recipient.text.trim())
            .remedy(OVERRIDE, ASSERTIONS);
        faults.push(("Destination", fault));
    }
    faults
}

fn audience(assertion: &Assertion, against: &Against<'_>) -> Option<Named> {
    let expected = match &against.facts.region {
        Some((region, _)) if partition(region) == "aws-cn" => "urn:amazon:webservices:cn-north-1",
        Some((region, _)) if partition(region) == "aws-us-gov" => "urn:amazon:webservices:govcloud",
        Some(_) | None => AUDIENCE,
    };
    let is_aws = |part: &Part| {
        let text = part.text.trim();
        text == AUDIENCE
            || text == expected
            || matches!(
                text,
                "urn:amazon:webservices:cn-north-1" | "urn:amazon:webservices:govcloud"
            )
            || acs_url::check(text, against.facts)
                .iter()
                .all(|fault| fault.severity == Severity::Warning)
    };
    if assertion.audiences.iter().any(is_aws) {
        return None;
    }
    let fault = |at, found: String| {
        Fault::error(code::AUDIENCE, at)
            .found(found)
            .expected(expected)
            .remedy(
                "Set the audience (SP entity ID, identifier) of the identity provider's app: AWS answers \"Response does not contain the required audience\".",
                TROUBLE,
            )
    };
    let Some(first) = assertion.audiences.first() else {
        return Some(("Audience", fault(None, "no audience".to_owned())));
    };
    let (text, at) = first.trimmed();
    if super::user::is_service_cloud_voice(assertion) {
        // There it may be the contact centre's internal name.
        return None;
    }
    let found = if distance(text, AUDIENCE) <= 4 {
        "an audience that is nearly AWS's"
    } else {
        "another audience than AWS"
    };
    Some(("Audience", fault(Some(at), found.to_owned())))
}

fn recipient(assertion: &Assertion, against: &Against<'_>) -> Vec<Named> {
    let confirmation = |at, found: &str, expected: &str| {
        let fault = Fault::error(code::SUBJECT_CONFIRMATION, at)
            .found(found)
            .expected(expected)
            .remedy(OVERRIDE, ASSERTIONS);
        vec![("SubjectConfirmation", fault)]
    };
    let (first, more) = match assertion.confirmations.split_first() {
        Some(both) => both,
        None => return confirmation(None, "no SubjectConfirmation", BEARER),
    };
    if let Some(second) = more.first() {
        return confirmation(Some(second.at), "a second SubjectConfirmation", BEARER);
    }
    if let Some(method) = &first.method
        && method.text.trim() != "urn:oasis:names:tc:SAML:2.0:cm:bearer"
    {
        return confirmation(Some(method.at), "another method than bearer", BEARER);
    }
    if first.not_on_or_after.is_none() {
        return confirmation(
            Some(first.at),
            "a SubjectConfirmation without NotOnOrAfter",
            BEARER,
        );
    }
    let Some(recipient) = &first.recipient else {
        return confirmation(
            Some(first.at),
            "a SubjectConfirmation without a Recipient",
            BEARER,
        );
    };
    let (text, _) = recipient.trimmed();
    let mut faults: Vec<Named> = acs_url::check(&recipient.text, against.facts)
        .into_iter()
        .map(|fault| {
            let at = fault.at.map(|at| recipient.inside(at));
            ("Recipient", Fault { at, ..fault })
        })
        .collect();
    let (_, at) = recipient.trimmed();
    let other = |found: &str, expected: &str, remedy: &str| {
        let fault = Fault::error(code::OTHER_ACS, Some(at))
            .found(found)
            .expected(expected)
            .remedy(remedy, ASSERTIONS);
        ("Recipient", fault)
    };
    let acs = against.inputs.get(ACS).map(str::trim);
    let posted = against
        .posted
        .map(|(_, url)| url.split(['?', '#']).next().unwrap_or(url));
    if let Some(acs) = acs.filter(|acs| *acs != text && faults.is_empty()) {
        faults.push(other("another recipient than acsUrl", acs, OVERRIDE));
    } else if let Some(posted) = posted.filter(|posted| *posted != text && faults.is_empty()) {
        faults.push(other(
            "another recipient than the address to which the browser posted it",
            posted,
            OVERRIDE,
        ));
    }
    faults
}

const AUDIENCE: &str = "urn:amazon:webservices";
const BEARER: &str =
    "one SubjectConfirmation (bearer) whose data has NotOnOrAfter and the ACS URL as Recipient";
const OVERRIDE: &str = "Set ACS URL, recipient and destination of the identity provider's app to one endpoint of AWS sign-in.";
