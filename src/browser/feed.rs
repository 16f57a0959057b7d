//! How the parties tell the driver what happened.

use std::cell::Cell;
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
    pub(crate) fn once(&self, input: impl Into<Input>) -> Function {
        let feed = self.clone();
        let input = Cell::new(Some(input.into()));
        function(move |_| {
            if let Some(input) = input.take() {
                feed.tell(input);
            }
        })
    }

    /// A JavaScript function that tells what `read` makes of its argument.
    pub(crate) fn callback<I>(&self, read: impl Fn(JsValue) -> I + 'static) -> Function
    where
        I: Into<Input> + 'static,
    {
        let feed = self.clone();
        function(move |value| feed.tell(read(value)))
    }
}

/// A JavaScript function that calls `run`. The garbage collector frees it.
///
/// Whoever has it may call it late, from inside itself, or more often than they said. With a `Closure`
/// that is dropped, a `FnMut` that is running or a `FnOnce` that has run, wasm-bindgen throws from inside
/// Rust then, and that is a crash.
pub(crate) fn function(run: impl Fn(JsValue) + 'static) -> Function {
    let closure = Closure::<dyn Fn(JsValue)>::new(run);
    closure.into_js_value().unchecked_into()
}
