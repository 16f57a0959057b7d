//! The message around the assertion.

use super::{ASSERTIONS, Against, Named, TROUBLE};
use crate::finding::{Fault, Range, code};
use crate::saml::reading::Read;
use crate::saml::response::{Message, Part, Response};

pub(super) fn check(read: &Read, against: &Against<'_>) -> Vec<Named> {
    let response = match &read.message {
        Message::Response(response) => response,
        Message::Other(root) => return vec![("", other(root))],
    };
    let mut faults = Vec::new();
    if response.node.is_none() {
        let fault = Fault::warning(code::RESPONSE_EXPECTED, None)
            .found("an assertion alone")
            .expected("the Response around it, as it is posted to AWS sign-in")
            .remedy("Copy the value of the form field SAMLResponse.", ASSERTIONS);
        faults.push(("", fault));
    }
    faults.extend(status(response));
    faults.extend(assertions(response));
    if read.length > LONGEST {
        let fault = Fault::error(code::RESPONSE_TOO_LONG, None)
            .found(format!("{} characters of base64", read.length))
            .expected(format!("at most {LONGEST}"))
            .remedy(
                "Send fewer attributes: long lists of groups, above all.",
                "AWS STS API Reference, \"AssumeRoleWithSAML\", SAMLAssertion",
            );
        faults.push(("", fault));
    }
    faults.extend(issuer(read, response, against));
    faults
}

fn other(root: &Part) -> Fault {
    let found = match root.text.as_str() {
        "AuthnRequest" => "a request to the identity provider".to_owned(),
        "EntityDescriptor" | "EntitiesDescriptor" => {
            "metadata, which belongs in idpMetadata".to_owned()
        }
        "RequestSecurityTokenResponse" | "RequestSecurityTokenResponseCollection" => {
            "an answer of WS-Federation, another protocol than SAML 2.0's".to_owned()
        }
        "EncryptedAssertion" => "an encrypted assertion alone, which only AWS can read".to_owned(),
        "Response" | "Assertion" => format!("a {} of another version than SAML 2.0", root.text),
        name => format!("an element {name}"),
    };
    Fault::error(code::RESPONSE_EXPECTED, Some(root.at))
        .found(found)
        .expected("a Response of SAML 2.0")
        .remedy(
            "Copy the value of the form field SAMLResponse that the browser posts to AWS sign-in.",
            ASSERTIONS,
        )
}

/// Whether the identity provider signed anybody in.
fn status(response: &Response) -> Option<Named> {
    let code = response.status.first()?;
    let short = |part: &Part| part.text.rsplit(':').next().unwrap_or_default().to_owned();
    if short(code) == "Success" {
        return None;
    }
    let all: Vec<_> = response.status.iter().map(short).collect();
    let fault = Fault::error(code::RESPONSE_STATUS, Some(code.at))
        .found(format!(
            "the identity provider refused the sign-in: {}",
            all.join(", ")
        ))
        .expected("Success")
        .remedy(
            "Look for this sign-in in the identity provider's log. Often the user is not assigned to the application.",
            "SAML V2.0 Core, section 3.2.2.2",
        );
    Some(("Status", fault))
}

fn assertions(response: &Response) -> Vec<Named> {
    let mut faults = Vec::new();
    let refused = response
        .status
        .first()
        .is_some_and(|code| !code.text.ends_with(":Success"));
    if let Some(at) = response.encrypted.first() {
        faults.push(("Assertion", encrypted("assertion", *at)));
    } else if response.assertions.is_empty() && !refused {
        let fault = Fault::error(code::ASSERTION_MISSING, None)
            .found("a response without an assertion")
            .expected("one assertion")
            .remedy("Copy the whole value of SAMLResponse.", ASSERTIONS);
        faults.push(("Assertion", fault));
    }
    if let Some(second) = response.assertions.get(1) {
        let start = second.at.start;
        let fault = Fault::error(code::ASSERTION_SEVERAL, Some(Range::new(start, start + 1)))
            .found(format!("{} assertions", response.assertions.len()))
            .expected("exactly one")
            .remedy(
                "Take this message for an attack, unless the identity provider really sends it; one assertion is all that AWS needs.",
                "SAML V2.0 Profiles, section 4.1.4.2; OWASP, SAML Security Cheat Sheet",
            );
        faults.push(("Assertion", fault));
    }
    let inner = response.assertions.iter().flat_map(|it| &it.encrypted);
    faults.extend(
        inner
            .take(1)
            .map(|at| ("Assertion", encrypted("part of the assertion", *at))),
    );
    faults
}

fn encrypted(what: &str, at: Range) -> Fault {
    let start = Range::new(at.start, at.start + 1);
    Fault::warning(code::ASSERTION_ENCRYPTED, Some(start))
        .found(format!("an encrypted {what}, which cannot be checked here"))
        .expected("an assertion that is signed, and sent over HTTPS as it is")
        .remedy(
            "Turn encryption off in the identity provider's app while you check. If it stays on, IAM's identity provider must have the private key, and the ACS URL its ID (/saml/acs/…).",
            "AWS IAM User Guide, \"Create a SAML identity provider in IAM\"; \"Manage SAML encryption keys\"",
        )
}

/// Who says so: IAM knows the identity provider by its entity ID.
fn issuer(read: &Read, response: &Response, against: &Against<'_>) -> Option<Named> {
    let assertion = read.assertion();
    let of_assertion = assertion.and_then(|assertion| assertion.issuer.as_ref());
    let issuer = of_assertion.or(response.issuer.as_ref());
    let Some(issuer) = issuer else {
        let fault = Fault::error(code::ISSUER_DIFFERS, None)
            .found("no issuer")
            .expected("the identity provider's entity ID")
            .remedy("Copy the whole value of SAMLResponse.", ASSERTIONS);
        return assertion.map(|_| ("Issuer", fault));
    };
    let (text, at) = issuer.trimmed();
    let other = |expected: &str, found: &'static str, remedy| {
        let fault = Fault::error(code::ISSUER_DIFFERS, Some(at))
            .found(found)
            .expected(expected)
            .remedy(remedy, TROUBLE);
        Some(("Issuer", fault))
    };
    if let Some(whole) = &response.issuer
        && whole.text.trim() != text
    {
        return other(
            whole.text.trim(),
            "another issuer of the assertion than of the response",
            "Take this message for an attack, unless the identity provider really sends it.",
        );
    }
    let entity = against.metadata.and_then(|it| it.entity_id.as_ref())?;
    if entity.text.trim() == text {
        return None;
    }
    other(
        entity.text.trim(),
        "another issuer than the metadata describes",
        "Download the metadata of exactly this application again, and upload it to the identity provider in IAM: AWS answers \"Issuer not present in specified provider\".",
    )
}

/// In characters of base64.
const LONGEST: usize = 100_000;
