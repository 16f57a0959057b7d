//! Parts written in JavaScript, owned like any other value; see held.js.

use std::ops::Deref;

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{EventTarget, Window};

#[wasm_bindgen(module = "/src/browser/held.js")]
extern "C" {
    fn hold(part: &JsValue);

    #[wasm_bindgen(js_name = giveBack)]
    fn give_back(part: &JsValue);

    /// An event listener.
    pub(crate) type Listener;

    #[wasm_bindgen(constructor, catch)]
    fn new(target: &EventTarget, name: &str, happened: &Function) -> Result<Listener, JsValue>;

    /// A timer.
    pub(crate) type Timer;

    #[wasm_bindgen(constructor)]
    fn new(ms: u32, due: &Function, repeats: bool) -> Timer;

    /// A window.
    pub(crate) type OpenWindow;

    #[wasm_bindgen(constructor)]
    fn new(window: &Window) -> OpenWindow;

    #[wasm_bindgen(method)]
    pub(crate) fn forget(this: &OpenWindow);
}

/// A part with a method `close`. Dropping it closes the part; after a trap, JavaScript does.
///
/// wasm-bindgen's handles are references: dropping one by itself would leave the JavaScript object
/// with its listeners and locks.
#[must_use]
pub(crate) struct Owned<T: AsRef<JsValue>>(T);

impl<T: AsRef<JsValue>> Owned<T> {
    /// Owns `part`.
    pub(crate) fn new(part: T) -> Self {
        hold(part.as_ref());
        Self(part)
    }
}

impl<T: AsRef<JsValue>> Deref for Owned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: AsRef<JsValue>> Drop for Owned<T> {
    fn drop(&mut self) {
        give_back(self.0.as_ref());
    }
}

impl Listener {
    /// Calls `happened` at every event `name` of `target`; `None` where that takes no listeners.
    pub(crate) fn on(target: &EventTarget, name: &str, happened: &Function) -> Option<Owned<Self>> {
        Self::new(target, name, happened).ok().map(Owned::new)
    }
}

impl Timer {
    /// Calls `due` once, after `ms`.
    pub(crate) fn after(ms: u32, due: &Function) -> Owned<Self> {
        Owned::new(Self::new(ms, due, false))
    }

    /// Calls `due` every `ms`.
    pub(crate) fn every(ms: u32, due: &Function) -> Owned<Self> {
        Owned::new(Self::new(ms, due, true))
    }
}

impl OpenWindow {
    /// Closes `window` when it is dropped.
    pub(crate) fn closing(window: &Window) -> Owned<Self> {
        Owned::new(Self::new(window))
    }
}
