//! The frozen plain objects that hosts read.

use js_sys::Array;
use wasm_bindgen::JsValue;

use crate::browser::js;
use softphone_core::agent::Agent;
use softphone_core::error::Error;
use softphone_core::millis::Millis;
use softphone_core::session::{Lifetime, Status};
use softphone_core::timeline::{Entry, Timeline, What};

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
        What::Opened {
            session_may_be_alive,
        } => fields.push(("sessionMayBeAlive", (*session_may_be_alive).into())),
        What::Phase(phase) => fields.push(("phase", phase.name().into())),
        What::WayBegan(way) | What::SignInReturned(way) => fields.push(("way", way.name().into())),
        What::Failed(code) => fields.push(("code", (*code).into())),
        What::Noticed(message) => fields.push(("message", message.as_str().into())),
        What::Microphone(code) if !code.is_empty() => fields.push(("code", (*code).into())),
        What::RetryPlanned(pause) => {
            let pause = Millis::default() + *pause;
            fields.push(("inMs", millis(pause)));
        }
        What::Network { online: there }
        | What::Socket { connected: there }
        | What::Contact { live: there }
        | What::Container { present: there } => fields.push(("present", (*there).into())),
        What::Microphone(_)
        | What::AccessDenied
        | What::TurnAwaited
        | What::SignedInElsewhere
        | What::TurnLost
        | What::Renewing
        | What::CcpLost
        | What::CcpRebuilt
        | What::SignOutAsked
        | What::StreamsGaveUp
        | What::FrameLoaded
        | What::WindowBlocked
        | What::WindowClosed
        | What::CcpReloaded
        | What::CcpLoaded
        | What::Acknowledged
        | What::AgentSeen
        | What::AuthFailed
        | What::Authorized
        | What::Terminated => {}
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
