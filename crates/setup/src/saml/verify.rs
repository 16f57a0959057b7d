//! Whether the signatures of a message hold, and for which element.

use roxmltree::{Document, NodeId};

use crate::finding::Fault;
use crate::saml::certificate::Certificate;

/// A `ds:Signature`, checked.
#[derive(Clone, Debug)]
pub(crate) struct Signature {
    /// The element that carries it, and that it covers if it holds: a `Response`, an `Assertion`, an `EntityDescriptor`.
    pub(crate) element: NodeId,
    /// In words: `RSA with SHA-256`.
    pub(crate) algorithm: String,
    /// In words: `SHA-256`.
    pub(crate) digest: String,
    /// The one in its `KeyInfo`. Anybody can put any certificate there.
    pub(crate) certificate: Option<Certificate>,
    pub(crate) outcome: Outcome,
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
    /// Nobody looked, because of this.
    Unsupported(String),
}

/// All signatures of a message, in the order of the document. Only what is inside an [`Signature::element`] whose outcome
/// is [`Outcome::Trusted`] may be read as signed.
pub(crate) fn verify(_document: &Document<'_>, _trusted: &[Certificate]) -> Vec<Signature> {
    Vec::new()
}

/// What is wrong with the signatures of a message; ranges are those of the document.
pub(crate) fn faults(
    _document: &Document<'_>,
    _signatures: &[Signature],
    _trusted: &[Certificate],
) -> Vec<Fault> {
    Vec::new()
}
