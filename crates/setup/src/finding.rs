//! What is wrong with an input, where, and what to do about it.

use std::ops;

use serde::{Serialize, Serializer};
use softphone_core::finding::Severity;

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SetupFinding {
    /// The rule that was broken, such as `"URL_REFUSED"`. Programs go by this: the texts may be reworded
    /// at any time.
    pub code: &'static str,
    /// How bad it is.
    #[serde(serialize_with = "severity")]
    pub severity: Severity,
    /// The input, for example `ssoLoginUrl` or `initCcp.softphone`.
    pub field: String,
    /// Which part of the input's text it is about; `None` when something is missing.
    pub at: Option<Range>,
    /// What was found there, in words.
    pub found: String,
    /// What belongs there.
    pub expected: String,
    /// What the administrator does about it.
    pub remedy: String,
    /// Where that is documented.
    pub source: &'static str,
}

/// A part of a text, in bytes of UTF-8, on boundaries of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
}

/// A finding without its field, its part of the text and its remedy.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) at: Option<Range>,
    pub(crate) found: String,
    pub(crate) expected: String,
    pub(crate) remedy: String,
    pub(crate) source: &'static str,
}

/// The codes of findings that softphone-core's own check does not have.
pub(crate) mod code {
    /// The identity provider does not read the relay state that is in the URL.
    pub(crate) const RELAY_STATE_IGNORED: &str = "RELAY_STATE_IGNORED";
    /// The identity provider has no other relay state than that of the URL, and there is none.
    pub(crate) const RELAY_STATE_MISSING: &str = "RELAY_STATE_MISSING";
    /// Another of the identity provider's URLs than the one that begins a sign-in.
    pub(crate) const NOT_IDP_INITIATED: &str = "NOT_IDP_INITIATED";
    /// A parameter that the identity provider needs.
    pub(crate) const PARAMETER_MISSING: &str = "PARAMETER_MISSING";
    /// Percent-encoded more often than it is decoded.
    pub(crate) const ENCODED_TOO_OFTEN: &str = "ENCODED_TOO_OFTEN";
    /// No AWS Region has this name.
    pub(crate) const UNKNOWN_REGION: &str = "UNKNOWN_REGION";
    /// The AWS partition and the Region, or the host, do not belong together.
    pub(crate) const OTHER_PARTITION: &str = "OTHER_PARTITION";
    /// Another AWS Region than the instance's.
    pub(crate) const OTHER_REGION: &str = "OTHER_REGION";
    /// Another instance.
    pub(crate) const OTHER_INSTANCE: &str = "OTHER_INSTANCE";
    /// An instance ID that is no UUID.
    pub(crate) const ODD_INSTANCE_ID: &str = "ODD_INSTANCE_ID";
    /// A destination that is no page of Amazon Connect, but nearly one.
    pub(crate) const ODD_DESTINATION: &str = "ODD_DESTINATION";
    /// A parameter of the federate URL that Amazon does not document.
    pub(crate) const ODD_PARAMETER: &str = "ODD_PARAMETER";
    /// A character that a role session name or a Connect user name cannot have.
    pub(crate) const USER_NAME_CHARACTER: &str = "USER_NAME_CHARACTER";
    /// A user name that is too short or too long.
    pub(crate) const USER_NAME_LENGTH: &str = "USER_NAME_LENGTH";
    /// A user name that is there twice, or twice but for the case of its letters.
    pub(crate) const USER_NAME_TWICE: &str = "USER_NAME_TWICE";
    /// A header that is not the one of the template for SAML users.
    pub(crate) const CSV_HEADER: &str = "CSV_HEADER";
    /// A row with another number of cells than the header, or with a value that its column does not take.
    pub(crate) const CSV_ROW: &str = "CSV_ROW";
    /// What was pasted is not JavaScript.
    pub(crate) const SYNTAX: &str = "SYNTAX";
    /// The popup is off, so that the login URL is not opened.
    pub(crate) const POPUP_OFF: &str = "POPUP_OFF";
    /// Another message, or a part of one, where a SAML response belongs.
    pub(crate) const RESPONSE_EXPECTED: &str = "RESPONSE_EXPECTED";
    /// The identity provider signed nobody in.
    pub(crate) const RESPONSE_STATUS: &str = "RESPONSE_STATUS";
    /// A response that is longer than AWS takes.
    pub(crate) const RESPONSE_TOO_LONG: &str = "RESPONSE_TOO_LONG";
    /// A response that was posted too late.
    pub(crate) const RESPONSE_EXPIRED: &str = "RESPONSE_EXPIRED";
    /// A response from the future.
    pub(crate) const CLOCK_SKEW: &str = "CLOCK_SKEW";
    /// A time that cannot be read, or an end before the beginning.
    pub(crate) const TIME_FORM: &str = "TIME_FORM";
    /// A response without an assertion.
    pub(crate) const ASSERTION_MISSING: &str = "ASSERTION_MISSING";
    /// A response with several assertions.
    pub(crate) const ASSERTION_SEVERAL: &str = "ASSERTION_SEVERAL";
    /// An assertion that cannot be read because it is encrypted.
    pub(crate) const ASSERTION_ENCRYPTED: &str = "ASSERTION_ENCRYPTED";
    /// Another issuer than the response's, or than the metadata describes.
    pub(crate) const ISSUER_DIFFERS: &str = "ISSUER_DIFFERS";
    /// Another audience than AWS.
    pub(crate) const AUDIENCE: &str = "AUDIENCE";
    /// A recipient that is another endpoint of AWS sign-in than was given or used.
    pub(crate) const OTHER_ACS: &str = "OTHER_ACS";
    /// Destination and recipient are not the same.
    pub(crate) const DESTINATION_DIFFERS: &str = "DESTINATION_DIFFERS";
    /// A subject that is not confirmed as AWS asks.
    pub(crate) const SUBJECT_CONFIRMATION: &str = "SUBJECT_CONFIRMATION";
    /// An attribute whose name is nearly one that AWS reads.
    pub(crate) const ATTRIBUTE_NAME: &str = "ATTRIBUTE_NAME";
    /// No role.
    pub(crate) const ROLE_MISSING: &str = "ROLE_MISSING";
    /// A role that is no role and provider of IAM.
    pub(crate) const ROLE_FORM: &str = "ROLE_FORM";
    /// Several roles, of which AWS lets the user choose.
    pub(crate) const ROLE_SEVERAL: &str = "ROLE_SEVERAL";
    /// Role, provider and instance are not in one account.
    pub(crate) const ROLE_ACCOUNT: &str = "ROLE_ACCOUNT";
    /// No role session name, or several.
    pub(crate) const USER_NAME_MISSING: &str = "USER_NAME_MISSING";
    /// A user name that differs in the case of its letters.
    pub(crate) const USER_NAME_CASE: &str = "USER_NAME_CASE";
    /// Another user name.
    pub(crate) const USER_NAME_DIFFERS: &str = "USER_NAME_DIFFERS";
    /// A session duration that AWS does not take.
    pub(crate) const SESSION_DURATION: &str = "SESSION_DURATION";
    /// One of Service Cloud Voice's two attributes, without the other.
    pub(crate) const VOICE_ATTRIBUTE: &str = "VOICE_ATTRIBUTE";
    /// A certificate that is not valid now.
    pub(crate) const CERTIFICATE_EXPIRED: &str = "CERTIFICATE_EXPIRED";
    /// A document that is not an identity provider's metadata.
    pub(crate) const METADATA_EXPECTED: &str = "METADATA_EXPECTED";
    /// Metadata of several entities.
    pub(crate) const METADATA_SEVERAL: &str = "METADATA_SEVERAL";
    /// Metadata that is not valid any more.
    pub(crate) const METADATA_EXPIRED: &str = "METADATA_EXPIRED";
    /// Metadata without a certificate.
    pub(crate) const METADATA_NO_KEY: &str = "METADATA_NO_KEY";
    /// Metadata without an address at which to sign in, or with one without TLS.
    pub(crate) const METADATA_NO_SIGN_IN: &str = "METADATA_NO_SIGN_IN";
    /// A file that is no HAR.
    pub(crate) const HAR: &str = "HAR";
    /// The identity provider refuses to be shown in a frame.
    pub(crate) const IDP_REFUSES_FRAMES: &str = "IDP_REFUSES_FRAMES";
    /// The identity provider answered with an error.
    pub(crate) const IDP_FAILED: &str = "IDP_FAILED";
    /// The identity provider posted nothing to AWS.
    pub(crate) const SIGN_IN_UNFINISHED: &str = "SIGN_IN_UNFINISHED";
    /// AWS sign-in refused the response.
    pub(crate) const SIGN_IN_REFUSED: &str = "SIGN_IN_REFUSED";
    /// The AWS console did not hand over to the instance.
    pub(crate) const FEDERATION_REFUSED: &str = "FEDERATION_REFUSED";
    /// The instance does not let the user in.
    pub(crate) const ACCESS_DENIED: &str = "ACCESS_DENIED";
    /// The instance was opened without a sign-in.
    pub(crate) const SESSION_EXPIRED: &str = "SESSION_EXPIRED";
    /// The instance sees no session after a sign-in.
    pub(crate) const COOKIES_REFUSED: &str = "COOKIES_REFUSED";
    /// The CCP refuses to be shown on this page.
    pub(crate) const CCP_REFUSED: &str = "CCP_REFUSED";
    /// More bytes than are read, or that many once it is inflated.
    pub(crate) const TOO_LARGE: &str = "TOO_LARGE";
    /// A text in which there is no SAML message in any form that is known.
    pub(crate) const NOT_SAML: &str = "NOT_SAML";
    /// XML that is not well-formed.
    pub(crate) const XML_SYNTAX: &str = "XML_SYNTAX";
    /// XML with a document type, and so maybe with entities.
    pub(crate) const XML_DTD: &str = "XML_DTD";
    /// XML that is nested too deeply, or has too many elements or attributes.
    pub(crate) const XML_LIMIT: &str = "XML_LIMIT";
    /// Two elements with the same ID, so that a reference to it could mean either.
    pub(crate) const XML_ID_TWICE: &str = "XML_ID_TWICE";
    /// A comment inside a value, where some programs stop reading the value.
    pub(crate) const XML_COMMENT: &str = "XML_COMMENT";
    /// What is pasted as a certificate is none.
    pub(crate) const CERTIFICATE_UNREADABLE: &str = "CERTIFICATE_UNREADABLE";
    /// A private key, which nobody should paste anywhere.
    pub(crate) const PRIVATE_KEY: &str = "PRIVATE_KEY";
    /// An assertion that no signature covers.
    pub(crate) const SIGNATURE_MISSING: &str = "SIGNATURE_MISSING";
    /// A signature that does not verify.
    pub(crate) const SIGNATURE_BROKEN: &str = "SIGNATURE_BROKEN";
    /// A signature over another element than the one that carries it.
    pub(crate) const SIGNATURE_WRAPPED: &str = "SIGNATURE_WRAPPED";
    /// A signature that verifies, but with another certificate than those that are trusted.
    pub(crate) const SIGNATURE_UNTRUSTED: &str = "SIGNATURE_UNTRUSTED";
    /// A signature for which there is no certificate.
    pub(crate) const SIGNATURE_UNCHECKED: &str = "SIGNATURE_UNCHECKED";
    /// A signature that is made in a way that is not supported here.
    pub(crate) const SIGNATURE_UNSUPPORTED: &str = "SIGNATURE_UNSUPPORTED";
    /// A signature with SHA-1.
    pub(crate) const SIGNATURE_SHA1: &str = "SIGNATURE_SHA1";
}

