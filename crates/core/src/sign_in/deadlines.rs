//! What happens when a frame, a window, a redirect or the CCP has had its time.

use super::attempt::{Mode, Pass, RETURN_PATIENCE, Returned};
use super::frame::FRAME_CHECK;
use super::tab_lock::TabLock;
use crate::ccp::link::Link;
use crate::error::{Blocked, Error, Evidence};
use crate::phone::effect::SignInEffect;
use crate::phone::machine::Phone;
use crate::phone::timeline::TimelineEvent;
use crate::time::{Millis, Span};
use crate::way::Way;

impl Phone {
    /// When something is done about a CCP that does not answer although sign-in came back.
    pub(crate) fn returned_due_at(&self) -> Option<Millis> {
        let returned = self.state.attempt()?.returned?;
        if self.state.ccp.awaits_streams() {
            return None;
        }
        let due = match self.state.ccp.link() {
            Link::Loaded { at } if self.may_pass_again(returned) => at + self.slow_after(),
            // A window may have ended on the wrong page, too; the next one needs a click.
            Link::Loaded { at } if returned.by_nonce && returned.way == Way::Popup => {
                at + WINDOW_RETURNED
            }
            Link::Loaded { .. } | Link::Loading { .. } | Link::Alive(_) | Link::Over => {
                returned.give_up_at
            }
        };
        Some(due.min(returned.give_up_at))
    }

    /// Whether sign-in may go through the frame once more, unseen.
    fn may_pass_again(&self, returned: Returned) -> bool {
        let first = returned.pass == Pass::First && returned.by_nonce;
        first && returned.way == Way::Frame && self.state.lock == TabLock::Held
    }

    /// Sign-in came back, and the CCP does not answer. In the frame, it goes through once more and ends on
    /// a page of the instance: some instances refuse their CCP until then (reported:
    /// amazon-connect-streams issue 1004).
    pub(crate) fn returned_due(&mut self, now: Millis) {
        let returned = self.state.attempt().and_then(|attempt| attempt.returned);
        let Some(mut returned) = returned else {
            return;
        };
        let loaded = matches!(self.state.ccp.link(), Link::Loaded { .. });
        if !loaded || !self.may_pass_again(returned) {
            return self.return_led_nowhere(now);
        }
        self.record(now, TimelineEvent::CcpRefused);
        self.state.record.ends_there = true;
        returned.pass = Pass::Second;
        returned.give_up_at = now + RETURN_PATIENCE;
        if let Some(attempt) = self.state.attempt_mut() {
            attempt.returned = Some(returned);
        }
        self.open_frame(now);
    }

    /// The CCP has not answered although sign-in came back.
    fn return_led_nowhere(&mut self, now: Millis) {
        let loading = matches!(self.state.ccp.link(), Link::Loading { .. });
        let worked_before = self.state.record.way.is_some();
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        let Some(returned) = attempt.returned.take() else {
            return;
        };
        let popup_is_next = attempt.ways.first() == Some(&Way::Popup);
        let silent = attempt.is_silent();
        let frame = attempt.frame.take().is_some();
        attempt.asked = None;
        if frame {
            self.order(SignInEffect::CloseFrame);
        }
        let evidence = match (returned.by_nonce, returned.way) {
            _ if loading => Evidence::NotLoaded,
            (false, _) => Evidence::None,
            // The way is recorded once a sign-in by it has completed.
            (true, _) if worked_before => Evidence::WorkedBefore,
            (true, Way::Frame) => Evidence::FrameReturned,
            (true, Way::Popup | Way::Redirect | Way::Streams) => Evidence::WindowReturned,
        };
        if !popup_is_next && !silent && !loading && self.are_cookies_in_question() {
            self.drop_attempt();
            // The record stays: without its cookies, a CCP is silent whatever session there is.
            return self.ask_for_cookies(now, Some((returned.way, evidence)));
        }
        self.distrust_return(returned.way);
        if popup_is_next {
            self.start_when_locked(now); // A window's cookies may count where a frame's do not.
        } else if silent {
            self.silent_attempt_failed(now);
        } else {
            self.fail(now, Error::CcpSilent(evidence));
        }
    }

    /// Sign-in by `way` led to no CCP. The record must not promise a session. After a window, the next sign-in ends
    /// elsewhere than this one.
    pub(crate) fn distrust_return(&mut self, way: Way) {
        let record = &mut self.state.record;
        record.started = None;
        record.seen = None;
        record.ends_there = way == Way::Popup && !record.ends_there;
        self.save();
    }

