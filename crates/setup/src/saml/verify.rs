//! Whether the signatures of a message hold, and for which element.
//!
//! A signature names what it covers by an ID, which may be anywhere in the message. That is what signature wrapping uses:
//! the signed element is moved aside, and another one put where programs read. So a signature counts here only for the
//! element that it is a child of, and only if that is the one it names: SAML V2.0 Core, section 5.4.2.

use std::collections::HashSet;

use roxmltree::{Document, Node, NodeId};

use crate::finding::{Fault, Range, code};
use crate::saml::certificate::Certificate;
use crate::saml::signature::{Hash, Parsed, Refusal, key_info};
use crate::saml::xml::{self, DS, SAML, SAMLP, only};

/// A `ds:Signature`, checked.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// The element that carries it, and that it covers if it holds: a `Response`, an `Assertion`, an `EntityDescriptor`.
    pub(crate) element: NodeId,
    /// In words: `RSA with SHA-256`; empty where it is not known.
    pub(crate) algorithm: String,
    /// In words: `SHA-256`; empty where it is not known.
    pub(crate) digest: String,
    /// The one in its `KeyInfo`. Anybody can put any certificate there.
    pub(crate) certificate: Option<Certificate>,
    pub(crate) outcome: Outcome,
    /// Where it stands.
    pub(crate) at: Range,
    is_sha1: bool,
    is_wrapped: bool,
}

/// Whether a signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It does, with the trusted certificate at this index.
    Trusted(usize),
    /// It does, but only with the certificate or key in its own `KeyInfo`, which is not one of those trusted.
    Untrusted,
    /// Its digest holds, but there is no certificate to verify the rest with.
    NoCertificate,
    /// It does not, and why.
    Broken(String),
    /// It was not verified, because of this.
    Unsupported(String),
}

/// All signatures of a message, in the order of the document. Only what is inside a [`Signature::element`] whose outcome
/// is [`Outcome::Trusted`] may be read as signed.
pub(crate) fn verify(document: &Document<'_>, trusted: &[Certificate]) -> Vec<Signature> {
    let mut carriers = HashSet::new();
    document
        .descendants()
        .filter(|node| node.has_tag_name((DS, "Signature")))
        .map(|node| {
            let carrier = node.parent_element().unwrap_or(node);
            let is_first = carriers.insert(carrier.id());
            check(node, carrier, is_first, trusted)
        })
        .collect()
}

fn check(
    node: Node<'_, '_>,
    carrier: Node<'_, '_>,
    is_first: bool,
    trusted: &[Certificate],
) -> Signature {
    let (certificates, key) = key_info(node);
    let at = node.range();
    let mut signature = Signature {
        element: carrier.id(),
        algorithm: String::new(),
        digest: String::new(),
        certificate: certificates.first().cloned(),
        outcome: Outcome::NoCertificate,
        at: Range::new(at.start, at.end),
        is_sha1: false,
        is_wrapped: false,
    };
    if !is_first {
        let why = "It is the second one of the same element.";
        signature.outcome = Outcome::Broken(why.to_owned());
        return signature;
    }
    let parsed = match Parsed::of(node) {
        Ok(parsed) => parsed,
        Err(refusal) => {
            // Even so it may be seen what it names.
            signature.is_wrapped =
                reference_uri(node).is_some_and(|uri| names_another(uri, carrier));
            signature.outcome = match refusal {
                Refusal::Broken(why) => Outcome::Broken(why),
                Refusal::Unsupported(what) => Outcome::Unsupported(what),
            };
            return signature;
        }
    };
    let reference = &parsed.reference;
    signature.algorithm = format!("{} with {}", parsed.scheme.name(), parsed.hash.name());
    signature.digest = reference.hash.name().to_owned();
    signature.is_sha1 = [parsed.hash, reference.hash].contains(&Hash::Sha1);
    signature.is_wrapped = names_another(reference.uri, carrier);
    signature.outcome = if signature.is_wrapped {
        Outcome::Broken(format!(
            "It covers {}, and not the {} that carries it.",
            xml::quoted(reference.uri),
            carrier.tag_name().name()
        ))
    } else if !reference.enveloped {
        // Then the signature would cover itself.
        Outcome::Broken("It lacks the transform enveloped-signature.".to_owned())
    } else if !reference.covers(carrier, node) {
        Outcome::Broken(format!(
            "The {} was changed after it was signed: its digest is another one.",
            carrier.tag_name().name()
        ))
    } else {
        let digest = parsed.signed_digest();
        let by = |certificate: &Certificate| parsed.verifies_with(&certificate.key, &digest);
        if let Some(index) = trusted.iter().position(by) {
            Outcome::Trusted(index)
        } else if certificates.iter().any(by)
            || key
                .as_ref()
                .is_some_and(|key| parsed.verifies_with(key, &digest))
        {
            Outcome::Untrusted
        } else if !certificates.is_empty() || key.is_some() {
            let why = "The value of the signature is not one that the key in its KeyInfo made.";
            Outcome::Broken(why.to_owned())
        } else if trusted.is_empty() {
            Outcome::NoCertificate
        } else {
            let why =
                "The value of the signature is not one that a key of the given certificates made.";
            Outcome::Broken(why.to_owned())
        }
    };
    signature
}

