//! Streams' event bus: which of its events are facts for the core.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

use super::Streams;
use super::leftovers::Leftovers;
use crate::browser::feed::Feed;
use crate::browser::js;
use crate::browser::page::microphone::Microphone;
use softphone_core::microphone::Fact;
use softphone_core::phone::input::{CcpFact, Condition};

/// Subscriptions at Streams, with the closures that they call. Clones are the same list.
#[derive(Clone, Default)]
pub(super) struct Subscriptions(Rc<RefCell<Vec<Subscription>>>);

struct Subscription {
    handle: JsValue,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl Subscriptions {
    /// Keeps `callback` alive for what Streams gave for it.
    pub(super) fn keep(&self, handle: JsValue, callback: Closure<dyn FnMut(JsValue)>) {
        self.0.borrow_mut().push(Subscription {
            handle,
            _callback: callback,
        });
    }

    /// The list, for a closure that is in it itself.
    pub(super) fn downgrade(&self) -> WeakSubscriptions {
        WeakSubscriptions(Rc::downgrade(&self.0))
    }

    /// Ends them all.
    pub(super) fn end(&self) {
        for subscription in self.0.take() {
            let _ = js::call(&subscription.handle, "unsubscribe", &[]);
        }
    }
}

/// [`Subscriptions`] that may be gone.
pub(super) struct WeakSubscriptions(Weak<RefCell<Vec<Subscription>>>);

impl WeakSubscriptions {
    /// The list, if it is still there.
    pub(super) fn upgrade(&self) -> Option<Subscriptions> {
        self.0.upgrade().map(Subscriptions)
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
    pub(super) fn listen(&self, leftovers: &Rc<Leftovers>, feed: &Feed) -> Result<(), JsValue> {
        for (name, fact) in [
            ("AUTH_FAIL", CcpFact::AuthFailed),
            ("AUTHORIZE_SUCCESS", CcpFact::Authorized),
            ("TERMINATED", CcpFact::Terminated),
            ("ACCESS_DENIED", CcpFact::AccessDenied),
            ("IFRAME_RETRIES_EXHAUSTED", CcpFact::StreamsGaveUp),
            // The worker gives up after these, and no AUTH_FAIL follows (Streams 2.28.2).
            ("AUTHORIZE_RETRIES_EXHAUSTED", CcpFact::SessionLost),
            ("CTI_AUTHORIZE_RETRIES_EXHAUSTED", CcpFact::SessionLost),
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
            self.subscribe(&name, move |_| feed.tell(condition.clone()))?;
        }
        self.listen_to_acknowledge(leftovers.clone(), feed.clone())
    }

    fn listen_to_acknowledge(&self, leftovers: Rc<Leftovers>, feed: Feed) -> Result<(), JsValue> {
        let mut first = true;
        self.subscribe(&self.streams.event("ACKNOWLEDGE"), move |data| {
            // A CCP that has just connected passes on the id that the worker gave it; an answer to the
            // keepalive has none (Streams 2.28.2, connect-streams.js, ClientEngine).
            let connected = !js::get(data, "id").is_undefined();
            feed.tell(if connected {
                CcpFact::Acknowledged
            } else {
                CcpFact::KeptAlive
            });
            if std::mem::take(&mut first) {
                // The bus calls us before Streams' own handler, which makes a timer.
                leftovers.record_this_task();
            }
        })
    }

    /// Tells `microphone` when the CCP could not open it.
    ///
    /// # Errors
    /// What Streams threw.
    pub(super) fn listen_to_microphone(&self, microphone: Weak<Microphone>) -> Result<(), JsValue> {
        self.subscribe(&self.streams.agent_event("SOFTPHONE_ERROR"), move |error| {
            // Streams 2.28.2, `connect.SoftphoneErrorTypes.MICROPHONE_NOT_SHARED`.
            if js::get(error, "errorType") == *"microphone_not_shared"
                && let Some(microphone) = microphone.upgrade()
            {
                microphone.happened(Fact::Refused);
            }
        })
    }

    fn subscribe(
        &self,
        name: &JsValue,
        mut happened: impl FnMut(&JsValue) + 'static,
    ) -> Result<(), JsValue> {
        if name.is_undefined() {
            return Ok(()); // Another version of Streams, without this event.
        }
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |data| happened(&data));
        let handle = js::call(&self.bus, "subscribe", &[name, callback.as_ref()])?;
        self.subscriptions.keep(handle, callback);
        Ok(())
    }
}
