//! One attempt to sign in: which ways are at work, and until when each is waited for.

use super::millis::{Millis, Span};
use super::number::Number;
use super::phase::Way;

/// An attempt, from its beginning until the CCP answers or nothing is left to wait for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attempt {
    /// The ways that have not begun, in their order.
    pub(crate) ways: Vec<Way>,
    /// When the next of them begins beside the one at work.
    pub(crate) next_at: Option<Millis>,
    /// The hidden frame, while it is tried.
    pub(crate) frame: Option<FrameTry>,
    /// The window, while it is open or was only just closed.
    pub(crate) window: Option<WindowTry>,
    /// Whether a window was ordered, and has neither opened nor been blocked yet.
    pub(crate) ordered: bool,
    /// Whether a click of the agent is waited for.
    pub(crate) needs_click: bool,
    /// Whether the agent asked for this attempt, or for its window.
    pub(crate) asked: bool,
    /// Whether it waits for its turn among the tabs.
    pub(crate) waiting: bool,
    /// Since when, the last time that it did.
    pub(crate) waits_since: Option<Millis>,
    /// Whether nobody is told of it before it has worked.
    pub(crate) quiet: bool,
    /// Until when the page may take to leave for the identity provider.
    pub(crate) leaves_until: Option<Millis>,
    /// The way that came back, and until when the CCP may take to answer.
    pub(crate) returned: Option<Returned>,
}

/// A sign-in frame at work.
#[derive(Clone, Debug)]
pub(crate) struct FrameTry {
    /// Whether it ends at the return page; otherwise only the CCP can tell.
    pub(crate) numbered: bool,
    pub(crate) began: Millis,
    /// When to reload the CCP to see whether sign-in is done.
    pub(crate) look_at: Option<Millis>,
    /// Whether that was done.
    pub(crate) looked: bool,
    pub(crate) give_up_at: Millis,
}

/// A sign-in window at work.
#[derive(Clone, Debug)]
pub(crate) struct WindowTry {
    /// When to reload the CCP to see whether sign-in is done, and how long to wait after that.
    pub(crate) look_at: Millis,
    pub(crate) pause: Span,
    /// Once it seems closed: until when a return may still arrive.
    pub(crate) closed_until: Option<Millis>,
    pub(crate) give_up_at: Millis,
    /// Waited for longer than allowed; it stays open, and asking again starts it afresh.
    pub(crate) late: bool,
}

/// Sign-in came back; the CCP was reloaded and has not answered yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Returned {
    pub(crate) way: Way,
    /// Whether a number came back, so that this page's origin is approved.
    pub(crate) numbered: bool,
    pub(crate) give_up_at: Millis,
}

/// The numbers that may still come back, newest last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expected {
    numbers: Vec<(Number, Way)>,
}

impl Attempt {
    /// Whether anything is under way, or could still be.
    pub(crate) const fn is_at_work(&self) -> bool {
        self.is_open() || self.returned.is_some()
    }

    /// Whether a frame or window is open, or the page about to leave.
    pub(crate) const fn is_open(&self) -> bool {
        self.frame.is_some() || self.window.is_some() || self.ordered || self.leaves_until.is_some()
    }

    /// Whether a frame is all that is at work.
    pub(crate) const fn has_only_a_frame(&self) -> bool {
        let more = self.window.is_some() || self.ordered || self.leaves_until.is_some();
        self.frame.is_some() && self.returned.is_none() && !more
    }

    /// Whether it could go on, and waits for nothing but the network.
    pub(crate) const fn is_stuck(&self) -> bool {
        let waits = self.waiting || self.needs_click || self.next_at.is_some();
        !self.is_at_work() && !waits && !self.ways.is_empty()
    }

