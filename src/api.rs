//! What JavaScript sees: convert, feed, convert.

mod contacts;
pub(crate) mod snapshots;

use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, HtmlElement};

use crate::browser::driver::Driver;
use crate::browser::feed::function;
use crate::browser::host::error;
use crate::browser::owned::Listener;
use crate::browser::page::url;
use crate::browser::page_slot::PageSlot;
use crate::browser::parties::Given;
use crate::browser::streams::{Streams, load};
use crate::browser::{host_value, js};
use softphone_core::address::web_url::WebUrl;
use softphone_core::arguments;
use softphone_core::call_control;
use softphone_core::config::{Config, PageFacts, unreadable_options};
use softphone_core::error::Error;
use softphone_core::phone::ticket::Call;

/// An open softphone; see `js/index.d.ts` for what hosts may expect of it.
#[wasm_bindgen(skip_typescript)]
pub struct Softphone {
    driver: Rc<Driver>,
}

/// `openSoftphone(container, config)`; the entry in `index.js` loads this module first. `was_there` is whether
/// the container was in the document when the host called: one that has gone since may come back.
///
/// # Errors
/// A `SoftphoneError`: see `js/index.d.ts`.
#[wasm_bindgen(js_name = open)]
pub fn open(container: &JsValue, config: &JsValue, was_there: bool) -> Promise {
    opening(container, config, was_there).unwrap_or_else(|error| Promise::reject(&error))
}

#[wasm_bindgen]
impl Softphone {
    /// `phone.status`
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn status(&self) -> JsValue {
        self.driver.status()
    }

    /// `phone.agent`
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn agent(&self) -> JsValue {
        self.driver.agent()
    }

    /// `phone.audio`
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn audio(&self) -> String {
        self.driver.audio().to_owned()
    }

    /// `phone.ready`
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn ready(&self) -> Promise {
        self.driver.ready()
    }

    /// `phone.on(event, callback)`
    ///
    /// # Errors
    /// `ARGUMENT_INVALID` for an event that does not exist or a callback that is no function.
    #[wasm_bindgen(skip_typescript)]
    pub fn on(&self, event: &JsValue, callback: &JsValue) -> Result<JsValue, JsValue> {
        let event =
            arguments::event(&host_value::read(event)).map_err(|error| error::of(&error))?;
        let callback: &Function = callback
            .dyn_ref()
            .ok_or_else(|| error::of(&arguments::no_callback(&host_value::read(callback))))?;
        let subscription = self.driver.on(event, callback.clone());
        Ok(function(move |_| subscription.call()).into())
    }

    /// `phone.signIn()`
    #[wasm_bindgen(js_name = signIn, skip_typescript)]
    pub fn sign_in(&self) -> Promise {
        self.driver.call(Call::SignIn)
    }

    /// `phone.signOut(options)`
    #[wasm_bindgen(js_name = signOut, skip_typescript)]
    pub fn sign_out(&self, options: &JsValue) -> Promise {
        match arguments::sign_out(&host_value::read(options), &url::read) {
            Ok(request) => self.driver.call(Call::SignOut(request)),
            Err(error) => Promise::reject(&error::of(&error)),
        }
    }

    /// `phone.stayActive()`
    #[wasm_bindgen(js_name = stayActive, skip_typescript)]
    pub fn stay_active(&self) -> Promise {
        self.driver.call(Call::StayActive)
    }

    /// `phone.devices()`
    #[wasm_bindgen(skip_typescript)]
    pub fn devices(&self) -> Promise {
        self.driver.call(Call::Devices)
    }

    /// `phone.contacts`
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn contacts(&self) -> JsValue {
        self.driver.contacts()
    }

    /// What `phone.amazon` has as `streams`; `undefined` before it is there, and after the end.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn streams(&self) -> JsValue {
        self.driver.streams()
    }

    /// A command of call control, such as `phone.accept(id)`, with the list of its arguments.
    #[wasm_bindgen(skip_typescript)]
    pub fn command(&self, name: &str, arguments: &Array) -> Promise {
        let arguments: Vec<_> = arguments.iter().map(|one| host_value::read(&one)).collect();
        match call_control::arguments::command(name, &arguments) {
            Some(Ok(command)) => self.driver.call(Call::Command(command)),
            Some(Err(error)) => Promise::reject(&error::of(&error)),
            None => Promise::reject(&JsValue::UNDEFINED),
        }
    }

    /// What `phone.report()` says of the configuration.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn outline(&self) -> JsValue {
        self.driver.outline()
    }

    /// What `phone.timeline()` copies: the list itself, which grows.
    #[wasm_bindgen(getter, skip_typescript)]
    pub fn journal(&self) -> Array {
        self.driver.journal()
    }

    /// `phone.close()`
    #[wasm_bindgen(skip_typescript)]
    pub fn close(&self) -> Promise {
        self.driver.call(Call::Close)
    }
}

