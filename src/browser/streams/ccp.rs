//! The CCP that Streams embedded: calling `initCCP`, listening, reloading, taking it down.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlIFrameElement};

use super::audio::Audio;
use super::bus::{Bus, Subscriptions};
use super::ending::Ending;
use super::init::{init_ccp, parameters};
use super::leftovers::Leftovers;
use super::pin::StreamsPin;
use super::sdk::Sdk;
use super::storage_access::StorageAccess;
use super::{Streams, agent, orders};
use crate::browser::feed::Feed;
use crate::browser::js;
use crate::browser::owned::{Listener, Owned};
use softphone_core::config::Config;
use softphone_core::phone::effect::CallEffect;
use softphone_core::phone::input::{CcpFact, PageFact};

/// An embedded CCP. Dropping it takes it down, Streams' own left-overs included.
#[must_use]
pub(crate) struct Ccp {
    streams: Streams,
    /// Streams itself replaces it, with way `streams`.
    frame: HtmlIFrameElement,
    url: String,
    /// The page of Amazon's that asks for the frame's cookies.
    cookies_url: String,
    cookies: Owned<StorageAccess>,
    /// Whether its page is on the way.
    loading: Rc<Cell<bool>>,
    subscriptions: Subscriptions,
    sdk: Owned<Sdk>,
    feed: Feed,
    _loads: Option<Owned<Listener>>,
    _ending: Owned<Ending>,
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
        audio: &Rc<Owned<Audio>>,
        feed: &Feed,
    ) -> Result<Self, JsValue> {
        let parameters = parameters(config, options)?;
        let leftovers = Rc::new(Leftovers::new());
        let ending = Owned::new(Ending::new(streams.global(), holder, &leftovers));
        leftovers.record();
        let called = init_ccp(&streams.core(), holder, &parameters);
        let sdk = Sdk::of(&streams, feed);
        leftovers.pause();
        let frame = called.and_then(|()| {
            let frame = holder.query_selector(CCP_FRAME).ok().flatten();
            frame
                .and_then(|frame| frame.dyn_into::<HtmlIFrameElement>().ok())
                .ok_or_else(|| {
                    js_sys::Error::new("initCCP made no frame; is another CCP on this page?").into()
                })
        });
        let frame = match frame {
            Ok(frame) => frame,
            Err(cause) => {
                ending.abandon();
                return Err(cause);
            }
        };
        let loading = Rc::new(Cell::new(true));
        let loads = {
            let (own, loading) = (frame.clone(), loading.clone());
            let window = own.content_window();
            let loaded = feed.callback(move |_| {
                loading.set(false);
                // A frame that was taken out of the document and put back has a new window, and Streams
                // still speaks to the old one.
                if own.content_window() == window {
                    CcpFact::Loaded
                } else {
                    CcpFact::Detached
                }
            });
            Listener::on(&frame, "load", &loaded)
        };
        let loaded_again = feed.callback(|_| PageFact::StreamsCopied);
        ending.set_pin(&StreamsPin::new(streams.global(), &loaded_again));
        let ccp = Self {
            url: config.ccp.text().to_owned(),
            cookies_url: config.ccp.storage_access(),
            cookies: StorageAccess::of(&frame, config, options, feed),
            streams,
            frame,
            loading,
            subscriptions: Subscriptions::default(),
            sdk,
            feed: feed.clone(),
            _loads: loads,
            _ending: ending,
        };
        let bus = Bus::find(&ccp.streams, &ccp.subscriptions)?;
        bus.listen(&leftovers, audio, feed)?;
        agent::listen(&ccp.streams, &ccp.subscriptions, feed)?;
        Ok(ccp)
    }

    /// Reloads the CCP in its frame. Streams picks the ACKNOWLEDGE up, because the frame's window proxy
    /// stays the same.
    pub(crate) fn reload(&self) {
        self.load(&self.url);
    }

    /// Loads it by way of the page that asks for the frame's cookies.
    pub(crate) fn ask_for_cookies(&self) {
        self.load(&self.cookies_url);
        self.cookies.expect();
    }

    fn load(&self, url: &str) {
        if self.loading.replace(true) {
            // Chromium ignores a navigation to the address of one that began within the last seconds and
            // is still under way, and that one was sent before the agent signed in. A blank page in between
            // cancels it, and is cancelled before it loads.
            self.frame.set_src("about:blank");
        }
        self.frame.set_src(url);
    }

    /// Takes the CCP out of its frame; [`reload`](Self::reload) brings it back. Its worker hears of it also
    /// where the page gets no `unload`. (A message does not arrive before the frame is removed, and before a
    /// reload the page still has to take calls until the next one is there.)
    pub(crate) fn unload(&self) {
        self.send("CLOSE");
        self.frame.set_src("about:blank");
    }

    /// Reports that the agent is active.
    pub(crate) fn report_activity(&self) {
        self.sdk.report();
    }

    /// Does what the core wants of Amazon about contacts.
    pub(crate) fn control(&self, effect: &CallEffect) {
        orders::perform(self.streams.global(), &self.sdk, effect, &self.feed);
    }

    /// Sends the CCP, and its worker behind it, the event `name` of `connect.EventType`. SYNCHRONIZE is
    /// answered by an ACKNOWLEDGE; Streams' keepalive sends it, too.
    pub(crate) fn send(&self, name: &str) {
        if let Ok(upstream) = js::call(&self.streams.core(), "getUpstream", &[]) {
            let _ = js::call(&upstream, "sendUpstream", &[&self.streams.event(name)]);
        }
    }
}

impl Drop for Ccp {
    /// What could still tell something first; the rest is [`Ending`]'s.
    fn drop(&mut self) {
        self.subscriptions.end();
    }
}

/// Streams 2.28.2, `CCP_IFRAME_NAME`. A sign-in frame may be there, too.
const CCP_FRAME: &str = "iframe[name='Amazon Connect CCP']";