fn reference_uri<'a>(signature: Node<'a, '_>) -> Option<&'a str> {
    only(only(signature, DS, "SignedInfo")?, DS, "Reference")?.attribute("URI")
}

/// Whether this `URI` of a `Reference` is not the ID of the element that carries the signature.
fn names_another(uri: &str, carrier: Node<'_, '_>) -> bool {
    let id = carrier.attribute("ID").filter(|id| !id.is_empty());
    id.is_none() || uri.strip_prefix('#') != id
}

/// What is wrong with the signatures of a message; ranges are those of the document. The trusted certificates are those
/// that [`verify`] was given.
pub(crate) fn faults(
    document: &Document<'_>,
    signatures: &[Signature],
    trusted: &[Certificate],
) -> Vec<Fault> {
    let mut faults: Vec<_> = signatures
        .iter()
        .flat_map(|signature| of_signature(signature, !trusted.is_empty()))
        .collect();
    let covering: HashSet<_> = signatures
        .iter()
        .filter(|signature| !signature.is_wrapped)
        .map(|signature| signature.element)
        .collect();
    for element in document.descendants() {
        if element.has_tag_name((SAML, "Assertion")) || element.has_tag_name((SAMLP, "Response")) {
            faults.extend(misplaced(element));
        }
        let is_covered = |element: Node<'_, '_>| {
            let mut ancestors = element.ancestors();
            ancestors.any(|ancestor| covering.contains(&ancestor.id()))
        };
        if element.has_tag_name((SAML, "Assertion")) && !is_covered(element) {
            faults.push(unsigned(element));
        }
        faults.extend(comment(element));
    }
    faults
}

