//! What a response, metadata and a HAR say, in words.

use serde::Serialize;

use crate::check::{CERTIFICATE, Inputs, METADATA, SAML_RESPONSE, SSO};
use crate::finding::Range;
use crate::har::{self, Har};
use crate::instant::{Clock, duration, read as instant};
use crate::saml::certificate::Certificate;
use crate::saml::findings::{is_service_cloud_voice, pair};
use crate::saml::metadata::Metadata;
use crate::saml::reading::{Place, Read, Reading, Trusted};
use crate::saml::response::{AWS, Assertion, Part, Response};
use crate::saml::verify::{Outcome, Signature};

/// What the inputs of SAML tell, for a person to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Story {
    /// One for each thing that was given: the HAR, the response, the metadata, the certificates.
    pub chapters: Vec<Chapter>,
}

/// What one input tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Chapter {
    /// `har`, `response`, `metadata` or `certificate`.
    pub id: &'static str,
    /// The input that it is about.
    pub field: &'static str,
    /// Its heading.
    pub title: String,
    /// What it says, in the order in which one reads it.
    pub lines: Vec<Line>,
}

/// One thing that it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// What it is, such as `Role`.
    pub label: String,
    /// What it says.
    pub text: String,
    /// What to make of it.
    pub kind: Kind,
    /// Which part of the input says so, if it stands there as it is.
    pub at: Option<Range>,
}

/// What to make of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// It is so.
    Plain,
    /// It was checked, and is right.
    Good,
    /// It is wrong; a finding says more.
    Wrong,
    /// It could not be checked.
    Unchecked,
}

/// The story of what was read; `None` where nothing was.
pub(crate) fn tell(reading: &Reading, inputs: &Inputs) -> Option<Story> {
    let mut chapters = Vec::new();
    if let Some(har) = &reading.har {
        chapters.push(of_har(har, inputs));
    }
    if let Some(read) = &reading.response
        && let Some(response) = read.response()
    {
        chapters.push(of_response(read, response, reading));
    }
    if let Some((metadata, place)) = &reading.metadata {
        chapters.push(of_metadata(metadata, *place, reading));
    }
    let own: Vec<_> = reading
        .trusted
        .iter()
        .filter(|trusted| trusted.field == CERTIFICATE)
        .collect();
    if !own.is_empty() {
        let lines = own
            .into_iter()
            .map(|trusted| certificate_line(trusted, reading.clock));
        chapters.push(Chapter {
            id: "certificate",
            field: CERTIFICATE,
            title: "The certificate".to_owned(),
            lines: lines.collect(),
        });
    }
    (!chapters.is_empty()).then_some(Story { chapters })
}

fn of_har(har: &Har, inputs: &Inputs) -> Chapter {
    let sso = inputs.get(SSO).map(|url| har::parts(url.trim()).0);
    let steps = har::steps(har, sso);
    let first = steps
        .iter()
        .position(|step| {
            step.fault
                .as_ref()
                .is_some_and(|fault| fault.severity == softphone_core::finding::Severity::Error)
        })
        .or_else(|| steps.iter().position(|step| step.fault.is_some()));
    let mut lines: Vec<Line> = steps
        .iter()
        .enumerate()
        .map(|(index, step)| {
            let kind = if step.fault.is_some() {
                Kind::Wrong
            } else {
                Kind::Plain
            };
            let mut text = format!("{}: {}", step.request, step.end);
            if let Some(fault) = &step.fault {
                text.push_str(&format!(" – {}", fault.found));
            }
            line(&format!("{}. {}", index + 1, step.party.name()), text, kind)
        })
        .collect();
    let result = match first {
        Some(index) => {
            let party = steps.get(index).map_or("", |step| step.party.name());
            line(
                "Result",
                format!("Step {} is the first that failed: {party}.", index + 1),
                Kind::Wrong,
            )
        }
        None if steps.is_empty() => line(
            "Result",
            "None of its requests is part of a sign-in to Amazon Connect.".to_owned(),
            Kind::Unchecked,
        ),
        None => line("Result", "No step failed.".to_owned(), Kind::Good),
    };
    lines.push(result);
    if !har.has_cookies && !steps.is_empty() {
        lines.push(line(
            "Cookies",
            "The file has none: the browser left them out. Whether it sent them cannot be told."
                .to_owned(),
            Kind::Unchecked,
        ));
    }
    let took = har::took(har).map_or_else(String::new, |took| format!(" in {took}"));
    Chapter {
        id: "har",
        field: SAML_RESPONSE,
        title: format!("The sign-in: {} requests{took}", har.visits.len()),
        lines,
    }
}

