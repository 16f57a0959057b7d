//! What real issuers sign; tests/setup/corpus/make says with which programs.

use std::fs;
use std::path::PathBuf;

use super::*;

pub(super) fn read(name: &str) -> String {
    let path = folder().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/setup/corpus/saml")
}

pub(super) fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the corpus");
    let names = entries.map(|entry| entry.expect("a file").file_name());
    let mut names: Vec<_> = names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".xml"))
        .collect();
    names.sort();
    names
}

/// The certificate with whose key the file is signed.
pub(super) fn signer(name: &str) -> &'static str {
    let keys = ["p256", "p384"];
    let key = keys.into_iter().find(|key| name.contains(key));
    match key {
        Some("p256") => "p256.pem",
        Some(_) => "p384.pem",
        None if name.contains("rsa4096") => "large.pem",
        None => "rsa.pem",
    }
}

/// The elements that the file says are signed.
fn signed(name: &str) -> Vec<&'static str> {
    if name == "node-saml-metadata-signed.xml" || name == "xmlsec1-metadata.xml" {
        vec!["EntityDescriptor"]
    } else if name.contains("metadata") || name.contains("unsigned") {
        vec![]
    } else if name.contains("request") {
        vec!["AuthnRequest"]
    } else if name.contains("both") || name.starts_with("lasso") {
        vec!["Response", "Assertion"]
    } else if name.contains("response") {
        vec!["Response"]
    } else {
        vec!["Assertion"]
    }
}

#[test]
fn each_issuer_is_believed() {
    let names = names();
    assert!(names.len() > 50, "{names:?}");
    for name in names {
        let text = read(&name);
        let trusted = trusted(&read(signer(&name)));
        let document = xml::read(&text).unwrap_or_else(|fault| panic!("{name}: {}", fault.found));
        let signatures = verify(&document, &trusted);
        let elements: Vec<_> = signatures
            .iter()
            .map(|signature| {
                assert_eq!(signature.outcome, Outcome::Trusted(0), "{name}");
                let element = document.get_node(signature.element).expect("an element");
                element.tag_name().name()
            })
            .collect();
        assert_eq!(elements, signed(&name), "{name}");
        let has = |part: &str| name.contains(part);
        for signature in &signatures {
            let expected = match () {
                () if has("pss") => "RSA-PSS with SHA-256",
                () if has("p256-sha1") => "ECDSA with SHA-1",
                () if has("p256-sha512") => "ECDSA with SHA-512",
                () if has("p256") || has("p384-sha256") => "ECDSA with SHA-256",
                () if has("p384") => "ECDSA with SHA-384",
                () if has("sha512") => "RSA with SHA-512",
                () if has("sha384") => "RSA with SHA-384",
                () if has("sha1") => "RSA with SHA-1",
                () => "RSA with SHA-256",
            };
            assert_eq!(signature.algorithm, expected, "{name}");
        }
        let codes: Vec<_> = faults(&document, &signatures, &trusted)
            .iter()
            .map(|fault| fault.code)
            .collect();
        let expected = if name == "pysaml2-unsigned.xml" {
            vec![code::SIGNATURE_MISSING]
        } else if has("sha1") {
            vec![code::SIGNATURE_SHA1; signatures.len()]
        } else {
            vec![]
        };
        assert_eq!(codes, expected, "{name}");
    }
}

#[test]
fn another_certificate_is_not_believed() {
    let other = trusted(&read("other.pem"));
    for name in names() {
        let text = read(&name);
        let document = xml::read(&text).expect("XML");
        let is_bare = name.contains("no-key-info") || name == "node-saml-metadata-signed.xml";
        for signature in verify(&document, &other) {
            let expected = if is_bare {
                matches!(signature.outcome, Outcome::Broken(_))
            } else {
                signature.outcome == Outcome::Untrusted
            };
            assert!(expected, "{name}: {:?}", signature.outcome);
        }
        for signature in verify(&document, &[]) {
            let expected = if is_bare {
                Outcome::NoCertificate
            } else {
                Outcome::Untrusted
            };
            assert_eq!(signature.outcome, expected, "{name}");
        }
    }
}
