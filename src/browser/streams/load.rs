//! Loading Streams, or waiting for the page that loads it.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, EventTarget, HtmlElement, HtmlScriptElement};

use super::Streams;
use crate::browser::js;
use softphone_core::address::web_url::WebUrl;

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
        let load = move || match url.filter(|_| Streams::find().is_none()) {
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
