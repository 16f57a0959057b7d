//! The CCP that Streams embedded: calling `initCCP`, listening, reloading, taking it down.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use gloo_events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlIFrameElement};

use super::bus::{Bus, Subscriptions};
use super::init::parameters;
use super::leftovers::Leftovers;
use super::pin::StreamsPin;
use super::{Streams, agent};
use crate::browser::feed::{Callback, Feed};
use crate::browser::js;
use crate::browser::page::microphone::Microphone;
use softphone_core::config::Config;
use softphone_core::phone::input::{CcpFact, PageFact};

/// An embedded CCP. Dropping it takes it down, Streams' own left-overs included.
#[must_use]
pub(crate) struct Ccp {
    streams: Streams,
    /// Streams itself replaces it, with way `streams`.
    frame: HtmlIFrameElement,
    holder: HtmlElement,
    url: String,
    pin: StreamsPin,
    _loaded_again: Callback,
    /// Whether its page is on the way.
    loading: Rc<Cell<bool>>,
    leftovers: Rc<Leftovers>,
    subscriptions: Subscriptions,
    _loads: EventListener,
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
        microphone: &Weak<Microphone>,
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
        let loading = Rc::new(Cell::new(true));
        let loads = {
            let (feed, own, loading) = (feed.clone(), frame.clone(), loading.clone());
            let window = own.content_window();
            EventListener::new(&frame, "load", move |_| {
                loading.set(false);
                // A frame that was taken out of the document and put back has a new window, and Streams
                // still speaks to the old one.
                feed.tell(if own.content_window() == window {
                    CcpFact::Loaded
                } else {
                    CcpFact::Detached
                });
            })
        };
        let loaded_again = feed.callback(|_| PageFact::StreamsCopied);
        let ccp = Self {
            pin: StreamsPin::new(streams.global(), loaded_again.function()),
            _loaded_again: loaded_again,
            holder: holder.clone(),
            url: config.ccp.text().to_owned(),
            streams,
            frame,
            loading,
            leftovers,
            subscriptions: Subscriptions::default(),
            _loads: loads,
        };
        let bus = Bus::find(&ccp.streams, &ccp.subscriptions)?;
        bus.listen(&ccp.leftovers, feed)?;
        agent::listen(&ccp.streams, &ccp.subscriptions, feed)?;
        bus.listen_to_microphone(microphone.clone())?;
        Ok(ccp)
    }

    /// Reloads the CCP in its frame. Streams picks the ACKNOWLEDGE up, because the frame's window proxy
    /// stays the same.
    pub(crate) fn reload(&self) {
        if self.loading.replace(true) {
            // Chromium ignores a navigation to the address of one that began within the last seconds and
            // is still under way, and that one was sent before the agent signed in. A blank page in between
            // cancels it, and is cancelled before it loads.
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
}

impl Drop for Ccp {
    /// In this order: first everything that could fire again, then Streams, then its frame.
    fn drop(&mut self) {
        self.subscriptions.end();
        let core = self.streams.core();
        clear_timer(&core, "ccpLoadTimeoutInstance");
        clear_timer(&core, "iframeRefreshTimeout");
        let keepalive = js::get(&core, "keepaliveManager");
        clear_timer(&keepalive, "ackTimer");
        clear_timer(&keepalive, "synTimer");
        let _ = js::call(&js::get(&core, "upstream"), "shutdown", &[]);
        let _ = js::call(&core, "terminate", &[]);
        self.leftovers.clear();
        self.pin.end();
        while let Some(frame) = self.holder.query_selector(FRAME).ok().flatten() {
            frame.remove();
        }
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

/// Streams 2.28.2, `CCP_IFRAME_NAME`. With Global Resiliency there are two.
const FRAME: &str = "iframe[name=\"Amazon Connect CCP\"]";
