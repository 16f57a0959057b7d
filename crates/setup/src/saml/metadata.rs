//! What is in SAML metadata (SAML 2.0 Metadata): an identity provider's, or that of AWS.

use roxmltree::{Document, Node};

use crate::finding::Range;
use crate::saml::response::{Part, attribute, child, is, range, text};
use crate::saml::xml::{DS, MD, children};

/// What a metadata document says.
#[derive(Clone, Debug)]
pub(crate) struct Metadata {
    pub(crate) entity_id: Option<Part>,
    pub(crate) valid_until: Option<Part>,
    /// How many entities it describes.
    pub(crate) entities: usize,
    pub(crate) is_provider: bool,
    /// Whether it describes a service: AWS, for example.
    pub(crate) is_service: bool,
    /// Where sign-in requests go.
    pub(crate) sign_in: Vec<Endpoint>,
    /// Where assertions go.
    pub(crate) consumers: Vec<Endpoint>,
    pub(crate) keys: Vec<Key>,
}

/// An address, and how messages go there.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    pub(crate) location: Part,
    /// The last part of the binding's name, such as `HTTP-POST`.
    pub(crate) binding: String,
}

/// A key of the identity provider.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Whether it may sign: it names no use, or this one.
    pub(crate) signs: bool,
    /// Base64, as it stands there.
    pub(crate) certificates: Vec<Part>,
    pub(crate) at: Range,
}

impl Metadata {
    /// `None` where the document is no metadata.
    pub(crate) fn read(document: &Document<'_>) -> Option<Self> {
        let root = document.root_element();
        let all: Vec<Node<'_, '_>> = root
            .descendants()
            .filter(|node| is(*node, MD, "EntityDescriptor"))
            .collect();
        let is_metadata = is(root, MD, "EntityDescriptor") || is(root, MD, "EntitiesDescriptor");
        let provides = |node: &&Node<'_, '_>| child(**node, MD, PROVIDER).is_some();
        // Of several, the first identity provider is meant.
        let entity = *all.iter().find(provides).or_else(|| all.first())?;
        let provider = child(entity, MD, PROVIDER);
        let service = child(entity, MD, "SPSSODescriptor");
        let endpoints = |role: Option<Node<'_, '_>>, name| -> Vec<Endpoint> {
            role.into_iter()
                .flat_map(|role| children(role, MD, name))
                .filter_map(Endpoint::of)
                .collect()
        };
        is_metadata.then(|| Self {
            entity_id: attribute(entity, "entityID"),
            valid_until: attribute(entity, "validUntil").or_else(|| attribute(root, "validUntil")),
            entities: all.len(),
            is_provider: provider.is_some(),
            is_service: service.is_some(),
            sign_in: endpoints(provider, "SingleSignOnService"),
            consumers: endpoints(service, "AssertionConsumerService"),
            keys: provider
                .into_iter()
                .flat_map(|role| children(role, MD, "KeyDescriptor"))
                .map(Key::of)
                .collect(),
        })
    }

    /// The certificates of keys that may sign.
    pub(crate) fn signing(&self) -> impl Iterator<Item = &Part> {
        self.keys
            .iter()
            .filter(|key| key.signs)
            .flat_map(|key| &key.certificates)
    }
}

impl Endpoint {
    fn of(node: Node<'_, '_>) -> Option<Self> {
        let binding = attribute(node, "Binding").map_or_else(String::new, |binding| binding.text);
        Some(Self {
            location: attribute(node, "Location")?,
            binding: binding.rsplit(':').next().unwrap_or_default().to_owned(),
        })
    }
}

impl Key {
    fn of(node: Node<'_, '_>) -> Self {
        let usage = attribute(node, "use");
        let certificates = node
            .descendants()
            .filter(|node| is(*node, DS, "X509Certificate"))
            .filter_map(text);
        Self {
            signs: usage.is_none_or(|usage| usage.text == "signing"),
            certificates: certificates.collect(),
            at: range(node),
        }
    }
}

const PROVIDER: &str = "IDPSSODescriptor";
