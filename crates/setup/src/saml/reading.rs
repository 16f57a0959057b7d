//! All that is given of SAML, read once: for the findings and for the story.

use crate::check::{CERTIFICATE, Inputs, METADATA, SAML_RESPONSE};
use crate::finding::{Fault, Range, SetupFinding};
use crate::har::{self, Har};
use crate::instant::Clock;
use crate::saml::certificate::Certificate;
use crate::saml::decode::decode;
use crate::saml::metadata::Metadata;
use crate::saml::response::{Assertion, Message, Response};
use crate::saml::verify::{self, Outcome, Signature};
use crate::saml::xml;

/// What was read, and what was wrong with it before anything could be understood.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) clock: Clock,
    pub(crate) har: Option<Har>,
    pub(crate) response: Option<Read>,
    pub(crate) metadata: Option<(Metadata, Place)>,
    /// Those of the metadata, then those that were given by themselves.
    pub(crate) trusted: Vec<Trusted>,
    pub(crate) findings: Vec<SetupFinding>,
}

/// A response, and how it stood in the input.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) message: Message,
    pub(crate) signatures: Vec<Signature>,
    pub(crate) place: Place,
    pub(crate) encodings: Vec<&'static str>,
    pub(crate) relay_state: Option<String>,
    /// In bytes of base64, as it is posted.
    pub(crate) length: usize,
}

/// A certificate that counts, and the input that it is from.
#[derive(Clone, Debug)]
pub(crate) struct Trusted {
    pub(crate) certificate: Certificate,
    pub(crate) field: &'static str,
    pub(crate) at: Option<Range>,
}

/// Where XML stands in an input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) field: &'static str,
    /// `None` where it is encoded.
    offset: Option<usize>,
    /// The part of the input that has it.
    part: Option<Range>,
}

impl Reading {
    pub(crate) fn of(inputs: &Inputs) -> Self {
        let mut reading = Self {
            clock: inputs.clock(),
            ..Self::default()
        };
        if let Some(text) = inputs.get(METADATA) {
            reading.metadata(text);
        }
        if let Some(text) = inputs.get(CERTIFICATE) {
            reading.certificates(text);
        }
        if let Some(text) = inputs.get(SAML_RESPONSE) {
            reading.posted(text);
        }
        reading
    }

    fn metadata(&mut self, text: &str) {
        let offset = text.len()
            - text
                .trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n'])
                .len();
        let xml = text.get(offset..).unwrap_or_default();
        let place = Place {
            field: METADATA,
            offset: Some(offset),
            part: None,
        };
        let document = match xml::read(xml) {
            Ok(document) => document,
            Err(fault) => return self.wrong(fault, place),
        };
        let Some(metadata) = Metadata::read(&document) else {
            return self.wrong(crate::saml::findings::no_metadata(&document), place);
        };
        for part in metadata.signing() {
            match Certificate::read(&part.text) {
                Ok(all) => self
                    .trusted
                    .extend(all.into_iter().map(|certificate| Trusted {
                        certificate,
                        field: METADATA,
                        at: place.of(part.at),
                    })),
                Err(fault) => self.wrong(
                    Fault {
                        at: Some(part.at),
                        ..fault
                    },
                    place,
                ),
            }
        }
        self.metadata = Some((metadata, place));
    }

    fn certificates(&mut self, text: &str) {
        match Certificate::read(text) {
            Ok(all) => self
                .trusted
                .extend(all.into_iter().map(|certificate| Trusted {
                    certificate,
                    field: CERTIFICATE,
                    at: None,
                })),
            Err(fault) => self.findings.push(fault.of(CERTIFICATE)),
        }
    }

    /// A response in any form, or a HAR that has one.
    fn posted(&mut self, text: &str) {
        if !har::is_har(text) {
            return self.response(text, None);
        }
        match Har::read(text) {
            Ok(har) => {
                let post = har
                    .response()
                    .map(|post| (post.response.clone(), post.response_at));
                self.har = Some(har);
                if let Some((Some(response), at)) = post {
                    self.response(&response, at);
                }
            }
            Err(fault) => self.findings.push(fault.of(SAML_RESPONSE)),
        }
    }

    fn response(&mut self, text: &str, part: Option<Range>) {
        let in_har = self.har.is_some();
        let nowhere = Place {
            field: SAML_RESPONSE,
            offset: None,
            part,
        };
        let message = match decode(text) {
            Ok(message) => message,
            Err(fault) => {
                let at = if in_har { part } else { fault.at };
                return self.findings.push(Fault { at, ..fault }.of(SAML_RESPONSE));
            }
        };
        let place = Place {
            offset: message.offset.filter(|_| !in_har),
            ..nowhere
        };
        let document = match xml::read(&message.xml) {
            Ok(document) => document,
            Err(fault) => return self.wrong(fault, place),
        };
        let certificates: Vec<_> = self
            .trusted
            .iter()
            .map(|it| it.certificate.clone())
            .collect();
        let signatures = verify::verify(&document, &certificates);
        let read = Message::read(&document);
        if matches!(read, Message::Response(_)) {
            for fault in verify::faults(&document, &signatures, &certificates) {
                self.wrong(fault, place);
            }
        }
        self.response = Some(Read {
            length: message.xml.len().div_ceil(3) * 4,
            message: read,
            signatures,
            place,
            encodings: message.encodings,
            relay_state: message.relay_state,
        });
    }

    fn wrong(&mut self, fault: Fault, place: Place) {
        self.findings.push(place.finding(fault, ""));
    }
}

impl Read {
    pub(crate) fn response(&self) -> Option<&Response> {
        match &self.message {
            Message::Response(response) => Some(response),
            Message::Other(_) => None,
        }
    }

    /// The assertion that is meant: the one that a trusted signature covers, or else the first.
    pub(crate) fn assertion(&self) -> Option<&Assertion> {
        let all = &self.response()?.assertions;
        let is_signed = |assertion: &&Assertion| self.is_signed(assertion);
        all.iter().find(is_signed).or_else(|| all.first())
    }

    /// Whether a trusted signature covers it.
    pub(crate) fn is_signed(&self, assertion: &Assertion) -> bool {
        let whole = self.response().and_then(|response| response.node);
        self.signatures.iter().any(|signature| {
            matches!(signature.outcome, Outcome::Trusted(_))
                && (signature.element == assertion.node || Some(signature.element) == whole)
        })
    }
}

impl Place {
    /// A part of the XML as a part of the input; the whole of what has it where it is encoded.
    pub(crate) fn of(&self, part: Range) -> Option<Range> {
        match self.offset {
            Some(offset) => Some(part.moved(offset)),
            None => self.part,
        }
    }

    /// A part of the XML as a part of the input, if it stands there as it is.
    pub(crate) fn exact(&self, part: Range) -> Option<Range> {
        self.offset.map(|offset| part.moved(offset))
    }

    /// The finding about what is called `name` in it.
    pub(crate) fn finding(&self, fault: Fault, name: &str) -> SetupFinding {
        let at = fault.at.and_then(|at| self.of(at));
        let fault = Fault { at, ..fault };
        if name.is_empty() {
            fault.of(self.field)
        } else {
            fault.of(&format!("{}.{name}", self.field))
        }
    }
}
