//! What an attacker, a proxy or an editor does to a signed message; each is found, whoever has issued it.

use base64ct::{Base64, Encoding};
use roxmltree::{Document, Node};
use sha2::{Digest, Sha256};

use super::corpus::{names, read, signer};
use super::*;
use crate::saml::c14n::{Method, canonical};

/// A message with one signature that matters: the first.
struct Signed<'a, 'input> {
    text: &'input str,
    document: &'a Document<'input>,
    signature: Node<'a, 'input>,
    carrier: Node<'a, 'input>,
    assertion: Node<'a, 'input>,
}

/// One way to tamper; `None` where a message does not have what it changes.
type Way = fn(&Signed<'_, '_>) -> Option<String>;

/// Name, way, and the code of one of the findings.
const WAYS: [(&str, Way, &str); 62] = [
    (
        "another subject",
        |m| m.value("NameID", "eve@acme.example"),
        BROKEN,
    ),
    (
        "another user name",
        |m| m.last("ada@acme.example", "eve@acme.example"),
        BROKEN,
    ),
    (
        "a user name in another case",
        |m| m.last("ada@acme.example", "Ada@acme.example"),
        BROKEN,
    ),
    (
        "a letter of another alphabet",
        |m| m.last("ada@acme.example", "\u{430}da@acme.example"),
        BROKEN,
    ),
    (
        "white space before the user name",
        |m| m.last("ada@acme.example", " ada@acme.example"),
        BROKEN,
    ),
    (
        "another role",
        |m| m.last("role/connect-agent", "role/administrator"),
        BROKEN,
    ),
    (
        "another account",
        |m| m.last("123456789012:saml-provider", "210987654321:saml-provider"),
        BROKEN,
    ),
    ("a longer session", |m| m.last(">43200<", ">43201<"), BROKEN),
    (
        "another audience",
        |m| m.value("Audience", "https://elsewhere.example"),
        BROKEN,
    ),
    (
        "another recipient",
        |m| {
            m.attribute(
                "SubjectConfirmationData",
                "Recipient",
                "https://elsewhere.example/saml",
            )
        },
        BROKEN,
    ),
    (
        "valid for longer",
        |m| m.attribute("Conditions", "NotOnOrAfter", "2099-01-01T00:00:00Z"),
        BROKEN,
    ),
    (
        "valid earlier",
        |m| m.attribute("Conditions", "NotBefore", "2000-01-01T00:00:00Z"),
        BROKEN,
    ),
    (
        "a confirmation for longer",
        |m| {
            m.attribute(
                "SubjectConfirmationData",
                "NotOnOrAfter",
                "2099-01-01T00:00:00Z",
            )
        },
        BROKEN,
    ),
    (
        "another confirmation",
        |m| {
            m.attribute(
                "SubjectConfirmation",
                "Method",
                "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key",
            )
        },
        BROKEN,
    ),
    (
        "another time of sign-in",
        |m| m.attribute("AuthnStatement", "AuthnInstant", "2000-01-01T00:00:00Z"),
        BROKEN,
    ),
    (
        "another kind of sign-in",
        |m| {
            m.value(
                "AuthnContextClassRef",
                "urn:oasis:names:tc:SAML:2.0:ac:classes:X509",
            )
        },
        BROKEN,
    ),
    (
        "another time of issue",
        |m| m.carrier_attribute("IssueInstant", "2000-01-01T00:00:00Z"),
        BROKEN,
    ),
    (
        "another issuer",
        |m| {
            let issuer = m
                .carrier
                .children()
                .find(|child| child.tag_name().name() == "Issuer")?;
            m.content(issuer, "https://elsewhere.example")
        },
        BROKEN,
    ),
    (
        "another format of the subject",
        |m| m.attribute("NameID", "Format", "urn:x"),
        BROKEN,
    ),
    (
        "another attribute's name",
        |m| m.last("/RoleSessionName", "/rolesessionname"),
        BROKEN,
    ),
    ("a second value", |m| m.doubled("AttributeValue"), BROKEN),
    ("a second attribute", |m| m.doubled("Attribute"), BROKEN),
    ("no conditions", |m| m.without("Conditions"), BROKEN),
    ("no audience", |m| m.without("AudienceRestriction"), BROKEN),
    ("no attribute", |m| m.without("Attribute"), BROKEN),
    (
        "one more attribute",
        |m| m.inserted_attribute(m.carrier, " lang=\"de\""),
        BROKEN,
    ),
    (
        "a namespace that is used",
        |m| m.inserted_attribute(m.carrier, " xmlns:evil=\"urn:evil\" evil:a=\"\""),
        BROKEN,
    ),
    (
        "white space between elements",
        |m| m.before(m.find("Conditions")?, "\n  "),
        BROKEN,
    ),
    (
        "indented by an editor",
        |m| Some(m.text.replace("><", ">\n<")),
        BROKEN,
    ),
    (
        "an instruction inside a value",
        |m| m.value("NameID", "ada@acme<?x?>.example"),
        BROKEN,
    ),
    (
        "a comment inside the subject",
        |m| m.value("NameID", "ada@acme.example<!---->.evil.example"),
        code::XML_COMMENT,
    ),
    (
        "a comment inside the user name",
        |m| m.last("ada@acme.example<", "ada<!-- -->@acme.example<"),
        code::XML_COMMENT,
    ),
    (
        "an ID that the signature does not name",
        |m| m.carrier_attribute("ID", "_evil"),
        code::SIGNATURE_WRAPPED,
    ),
    (
        "another ID in both places",
        |m| {
            let id = m.carrier.attribute("ID")?;
            Some(m.text.replace(id, "_evil"))
        },
        BROKEN,
    ),
    ("an altered digest", |m| m.flipped("DigestValue"), BROKEN),
    (
        "a digest made anew for an altered message",
        redigested,
        BROKEN,
    ),
    (
        "an altered value of the signature",
        |m| m.flipped("SignatureValue"),
        BROKEN,
    ),
    (
        "an empty value of the signature",
        |m| m.signature_value(""),
        BROKEN,
    ),
    (
        "a value of zeros",
        |m| m.signature_value(&"A".repeat(344)),
        BROKEN,
    ),
    (
        "a value that is no base64",
        |m| m.signature_value("!"),
        BROKEN,
    ),
    (
        "another signature method",
        |m| {
            m.algorithm(
                "SignatureMethod",
                "http://www.w3.org/2001/04/xmldsig-more#rsa-ripemd160",
            )
        },
        code::SIGNATURE_UNSUPPORTED,
    ),
    (
        "a weaker signature method",
        |m| {
            m.algorithm(
                "SignatureMethod",
                "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1",
            )
        },
        BROKEN,
    ),
    (
        "a signature by a shared secret",
        |m| {
            m.algorithm(
                "SignatureMethod",
                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
            )
        },
        code::SIGNATURE_UNSUPPORTED,
    ),
    (
        "no signature method",
        |m| m.without("SignatureMethod"),
        BROKEN,
    ),
    (
        "another digest method",
        |m| {
            let is_sha384 = m
                .find("DigestMethod")?
                .attribute("Algorithm")?
                .contains("sha384");
            let other = if is_sha384 {
                "http://www.w3.org/2001/04/xmlenc#sha512"
            } else {
                "http://www.w3.org/2001/04/xmldsig-more#sha384"
            };
            m.algorithm("DigestMethod", other)
        },
        BROKEN,
    ),
    (
        "another canonicalisation",
        |m| {
            m.algorithm(
                "CanonicalizationMethod",
                "http://www.w3.org/2006/12/xml-c14n11",
            )
        },
        code::SIGNATURE_UNSUPPORTED,
    ),
    (
        "a transform that runs a program",
        |m| m.transform("http://www.w3.org/TR/1999/REC-xslt-19991116"),
        code::SIGNATURE_UNSUPPORTED,
    ),
    (
        "a transform that takes things out",
        |m| m.transform("http://www.w3.org/2002/06/xmldsig-filter2"),
        code::SIGNATURE_UNSUPPORTED,
    ),
    ("no transform", |m| m.without("Transforms"), BROKEN),
    ("two references", |m| m.doubled("Reference"), BROKEN),
    ("no reference", |m| m.without("Reference"), BROKEN),
    (
        "a reference to the whole",
        |m| m.attribute("Reference", "URI", ""),
        code::SIGNATURE_WRAPPED,
    ),
    (
        "a reference to somewhere else",
        |m| m.attribute("Reference", "URI", "https://elsewhere.example/"),
        code::SIGNATURE_WRAPPED,
    ),
    (
        "a reference by a path",
        |m| m.attribute("Reference", "URI", "#xpointer(/)"),
        code::SIGNATURE_WRAPPED,
    ),
    (
        "an object in the signature",
        |m| {
            let end = m.signature.range().end;
            let tag = m.text.get(..end)?.rfind("</")?;
            Some(edited(
                m.text,
                tag,
                tag,
                "<Object xmlns=\"http://www.w3.org/2000/09/xmldsig#\">x</Object>",
            ))
        },
        BROKEN,
    ),
    ("a second signature", |m| m.doubled("Signature"), BROKEN),
    (
        "no signature at all",
        |m| {
            let mut text = m.text.to_owned();
            while let Some(range) = first_signature(&text) {
                text.replace_range(range, "");
            }
            Some(text)
        },
        code::SIGNATURE_MISSING,
    ),
    (
        "a signature moved out",
        |m| {
            let signature = m.part(m.signature).to_owned();
            let without = edited(
                m.text,
                m.signature.range().start,
                m.signature.range().end,
                "",
            );
            let end = without.rfind("</")?;
            (m.carrier != m.document.root_element()).then(|| edited(&without, end, end, &signature))
        },
        code::SIGNATURE_MISSING,
    ),
    (
        "an ID twice",
        |m| {
            m.before(
                m.find("Conditions")?,
                &format!("<x ID=\"{}\"/>", m.carrier.attribute("ID")?),
            )
        },
        code::XML_ID_TWICE,
    ),
    (
        "an entity",
        |m| {
            let start = m.document.root_element().range().start;
            let name = name(m.part(m.document.root_element()));
            Some(edited(
                m.text,
                start,
                start,
                &format!("<!DOCTYPE {name} [<!ENTITY a \"ada\">]>"),
            ))
        },
        code::XML_DTD,
    ),
    (
        "cut off",
        |m| {
            let end = m.text.floor_char_boundary(m.text.len() / 2);
            m.text.get(..end).map(str::to_owned)
        },
        code::XML_SYNTAX,
    ),
    (
        "a second response",
        |m| {
            let root = m.part(m.document.root_element());
            let start = m.document.root_element().range().start;
            Some(edited(m.text, start, start, &renamed(root)?))
        },
        code::XML_SYNTAX,
    ),
];

