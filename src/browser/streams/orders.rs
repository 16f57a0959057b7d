//! What Amazon is asked to do about contacts, through Streams; see orders.js.

use js_sys::{Array, Function};
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::sdk::Sdk;
use crate::browser::feed::Feed;
use crate::browser::js;
use softphone_core::call_control::CallFact;
use softphone_core::call_control::command::{
    At, Order, PhoneType, QuickConnect, Refusal, Taken, Target,
};
use softphone_core::phone::effect::CallEffect;
use softphone_core::time::Span;

#[wasm_bindgen(module = "/src/browser/streams/orders.js")]
extern "C" {
    #[wasm_bindgen(js_name = send)]
    fn send(connect: &JsValue, name: &str, order: &JsValue, done: &Function);

    /// # Errors
    /// What Streams threw.
    #[wasm_bindgen(catch)]
    fn mute(connect: &JsValue) -> Result<(), JsValue>;
}

/// Does what the core wants.
pub(super) fn perform(connect: &JsValue, sdk: &Sdk, effect: &CallEffect, feed: &Feed) {
    match effect {
        CallEffect::AskMuted => {
            let _ = mute(connect); // Nobody can be asked then.
        }
        CallEffect::Send(request, order) => {
            let request = *request;
            let done = feed.callback(move |answer| CallFact::Answered(request, read(&answer)));
            let by_sdk = matches!(order, Order::EngagePreview(_) | Order::EnhanceVoice(_));
            let (name, order) = written(order);
            if by_sdk {
                sdk.send(name, &order, &done);
            } else {
                send(connect, name, &order, &done);
            }
        }
        CallEffect::AskPreview(contact) => {
            let id = contact.clone();
            let done = feed.callback(move |preview| {
                let seconds = js::get(&preview, "autoDialTimeout").as_f64();
                CallFact::Previewed {
                    contact: id.clone(),
                    dials_after: seconds.and_then(span),
                    can_discard: js::get(&preview, "canDiscardPreview").is_truthy(),
                }
            });
            sdk.preview(contact, &done);
        }
    }
}

fn read(answer: &JsValue) -> Result<Taken, Refusal> {
    let text = |value: &JsValue, name| js::get(value, name).as_string();
    if let Some(type_name) = text(answer, "type") {
        return Err(Refusal {
            type_name,
            message: text(answer, "message").unwrap_or_default(),
        });
    }
    let endpoints = js::get(answer, "endpoints");
    let Some(endpoints) = endpoints.dyn_ref::<Array>() else {
        return Ok(Taken::Done);
    };
    let endpoints = endpoints.iter().filter_map(|one| {
        Some(QuickConnect {
            name: text(&one, "name")?,
            type_name: text(&one, "type").unwrap_or_default(),
            arn: text(&one, "arn")?,
            number: text(&one, "number"),
        })
    });
    Ok(Taken::Endpoints(endpoints.collect()))
}

#[derive(Serialize)]
struct Place<'a> {
    contact: &'a str,
    connection: &'a str,
}

#[derive(Default, Serialize)]
struct Endpoint<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    type_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
}

#[derive(Serialize)]
struct Dial<'a> {
    number: &'a str,
    queue: &'a str,
}

#[derive(Serialize)]
struct Issue<'a> {
    contact: &'a str,
    code: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
struct State<'a> {
    name: &'a str,
    enqueue: bool,
}

#[derive(Serialize)]
struct Queues<'a> {
    queues: &'a [String],
}

impl<'a> From<&'a At> for Place<'a> {
    fn from(at: &'a At) -> Self {
        Self {
            contact: &at.contact,
            connection: &at.connection,
        }
    }
}

impl<'a> From<&'a Target> for Endpoint<'a> {
    fn from(target: &'a Target) -> Self {
        match target {
            Target::Number(number) => Self {
                number: Some(number.reveal()),
                ..Self::default()
            },
            Target::QuickConnect(one) => Self {
                name: Some(&one.name),
                type_name: Some(&one.type_name),
                arn: Some(&one.arn),
                number: one.number.as_deref(),
            },
        }
    }
}

/// The name of an order, and what orders.js takes.
fn written(order: &Order) -> (&'static str, JsValue) {
    let place = |at| js::frozen(&Place::from(at));
    match order {
        Order::Accept(contact) => ("accept", contact.into()),
        Order::Reject(contact) => ("reject", contact.into()),
        Order::Clear(contact) => ("clear", contact.into()),
        Order::Conference(contact) => ("conference", contact.into()),
        Order::Destroy(at) => ("destroy", place(at)),
        Order::Hold(at) => ("hold", place(at)),
        Order::Resume(at) => ("resume", place(at)),
        Order::Toggle(at) => ("toggle", place(at)),
        Order::MuteParticipant(at) => ("muteParticipant", place(at)),
        Order::UnmuteParticipant(at) => ("unmuteParticipant", place(at)),
        Order::Monitor(contact, mode) => ("monitor", js::frozen(&(contact, mode.name()))),
        Order::EngagePreview(contact) => ("engagePreview", contact.into()),
        Order::EnhanceVoice(mode) => ("enhanceVoice", mode.amazon().into()),
        Order::SendDigits(at, digits) => (
            "sendDigits",
            js::frozen(&(Place::from(at), digits.reveal())),
        ),
        Order::Add(contact, to) => ("add", js::frozen(&(contact, Endpoint::from(to)))),
        Order::Dial { number, queue } => (
            "dial",
            js::frozen(&Dial {
                number: number.reveal(),
                queue,
            }),
        ),
        Order::ReportIssue {
            contact,
            code,
            description,
        } => (
            "reportIssue",
            js::frozen(&Issue {
                contact,
                code,
                description: description.reveal(),
            }),
        ),
        Order::MuteHere(mute) => ("muteHere", (*mute).into()),
        Order::SetState { name, enqueue } => (
            "setState",
            js::frozen(&State {
                name,
                enqueue: *enqueue,
            }),
        ),
        Order::SetPhone(PhoneType::Softphone) => ("setPhone", JsValue::NULL),
        Order::SetPhone(PhoneType::Desk(number)) => {
            let number = number.as_ref().map_or("", |number| number.reveal());
            ("setPhone", number.into())
        }
        Order::Endpoints { queues } => ("endpoints", js::frozen(&Queues { queues })),
    }
}

/// So many seconds, if that is a number of them.
fn span(seconds: f64) -> Option<Span> {
    let sane = (0.0..=DAY_SECS).contains(&seconds);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "in range"
    )]
    sane.then(|| Span::millis((seconds * 1000.0) as u64))
}

/// Nobody waits longer.
const DAY_SECS: f64 = 86_400.0;
