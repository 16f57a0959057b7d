//! When something is tried again: the first time anywhere within a minute, then every minute. What fails for one fails
//! for all who begin their shift, and the longest pause bounds how long they wait once it works. Shorter pauses at first
//! would only add requests to those of the agents who arrive meanwhile (tests/bench/shift). A click starts afresh.

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
        self.at = Some(now + jitter.within(SOON));
    }

    /// Plans the next one, unless one is planned or there were too many; `alone` is whether nobody else can be
    /// concerned. How long it waits.
    pub(super) fn plan(&mut self, now: Millis, jitter: &mut Jitter, alone: bool) -> Option<Span> {
        if self.at.is_some() || self.count >= MOST {
            return None;
        }
        let pause = if self.count == 0 {
            LEAST.plus(jitter.within(if alone { SOON } else { LONGEST }))
        } else {
            LONGEST.plus(jitter.within(SPREAD))
        };
        self.count += 1;
        self.at = Some(now + pause);
        Some(pause)
    }

    #[cfg(test)]
    pub(crate) const fn count(self) -> u32 {
        self.count
    }
}

/// When something has changed for the better, or is a matter of this page alone.
const SOON: Span = Span::secs(8);
/// On top of the ten seconds after which a frame is given up.
const LONGEST: Span = Span::secs(40);
/// So that those who began together do not stay together.
const SPREAD: Span = Span::secs(10);
const LEAST: Span = Span::millis(250);
/// With a minute each, about a quarter of an hour.
const MOST: u32 = 20;