/// Signature wrapping: Somorovsky, Mayer, Schwenk, Kampmann and Jensen, "On Breaking SAML: Be Whoever You Want to Be",
/// 2012, as the tool SAML Raider numbers them.
const WRAPPINGS: [(&str, Way); 8] = [
    // An evil response around the signature, with the original response in the signature.
    ("XSW1", |m| {
        let end = m.end_of_signature()?;
        let original = edited(m.text, end, end, &m.original()?);
        m.response_signed()
            .then(|| with_evil_carrier(&original, m))
            .flatten()
    }),
    // The same, with the original response before the signature.
    ("XSW2", |m| {
        let start = m.signature.range().start;
        let original = edited(m.text, start, start, &m.original()?);
        m.response_signed()
            .then(|| with_evil_carrier(&original, m))
            .flatten()
    }),
    // An evil assertion before the original one.
    ("XSW3", |m| {
        m.assertion_signed()
            .then(|| m.before(m.carrier, &m.evil()?))
            .flatten()
    }),
    // An evil assertion around the original one.
    ("XSW4", |m| {
        let evil = m.evil()?;
        let end = evil.rfind("</")?;
        let around = edited(&evil, end, end, m.part(m.carrier));
        m.assertion_signed().then(|| m.instead(m.carrier, &around))
    }),
    // An evil assertion with the signature, and the original one behind it.
    ("XSW5", |m| {
        let both = format!(
            "{}{}",
            m.evil_with_signature(m.part(m.signature))?,
            m.original()?
        );
        m.assertion_signed().then(|| m.instead(m.carrier, &both))
    }),
    // An evil assertion with the signature, and the original one in that.
    ("XSW6", |m| {
        let signature = m.part(m.signature);
        let end = signature.rfind("</")?;
        let signature = edited(signature, end, end, &m.original()?);
        m.assertion_signed()
            .then(|| Some(m.instead(m.carrier, &m.evil_with_signature(&signature)?)))
            .flatten()
    }),
    // An evil assertion in the extensions of the response.
    ("XSW7", |m| {
        let extensions = format!(
            "<x:Extensions xmlns:x=\"urn:oasis:names:tc:SAML:2.0:protocol\">{}</x:Extensions>",
            m.evil()?
        );
        m.assertion_signed()
            .then(|| m.before(m.carrier, &extensions))
            .flatten()
    }),
    // An evil assertion with the signature, and the original one in an object of that.
    ("XSW8", |m| {
        let signature = m.part(m.signature);
        let end = signature.rfind("</")?;
        let object = format!(
            "<o:Object xmlns:o=\"http://www.w3.org/2000/09/xmldsig#\">{}</o:Object>",
            m.original()?
        );
        let signature = edited(signature, end, end, &object);
        m.assertion_signed()
            .then(|| Some(m.instead(m.carrier, &m.evil_with_signature(&signature)?)))
            .flatten()
    }),
];

