//! The CCP that Streams embedded: calling `initCCP`, listening, reloading, taking it down.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlIFrameElement};

use super::driver::Feed;
use super::js;
use super::keep::Keep;
use super::leftovers::Leftovers;
use super::microphone::Microphone;
use super::storage;
use super::streams::{Streams, read_agent, read_load};
use softphone_core::config::{Config, streams_loaded_again};
use softphone_core::phase::Way;
use softphone_core::session::Input;

/// An embedded CCP. Dropping it takes it down, Streams' own left-overs included.
#[must_use]
pub(crate) struct Ccp {
    streams: Streams,
    /// Streams itself replaces it, with way `streams`.
    frame: HtmlIFrameElement,
    holder: HtmlElement,
    url: String,
    keep: Keep,
    _copied: Closure<dyn FnMut()>,
    /// Whether its page is on the way.
    loading: Rc<Cell<bool>>,
    leftovers: Rc<Leftovers>,
    subscriptions: Subscriptions,
    /// The agent as Streams told of him last.
    agent: Rc<RefCell<JsValue>>,
    _loads: EventListener,
}

/// Subscriptions at Streams with the closures that they call.
type Subscriptions = Rc<RefCell<Vec<Subscription>>>;

struct Subscription {
    handle: JsValue,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl Ccp {
    /// Calls `initCCP` in `holder` and tells `feed` what Streams tells.
    ///
    /// # Errors
    /// What `initCCP` threw, or a sentence when it made no frame.
    pub(crate) fn open(
        streams: Streams,
        holder: &HtmlElement,
        config: &Config,
        options: &JsValue,
        microphone: &Microphone,
        feed: &Feed,
    ) -> Result<Self, JsValue> {
        let parameters = parameters(config, options);
        let leftovers = Rc::new(Leftovers::new());
        leftovers.record();
        let called = js::call(&streams.core(), "initCCP", &[holder, &parameters]);
        leftovers.pause();
        let frame = called.and_then(|_| {
            let frame = holder.query_selector("iframe").ok().flatten();
            frame
                .and_then(|frame| frame.dyn_into::<HtmlIFrameElement>().ok())
                .ok_or_else(|| {
                    js_sys::Error::new("initCCP made no frame; is another CCP on this page?").into()
                })
        });
        let frame = match frame {
            Ok(frame) => frame,
            Err(cause) => {
                leftovers.clear();
                return Err(cause);
            }
        };
        let told = feed.clone();
        let (seen, window) = (frame.clone(), frame.content_window());
        let loading = Rc::new(Cell::new(true));
        let on_its_way = loading.clone();
        let loads = EventListener::new(&frame, "load", move |_| {
            on_its_way.set(false);
            // Taken out of the document and put in again, a frame has another window, to which
            // Streams does not speak.
            told(if seen.content_window() == window {
                Input::CcpLoaded
            } else {
                Input::CcpDetached
            });
        });
        let copied = feed.clone();
        let copied =
            Closure::new(move || copied(Input::Noticed(streams_loaded_again().to_string())));
        let ccp = Self {
            keep: Keep::new(streams.global(), copied.as_ref().unchecked_ref()),
            _copied: copied,
            holder: holder.clone(),
            url: config.ccp.text().to_owned(),
            streams,
            frame,
            loading,
            leftovers,
            subscriptions: Rc::default(),
            agent: Rc::default(),
            _loads: loads,
        };
        ccp.listen(feed)?;
        ccp.listen_to_microphone(microphone)?;
        Ok(ccp)
    }

    /// Loads the CCP anew in its frame. Streams picks the ACKNOWLEDGE up: the frame's window
    /// proxy stays the same.
    pub(crate) fn reload(&self) {
        if self.loading.replace(true) {
            // Chromium ignores a navigation to where one that began within the last seconds already
            // leads, and that one knows nothing of a sign-in since. In between it is given up, and
            // the blank page, given up in its turn, loads nothing.
            self.frame.set_src("about:blank");
        }
        self.frame.set_src(&self.url);
    }

    /// Takes the CCP out of its frame; [`reload`](Self::reload) brings it back.
    pub(crate) fn unload(&self) {
        self.frame.set_src("about:blank");
    }

    /// Asks the CCP for an ACKNOWLEDGE, as Streams' keepalive does.
    pub(crate) fn probe(&self) {
        let core = self.streams.core();
        if let Ok(upstream) = js::call(&core, "getUpstream", &[]) {
            let synchronize = self.streams.event("SYNCHRONIZE");
            let _ = js::call(&upstream, "sendUpstream", &[&synchronize]);
        }
    }

    fn listen(&self, feed: &Feed) -> Result<(), JsValue> {
        let bus = js::call(&self.streams.core(), "getEventBus", &[])?;
        for (name, input) in [
            ("AUTH_FAIL", Input::AuthFailed),
            ("AUTHORIZE_SUCCESS", Input::Authorized),
            ("TERMINATED", Input::Terminated),
            // And what signing out waits for.
            ("TERMINATED", Input::LoggedOut),
            ("ACCESS_DENIED", Input::AccessDenied),
            ("IFRAME_RETRIES_EXHAUSTED", Input::StreamsGaveUp),
            // The worker stops asking for good after these; no AUTH_FAIL comes (Streams 2.28.2).
            ("AUTHORIZE_RETRIES_EXHAUSTED", Input::SessionLost),
            ("CTI_AUTHORIZE_RETRIES_EXHAUSTED", Input::SessionLost),
        ] {
            let feed = feed.clone();
            self.subscribe(&bus, name, move |_| feed(input.clone()))?;
        }
        for (name, input) in [
            ("WEBSOCKET_CONNECTION_LOST", Input::SocketLost),
            ("WEBSOCKET_CONNECTION_GAINED", Input::SocketGained),
        ] {
            let feed = feed.clone();
            let name = self.streams.agent_event(name);
            self.subscribe_to(&bus, &name, move |_| feed(input.clone()))?;
        }
        let acknowledged = feed.clone();
        let leftovers = self.leftovers.clone();
        let mut first = true;
        self.subscribe(&bus, "ACKNOWLEDGE", move |data| {
            // A CCP that has just connected is told its id by the worker; an answer to the
            // keepalive has none (Streams 2.28.2, connect-streams.js, ClientEngine).
            let connected = !js::get(data, "id").is_undefined();
            acknowledged(if connected {
                Input::Acknowledged
            } else {
                Input::KeptAlive
            });
            if std::mem::take(&mut first) {
                // The bus calls us before Streams' own handler, which makes a timer.
                leftovers.record_this_task();
            }
        })?;
        self.listen_to_agent(feed)
    }

    fn listen_to_microphone(&self, microphone: &Microphone) -> Result<(), JsValue> {
        let bus = js::call(&self.streams.core(), "getEventBus", &[])?;
        let microphone = microphone.clone();
        let name = self.streams.agent_event("SOFTPHONE_ERROR");
        self.subscribe_to(&bus, &name, move |error| {
            let kind = js::get(error, "errorType").as_string();
            microphone.heard(&kind.unwrap_or_default());
        })
    }

    /// Whether the agent takes calls in the browser, and not on a desk phone.
    pub(crate) fn uses_softphone(&self) -> bool {
        let configuration = js::call(&self.agent.borrow(), "getConfiguration", &[]);
        let enabled = js::get(&configuration.unwrap_or_default(), "softphoneEnabled");
        enabled != JsValue::FALSE
    }

    fn listen_to_agent(&self, feed: &Feed) -> Result<(), JsValue> {
        let (feed, last) = (feed.clone(), self.agent.clone());
        let tell = Rc::new(move |agent: &JsValue| {
            last.replace(agent.clone());
            tell_agent(&feed, agent);
        });
        let subscriptions = Rc::downgrade(&self.subscriptions);
        let on_agent = Closure::<dyn FnMut(JsValue)>::new(move |agent: JsValue| {
            tell(&agent);
            let tell = tell.clone();
            let on_refresh = Closure::<dyn FnMut(JsValue)>::new(move |agent| tell(&agent));
            let handle = js::call(&agent, "onRefresh", &[on_refresh.as_ref()]);
            if let (Ok(handle), Some(subscriptions)) = (handle, subscriptions.upgrade()) {
                subscriptions.borrow_mut().push(Subscription {
                    handle,
                    _callback: on_refresh,
                });
            }
        });
        let handle = self.streams.on_agent(on_agent.as_ref())?;
        self.subscriptions.borrow_mut().push(Subscription {
            handle,
            _callback: on_agent,
        });
        Ok(())
    }

    fn subscribe(
        &self,
        bus: &JsValue,
        event: &str,
        told: impl FnMut(&JsValue) + 'static,
    ) -> Result<(), JsValue> {
        self.subscribe_to(bus, &self.streams.event(event), told)
    }

    fn subscribe_to(
        &self,
        bus: &JsValue,
        name: &JsValue,
        mut told: impl FnMut(&JsValue) + 'static,
    ) -> Result<(), JsValue> {
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |data| told(&data));
        if name.is_undefined() {
            return Ok(()); // Another version of Streams, which never tells that.
        }
        let handle = js::call(bus, "subscribe", &[name, callback.as_ref()])?;
        self.subscriptions.borrow_mut().push(Subscription {
            handle,
            _callback: callback,
        });
        Ok(())
    }
}

