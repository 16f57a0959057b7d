//! What the tests share.

use crate::check::{Inputs, check};
use crate::finding::SetupFinding;

/// In wasm the same tests run in a browser.
#[cfg(target_arch = "wasm32")]
pub(crate) use wasm_bindgen_test::wasm_bindgen_test as test;

/// The attribute of Rust itself.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use core::prelude::v1::test;

/// An instance ID, that of the guide "Configure SAML with IAM for Amazon Connect".
pub(crate) const ID: &str = "178c75e4-b3de-4839-a6aa-e321ab3f3770";
/// Another one.
pub(crate) const OTHER_ID: &str = "2fb42df9-78a2-2e74-d572-c8af67ed289b";

/// The findings about the one `field` with this text.
pub(crate) fn findings(field: &str, text: &str) -> Vec<SetupFinding> {
    check(&inputs(&[(field, text)]))
}

pub(crate) fn inputs(fields: &[(&str, &str)]) -> Inputs {
    let mut inputs = Inputs::default();
    for (field, text) in fields {
        let slot = inputs.field(field).expect("a field");
        *slot = Some((*text).to_owned());
    }
    inputs
}

/// A SAML response as Okta sends it to AWS for Amazon Connect, without a signature.
pub(crate) const RESPONSE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<saml2p:Response xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" Destination="https://us-east-1.signin.aws.amazon.com/saml" ID="id1" IssueInstant="2026-01-31T08:00:00.123Z" Version="2.0">
  <saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">http://www.okta.com/exk1</saml2:Issuer>
  <saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>
  <saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="id2" IssueInstant="2026-01-31T08:00:00.123Z" Version="2.0">
    <saml2:Issuer>http://www.okta.com/exk1</saml2:Issuer>
    <saml2:Subject>
      <saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">ada.login</saml2:NameID>
      <saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml2:SubjectConfirmationData NotOnOrAfter="2026-01-31T08:05:00.123Z" Recipient="https://us-east-1.signin.aws.amazon.com/saml"/>
      </saml2:SubjectConfirmation>
    </saml2:Subject>
    <saml2:Conditions NotBefore="2026-01-31T07:55:00.123Z" NotOnOrAfter="2026-01-31T08:05:00.123Z">
      <saml2:AudienceRestriction><saml2:Audience>urn:amazon:webservices</saml2:Audience></saml2:AudienceRestriction>
    </saml2:Conditions>
    <saml2:AuthnStatement AuthnInstant="2026-01-31T08:00:00.123Z"/>
    <saml2:AttributeStatement>
      <saml2:Attribute Name="https://aws.amazon.com/SAML/Attributes/Role"><saml2:AttributeValue>arn:aws:iam::123456789012:role/agents,arn:aws:iam::123456789012:saml-provider/okta</saml2:AttributeValue></saml2:Attribute>
      <saml2:Attribute Name="https://aws.amazon.com/SAML/Attributes/RoleSessionName"><saml2:AttributeValue>ada@acme.example</saml2:AttributeValue></saml2:Attribute>
      <saml2:Attribute Name="https://aws.amazon.com/SAML/Attributes/SessionDuration"><saml2:AttributeValue>43200</saml2:AttributeValue></saml2:Attribute>
    </saml2:AttributeStatement>
  </saml2:Assertion>
</saml2p:Response>
"#;

/// Metadata as Okta offers it, with a certificate that is valid from November 2026 to November 2036.
pub(crate) const METADATA: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<md:EntityDescriptor entityID="http://www.okta.com/exk1" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>MIIBrDCCAVGgAwIBAgIUaJvMjEHCUocel6mCPcCIKOtH/90wCgYIKoZIzj0EAwIwKzEaMBgGA1UEAwwRYWNtZS5va3RhLmV4YW1wbGUxDTALBgNVBAoMBE9rdGEwHhcNMjYxMTI2MTk0MDE0WhcNMzYxMTIzMTk0MDE0WjArMRowGAYDVQQDDBFhY21lLm9rdGEuZXhhbXBsZTENMAsGA1UECgwET2t0YTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHu0qf9BCS1HKM0tBso7ptdKMuFTIFZL7K48iUTMGyL850cWRtsE7R9fBTuW50HuykpT4VxYgS87nzY8XztDPZ2jUzBRMB0GA1UdDgQWBBS+kCDr7usKgFM7zT/zBDE/xb7yAjAfBgNVHSMEGDAWgBS+kCDr7usKgFM7zT/zBDE/xb7yAjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDBSWLVZJNSkbZRecHDeJGfpSSqPYezuG9UAh4QyDyc9gIhALGxOKZFpYA/dFBEWYcRoq8JtLznt9WGwGPj8U8B/UfX</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://acme.okta.com/app/amazon_aws/exk1/sso/saml"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
"#;

/// Checks that `field`, whose text is `fields`' last one, has exactly these findings: code, and the part of the text.
#[track_caller]
pub(crate) fn expect(fields: &[(&str, &str)], expected: &[(&str, &str)]) {
    let (field, text) = fields.last().expect("a field");
    let found = check(&inputs(fields));
    let said: Vec<_> = found
        .iter()
        .map(|finding| {
            assert_eq!(finding.field.split('.').next(), Some(*field), "{finding:?}");
            assert!(!finding.found.is_empty(), "{finding:?}");
            assert!(!finding.expected.is_empty(), "{finding:?}");
            assert!(!finding.remedy.is_empty(), "{finding:?}");
            assert!(!finding.source.is_empty(), "{finding:?}");
            let part = finding.at.map_or("", |at| &text[at.bytes()]);
            (finding.code, part)
        })
        .collect();
    assert_eq!(said, expected, "{text}\n{found:#?}");
}