    /// The frame's timer: check whether sign-in is done, or give the frame up.
    pub(crate) fn frame_due(&mut self, now: Millis) {
        let ready = self.state.standing.is_ready();
        let had_its_time = self.state.ccp.had_its_time(now);
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        let silent = attempt.is_silent();
        let Some(frame) = attempt.frame.as_mut() else {
            return;
        };
        if frame.give_up_at <= now {
            let blocked = frame.blocked.take();
            attempt.frame = None;
            if blocked.is_some() && attempt.returned.is_none() && !attempt.ways.is_empty() {
                // No head start for what cannot come; but the CCP may be blocked, too, and then no way helps.
                attempt.next_at = Some(now + BLOCKED_TOO);
            }
            self.order(SignInEffect::CloseFrame);
            if let Some(blocked) = &blocked {
                let remedy = Error::FrameBlocked(blocked.clone()).remedy();
                self.diagnose(now, remedy.into_owned());
                self.state.blocked = Some(blocked.clone());
            }
            self.frame_given_up(now, blocked);
        } else if silent && (frame.has_return_page || ready) {
            // Thousands do this at a time while an identity provider is down, and a phone that is ready is
            // not reloaded on a guess.
            frame.check_at = None;
        } else if had_its_time {
            frame.check_at = None;
            frame.checked = true;
            self.check(now);
        } else {
            frame.check_at = Some(now + FRAME_CHECK);
        }
    }

    /// Fails, unless another way is being tried, is about to start, or waits for a click.
    fn frame_given_up(&mut self, now: Millis, blocked: Option<Blocked>) {
        let Some(attempt) = self.state.attempt() else {
            return;
        };
        if attempt.is_silent() {
            self.silent_attempt_failed(now);
        } else if attempt.needs_click {
            self.plan_retry(now);
        } else if attempt.is_stuck() {
            self.start_when_locked(now);
        } else if !attempt.is_at_work() && attempt.ways.is_empty() {
            let timeout = Error::SignInTimeout { way: Way::Frame };
            self.fail(now, blocked.map_or(timeout, Error::FrameBlocked));
        }
    }

    /// The page's policy blocked a frame. Which one, only its origin tells.
    pub(crate) fn frame_blocked(&mut self, now: Millis, blocked: Blocked) {
        let of_ccp = blocked.origin == self.config.ccp.origin();
        if of_ccp && self.state.ccp.is_loading() && !self.state.is_signing_out() {
            self.unloaded(Link::Over);
            return self.fail(now, Error::FrameBlocked(blocked));
        }
        let on_the_way = self.config.signs_in_at(&blocked.origin);
        let at_its_end = self.config.returns_to(&blocked.origin);
        let attempt = self.state.attempt_mut();
        if let Some(frame) = attempt.and_then(|attempt| attempt.frame.as_mut()) {
            if at_its_end && frame.has_return_page {
                // The session has begun by then.
                let remedy = Error::FrameBlocked(blocked).remedy();
                self.diagnose(now, remedy.into_owned());
                return self.sign_in_returned(now, Way::Frame, false);
            }
            if on_the_way {
                frame.give_up_at = now;
            }
            // Another one may be a further page of the identity provider, or none of ours.
            frame.blocked = Some(blocked);
        }
    }

    /// The window's timer: check whether sign-in is done, or ask the agent again.
    pub(crate) fn window_due(&mut self, now: Millis) {
        let had_its_time = self.state.ccp.had_its_time(now);
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        let Some(window) = attempt.window.as_mut() else {
            return;
        };
        if window.visit {
            self.visited(now);
            return;
        }
        if window.closed_until.is_some() {
            attempt.window = None;
            attempt.asked = attempt.asked.filter(|asked| asked.way != Way::Popup);
            self.order(SignInEffect::CloseWindow);
            self.ask_again(now, Error::SignInWindowClosed);
            if self.are_cookies_in_question() && !self.state.ccp.carries_call() {
                self.ask_for_cookies(now, None); // It may have signed in all the same.
            }
            return;
        }
        let check = window.check_at <= now;
        if check {
            window.check_later(now);
        }
        if !window.late && window.give_up_at <= now {
            window.late = true;
            self.ask_again(now, Error::SignInTimeout { way: Way::Popup });
        }
        if check && had_its_time {
            self.check(now);
        }
    }

    /// Asks the agent to sign in again, and says why.
    fn ask_again(&mut self, now: Millis, error: Error) {
        if let Some(attempt) = self.state.attempt_mut() {
            attempt.needs_click = true;
            if attempt.mode == Mode::Asked {
                attempt.mode = Mode::Shown;
            }
        }
        if self.state.cookies.are_blocked() {
            return; // The agent reads what to do about those.
        }
        self.record(now, TimelineEvent::Failed(error.code()));
        self.need_click(now, Way::Popup, Some(error));
        self.plan_retry(now); // By a frame, if one may: the window may have left a session behind.
    }

    /// The page has not navigated away.
    pub(crate) fn redirect_stuck(&mut self, now: Millis) {
        if let Some(attempt) = self.state.attempt_mut() {
            attempt.redirect_until = None;
        }
        self.fail(now, Error::SignInTimeout { way: Way::Redirect });
    }
}

/// How long after one frame the browser may tell that another one is blocked.
pub(crate) const BLOCKED_TOO: Span = Span::secs(1);
/// How long a CCP that has loaded may take to answer after sign-in came back in a window.
const WINDOW_RETURNED: Span = Span::secs(5);
