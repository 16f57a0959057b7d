//! Promises that settle when the softphone gets somewhere.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;

use super::error;
use softphone_core::error::Error;
use softphone_core::phase::Phase;
use softphone_core::session::Status;

/// `phone.ready`, and what `phone.signIn()` returned.
#[derive(Debug, Default)]
pub(crate) struct Promises {
    ready: RefCell<Option<Ready>>,
    sign_ins: RefCell<Vec<Deferred>>,
    sign_outs: RefCell<Vec<Deferred>>,
}

#[derive(Debug)]
struct Ready {
    deferred: Deferred,
    /// The phase in which it was settled.
    settled: Option<Phase>,
}

#[derive(Debug)]
struct Deferred {
    promise: Promise,
    resolve: Function,
    reject: Function,
}

impl Promises {
    /// A promise that is resolved while the phone is ready, rejected while it has failed or is
    /// closed, and pending otherwise. The same one as long as that stays so.
    pub(crate) fn ready(&self, status: &Status) -> Promise {
        self.settle_ready(status);
        let mut slot = self.ready.borrow_mut();
        if let Some(ready) = slot.as_ref() {
            return ready.deferred.promise.clone();
        }
        let deferred = Deferred::new();
        let promise = deferred.promise.clone();
        *slot = Some(Ready {
            deferred,
            settled: None,
        });
        drop(slot);
        self.settle_ready(status);
        promise
    }

    /// A promise for one sign-in that has just been asked for.
    pub(crate) fn sign_in(&self) -> Promise {
        let deferred = Deferred::new();
        let promise = deferred.promise.clone();
        self.sign_ins.borrow_mut().push(deferred);
        promise
    }

    /// A promise for one sign-out that is about to be asked for.
    pub(crate) fn sign_out(&self) -> Promise {
        let deferred = Deferred::new();
        let promise = deferred.promise.clone();
        self.sign_outs.borrow_mut().push(deferred);
        promise
    }

    /// Signing out ended.
    pub(crate) fn signed_out(&self, failure: Option<&Error>) {
        for waiting in self.sign_outs.take() {
            waiting.settle(failure);
        }
    }

    /// Settles what `status` settles.
    pub(crate) fn settle(&self, status: &Status) {
        self.settle_ready(status);
        let failure = match (status.phase, &status.error) {
            (Phase::Ready, _) => None,
            (Phase::Closed, _) => Some(Error::Closed),
            (Phase::Failed | Phase::SignInNeeded, Some(error)) => Some(error.clone()),
            (
                Phase::Opening
                | Phase::SignInNeeded
                | Phase::SigningIn
                | Phase::Expired
                | Phase::SignedOut
                | Phase::Failed,
                _,
            ) => return,
        };
        for waiting in self.sign_ins.take() {
            waiting.settle(failure.as_ref());
        }
    }

    fn settle_ready(&self, status: &Status) {
        let outcome = match status.phase {
            Phase::Ready => Some(None),
            Phase::Closed => Some(Some(Error::Closed)),
            Phase::Failed => Some(status.error.clone()),
            Phase::Opening
            | Phase::SignInNeeded
            | Phase::SigningIn
            | Phase::Expired
            | Phase::SignedOut => None,
        };
        let mut slot = self.ready.borrow_mut();
        let Some(ready) = slot.as_mut() else {
            return;
        };
        match (ready.settled, outcome) {
            (None, Some(failure)) => {
                ready.settled = Some(status.phase);
                ready.deferred.settle(failure.as_ref());
            }
            // What it said is no longer so: the next one who asks gets a new promise.
            (Some(phase), _) if phase != status.phase => *slot = None,
            (Some(_), _) | (None, None) => {}
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

    fn settle(&self, failure: Option<&Error>) {
        let _ = match failure {
            None => self.resolve.call0(&JsValue::UNDEFINED),
            Some(failure) => self.reject.call1(&JsValue::UNDEFINED, &error::of(failure)),
        };
    }
}
