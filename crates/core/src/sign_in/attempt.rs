//! One attempt to sign in: which ways are being tried, and for how long.

use super::frame::{FrameTry, HEAD_START};
use super::nonce::Expected;
use super::window::{WindowRequest, WindowTry};
use crate::time::{Millis, Span};
use crate::way::Way;

/// An attempt, from its start until the CCP answers or nothing is left to wait for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Attempt {
    pub(crate) mode: Mode,
    /// The ways that have not been started, in their order.
    pub(crate) ways: Vec<Way>,
    /// When the next of them starts beside the one that is being tried.
    pub(crate) next_at: Option<Millis>,
    /// Whether it waits for the lock that all tabs share.
    pub(crate) queued: Option<Queued>,
    /// The host was asked for the SSO Login URL.
    pub(crate) asked: Option<Asked>,
    /// The hidden frame, while it is tried.
    pub(crate) frame: Option<FrameTry>,
    /// The window, while it is open or was closed only just now.
    pub(crate) window: Option<WindowTry>,
    /// A window that was requested, and has neither opened nor been blocked yet. An earlier one may
    /// still be open then: the request navigates it.
    pub(crate) window_requested: Option<WindowRequest>,
    /// Whether a click of the agent is needed; it may have come, and the window be requested.
    pub(crate) needs_click: bool,
    /// Until when the page may take to navigate away.
    pub(crate) redirect_until: Option<Millis>,
    /// Sign-in came back by this way.
    pub(crate) returned: Option<Returned>,
    /// The nonces of all that was opened.
    pub(crate) expected: Expected,
}

/// On whose behalf an attempt runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    /// Nobody is told about it before it has worked.
    Silent,
    /// The phone shows it.
    #[default]
    Shown,
    /// The agent asked for it, or for its window, and hears of its failure.
    Asked,
}

/// An attempt that waits for the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Queued {
    pub(crate) since: Millis,
    /// Until when it waits before the agent may take over by a click; or, once the lock is granted, for
    /// news of the tab that had it before.
    pub(crate) until: Option<Millis>,
}

/// The host was asked for the SSO Login URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    /// What it is for.
    pub(crate) way: Way,
    /// How long it may take to answer.
    pub(crate) until: Millis,
}

/// Sign-in came back; the CCP was reloaded and has not answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Returned {
    pub(crate) way: Way,
    /// Whether a nonce came back, so that this page's origin is approved.
    pub(crate) by_nonce: bool,
    pub(crate) give_up_at: Millis,
    pub(crate) pass: Pass,
}

/// How often sign-in has been gone through because the CCP did not answer after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pass {
    First,
    /// It goes once more, and ends on a page of the instance.
    Second,
    /// It has come back from there.
    SecondReturned,
}

impl Attempt {
    /// An attempt by these ways.
    pub(crate) fn by(ways: Vec<Way>) -> Self {
        Self {
            ways,
            ..Self::default()
        }
    }

    /// An attempt that nobody is told about before it has worked.
    pub(crate) fn silent() -> Self {
        Self {
            mode: Mode::Silent,
            ..Self::default()
        }
    }

    /// Whether it runs without changing what the phone shows.
    pub(crate) const fn is_silent(&self) -> bool {
        matches!(self.mode, Mode::Silent)
    }

    /// Whether it goes on behind whatever the phone shows: nobody is told, or a click is being waited for.
    pub(crate) const fn is_in_background(&self) -> bool {
        self.is_silent() || self.needs_click
    }

    /// Whether anything has been started and not ended.
    pub(crate) const fn is_at_work(&self) -> bool {
        self.is_open() || self.returned.is_some()
    }

    /// Whether a frame or window is open or about to open, or the page about to navigate away.
    pub(crate) const fn is_open(&self) -> bool {
        self.frame.is_some() || self.asked.is_some() || self.opens_more_than_a_frame()
    }

    const fn opens_more_than_a_frame(&self) -> bool {
        self.window.is_some() || self.window_requested.is_some() || self.redirect_until.is_some()
    }

