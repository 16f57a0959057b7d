//! What is due when: every wait of a session ends here.

use super::{Ccp, Effect, Session};
use crate::core::error::Error;
use crate::core::millis::{Millis, Span};
use crate::core::phase::{Phase, Way};
use crate::core::signin::FRAME_LOOK;
use crate::core::timeline::What;

impl Session {
    /// Does what is due at `now`.
    pub(super) fn tick(&mut self, now: Millis) {
        if self.silent_at().is_some_and(|at| at <= now) {
            self.begin(now);
        }
        if self.refused_until.is_some_and(|at| at <= now) {
            self.session_over(now, Phase::Expired);
        }
        if self.agent_due.is_some_and(|at| at <= now) {
            self.agent_due = None;
            self.ccp = Ccp::Loaded { at: now };
            self.fail(now, Error::AgentSilent);
        }
        if self.warn_at().is_some_and(|at| at <= now) {
            self.warned = true;
            self.effects.push_back(Effect::TellExpiring);
        }
        self.tick_returned(now);
        self.tick_frame(now);
        self.tick_window(now);
        let next_at = self.attempt.as_ref().and_then(|a| a.next_at);
        if next_at.is_some_and(|at| at <= now) {
            self.begin_next(now);
        }
    }

    fn tick_returned(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        if attempt.returned.is_none_or(|r| r.give_up_at > now) {
            return;
        }
        attempt.returned = None;
        if attempt.ways.first() == Some(&Way::Popup) {
            self.begin_next(now); // A window's cookies may count where a frame's do not.
        } else {
            self.fail(now, Error::CcpSilent);
        }
    }

    fn tick_frame(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let Some(frame) = attempt.frame.as_mut() else {
            return;
        };
        if frame.give_up_at <= now {
            attempt.frame = None;
            self.effects.push_back(Effect::CloseFrame);
            self.nothing_left(now, Error::SignInTimeout { way: Way::Frame });
        } else if frame.look_at.is_some_and(|at| at <= now) {
            if self.ccp.had_its_time(now) {
                frame.look_at = None;
                frame.looked = true;
                self.reload(now);
            } else {
                frame.look_at = Some(now + FRAME_LOOK);
            }
        }
    }

    fn tick_window(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let Some(window) = attempt.window.as_mut() else {
            return;
        };
        if let Some(until) = window.closed_until {
            if until <= now {
                attempt.window = None;
                self.effects.push_back(Effect::CloseWindow);
                self.ask(now, Error::SignInWindowClosed);
            }
        } else if !window.late && window.give_up_at <= now {
            window.late = true;
            self.ask(now, Error::SignInTimeout { way: Way::Popup });
        } else if window.look_at <= now {
            window.look_later(now);
            if self.ccp.had_its_time(now) {
                self.reload(now);
            }
        }
    }

    /// Asks the agent to sign in again, and says why.
    fn ask(&mut self, now: Millis, error: Error) {
        let attempt = self.attempt.get_or_insert_default();
        attempt.needs_click = true;
        attempt.asked = false;
        self.note(now, What::Failed(error.code()));
        self.change(now, Phase::SignInNeeded, Some(Way::Popup), Some(error));
    }

    /// Fails unless another way is at work, about to begin, or waits for a click.
    fn nothing_left(&mut self, now: Millis, error: Error) {
        let attempt = self.attempt.as_ref();
        let goes_on =
            attempt.is_some_and(|a| a.is_at_work() || a.needs_click || !a.ways.is_empty());
        if !goes_on {
            self.fail(now, error);
        }
    }

    /// When a CCP that does not answer counts as signed out.
    pub(super) fn silent_at(&self) -> Option<Millis> {
        if self.status.phase != Phase::Opening || self.attempt.is_some() {
            return None;
        }
        match self.ccp {
            Ccp::Loading { since } => Some(since + LOAD_PATIENCE),
            Ccp::Loaded { at } => Some(at + ANSWER_PATIENCE),
            Ccp::Alive | Ccp::Over => None,
        }
    }

    /// When the end of the session is announced.
    pub(super) fn warn_at(&self) -> Option<Millis> {
        let lifetime = self.status.session?;
        let due = self.status.phase == Phase::Ready && !self.warned;
        due.then(|| lifetime.ends - self.config.warn_before)
    }
}

/// How long a CCP may take to load before sign-in is tried beside it.
const LOAD_PATIENCE: Span = Span::secs(15);
/// How long a loaded CCP may stay silent before it counts as signed out.
const ANSWER_PATIENCE: Span = Span::millis(2500);
