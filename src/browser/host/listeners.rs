//! The host's event subscriptions.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::browser::js;
use softphone_core::event::Event;

/// Who listens to what.
#[derive(Debug, Default)]
pub(crate) struct Listeners {
    list: RefCell<Vec<Rc<Listener>>>,
    /// Diagnostics from before the first subscription.
    early: RefCell<Vec<JsValue>>,
}

#[derive(Debug)]
struct Listener {
    event: Event,
    callback: Function,
    active: Cell<bool>,
}

/// Ends one subscription; ending it twice changes nothing.
pub(crate) struct Unsubscribe {
    listeners: Rc<Listeners>,
    listener: Rc<Listener>,
}

impl Listeners {
    /// Subscribes `callback` to `event`. The first one for diagnostics gets those from before.
    pub(crate) fn add(self: &Rc<Self>, event: Event, callback: Function) -> Unsubscribe {
        let listener = Rc::new(Listener {
            event,
            callback,
            active: Cell::new(true),
        });
        self.list.borrow_mut().push(listener.clone());
        if event == Event::Diagnostic {
            for value in self.early.take() {
                listener.call(&value);
            }
        }
        Unsubscribe {
            listeners: self.clone(),
            listener,
        }
    }

    /// Calls everybody who listens to `event` with `value`. What a callback throws is reported as an uncaught
    /// error, and the others are still called.
    pub(crate) fn tell(&self, event: Event, value: impl FnOnce() -> JsValue) {
        let matching = |listener: &&Rc<Listener>| listener.event == event;
        let called: Vec<_> = self
            .list
            .borrow()
            .iter()
            .filter(matching)
            .cloned()
            .collect();
        if called.is_empty() && event != Event::Diagnostic {
            return;
        }
        let value = value();
        if called.is_empty() {
            self.early.borrow_mut().push(value);
            return;
        }
        for listener in called {
            listener.call(&value);
        }
    }

    /// Ends all subscriptions.
    pub(crate) fn clear(&self) {
        for listener in self.list.borrow_mut().drain(..) {
            listener.active.set(false);
        }
    }
}

impl Listener {
    fn call(&self, value: &JsValue) {
        if !self.active.get() {
            return;
        }
        if let Err(thrown) = self.callback.call1(&JsValue::UNDEFINED, value) {
            let _ = js::call(&js_sys::global(), "reportError", &[&thrown]);
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
