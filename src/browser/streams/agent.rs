//! The agent that Streams hands out, and their contacts; see snapshot.js.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Streams;
use super::bus::Subscriptions;
use crate::browser::feed::{Feed, function};
use crate::browser::{host_value, js};
use softphone_core::agent::{Agent, AgentSetup, Contacts};
use softphone_core::call_control::CallFact;
use softphone_core::call_control::reading::Reading;
use softphone_core::phone::input::{CcpFact, Input};

#[wasm_bindgen(module = "/src/browser/streams/snapshot.js")]
extern "C" {
    #[wasm_bindgen(js_name = snapshotOf)]
    fn snapshot_of(connect: &JsValue, agent: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = setupOf)]
    fn setup_of(connect: &JsValue, agent: &JsValue, before: &JsValue) -> JsValue;
}

/// How the instance is set up for the agent, and what setupOf remembers of it.
struct Setup {
    before: JsValue,
    read: Rc<AgentSetup>,
}

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
        let (feed, streams) = (feed.clone(), streams.clone());
        let setup = RefCell::new(Setup {
            before: js_sys::Object::new().into(),
            read: Rc::default(),
        });
        Rc::new(move |agent: &JsValue| {
            // Not borrowed any more when the host is told, who may make Streams tell again.
            let told = read(&streams, agent, &mut setup.borrow_mut());
            if let Some(told) = told {
                feed.tell(Input::Several(told));
            }
        })
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

/// What a snapshot tells; `None` where it is not what it should be.
fn read(streams: &Streams, agent: &JsValue, setup: &mut Setup) -> Option<Vec<Input>> {
    let connect = streams.global();
    let changed = setup_of(connect, agent, &setup.before);
    if !changed.is_undefined() {
        setup.read = Rc::new(AgentSetup::of(&host_value::read_ours(&changed)));
    }
    let snapshot = host_value::read_ours(&snapshot_of(connect, agent));
    let reading = Reading::of(&snapshot);
    let agent = Agent::of(&snapshot, setup.read.clone())?;
    // When the worker got the snapshot (Streams 2.28.2, connect-streams.js, `pollForAgent`).
    let taken = js::call(&streams.core(), "getLocalTimestamp", &[]).ok();
    let taken = taken.and_then(|taken| taken.as_f64());
    let taken = taken.map(|taken| CcpFact::DataSeen(taken.to_bits()).into());
    let load = reading.as_ref().map_or(Contacts::None, Reading::load);
    let reading = reading.map(|reading| CallFact::Snapshot(reading).into());
    let first = taken.into_iter().chain([load.into()]);
    let all = first
        .chain(reading)
        .chain([CcpFact::AgentSeen(agent).into()]);
    Some(all.collect())
}
