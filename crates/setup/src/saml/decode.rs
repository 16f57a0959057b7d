//! From what was pasted to XML.
//!
//! Sources: SAML V2.0 Bindings, sections 3.4 (redirect: deflated, base64, percent-encoded) and 3.5 (POST: base64 in a form).

use std::borrow::Cow;

use base64ct::{Base64Unpadded, Encoding};
use miniz_oxide::inflate::{
    DecompressError, TINFLStatus, decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit,
};

use crate::finding::{Fault, Range, code};
use crate::input;
use crate::saml::xml::{MOST_BYTES, too_large};

/// A SAML message, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// The XML as it was, byte for byte.
    pub(crate) xml: String,
    /// Where it begins in the text, if it stands there as it is. Otherwise no position in it is one in the text.
    pub(crate) offset: Option<usize>,
    /// The encodings that were undone, from the outermost: `form`, `percent-encoding`, `base64`, `deflate`, `HTML`.
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
    if text.len() > MOST_BYTES {
        return Err(too_large(text.len()));
    }
    let mut message = Message {
        xml: String::new(),
        offset: None,
        encodings: Vec::new(),
        relay_state: None,
    };
    let mut current = Cow::Borrowed(text);
    // Each round undoes one encoding.
    for round in 0..MOST_ENCODINGS {
        let part = trimmed(&current);
        let inner = current.get(part.bytes()).unwrap_or_default();
        let (encoding, next) = if let Some((value, relay_state)) = in_html(inner) {
            message.relay_state = message.relay_state.or(relay_state);
            ("form", value)
        } else if let Some(start) = xml_start(inner) {
            message.xml = inner.get(start..).unwrap_or_default().to_owned();
            message.offset = (round == 0).then_some(part.start + start);
            return Ok(message);
        } else if let Some((value, relay_state)) = in_form(inner) {
            message.relay_state = message.relay_state.or(relay_state);
            ("form", value)
        } else if inner.contains("&lt;") || inner.contains("&#") {
            ("HTML", unescaped(inner))
        } else if is_percent_encoded(inner) {
            ("percent-encoding", percent_decoded(inner))
        } else {
            let at = if round == 0 { part } else { Range::whole(text) };
            let bytes = unbase64(inner, at, round == 0)?;
            message.encodings.push("base64");
            let (xml, is_deflated) = inflated(bytes, at)?;
            if is_deflated {
                message.encodings.push("deflate");
            }
            current = Cow::Owned(xml);
            continue;
        };
        message.encodings.push(encoding);
        current = Cow::Owned(next);
    }
    Err(not_saml(
        "a text that is encoded again and again",
        Range::whole(text),
    ))
}

/// The part of a text without white space, a byte order mark, and the quotation marks of whoever quotes it.
fn trimmed(text: &str) -> Range {
    let outside = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '"' | '\'' | '`' | ',');
    let start = text.len() - text.trim_start_matches(outside).len();
    let end = text.trim_end_matches(outside).len();
    Range::new(start.min(end), end)
}

/// Where XML begins, if this is XML, maybe with a title above it.
fn xml_start(text: &str) -> Option<usize> {
    if text.starts_with('<') {
        return Some(0);
    }
    let start = text.find('<')?;
    text.ends_with('>').then_some(start)
}

/// The value of the field `SAMLResponse` in a page with a form, and that of `RelayState`.
fn in_html(text: &str) -> Option<(String, Option<String>)> {
    if !text.contains('<') {
        return None; // Copying 100 kB takes as long as reading them.
    }
    let lower = text.to_ascii_lowercase();
    let value = |name: &str| {
        let mut from = 0;
        while let Some(found) = lower.get(from..)?.find("<input") {
            let start = from + found;
            let end = lower.get(start..)?.find('>').map(|end| start + end)?;
            let tag = text.get(start..end)?;
            if attribute(tag, "name").is_some_and(|value| value.eq_ignore_ascii_case(name)) {
                return attribute(tag, "value").map(unescaped);
            }
            from = end;
        }
        None
    };
    let message = value("SAMLResponse").or_else(|| value("SAMLRequest"))?;
    Some((message, value("RelayState")))
}

/// The value of an attribute of HTML.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower.get(from..)?.find(name) {
        let start = from + found;
        from = start + name.len();
        let is_alone = lower
            .get(..start)?
            .ends_with(|c: char| c.is_ascii_whitespace());
        let Some(value) = tag.get(from..)?.trim_start().strip_prefix('=') else {
            continue;
        };
        if !is_alone {
            continue;
        }
        let value = value.trim_start();
        return match value.chars().next()? {
            quote @ ('"' | '\'') => value.get(1..)?.split(quote).next(),
            _ => value.split([' ', '/', '\n', '\t']).next(),
        };
    }
    None
}

/// The value of `SAMLResponse` in the body of a form, a URL, a command of curl, JSON, or a list of the browser's tools, and
/// that of `RelayState`.
fn in_form(text: &str) -> Option<(String, Option<String>)> {
    let value = |name: &str| {
        let from = text.find(name)? + name.len();
        let rest = text.get(from..)?;
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        let is_pair = rest.starts_with('=');
        let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest);
        let rest = rest.trim_start().trim_start_matches(['"', '\'']);
        // In a list, base64 may have line ends.
        let end = if is_pair {
            rest.find(['&', '"', '\'', ' ', '\n', '\r'])
        } else {
            rest.find(['&', '"', '\'', ':'])
        };
        let value = rest.get(..end.unwrap_or(rest.len()))?;
        let value = value.split("RelayState").next().unwrap_or_default();
        (!value.trim().is_empty()).then_some(value)
    };
    let message = value("SAMLResponse").or_else(|| value("SAMLRequest"))?;
    Some((message.to_owned(), value("RelayState").map(percent_decoded)))
}

