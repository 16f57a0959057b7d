//! What is tried again without anybody asking, and when: exponential backoff with full jitter, bounded
//! (AWS Architecture Blog, "Exponential Backoff And Jitter"). A click starts afresh.

use super::attempt::Attempt;
use crate::error::Error;
use crate::jitter::Jitter;
use crate::phone::standing::Standing;
use crate::phone::state::Phone;
use crate::phone::status::Way;
use crate::phone::timeline::TimelineEvent;
use crate::time::{Millis, Span};

/// The next retry, and how many there have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Retry {
    at: Option<Millis>,
    count: u32,
}

impl Retry {
    /// When the next one is due.
    pub(crate) const fn at(self) -> Option<Millis> {
        self.at
    }

    /// No retry is planned any more.
    pub(crate) const fn cancel(&mut self) {
        self.at = None;
    }

    /// The agent asked, the network is back, or it has worked: none is planned, and counting starts at zero.
    pub(crate) const fn start_afresh(&mut self) {
        *self = Self { at: None, count: 0 };
    }

    /// Plans the next one, unless one is planned or there were too many. How long it waits.
    fn plan(&mut self, now: Millis, jitter: &mut Jitter) -> Option<Span> {
        if self.at.is_some() || self.count >= MOST {
            return None;
        }
        let most = Span::millis(FIRST.get() << self.count.min(10)).min(LONGEST);
        let pause = LEAST.plus(jitter.within(most));
        self.count += 1;
        self.at = Some(now + pause);
        Some(pause)
    }

    #[cfg(test)]
    pub(crate) const fn count(self) -> u32 {
        self.count
    }
}

impl Phone {
    /// Plans the next retry, unless there were too many.
    pub(crate) fn plan_retry(&mut self, now: Millis) {
        if self.state.conditions.is_offline() {
            return;
        }
        if let Some(pause) = self.state.retry.plan(now, &mut self.state.jitter) {
            self.record(now, TimelineEvent::RetryPlanned(pause));
        }
    }

    /// Something changed for the better: retries soon, spread so that not all tabs retry together.
    pub(crate) fn retry_soon(&mut self, now: Millis) {
        if !self.state.is_signing_out() {
            self.state.retry.at = Some(now + self.state.jitter.within(FIRST));
        }
    }

    /// When the next retry is due; none while something else is being tried.
    pub(crate) fn retry_at(&self) -> Option<Millis> {
        let state = &self.state;
        let busy = state.attempt().is_some_and(Attempt::needs_lock);
        let may_try = !busy && !state.conditions.is_offline() && !state.ccp.has_live_contact();
        state.retry.at().filter(|_| may_try)
    }

    /// Tries again.
    pub(crate) fn retry(&mut self, now: Millis) {
        self.state.retry.cancel();
        let by_frame = match &self.state.standing {
            Standing::SignInNeeded { .. } | Standing::Expired => true,
            Standing::Failed { error, .. } => match error {
                Error::CcpSilent(_) | Error::SignInTimeout { .. } => self.can_use_frame(),
                Error::AgentSilent | Error::AccessDenied => false,
                _ => return,
            },
            Standing::Opening { .. }
            | Standing::SigningIn { .. }
            | Standing::Ready { .. }
            | Standing::SignedOut { .. }
            | Standing::Closed => return,
        };
        if by_frame {
            self.try_silently(now);
        } else if self.streams_signs_in() {
            self.rebuild(now);
            self.stand_opening(now, Some(Way::Streams), None);
        } else {
            self.reload(now);
            self.plan_retry(now);
        }
    }

    /// Whether a hidden frame may sign in.
    pub(crate) fn can_use_frame(&self) -> bool {
        self.config.sso.is_some() && self.config.ways.contains(&Way::Frame)
    }

    /// Tries the hidden frame; nobody is told before it has worked.
    pub(crate) fn try_silently(&mut self, now: Millis) {
        let state = &self.state;
        let impossible = state.ccp.has_live_contact()
            || state.is_signing_out()
            || state.container.is_removed()
            || state.conditions.is_offline();
        if impossible || !self.can_use_frame() {
            return;
        }
        let attempt = self.state.attempt_or(Attempt::silent);
        let Some(attempt) = attempt.filter(|attempt| !attempt.needs_lock()) else {
            return;
        };
        attempt.ways = vec![Way::Frame];
        self.start_when_locked(now);
    }

    /// The silent attempt failed.
    pub(crate) fn silent_attempt_failed(&mut self, now: Millis) {
        self.drop_attempt();
        if !self.state.standing.is_ready() {
            self.plan_retry(now);
        }
    }
}

/// On top of the ten seconds after which a frame is given up. At the start of a shift (tests/bench/shift), 8 s
/// instead of 2 ask the identity provider a sixth less often, and nobody waits longer than with 2.
const FIRST: Span = Span::secs(8);
const LONGEST: Span = Span::secs(60);
const LEAST: Span = Span::millis(250);
/// With a minute each, about a quarter of an hour.
const MOST: u32 = 20;
