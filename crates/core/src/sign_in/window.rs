//! A sign-in window at work.

use crate::time::{Millis, Span};

/// A sign-in window that was requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct WindowRequest {
    /// Whether its URL ends at the return page, which says when sign-in is done.
    pub(crate) has_return_page: bool,
    /// Whether it shows a page of the instance, which the agent is to use once.
    pub(crate) visit: bool,
}

/// A sign-in window at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct WindowTry {
    /// When to reload the CCP to check whether sign-in is done.
    pub(crate) check_at: Millis,
    /// How long to wait after that check.
    pause: Span,
    /// How often it was checked.
    checks: u8,
    /// Once it seems closed: until when a return may still arrive.
    pub(crate) closed_until: Option<Millis>,
    pub(crate) give_up_at: Millis,
    /// Whether sign-in in it has taken longer than allowed. It stays open, and asking again starts it
    /// afresh.
    pub(crate) late: bool,
    /// Whether it shows a page of the instance, which the agent is to use once.
    pub(crate) visit: bool,
}

impl WindowTry {
    pub(crate) fn new(now: Millis, request: WindowRequest, timeout: Span) -> Self {
        let pause = if request.has_return_page {
            CHECK_LATER
        } else {
            CHECK_OFTEN
        };
        Self {
            check_at: now + pause,
            pause,
            checks: 0,
            closed_until: None,
            give_up_at: now + timeout,
            late: false,
            visit: request.visit,
        }
    }

    /// Whether it is open for so long that something must be in its way.
    pub(crate) fn is_long_open(&self) -> bool {
        self.checks > 2 || (self.checks > 0 && self.pause >= CHECK_LATER)
    }

    /// Whether the agent can go on in it.
    pub(crate) const fn is_usable(&self) -> bool {
        !self.late && self.closed_until.is_none()
    }

    /// The window seems closed. Whether that is news.
    pub(crate) fn seems_closed(&mut self, now: Millis) -> bool {
        let news = self.closed_until.is_none();
        if news {
            self.closed_until = Some(now + CLOSED_GRACE);
        }
        news
    }

    /// Plans the next check: backs off by 4/3, and doubles once overdue, so that an abandoned window is
    /// not polled for ever.
    pub(crate) fn check_later(&mut self, now: Millis) {
        self.checks = self.checks.saturating_add(1);
        self.pause = if self.late {
            Span::millis(self.pause.get() * 2)
        } else {
            Span::millis(self.pause.get() * 4 / 3).min(CHECK_SELDOM.max(self.pause))
        };
        self.check_at = now + self.pause;
    }

    /// When there is something to do.
    pub(crate) fn due(&self) -> Millis {
        match self.closed_until {
            Some(closed) => closed,
            None if self.visit => self.give_up_at,
            None if self.late => self.check_at,
            None => self.check_at.min(self.give_up_at),
        }
    }
}

/// How long a return may still arrive after the window seems closed. A page with
/// Cross-Origin-Opener-Policy makes an open window look closed (amazon-connect-streams issues 642 and 875).
const CLOSED_GRACE: Span = Span::secs(5);
/// How often the CCP is checked while nothing else tells that sign-in is done.
const CHECK_OFTEN: Span = Span::millis(2500);
/// The longest pause between two checks until the window is late.
const CHECK_SELDOM: Span = Span::secs(10);
/// A window with a return page is checked too, in case that page is missing.
const CHECK_LATER: Span = Span::secs(20);
