//! The time for the core.

use std::cell::Cell;

use softphone_core::time::Millis;

/// Milliseconds since 1970 that never run backwards.
///
/// `performance.now()` is monotonic, but stops while some computers sleep; `Date.now()` does not stop, but
/// can be set back. So: the monotonic one, moved forward when the other is clearly ahead.
#[derive(Debug)]
pub(crate) struct Clock {
    /// What to add to `performance.now()`.
    base: Cell<f64>,
    last: Cell<f64>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        let base = js_sys::Date::now() - steady();
        Self {
            base: Cell::new(base),
            last: Cell::new(0.0),
        }
    }

    pub(crate) fn now(&self) -> Millis {
        let steady = steady();
        let ahead = js_sys::Date::now() - (self.base.get() + steady);
        if ahead > SLEPT_MS {
            self.base.set(self.base.get() + ahead);
        }
        let now = (self.base.get() + steady).max(self.last.get());
        self.last.set(now);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since 1970 are positive and fit"
        )]
        Millis::new(now as u64)
    }
}

fn steady() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// How far ahead the wall clock must be before the computer counts as having slept.
const SLEPT_MS: f64 = 2000.0;
