//! The frozen plain objects that hosts read. Their shapes are those of js/index.d.ts, field by field.

use std::borrow::Cow;
use std::rc::Rc;

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::contacts::{SoftphoneContact, SoftphoneQuickConnects};
use crate::browser::js;
use softphone_core::agent::{Agent, AgentState, VoiceEnhancement};
use softphone_core::call_control::contact::Contact;
use softphone_core::call_control::reading::Queue;
use softphone_core::error::Error;
use softphone_core::microphone::{Device, Devices};
use softphone_core::phone::effect::{ExpiryReason, News};
use softphone_core::phone::status::{Lifetime, Status};
use softphone_core::phone::ticket::Outcome;
use softphone_core::phone::timeline::{Detail, Entry};
use softphone_core::time::Millis;

/// `phone.status`
pub(crate) fn status(status: &Status) -> JsValue {
    js::frozen(&SoftphoneStatus::from(status))
}

/// `phone.agent`; `null` while there is none.
pub(crate) fn agent(agent: Option<&Agent>) -> JsValue {
    js::frozen(&agent.map(SoftphoneAgent::from))
}

/// `phone.contacts`
pub(crate) fn contacts(contacts: &[Rc<Contact>]) -> JsValue {
    let contacts: Vec<_> = contacts
        .iter()
        .map(|one| SoftphoneContact::from(&**one))
        .collect();
    js::frozen(&contacts)
}

/// An entry of `phone.timeline()`
pub(crate) fn timeline_entry(entry: &Entry) -> JsValue {
    js::frozen(&SoftphoneTimelineEntry::from(entry))
}

/// What listeners of `news` get.
pub(crate) fn event(news: &News) -> JsValue {
    js::frozen(&match news {
        News::Status(status) => SoftphoneEvent::StatusChanged {
            status: status.into(),
        },
        News::Agent(agent) => SoftphoneEvent::AgentChanged {
            agent: agent.as_ref().map(SoftphoneAgent::from),
        },
        News::Audio(audio) => SoftphoneEvent::AudioChanged {
            audio: audio.name(),
        },
        News::ContactAdded(contact) => SoftphoneEvent::ContactAdded {
            contact: (&**contact).into(),
        },
        News::ContactChanged(contact, changed) => SoftphoneEvent::ContactChanged {
            contact: (&**contact).into(),
            changed,
        },
        News::ContactRemoved(id) => SoftphoneEvent::ContactRemoved { id },
        News::Expiring { reason, ends } => SoftphoneEvent::SessionExpiring {
            reason: reason.name(),
            ends_at_ms: millis(*ends),
        },
        News::Diagnostic(message) => SoftphoneEvent::Diagnostic { message },
    })
}

/// What a call resolves with.
pub(crate) fn outcome(outcome: &Outcome) -> JsValue {
    match outcome {
        Outcome::Done => JsValue::UNDEFINED,
        Outcome::Devices(devices) => js::frozen(&SoftphoneDevices::from(devices)),
        Outcome::Contact(contact) => js::frozen(&contact.as_deref().map(SoftphoneContact::from)),
        Outcome::Agent(it) => agent(it.as_ref()),
        Outcome::QuickConnects(found) => js::frozen(&SoftphoneQuickConnects::from(found)),
    }
}

#[derive(Serialize)]
struct SoftphoneDevices<'a> {
    microphones: Vec<SoftphoneDevice<'a>>,
    speakers: Vec<SoftphoneDevice<'a>>,
    permission: &'static str,
}

#[derive(Serialize)]
struct SoftphoneDevice<'a> {
    id: &'a str,
    label: &'a str,
}

impl<'a> From<&'a Devices> for SoftphoneDevices<'a> {
    fn from(devices: &'a Devices) -> Self {
        Self {
            microphones: devices.microphones.iter().map(Into::into).collect(),
            speakers: devices.speakers.iter().map(Into::into).collect(),
            permission: devices.permission.name(),
        }
    }
}