impl Range {
    /// From the first byte to before the other one.
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The whole of `text` without the white space around it.
    pub(crate) fn whole(text: &str) -> Self {
        let start = text.len() - text.trim_start().len();
        let end = start + text.trim().len();
        Self { start, end }
    }

    /// The same part of a text in which `text` begins at `offset`.
    pub(crate) const fn moved(self, offset: usize) -> Self {
        Self::new(self.start + offset, self.end + offset)
    }

    /// As the standard library has it.
    pub(crate) const fn bytes(self) -> ops::Range<usize> {
        self.start..self.end
    }
}

impl Fault {
    pub(crate) fn error(code: &'static str, at: Option<Range>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            at,
            found: String::new(),
            expected: String::new(),
            remedy: String::new(),
            source: "",
        }
    }

    pub(crate) fn warning(code: &'static str, at: Option<Range>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, at)
        }
    }

    pub(crate) fn found(mut self, found: impl Into<String>) -> Self {
        self.found = found.into();
        self
    }

    pub(crate) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    pub(crate) fn remedy(mut self, remedy: impl Into<String>, source: &'static str) -> Self {
        self.remedy = remedy.into();
        self.source = source;
        self
    }

    /// The finding about `field`.
    pub(crate) fn of(self, field: &str) -> SetupFinding {
        SetupFinding {
            code: self.code,
            severity: self.severity,
            field: field.to_owned(),
            at: self.at,
            found: self.found,
            expected: self.expected,
            remedy: self.remedy,
            source: self.source,
        }
    }
}

/// As programs read it.
pub(crate) const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn severity<S: Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity_name(*severity))
}
