//! Streams' event bus: which of its events are facts for the core.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::Streams;
use super::audio::Audio;
use super::leftovers::Leftovers;
use crate::browser::feed::{Feed, function};
use crate::browser::js;
use crate::browser::owned::Owned;
use softphone_core::call_control::CallFact;
use softphone_core::microphone::Fact;
use softphone_core::phone::input::{CcpFact, Condition};

/// Subscriptions at Streams. Clones are the same list.
#[derive(Clone, Default)]
pub(super) struct Subscriptions(Rc<RefCell<Vec<JsValue>>>);

impl Subscriptions {
    /// Keeps what Streams gave for a callback.
    pub(super) fn keep(&self, handle: JsValue) {
        self.0.borrow_mut().push(handle);
    }

    /// Ends them all.
    pub(super) fn end(&self) {
        for subscription in self.0.take() {
            let _ = js::call(&subscription, "unsubscribe", &[]);
        }
    }
}

/// The bus of the CCP that is open. After each `initCCP` it is another one.
pub(super) struct Bus<'a> {
    streams: &'a Streams,
    bus: JsValue,
    subscriptions: &'a Subscriptions,
}

impl<'a> Bus<'a> {
    /// Finds it.
    ///
    /// # Errors
    /// What Streams threw.
    pub(super) fn find(
        streams: &'a Streams,
        subscriptions: &'a Subscriptions,
    ) -> Result<Self, JsValue> {
        Ok(Self {
            streams,
            bus: js::call(&streams.core(), "getEventBus", &[])?,
            subscriptions,
        })
    }

    /// Tells `feed` what the CCP, or Streams for it, tells.
    ///
    /// # Errors
    /// What Streams threw.
    pub(super) fn listen(
        &self,
        leftovers: &Rc<Leftovers>,
        audio: &Rc<Owned<Audio>>,
        feed: &Feed,
    ) -> Result<(), JsValue> {
        let own = feed.clone();
        self.subscribe(&self.streams.event("AUTH_FAIL"), move |data| {
            // Of a command, not of a poll (Streams 2.28.2, connect-streams.js, `handleAPIRequest`).
            let command = js::get(data, "authorize") == true;
            own.tell(if command {
                CcpFact::CommandRefused
            } else {
                CcpFact::AuthFailed
            });
        })?;
        for (name, fact) in [
            ("AUTHORIZE_SUCCESS", CcpFact::Authorized),
            ("TERMINATED", CcpFact::Terminated),
            ("ACCESS_DENIED", CcpFact::AccessDenied),
            ("IFRAME_RETRIES_EXHAUSTED", CcpFact::StreamsGaveUp),
            // The worker gives up after these, and no AUTH_FAIL follows (Streams 2.28.2).
            ("AUTHORIZE_RETRIES_EXHAUSTED", CcpFact::SessionLost),
            ("CTI_AUTHORIZE_RETRIES_EXHAUSTED", CcpFact::PollEnded),
        ] {
            let feed = feed.clone();
            let name = self.streams.event(name);
            self.subscribe(&name, move |_| feed.tell(fact.clone()))?;
        }
        for (name, condition) in [
            ("WEBSOCKET_CONNECTION_LOST", Condition::SocketLost),
            ("WEBSOCKET_CONNECTION_GAINED", Condition::SocketRestored),
        ] {
            let feed = feed.clone();
            let name = self.streams.agent_event(name);
            self.subscribe(&name, move |_| feed.tell(condition))?;
        }
        self.listen_to_softphone(feed.clone())?;
        self.listen_to_acknowledge(leftovers.clone(), audio.clone(), feed.clone())
    }

    fn listen_to_acknowledge(
        &self,
        leftovers: Rc<Leftovers>,
        audio: Rc<Owned<Audio>>,
        feed: Feed,
    ) -> Result<(), JsValue> {
        let first = Cell::new(true);
        self.subscribe(&self.streams.event("ACKNOWLEDGE"), move |data| {
            // A CCP that has just connected passes on the id that the worker gave it; an answer to the
            // keepalive has none (Streams 2.28.2, connect-streams.js, ClientEngine).
            let id = js::get(data, "id");
            if let Some(port) = id.as_string() {
                audio.connected(&port);
            }
            feed.tell(if id.is_undefined() {
                CcpFact::KeptAlive
            } else {
                CcpFact::Acknowledged
            });
            if first.replace(false) {
                // The bus calls us before Streams' own handler, which makes a timer.
                leftovers.record_this_task();
            }
        })
    }

    fn listen_to_softphone(&self, feed: Feed) -> Result<(), JsValue> {
        let muted = feed.clone();
        self.subscribe(&self.streams.agent_event("MUTE_TOGGLE"), move |data| {
            if let Some(is) = js::get(data, "muted").as_bool() {
                muted.tell(CallFact::Muted(is));
            }
        })?;
        self.subscribe(&self.streams.agent_event("SOFTPHONE_ERROR"), move |error| {
            feed.tell(CallFact::SoftphoneFailed);
            // Streams 2.28.2, `connect.SoftphoneErrorTypes.MICROPHONE_NOT_SHARED`.
            if js::get(error, "errorType") == *"microphone_not_shared" {
                feed.tell(Fact::Refused);
            }
        })
    }

    fn subscribe(
        &self,
        name: &JsValue,
        happened: impl Fn(&JsValue) + 'static,
    ) -> Result<(), JsValue> {
        if name.is_undefined() {
            return Ok(()); // Another version of Streams, without this event.
        }
        let callback = function(move |data| happened(&data));
        let handle = js::call(&self.bus, "subscribe", &[name, &callback])?;
        self.subscriptions.keep(handle);
        Ok(())
    }
}
