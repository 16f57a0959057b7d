//! What a `ds:Signature` says of itself, and the digests and keys that it is checked with.
//!
//! Source: XML Signature Syntax and Processing 1.1, <https://www.w3.org/TR/xmldsig-core1/>; what SAML takes of it: SAML
//! V2.0 Core, section 5.4.

use roxmltree::Node;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::saml::c14n::{self, Method};
use crate::saml::certificate::{Certificate, Key, base64};
use crate::saml::xml::{self, DS, children, only};

/// A digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

/// How a signature is made of a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// RSASSA-PKCS1-v1_5.
    Rsa,
    /// RSASSA-PSS, with MGF1 of the same digest and a salt of its length: RFC 9231, section 2.3.10.
    RsaPss,
    Ecdsa,
}

/// A signature, as it is written.
pub(crate) struct Parsed<'a, 'input> {
    pub(crate) signed_info: Node<'a, 'input>,
    pub(crate) method: Method<'a>,
    pub(crate) scheme: Scheme,
    pub(crate) hash: Hash,
    pub(crate) value: Vec<u8>,
    pub(crate) reference: Reference<'a>,
}

/// What it covers.
pub(crate) struct Reference<'a> {
    pub(crate) uri: &'a str,
    pub(crate) enveloped: bool,
    pub(crate) method: Method<'a>,
    pub(crate) hash: Hash,
    pub(crate) digest: Vec<u8>,
}

/// Why it is not read further.
pub(crate) enum Refusal {
    /// It is no signature, or none that SAML allows.
    Broken(String),
    /// It may be one, made in a way that is not known here.
    Unsupported(String),
}

impl<'a, 'input> Parsed<'a, 'input> {
    /// Reads a `ds:Signature`.
    pub(crate) fn of(signature: Node<'a, 'input>) -> Result<Self, Refusal> {
        let missing =
            |what: &str| Refusal::Broken(format!("It has no {what}, or several of them."));
        let signed_info = only(signature, DS, "SignedInfo").ok_or_else(|| missing("SignedInfo"))?;
        if children(signature, DS, "Object").next().is_some() {
            // OpenSAML's SAMLSignatureProfileValidator refuses them, too: nothing of SAML belongs there, and it is where
            // signed elements are hidden.
            return Err(Refusal::Broken("It contains a ds:Object.".to_owned()));
        }
        let canonicalization = only(signed_info, DS, "CanonicalizationMethod")
            .ok_or_else(|| missing("CanonicalizationMethod"))?;
        let method = canonicalization_method(canonicalization)?;
        let how =
            only(signed_info, DS, "SignatureMethod").ok_or_else(|| missing("SignatureMethod"))?;
        let (scheme, hash) = signature_method(algorithm(how)?)?;
        let reference = only(signed_info, DS, "Reference").ok_or_else(|| missing("Reference"))?;
        let value =
            only(signature, DS, "SignatureValue").ok_or_else(|| missing("SignatureValue"))?;
        Ok(Self {
            signed_info,
            method,
            scheme,
            hash,
            value: decoded(value, "SignatureValue")?,
            reference: Reference::of(reference)?,
        })
    }

    /// The digest of the `SignedInfo`, of which the signature is made.
    pub(crate) fn signed_digest(&self) -> Vec<u8> {
        let signed = c14n::canonical(self.signed_info, &self.method, None);
        self.hash.of(signed.as_bytes())
    }

    /// Whether the key made this signature of that digest.
    pub(crate) fn verifies_with(&self, key: &Key, signed_digest: &[u8]) -> bool {
        verifies(self.scheme, self.hash, signed_digest, &self.value, key)
    }
}

