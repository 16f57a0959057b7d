//! The frozen plain objects that hosts read.

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::browser::js;
use softphone_core::agent::Agent;
use softphone_core::error::Error;
use softphone_core::phone::status::{Lifetime, Status};
use softphone_core::phone::timeline::{Entry, Timeline, TimelineEvent};
use softphone_core::time::Millis;

/// `phone.status`
pub(crate) fn status(status: &Status) -> JsValue {
    js::object(&[
        ("phase", status.phase.name().into()),
        ("sinceMs", millis(status.since)),
        ("way", js::optional(status.way.map(|way| way.name()))),
        ("error", js::optional(status.error.as_ref().map(error))),
        ("session", js::optional(status.session.map(lifetime))),
    ])
}

/// `phone.agent`; `null` while there is none.
pub(crate) fn agent(agent: Option<&Agent>) -> JsValue {
    let Some(agent) = agent else {
        return JsValue::NULL;
    };
    js::object(&[
        ("username", agent.username.reveal().as_str().into()),
        ("name", agent.name.reveal().as_str().into()),
        ("state", agent.state.as_str().into()),
        ("stateType", agent.state_type.as_str().into()),
    ])
}

/// `phone.timeline()`
pub(crate) fn timeline(timeline: &Timeline) -> JsValue {
    timeline.entries().map(entry).collect::<Array>().into()
}

fn entry(entry: &Entry) -> JsValue {
    let mut fields = vec![
        ("atMs", millis(entry.at)),
        ("what", entry.what.name().into()),
    ];
    match &entry.what {
        TimelineEvent::Opened {
            session_may_be_alive,
        } => fields.push(("sessionMayBeAlive", (*session_may_be_alive).into())),
        TimelineEvent::Phase(phase) => fields.push(("phase", phase.name().into())),
        TimelineEvent::WayBegan(way) | TimelineEvent::SignInReturned(way) => {
            fields.push(("way", way.name().into()))
        }
        TimelineEvent::Failed(code) => fields.push(("code", (*code).into())),
        TimelineEvent::Timer(timer) => fields.push(("timer", timer.name().into())),
        TimelineEvent::Noticed(message) => fields.push(("message", message.as_str().into())),
        TimelineEvent::Microphone(code) if !code.is_empty() => {
            fields.push(("code", (*code).into()))
        }
        TimelineEvent::RetryPlanned(pause) => {
            let pause = Millis::default() + *pause;
            fields.push(("inMs", millis(pause)));
        }
        TimelineEvent::Network { online: there }
        | TimelineEvent::Socket { connected: there }
        | TimelineEvent::Contact { live: there }
        | TimelineEvent::Container { present: there } => fields.push(("present", (*there).into())),
        TimelineEvent::Microphone(_)
        | TimelineEvent::AccessDenied
        | TimelineEvent::TurnAwaited
        | TimelineEvent::SignedInElsewhere
        | TimelineEvent::TurnLost
        | TimelineEvent::Renewing
        | TimelineEvent::CcpLost
        | TimelineEvent::CcpRebuilt
        | TimelineEvent::SignOutAsked
        | TimelineEvent::StreamsGaveUp
        | TimelineEvent::FrameLoaded
        | TimelineEvent::WindowBlocked
        | TimelineEvent::WindowClosed
        | TimelineEvent::CcpReloaded
        | TimelineEvent::CcpLoaded
        | TimelineEvent::Acknowledged
        | TimelineEvent::AgentSeen
        | TimelineEvent::AuthFailed
        | TimelineEvent::Authorized
        | TimelineEvent::Terminated => {}
    }
    js::object(&fields)
}

fn error(error: &Error) -> JsValue {
    js::object(&[
        ("code", error.code().into()),
        ("message", error.to_string().into()),
        ("remedy", error.remedy().into()),
    ])
}

fn lifetime(lifetime: Lifetime) -> JsValue {
    js::object(&[
        ("startedAtMs", millis(lifetime.started)),
        ("endsAtMs", millis(lifetime.ends)),
    ])
}

/// Milliseconds since 1970 fit a JavaScript number for another 285,000 years.
#[allow(clippy::cast_precision_loss, reason = "see above")]
pub(crate) fn millis(at: Millis) -> JsValue {
    (at.get() as f64).into()
}