    /// The next moment at which something is to be done.
    pub(crate) fn wake_at(&self) -> Option<Millis> {
        let frame = self.frame.iter().flat_map(|frame| {
            [Some(frame.give_up_at), frame.look_at]
                .into_iter()
                .flatten()
        });
        let window = self.window.iter().filter_map(WindowTry::wake_at);
        let returned = self.returned.iter().map(|returned| returned.give_up_at);
        self.next_at
            .into_iter()
            .chain(self.leaves_until)
            .chain(frame)
            .chain(window)
            .chain(returned)
            .min()
    }
}

impl FrameTry {
    pub(crate) fn new(now: Millis, numbered: bool) -> Self {
        Self {
            numbered,
            began: now,
            look_at: None,
            looked: false,
            give_up_at: now + FRAME_PATIENCE,
        }
    }
}

impl WindowTry {
    pub(crate) fn new(now: Millis, numbered: bool, timeout: Span) -> Self {
        let pause = if numbered { LOOK_LATER } else { LOOK_OFTEN };
        Self {
            look_at: now + pause,
            pause,
            closed_until: None,
            give_up_at: now + timeout,
            late: false,
        }
    }

    /// The next look at the CCP: less often the longer the agent takes, and once it is late every
    /// time twice as long after the last. A window that is left at an error is not looked behind for ever.
    pub(crate) fn look_later(&mut self, now: Millis) {
        self.pause = if self.late {
            Span::millis(self.pause.get() * 2)
        } else {
            Span::millis(self.pause.get() * 4 / 3).min(LOOK_SELDOM.max(self.pause))
        };
        self.look_at = now + self.pause;
    }

    fn wake_at(&self) -> Option<Millis> {
        let until = if self.late {
            None
        } else {
            Some(self.give_up_at)
        };
        match self.closed_until {
            Some(closed) => Some(closed),
            None => Some(until.map_or(self.look_at, |until| until.min(self.look_at))),
        }
    }
}

impl Expected {
    /// Remembers a number that was given to a frame or window.
    pub(crate) fn add(&mut self, number: Number, way: Way) {
        if self.numbers.len() == MOST_NUMBERS {
            self.numbers.remove(0);
        }
        self.numbers.push((number, way));
    }

    /// Takes the number that came back: all are spent with it. `None` for one never given out.
    pub(crate) fn take(&mut self, number: &Number) -> Option<Way> {
        let (_, way) = *self.numbers.iter().find(|(known, _)| known == number)?;
        self.numbers.clear();
        Some(way)
    }

    /// The numbers that would be taken, oldest first.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn numbers(&self) -> impl Iterator<Item = &(Number, Way)> {
        self.numbers.iter()
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
    }
}

/// How long a hidden frame alone is waited for before the next way begins beside it. With a live
/// session the whole SAML exchange takes a second or two.
pub(crate) const HEAD_START: Span = Span::secs(3);
/// How long the next way waits after a page was loaded in the hidden frame: a page that stays is
/// an error or a login form, which nobody can see.
pub(crate) const FRAME_QUIET: Span = Span::millis(1500);
/// When a hidden frame is given up.
pub(crate) const FRAME_PATIENCE: Span = Span::secs(10);
/// Without a number: how long after a page was loaded in the frame the CCP is looked at.
pub(crate) const FRAME_LOOK: Span = Span::millis(700);
/// How long a return may still arrive after the window seems closed. A page with
/// Cross-Origin-Opener-Policy makes an open window look closed.
pub(crate) const CLOSED_GRACE: Span = Span::secs(5);
/// How long the page may take to leave for the identity provider.
pub(crate) const LEAVE_PATIENCE: Span = Span::secs(15);
/// How long the CCP may take to answer after sign-in came back.
pub(crate) const RETURN_PATIENCE: Span = Span::secs(15);

const LOOK_OFTEN: Span = Span::millis(2500);
const LOOK_SELDOM: Span = Span::secs(10);
/// A window that returns by its number is looked behind for the case that its return page is missing.
const LOOK_LATER: Span = Span::secs(20);
const MOST_NUMBERS: usize = 8;