impl<'a> From<&'a Device> for SoftphoneDevice<'a> {
    fn from(device: &'a Device) -> Self {
        Self {
            id: device.id.reveal(),
            label: device.label.reveal(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SoftphoneStatus {
    phase: &'static str,
    since_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    way: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inactive_at_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<SoftphoneFault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<Session>,
}

#[derive(Serialize)]
struct SoftphoneFault {
    code: &'static str,
    message: String,
    remedy: Cow<'static, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    started_at_ms: f64,
    ends_at_ms: f64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SoftphoneAgent<'a> {
    username: &'a str,
    name: &'a str,
    state: &'a str,
    state_type: &'a str,
    state_since_ms: f64,
    availability: Option<&'a str>,
    next_state: Option<&'a str>,
    states: Vec<State<'a>>,
    muted: Option<bool>,
    phone_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    desk_number: Option<&'a str>,
    auto_accept: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice_enhancement: Option<&'static str>,
    routing_profile: &'a str,
    queues: Vec<SoftphoneQueue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_queue: Option<SoftphoneQueue<'a>>,
    permissions: &'a [String],
    dialable_countries: &'a [String],
}

#[derive(Serialize)]
struct State<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    type_name: &'a str,
}

#[derive(Serialize)]
pub(super) struct SoftphoneQueue<'a> {
    arn: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
enum SoftphoneEvent<'a> {
    StatusChanged {
        status: SoftphoneStatus,
    },
    AgentChanged {
        agent: Option<SoftphoneAgent<'a>>,
    },
    AudioChanged {
        audio: &'static str,
    },
    ContactAdded {
        contact: SoftphoneContact<'a>,
    },
    ContactChanged {
        contact: SoftphoneContact<'a>,
        changed: &'a [&'static str],
    },
    ContactRemoved {
        id: &'a str,
    },
    SessionExpiring {
        reason: &'static str,
        ends_at_ms: f64,
    },
    Diagnostic {
        message: &'a str,
    },
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct SoftphoneTimelineEntry<'a> {
    at_ms: f64,
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_may_be_alive: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    way: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    present: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timer: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audio: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}

impl<'a> From<&'a AgentState> for State<'a> {
    fn from(state: &'a AgentState) -> Self {
        Self {
            name: &state.name,
            type_name: &state.type_name,
        }
    }
}

impl<'a> From<&'a Queue> for SoftphoneQueue<'a> {
    fn from(queue: &'a Queue) -> Self {
        Self {
            arn: &queue.arn,
            name: &queue.name,
        }
    }
}

impl From<&Status> for SoftphoneStatus {
    fn from(status: &Status) -> Self {
        Self {
            phase: status.phase.name(),
            since_ms: millis(status.since),
            way: status.way.map(|way| way.name()),
            reason: status.reason.map(ExpiryReason::name),
            inactive_at_ms: status.inactive_at.map(millis),
            error: status.error.as_ref().map(SoftphoneFault::from),
            session: status.session.map(Session::from),
        }
    }
}

impl From<&Error> for SoftphoneFault {
    fn from(error: &Error) -> Self {
        Self {
            code: error.code(),
            message: error.to_string(),
            remedy: error.remedy(),
        }
    }
}

impl From<Lifetime> for Session {
    fn from(lifetime: Lifetime) -> Self {
        Self {
            started_at_ms: millis(lifetime.started),
            ends_at_ms: millis(lifetime.ends),
        }
    }
}

impl<'a> From<&'a Agent> for SoftphoneAgent<'a> {
    fn from(agent: &'a Agent) -> Self {
        let setup = &agent.setup;
        Self {
            username: agent.username.reveal(),
            name: agent.name.reveal(),
            state: &agent.state,
            state_type: &agent.state_type,
            state_since_ms: millis(agent.state_since),
            availability: agent.availability.as_deref(),
            next_state: agent.next_state.as_deref(),
            states: setup.states.iter().map(State::from).collect(),
            muted: agent.muted,
            phone_type: if agent.softphone {
                "softphone"
            } else {
                "deskPhone"
            },
            desk_number: setup
                .desk_number
                .as_ref()
                .map(|number| number.reveal().as_str()),
            auto_accept: setup.auto_accept,
            voice_enhancement: agent.voice_enhancement.map(VoiceEnhancement::name),
            routing_profile: &setup.routing_profile,
            queues: setup.queues.iter().map(Into::into).collect(),
            default_queue: setup.default_queue.as_ref().map(Into::into),
            permissions: &setup.permissions,
            dialable_countries: &setup.countries,
        }
    }
}

impl<'a> From<&'a Entry> for SoftphoneTimelineEntry<'a> {
    fn from(entry: &'a Entry) -> Self {
        let mut view = Self {
            at_ms: millis(entry.at),
            what: entry.what.name(),
            ..Self::default()
        };
        match entry.what.detail() {
            Some(Detail::SessionMayBeAlive(alive)) => view.session_may_be_alive = Some(alive),
            Some(Detail::Phase(phase)) => view.phase = Some(phase.name()),
            Some(Detail::Way(way)) => view.way = Some(way.name()),
            Some(Detail::Code(code)) => view.code = Some(code),
            Some(Detail::In(span)) => view.in_ms = Some(millis(Millis::default() + span)),
            Some(Detail::Present(present)) => view.present = Some(present),
            Some(Detail::Timer(timer)) => view.timer = Some(timer.name()),
            Some(Detail::Audio(audio)) => view.audio = Some(audio.name()),
            Some(Detail::Message(message)) => view.message = Some(message),
            None => {}
        }
        view
    }
}

/// Milliseconds since 1970 fit a JavaScript number for another 285,000 years.
#[allow(clippy::cast_precision_loss, reason = "see above")]
pub(crate) const fn millis(at: Millis) -> f64 {
    at.get() as f64
}
