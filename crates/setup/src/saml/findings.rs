//! What is wrong with a SAML response or an identity provider's metadata, by themselves and against the other inputs.

mod addressee;
mod message;
mod metadata;
mod roles;
#[cfg(test)]
mod tests;
mod times;
mod user;

pub(crate) use metadata::no_metadata;
pub(crate) use roles::pair;
pub(crate) use user::is_service_cloud_voice;

use softphone_core::config::code as core;

use crate::check::{Facts, Inputs, RELAY, SAML_RESPONSE, SETUP_GUIDE, SSO};
use crate::finding::{Fault, SetupFinding};
use crate::har::{self, Har};
use crate::instant::Clock;
use crate::relay_state;
use crate::saml::metadata::Metadata;
use crate::saml::reading::Reading;

/// What a response is compared with.
pub(super) struct Against<'a> {
    inputs: &'a Inputs,
    facts: &'a Facts,
    clock: Clock,
    metadata: Option<&'a Metadata>,
    /// When and where the browser posted it, if a HAR tells.
    posted: Option<(i64, &'a str)>,
}

/// What of a response a fault is about, and the fault.
type Named = (&'static str, Fault);

/// All findings of what was read.
pub(crate) fn check(reading: &Reading, inputs: &Inputs, facts: &Facts) -> Vec<SetupFinding> {
    let mut findings = reading.findings.clone();
    let mut add = |place: &crate::saml::reading::Place, faults: Vec<Named>| {
        findings.extend(
            faults
                .into_iter()
                .map(|(name, fault)| place.finding(fault, name)),
        );
    };
    if let Some((metadata, place)) = &reading.metadata {
        add(place, metadata::check(metadata, reading.clock));
    }
    if let Some(read) = &reading.response {
        let post = reading.har.as_ref().and_then(|har| har.response());
        let against = Against {
            inputs,
            facts,
            clock: reading.clock,
            metadata: reading.metadata.as_ref().map(|(metadata, _)| metadata),
            posted: post.and_then(|post| Some((post.at?, post.url.as_str()))),
        };
        add(&read.place, message::check(read, &against));
        if let Some(assertion) = read.assertion() {
            add(&read.place, addressee::check(read, assertion, &against));
            add(&read.place, roles::check(assertion, &against));
            add(&read.place, user::check(assertion, &against));
            add(&read.place, times::check(read, assertion, &against));
        }
    }
    findings.extend(metadata::certificates(reading));
    if let Some(har) = &reading.har {
        findings.extend(sign_in(har, inputs));
    }
    findings.extend(posted_relay_state(reading, inputs, facts));
    findings
}

/// What a HAR says of the sign-in.
fn sign_in(har: &Har, inputs: &Inputs) -> Vec<SetupFinding> {
    let sso = inputs.get(SSO).map(|url| har::parts(url.trim()).0);
    let faults = har::steps(har, sso)
        .into_iter()
        .filter_map(|step| step.fault);
    faults.map(|fault| fault.of(SAML_RESPONSE)).collect()
}

/// What is wrong with the relay state that was posted beside the response.
fn posted_relay_state(reading: &Reading, inputs: &Inputs, facts: &Facts) -> Vec<SetupFinding> {
    let (posted, at) = match reading.har.as_ref().map(Har::response) {
        Some(post) => (
            post.and_then(|post| post.relay_state.as_deref()),
            post.and_then(|post| post.response_at),
        ),
        None => (
            reading
                .response
                .as_ref()
                .and_then(|read| read.relay_state.as_deref()),
            None,
        ),
    };
    let Some(text) = posted.filter(|text| !text.trim().is_empty()) else {
        return Vec::new();
    };
    let field = format!("{SAML_RESPONSE}.{RELAY}");
    let of_relay = relay_state::check(text, inputs, facts);
    let mut findings: Vec<_> = of_relay
        .into_iter()
        .map(|finding| SetupFinding {
            field: field.clone(),
            at,
            ..finding
        })
        .collect();
    if let Some(own) = inputs.get(RELAY)
        && own.trim() != text.trim()
    {
        findings.push(
            Fault::warning(core::CONFLICT, at)
                .found("another relay state than in relayState")
                .expected("the same, byte for byte")
                .remedy(
                    "Look which of the two the identity provider's app has; some read one from the SSO Login URL, too.",
                    SETUP_GUIDE,
                )
                .of(&field),
        );
    }
    findings
}

/// The page of AWS that says what an assertion must have.
const ASSERTIONS: &str =
    "AWS IAM User Guide, \"Configure SAML assertions for the authentication response\"";
/// The page of AWS that explains what AWS sign-in says.
const TROUBLE: &str = "AWS IAM User Guide, \"Troubleshoot SAML federation with IAM\"";