impl<'a> Reference<'a> {
    fn of(reference: Node<'a, '_>) -> Result<Self, Refusal> {
        let missing = |what: &str| Refusal::Broken(format!("Its Reference has no {what}."));
        let uri = reference.attribute("URI").ok_or_else(|| missing("URI"))?;
        let mut enveloped = false;
        let mut method = None;
        let transforms =
            children(reference, DS, "Transforms").flat_map(|all| children(all, DS, "Transform"));
        for transform in transforms {
            let name = algorithm(transform)?;
            if name == "http://www.w3.org/2000/09/xmldsig#enveloped-signature" {
                // After a canonicalisation it would have to read its bytes as XML again.
                if enveloped || method.is_some() {
                    return Err(Refusal::Unsupported(
                        "transforms in an unusual order".to_owned(),
                    ));
                }
                enveloped = true;
            } else if method.is_some() {
                return Err(Refusal::Unsupported(
                    "several canonicalisations after each other".to_owned(),
                ));
            } else {
                method = Some(canonicalization_method(transform)?);
            }
        }
        let digest_method =
            only(reference, DS, "DigestMethod").ok_or_else(|| missing("DigestMethod"))?;
        let digest = only(reference, DS, "DigestValue").ok_or_else(|| missing("DigestValue"))?;
        let name = algorithm(digest_method)?;
        Ok(Self {
            uri,
            enveloped,
            method: method
                .or_else(|| Method::named(c14n::INCLUSIVE))
                .ok_or_else(|| missing("canonicalisation"))?,
            hash: Hash::named(name).ok_or_else(|| unknown("the digest", name))?,
            digest: decoded(digest, "DigestValue")?,
        })
    }

    /// Whether `element` is what was digested. A reference by a bare ID is to the element without its comments, even if
    /// the canonicalisation would keep them: section 4.4.3.3.
    pub(crate) fn covers(&self, element: Node<'_, '_>, signature: Node<'_, '_>) -> bool {
        let left_out = self.enveloped.then(|| signature.id());
        let method = Method {
            comments: false,
            ..self.method.clone()
        };
        let canonical = c14n::canonical(element, &method, left_out);
        self.hash.of(canonical.as_bytes()) == self.digest
    }
}

impl Hash {
    /// RFC 9231, section 2.1, and XML Encryption 1.1, section 5.8.
    fn named(identifier: &str) -> Option<Self> {
        match identifier {
            "http://www.w3.org/2000/09/xmldsig#sha1" => Some(Self::Sha1),
            "http://www.w3.org/2001/04/xmlenc#sha256" => Some(Self::Sha256),
            "http://www.w3.org/2001/04/xmldsig-more#sha384" => Some(Self::Sha384),
            "http://www.w3.org/2001/04/xmlenc#sha512" => Some(Self::Sha512),
            _ => None,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

impl Scheme {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Rsa => "RSA",
            Self::RsaPss => "RSA-PSS",
            Self::Ecdsa => "ECDSA",
        }
    }
}

/// The certificates in the `KeyInfo` of a signature, and the bare key that may stand there instead.
pub(crate) fn key_info(signature: Node<'_, '_>) -> (Vec<Certificate>, Option<Key>) {
    let inner = |name: &'static str| {
        children(signature, DS, "KeyInfo").flat_map(move |info| children(info, DS, name))
    };
    let certificates = inner("X509Data")
        .flat_map(|data| children(data, DS, "X509Certificate"))
        .filter_map(|certificate| Certificate::from_base64(&xml::value(certificate)));
    let key = inner("KeyValue").find_map(|value| {
        let rsa = only(value, DS, "RSAKeyValue")?;
        let number = |name| base64(&xml::value(only(rsa, DS, name)?));
        Key::rsa(&number("Modulus")?, &number("Exponent")?)
    });
    (certificates.collect(), key)
}