fn is_percent_encoded(text: &str) -> bool {
    let mut parts = text.split('%').skip(1);
    parts.any(|part| {
        let mut digits = part.chars().take(2).filter(char::is_ascii_hexdigit);
        digits.next().is_some() && digits.next().is_some()
    })
}

/// Decoded once; a `+` stays, because base64 has it, too.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| char::from(*after.get(at)?).to_digit(16);
        let value = match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// HTML's character references, those that occur in a form.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.bytes().take(12).position(|byte| byte == b';');
        let named = end.and_then(|end| {
            let name = from.get(1..end)?;
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => {
                    let number = name.strip_prefix('#')?;
                    let hex = number.strip_prefix(['x', 'X']);
                    let number = hex.map_or_else(
                        || number.parse().ok(),
                        |digits| u32::from_str_radix(digits, 16).ok(),
                    );
                    char::from_u32(number?)?
                }
            };
            Some((c, from.get(end + 1..)?))
        });
        if let Some((c, after)) = named {
            out.push(c);
            rest = after;
        } else {
            out.push('&');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// The bytes of base64: with any line ends, of both alphabets, with or without padding. `at` is where the text stands.
fn unbase64(text: &str, at: Range, is_exact: bool) -> Result<Vec<u8>, Fault> {
    let known = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=') || c.is_whitespace()
    };
    let is_plain = |byte: u8| byte.is_ascii() && known(char::from(byte));
    let odd = if text.bytes().all(is_plain) {
        None
    } else {
        text.char_indices().find(|(_, c)| !known(*c))
    };
    if let Some((offset, c)) = odd {
        let at = if is_exact {
            Range::new(offset, offset + c.len_utf8()).moved(at.start)
        } else {
            at
        };
        return Err(not_saml("a text that is neither XML nor base64", at));
    }
    let bytes = |spaces: &str| {
        let mut plain = Vec::with_capacity(text.len());
        for byte in text.bytes() {
            match byte {
                b'-' => plain.push(b'+'),
                b'_' => plain.push(b'/'),
                b' ' => plain.extend_from_slice(spaces.as_bytes()),
                // Besides base64 there is only white space, also that of other scripts.
                byte if byte.is_ascii_graphic() => plain.push(byte),
                _ => {}
            }
        }
        let plain = std::str::from_utf8(&plain).ok()?;
        Base64Unpadded::decode_vec(plain.trim_end_matches('=')).ok()
    };
    // A `+` that was taken for the space of a form; or a space where a line was broken.
    let is_readable = |bytes: &Vec<u8>| std::str::from_utf8(bytes).is_ok();
    let plain = bytes("");
    let with_plus = || bytes("+").filter(is_readable);
    let plain = match plain {
        Some(plain) if !text.contains(' ') || is_readable(&plain) => Some(plain),
        Some(plain) => with_plus().or(Some(plain)),
        None => with_plus(),
    };
    plain
        .filter(|bytes| !bytes.is_empty())
        .ok_or_else(|| not_saml("base64 that is cut off or has other characters in it", at))
}

/// The text of bytes that may be deflated, and whether they were.
fn inflated(bytes: Vec<u8>, at: Range) -> Result<(String, bool), Fault> {
    let bytes = match String::from_utf8(bytes) {
        // Deflated bytes are hardly ever UTF-8, and never begin like XML or base64.
        Ok(text) if is_text(&text) => return Ok((text, false)),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Ok((input::decode(&bytes), false)),
        [0x1f, 0x8b, ..] => return Err(not_saml("gzip in base64", at)),
        _ => {}
    }
    let inflated = match decompress_to_vec_with_limit(&bytes, MOST_BYTES) {
        Err(error)
            if error.status != TINFLStatus::HasMoreOutput && bytes.first() == Some(&0x78) =>
        {
            decompress_to_vec_zlib_with_limit(&bytes, MOST_BYTES)
        }
        other => other,
    };
    let bytes = inflated.map_err(|DecompressError { status, .. }| {
        if status == TINFLStatus::HasMoreOutput {
            let fault = too_large(bytes.len());
            return fault.found(format!("more than {MOST_BYTES} bytes once it is inflated"));
        }
        not_saml("base64 of something that is neither XML nor deflated", at)
    })?;
    match String::from_utf8(bytes) {
        Ok(text) if is_text(&text) => Ok((text, true)),
        Ok(_) | Err(_) => Err(not_saml("base64 of something deflated that is no XML", at)),
    }
}

fn is_text(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let is_base64 = |text: &str| {
        let mut all = text.chars();
        text.len() > 40
            && all.all(|c| {
                c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=' | '\r' | '\n')
            })
    };
    start.starts_with('<') || start.starts_with("%3C") || is_base64(start)
}

fn not_saml(found: &str, at: Range) -> Fault {
    Fault::error(code::NOT_SAML, Some(at))
        .found(found)
        .expected("a SAML response: XML, or base64 as the field SAMLResponse has it")
        .remedy(
            "In the browser's tools, find the POST to the sign-in URL of AWS, and copy the value of SAMLResponse from its \
             form data.",
            "AWS IAM, How to view a SAML response in your browser",
        )
}

/// Percent-encoded thrice, base64, deflated, in a form: more is nobody's doing.
const MOST_ENCODINGS: usize = 10;

#[cfg(test)]
mod tests;
