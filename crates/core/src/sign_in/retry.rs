//! When something is tried again: exponential backoff with full jitter, bounded (AWS Architecture Blog,
//! "Exponential Backoff And Jitter"). A click starts afresh.

use crate::jitter::Jitter;
use crate::time::{Millis, Span};

/// The next retry, and how many there have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Retry {
    at: Option<Millis>,
    count: u32,
}

impl Retry {
    /// When the next one is due.
    pub(crate) const fn at(self) -> Option<Millis> {
        self.at
    }

    /// No retry is planned any more.
    pub(crate) const fn cancel(&mut self) {
        self.at = None;
    }

    /// The agent asked, the network is back, or it has worked: none is planned, and counting starts at zero.
    pub(crate) const fn start_afresh(&mut self) {
        *self = Self { at: None, count: 0 };
    }

    /// Retries soon, spread so that not all tabs retry together.
    pub(super) fn soon(&mut self, now: Millis, jitter: &mut Jitter) {
        self.at = Some(now + jitter.within(FIRST));
    }

    /// Plans the next one, unless one is planned or there were too many. How long it waits.
    pub(super) fn plan(&mut self, now: Millis, jitter: &mut Jitter) -> Option<Span> {
        if self.at.is_some() || self.count >= MOST {
            return None;
        }
        let most = Span::millis(FIRST.get() << self.count.min(10)).min(LONGEST);
        let pause = LEAST.plus(jitter.within(most));
        self.count += 1;
        self.at = Some(now + pause);
        Some(pause)
    }

    #[cfg(test)]
    pub(crate) const fn count(self) -> u32 {
        self.count
    }
}

/// On top of the ten seconds after which a frame is given up. At the start of a shift (tests/bench/shift), 8 s
/// instead of 2 ask the identity provider a sixth less often, and nobody waits longer than with 2.
const FIRST: Span = Span::secs(8);
const LONGEST: Span = Span::secs(60);
const LEAST: Span = Span::millis(250);
/// With a minute each, about a quarter of an hour.
const MOST: u32 = 20;
