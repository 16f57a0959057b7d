use base64ct::Base64;
use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

use super::*;
use crate::testing::test;

const XML: &str = "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_1\">\u{fc}>>>???</samlp:Response>";

fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[track_caller]
fn expect(text: &str, encodings: &[&str]) -> Message {
    let message = decode(text).unwrap_or_else(|fault| panic!("{text}: {}", fault.found));
    assert_eq!(message.xml, XML, "{text}");
    assert_eq!(message.encodings, encodings, "{text}");
    let offset = message
        .offset
        .map(|offset| &text[offset..offset + XML.len()]);
    assert_eq!(offset, encodings.is_empty().then_some(XML));
    message
}

#[track_caller]
fn refused(text: &str, code: &str) -> Fault {
    match decode(text) {
        Ok(message) => panic!("{message:?}"),
        Err(fault) => {
            assert_eq!(fault.code, code, "{}", fault.found);
            fault
        }
    }
}

#[test]
fn each_form_is_the_same_message() {
    let plain = base64(XML.as_bytes());
    assert!(plain.contains('+') && plain.contains('/'), "{plain}");
    let deflated = base64(&compress_to_vec(XML.as_bytes(), 6));
    let lines: Vec<_> = plain
        .as_bytes()
        .chunks(76)
        .map(String::from_utf8_lossy)
        .collect();
    for (text, encodings) in [
        (XML.to_owned(), vec![]),
        (format!("\u{feff}\r\n {XML}\n"), vec![]),
        (format!("SAML response (from the IdP)\n{XML}"), vec![]),
        (plain.clone(), vec!["base64"]),
        (format!(" \"{plain}\",\n"), vec!["base64"]),
        (lines.join("\r\n"), vec!["base64"]),
        (lines.join(" "), vec!["base64"]),
        (plain.replace('+', " "), vec!["base64"]),
        (plain.replace('+', "-").replace('/', "_"), vec!["base64"]),
        (plain.trim_end_matches('=').to_owned(), vec!["base64"]),
        (encoded(&plain), vec!["percent-encoding", "base64"]),
        (
            encoded(&encoded(&plain)),
            vec!["percent-encoding", "percent-encoding", "base64"],
        ),
        (base64(plain.as_bytes()), vec!["base64", "base64"]),
        (deflated.clone(), vec!["base64", "deflate"]),
        (
            base64(&compress_to_vec_zlib(XML.as_bytes(), 6)),
            vec!["base64", "deflate"],
        ),
        (
            encoded(&deflated),
            vec!["percent-encoding", "base64", "deflate"],
        ),
        (encoded(XML), vec!["percent-encoding"]),
        (
            format!("SAMLResponse={}", encoded(&plain)),
            vec!["form", "percent-encoding", "base64"],
        ),
        (format!("SAMLResponse: {plain}"), vec!["form", "base64"]),
        (format!("SAMLResponse\n{plain}\n"), vec!["form", "base64"]),
        (
            format!("{{\"SAMLResponse\": \"{plain}\"}}"),
            vec!["form", "base64"],
        ),
        (
            XML.replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;"),
            vec!["HTML"],
        ),
    ] {
        assert_eq!(expect(&text, &encodings).relay_state, None, "{text}");
    }
}

#[test]
fn the_relay_state_beside_it_is_kept() {
    let plain = base64(XML.as_bytes());
    let relay = "https://us-east-1.console.aws.amazon.com/connect/federate/x?destination=%2Fccp-v2";
    let page = format!(
        "<html><body><form method=\"post\" action=\"https://signin.aws.amazon.com/saml\">\
         <input type=\"hidden\" value=\"{}\" name=\"SAMLResponse\"/>\
         <input type='hidden' name='RelayState' value='{relay}'></form></body></html>",
        plain
            .replace('+', "&#43;")
            .replace('/', "&#x2f;")
            .replace('=', "&#61;"),
    );
    for (text, encodings) in [
        (
            format!(
                "SAMLResponse={}&RelayState={}",
                encoded(&plain),
                encoded(relay)
            ),
            vec!["form", "percent-encoding", "base64"],
        ),
        (
            format!(
                "https://idp.example/sso?RelayState={}&SAMLRequest={}",
                encoded(relay),
                encoded(&base64(&compress_to_vec(XML.as_bytes(), 6)))
            ),
            vec!["form", "percent-encoding", "base64", "deflate"],
        ),
        (
            format!(
                "curl 'https://signin.aws.amazon.com/saml' --data-raw 'SAMLResponse={}&RelayState={}'",
                encoded(&plain),
                encoded(relay)
            ),
            vec!["form", "percent-encoding", "base64"],
        ),
        (page, vec!["form", "base64"]),
    ] {
        let relay_state = expect(&text, &encodings).relay_state;
        assert_eq!(relay_state.as_deref(), Some(relay), "{text}");
    }
}

#[test]
fn a_form_of_an_issuer_is_read() {
    let form = include_str!("../../../../../tests/setup/corpus/saml/node-saml-form.html");
    let message = decode(form).unwrap_or_else(|fault| panic!("{}", fault.found));
    assert!(message.xml.contains("AuthnRequest"), "{}", message.xml);
    assert_eq!(message.encodings, ["form", "base64"]);
}

#[test]
fn other_texts_are_refused() {
    let not = code::NOT_SAML;
    for text in [
        "",
        "   ",
        "hello",
        "https://acme.my.connect.aws",
        "SAMLResponse=",
        "%41%41",
        "&#1;",
        "=",
        "A",
        "{}",
    ] {
        refused(text, not);
    }
    let binary = base64(&[0, 1, 2, 3, 255]);
    refused(&binary, not);
    let gzip = base64(&[0x1f, 0x8b, 8, 0]);
    assert!(refused(&gzip, not).found.contains("gzip"));
    let cut = base64(&compress_to_vec(&[b'<'; 5000], 6));
    refused(&cut[..8], not);
    let at = refused("  abc!def", not).at.expect("a part");
    assert_eq!(&"  abc!def"[at.bytes()], "!");
}

#[test]
fn what_is_too_large_is_refused() {
    let large = "<".repeat(MOST_BYTES + 1);
    refused(&large, code::TOO_LARGE);
    refused(&"A".repeat(MOST_BYTES + 1), code::TOO_LARGE);
    // 10 kB that inflate to 10 MB.
    let bomb = base64(&compress_to_vec(large.as_bytes(), 9));
    assert!(bomb.len() < 20_000);
    let fault = refused(&bomb, code::TOO_LARGE);
    assert!(fault.found.contains("inflated"), "{}", fault.found);
    let bomb = base64(&compress_to_vec_zlib(large.as_bytes(), 9));
    refused(&bomb, code::TOO_LARGE);
}