#[test]
fn whatever_is_changed_is_found() {
    for (way, tamper, expected) in WAYS {
        let mut tried = 0;
        let tried_all = each_signed(|name, message, trusted| {
            let Some(tampered) = tamper(message) else {
                return;
            };
            assert_ne!(tampered, message.text, "{way}: {name}");
            tried += 1;
            let codes = codes(&tampered, trusted);
            assert!(codes.contains(&expected), "{way}: {name}: {codes:?}");
        });
        assert!(
            tried > 0 && tried * 3 > tried_all,
            "{way}: {tried} of {tried_all}"
        );
    }
}

#[test]
fn a_wrapped_signature_is_found() {
    for (way, wrap) in WRAPPINGS {
        let mut tried = 0;
        each_signed(|name, message, trusted| {
            let Some(wrapped) = wrap(message) else {
                return;
            };
            tried += 1;
            let document = xml::read(&wrapped)
                .unwrap_or_else(|fault| panic!("{way}: {name}: {}\n{wrapped}", fault.found));
            let signatures = verify(&document, trusted);
            // What is believed does not have the evil user in it.
            for signature in &signatures {
                if matches!(signature.outcome, Outcome::Trusted(_)) {
                    let element = document.get_node(signature.element).expect("an element");
                    let part = &wrapped[element.range()];
                    assert!(
                        !part.contains("eve@acme.example"),
                        "{way}: {name}\n{wrapped}"
                    );
                }
            }
            let faults = faults(&document, &signatures, trusted);
            let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
            assert!(
                codes.contains(&code::SIGNATURE_WRAPPED)
                    || codes.contains(&code::SIGNATURE_MISSING),
                "{way}: {name}: {codes:?}"
            );
        });
        assert!(tried > 3, "{way}: {tried}");
    }
}

