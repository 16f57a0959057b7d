//! What is due when: every wait of a session ends here.

use super::{Ccp, Effect, Session};
use crate::agent::Load;
use crate::error::{Error, Evidence};
use crate::millis::{Millis, Span};
use crate::phase::{Phase, Way};
use crate::signin::{FRAME_LOOK, RETURN_PATIENCE};
use crate::timeline::What;

impl Session {
    /// Does what is due at `now`.
    pub(super) fn tick(&mut self, now: Millis) {
        let due = |at: Option<Millis>| at.is_some_and(|at| at <= now);
        if due(self.silent_at()) {
            self.silent(now);
        }
        if due(self.refused_until) {
            self.session_over(now, Phase::Expired);
        }
        if due(self.agent_at()) {
            self.agent_due = None;
            self.agent_silent(now);
        }
        if due(self.warn_at()) {
            self.warn(now);
        }
        if due(self.renew_at()) {
            self.renew(now);
        }
        if due(self.end_at()) {
            self.end(now);
        }
        if due(self.socket_at()) {
            self.socket_is_lost();
        }
        self.tick_watch(now);
        self.tick_leaving(now);
        self.tick_returned(now);
        self.tick_frame(now);
        self.tick_window(now);
        if let Some(attempt) = self.attempt.as_mut() {
            if due(attempt.leaves_until) {
                attempt.leaves_until = None;
                self.fail(now, Error::SignInTimeout { way: Way::Redirect });
            } else if due(attempt.next_at) {
                if attempt.waiting {
                    self.waited(now);
                } else {
                    self.begin_next(now);
                }
            }
        }
        if due(self.retry_at()) {
            self.retry(now);
        }
    }

    /// The CCP loaded, or should have, and says nothing: there is no session.
    fn silent(&mut self, now: Millis) {
        if self.status.phase == Phase::Ready {
            self.session_over(now, Phase::Expired);
        } else if self.leaves_it_to_streams() {
            self.fail(now, Error::SignInTimeout { way: Way::Streams });
        } else if self.restarts == 1 {
            self.restart(now, Error::CcpLost);
        } else {
            self.restarts = 0;
            self.begin(now);
        }
    }

    fn agent_silent(&mut self, now: Millis) {
        if self.status.phase == Phase::Ready {
            self.restart(now, Error::AgentSilent);
        } else {
            self.fail(now, Error::AgentSilent);
        }
    }

    fn tick_returned(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let Some(returned) = attempt.returned.filter(|r| r.give_up_at <= now) else {
            return;
        };
        attempt.returned = None;
        // The sign-in led nowhere: the record must not promise a session.
        self.record.started = None;
        self.record.seen = None;
        self.effects.push_back(Effect::Save(self.record));
        if attempt.ways.first() == Some(&Way::Popup) {
            self.go(now); // A window's cookies may count where a frame's do not.
        } else if attempt.quiet {
            self.quiet_failed(now);
        } else {
            let loading = matches!(self.ccp, Ccp::Loading { .. });
            let evidence = match (returned.numbered, returned.way) {
                _ if loading => Evidence::NotLoaded,
                (false, _) => Evidence::None,
                // The way is noted once a sign-in by it came to its end.
                (true, _) if self.record.way.is_some() => Evidence::WorkedBefore,
                (true, Way::Frame) => Evidence::FrameReturned,
                (true, Way::Popup | Way::Redirect | Way::Streams) => Evidence::WindowReturned,
            };
            self.fail(now, Error::CcpSilent(evidence));
        }
    }

    fn tick_frame(&mut self, now: Millis) {
        let ready = self.status.phase == Phase::Ready;
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let quiet = attempt.quiet;
        let Some(frame) = attempt.frame.as_mut() else {
            return;
        };
        if frame.give_up_at <= now {
            attempt.frame = None;
            self.effects.push_back(Effect::CloseFrame);
            self.nothing_left(now, Error::SignInTimeout { way: Way::Frame });
        } else if frame.look_at.is_some_and(|at| at <= now) {
            if quiet && (frame.numbered || ready) {
                // Thousands do this at a time while an identity provider is down, and a phone that is
                // ready is not loaded anew for a guess.
                frame.look_at = None;
            } else if self.ccp.had_its_time(now) {
                frame.look_at = None;
                frame.looked = true;
                self.look(now);
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
            return;
        }
        let looks = window.look_at <= now;
        if looks {
            window.look_later(now);
        }
        if !window.late && window.give_up_at <= now {
            window.late = true;
            self.ask(now, Error::SignInTimeout { way: Way::Popup });
        }
        if looks && self.ccp.had_its_time(now) {
            self.look(now);
        }
    }

    /// Asks the agent to sign in again, and says why.
    fn ask(&mut self, now: Millis, error: Error) {
        let attempt = self.attempt.get_or_insert_default();
        attempt.needs_click = true;
        attempt.asked = false;
        self.note(now, What::Failed(error.code()));
        self.change(now, Phase::SignInNeeded, Some(Way::Popup), Some(error));
        self.plan_retry(now); // By a frame, if one may; the window may have left a session behind.
    }

    /// Fails unless another way is at work, about to begin, or waits for a click.
    fn nothing_left(&mut self, now: Millis, error: Error) {
        let Some(attempt) = self.attempt.as_ref() else {
            return;
        };
        if attempt.quiet {
            self.quiet_failed(now);
        } else if attempt.needs_click {
            self.plan_retry(now);
        } else if attempt.is_stuck() {
            self.go(now);
        } else if !attempt.is_at_work() && attempt.ways.is_empty() {
            self.fail(now, error);
        }
    }

    /// When an agent that does not arrive is missed; a phone that had one waits for the end of a call.
    pub(super) fn agent_at(&self) -> Option<Millis> {
        let calls = self.status.phase == Phase::Ready && self.load == Load::Live;
        self.agent_due.filter(|_| !calls)
    }

    /// When a CCP that does not answer counts as signed out.
    pub(super) fn silent_at(&self) -> Option<Millis> {
        let waits = match self.status.phase {
            Phase::Opening => self.attempt.is_none(),
            Phase::Ready => true,
            Phase::SignInNeeded
            | Phase::SigningIn
            | Phase::Expired
            | Phase::SignedOut
            | Phase::Failed
            | Phase::Closed => false,
        };
        if !waits || self.trouble.offline || self.leaving.is_some() {
            return None;
        }
        if let (true, Ccp::Loading { since } | Ccp::Loaded { at: since }) =
            (self.leaves_it_to_streams(), self.ccp)
        {
            return Some(since + STREAMS_PATIENCE);
        }
        let due = match self.ccp {
            Ccp::Loading { since } => since + LOAD_PATIENCE,
            Ccp::Loaded { at } => at + ANSWER_PATIENCE,
            Ccp::Alive | Ccp::Over => return None,
        };
        // Just signed in, perhaps in another tab: ten CCPs that load at once take their time.
        let patience = self.record.started.map(|at| at + RETURN_PATIENCE);
        Some(due.max(patience.unwrap_or(due)))
    }
}

/// Streams 2.28.2 gives up 60 s after `initCCP`, and tells so; this is for when it does not.
const STREAMS_PATIENCE: Span = Span::secs(75);
/// How long a CCP may take to load before sign-in is tried beside it.
const LOAD_PATIENCE: Span = Span::secs(15);
/// How long a loaded CCP may stay silent before it counts as signed out.
const ANSWER_PATIENCE: Span = Span::millis(2500);
