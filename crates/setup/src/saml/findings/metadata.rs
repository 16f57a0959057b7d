//! The identity provider's metadata and certificates.

use roxmltree::Document;

use super::Named;
use crate::check::METADATA;
use crate::finding::{Fault, Range, SetupFinding, code};
use crate::instant::{Clock, read as instant};
use crate::saml::metadata::Metadata;
use crate::saml::reading::Reading;
use crate::saml::response::tag;

/// A document that is no metadata.
pub(crate) fn no_metadata(document: &Document<'_>) -> Fault {
    let root = document.root_element();
    let name = root.tag_name().name();
    let found = match name {
        "Response" | "Assertion" => "a SAML response, which belongs in samlResponse".to_owned(),
        "html" | "HTML" => "a page of HTML: the address needs a sign-in, perhaps".to_owned(),
        name => format!("an element {name}"),
    };
    Fault::error(code::METADATA_EXPECTED, Some(tag(root)))
        .found(found)
        .expected("an EntityDescriptor")
        .remedy(DOWNLOAD, GUIDE)
}

pub(super) fn check(metadata: &Metadata, clock: Clock) -> Vec<Named> {
    let entity_at = metadata.entity_id.as_ref().map(|entity| entity.at);
    if !metadata.is_provider {
        let is_aws = metadata
            .entity_id
            .as_ref()
            .is_some_and(|entity| entity.text.trim().starts_with("urn:amazon:webservices"));
        let found = match (is_aws, metadata.is_service) {
            (true, _) => "the metadata of AWS",
            (false, true) => "the metadata of a service",
            (false, false) => "metadata without an identity provider",
        };
        let fault = Fault::error(code::METADATA_EXPECTED, entity_at)
            .found(found)
            .expected("the metadata of the identity provider, with an IDPSSODescriptor")
            .remedy(
                "Give AWS's metadata to the identity provider, and the identity provider's to IAM.",
                GUIDE,
            );
        return vec![("", fault)];
    }
    let mut faults = Vec::new();
    if metadata.entities > 1 {
        let fault = Fault::error(code::METADATA_SEVERAL, entity_at)
            .found(format!("{} entities in one document", metadata.entities))
            .expected("one EntityDescriptor")
            .remedy(
                "Take out the one EntityDescriptor of the identity provider: IAM reads only one.",
                GUIDE,
            );
        faults.push(("", fault));
    }
    if entity_at.is_none() {
        let fault = Fault::error(code::METADATA_EXPECTED, None)
            .found("an EntityDescriptor without an entityID")
            .expected("the issuer of the assertions")
            .remedy(DOWNLOAD, GUIDE);
        faults.push(("entityID", fault));
    }
    if let Some(until) = &metadata.valid_until {
        match (instant(&until.text), clock.now) {
            (None, _) => faults.push((
                "validUntil",
                Fault::error(code::TIME_FORM, Some(until.at))
                    .found("a time that is no xs:dateTime")
                    .expected("such as 2026-01-31T08:00:00Z")
                    .remedy(DOWNLOAD, GUIDE),
            )),
            (Some(end), Some(now)) if end <= now => faults.push((
                "validUntil",
                Fault::error(code::METADATA_EXPIRED, Some(until.at))
                    .found(format!("metadata that was valid until {}", clock.told(end)))
                    .expected("metadata that is still valid")
                    .remedy(
                        "Download the metadata again, and upload it to the identity provider in IAM.",
                        GUIDE,
                    ),
            )),
            (Some(_), _) => {}
        }
    }
    if metadata.signing().next().is_none() {
        let at = metadata
            .keys
            .first()
            .map(|key| Range::new(key.at.start, key.at.start + 1));
        let fault = Fault::error(code::METADATA_NO_KEY, at)
            .found("no certificate of a key that signs")
            .expected("a KeyDescriptor for signing with an X509Certificate")
            .remedy(DOWNLOAD, GUIDE);
        faults.push(("KeyDescriptor", fault));
    }
    let sign_in = metadata.sign_in.first();
    match sign_in {
        None => faults.push((
            "SingleSignOnService",
            Fault::error(code::METADATA_NO_SIGN_IN, None)
                .found("no SingleSignOnService")
                .expected("at least one, with the binding HTTP-POST or HTTP-Redirect")
                .remedy(DOWNLOAD, GUIDE),
        )),
        Some(endpoint) => {
            if endpoint.location.text.trim().starts_with("http:") {
                let fault = Fault::warning(code::METADATA_NO_SIGN_IN, Some(endpoint.location.at))
                    .found("a sign-in address without TLS")
                    .expected("https:")
                    .remedy("Give the identity provider its public address, and download the metadata again.", GUIDE);
                faults.push(("SingleSignOnService", fault));
            }
        }
    }
    faults
}

/// Certificates that are not valid now.
pub(super) fn certificates(reading: &Reading) -> Vec<SetupFinding> {
    let Some(now) = reading.clock.now else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for trusted in &reading.trusted {
        let certificate = &trusted.certificate;
        let (from, until) = certificate.validity();
        let (found, expected) = if until < now {
            (
                format!(
                    "a certificate that was valid until {}",
                    reading.clock.told(until)
                ),
                "a certificate that is still valid",
            )
        } else if from > now {
            (
                format!(
                    "a certificate that is valid only from {}",
                    reading.clock.told(from)
                ),
                "a certificate that is already valid",
            )
        } else {
            continue;
        };
        let field = if trusted.field == METADATA {
            "idpMetadata.KeyDescriptor"
        } else {
            trusted.field
        };
        findings.push(
            Fault::warning(code::CERTIFICATE_EXPIRED, trusted.at)
                .found(found)
                .expected(expected)
                .remedy(
                    "Have the identity provider make a new one, upload its new metadata to the identity provider in IAM, and only then let it sign with that.",
                    "AWS IAM User Guide, \"Create a SAML identity provider in IAM\"; RFC 5280, section 4.1.2.5",
                )
                .of(field),
        );
    }
    findings
}

const DOWNLOAD: &str =
    "Download the metadata of the application for AWS once more from the identity provider.";
const GUIDE: &str = "AWS IAM User Guide, \"Create a SAML identity provider in IAM\"";
