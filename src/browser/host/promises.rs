//! The promises that the host holds, by their tickets.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;

use super::error;
use crate::api::snapshots;
use softphone_core::phone::ticket::{Settlement, Ticket};

/// A promise for every call that the core has not settled, and the last one of `phone.ready`.
///
/// A list and not a map: few calls are open at a time, and a map's code is 4 kB of the bundle (gzip).
#[derive(Debug, Default)]
pub(crate) struct Promises {
    next: Cell<u32>,
    open: RefCell<Vec<(Ticket, Deferred)>>,
    ready: RefCell<Option<(Ticket, Promise)>>,
}

#[derive(Debug)]
struct Deferred {
    promise: Promise,
    resolve: Function,
    reject: Function,
}

impl Promises {
    /// A ticket for a call, and the promise that it settles.
    pub(crate) fn call(&self) -> (Ticket, Promise) {
        let ticket = Ticket::new(self.next.get());
        self.next.set(self.next.get() + 1);
        let deferred = Deferred::new();
        let promise = deferred.promise.clone();
        self.open.borrow_mut().push((ticket, deferred));
        (ticket, promise)
    }

    /// The promise of `phone.ready` with that ticket, if it is the last one.
    pub(crate) fn ready(&self, ticket: Ticket) -> Option<Promise> {
        let ready = self.ready.borrow();
        let (last, promise) = ready.as_ref()?;
        (*last == ticket).then(|| promise.clone())
    }

    /// This is the last promise of `phone.ready`.
    pub(crate) fn keep_ready(&self, ticket: Ticket, promise: &Promise) {
        *self.ready.borrow_mut() = Some((ticket, promise.clone()));
    }

    /// Settles the promise of `ticket`.
    pub(crate) fn settle(&self, ticket: Ticket, settlement: &Settlement) {
        let deferred = {
            let mut open = self.open.borrow_mut();
            let at = open.iter().position(|(other, _)| *other == ticket);
            at.map(|at| open.swap_remove(at).1)
        };
        if let Some(deferred) = deferred {
            deferred.settle(settlement);
        }
    }
}

impl Deferred {
    fn new() -> Self {
        let mut functions = None;
        let promise = Promise::new(&mut |resolve, reject| functions = Some((resolve, reject)));
        // The executor runs inside the constructor (ECMA-262, "Promise constructor").
        let (resolve, reject) = functions.unwrap_or_default();
        Self {
            promise,
            resolve,
            reject,
        }
    }

    fn settle(&self, settlement: &Settlement) {
        let _ = match settlement {
            Ok(outcome) => {
                let value = snapshots::outcome(outcome);
                self.resolve.call1(&JsValue::UNDEFINED, &value)
            }
            Err(failure) => self.reject.call1(&JsValue::UNDEFINED, &error::of(failure)),
        };
    }
}