/// Calls `check` with every signed message of the corpus; how many there are.
fn each_signed(mut check: impl FnMut(&str, &Signed<'_, '_>, &[Certificate])) -> usize {
    let mut count = 0;
    for name in names() {
        if name.contains("metadata") || name.contains("request") || name.contains("unsigned") {
            continue;
        }
        // Of xmlsec1's some are enough here, for the sake of the time that tests take.
        if name.starts_with("xmlsec1") && !CHOSEN.iter().any(|part| name.contains(part)) {
            continue;
        }
        let text = read(&name);
        let trusted = trusted(&read(signer(&name)));
        let document = xml::read(&text).expect("XML");
        let find = |name: &str| {
            document
                .descendants()
                .find(|node| node.tag_name().name() == name)
        };
        let (signature, assertion) = (
            find("Signature").expect("one"),
            find("Assertion").expect("one"),
        );
        let message = Signed {
            text: &text,
            document: &document,
            signature,
            carrier: signature.parent_element().expect("a parent"),
            assertion,
        };
        count += 1;
        check(&name, &message, &trusted);
    }
    count
}

fn codes(text: &str, trusted: &[Certificate]) -> Vec<&'static str> {
    let document = match xml::read(text) {
        Ok(document) => document,
        Err(fault) => return vec![fault.code],
    };
    let faults = faults(&document, &verify(&document, trusted), trusted);
    for fault in &faults {
        let at = fault.at.expect("a part of the document");
        assert!(
            text.get(at.bytes()).is_some_and(|part| !part.is_empty()),
            "{fault:?}"
        );
    }
    faults.iter().map(|fault| fault.code).collect()
}

