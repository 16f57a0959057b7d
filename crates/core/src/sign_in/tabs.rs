//! One sign-in at a time across the tabs of a browser.

use super::attempt::{Attempt, Queued};
use super::tab_lock::TabLock;
use crate::phone::effect::TabsEffect;
use crate::phone::input::TabsFact;
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::status::Phase;
use crate::phone::timeline::TimelineEvent;
use crate::sign_in::record::Record;
use crate::time::{Millis, Span};
use crate::way::Way;

impl Phone {
    /// Another tab told something.
    pub(crate) fn tabs_told(&mut self, now: Millis, fact: TabsFact) {
        match fact {
            TabsFact::LockGranted(record) => self.lock_granted(now, record),
            TabsFact::LockStolen => self.lock_stolen(now),
            TabsFact::Restart { asked } => self.restart_told(now, asked),
            TabsFact::SignedIn => self.signed_in_elsewhere(now),
        }
    }

    /// Starts the attempt's next way as soon as this tab holds the lock.
    pub(crate) fn start_when_locked(&mut self, now: Millis) {
        if self.state.lock == TabLock::Held {
            self.start_next_way(now);
            return;
        }
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        attempt.queue(now);
        let background = attempt.is_in_background();
        if self.state.lock == TabLock::None {
            self.state.lock = TabLock::Requested;
            self.order(TabsEffect::AcquireLock { steal: false });
        }
        if !background {
            self.stand(now, Standing::SigningIn { way: None });
        }
    }

    /// Takes the lock from whoever holds it: the agent clicked here.
    pub(crate) fn steal_lock(&mut self) {
        if self.state.lock != TabLock::Held {
            self.state.lock = TabLock::Held;
            self.order(TabsEffect::AcquireLock { steal: true });
        }
    }

    fn lock_granted(&mut self, now: Millis, stored: Record) {
        if self.state.lock == TabLock::None {
            self.order(TabsEffect::ReleaseLock);
            return;
        }
        self.state.lock = TabLock::Held;
        let known = self.state.record.started;
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        let Some(Queued { since, .. }) = attempt.queued else {
            return;
        };
        if stored.started > known {
            attempt.queued = None;
            self.signed_in_elsewhere(now);
        } else if stored.inactive {
            self.logged_out_elsewhere(now);
        } else if since + AT_ONCE < now {
            // Another tab held it: the news of its sign-in may travel more slowly than the lock.
            attempt.queued = Some(Queued {
                since,
                until: Some(now + NEWS),
            });
        } else {
            self.start_locked(now);
        }
    }

    /// Another tab knows that the agent was logged out for inactivity.
    fn logged_out_elsewhere(&mut self, now: Millis) {
        self.drop_attempt();
        if !self.state.standing.is_ready() {
            self.stay_signed_out(now);
        }
    }

    /// This tab holds the lock, and no other has signed in.
    fn start_locked(&mut self, now: Millis) {
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        attempt.queued = None;
        attempt.next_at = None;
        if attempt.ways.is_empty() && !attempt.is_in_background() {
            attempt.needs_click = true;
            self.need_click(now, Way::Popup, None);
            return;
        }
        self.start_next_way(now);
    }

    /// The agent clicked in another tab: this one waits for what comes of it.
    fn lock_stolen(&mut self, now: Millis) {
        if self.state.lock != TabLock::Held {
            return;
        }
        self.record(now, TimelineEvent::TurnLost);
        self.state.lock = TabLock::None;
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        if !attempt.is_open() || attempt.redirect_until.is_some() {
            return;
        }
        attempt.window_requested = None;
        self.close_frame_and_window();
        self.start_when_locked(now);
    }

    /// It has waited long enough: for the news of the tab before, or for the lock itself, which the agent
    /// may now take by a click.
    pub(crate) fn lock_wait_over(&mut self, now: Millis) {
        if self.state.lock == TabLock::Held {
            self.start_locked(now);
            return;
        }
        self.record(now, TimelineEvent::TurnAwaited);
        if let Some(attempt) = self.state.attempt_mut() {
            if let Some(queued) = attempt.queued.as_mut() {
                queued.until = None;
            }
            attempt.needs_click = true;
        }
        self.need_click(now, Way::Popup, None);
    }

    /// Another tab signed in to the same instance.
    fn signed_in_elsewhere(&mut self, now: Millis) {
        let returned = self.state.attempt().is_some_and(|a| a.returned.is_some());
        if returned || self.state.is_signing_out() || self.state.container.is_removed() {
            return;
        }
        self.record(now, TimelineEvent::SignedInElsewhere);
        self.agent_is_here();
        self.state.record.started = Some(now);
        let length = self.config.session_length;
        match self.phase() {
            Phase::Ready => {
                self.drop_attempt(); // A renewal that is no longer needed.
                self.state.session.began(now, length);
            }
            Phase::Opening | Phase::SigningIn if self.state.ccp.is_alive() => {
                self.state.session.began(now, length);
            }
            Phase::SigningIn => {
                self.drop_attempt();
                self.reload(now);
                self.stand_opening(now, None, None);
            }
            _ if self.state.ccp.carries_call() => self.state.ccp.reload_later(),
            // Only a check: whoever stands here has tried, or waits for a click that may still come.
            Phase::Opening
            | Phase::SignInNeeded
            | Phase::Expired
            | Phase::SignedOut
            | Phase::Failed
            | Phase::Closed => self.reload(now),
        }
    }

    /// Releases the lock when nothing needs it any more. Not before the CCP has answered: by then the
    /// other tabs have heard of it, and none starts for want of news.
    pub(crate) fn release_lock_if_idle(&mut self) {
        let needed = self.state.attempt().is_some_and(Attempt::needs_lock);
        if !needed && self.state.lock != TabLock::None {
            self.state.lock = TabLock::None;
            self.order(TabsEffect::ReleaseLock);
        }
    }
}

/// A lock that nobody else holds is granted within this time.
const AT_ONCE: Span = Span::millis(150);
/// How long the news of another tab may take.
const NEWS: Span = Span::millis(500);
