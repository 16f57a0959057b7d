//! Parts written in JavaScript, owned like any other value.

use std::ops::Deref;

use super::feed::Callback;

/// A part that can be closed. Closing it twice changes nothing.
pub(crate) trait Close {
    /// Gives everything back that it took; it calls none of its callbacks any more.
    fn close(&self);
}

/// A part and the callbacks that it calls. Dropping it closes the part, and only then frees them.
///
/// wasm-bindgen's handles are references: dropping one by itself would leave the JavaScript object
/// with its listeners and locks.
#[must_use]
pub(crate) struct Owned<T: Close> {
    part: T,
    _callbacks: Vec<Callback>,
}

impl<T: Close> Owned<T> {
    /// Owns `part`, which calls `callbacks`.
    pub(crate) const fn new(part: T, callbacks: Vec<Callback>) -> Self {
        Self {
            part,
            _callbacks: callbacks,
        }
    }
}

impl<T: Close> Deref for Owned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.part
    }
}

impl<T: Close> Drop for Owned<T> {
    fn drop(&mut self) {
        self.part.close();
    }
}
