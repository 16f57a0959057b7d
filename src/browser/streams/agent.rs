//! The agent that Streams hands out.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::Streams;
use super::bus::Subscriptions;
use crate::browser::feed::Feed;
use crate::browser::js;
use softphone_core::agent::{Agent, Load};
use softphone_core::private::Private;
use softphone_core::session::Input;

/// Tells `feed` of the agent, now and at every change, and keeps what Streams handed out last in
/// `last`.
///
/// # Errors
/// What Streams threw.
pub(super) fn listen(
    streams: &Streams,
    subscriptions: &Subscriptions,
    last: &Rc<RefCell<JsValue>>,
    feed: &Feed,
) -> Result<(), JsValue> {
    let tell = {
        let (feed, last) = (feed.clone(), last.clone());
        Rc::new(move |agent: &JsValue| {
            last.replace(agent.clone());
            tell_agent(&feed, agent);
        })
    };
    // Weak: the closure is in that list itself.
    let list = subscriptions.downgrade();
    let on_agent = Closure::<dyn FnMut(JsValue)>::new(move |agent: JsValue| {
        tell(&agent);
        let tell = tell.clone();
        let on_refresh = Closure::<dyn FnMut(JsValue)>::new(move |agent| tell(&agent));
        let handle = js::call(&agent, "onRefresh", &[on_refresh.as_ref()]);
        if let (Ok(handle), Some(list)) = (handle, list.upgrade()) {
            list.keep(handle, on_refresh);
        }
    });
    let handle = streams.on_agent(on_agent.as_ref())?;
    subscriptions.keep(handle, on_agent);
    Ok(())
}

fn tell_agent(feed: &Feed, agent: &JsValue) {
    if let Some(seen) = read_agent(agent) {
        feed.tell(Input::ContactsSeen(read_load(agent)));
        feed.tell(Input::AgentSeen(seen));
    }
}

/// Whether the agent takes calls in the browser, and not on a desk phone.
pub(super) fn uses_softphone(agent: &JsValue) -> bool {
    let configuration = js::call(agent, "getConfiguration", &[]);
    let enabled = js::get(&configuration.unwrap_or_default(), "softphoneEnabled");
    enabled != JsValue::FALSE
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
    })
}

/// What the agent's contacts keep him from.
///
/// Streams 2.28.2, Documentation.md: `agent.getContacts()`, `contact.getState()`.
fn read_load(agent: &JsValue) -> Load {
    let contacts = js::call(agent, "getContacts", &[]).unwrap_or_default();
    let Some(contacts) = contacts.dyn_ref::<Array>() else {
        return Load::Idle;
    };
    contacts.iter().fold(Load::Idle, |load, contact| {
        let state = js::call(&contact, "getState", &[]).unwrap_or_default();
        let state = js::get(&state, "type").as_string().unwrap_or_default();
        load.with(Load::of_state(&state))
    })
}
