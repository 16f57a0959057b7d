//! X.509 certificates: whose, from when until when, and the key.

use base64ct::{Base64, Encoding};
use rsa::BoxedUint;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::der::asn1::{ObjectIdentifier, UintRef};
use x509_cert::der::{Decode, Reader, SliceReader};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use crate::finding::{Fault, Range, code};

/// A certificate, as far as it matters here.
#[derive(Clone, Debug)]
pub(crate) struct Certificate {
    /// As RFC 4514 writes names: `CN=idp.example,O=Example`.
    pub(crate) subject: String,
    pub(crate) issuer: String,
    /// In milliseconds since 1970, as `not_after` is.
    pub(crate) not_before: u64,
    pub(crate) not_after: u64,
    /// Fingerprints as consoles show them: `AB:CD:…`.
    pub(crate) sha1: String,
    pub(crate) sha256: String,
    pub(crate) key: Key,
}

/// The public key.
#[derive(Clone, Debug)]
pub(crate) enum Key {
    Rsa(rsa::PublicKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    /// With which nothing can be verified here, and what it is.
    Other(String),
}

impl Certificate {
    /// All certificates of a text: PEM, one or several, or base64 without its lines, as metadata has it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn read(text: &str) -> Result<Vec<Self>, Fault> {
        if let Some(at) = text.find("PRIVATE KEY-----") {
            let start = text.get(..at).and_then(|before| before.rfind("-----BEGIN"));
            let at = Range::new(start.unwrap_or(at), at + "PRIVATE KEY-----".len());
            return Err(Fault::error(code::PRIVATE_KEY, Some(at))
                .found("a private key")
                .expected("a certificate, -----BEGIN CERTIFICATE-----")
                .remedy(
                    "Take the private key out of wherever this was pasted, and replace the key if others could see it. \
                     Whoever has it signs in as anybody.",
                    "RFC 7468, section 10",
                ));
        }
        let mut all = Vec::new();
        let mut rest = (0, text);
        while let Some(begin) = rest.1.find(BEGIN) {
            let from = rest.0 + begin + BEGIN.len();
            let after = text.get(from..).unwrap_or_default();
            let length = after.find("-----END").unwrap_or(after.len());
            let at = Range::new(from, from + length);
            all.push(Self::at(text, at)?);
            rest = (at.end, text.get(at.end..).unwrap_or_default());
        }
        if all.is_empty() {
            all.push(Self::at(text, Range::whole(text))?);
        }
        Ok(all)
    }

    /// One in base64, with any white space.
    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        Self::from_der(&base64(text)?)
    }

    /// One in DER.
    pub(crate) fn from_der(der: &[u8]) -> Option<Self> {
        let certificate = CertificateInner::<Raw>::from_der(der).ok()?;
        let inner = certificate.tbs_certificate();
        let millis = |time: x509_cert::time::Time| {
            u64::try_from(time.to_unix_duration().as_millis()).unwrap_or(u64::MAX)
        };
        Some(Self {
            subject: inner.subject().to_string(),
            issuer: inner.issuer().to_string(),
            not_before: millis(inner.validity().not_before),
            not_after: millis(inner.validity().not_after),
            sha1: fingerprint(&Sha1::digest(der)),
            sha256: fingerprint(&Sha256::digest(der)),
            key: Key::read(inner.subject_public_key_info()),
        })
    }

    /// From when until when, in milliseconds since 1970.
    pub(crate) fn validity(&self) -> (i64, i64) {
        let signed = |millis: u64| i64::try_from(millis).unwrap_or(i64::MAX);
        (signed(self.not_before), signed(self.not_after))
    }

    fn at(text: &str, at: Range) -> Result<Self, Fault> {
        let part = text.get(at.bytes()).unwrap_or_default();
        let bytes = base64(part);
        let what = match &bytes {
            None => "a text that is no base64",
            Some(_) => "base64 of something that is no X.509 certificate",
        };
        bytes
            .and_then(|bytes| Self::from_der(&bytes))
            .ok_or_else(|| {
                Fault::error(code::CERTIFICATE_UNREADABLE, Some(at))
                    .found(what)
                    .expected("a certificate in PEM or base64: -----BEGIN CERTIFICATE-----, or MII…")
                    .remedy(
                        "Download the signing certificate again from the identity provider, as PEM or base64.",
                        "RFC 7468, section 5; RFC 5280, section 4.1",
                    )
            })
    }
}

impl Key {
    /// In words, for the story.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Rsa(key) => {
                use rsa::traits::PublicKeyParts;
                format!("RSA, {} bits", key.n().bit_width_vartime())
            }
            Self::P256(_) => "ECDSA, P-256".to_owned(),
            Self::P384(_) => "ECDSA, P-384".to_owned(),
            Self::Other(what) => what.clone(),
        }
    }

    /// An RSA key of its two numbers, big endian.
    pub(crate) fn rsa(modulus: &[u8], exponent: &[u8]) -> Option<Self> {
        let number = |bytes: &[u8]| {
            let bits = u32::try_from(bytes.len()).ok()?.checked_mul(8)?;
            BoxedUint::from_be_slice(bytes, bits).ok()
        };
        let strip = |bytes: &[u8]| {
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            bytes.get(zeros..).unwrap_or_default().to_vec()
        };
        let (modulus, exponent) = (strip(modulus), strip(exponent));
        if modulus.len() > LONGEST_MODULUS || exponent.is_empty() || exponent.len() > 8 {
            return None;
        }
        let key = rsa::PublicKey::new(number(&modulus)?, number(&exponent)?).ok()?;
        Some(Self::Rsa(key))
    }

    fn read(info: &SubjectPublicKeyInfoOwned) -> Self {
        let bytes = info.subject_public_key.raw_bytes();
        let algorithm = info.algorithm.oid;
        let curve = info
            .algorithm
            .parameters
            .as_ref()
            .and_then(|parameters| parameters.decode_as::<ObjectIdentifier>().ok());
        let other = |what: &str| Self::Other(format!("{what} ({algorithm})"));
        match (algorithm, curve) {
            (RSA | RSA_PSS, _) => rsa_numbers(bytes)
                .and_then(|(modulus, exponent)| Self::rsa(modulus, exponent))
                .unwrap_or_else(|| other("an RSA key of an odd size")),
            (EC, Some(P256)) => p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes)
                .map_or_else(|_| other("a broken key on P-256"), Self::P256),
            (EC, Some(P384)) => p384::ecdsa::VerifyingKey::from_sec1_bytes(bytes)
                .map_or_else(|_| other("a broken key on P-384"), Self::P384),
            (EC, Some(curve)) => Self::Other(format!("ECDSA, the curve {curve}")),
            _ => other("a key of another kind"),
        }
    }
}

/// `RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }`, RFC 8017, appendix A.1.1.
fn rsa_numbers(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = SliceReader::new(der).ok()?;
    reader
        .sequence(|inner| -> Result<_, x509_cert::der::Error> {
            let modulus = UintRef::decode(inner)?;
            let exponent = UintRef::decode(inner)?;
            Ok((modulus.as_bytes(), exponent.as_bytes()))
        })
        .ok()
}

/// Base64 with any white space in it.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let plain: String = text.split_whitespace().collect();
    Base64::decode_vec(&plain).ok()
}

fn fingerprint(bytes: &[u8]) -> String {
    let bytes: Vec<_> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(":")
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
/// 16384 bits. Larger ones only take time.
const LONGEST_MODULUS: usize = 2048;

/// RFC 8017, appendix A.
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
/// RFC 5480, section 2.1.1.
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

#[cfg(test)]
mod tests;
