//! What the phone tries without anybody asking: retries, and the hidden frame behind whatever it shows.

use super::attempt::Attempt;
use crate::error::Error;
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::timeline::TimelineEvent;
use crate::time::Millis;
use crate::way::Way;

impl Phone {
    /// Plans the next retry, unless there were too many.
    pub(crate) fn plan_retry(&mut self, now: Millis) {
        if self.state.conditions.is_offline() {
            return;
        }
        let alone = self.state.standing.error() == Some(Error::ContainerRemoved);
        let jitter = &mut self.state.jitter;
        if let Some(pause) = self.state.retry.plan(now, jitter, alone) {
            self.record(now, TimelineEvent::RetryPlanned(pause));
        }
    }

    /// Something changed for the better: retries soon, spread so that not all tabs retry together.
    pub(crate) fn retry_soon(&mut self, now: Millis) {
        if !self.state.is_signing_out() {
            self.state.retry.soon(now, &mut self.state.jitter);
        }
    }

    /// When the next retry is due; none while something else is being tried.
    pub(crate) fn retry_at(&self) -> Option<Millis> {
        let state = &self.state;
        let busy = state.attempt().is_some_and(Attempt::needs_lock);
        let may_try = !busy
            && !state.cookies.are_blocked()
            && !state.conditions.is_offline()
            && !state.ccp.carries_call();
        state.retry.at().filter(|_| may_try)
    }

    /// Whether the phone goes on trying what has failed, whatever the agent does.
    pub(crate) fn tries_again(&self) -> bool {
        let state = &self.state;
        let tries = |attempt: &Attempt| attempt.is_in_background() && attempt.needs_lock();
        let planned = state.retry.at().is_some() || state.attempt().is_some_and(tries);
        let helps = match &state.standing {
            Standing::SignInNeeded { why: Some(_), .. } => self.can_use_frame(),
            Standing::Failed { error, .. } => self.may_help(error),
            Standing::SignInNeeded { why: None, .. }
            | Standing::Expired
            | Standing::Opening { .. }
            | Standing::SigningIn { .. }
            | Standing::Ready { .. }
            | Standing::SignedOut { .. }
            | Standing::Closed => false,
        };
        planned && helps && !state.conditions.is_offline()
    }

    /// Whether trying again may end otherwise.
    fn may_help(&self, error: &Error) -> bool {
        // The page has taken everything out of the container too often.
        let emptied = *error == Error::ContainerRemoved && !self.state.container.is_removed();
        emptied
            || matches!(
                error,
                Error::CcpSilent(_)
                    | Error::SignInTimeout { .. }
                    | Error::SsoUrlFailed
                    | Error::AgentSilent
                    | Error::AgentDataFrozen
                    | Error::AccessDenied
            )
    }

    /// Tries again.
    pub(crate) fn retry(&mut self, now: Millis) {
        self.state.retry.cancel();
        let by_frame = match &self.state.standing {
            Standing::SignInNeeded { .. } | Standing::Expired => true,
            Standing::Failed {
                error: Error::CcpSilent(_) | Error::SignInTimeout { .. } | Error::SsoUrlFailed,
                ..
            } => self.can_use_frame(),
            Standing::Failed {
                error: Error::AgentSilent | Error::AccessDenied,
                ..
            } => false,
            Standing::Failed {
                error: Error::AgentDataFrozen,
                ..
            } => return self.restart_frozen(now, false),
            Standing::Failed {
                error: error @ Error::ContainerRemoved,
                ..
            } if self.may_help(error) => {
                return self.open_anew(now, Some(Error::ContainerRemoved));
            }
            Standing::Failed { .. }
            | Standing::Opening { .. }
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
        let is_a_way = self.config.has_sso() && self.config.ways.contains(&Way::Frame);
        is_a_way && self.state.blocked.is_none() && !self.needs_cookies()
    }

    /// Tries the hidden frame; nobody is told before it has worked.
    pub(crate) fn try_silently(&mut self, now: Millis) {
        if !self.state.ccp.carries_call() {
            self.sign_in_unseen(now);
        }
    }

    /// The same, even during a call, which a frame does not touch.
    pub(crate) fn sign_in_unseen(&mut self, now: Millis) {
        let state = &self.state;
        let impossible = state.is_signing_out()
            || state.container.is_removed()
            || state.conditions.is_offline()
            || self.is_inactive();
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
