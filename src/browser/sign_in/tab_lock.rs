//! One sign-in at a time across tabs; see tab_lock.js.

use js_sys::Function;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::feed::Feed;
use crate::browser::owned::Owned;
use crate::browser::page::storage;
use softphone_core::phone::input::TabsFact;

#[wasm_bindgen(module = "/src/browser/sign_in/tab_lock.js")]
extern "C" {
    /// This tab's share of the lock that all tabs of an instance have.
    #[derive(Debug)]
    pub(crate) type TabLock;

    #[wasm_bindgen(constructor)]
    fn new(name: &str, granted: &Function, lost: &Function) -> TabLock;

    #[wasm_bindgen(method)]
    pub(crate) fn acquire(this: &TabLock, steal: bool);

    #[wasm_bindgen(method)]
    pub(crate) fn release(this: &TabLock);
}

impl TabLock {
    /// The lock of the instance at `origin`, not requested yet.
    pub(crate) fn of_instance(origin: &str, feed: &Feed) -> Owned<Self> {
        let instance = origin.to_owned();
        let granted = feed.callback(move |_| TabsFact::LockGranted(storage::load(&instance)));
        let lost = feed.callback(|_| TabsFact::LockStolen);
        let name = format!("connect-softphone {origin}");
        Owned::new(Self::new(&name, &granted, &lost))
    }
}