fn of_signature(signature: &Signature, has_trusted: bool) -> Vec<Fault> {
    let at = Some(signature.at);
    let mut faults = Vec::new();
    match &signature.outcome {
        Outcome::Trusted(_) => {}
        Outcome::Untrusted if has_trusted => {
            let by = signature.certificate.as_ref();
            let by = by.map_or_else(
                || "by a key that is in the message itself".to_owned(),
                |certificate| {
                    let (subject, sha256) = (&certificate.subject, &certificate.sha256);
                    format!("by the certificate {subject}, SHA-256 {sha256}")
                },
            );
            faults.push(
                Fault::error(code::SIGNATURE_UNTRUSTED, at)
                    .found(format!("a signature that holds, {by}"))
                    .expected("a signature by a certificate of the identity provider's metadata")
                    .remedy(
                        "Upload the identity provider's current metadata to the IAM identity provider. If it has not \
                         replaced its certificate, somebody else has signed this message.",
                        "AWS IAM, Troubleshoot SAML federation, “Response signature invalid”",
                    ),
            );
        }
        Outcome::Untrusted | Outcome::NoCertificate => {
            let found = if signature.outcome == Outcome::Untrusted {
                "a signature that holds with the key in the message itself, which anybody can put there"
            } else {
                "a signature without a certificate"
            };
            faults.push(
                Fault::warning(code::SIGNATURE_UNCHECKED, at)
                    .found(found)
                    .expected("the identity provider's metadata or certificate, to compare with")
                    .remedy(
                        "Paste the identity provider's metadata or its signing certificate, too.",
                        "SAML V2.0 Core, section 5.4.5",
                    ),
            );
        }
        Outcome::Broken(why) if signature.is_wrapped => faults.push(
            Fault::error(code::SIGNATURE_WRAPPED, at)
                .found(why)
                .expected("a signature over the element that carries it")
                .remedy(
                    "Take this message for an attack (signature wrapping), unless you have put it together yourself. Copy \
                     the one that the identity provider sends.",
                    "SAML V2.0 Core, section 5.4.2; Somorovsky and others, On Breaking SAML, 2012",
                ),
        ),
        Outcome::Broken(why) => faults.push(
            Fault::error(code::SIGNATURE_BROKEN, at)
                .found(why)
                .expected("a signature that holds")
                .remedy(
                    "Copy the message again as the browser sent it: a program that shows XML in a readable form breaks \
                     the signature. If it is as sent, something between the identity provider and the browser changes it, \
                     or the metadata is another identity provider's.",
                    "XML Signature 1.1, section 3.2; AWS IAM, Troubleshoot SAML federation",
                ),
        ),
        Outcome::Unsupported(what) => faults.push(
            Fault::warning(code::SIGNATURE_UNSUPPORTED, at)
                .found(format!("a signature that was not verified, because of {what}"))
                .expected(
                    "RSA or ECDSA (P-256, P-384) with SHA-1 or SHA-2, and exclusive or inclusive canonicalisation 1.0",
                )
                .remedy(
                    "Choose RSA with SHA-256 at the identity provider, as its default mostly is.",
                    "SAML V2.0 Core, section 5.4; RFC 9231",
                ),
        ),
    }
    if signature.is_sha1 {
        faults.push(
            Fault::warning(code::SIGNATURE_SHA1, at)
                .found("SHA-1")
                .expected("SHA-256")
                .remedy(
                    "Choose RSA with SHA-256 as the signature algorithm at the identity provider. SHA-1 collisions can be \
                     made.",
                    "NIST SP 800-131A Rev. 2, section 9",
                ),
        );
    }
    faults
}

/// An assertion that no signature covers.
fn unsigned(assertion: Node<'_, '_>) -> Fault {
    Fault::error(code::SIGNATURE_MISSING, Some(xml::start_tag(assertion)))
        .found("an assertion that is not signed")
        .expected("a signature of the assertion, or of the response around it")
        .remedy(
            "Let the identity provider sign assertions. If it does, the signature was taken away, or this assertion was \
             added.",
            "SAML V2.0 Profiles, section 4.1.3.5",
        )
}

/// An assertion or response at a place where programs that look for it anywhere find it, and others do not.
fn misplaced(element: Node<'_, '_>) -> Option<Fault> {
    let root = element.document().root_element();
    let parent = element.parent_element()?;
    let is_assertion = element.has_tag_name((SAML, "Assertion"));
    let is_in_place = is_assertion
        && (parent.has_tag_name((SAML, "Advice"))
            || (parent == root && parent.has_tag_name((SAMLP, "Response"))));
    (!is_in_place).then(|| {
        let (name, parent) = (element.tag_name().name(), parent.tag_name().name());
        Fault::error(code::SIGNATURE_WRAPPED, Some(xml::start_tag(element)))
            .found(format!("an element {name} inside {}", xml::quoted(parent)))
            .expected("one response, and the assertion directly in it")
            .remedy(
                "Take this message for an attack (signature wrapping), unless you have put it together yourself. Copy the \
                 one that the identity provider sends.",
                "Somorovsky and others, On Breaking SAML, 2012",
            )
    })
}

/// A comment inside a value: canonicalisation drops it, so no signature breaks, and yet some programs read only what is
/// before it.
fn comment(node: Node<'_, '_>) -> Option<Fault> {
    let parent = node.parent_element().filter(|_| node.is_comment())?;
    let is_value = !xml::value(parent).trim().is_empty();
    is_value.then(|| {
        let at = node.range();
        Fault::warning(code::XML_COMMENT, Some(Range::new(at.start, at.end)))
            .found(format!("a comment inside the value of {}", parent.tag_name().name()))
            .expected("a value without comments: some programs read only what is before one")
            .remedy(
                "Take this message for an attack, unless you have written the comment yourself: no identity provider \
                 writes comments.",
                "CERT/CC VU#475445, 2018",
            )
    })
}

#[cfg(test)]
mod tests;