impl std::fmt::Debug for Softphone {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Softphone").finish_non_exhaustive()
    }
}

fn opening(container: &JsValue, config: &JsValue, was_there: bool) -> Result<Promise, JsValue> {
    if js::get(&js_sys::global(), "isSecureContext") == JsValue::FALSE {
        return Err(error::of(&Error::InsecureContext));
    }
    let page = PageFacts {
        href: &address().unwrap_or_default(),
        framed: js::get(&js_sys::global(), "top") != js::get(&js_sys::global(), "self"),
    };
    let mut parsed = Config::parse(&host_value::read(config), &page, &url::read)
        .map_err(|findings| error::of(&Error::ConfigInvalid(findings)))?;
    let container = as_container(container, was_there)?;
    let slot = PageSlot::take().ok_or_else(|| error::of(&Error::AlreadyOpen))?;
    let options = js::get(&js::get(config, "streams"), "options");
    let options = host_value::copy_of(&options).map_err(|cause| {
        error::caused(&Error::ConfigInvalid(vec![unreadable_options()]), &cause)
    })?;
    let given = Given {
        options: options.into(),
        sso: if parsed.asks_for_sso {
            js::get(config, "ssoLoginUrl")
        } else {
            JsValue::UNDEFINED
        },
    };
    if let Some(streams) = Streams::find() {
        look_at(&streams, &mut parsed, &given)?;
        let driver = Driver::open(Some(streams), container, parsed, &given, slot)?;
        return Ok(Promise::resolve(&JsValue::from(Softphone { driver })));
    }
    let url = parsed.streams_url.as_ref().map(WebUrl::href);
    let loading = load::load(url, parsed.integrity.as_deref());
    let driver = Driver::open(None, container, parsed.clone(), &given, slot)?;
    let signal: EventTarget = js::get(config, "signal").unchecked_into();
    let opening = Rc::downgrade(&driver);
    // The host is told at once, and may open another softphone.
    let close = function(move |_| {
        if let Some(driver) = opening.upgrade() {
            let _ = driver.call(Call::Close);
        }
    });
    let aborted = Listener::on(&signal, "abort", &close);
    parsed.warnings.clear(); // The phone has told them.
    let loaded = Closure::once(move |failure: JsValue| -> Result<JsValue, JsValue> {
        drop(aborted);
        let embedded = embed(&driver, &failure, parsed, &given);
        if embedded.is_err() {
            let _ = driver.call(Call::Close);
        }
        embedded.map(|()| Softphone { driver }.into())
    });
    let opened = js::call(&loading, "then", &[&loaded.into_js_value()])?;
    Ok(opened.unchecked_into())
}

/// What is left to do once the script of Streams has run, or has not.
fn embed(
    driver: &Driver,
    failure: &JsValue,
    mut config: Config,
    given: &Given,
) -> Result<(), JsValue> {
    if !failure.is_undefined() {
        return Err(load::failed(failure));
    }
    let url = config.streams_url.as_ref().map(WebUrl::href);
    let streams = Streams::find().ok_or_else(|| error::of(&load::missing(url)))?;
    look_at(&streams, &mut config, given)?;
    let warnings = config.warnings.iter().map(ToString::to_string).collect();
    driver.embed(streams, warnings)
}

/// Adds to the warnings of `config` what looks like a mistake about Streams.
///
/// # Errors
/// What keeps this Streams from making a CCP here.
fn look_at(streams: &Streams, config: &mut Config, given: &Given) -> Result<(), JsValue> {
    config.streams_script_elements(load::script_elements());
    if let Some(fault) = streams.fault() {
        return Err(error::of(&fault));
    }
    if js::get(&given.options, "provider").is_undefined()
        && let Some(provider) = streams.provider()
    {
        config.provider_on_page(&provider);
    }
    Ok(())
}

/// What relative URLs of the configuration are relative to: the page's address; where that is none, as in a
/// `srcdoc` frame or a blank page, the address of the page that made it.
fn address() -> Option<String> {
    let window = web_sys::window()?;
    let href = window.location().href().ok()?;
    if href.starts_with("http") {
        return Some(href);
    }
    window.document()?.base_uri().ok()?
}

fn as_container(value: &JsValue, was_there: bool) -> Result<HtmlElement, JsValue> {
    let found = match value.dyn_ref::<HtmlElement>() {
        // Not element.is_connected(), which a Proxy of an element throws at.
        Some(element) if was_there || js::get(value, "isConnected") == JsValue::TRUE => {
            return Ok(element.clone());
        }
        Some(_) => "an element that is not in the document".to_owned(),
        None => host_value::read(value).describe(),
    };
    Err(error::of(&Error::ContainerInvalid { found }))
}
