//! The agent that Streams hands out.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use super::Streams;
use super::bus::Subscriptions;
use crate::browser::feed::{Feed, function};
use crate::browser::js;
use softphone_core::agent::{Agent, Contacts};
use softphone_core::phone::input::CcpFact;
use softphone_core::private::Private;

/// Tells `feed` about the agent, now and at every change.
///
/// # Errors
/// What Streams threw.
pub(super) fn listen(
    streams: &Streams,
    subscriptions: &Subscriptions,
    feed: &Feed,
) -> Result<(), JsValue> {
    let tell = {
        let (feed, core) = (feed.clone(), streams.core());
        Rc::new(move |agent: &JsValue| tell_agent(&feed, &core, agent))
    };
    let list = subscriptions.clone();
    let on_agent = function(move |agent| {
        tell(&agent);
        let tell = tell.clone();
        let on_refresh = function(move |agent| tell(&agent));
        if let Ok(handle) = js::call(&agent, "onRefresh", &[&on_refresh]) {
            list.keep(handle);
        }
    });
    subscriptions.keep(streams.on_agent(&on_agent)?);
    Ok(())
}

fn tell_agent(feed: &Feed, core: &JsValue, agent: &JsValue) {
    if let Some(seen) = read_agent(agent) {
        // When the worker got the snapshot (Streams 2.28.2, connect-streams.js, `pollForAgent`).
        let taken = js::call(core, "getLocalTimestamp", &[]).ok();
        if let Some(taken) = taken.and_then(|taken| taken.as_f64()) {
            feed.tell(CcpFact::DataSeen(taken.to_bits()));
        }
        feed.tell(read_contacts(agent));
        feed.tell(CcpFact::AgentSeen(seen));
    }
}

/// Reads a Streams agent; `None` when it is not what it should be.
///
/// Streams 2.28.2, Documentation.md: `agent.getConfiguration()`, `agent.getState()`.
fn read_agent(agent: &JsValue) -> Option<Agent> {
    let configuration = js::call(agent, "getConfiguration", &[]).ok()?;
    let state = js::call(agent, "getState", &[]).ok()?;
    Some(Agent {
        username: Private::new(js::get(&configuration, "username").as_string()?),
        name: Private::new(
            js::get(&configuration, "name")
                .as_string()
                .unwrap_or_default(),
        ),
        state: js::get(&state, "name").as_string()?,
        state_type: js::get(&state, "type").as_string().unwrap_or_default(),
        softphone: js::get(&configuration, "softphoneEnabled") != JsValue::FALSE,
    })
}

/// How busy the contacts keep the agent.
///
/// Streams 2.28.2, Documentation.md: `agent.getContacts()`, `contact.getState()`.
fn read_contacts(agent: &JsValue) -> Contacts {
    let contacts = js::call(agent, "getContacts", &[]).unwrap_or_default();
    let Some(contacts) = contacts.dyn_ref::<Array>() else {
        return Contacts::None;
    };
    contacts.iter().fold(Contacts::None, |busy, contact| {
        let state = js::call(&contact, "getState", &[]).unwrap_or_default();
        let state = js::get(&state, "type").as_string().unwrap_or_default();
        busy.with(Contacts::of_state(&state))
    })
}