fn of_response(read: &Read, response: &Response, reading: &Reading) -> Chapter {
    let clock = reading.clock;
    let place = read.place;
    let at = |part: &Part| place.exact(part.at);
    let mut lines = Vec::new();
    if !read.encodings.is_empty() {
        lines.push(line("Form", read.encodings.join(", then "), Kind::Plain));
    }
    lines.extend(status(response, place));
    let assertion = read.assertion();
    let signed = assertion.is_some_and(|assertion| read.is_signed(assertion));
    if let Some(assertion) = assertion {
        lines.extend(who(assertion, place));
    } else if !response.encrypted.is_empty() {
        let text = "The assertion is encrypted: only AWS can read it, with the private key in IAM.";
        lines.push(line("User", text.to_owned(), Kind::Unchecked));
    }
    let issuer = assertion
        .and_then(|assertion| assertion.issuer.as_ref())
        .or(response.issuer.as_ref());
    if let Some(issuer) = issuer {
        lines.push(placed(
            line("Issued by", issuer.text.trim().to_owned(), Kind::Plain),
            at(issuer),
        ));
    }
    if let Some(assertion) = assertion {
        lines.extend(addressee(assertion, place));
        lines.extend(roles(assertion, place));
        lines.extend(session(assertion, place, clock));
        lines.extend(validity(response, assertion, place, clock));
        lines.extend(others(assertion));
    }
    for signature in &read.signatures {
        lines.push(signature_line(signature, response, reading));
    }
    if read.signatures.is_empty() {
        lines.push(line(
            "Signature",
            "Nothing is signed.".to_owned(),
            Kind::Wrong,
        ));
    } else if assertion.is_some() && !signed && !reading.trusted.is_empty() {
        let text =
            "No trusted signature covers the assertion: anybody could have written what it says.";
        lines.push(line("Trust", text.to_owned(), Kind::Wrong));
    }
    if let Some(to) = &response.in_response_to {
        let text = "It answers a request of AWS's; Amazon Connect's sign-in begins at the identity provider and has none.";
        lines.push(placed(
            line("Answer to", text.to_owned(), Kind::Plain),
            at(to),
        ));
    }
    Chapter {
        id: "response",
        field: SAML_RESPONSE,
        title: "The SAML response".to_owned(),
        lines,
    }
}

fn status(response: &Response, place: Place) -> Option<Line> {
    let code = response.status.first()?;
    let short = |part: &Part| part.text.rsplit(':').next().unwrap_or_default().to_owned();
    let all: Vec<_> = response.status.iter().map(short).collect();
    let is_good = all.first().is_some_and(|code| code == "Success");
    if is_good {
        return None;
    }
    let message = response
        .status_message
        .as_ref()
        .map_or_else(String::new, |message| format!(": {}", message.text.trim()));
    let text = format!("The identity provider refused: {}{message}", all.join(", "));
    Some(about(code, place, line("Status", text, Kind::Wrong)))
}

fn who(assertion: &Assertion, place: Place) -> Vec<Line> {
    let mut lines = Vec::new();
    for name in assertion.of_aws("RoleSessionName") {
        let text = format!(
            "{} (RoleSessionName), who must have exactly this user name in Amazon Connect",
            name.text.trim()
        );
        lines.push(about(name, place, line("User", text, Kind::Plain)));
    }
    if is_service_cloud_voice(assertion) {
        for name in assertion.named("connect_username") {
            let text = format!(
                "{} (connect_username, for Service Cloud Voice)",
                name.text.trim()
            );
            lines.push(about(name, place, line("User", text, Kind::Plain)));
        }
    }
    if lines.is_empty() {
        lines.push(line(
            "User",
            "No attribute says who.".to_owned(),
            Kind::Wrong,
        ));
    }
    if let Some(name) = &assertion.name_id {
        let format = assertion
            .name_format
            .as_ref()
            .and_then(|format| format.text.rsplit(':').next())
            .map_or_else(String::new, |format| format!(" ({format})"));
        let text = format!(
            "{}{format}; Amazon Connect does not read it",
            name.text.trim()
        );
        lines.push(about(name, place, line("NameID", text, Kind::Plain)));
    }
    lines
}

fn addressee(assertion: &Assertion, place: Place) -> Vec<Line> {
    let mut lines = Vec::new();
    for audience in &assertion.audiences {
        lines.push(about(
            audience,
            place,
            line("Audience", audience.text.trim().to_owned(), Kind::Plain),
        ));
    }
    for confirmation in &assertion.confirmations {
        if let Some(recipient) = &confirmation.recipient {
            lines.push(about(
                recipient,
                place,
                line("Recipient", recipient.text.trim().to_owned(), Kind::Plain),
            ));
        }
    }
    lines
}