impl<'a, 'input> Signed<'a, 'input> {
    fn part(&self, node: Node<'a, 'input>) -> &'input str {
        &self.text[node.range()]
    }

    fn find(&self, name: &str) -> Option<Node<'a, 'input>> {
        let mut all = self.carrier.descendants();
        all.find(|node| node.tag_name().name() == name)
    }

    fn response_signed(&self) -> bool {
        self.carrier.tag_name().name() == "Response"
    }

    fn assertion_signed(&self) -> bool {
        self.carrier == self.assertion
    }

    fn instead(&self, node: Node<'a, 'input>, text: &str) -> String {
        edited(self.text, node.range().start, node.range().end, text)
    }

    fn before(&self, node: Node<'a, 'input>, text: &str) -> Option<String> {
        let start = node.range().start;
        Some(edited(self.text, start, start, text))
    }

    fn content(&self, node: Node<'a, 'input>, text: &str) -> Option<String> {
        let start = xml::start_tag(node).end;
        let end = node.range().start + self.part(node).rfind("</")?;
        Some(edited(self.text, start, end, text))
    }

    fn value(&self, name: &str, text: &str) -> Option<String> {
        self.content(self.find(name)?, text)
    }

    fn last(&self, old: &str, new: &str) -> Option<String> {
        let at = self.text.rfind(old)?;
        Some(edited(self.text, at, at + old.len(), new))
    }

    fn set(&self, node: Node<'a, 'input>, name: &str, value: &str) -> Option<String> {
        let at = node.attribute_node(name)?.range();
        Some(edited(
            self.text,
            at.start,
            at.end,
            &format!("{name}=\"{value}\""),
        ))
    }

    fn attribute(&self, element: &str, name: &str, value: &str) -> Option<String> {
        self.set(self.find(element)?, name, value)
    }

    fn algorithm(&self, element: &str, value: &str) -> Option<String> {
        self.attribute(element, "Algorithm", value)
    }

    fn carrier_attribute(&self, name: &str, value: &str) -> Option<String> {
        self.set(self.carrier, name, value)
    }

    fn inserted_attribute(&self, node: Node<'a, 'input>, text: &str) -> Option<String> {
        let at = node.range().start + 1 + name(self.part(node)).len();
        Some(edited(self.text, at, at, text))
    }

    fn transform(&self, algorithm: &str) -> Option<String> {
        self.algorithm("Transform", algorithm)
    }

    fn doubled(&self, name: &str) -> Option<String> {
        let node = self.find(name)?;
        // Not one that is only there twice because its ID is.
        let copy = self.part(node).replace(" Id=\"", " Ie=\"");
        self.before(node, &copy)
    }

    fn without(&self, name: &str) -> Option<String> {
        Some(self.instead(self.find(name)?, ""))
    }

    fn signature_value(&self, text: &str) -> Option<String> {
        self.value("SignatureValue", text)
    }

    /// One character in the middle of base64 is another one.
    fn flipped(&self, name: &str) -> Option<String> {
        let value = xml::value(self.find(name)?);
        let at = value
            .char_indices()
            .filter(|(_, c)| c.is_alphanumeric())
            .nth(20)?
            .0;
        let other = if value.get(at..=at)? == "A" { "B" } else { "A" };
        self.value(name, &edited(&value, at, at + 1, other))
    }

    /// The carrier as it was signed: without the signature.
    fn original(&self) -> Option<String> {
        let (all, inner) = (self.carrier.range(), self.signature.range());
        let (before, after) = (
            self.text.get(all.start..inner.start)?,
            self.text.get(inner.end..all.end)?,
        );
        Some(format!("{before}{after}"))
    }

    /// An assertion for somebody else, with another ID and without a signature.
    fn evil(&self) -> Option<String> {
        renamed(
            &self
                .original()?
                .replace("ada@acme.example", "eve@acme.example"),
        )
    }

    fn evil_with_signature(&self, signature: &str) -> Option<String> {
        let evil = self.evil()?;
        let at = self.signature.range().start - self.carrier.range().start;
        // What is before the signature has kept its length but for the ID.
        let at = at + evil.len() - self.original()?.len();
        Some(edited(&evil, at, at, signature))
    }

    fn end_of_signature(&self) -> Option<usize> {
        let range = self.signature.range();
        Some(range.start + self.part(self.signature).rfind("</")?)
    }
}

