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
pub(crate) mod frame;
pub mod nonce;
pub mod record;
pub(crate) mod retry;
pub(crate) mod tab_lock;
pub(crate) mod window;

use crate::error::{Error, Evidence};
use crate::phone::effect::{SignInEffect, TabsEffect, WindowKind};
use crate::phone::input::SignInFact;
use crate::phone::standing::Standing;
use crate::phone::state::{Activity, Phone};
use crate::phone::status::{Phase, Way};
use crate::phone::ticket::Ticket;
use crate::phone::timeline::TimelineEvent;
use crate::private::Private;
use crate::time::Millis;
use attempt::{Attempt, Mode, REDIRECT_PATIENCE, Returned};
use frame::{FRAME_CHECK, FrameTry, HEAD_START};
use nonce::Nonce;
use window::WindowTry;

impl Phone {
    /// A frame, a window or a return page told something.
    pub(crate) fn sign_in_told(&mut self, now: Millis, fact: &SignInFact) {
        match fact {
            SignInFact::Returned(nonce) => {
                let attempt = self.state.attempt_mut();
                if let Some(way) = attempt.and_then(|attempt| attempt.expected.take(nonce)) {
                    self.sign_in_returned(now, way, true);
                }
            }
            SignInFact::FrameLoaded => self.frame_loaded(now),
            SignInFact::FrameAcknowledged => {
                if self.state.attempt().is_some_and(|a| a.frame.is_some()) {
                    self.sign_in_returned(now, Way::Frame, false);
                }
            }
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
            Standing::Ready { .. } => return self.settle(ticket, Ok(())),
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
        if self.state.standing.is_ready() || self.state.ccp.is_alive() {
            return self.restart_asked(now);
        }
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
            if attempt.window_requested || attempt.redirect_until.is_some() {
                attempt.mode = Mode::Asked;
                return; // What was asked for is on its way.
            }
            if attempt.has_usable_window() {
                attempt.mode = Mode::Asked;
                self.order(SignInEffect::FocusWindow);
                return;
            }
        }
        let popup = self.config.sso.is_none() || self.config.ways.contains(&Way::Popup);
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

    /// Asking a CCP that answers to sign in restarts it, where that helps.
    fn restart_asked(&mut self, now: Millis) {
        if self.status().error == Some(Error::CcpLost) {
            self.restart(now, Error::CcpLost);
        } else if self.phase() == Phase::Failed {
            self.state.ccp.forget_restarts();
            self.restart(now, Error::AgentSilent);
        }
    }

    /// Starts an attempt: the way that worked last comes first.
    pub(crate) fn start_attempt(&mut self, now: Millis) {
        let impossible = self.state.conditions.is_offline()
            || self.state.container.is_removed()
            || self.state.is_signing_out()
            || self.streams_signs_in();
        if impossible {
            return;
        }
        let mut ways = if self.config.sso.is_some() {
            self.config.ways.clone()
        } else {
            vec![Way::Popup]
        };
        let first = self.state.record.way;
        if let Some(at) = ways.iter().position(|way| Some(*way) == first) {
            let way = ways.remove(at);
            ways.insert(0, way);
        }
        self.state.activity = Activity::SigningIn(Attempt::by(ways));
        self.start_when_locked(now);
    }

    /// Starts the next way, if there is one left.
    pub(crate) fn start_next_way(&mut self, now: Millis) {
        let offline = self.state.conditions.is_offline();
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        attempt.next_at = None;
        // Without a network every way would lead to the browser's own error page.
        if attempt.ways.is_empty() || offline {
            return;
        }
        match attempt.ways.remove(0) {
            Way::Frame => {
                attempt.next_at = (!attempt.ways.is_empty()).then_some(now + HEAD_START);
                self.open_frame(now);
            }
            Way::Popup => self.open_window(),
            Way::Redirect => self.redirect(now, Mode::Shown),
            Way::Streams => {}
        }
    }

    fn open_frame(&mut self, now: Millis) {
        let Some((url, nonce)) = self.sso_url(Way::Frame) else {
            return;
        };
        let Some(attempt) = self.state.attempt_or(Attempt::default) else {
            return;
        };
        attempt.frame = Some(FrameTry::new(now, nonce.is_some()));
        let background = attempt.is_in_background();
        self.order(SignInEffect::OpenFrame(url));
        self.record(now, TimelineEvent::WayBegan(Way::Frame));
        if !background {
            let way = Some(Way::Frame);
            self.stand(now, Standing::SigningIn { way });
        }
    }

    /// Requests the window; [`SignInFact::WindowOpened`] or [`SignInFact::WindowBlocked`] answers.
    fn open_window(&mut self) {
        let (url, kind) = match self.sso_url(Way::Popup) {
            Some((url, _)) => (url, WindowKind::Sso),
            None => (self.ccp_url(), WindowKind::Standard),
        };
        if let Some(attempt) = self.state.attempt_or(Attempt::default) {
            attempt.window_requested = true;
            self.order(SignInEffect::OpenWindow(url, kind));
        }
    }

    /// Navigates the whole page to the identity provider.
    fn redirect(&mut self, now: Millis, mode: Mode) {
        let Some((url, Some(nonce))) = self.sso_url(Way::Redirect) else {
            // The page could go, but nothing would bring it back.
            return self.fail(now, Error::SignInTimeout { way: Way::Redirect });
        };
        if let Some(attempt) = self.state.attempt_or(Attempt::default) {
            attempt.redirect_until = Some(now + REDIRECT_PATIENCE);
            if mode == Mode::Asked {
                attempt.mode = mode;
            }
        }
        self.record(now, TimelineEvent::WayBegan(Way::Redirect));
        self.order(SignInEffect::Redirect(url, nonce));
        let way = Some(Way::Redirect);
        self.stand(now, Standing::SigningIn { way });
    }

    /// Where sign-in by `way` starts: the SSO Login URL, sent on to the return page where possible; with
    /// the nonce that the return page will bring. `None` without SSO.
    fn sso_url(&mut self, way: Way) -> Option<(Private<String>, Option<Nonce>)> {
        let sso = self.config.sso.clone()?;
        let page = self.config.return_url.clone();
        let (Some(relay), Some(page)) = (sso.relay, page) else {
            return Some((Private::new(sso.url.text().to_owned()), None));
        };
        let Some(nonce) = self.nonce(way) else {
            return Some((Private::new(sso.url.text().to_owned()), None));
        };
        let page = page.href();
        let page = page.split_once('#').map_or(page, |(page, _)| page);
        let joint = if page.contains('?') { '&' } else { '?' };
        let page = format!("{page}{joint}{RETURN_PARAMETER}={}", nonce.reveal());
        let url = relay.with_destination(&page);
        Some((Private::new(url), Some(nonce)))
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
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        attempt.came_back(now, way, by_nonce);
        let silent = attempt.is_silent();
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
        let has_return_page = self.config.return_url.is_some()
            && self
                .config
                .sso
                .as_ref()
                .is_some_and(|sso| sso.relay.is_some());
        let timeout = self.config.timeout;
        let attempt = self.state.attempt_mut();
        let Some(attempt) = attempt.filter(|attempt| attempt.window_requested) else {
            // Whoever requested it no longer waits for it.
            if self.state.attempt().is_none_or(|a| a.window.is_none()) {
                self.order(SignInEffect::CloseWindow);
            }
            return;
        };
        attempt.window_requested = false;
        attempt.needs_click = false;
        attempt.window = Some(WindowTry::new(now, has_return_page, timeout));
        self.record(now, TimelineEvent::WayBegan(Way::Popup));
        let way = Some(Way::Popup);
        self.stand(now, Standing::SigningIn { way });
    }

    fn window_blocked(&mut self, now: Millis) {
        self.record(now, TimelineEvent::WindowBlocked);
        let attempt = self.state.attempt_mut();
        let Some(attempt) = attempt.filter(|attempt| attempt.window_requested) else {
            return;
        };
        attempt.window_requested = false;
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
        if window.seems_closed(now) {
            self.record(now, TimelineEvent::WindowClosed);
            self.check(now);
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
    fn check(&mut self, now: Millis) {
        if !self.state.ccp.has_live_contact() {
            self.reload(now);
        }
    }

    /// The CCP has not answered although sign-in came back.
    pub(crate) fn return_led_nowhere(&mut self, now: Millis) {
        let loading = matches!(
            self.state.ccp.link(),
            crate::ccp::link::Link::Loading { .. }
        );
        let worked_before = self.state.record.way.is_some();
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        let Some(returned) = attempt.returned.take() else {
            return;
        };
        let popup_is_next = attempt.ways.first() == Some(&Way::Popup);
        let silent = attempt.is_silent();
        // The record must not promise a session.
        self.state.record.started = None;
        self.state.record.seen = None;
        self.save();
        if popup_is_next {
            self.start_when_locked(now); // A window's cookies may count where a frame's do not.
        } else if silent {
            self.silent_attempt_failed(now);
        } else {
            let evidence = match (returned.by_nonce, returned.way) {
                _ if loading => Evidence::NotLoaded,
                (false, _) => Evidence::None,
                // The way is recorded once a sign-in by it has completed.
                (true, _) if worked_before => Evidence::WorkedBefore,
                (true, Way::Frame) => Evidence::FrameReturned,
                (true, Way::Popup | Way::Redirect | Way::Streams) => Evidence::WindowReturned,
            };
            self.fail(now, Error::CcpSilent(evidence));
        }
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
            attempt.frame = None;
            self.order(SignInEffect::CloseFrame);
            self.frame_given_up(now);
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
    fn frame_given_up(&mut self, now: Millis) {
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
            self.fail(now, Error::SignInTimeout { way: Way::Frame });
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
        if window.closed_until.is_some() {
            attempt.window = None;
            self.order(SignInEffect::CloseWindow);
            self.ask_again(now, Error::SignInWindowClosed);
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

/// The query parameter that carries the nonce to the return page.
pub const RETURN_PARAMETER: &str = "softphoneSignIn";