fn roles(assertion: &Assertion, place: Place) -> Vec<Line> {
    let mut lines = Vec::new();
    let voice = assertion.named("connect_role").into_iter();
    let all: Vec<_> = assertion.of_aws("Role").into_iter().chain(voice).collect();
    for role in all.iter().take(MOST_ROLES) {
        let (text, kind) = match pair(&role.text) {
            Ok(pair) => (
                format!(
                    "{} in account {}, by way of the identity provider {} in IAM",
                    pair.role.name, pair.role.account, pair.provider.name
                ),
                Kind::Plain,
            ),
            Err(_) => (role.text.trim().to_owned(), Kind::Unchecked),
        };
        lines.push(about(role, place, line("Role", text, kind)));
    }
    if let Some(more @ 1..) = all.len().checked_sub(MOST_ROLES) {
        lines.push(line("Role", format!("and {more} more"), Kind::Plain));
    }
    lines
}

/// AWS lets an agent choose among several in a page; whoever reads of more than this has seen enough.
const MOST_ROLES: usize = 20;

fn session(assertion: &Assertion, place: Place, clock: Clock) -> Vec<Line> {
    let mut lines = Vec::new();
    for value in assertion.of_aws("SessionDuration") {
        let text = match value.text.trim().parse::<i64>() {
            Ok(seconds) => format!(
                "{seconds} seconds ({}) in AWS; Amazon Connect ends a session 12 hours after the sign-in",
                duration(seconds)
            ),
            Err(_) => value.text.trim().to_owned(),
        };
        lines.push(about(value, place, line("Session", text, Kind::Plain)));
    }
    if let Some(until) = &assertion.session_until
        && let Some(end) = instant(&until.text)
    {
        let text = format!("at most until {}", clock.told(end));
        lines.push(about(until, place, line("Session", text, Kind::Plain)));
    }
    lines
}

fn validity(response: &Response, assertion: &Assertion, place: Place, clock: Clock) -> Vec<Line> {
    let mut lines = Vec::new();
    let issued = response.issued.as_ref().or(assertion.issued.as_ref());
    if let Some(issued) = issued
        && let Some(at) = instant(&issued.text)
    {
        lines.push(about(
            issued,
            place,
            line("Issued", clock.told(at), Kind::Plain),
        ));
    }
    let confirmed = assertion
        .confirmations
        .iter()
        .filter_map(|it| it.not_on_or_after.as_ref());
    let end = confirmed
        .chain(&assertion.not_on_or_after)
        .filter_map(|part| Some((instant(&part.text)?, part)))
        .min_by_key(|(end, _)| *end);
    let start = assertion
        .not_before
        .as_ref()
        .and_then(|part| instant(&part.text));
    if let Some((end, part)) = end {
        let from = start.map_or_else(String::new, |start| format!("from {} ", clock.shown(start)));
        let mut text = format!("{from}until {}", clock.told(end));
        if clock.now.is_some_and(|now| now >= end) {
            text.push_str(". That is usual for one that was copied: responses live for minutes");
        }
        lines.push(about(part, place, line("Valid", text, Kind::Plain)));
    }
    lines
}

/// The names of the attributes that AWS and Amazon Connect do not read. Their values are nobody's business.
fn others(assertion: &Assertion) -> Option<Line> {
    let is_other = |name: &&str| !name.starts_with(AWS) && !name.starts_with("connect_");
    let names: Vec<&str> = assertion
        .attributes
        .iter()
        .map(|attribute| attribute.name.text.as_str())
        .filter(is_other)
        .collect();
    (!names.is_empty()).then(|| {
        let text = format!("{}; AWS does not read them", names.join(", "));
        line("Other attributes", text, Kind::Plain)
    })
}

