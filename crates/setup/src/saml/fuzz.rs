//! Messages that nobody sends: nothing panics, findings are about parts of the text, a canonical form is that of itself,
//! and a signature that is believed still covers what was signed.
//!
//! The tests try some thousand inputs. For more, and others:
//! `FUZZ_INPUTS=10000000 cargo test --release -p connect-setup saml::fuzz -- --nocapture`. It prints the seed; `FUZZ_SEED`
//! repeats one.

use std::collections::HashSet;
use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{SystemTime, UNIX_EPOCH};

use base64ct::{Base64, Encoding};
use miniz_oxide::deflate::compress_to_vec;

use crate::finding::Fault;
use crate::saml::c14n::{Method, canonical};
use crate::saml::certificate::Certificate;
use crate::saml::verify::{Outcome, faults, verify};
use crate::saml::{decode, xml};

const USUAL_INPUTS: u64 = 4000;

/// Calls `check` with its `share` of the inputs, in percent; it says whether it accepted one.
fn fuzz(what: &str, share: u64, make: impl Fn(&mut Dice) -> String, check: impl Fn(&str) -> bool) {
    let number = |name: &str| {
        env::var(name)
            .ok()
            .map(|text| text.parse().expect("a number"))
    };
    let wanted: Option<u64> = number("FUZZ_INPUTS");
    let now = || {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |now| now.as_secs())
    };
    let seed = number("FUZZ_SEED").unwrap_or_else(|| wanted.map_or(1, |_| now()));
    let inputs = wanted.unwrap_or(USUAL_INPUTS) * share / 100;
    let mut accepted = 0_u64;
    for index in 0..inputs {
        let mut dice = Dice::new(seed ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let input = make(&mut dice);
        match catch_unwind(AssertUnwindSafe(|| check(&input))) {
            Ok(good) => accepted += u64::from(good),
            Err(panic) => {
                println!("{what}, FUZZ_SEED={seed}, input {index}: {input:?}");
                resume_unwind(panic);
            }
        }
    }
    println!("{what}: {inputs} inputs, {accepted} accepted, FUZZ_SEED={seed}");
    assert!(accepted * 50 > inputs, "{what}: {accepted} of {inputs}");
}

/// Numbers of a seed: xorshift64*.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).expect("31 bits") % end.max(1)
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// The text with up to `most` edits, made of itself, of `pieces` and of any characters.
    fn spoilt(&mut self, text: &str, most: usize, pieces: &[&str]) -> String {
        let mut text = text.to_owned();
        for _ in 0..self.below(most + 1) {
            let start = text.floor_char_boundary(self.below(text.len() + 1));
            let end = start + self.below(40);
            let end = text.ceil_char_boundary(end.min(text.len()));
            match self.below(8) {
                0 | 1 => text.insert_str(start, self.pick::<&str>(pieces)),
                2 => text.replace_range(start..end, ""),
                3 => {
                    let piece = text[start..end].to_owned();
                    text.insert_str(end, &piece);
                }
                4 => text.replace_range(start..end, self.pick::<&str>(pieces)),
                5 => {
                    // A part of it somewhere else, as wrapping does.
                    let piece = text[start..end].to_owned();
                    let at = text.floor_char_boundary(self.below(text.len() + 1));
                    text.insert_str(at, &piece);
                }
                6 => text.truncate(if self.below(4) == 0 {
                    start
                } else {
                    text.len()
                }),
                _ => {
                    let number = u32::try_from(self.below(0x300)).expect("small");
                    text.insert(start, char::from_u32(number).unwrap_or('\u{fffd}'));
                }
            }
            text.truncate(text.floor_char_boundary(30_000));
        }
        text
    }
}

fn is_about_a_part(fault: &Fault, text: &str) {
    if let Some(at) = fault.at {
        assert!(text.get(at.bytes()).is_some(), "{fault:?}");
    }
    assert!(!fault.found.is_empty() && !fault.expected.is_empty() && !fault.remedy.is_empty());
    assert!(!fault.found.contains(char::is_control), "{fault:?}");
}

const XML_PIECES: [&str; 40] = [
    "<",
    ">",
    "/>",
    "</",
    "<a>",
    "</a>",
    "<a",
    "&",
    "&amp;",
    "&lt;",
    "&#13;",
    "&#x9;",
    "&#0;",
    "&x;",
    "\"",
    "'",
    "=",
    " ",
    "\r\n",
    "\t",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?p ",
    "?>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    " xmlns=\"\"",
    " xmlns=\"urn:d\"",
    " xmlns:a=\"urn:a\"",
    " xmlns:b=\"urn:a\"",
    " a:x=\"1\"",
    " b:x='2'",
    " xml:lang=\"en\"",
    " ID=\"1\"",
    "a:",
    "xml",
    "xmlns:",
    "ü",
    "\u{feff}",
];

fn sample() -> Vec<String> {
    let cases: serde_json::Value =
        serde_json::from_str(include_str!("../../../../tests/setup/corpus/c14n.json"))
            .expect("JSON");
    let documents = cases.as_array().expect("a list").iter();
    let documents: HashSet<_> = documents
        .filter_map(|case| case["document"].as_str())
        .collect();
    let mut documents: Vec<_> = documents.into_iter().map(str::to_owned).collect();
    documents.sort();
    documents
}

