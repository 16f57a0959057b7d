//! Amazon Connect Streams: finding it, loading it, and reading what it hands out.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlScriptElement};

use super::js;
use crate::core::agent::Agent;
use crate::core::private::Private;
use crate::core::urls::WebUrl;

/// The library's global, `connect`.
#[derive(Clone, Debug)]
pub(crate) struct Streams(JsValue);

thread_local! {
    /// The script that is being loaded, so that it is loaded once.
    static LOADING: RefCell<Option<(String, Promise)>> = const { RefCell::new(None) };
}

impl Streams {
    /// The library on this page.
    pub(crate) fn find() -> Option<Self> {
        let connect = js::get(&js_sys::global(), "connect");
        let init = js::get(&js::get(&connect, "core"), "initCCP");
        init.is_function().then_some(Self(connect))
    }

    /// Loads the library from `url`, unless that is under way already. The promise is resolved with
    /// `undefined` once the script ran, and with an error when it did not.
    pub(crate) fn load(url: &WebUrl, integrity: Option<&str>) -> Promise {
        LOADING.with_borrow_mut(|slot| match slot {
            Some((loading, promise)) if loading == url.href() => promise.clone(),
            Some(_) | None => {
                let promise = load(url.href(), integrity);
                *slot = Some((url.href().to_owned(), promise.clone()));
                promise
            }
        })
    }

    /// `connect.core`
    pub(crate) fn core(&self) -> JsValue {
        js::get(&self.0, "core")
    }

    /// `connect.EventType[name]`
    pub(crate) fn event(&self, name: &str) -> JsValue {
        js::get(&js::get(&self.0, "EventType"), name)
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
    })
}

fn load(url: &str, integrity: Option<&str>) -> Promise {
    Promise::new(&mut |resolve, _reject| {
        let done = move |failure: JsValue| {
            let _ = resolve.call1(&JsValue::UNDEFINED, &failure);
        };
        match append_script(url, integrity) {
            Some(script) => settle(&script, done),
            None => done(js_sys::Error::new("this page takes no script element").into()),
        }
    })
}

fn append_script(url: &str, integrity: Option<&str>) -> Option<HtmlScriptElement> {
    let document = web_sys::window()?.document()?;
    let head: HtmlElement = js::get(&document, "head").dyn_into().ok()?;
    let script: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    script.set_src(url);
    if let Some(integrity) = integrity {
        script.set_attribute("integrity", integrity).ok()?;
        script.set_attribute("crossorigin", "anonymous").ok()?;
    }
    head.append_child(&script).ok()?;
    Some(script)
}

fn settle(script: &HtmlScriptElement, done: impl Fn(JsValue) + Clone + 'static) {
    let loaded = done.clone();
    let on_load = Closure::once_into_js(move || loaded(JsValue::UNDEFINED));
    let failed = script.clone();
    let on_error = Closure::once_into_js(move || {
        failed.remove();
        LOADING.with_borrow_mut(|slot| *slot = None); // The next call tries again.
        done(js_sys::Error::new("the script did not load").into());
    });
    script.set_onload(Some(on_load.unchecked_ref()));
    script.set_onerror(Some(on_error.unchecked_ref()));
}
