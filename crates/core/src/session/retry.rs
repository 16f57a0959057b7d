//! What is tried again by itself, and when: exponential backoff with full jitter, bounded
//! (AWS Architecture Blog, "Exponential Backoff And Jitter"). A click starts afresh.

use super::{Ccp, Session};
use crate::agent::Load;
use crate::error::Error;
use crate::millis::{Millis, Span};
use crate::phase::{Phase, Way};
use crate::signin::Attempt;
use crate::timeline::What;

impl Session {
    /// Plans the next retry, unless there were too many.
    pub(super) fn plan_retry(&mut self, now: Millis) {
        if self.retry_at.is_some() || self.retries >= MOST || self.trouble.offline {
            return;
        }
        let most = Span::millis(FIRST.get() << self.retries.min(10)).min(LONGEST);
        let pause = LEAST.plus(self.chance.within(most));
        self.retries += 1;
        self.retry_at = Some(now + pause);
        self.note(now, What::RetryPlanned(pause));
    }

    /// Something changed for the better: the next retry comes at once, but not everybody's.
    pub(super) fn retry_soon(&mut self, now: Millis) {
        if self.leaving.is_none() {
            self.retry_at = Some(now + self.chance.within(FIRST));
        }
    }

    /// The next retry; none while something is open.
    pub(super) fn retry_at(&self) -> Option<Millis> {
        let busy = self
            .attempt
            .as_ref()
            .is_some_and(|a| a.is_at_work() || a.waiting);
        self.retry_at
            .filter(|_| !busy && !self.trouble.offline && self.load != Load::Live)
    }

    pub(super) fn retry(&mut self, now: Millis) {
        self.retry_at = None;
        let by_frame = match (self.status.phase, &self.fault) {
            (Phase::SignInNeeded | Phase::Expired, _) => true,
            (Phase::Failed, Some(Error::CcpSilent(_) | Error::SignInTimeout { .. })) => {
                self.can_frame()
            }
            (Phase::Failed, Some(Error::AgentSilent | Error::AccessDenied)) => false,
            _ => return,
        };
        if by_frame {
            self.try_quietly(now);
        } else if self.leaves_it_to_streams() {
            self.rebuild(now);
            self.change(now, Phase::Opening, Some(Way::Streams), None);
        } else {
            self.reload(now);
            self.plan_retry(now);
        }
    }

    /// Whether a hidden frame may sign in.
    pub(super) fn can_frame(&self) -> bool {
        self.config.sso.is_some() && self.config.ways.contains(&Way::Frame)
    }

    /// Tries the hidden frame, without a word to anybody until it has worked.
    pub(super) fn try_quietly(&mut self, now: Millis) {
        let calm = self.load != Load::Live && self.leaving.is_none() && !self.gone;
        if !self.can_frame() || self.trouble.offline || !calm {
            return;
        }
        let attempt = self.attempt.get_or_insert_with(|| Attempt {
            quiet: true,
            ..Attempt::default()
        });
        if attempt.is_at_work() || attempt.waiting {
            return;
        }
        attempt.ways = vec![Way::Frame];
        self.go(now);
    }

    /// The frame that was tried quietly came to nothing.
    pub(super) fn quiet_failed(&mut self, now: Millis) {
        self.drop_attempt();
        if self.status.phase != Phase::Ready {
            self.plan_retry(now);
        }
    }

    /// Whether a page that says nothing counts as an answer by now.
    pub(super) fn is_loading(&self) -> bool {
        matches!(self.ccp, Ccp::Loading { .. } | Ccp::Loaded { .. })
    }
}

/// On top of the ten seconds after which a frame is given up. At a shift start (tests/bench/shift) 8 s instead of 2 ask the
/// identity provider a sixth less often, and nobody waits longer than with 2.
const FIRST: Span = Span::secs(8);
const LONGEST: Span = Span::secs(60);
const LEAST: Span = Span::millis(250);
/// With a minute each, about a quarter of an hour.
const MOST: u32 = 20;
