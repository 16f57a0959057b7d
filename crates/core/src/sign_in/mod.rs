//! Signing in: which way is tried when, and what frames, windows and return pages tell.
//!
//! ```text
//!   start_attempt ──► start_when_locked ──► lock granted ──► start_next_way ──► frame, window, redirect
//!                                                                 ▲                  │
//!                     a head start, a page that stays, a block ───┴──────────────────┤
//!                                                                                    ▼
//!                     the CCP answers ◄── the CCP is reloaded ◄────────────────── returned
//! ```

pub(crate) mod attempt;
pub(crate) mod deadlines;
pub(crate) mod frame;
pub mod nonce;
pub mod record;
pub(crate) mod retry;
mod silent;
pub(crate) mod tab_lock;
mod tabs;
pub(crate) mod ways;
pub(crate) mod window;

use crate::error::Error;
use crate::phone::effect::{SignInEffect, TabsEffect};
use crate::phone::input::SignInFact;
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::state::Activity;
use crate::phone::status::Phase;
use crate::phone::ticket::{Outcome, Ticket};
use crate::phone::timeline::TimelineEvent;
use crate::time::Millis;
use crate::way::Way;
use attempt::{Attempt, Mode, Returned};
use window::WindowTry;

impl Phone {
    /// A frame, a window or a return page told something.
    pub(crate) fn sign_in_told(&mut self, now: Millis, fact: &SignInFact) {
        match fact {
            SignInFact::Returned(nonce, seen) => {
                let attempt = self.state.attempt_mut();
                if let Some(way) = attempt.and_then(|attempt| attempt.expected.take(nonce)) {
                    self.sign_in_returned(now, seen.unwrap_or(way), true);
                }
            }
            SignInFact::FrameLoaded => self.frame_loaded(now),
            SignInFact::FrameAcknowledged => {
                if self.state.attempt().is_some_and(|a| a.frame.is_some()) {
                    self.sign_in_returned(now, Way::Frame, false);
                }
            }
            SignInFact::UrlTold(sso) => self.url_told(now, sso.as_deref()),
            SignInFact::WindowOpened => self.window_opened(now),
            SignInFact::WindowBlocked => self.window_blocked(now),
            SignInFact::WindowClosed => self.window_closed(now),
        }
    }

    /// `phone.signIn()`. The call is settled by what becomes of it, or at once where nothing can.
    pub(crate) fn sign_in_called(&mut self, now: Millis, ticket: Ticket) {
        self.sign_in_asked(now);
        let trying = self.state.attempt().is_some_and(Attempt::needs_lock);
        let error = match &self.state.standing {
            Standing::Ready { .. } => return self.settle(ticket, Ok(Outcome::Done)),
            Standing::Failed { error, .. } => Some(error),
            Standing::SignInNeeded { why, .. } => why.as_ref(),
            Standing::Opening { .. }
            | Standing::SigningIn { .. }
            | Standing::Expired
            | Standing::SignedOut { .. }
            | Standing::Closed => None,
        };
        match error.filter(|_| !trying).cloned() {
            Some(error) => self.settle(ticket, Err(error)),
            None => self.state.waiting.sign_in(ticket),
        }
    }

    /// The agent, or the host for them, asks to sign in. What needs a click happens before this returns.
    pub(crate) fn sign_in_asked(&mut self, now: Millis) {
        if self.state.container.is_removed() || self.state.is_signing_out() {
            return;
        }
        self.state.retry.start_afresh();
        self.state.blocked = None;
        if let Standing::Failed {
            error: error @ (Error::ContainerRemoved | Error::FrameBlocked(_)),
            ..
        } = &self.state.standing
        {
            let why = error.clone();
            return self.open_anew(now, Some(why));
        }
        if self.status().error == Some(Error::AgentDataFrozen) && self.phase() != Phase::Opening {
            return self.restart_frozen(now, true);
        }
        if self.state.standing.is_ready() || self.state.ccp.is_alive() {
            return self.restart_asked(now);
        }
        self.agent_is_here();
        if self.streams_signs_in() {
            self.rebuild(now);
            self.stand_opening(now, Some(Way::Streams), None);
            return;
        }
        if let Some(attempt) = self.state.attempt_mut() {
            if attempt.returned.is_some() {
                attempt.mode = Mode::Asked;
                let way = self.state.standing.way();
                self.stand(now, Standing::SigningIn { way });
                return; // Signed in; the CCP is loading.
            }
            let redirects =
                attempt.redirect_until.is_some() || attempt.is_asking_for(Way::Redirect);
            if attempt.window_requested.is_some() || redirects {
                attempt.mode = Mode::Asked;
                return; // What was asked for is on its way.
            }
            if attempt.has_usable_window() {
                attempt.mode = Mode::Asked;
                self.order(SignInEffect::FocusWindow);
                return;
            }
        }
        if self.state.cookies.are_blocked() {
            return self.visit_instance();
        }
        let opening = matches!(self.phase(), Phase::Opening | Phase::SigningIn);
        if opening && self.state.activity_is_idle() && self.state.cookies.are_waited_for() {
            return; // Whether there is a session shows only after that.
        }
        let popup = !self.config.has_sso() || self.config.ways.contains(&Way::Popup);
        if popup {
            self.state.attempt_or(Attempt::default);
            if let Some(attempt) = self.state.attempt_mut() {
                attempt.ask_for_window();
            }
            self.steal_lock();
            self.open_window();
        } else if !self.state.conditions.is_offline() {
            // Without a network neither way could come back; once it is back, sign-in goes on.
            self.drop_attempt();
            self.steal_lock();
            if self.config.ways.contains(&Way::Redirect) {
                self.redirect(now, Mode::Asked);
            } else {
                self.start_attempt(now);
            }
        }
    }

