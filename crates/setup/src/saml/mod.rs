//! SAML messages and metadata.
//!
//! ```text
//!   decode        from what was pasted to XML: percent-encoded, base64, deflated, in a form
//!   xml           the one reader of XML: no document types, bounded, no ID twice
//!   c14n          canonical XML, exclusive and inclusive
//!   certificate   X.509: whose, from when until when, and the key
//!   signature     what a ds:Signature says of itself
//!   verify        whether the signatures of a message hold, and for which element
//!   response      what is in a response
//!   metadata      what is in metadata
//!   reading       all that is given of SAML, read once
//!   findings      what is wrong with it, by itself and against the other inputs
//!   story         what it says, in words
//! ```
#![allow(
    clippy::result_large_err,
    reason = "a fault is made once, and ends the check"
)]

pub(crate) mod c14n;
pub(crate) mod certificate;
pub(crate) mod decode;
pub(crate) mod findings;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod fuzz;
pub(crate) mod metadata;
pub(crate) mod reading;
pub(crate) mod response;
pub(crate) mod signature;
pub mod story;
pub(crate) mod verify;
pub(crate) mod xml;
