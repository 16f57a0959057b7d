use super::*;
use crate::testing::test;

fn trusted(pem: &str) -> Vec<Certificate> {
    Certificate::read(pem).unwrap_or_else(|fault| panic!("{}", fault.found))
}

#[cfg(not(target_arch = "wasm32"))]
mod corpus;
#[cfg(not(target_arch = "wasm32"))]
mod tampering;

#[test]
fn a_signature_holds_in_wasm_too() {
    let text = include_str!("../../../../../tests/setup/corpus/saml/samlify-assertion-sha256.xml");
    let trusted = trusted(include_str!(
        "../../../../../tests/setup/corpus/saml/rsa.pem"
    ));
    let document = xml::read(text).expect("XML");
    let signatures = verify(&document, &trusted);
    let outcomes: Vec<_> = signatures
        .iter()
        .map(|signature| &signature.outcome)
        .collect();
    assert_eq!(outcomes, [&Outcome::Trusted(0)]);
    assert!(faults(&document, &signatures, &trusted).is_empty());
}
