//! The one reader of XML: no document types and so no entities, bounded, and no ID twice.

use std::collections::HashSet;

use roxmltree::{Document, Error, Node, ParsingOptions, TextPos};

use crate::finding::{Fault, Range, code};

/// XML Signature.
pub(crate) const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
/// SAML assertions.
pub(crate) const SAML: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// SAML protocol messages.
pub(crate) const SAMLP: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// SAML metadata.
pub(crate) const MD: &str = "urn:oasis:names:tc:SAML:2.0:metadata";

/// Reads a document. Its positions are bytes of `text`.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn read(text: &str) -> Result<Document<'_>, Fault> {
    within_limits(text)?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        entity_resolver: None,
    };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        let at = Range::new(offset(text, error.pos()), text.len());
        let is_limit = matches!(
            error,
            Error::NodesLimitReached
                | Error::AttributesLimitReached
                | Error::NamespacesLimitReached
        );
        if is_limit {
            limit("more elements than any SAML message has", at)
        } else if matches!(error, Error::DtdDetected) {
            document_type(at)
        } else {
            syntax(&error.to_string(), first_line(text, at))
        }
    })?;
    match id_twice(&document).or_else(|| misdeclared(&document)) {
        Some(fault) => Err(fault),
        None => Ok(document),
    }
}

/// The text of an element without its comments, which a signature does not cover. [`Node::text`] would end at the first
/// one.
pub(crate) fn value(element: Node<'_, '_>) -> String {
    element
        .children()
        .filter(Node::is_text)
        .filter_map(|text| text.text())
        .collect()
}

/// The elements among the children that have this name.
pub(crate) fn children<'a, 'input>(
    parent: Node<'a, 'input>,
    namespace: &'static str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    parent
        .children()
        .filter(move |child| child.has_tag_name((namespace, name)))
}

/// The only child with this name.
pub(crate) fn only<'a, 'input>(
    parent: Node<'a, 'input>,
    namespace: &'static str,
    name: &'static str,
) -> Option<Node<'a, 'input>> {
    let mut all = children(parent, namespace, name);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// Where the start tag of an element stands.
pub(crate) fn start_tag(element: Node<'_, '_>) -> Range {
    let range = element.range();
    let text = element.document().input_text();
    let tag = text.get(range.clone()).unwrap_or_default();
    Range::new(range.start, range.start + tag_length(tag))
}

/// How long the tag is with which `text` begins; a `>` in an attribute does not end it.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// Refuses what would take the reader more memory or time than its length suggests: it keeps the namespaces of each
/// depth, and compares the attributes of an element with each other.
fn within_limits(text: &str) -> Result<(), Fault> {
    if text.len() > MOST_BYTES {
        return Err(too_large(text.len()));
    }
    // How many namespaces the open elements declare.
    let mut open: Vec<usize> = Vec::new();
    let (mut tags, mut at) = (0_usize, 0_usize);
    let count = |of: u8| text.bytes().filter(|byte| *byte == of).count();
    if count(b'=') > MOST_EQUALS {
        return Err(limit(
            "more attributes than any SAML message has",
            Range::whole(text),
        ));
    }
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('<')) {
        at += found;
        let rest = text.get(at..).unwrap_or_default();
        tags += 1;
        let skipped = |end: &str| rest.find(end).map_or(rest.len(), |found| found + end.len());
        let length = if rest.starts_with("<!--") {
            skipped("-->")
        } else if rest.starts_with("<![CDATA[") {
            skipped("]]>")
        } else if rest.starts_with("<?") {
            skipped("?>")
        } else if rest
            .get(..9)
            .is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"))
        {
            return Err(document_type(Range::new(at, at + 9)));
        } else {
            let length = tag_length(rest);
            let tag = rest.get(..length).unwrap_or_default();
            let many = |of: &str| tag.matches(of).count();
            let in_scope = open.last().copied().unwrap_or_default() + many("xmlns");
            if tag.starts_with("</") {
                open.pop();
            } else if !tag.ends_with("/>") {
                open.push(in_scope);
            }
            let what = if open.len() > DEEPEST {
                Some("elements nested more deeply than in any SAML message")
            } else if many("=") > MOST_ATTRIBUTES {
                Some("more attributes than any element of SAML has")
            } else if in_scope > MOST_NAMESPACES {
                Some("more namespaces than any SAML message has")
            } else {
                None
            };
            if let Some(what) = what {
                return Err(limit(what, Range::new(at, at + length)));
            }
            length
        };
        if tags > MOST_TAGS {
            return Err(limit(
                "more elements than any SAML message has",
                Range::whole(text),
            ));
        }
        at += length;
    }
    Ok(())
}