#[test]
fn a_canonical_form_is_that_of_itself() {
    let documents = sample();
    let make = |dice: &mut Dice| {
        let text = dice.pick(&documents).clone();
        dice.spoilt(&text, 4, &XML_PIECES)
    };
    let methods = [
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
        "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
    ];
    let methods = methods.map(|name| Method::named(name).expect("a method"));
    fuzz("XML", 40, make, |text| {
        let document = match xml::read(text) {
            Ok(document) => document,
            Err(fault) => {
                is_about_a_part(&fault, text);
                return false;
            }
        };
        for method in &methods {
            let once = canonical(document.root_element(), method, None);
            // Namespaces need not be absolute URIs for our reader; so it reads whatever was written of what it read.
            let again = xml::read(&once).unwrap_or_else(|fault| panic!("{once}: {fault:?}"));
            assert_eq!(canonical(again.root_element(), method, None), once);
        }
        true
    });
}

#[test]
fn whatever_is_pasted_is_decoded_or_refused() {
    let message = "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_1\">\u{fc}??>>~~</samlp:Response>";
    let plain = Base64::encode_string(message.as_bytes());
    let deflated = Base64::encode_string(&compress_to_vec(message.as_bytes(), 6));
    let percent = |text: &str| {
        text.replace('+', "%2B")
            .replace('/', "%2F")
            .replace('=', "%3D")
    };
    let seeds = [
        message.to_owned(),
        message.replace('<', "&lt;").replace('>', "&gt;"),
        message
            .replace('<', "%3C")
            .replace('>', "%3E")
            .replace(' ', "%20"),
        plain.clone(),
        percent(&plain),
        deflated.clone(),
        percent(&percent(&deflated)),
        format!(
            "SAMLResponse={}&RelayState=https%3A%2F%2Facme.example",
            percent(&plain)
        ),
        format!("https://idp.example/sso?SAMLRequest={}", percent(&deflated)),
        format!(
            "<form><input name=\"SAMLResponse\" value=\"{plain}\"/><input name=RelayState value='&#x61;'></form>"
        ),
        format!(
            "curl 'https://signin.aws.amazon.com/saml' --data-raw 'SAMLResponse={}'",
            percent(&plain)
        ),
    ];
    let pieces = [
        "%",
        "%25",
        "%2B",
        "+",
        "/",
        "=",
        "&",
        "&#",
        "&#x41;",
        "&lt;",
        "<",
        ">",
        "<input ",
        "name=",
        "value=",
        "SAMLResponse",
        "RelayState",
        "SAMLResponse=",
        "\"",
        "'",
        " ",
        "\n",
        "A",
        "PHNhbWxw",
        "eJw",
        "H4sI",
        "fVL",
        ":",
        ";",
        "\u{feff}",
        "ü",
    ];
    let make = |dice: &mut Dice| {
        let text = dice.pick(&seeds).clone();
        dice.spoilt(&text, 4, &pieces)
    };
    fuzz("pasted", 50, make, |text| match decode::decode(text) {
        Ok(message) => {
            if let Some(offset) = message.offset {
                assert!(text[offset..].starts_with(&message.xml));
            }
            if let Err(fault) = xml::read(&message.xml) {
                is_about_a_part(&fault, &message.xml);
            }
            true
        }
        Err(fault) => {
            is_about_a_part(&fault, text);
            false
        }
    });
}

#[test]
fn what_is_believed_was_signed() {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/setup/corpus/saml/"
    );
    let file = |name: &str| fs::read_to_string(format!("{folder}{name}")).expect("a file");
    let names = [
        "samlify-assertion-sha256.xml",
        "lasso-sha256.xml",
        "pysaml2-both-sha512.xml",
        "simplesamlphp-response-sha256.xml",
        "samlp-both-sha256.xml",
        "xmlsec1-assertion-odd.xml",
        "xmlsec1-response-inclusive.xml",
        "xmlsec1-assertion-default-prefix.xml",
    ];
    let seeds = names.map(file);
    let trusted = Certificate::read(&file("rsa.pem")).expect("a certificate");
    // What is signed there: the canonical form without the signatures themselves.
    let method = Method::named("http://www.w3.org/2001/10/xml-exc-c14n#").expect("a method");
    let believed = |text: &str| -> Option<Vec<String>> {
        let document = match xml::read(text) {
            Ok(document) => document,
            Err(fault) => {
                is_about_a_part(&fault, text);
                return None;
            }
        };
        let signatures = verify(&document, &trusted);
        for fault in faults(&document, &signatures, &trusted) {
            is_about_a_part(&fault, text);
        }
        let good = signatures
            .iter()
            .filter(|signature| signature.outcome == Outcome::Trusted(0));
        let forms = good.map(|signature| {
            let element = document.get_node(signature.element).expect("an element");
            let own = element
                .children()
                .find(|child| child.tag_name().name() == "Signature");
            canonical(element, &method, own.map(|own| own.id()))
        });
        Some(forms.collect())
    };
    let signed: HashSet<String> = seeds
        .iter()
        .flat_map(|seed| believed(seed).expect("XML"))
        .collect();
    assert!(signed.len() >= 10, "{}", signed.len());
    let make = |dice: &mut Dice| {
        let text = dice.pick(&seeds).clone();
        let other = dice.pick(&seeds);
        let mut pieces = XML_PIECES.to_vec();
        // Whole elements of another message, too.
        for name in ["Signature", "Assertion", "Issuer", "KeyInfo", "SignedInfo"] {
            pieces.extend(element(other, name));
        }
        dice.spoilt(&text, 2, &pieces)
    };
    fuzz("signed", 10, make, |text| {
        let Some(forms) = believed(text) else {
            return false;
        };
        for form in forms {
            assert!(signed.contains(&form), "{form}");
        }
        true
    });
}

/// The first element with this name, as it is written, roughly.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let at = text
        .find(&format!("{name} "))
        .or_else(|| text.find(&format!("{name}>")))?;
    let start = text[..at].rfind('<')?;
    let end = at + text[at..].find(&format!("{name}>"))? + name.len() + 1;
    text.get(start..end)
}