impl Drop for Ccp {
    /// In this order: first everything that could fire again, then Streams, then its frame.
    fn drop(&mut self) {
        for subscription in self.subscriptions.borrow_mut().drain(..) {
            let _ = js::call(&subscription.handle, "unsubscribe", &[]);
        }
        let core = self.streams.core();
        clear_timer(&core, "ccpLoadTimeoutInstance");
        clear_timer(&core, "iframeRefreshTimeout");
        let keepalive = js::get(&core, "keepaliveManager");
        clear_timer(&keepalive, "ackTimer");
        clear_timer(&keepalive, "synTimer");
        let _ = js::call(&js::get(&core, "upstream"), "shutdown", &[]);
        let _ = js::call(&core, "terminate", &[]);
        self.leftovers.clear();
        self.keep.end();
        while let Some(frame) = self.holder.query_selector(FRAME).ok().flatten() {
            frame.remove();
        }
    }
}

fn tell_agent(feed: &Feed, agent: &JsValue) {
    if let Some(seen) = read_agent(agent) {
        feed(Input::ContactsSeen(read_load(agent)));
        feed(Input::AgentSeen(seen));
    }
}

fn clear_timer(owner: &JsValue, name: &str) {
    let id = js::get(owner, name);
    if id.is_undefined() || id.is_null() {
        return;
    }
    let _ = js::call(&js_sys::global(), "clearTimeout", &[&id]);
    let _ = Reflect::set(owner, &name.into(), &JsValue::NULL);
}

