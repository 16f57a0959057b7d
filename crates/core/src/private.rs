//! Values that must never reach a log.

use std::fmt;

/// A value that `Debug` never prints: sign-in URLs, names, relay states, numbers.
///
/// Reading it is an explicit call, so every place that does can be found by searching for `reveal`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Hides `value`.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself.
    pub const fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("…")
    }
}
