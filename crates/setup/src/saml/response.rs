//! What is in a SAML response (SAML 2.0 Core), as far as AWS sign-in and people read it.

use roxmltree::{Attribute as XmlAttribute, Document, Node, NodeId};

use crate::finding::Range;
use crate::saml::xml::{SAML, SAMLP, children, value};

/// A text, and which part of the XML it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) at: Range,
}

/// A message, or an assertion that stands alone.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// `None` where the assertion stands alone.
    pub(crate) node: Option<NodeId>,
    pub(crate) issuer: Option<Part>,
    pub(crate) destination: Option<Part>,
    pub(crate) issued: Option<Part>,
    pub(crate) in_response_to: Option<Part>,
    /// The status code, and the one inside it.
    pub(crate) status: Vec<Part>,
    pub(crate) status_message: Option<Part>,
    pub(crate) assertions: Vec<Assertion>,
    /// Where the encrypted ones are.
    pub(crate) encrypted: Vec<Range>,
}

/// What the identity provider says of a user.
#[derive(Clone, Debug)]
pub(crate) struct Assertion {
    pub(crate) node: NodeId,
    pub(crate) at: Range,
    pub(crate) issuer: Option<Part>,
    pub(crate) issued: Option<Part>,
    pub(crate) name_id: Option<Part>,
    pub(crate) name_format: Option<Part>,
    pub(crate) confirmations: Vec<Confirmation>,
    pub(crate) not_before: Option<Part>,
    pub(crate) not_on_or_after: Option<Part>,
    pub(crate) audiences: Vec<Part>,
    /// `SessionNotOnOrAfter` of the statement of authentication.
    pub(crate) session_until: Option<Part>,
    pub(crate) attributes: Vec<Attribute>,
    /// Encrypted attributes and name identifiers.
    pub(crate) encrypted: Vec<Range>,
}

/// How the user proves to be who the assertion is about.
#[derive(Clone, Debug)]
pub(crate) struct Confirmation {
    pub(crate) at: Range,
    pub(crate) method: Option<Part>,
    pub(crate) recipient: Option<Part>,
    pub(crate) not_on_or_after: Option<Part>,
}

/// One attribute with its values.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: Part,
    pub(crate) values: Vec<Part>,
}

/// What the root element is.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    Response(Box<Response>),
    /// Another element, by its name.
    Other(Part),
}

impl Message {
    pub(crate) fn read(document: &Document<'_>) -> Self {
        let root = document.root_element();
        if is(root, SAMLP, "Response") {
            return Self::Response(Box::new(Response::of(root)));
        }
        if is(root, SAML, "Assertion") {
            return Self::Response(Box::new(Response {
                node: None,
                issuer: None,
                destination: None,
                issued: None,
                in_response_to: None,
                status: Vec::new(),
                status_message: None,
                assertions: vec![Assertion::of(root)],
                encrypted: Vec::new(),
            }));
        }
        Self::Other(Part {
            text: root.tag_name().name().to_owned(),
            at: tag(root),
        })
    }
}

impl Response {
    fn of(node: Node<'_, '_>) -> Self {
        let status: Option<Node<'_, '_>> = child(node, SAMLP, "Status");
        let code = status.and_then(|status| child(status, SAMLP, "StatusCode"));
        let inner = code.and_then(|code| child(code, SAMLP, "StatusCode"));
        let codes = [code, inner].into_iter().flatten();
        Self {
            node: Some(node.id()),
            issuer: child(node, SAML, "Issuer").and_then(text),
            destination: attribute(node, "Destination"),
            issued: attribute(node, "IssueInstant"),
            in_response_to: attribute(node, "InResponseTo"),
            status: codes.filter_map(|code| attribute(code, "Value")).collect(),
            status_message: status
                .and_then(|status| child(status, SAMLP, "StatusMessage"))
                .and_then(text),
            assertions: children(node, SAML, "Assertion")
                .map(Assertion::of)
                .collect(),
            encrypted: children(node, SAML, "EncryptedAssertion")
                .map(range)
                .collect(),
        }
    }
}

