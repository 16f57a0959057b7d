//! The watchdog over a CCP that has answered once: Streams tells nobody when it dies.

use crate::time::{Millis, Span};

/// When the CCP is asked for a sign of life next, and how often it was asked in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Watchdog {
    due: Millis,
    asked: u8,
    /// Whether it counts as lost, and is not restarted because a contact is live.
    lost: bool,
}

/// What a silent CCP calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Ask it for a sign of life.
    Probe,
    /// It is lost.
    Lost,
}

impl Watchdog {
    /// The watchdog over a CCP that spoke just now.
    pub(crate) fn new(now: Millis) -> Self {
        Self {
            due: now + QUIET,
            asked: 0,
            lost: false,
        }
    }

    /// When [`check`](Self::check) is due.
    pub(crate) const fn due(self) -> Millis {
        self.due
    }

    /// Whether the CCP counts as lost.
    pub(crate) const fn is_lost(self) -> bool {
        self.lost
    }

    /// The CCP spoke. Whether it had counted as lost.
    pub(crate) fn spoke(&mut self, now: Millis) -> bool {
        let was_lost = self.lost;
        *self = Self::new(now);
        was_lost
    }

    /// Asks at once instead of waiting for the keepalive.
    pub(crate) const fn hurry(&mut self, now: Millis) {
        self.due = now;
    }

    /// The CCP is lost, and stays in place until the contact in it ends. Whether that is news.
    pub(crate) const fn lose(&mut self) -> bool {
        let news = !self.lost;
        self.lost = true;
        news
    }

    /// What to do about a CCP that has been silent until now.
    pub(crate) fn check(&mut self, now: Millis) -> Verdict {
        if self.due + LATE < now {
            self.asked = 0; // The computer slept, or the tab did: the silence was not the CCP's.
        }
        if self.asked < PROBES {
            self.asked += 1;
            self.due = now + ANSWER;
            Verdict::Probe
        } else {
            self.asked = 0;
            self.due = now + QUIET;
            Verdict::Lost
        }
    }
}

/// Streams 2.28.2 asks every second (`ccpSynTimeout`); a tab in the background less often.
const QUIET: Span = Span::secs(10);
/// How long an answer to our own question may take.
const ANSWER: Span = Span::secs(5);
/// How many questions may go unanswered.
const PROBES: u8 = 2;
/// A timer that comes this late shows that nothing on the page ran in between.
const LATE: Span = Span::secs(2);
