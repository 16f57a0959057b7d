//! Amazon Connect Streams: finding it, loading it, and reading what it hands out.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, EventTarget, HtmlElement, HtmlScriptElement};

use super::js;
use softphone_core::address::web_url::WebUrl;
use softphone_core::agent::{Agent, Load};
use softphone_core::error::Error;
use softphone_core::private::Private;

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

    /// Waits for the library that the page itself is loading, or loads it from `url`. The promise is
    /// resolved with `undefined` when there is nothing to wait for any more, and with an error when
    /// the script from `url` did not run.
    pub(crate) fn load(url: Option<&WebUrl>, integrity: Option<&str>) -> Promise {
        Promise::new(&mut |resolve, _reject| {
            let done = move |failure: JsValue| {
                let _ = resolve.call1(&JsValue::UNDEFINED, &failure);
            };
            let url = url.map(|url| url.href().to_owned());
            let integrity = integrity.map(str::to_owned);
            let load = move || match url.filter(|_| Self::find().is_none()) {
                None => done(JsValue::UNDEFINED),
                Some(url) => match append_script(&url, integrity.as_deref()) {
                    Some(script) => settle(&script, done),
                    None => done(js_sys::Error::new("this page takes no script element").into()),
                },
            };
            match script_on_its_way() {
                Some(script) => after(&script, load),
                None => load(),
            }
        })
    }

    /// How many script elements of the page's own load the library.
    pub(crate) fn script_elements() -> u32 {
        let document = web_sys::window().and_then(|window| window.document());
        let scripts = document.and_then(|document| document.query_selector_all(PAGES_OWN).ok());
        scripts.map_or(0, |scripts| scripts.length())
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
        // Its own sign of a CCP (Streams 2.28.2, connect-streams.js, `initCCP`).
        let exists = js::get(&core, "initialized").is_truthy()
            || js::get(&core, "upstream").is_truthy()
            || js::call(&core, "_getCCPIframe", &[]).is_ok_and(|frame| frame.is_truthy());
        exists.then_some(Error::CcpExists)
    }

    /// `connect.agent(callback)`; returns the subscription.
    pub(crate) fn on_agent(&self, callback: &JsValue) -> Result<JsValue, JsValue> {
        js::call(&self.0, "agent", &[callback])
    }
}

/// Reads a Streams agent; `None` when it is not what it should be.
///
/// Streams 2.28.2, Documentation.md: `agent.getConfiguration()`, `agent.getState()`.
pub(crate) fn read_agent(agent: &JsValue) -> Option<Agent> {
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
pub(crate) fn read_load(agent: &JsValue) -> Load {
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

/// The page's own script element for the library, while it may still be loading: a library that
/// runs twice loses what it knew.
fn script_on_its_way() -> Option<Element> {
    let document = web_sys::window()?.document()?;
    if js::get(&document, "readyState") == "complete" {
        return None;
    }
    let script = document.query_selector("script[src*=connect-streams]");
    script.ok().flatten()
}

/// Calls `then` when `script` has loaded, or when the page is complete without it.
fn after(script: &Element, then: impl FnOnce() + 'static) {
    let then = Rc::new(Cell::new(Some(then)));
    let host = web_sys::window();
    for target in [Some(script.as_ref()), host.as_ref().map(AsRef::as_ref)] {
        let then = then.clone();
        let target: Option<&EventTarget> = target;
        if let Some(target) = target {
            let once = EventListener::once(target, "load", move |_| {
                if let Some(then) = then.take() {
                    then();
                }
            });
            once.forget();
        }
    }
}

fn append_script(url: &str, integrity: Option<&str>) -> Option<HtmlScriptElement> {
    let document = web_sys::window()?.document()?;
    let head: HtmlElement = js::get(&document, "head").dyn_into().ok()?;
    let script: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    script.set_src(url);
    script.set_attribute(OURS, "").ok()?;
    if let Some(integrity) = integrity {
        script.set_attribute("integrity", integrity).ok()?;
        script.set_attribute("crossorigin", "anonymous").ok()?;
    }
    head.append_child(&script).ok()?;
    Some(script)
}

fn settle(script: &HtmlScriptElement, done: impl Fn(JsValue) + Clone + 'static) {
    let loaded = done.clone();
    let on_load = Closure::once(move || loaded(JsValue::UNDEFINED)).into_js_value();
    let failed = script.clone();
    let on_error = Closure::once(move || {
        failed.remove();
        done(js_sys::Error::new("the script did not load").into());
    })
    .into_js_value();
    script.set_onload(Some(on_load.unchecked_ref()));
    script.set_onerror(Some(on_error.unchecked_ref()));
}

/// Marks the script element that we made.
const OURS: &str = "data-softphone";
const PAGES_OWN: &str = "script[src*=connect-streams]:not([data-softphone])";