/// The parameters of `initCCP`: the host's own, copied, and those that make Streams passive
/// (Streams 2.28.2, Documentation.md, "connect.core.initCCP").
fn parameters(config: &Config, options: &JsValue) -> Object {
    let parameters = copy(options);
    let set = |name: &str, value: JsValue| js::set(&parameters, name, &value);
    set("ccpUrl", config.ccp.text().into());
    match &config.sso {
        Some(sso) => set("loginUrl", sso.configured.reveal().as_str().into()),
        None => drop(Reflect::delete_property(&parameters, &"loginUrl".into())),
    }
    set("loginPopup", true.into());
    let login = Object::new();
    js::set(&login, "autoClose", &true.into());
    js::set(&login, "height", &POPUP_HEIGHT.into());
    js::set(&login, "width", &POPUP_WIDTH.into());
    if config.ways.first() != Some(&Way::Streams) {
        js::set(&login, "disableAuthPopupAfterLogout", &true.into());
        set("ccpLoadTimeout", NEVER_MS.into());
    }
    set("loginOptions", login.into());
    if js::get(&parameters, "softphone").is_undefined() {
        let softphone = Object::new();
        js::set(&softphone, "allowFramedSoftphone", &true.into());
        set("softphone", softphone.into());
    }
    if let Some(softphone) = js::get(&parameters, "softphone").dyn_ref::<Object>()
        && !storage::is_allowed()
    {
        // Streams 2.28.2 cleans its storage in initCCP without a guard, and would throw.
        let softphone = Object::assign(&Object::new(), softphone);
        let off = "disableStoringParamsInLocalStorage";
        js::set(&softphone, off, &true.into());
        set("softphone", softphone.into());
    }
    parameters
}

/// A copy of the host's options, two levels deep, so that what Streams changes or deletes in them
/// stays the host's. Instances of classes, such as a provider, are passed as they are.
fn copy(options: &JsValue) -> Object {
    let Some(options) = options.dyn_ref::<Object>() else {
        return Object::new();
    };
    let keys = Object::keys(options);
    let entries = keys.iter().map(|key| {
        let value = Reflect::get(options, &key).unwrap_or(JsValue::UNDEFINED);
        let value = if let Some(list) = value.dyn_ref::<Array>() {
            list.slice(0, list.length()).into()
        } else if is_plain(&value) {
            plain(&Object::entries(value.unchecked_ref())).into()
        } else {
            value
        };
        Array::of2(&key, &value)
    });
    plain(&entries.collect())
}

/// An object of `entries`; a name such as `__proto__` is a name like any other here.
fn plain(entries: &Array) -> Object {
    Object::from_entries(entries).unwrap_or_default()
}

fn is_plain(value: &JsValue) -> bool {
    let Some(object) = value.dyn_ref::<Object>() else {
        return false;
    };
    Object::get_prototype_of(object).loose_eq(&Object::get_prototype_of(&Object::new()))
}

/// Streams 2.28.2, `CCP_IFRAME_NAME`. With Global Resiliency there are two.
const FRAME: &str = "iframe[name=\"Amazon Connect CCP\"]";
/// The longest delay that `setTimeout` takes: Streams never times out by itself.
const NEVER_MS: i32 = i32::MAX;
/// Streams 2.28.2, the size of its login popup.
pub(crate) const POPUP_WIDTH: i32 = 433;
/// See [`POPUP_WIDTH`].
pub(crate) const POPUP_HEIGHT: i32 = 578;