/// The message with another ID of its root, and another user behind what is signed.
fn with_evil_carrier(text: &str, message: &Signed<'_, '_>) -> Option<String> {
    let start = message.carrier.range().start;
    let (before, root) = text.split_at(start);
    let id = message.carrier.attribute("ID")?;
    let root = root.replacen(&format!("ID=\"{id}\""), "ID=\"_evil\"", 1);
    // The evil assertion needs other IDs than the original one, too.
    let at = root.rfind("ada@acme.example")?;
    let evil = edited(&root, at, at + 16, "eve@acme.example");
    let inner = message.assertion.attribute("ID")?;
    let last = evil.rfind(&format!("ID=\"{inner}\""))?;
    let evil = edited(&evil, last, last + inner.len() + 5, "ID=\"_evil2\"");
    Some(format!("{before}{evil}").replacen(" Id=\"Signature", " Ie=\"Signature", 4))
}

/// With another ID.
fn renamed(element: &str) -> Option<String> {
    let start = element.find(" ID=\"")? + 5;
    let end = start + element.get(start..)?.find('"')?;
    Some(edited(element, start, end, "_evil"))
}

/// The user name changed, and the digest made anew by somebody without the key.
fn redigested(message: &Signed<'_, '_>) -> Option<String> {
    let is_sha256 = message
        .find("DigestMethod")?
        .attribute("Algorithm")?
        .ends_with("#sha256");
    let mut transforms = message
        .carrier
        .descendants()
        .filter(|node| node.has_tag_name((DS, "Transform")));
    let method = Method::named(transforms.nth(1)?.attribute("Algorithm")?)?;
    let tampered = message.last("ada@acme.example", "eve@acme.example")?;
    let document = xml::read(&tampered).ok()?;
    let signature = document
        .descendants()
        .find(|node| node.has_tag_name((DS, "Signature")))?;
    let carrier = signature.parent_element()?;
    let digest = Sha256::digest(canonical(carrier, &method, Some(signature.id())).as_bytes());
    let value = message.find("DigestValue")?;
    let at = xml::start_tag(value).end;
    let end = value.range().start + message.part(value).rfind("</")?;
    is_sha256.then(|| edited(&tampered, at, end, &Base64::encode_string(&digest)))
}

fn first_signature(text: &str) -> Option<std::ops::Range<usize>> {
    let document = xml::read(text).ok()?;
    let signature = document
        .descendants()
        .find(|node| node.has_tag_name((DS, "Signature")));
    signature.map(|node| node.range())
}

fn edited(text: &str, start: usize, end: usize, new: &str) -> String {
    let mut text = text.to_owned();
    text.replace_range(start..end, new);
    text
}

/// The name in the start tag with which `element` begins.
fn name(element: &str) -> &str {
    let end = element
        .find([' ', '\r', '\n', '>', '/'])
        .unwrap_or(element.len());
    &element[1..end]
}

const CHOSEN: [&str; 4] = ["microsoft", "-odd", "p384-sha384", "inclusive-saml"];
const BROKEN: &str = code::SIGNATURE_BROKEN;
