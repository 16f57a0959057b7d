//! Canonical XML: the same bytes for the same element, however it was written. A digest is one of these bytes.
//!
//! Exclusive XML Canonicalization 1.0 and Canonical XML 1.0 (inclusive), each with and without comments, of one element
//! and all that is in it. Fewer namespaces are declared than there are in scope: the exclusive form has those that a name
//! uses where it uses them first, the inclusive form all of them at the first element.
//!
//! Sources: <https://www.w3.org/TR/xml-exc-c14n/>, <https://www.w3.org/TR/2001/REC-xml-c14n-20010315>.

use std::collections::BTreeMap;

use roxmltree::{Attribute, Node, NodeId, NodeType};

use crate::saml::xml;

/// A way to canonicalise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Method<'a> {
    pub(crate) exclusive: bool,
    pub(crate) comments: bool,
    /// The `PrefixList` of `InclusiveNamespaces`: prefixes that the exclusive form treats as the inclusive one does.
    /// `""` is the default namespace.
    pub(crate) prefixes: Vec<&'a str>,
}

impl<'a> Method<'a> {
    /// The method with this identifier.
    pub(crate) fn named(identifier: &str) -> Option<Self> {
        let (exclusive, comments) = match identifier {
            "http://www.w3.org/2001/10/xml-exc-c14n#" => (true, false),
            "http://www.w3.org/2001/10/xml-exc-c14n#WithComments" => (true, true),
            INCLUSIVE => (false, false),
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments" => (false, true),
            _ => return None,
        };
        Some(Self {
            exclusive,
            comments,
            prefixes: Vec::new(),
        })
    }

    /// The same one with a `PrefixList`.
    pub(crate) fn with_prefixes(self, list: &'a str) -> Self {
        let prefixes = list
            .split_ascii_whitespace()
            .map(|prefix| if prefix == "#default" { "" } else { prefix });
        Self {
            prefixes: prefixes.collect(),
            ..self
        }
    }
}

/// What a `Reference` gets whose last transform leaves a node-set: XML Signature 1.1, section 4.4.3.2.
pub(crate) const INCLUSIVE: &str = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

/// The canonical form of `element`, without the descendant `left_out`.
pub(crate) fn canonical(
    element: Node<'_, '_>,
    method: &Method<'_>,
    left_out: Option<NodeId>,
) -> String {
    let mut writer = Writer {
        method,
        left_out,
        apex: element.id(),
        out: String::new(),
    };
    writer.element(element, &BTreeMap::new());
    writer.out
}

/// Prefixes and their namespaces.
type Scope<'a> = BTreeMap<&'a str, &'a str>;

struct Writer<'m> {
    method: &'m Method<'m>,
    left_out: Option<NodeId>,
    apex: NodeId,
    out: String,
}