impl Assertion {
    fn of(node: Node<'_, '_>) -> Self {
        let subject = child(node, SAML, "Subject");
        let name = subject.and_then(|subject| child(subject, SAML, "NameID"));
        let conditions = child(node, SAML, "Conditions");
        let restrictions = conditions
            .into_iter()
            .flat_map(|conditions| children(conditions, SAML, "AudienceRestriction"));
        let statements = children(node, SAML, "AttributeStatement");
        let encrypted = node
            .descendants()
            .filter(|node| is(*node, SAML, "EncryptedAttribute") || is(*node, SAML, "EncryptedID"));
        Self {
            node: node.id(),
            at: range(node),
            issuer: child(node, SAML, "Issuer").and_then(text),
            issued: attribute(node, "IssueInstant"),
            name_id: name.and_then(text),
            name_format: name.and_then(|name| attribute(name, "Format")),
            confirmations: subject
                .into_iter()
                .flat_map(|subject| children(subject, SAML, "SubjectConfirmation"))
                .map(Confirmation::of)
                .collect(),
            not_before: conditions.and_then(|it| attribute(it, "NotBefore")),
            not_on_or_after: conditions.and_then(|it| attribute(it, "NotOnOrAfter")),
            audiences: restrictions
                .flat_map(|restriction| children(restriction, SAML, "Audience"))
                .filter_map(text)
                .collect(),
            session_until: child(node, SAML, "AuthnStatement")
                .and_then(|statement| attribute(statement, "SessionNotOnOrAfter")),
            attributes: statements
                .flat_map(|statement| children(statement, SAML, "Attribute"))
                .filter_map(Attribute::of)
                .collect(),
            encrypted: encrypted.map(range).collect(),
        }
    }

    /// All values of the attribute that AWS reads by this name.
    pub(crate) fn of_aws(&self, name: &str) -> Vec<&Part> {
        let named = |attribute: &&Attribute| attribute.name.text.strip_prefix(AWS) == Some(name);
        self.attributes
            .iter()
            .filter(named)
            .flat_map(|attribute| &attribute.values)
            .collect()
    }

    /// All values of the attributes by exactly this name.
    pub(crate) fn named(&self, name: &str) -> Vec<&Part> {
        self.attributes
            .iter()
            .filter(|attribute| attribute.name.text == name)
            .flat_map(|attribute| &attribute.values)
            .collect()
    }
}

impl Confirmation {
    fn of(node: Node<'_, '_>) -> Self {
        let data = child(node, SAML, "SubjectConfirmationData");
        Self {
            at: range(node),
            method: attribute(node, "Method"),
            recipient: data.and_then(|data| attribute(data, "Recipient")),
            not_on_or_after: data.and_then(|data| attribute(data, "NotOnOrAfter")),
        }
    }
}

impl Attribute {
    fn of(node: Node<'_, '_>) -> Option<Self> {
        let values = children(node, SAML, "AttributeValue");
        Some(Self {
            name: attribute(node, "Name")?,
            values: values
                .map(|value| {
                    text(value).unwrap_or_else(|| Part {
                        text: String::new(),
                        at: range(value),
                    })
                })
                .collect(),
        })
    }
}

impl Part {
    /// The text without white space around it, and where that is.
    pub(crate) fn trimmed(&self) -> (&str, Range) {
        let at = Range::whole(&self.text);
        (self.text.trim(), self.inside(at))
    }

    /// A part of it. Where the XML writes it with entities, the whole.
    pub(crate) fn inside(&self, part: Range) -> Range {
        if self.at.end - self.at.start == self.text.len() {
            part.moved(self.at.start)
        } else {
            self.at
        }
    }
}

pub(crate) fn is(node: Node<'_, '_>, namespace: &str, name: &str) -> bool {
    node.has_tag_name((namespace, name))
}

pub(crate) fn child<'a, 'i>(
    node: Node<'a, 'i>,
    namespace: &str,
    name: &str,
) -> Option<Node<'a, 'i>> {
    node.children().find(|child| is(*child, namespace, name))
}

/// An attribute without a namespace.
pub(crate) fn attribute(node: Node<'_, '_>, name: &str) -> Option<Part> {
    let named = |attribute: &XmlAttribute<'_, '_>| {
        attribute.namespace().is_none() && attribute.name() == name
    };
    let found = node.attributes().find(named)?;
    let at = found.range_value();
    Some(Part {
        text: found.value().to_owned(),
        at: Range::new(at.start, at.end),
    })
}

/// All text in an element; `None` where there is none.
pub(crate) fn text(node: Node<'_, '_>) -> Option<Part> {
    let mut parts = node.children().filter(Node::is_text).map(range);
    let first = parts.next()?;
    let last = parts.next_back().unwrap_or(first);
    Some(Part {
        text: value(node),
        at: Range::new(first.start, last.end),
    })
}

/// The name of an element as it stands in its start tag.
pub(crate) fn tag(node: Node<'_, '_>) -> Range {
    let whole = range(node);
    let text = node.document().input_text();
    let rest = text.get(whole.start + 1..whole.end).unwrap_or_default();
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let start = whole.start + 1;
    Range::new(start, start + end.unwrap_or(rest.len()))
}

pub(crate) fn range(node: Node<'_, '_>) -> Range {
    let at = node.range();
    Range::new(at.start, at.end)
}

/// What the names of the attributes begin with that AWS reads.
pub(crate) const AWS: &str = "https://aws.amazon.com/SAML/Attributes/";