fn signature_line(signature: &Signature, response: &Response, reading: &Reading) -> Line {
    let what = if Some(signature.element) == response.node {
        "The response"
    } else if response
        .assertions
        .iter()
        .any(|assertion| assertion.node == signature.element)
    {
        "The assertion"
    } else {
        "Another element"
    };
    let how = format!(
        "{what} is signed with {}, digest {}",
        signature.algorithm, signature.digest
    );
    let own = signature.certificate.as_ref().map_or_else(
        || "no certificate comes along".to_owned(),
        |certificate| format!("the certificate that comes along is {}", named(certificate)),
    );
    let (text, kind) = match &signature.outcome {
        Outcome::Trusted(index) => {
            let trusted = reading.trusted.get(*index);
            let is_metadata = trusted.is_some_and(|trusted| trusted.field == METADATA);
            let from = if is_metadata {
                "in the metadata"
            } else {
                "that was given"
            };
            let by = trusted.map_or_else(String::new, |trusted| named(&trusted.certificate));
            (
                format!("{how}, by the certificate {from}: {by}"),
                Kind::Good,
            )
        }
        Outcome::Untrusted => (
            format!("{how}. It verifies, but not with the certificate that was given; {own}"),
            Kind::Wrong,
        ),
        Outcome::NoCertificate => (
            format!("{how}. It cannot be verified: there is no certificate to verify it with"),
            Kind::Unchecked,
        ),
        Outcome::Broken(why) => (format!("{how}. It is broken: {why}"), Kind::Wrong),
        Outcome::Unsupported(what) => (
            format!("{how}. It cannot be verified here: {what}"),
            Kind::Unchecked,
        ),
    };
    let untrusted = matches!(signature.outcome, Outcome::Untrusted) && reading.trusted.is_empty();
    if untrusted {
        let text = format!(
            "{how}. It verifies; {own}. Whether that is the identity provider's cannot be told without its metadata"
        );
        return line("Signature", text, Kind::Unchecked);
    }
    line("Signature", text, kind)
}

fn of_metadata(metadata: &Metadata, place: Place, reading: &Reading) -> Chapter {
    let at = |part: &Part| place.exact(part.at);
    let mut lines = Vec::new();
    if let Some(entity) = &metadata.entity_id {
        lines.push(placed(
            line("Entity ID", entity.text.trim().to_owned(), Kind::Plain),
            at(entity),
        ));
    }
    let is = match (metadata.is_provider, metadata.is_service) {
        (true, _) => ("an identity provider", Kind::Plain),
        (false, true) => (
            "a service, such as AWS: it belongs to the identity provider",
            Kind::Wrong,
        ),
        (false, false) => ("neither an identity provider nor a service", Kind::Wrong),
    };
    lines.push(line("Describes", is.0.to_owned(), is.1));
    for (label, endpoints) in [
        ("Sign-in", &metadata.sign_in),
        ("ACS URL", &metadata.consumers),
    ] {
        for endpoint in endpoints {
            let text = format!("{} ({})", endpoint.location.text.trim(), endpoint.binding);
            lines.push(placed(
                line(label, text, Kind::Plain),
                at(&endpoint.location),
            ));
        }
    }
    if let Some(until) = &metadata.valid_until
        && let Some(end) = instant(&until.text)
    {
        let text = format!("until {}", reading.clock.told(end));
        lines.push(placed(line("Valid", text, Kind::Plain), at(until)));
    }
    let own = reading
        .trusted
        .iter()
        .filter(|trusted| trusted.field == METADATA);
    lines.extend(own.map(|trusted| certificate_line(trusted, reading.clock)));
    Chapter {
        id: "metadata",
        field: METADATA,
        title: "The metadata".to_owned(),
        lines,
    }
}

fn certificate_line(trusted: &Trusted, clock: Clock) -> Line {
    let certificate = &trusted.certificate;
    let (from, until) = certificate.validity();
    let is_valid = clock.now.is_none_or(|now| (from..=until).contains(&now));
    let kind = if is_valid { Kind::Plain } else { Kind::Wrong };
    placed(
        line("Certificate", described(certificate, clock), kind),
        trusted.at,
    )
}

fn described(certificate: &Certificate, clock: Clock) -> String {
    let (from, until) = certificate.validity();
    let by = if certificate.issuer == certificate.subject {
        "by itself".to_owned()
    } else {
        format!("by {}", certificate.issuer)
    };
    format!(
        "{}, issued {by}, {}, valid from {} until {}, fingerprint SHA-256 {}, SHA-1 {}",
        certificate.subject,
        certificate.key.describe(),
        clock.shown(from),
        clock.told(until),
        certificate.sha256,
        certificate.sha1
    )
}

/// So that it can be told from another one of the same name.
fn named(certificate: &Certificate) -> String {
    let start = certificate.sha256.get(..23).unwrap_or(&certificate.sha256);
    format!("{} (fingerprint SHA-256 {start}…)", certificate.subject)
}

fn line(label: &str, text: String, kind: Kind) -> Line {
    Line {
        label: label.to_owned(),
        text,
        kind,
        at: None,
    }
}

/// A line about this part of the message.
fn about(part: &Part, place: Place, line: Line) -> Line {
    placed(line, place.exact(part.at))
}

fn placed(line: Line, at: Option<Range>) -> Line {
    Line { at, ..line }
}