impl Writer<'_> {
    /// `declared`: what the ancestors in the output have declared. The depth is that of the document, which
    /// [`xml::read`] bounds.
    fn element(&mut self, element: Node<'_, '_>, declared: &Scope<'_>) {
        let name = name(element);
        let mut attributes: Vec<_> = element
            .attributes()
            .map(|attribute| Written::of(element, &attribute))
            .collect();
        if element.id() == self.apex && !self.method.exclusive {
            attributes.extend(inherited(element));
        }
        attributes.sort_by_key(|attribute| (attribute.namespace, attribute.local));

        let used = attributes.iter().map(|attribute| prefix(attribute.name));
        let used: Vec<_> = used
            .filter(|prefix| !prefix.is_empty())
            .chain([prefix(name)])
            .collect();
        let is_new = |(prefix, uri): &(&str, &str)| {
            let is_wanted = !self.method.exclusive
                || used.contains(prefix)
                || self.method.prefixes.contains(prefix);
            is_wanted && declared.get(prefix).copied().unwrap_or_default() != *uri
        };
        let in_scope = element
            .namespaces()
            .map(|namespace| (namespace.name().unwrap_or_default(), namespace.uri()));
        // xmlns="" takes a default namespace of the output back.
        let undeclared = element.default_namespace().is_none().then_some(("", ""));
        let mut new: Vec<_> = in_scope
            .filter(|(prefix, _)| *prefix != "xml")
            .chain(undeclared)
            .filter(is_new)
            .collect();
        new.sort_unstable();
        new.dedup();

        self.out.push('<');
        self.out.push_str(name);
        for (prefix, uri) in &new {
            self.out.push_str(if prefix.is_empty() {
                " xmlns"
            } else {
                " xmlns:"
            });
            self.out.push_str(prefix);
            self.value(uri);
        }
        for attribute in &attributes {
            self.out.push(' ');
            self.out.push_str(attribute.name);
            self.value(attribute.value);
        }
        self.out.push('>');
        let extended = (!new.is_empty()).then(|| {
            let mut all = declared.clone();
            all.extend(new);
            all
        });
        let all = extended.as_ref().unwrap_or(declared);
        for child in element.children() {
            self.child(child, all);
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn child(&mut self, child: Node<'_, '_>, declared: &Scope<'_>) {
        if Some(child.id()) == self.left_out {
            return;
        }
        match child.node_type() {
            NodeType::Element => self.element(child, declared),
            NodeType::Text => self.text(child.text().unwrap_or_default()),
            NodeType::Comment if self.method.comments => {
                self.out.push_str("<!--");
                self.lines(child.text().unwrap_or_default());
                self.out.push_str("-->");
            }
            NodeType::PI => {
                if let Some(instruction) = child.pi() {
                    self.out.push_str("<?");
                    self.out.push_str(instruction.target);
                    if let Some(value) = instruction.value.filter(|value| !value.is_empty()) {
                        self.out.push(' ');
                        self.lines(value);
                    }
                    self.out.push_str("?>");
                }
            }
            NodeType::Comment | NodeType::Root => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.escaped(text, |c| match c {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '\r' => Some("&#xD;"),
            _ => None,
        });
    }

    fn value(&mut self, value: &str) {
        self.out.push_str("=\"");
        self.escaped(value, |c| match c {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '"' => Some("&quot;"),
            '\t' => Some("&#x9;"),
            '\n' => Some("&#xA;"),
            '\r' => Some("&#xD;"),
            _ => None,
        });
        self.out.push('"');
    }

    fn escaped(&mut self, text: &str, escape: impl Fn(char) -> Option<&'static str>) {
        let mut rest = text;
        while let Some(at) = rest.find(|c| escape(c).is_some()) {
            let (before, from) = rest.split_at(at);
            self.out.push_str(before);
            let mut after = from.chars();
            if let Some(c) = after.next() {
                self.out.push_str(escape(c).unwrap_or_default());
            }
            rest = after.as_str();
        }
        self.out.push_str(rest);
    }

    /// The reader leaves the line ends of comments and instructions as they are: XML 1.0, section 2.11.
    fn lines(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        self.out.push_str(&text);
    }
}

/// An attribute in the output.
struct Written<'a> {
    namespace: &'a str,
    local: &'a str,
    name: &'a str,
    value: &'a str,
}

impl<'a> Written<'a> {
    fn of(element: Node<'a, '_>, attribute: &Attribute<'a, '_>) -> Self {
        let text = element.document().input_text();
        Self {
            namespace: attribute.namespace().unwrap_or_default(),
            local: attribute.name(),
            name: name_at(text, attribute.range().start),
            value: attribute.value(),
        }
    }
}

/// The attributes `xml:…` of the ancestors, the nearest of each name, that the inclusive form gives its first element.
fn inherited<'a>(element: Node<'a, '_>) -> Vec<Written<'a>> {
    let has = |name: &str| element.has_attribute((xml::XML, name));
    let mut all: Vec<Written<'a>> = Vec::new();
    for ancestor in element.ancestors().skip(1) {
        for attribute in ancestor.attributes() {
            let is_new = !all.iter().any(|other| other.local == attribute.name());
            if attribute.namespace() == Some(xml::XML) && is_new && !has(attribute.name()) {
                all.push(Written::of(ancestor, &attribute));
            }
        }
    }
    all
}

/// An element's name as it is written, with its prefix, which the reader does not keep.
fn name<'a>(element: Node<'a, '_>) -> &'a str {
    name_at(element.document().input_text(), element.range().start + 1)
}

fn name_at(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let ends = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n' | '=' | '>' | '/');
    rest.split(ends).next().unwrap_or_default()
}

fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

#[cfg(test)]
mod tests;