    /// Asking a CCP that answers to sign in restarts it, or brings the audio here, where that helps.
    fn restart_asked(&mut self, now: Millis) {
        if self.status().error == Some(Error::CcpLost) {
            self.restart(now, Error::CcpLost);
        } else if self.can_take_audio() {
            self.take_audio();
        } else if self.phase() == Phase::Failed {
            self.state.ccp.forget_restarts();
            self.restart(now, Error::AgentSilent);
        }
    }

    /// Sign-in came back by `way`: the CCP is reloaded, and should answer now.
    fn sign_in_returned(&mut self, now: Millis, way: Way, by_nonce: bool) {
        self.record(now, TimelineEvent::SignInReturned(way));
        self.order(TabsEffect::TellSignedIn);
        if self.state.standing.is_ready() {
            self.renewed(now, way);
            return;
        }
        self.close_frame_and_window();
        let opening = self.phase() == Phase::Opening;
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        attempt.came_back(now, way, by_nonce);
        if opening {
            attempt.mode = Mode::Shown; // The CCP had no session, or took long.
        }
        let silent = attempt.is_silent();
        if self.state.cookies.are_blocked() {
            // Amazon's page stays, on which the agent is about to allow them.
            return self.signed_in_without_cookies(now, way);
        }
        // For the other tabs, which look at it when they get the lock.
        self.state.record.started = Some(now);
        self.save();
        self.reload(now);
        if !silent {
            let way = Some(way);
            self.stand(now, Standing::SigningIn { way });
        }
    }

    /// The page is here again, and comes back from the identity provider.
    pub(crate) fn resumed_after_redirect(&mut self, now: Millis) {
        self.agent_is_here();
        self.record(now, TimelineEvent::SignInReturned(Way::Redirect));
        self.order(TabsEffect::TellSignedIn);
        self.state.activity = Activity::SigningIn(Attempt {
            returned: Some(Returned::new(now, Way::Redirect, true)),
            ..Attempt::default()
        });
        let way = Some(Way::Redirect);
        self.stand(now, Standing::SigningIn { way });
    }

    /// The agent came back from the identity provider by the browser's Back button. Sent there again at
    /// once, they could never leave.
    pub(crate) fn abandoned_redirect(&mut self, now: Millis) {
        if let Some(attempt) = self.state.attempt_or(Attempt::default) {
            attempt.needs_click = true;
        }
        self.need_click(now, Way::Redirect, None);
    }

    fn frame_loaded(&mut self, now: Millis) {
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        let Some(frame) = attempt.frame.as_mut() else {
            return;
        };
        frame.loaded(now);
        if attempt.next_at.is_some() {
            attempt.next_at = Some(frame.next_way_at(now));
        }
        self.record(now, TimelineEvent::FrameLoaded);
    }

    fn window_opened(&mut self, now: Millis) {
        let timeout = self.config.timeout;
        let attempt = self.state.attempt_mut();
        let requested = attempt.and_then(|it| Some((it.window_requested.take()?, it)));
        let Some((request, attempt)) = requested else {
            // Whoever requested it no longer waits for it.
            if self.state.attempt().is_none_or(|a| a.window.is_none()) {
                self.order(SignInEffect::CloseWindow);
            }
            return;
        };
        attempt.needs_click = false;
        attempt.window = Some(WindowTry::new(now, request, timeout));
        if request.visit {
            self.visit_began();
        } else {
            self.record(now, TimelineEvent::WayBegan(Way::Popup));
        }
        let way = Some(Way::Popup);
        self.stand(now, Standing::SigningIn { way });
        if self.config.asks_for_sso && !request.visit {
            self.ask_for_url(now, Way::Popup);
        }
    }

    fn window_blocked(&mut self, now: Millis) {
        self.record(now, TimelineEvent::WindowBlocked);
        let attempt = self.state.attempt_mut();
        let requested = attempt.and_then(|it| Some((it.window_requested.take()?, it)));
        let Some((_, attempt)) = requested else {
            return;
        };
        let asked = attempt.mode == Mode::Asked;
        if asked {
            attempt.mode = Mode::Shown;
        }
        attempt.needs_click = true;
        self.need_click(now, Way::Popup, asked.then_some(Error::WindowBlocked));
        self.start_next_way(now);
    }

    fn window_closed(&mut self, now: Millis) {
        let attempt = self.state.attempt_mut();
        let Some(window) = attempt.and_then(|attempt| attempt.window.as_mut()) else {
            return;
        };
        let visit = window.visit;
        if window.seems_closed(now) {
            self.record(now, TimelineEvent::WindowClosed);
            if visit {
                self.visited(now);
            } else {
                self.check(now);
            }
        }
    }

    /// Sign-in goes on after a click of the agent; `why` is what went wrong, if anything did.
    pub(crate) fn need_click(&mut self, now: Millis, way: Way, why: Option<Error>) {
        if let Some(error) = &why {
            self.settle_sign_ins(&Err(error.clone()));
        }
        self.stand(now, Standing::SignInNeeded { way, why });
    }

    /// Reloads the CCP to check whether sign-in is done; a call would be cut off.
    pub(super) fn check(&mut self, now: Millis) {
        if self.state.ccp.carries_call() || self.state.cookies.are_blocked() {
            return;
        }
        let window = self.state.attempt().and_then(|a| a.window.as_ref());
        if window.is_some_and(WindowTry::is_long_open) && self.are_cookies_in_question() {
            self.ask_for_cookies(now, None);
        } else {
            self.reload(now);
        }
    }
}

/// The query parameter that carries the nonce to the return page.
pub const RETURN_PARAMETER: &str = "softphoneSignIn";