fn verifies(scheme: Scheme, hash: Hash, digest: &[u8], value: &[u8], key: &Key) -> bool {
    match (scheme, key) {
        (Scheme::Rsa, Key::Rsa(key)) => match hash {
            Hash::Sha1 => key.pkcs1v15_verify_prehash::<Sha1>(digest, value),
            Hash::Sha256 => key.pkcs1v15_verify_prehash::<Sha256>(digest, value),
            Hash::Sha384 => key.pkcs1v15_verify_prehash::<Sha384>(digest, value),
            Hash::Sha512 => key.pkcs1v15_verify_prehash::<Sha512>(digest, value),
        }
        .is_ok(),
        (Scheme::RsaPss, Key::Rsa(key)) => match hash {
            Hash::Sha1 => key.pss_verify_prehash::<Sha1>(digest, value),
            Hash::Sha256 => key.pss_verify_prehash::<Sha256>(digest, value),
            Hash::Sha384 => key.pss_verify_prehash::<Sha384>(digest, value),
            Hash::Sha512 => key.pss_verify_prehash::<Sha512>(digest, value),
        }
        .is_ok(),
        (Scheme::Ecdsa, Key::P256(key)) => {
            use p256::ecdsa::signature::hazmat::PrehashVerifier;
            p256::ecdsa::Signature::from_slice(value)
                .is_ok_and(|value| key.verify_prehash(digest, &value).is_ok())
        }
        (Scheme::Ecdsa, Key::P384(key)) => {
            use p384::ecdsa::signature::hazmat::PrehashVerifier;
            p384::ecdsa::Signature::from_slice(value)
                .is_ok_and(|value| key.verify_prehash(digest, &value).is_ok())
        }
        (Scheme::Rsa | Scheme::RsaPss, Key::P256(_) | Key::P384(_) | Key::Other(_))
        | (Scheme::Ecdsa, Key::Rsa(_) | Key::Other(_)) => false,
    }
}

/// RFC 9231, section 2.3.
fn signature_method(identifier: &str) -> Result<(Scheme, Hash), Refusal> {
    let name = identifier
        .strip_prefix("http://www.w3.org/2001/04/xmldsig-more#")
        .or_else(|| identifier.strip_prefix("http://www.w3.org/2007/05/xmldsig-more#"))
        .or_else(|| identifier.strip_prefix("http://www.w3.org/2000/09/xmldsig#"))
        .unwrap_or_default();
    Ok(match name {
        "rsa-sha1" => (Scheme::Rsa, Hash::Sha1),
        "rsa-sha256" => (Scheme::Rsa, Hash::Sha256),
        "rsa-sha384" => (Scheme::Rsa, Hash::Sha384),
        "rsa-sha512" => (Scheme::Rsa, Hash::Sha512),
        "sha1-rsa-MGF1" => (Scheme::RsaPss, Hash::Sha1),
        "sha256-rsa-MGF1" => (Scheme::RsaPss, Hash::Sha256),
        "sha384-rsa-MGF1" => (Scheme::RsaPss, Hash::Sha384),
        "sha512-rsa-MGF1" => (Scheme::RsaPss, Hash::Sha512),
        "ecdsa-sha1" => (Scheme::Ecdsa, Hash::Sha1),
        "ecdsa-sha256" => (Scheme::Ecdsa, Hash::Sha256),
        "ecdsa-sha384" => (Scheme::Ecdsa, Hash::Sha384),
        "ecdsa-sha512" => (Scheme::Ecdsa, Hash::Sha512),
        _ => return Err(unknown("the signature method", identifier)),
    })
}

fn canonicalization_method<'a>(element: Node<'a, '_>) -> Result<Method<'a>, Refusal> {
    let name = algorithm(element)?;
    let method = Method::named(name).ok_or_else(|| unknown("the transform", name))?;
    let list = only(element, EXC_C14N, "InclusiveNamespaces")
        .and_then(|inclusive| inclusive.attribute("PrefixList"));
    Ok(match list {
        // Each of them is looked up for each element.
        Some(list) if list.len() > LONGEST_PREFIX_LIST => {
            return Err(Refusal::Unsupported(
                "a PrefixList of that length".to_owned(),
            ));
        }
        Some(list) if method.exclusive => method.with_prefixes(list),
        Some(_) | None => method,
    })
}

fn algorithm<'a>(element: Node<'a, '_>) -> Result<&'a str, Refusal> {
    element.attribute("Algorithm").ok_or_else(|| {
        let name = element.tag_name().name();
        Refusal::Broken(format!("Its {name} names no Algorithm."))
    })
}

fn decoded(element: Node<'_, '_>, what: &str) -> Result<Vec<u8>, Refusal> {
    base64(&xml::value(element))
        .filter(|bytes| !bytes.is_empty())
        .ok_or_else(|| Refusal::Broken(format!("Its {what} is no base64.")))
}

fn unknown(what: &str, identifier: &str) -> Refusal {
    Refusal::Unsupported(format!("{what} {}", xml::quoted(identifier)))
}

const EXC_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// In bytes.
const LONGEST_PREFIX_LIST: usize = 500;