/// The second element with an ID that another one has.
fn id_twice(document: &Document<'_>) -> Option<Fault> {
    let mut seen = HashSet::new();
    for element in document.descendants().filter(Node::is_element) {
        for attribute in element.attributes() {
            let is_id = match attribute.namespace() {
                None => attribute.name().eq_ignore_ascii_case("id"),
                Some(XML) => attribute.name() == "id",
                Some(_) => false,
            };
            if is_id && !seen.insert(attribute.value()) {
                let at = attribute.range();
                let fault = Fault::error(code::XML_ID_TWICE, Some(Range::new(at.start, at.end)))
                    .found(format!(
                        "a second element with the ID {}",
                        quoted(attribute.value())
                    ))
                    .expected("each ID once, so that a signature says which element it covers")
                    .remedy(
                        "Take this message for an attack, unless you have put it together yourself. Copy the one that the \
                         identity provider sends.",
                        "XML 1.0, section 3.3.1; SAML V2.0 Core, section 5.4.2",
                    );
                return Some(fault);
            }
        }
    }
    None
}

/// What the reader takes and nobody else does: a prefix that is declared to mean nothing (Namespaces in XML 1.0, section
/// 5), and a default namespace that is declared twice.
fn misdeclared(document: &Document<'_>) -> Option<Fault> {
    for element in document.descendants().filter(Node::is_element) {
        let empty = element
            .namespaces()
            .any(|namespace| namespace.name().is_some() && namespace.uri().is_empty());
        let defaults = element
            .namespaces()
            .filter(|namespace| namespace.name().is_none())
            .count();
        if empty || defaults > 1 {
            let what = if empty {
                "a prefix that is declared empty"
            } else {
                "two attributes xmlns"
            };
            return Some(syntax(what, start_tag(element)));
        }
    }
    None
}

/// A text as messages quote it: on one line, and short.
pub(crate) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("“{short}”")
}

/// More bytes than are read.
pub(crate) fn too_large(bytes: usize) -> Fault {
    Fault::error(code::TOO_LARGE, None)
        .found(format!("{bytes} bytes"))
        .expected("at most 10 MB")
        .remedy(
            "Paste the message alone: a SAML response has some 10 kB.",
            "The limit of this check",
        )
}

fn limit(what: &str, at: Range) -> Fault {
    Fault::error(code::XML_LIMIT, Some(at))
        .found(what)
        .expected(format!(
            "at most {DEEPEST} elements in each other, {MOST_ATTRIBUTES} attributes in one and {MOST_TAGS} tags in all"
        ))
        .remedy(
            "Do not trust the sender: messages like this are made to use up the memory of who reads them.",
            "The limits of this check; OWASP, XML Security Cheat Sheet",
        )
}

fn document_type(at: Range) -> Fault {
    Fault::error(code::XML_DTD, Some(at))
        .found("a document type (<!DOCTYPE>)")
        .expected("none: SAML has no document types, and entities are not expanded here")
        .remedy(
            "Do not trust the sender: a document type is how entities are smuggled in, which make a reader fetch files or \
             run out of memory.",
            "OWASP, SAML Security Cheat Sheet and XML External Entity Prevention Cheat Sheet",
        )
}

fn syntax(what: &str, at: Range) -> Fault {
    // The reader quotes what it has found.
    let what: String = what.chars().filter(|c| !c.is_control()).collect();
    Fault::error(code::XML_SYNTAX, Some(at))
        .found(what)
        .expected("well-formed XML")
        .remedy(
            "Copy the whole message again. Programs that show XML in a readable form often change it.",
            "XML 1.0, Fifth Edition",
        )
}

/// The part `at` up to the end of its line; of an empty one the last character before it.
fn first_line(text: &str, at: Range) -> Range {
    let rest = text.get(at.bytes()).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let end = line
        .char_indices()
        .nth(80)
        .map_or(line.len(), |(end, _)| end);
    Range::new(at.start, at.start + end)
}

/// The byte at a row and column, both from 1; columns are characters.
fn offset(text: &str, position: TextPos) -> usize {
    let (row, column) = (position.row as usize, position.col as usize);
    let start: usize = text
        .split_inclusive('\n')
        .take(row.saturating_sub(1))
        .map(str::len)
        .sum();
    let line = text.get(start..).unwrap_or_default();
    let within = line.char_indices().nth(column.saturating_sub(1));
    start + within.map_or(line.len(), |(at, _)| at)
}

/// The namespace of `xml:id`.
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// How much is read, in bytes.
pub(crate) const MOST_BYTES: usize = 10_000_000;
/// SAML nests some twelve elements.
const DEEPEST: usize = 64;
const MOST_ATTRIBUTES: usize = 256;
/// In scope; one that is declared again counts again.
const MOST_NAMESPACES: usize = 64;
const MOST_TAGS: usize = 400_000;
/// What the reader allocates for before it knows which of them are attributes.
const MOST_EQUALS: usize = 800_000;
const MOST_NODES: u32 = 1_000_000;

#[cfg(test)]
mod tests;
