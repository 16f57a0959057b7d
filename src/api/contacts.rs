//! Contacts as hosts read them. Their shapes are those of js/index.d.ts, field by field.

use std::cell::RefCell;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use wasm_bindgen::JsValue;

use super::snapshots::{SoftphoneQueue, millis};
use crate::browser::js;
use softphone_core::call_control::command::{Found, QuickConnect};
use softphone_core::call_control::contact::{
    Contact, EndedBy, Monitoring, Outcome, Participant, Preview,
};
use softphone_core::call_control::rules::{Control, PartyControl, Rules};
use softphone_core::private::Private;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SoftphoneContact<'a> {
    id: &'a str,
    initial_id: &'a str,
    kind: &'static str,
    direction: &'static str,
    phase: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_by: Option<&'static str>,
    since_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    offered_at_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_at_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_at_ms: Option<f64>,
    auto_accept: bool,
    customer: Customer<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue: Option<SoftphoneQueue<'a>>,
    attributes: Attributes<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preview: Option<SoftphonePreview>,
    #[serde(skip_serializing_if = "Option::is_none")]
    monitoring: Option<&'static str>,
    participants: Vec<SoftphoneParticipant<'a>>,
    muted: Option<bool>,
    media: &'static str,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    can: JsValue,
    cannot: Cannot<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SoftphonePreview {
    #[serde(skip_serializing_if = "Option::is_none")]
    dials_at_ms: Option<f64>,
    can_discard: bool,
}

impl From<Preview> for SoftphonePreview {
    fn from(preview: Preview) -> Self {
        Self {
            dials_at_ms: preview.dials_at.map(millis),
            can_discard: preview.can_discard,
        }
    }
}

#[derive(Serialize)]
struct Customer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SoftphoneParticipant<'a> {
    id: &'a str,
    role: &'static str,
    label: &'a str,
    state: &'static str,
    held: bool,
    muted: Option<bool>,
    since_ms: f64,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    can: JsValue,
    cannot: Cannot<'a>,
}

/// What `quickConnects()` resolves with.
#[derive(Serialize)]
pub(super) struct SoftphoneQuickConnects<'a> {
    items: Vec<SoftphoneQuickConnect<'a>>,
    incomplete: &'a [String],
}

#[derive(Serialize)]
struct SoftphoneQuickConnect<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    type_name: &'a str,
    arn: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
}

/// Each command by name, and whether it is possible.
struct Can(Vec<(&'static str, bool)>);

/// Why those are not that belong there.
struct Cannot<'a>(Vec<(&'static str, &'a str)>);

struct Attributes<'a>(&'a [(String, Private<String>)]);

impl Serialize for Can {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, can) in &self.0 {
            map.serialize_entry(name, can)?;
        }
        map.end()
    }
}

impl Serialize for Cannot<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, why) in &self.0 {
            map.serialize_entry(name, why)?;
        }
        map.end()
    }
}

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in self.0 {
            map.serialize_entry(name, value.reveal())?;
        }
        map.end()
    }
}

impl<'a> From<&'a Contact> for SoftphoneContact<'a> {
    fn from(contact: &'a Contact) -> Self {
        Self {
            id: &contact.id,
            initial_id: &contact.initial_id,
            kind: contact.kind.name(),
            direction: contact.direction.name(),
            phase: contact.phase.name(),
            outcome: contact.outcome.map(Outcome::name),
            ended_by: contact.ended_by.map(EndedBy::name),
            since_ms: millis(contact.since),
            offered_at_ms: contact.offered_at.map(millis),
            answered_at_ms: contact.answered_at.map(millis),
            ended_at_ms: contact.ended_at.map(millis),
            auto_accept: contact.auto_accept,
            customer: Customer {
                number: revealed(contact.number.as_ref()),
                name: revealed(contact.name.as_ref()),
            },
            queue: contact.queue.as_ref().map(Into::into),
            attributes: Attributes(&contact.attributes),
            preview: contact.preview.map(Into::into),
            monitoring: contact.monitoring.map(Monitoring::name),
            participants: contact.participants.iter().map(Into::into).collect(),
            muted: contact.muted,
            media: contact.media.name(),
            can: CONTROLS.with(|known| can(known, Control::ALL, Control::name, &contact.rules)),
            cannot: Cannot::of(Control::name, &contact.rules),
        }
    }
}

impl<'a> From<&'a Participant> for SoftphoneParticipant<'a> {
    fn from(one: &'a Participant) -> Self {
        Self {
            id: &one.id,
            role: one.role.name(),
            label: one.label.reveal(),
            state: one.state.name(),
            held: one.held,
            muted: one.muted,
            since_ms: millis(one.since),
            can: PARTY_CONTROLS
                .with(|known| can(known, PartyControl::ALL, PartyControl::name, &one.rules)),
            cannot: Cannot::of(PartyControl::name, &one.rules),
        }
    }
}

impl<'a> From<&'a Found> for SoftphoneQuickConnects<'a> {
    fn from(found: &'a Found) -> Self {
        Self {
            items: found.items.iter().map(Into::into).collect(),
            incomplete: &found.incomplete,
        }
    }
}

impl<'a> From<&'a QuickConnect> for SoftphoneQuickConnect<'a> {
    fn from(one: &'a QuickConnect) -> Self {
        Self {
            name: &one.name,
            type_name: &one.type_name,
            arn: &one.arn,
            number: one.number.as_deref(),
        }
    }
}

/// Objects that were made before, by what is possible in them: there are few, and each has many names.
type Known = RefCell<Vec<(u32, JsValue)>>;

thread_local! {
    static CONTROLS: Known = const { RefCell::new(Vec::new()) };
    static PARTY_CONTROLS: Known = const { RefCell::new(Vec::new()) };
}

fn can<C: Copy + PartialEq>(
    known: &Known,
    all: &[C],
    name: impl Fn(C) -> &'static str,
    rules: &Rules<C>,
) -> JsValue {
    let all: Vec<_> = all
        .iter()
        .map(|control| (name(*control), rules.allows(*control)))
        .collect();
    let bits = all
        .iter()
        .fold(0, |bits, (_, can)| bits << 1 | u32::from(*can));
    let mut known = known.borrow_mut();
    if let Some((_, made)) = known.iter().find(|(other, _)| *other == bits) {
        return made.clone();
    }
    let made = js::frozen(&Can(all));
    known.push((bits, made.clone()));
    made
}

impl<'a> Cannot<'a> {
    fn of<C: Copy>(name: impl Fn(C) -> &'static str, rules: &'a Rules<C>) -> Self {
        let all = rules.cannot.iter();
        Self(all.map(|(control, why)| (name(*control), *why)).collect())
    }
}

fn revealed(text: Option<&Private<String>>) -> Option<&str> {
    text.map(|text| text.reveal().as_str())
}
