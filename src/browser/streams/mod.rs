//! Amazon Connect Streams: finding it and what it is made of.

mod agent;
mod audio;
mod bus;
mod ccp;
pub(crate) mod embedding;
mod ending;
mod existing;
pub(crate) mod init;
mod leftovers;
pub(crate) mod load;
pub(crate) mod log_out;
mod orders;
mod pin;
mod sdk;
mod storage_access;
mod worker;

use wasm_bindgen::JsValue;

use crate::browser::js;
use softphone_core::error::Error;

/// The library's global, `connect`.
#[derive(Clone, Debug)]
pub(crate) struct Streams(JsValue);

impl Streams {
    /// The library on this page.
    pub(crate) fn find() -> Option<Self> {
        let connect = js::get(&js_sys::global(), "connect");
        let init = js::get(&js::get(&connect, "core"), "initCCP");
        init.is_function().then_some(Self(connect))
    }

    /// `connect.core`
    pub(crate) fn core(&self) -> JsValue {
        js::get(&self.0, "core")
    }

    /// `connect.EventType[name]`
    pub(crate) fn event(&self, name: &str) -> JsValue {
        js::get(&js::get(&self.0, "EventType"), name)
    }

    /// `connect.AgentEvents[name]`
    pub(crate) fn agent_event(&self, name: &str) -> JsValue {
        js::get(&js::get(&self.0, "AgentEvents"), name)
    }

    /// `connect`
    pub(crate) const fn global(&self) -> &JsValue {
        &self.0
    }

    /// `connect.version`; 2.28.2 says 2.28.1.
    pub(crate) fn version(&self) -> String {
        js::get(&self.0, "version").as_string().unwrap_or_default()
    }

    /// What keeps this library from making a CCP here.
    pub(crate) fn fault(&self) -> Option<Error> {
        let core = self.core();
        let lacks = |owner: &JsValue, name| !js::get(owner, name).is_function();
        if lacks(&core, "getEventBus")
            || lacks(&core, "terminate")
            || lacks(&self.0, "agent")
            || self.event("ACKNOWLEDGE").is_undefined()
        {
            return Some(Error::StreamsTooOld);
        }
        let other = existing::in_the_way(&self.0);
        other.is_object().then(|| Error::CcpExists {
            created: js::get(&other, "created").is_truthy(),
            origin: js::get(&other, "origin").as_string().unwrap_or_default(),
        })
    }

    /// The origin of the instance that the page's provider for Amazon's SDK belongs to.
    pub(crate) fn provider(&self) -> Option<String> {
        existing::provider_of(&self.0)
    }

    /// `connect.agent(callback)`; returns the subscription.
    pub(crate) fn on_agent(&self, callback: &JsValue) -> Result<JsValue, JsValue> {
        js::call(&self.0, "agent", &[callback])
    }
}
