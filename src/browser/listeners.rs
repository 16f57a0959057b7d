//! The host's event subscriptions.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::js;

/// The events that a host can subscribe to.
pub(crate) const EVENTS: [&str; 4] = [
    "statusChanged",
    "agentChanged",
    "sessionExpiring",
    "diagnostic",
];

/// Who listens to what.
#[derive(Debug, Default)]
pub(crate) struct Listeners {
    list: RefCell<Vec<Rc<Listener>>>,
}

#[derive(Debug)]
struct Listener {
    event: &'static str,
    callback: Function,
    active: Cell<bool>,
}

/// Ends one subscription; ending it twice changes nothing.
pub(crate) struct Unsubscribe {
    listeners: Rc<Listeners>,
    listener: Rc<Listener>,
}

impl Listeners {
    /// Subscribes `callback` to `event`.
    pub(crate) fn add(self: &Rc<Self>, event: &'static str, callback: Function) -> Unsubscribe {
        let listener = Rc::new(Listener {
            event,
            callback,
            active: Cell::new(true),
        });
        self.list.borrow_mut().push(listener.clone());
        Unsubscribe {
            listeners: self.clone(),
            listener,
        }
    }

    /// Calls everybody who listens to `event`. What a callback throws is reported as an uncaught
    /// error and stops nobody else.
    pub(crate) fn tell(&self, event: &str, fields: &[(&str, JsValue)]) {
        let matching = |listener: &&Rc<Listener>| listener.event == event;
        let called: Vec<_> = self
            .list
            .borrow()
            .iter()
            .filter(matching)
            .cloned()
            .collect();
        if called.is_empty() {
            return;
        }
        let mut all = vec![("type", event.into())];
        all.extend_from_slice(fields);
        let value = js::object(&all);
        for listener in called {
            if !listener.active.get() {
                continue;
            }
            if let Err(thrown) = listener.callback.call1(&JsValue::UNDEFINED, &value) {
                let _ = js::call(&js_sys::global(), "reportError", &[&thrown]);
            }
        }
    }

    /// Ends all subscriptions.
    pub(crate) fn clear(&self) {
        for listener in self.list.borrow_mut().drain(..) {
            listener.active.set(false);
        }
    }
}

impl Unsubscribe {
    /// Ends the subscription.
    pub(crate) fn call(&self) {
        self.listener.active.set(false);
        let mut list = self.listeners.list.borrow_mut();
        list.retain(|other| !Rc::ptr_eq(other, &self.listener));
    }
}