    /// Whether a frame is all that is at work.
    pub(crate) const fn has_only_a_frame(&self) -> bool {
        self.frame.is_some() && self.returned.is_none() && !self.opens_more_than_a_frame()
    }

    /// Whether it holds the lock, or waits for it.
    pub(crate) const fn needs_lock(&self) -> bool {
        self.queued.is_some() || self.is_at_work()
    }

    /// Whether it could go on, and nothing but the network is missing.
    pub(crate) const fn is_stuck(&self) -> bool {
        let waits = self.queued.is_some() || self.needs_click || self.next_at.is_some();
        !self.is_at_work() && !waits && !self.ways.is_empty()
    }

    /// Whether the host was asked for the URL of this way.
    pub(crate) fn is_asking_for(&self, way: Way) -> bool {
        self.asked.is_some_and(|asked| asked.way == way)
    }

    /// Whether the agent can go on in the window.
    pub(crate) fn has_usable_window(&self) -> bool {
        self.window.as_ref().is_some_and(WindowTry::is_usable)
    }

    /// Whether a window is open in which sign-in is not late.
    pub(crate) fn shows_window(&self) -> bool {
        self.window.as_ref().is_some_and(|window| !window.late)
    }

    /// It waits for the lock from now on.
    pub(crate) fn queue(&mut self, now: Millis) {
        self.next_at = None;
        self.queued = Some(Queued {
            since: now,
            until: (!self.is_in_background()).then_some(now + HEAD_START),
        });
    }

    /// The agent asks for its window.
    pub(crate) fn ask_for_window(&mut self) {
        self.mode = Mode::Asked;
        self.queued = None;
        self.next_at = None;
        self.ways.retain(|way| *way != Way::Popup);
    }

    /// Only its window is left of it.
    pub(crate) fn keep_only_window(&mut self) {
        self.ways.clear();
        self.next_at = None;
        self.queued = None;
        self.asked = None;
        self.returned = None;
        self.needs_click = true;
    }

    /// Sign-in came back by `way`.
    pub(crate) fn came_back(&mut self, now: Millis, way: Way, by_nonce: bool) {
        self.needs_click = false;
        self.queued = None;
        self.next_at = None;
        self.redirect_until = None;
        let before = self.returned;
        let again = before.is_some_and(|it| it.pass != Pass::First);
        self.returned = Some(Returned {
            by_nonce: by_nonce || before.is_some_and(|it| it.by_nonce),
            pass: if again {
                Pass::SecondReturned
            } else {
                Pass::First
            },
            ..Returned::new(now, way, by_nonce)
        });
    }

    /// Whether the CCP, which answers now, did so before the second pass was over.
    pub(crate) fn ccp_was_only_slow(&self) -> bool {
        let second = self.returned.is_some_and(|it| it.pass == Pass::Second);
        second && self.frame.as_ref().is_some_and(|frame| !frame.checked)
    }

    /// The way that signed the agent in, if one did, now that the CCP has answered. An answer while a
    /// frame was only being tried shows that there was a session already.
    pub(crate) fn way_that_worked(&self) -> Option<Way> {
        match (self.returned, &self.window, &self.frame) {
            (Some(returned), _, _) => Some(returned.way),
            (None, Some(_), _) => Some(Way::Popup),
            (None, None, Some(frame)) if frame.may_have_signed_in() => Some(Way::Frame),
            (None, None, Some(_) | None) => None,
        }
    }
}

impl Returned {
    pub(crate) fn new(now: Millis, way: Way, by_nonce: bool) -> Self {
        Self {
            way,
            by_nonce,
            give_up_at: now + RETURN_PATIENCE,
            pass: Pass::First,
        }
    }
}

/// How long the page may take to navigate to the identity provider.
pub(crate) const REDIRECT_PATIENCE: Span = Span::secs(15);
/// How long the host may take to answer with an SSO Login URL.
pub(crate) const ASK_PATIENCE: Span = Span::secs(10);
/// How long the CCP may take to answer after sign-in came back.
pub(crate) const RETURN_PATIENCE: Span = Span::secs(15);
