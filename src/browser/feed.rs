//! How the parties tell the driver what happened.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use softphone_core::phone::input::Input;

/// Takes facts to the driver. Clones go to the same one.
#[derive(Clone)]
pub(crate) struct Feed(Rc<dyn Fn(Input)>);

impl Feed {
    /// One that hands every fact to `take`.
    pub(crate) fn new(take: impl Fn(Input) + 'static) -> Self {
        Self(Rc::new(take))
    }

    /// One that drops them.
    pub(crate) fn ignore() -> Self {
        Self::new(|_| {})
    }

    /// Something happened.
    pub(crate) fn tell(&self, input: impl Into<Input>) {
        (self.0)(input.into());
    }

    /// A JavaScript function that tells `input` when it is first called.
    ///
    /// Not `once_into_js`, whose closure is freed only by being called: this one may never be called. Here
    /// the garbage collector frees it.
    pub(crate) fn once(&self, input: impl Into<Input>) -> Function {
        let (feed, input) = (self.clone(), input.into());
        let once = Closure::once(move || feed.tell(input));
        once.into_js_value().unchecked_into()
    }

    /// A JavaScript function that tells what `read` makes of its argument, as long as the callback
    /// lives.
    pub(crate) fn callback<I>(&self, read: impl Fn(JsValue) -> I + 'static) -> Callback
    where
        I: Into<Input> + 'static,
    {
        let feed = self.clone();
        Callback::new(move |value| feed.tell(read(value)))
    }
}

/// A JavaScript function; once this is dropped, calling it throws.
#[must_use]
pub(crate) struct Callback(Closure<dyn FnMut(JsValue)>);

impl Callback {
    /// One that calls `called`.
    pub(crate) fn new(called: impl FnMut(JsValue) + 'static) -> Self {
        Self(Closure::new(called))
    }

    /// The function.
    pub(crate) fn function(&self) -> &Function {
        self.0.as_ref().unchecked_ref()
    }
}
