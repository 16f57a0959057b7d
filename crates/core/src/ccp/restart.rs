//! Reloading, rebuilding and restarting the CCP.

use super::container::Container;
use super::link::Link;
use crate::error::Error;
use crate::phone::effect::{CcpEffect, Effect};
use crate::phone::machine::Phone;
use crate::phone::status::Phase;
use crate::phone::timeline::TimelineEvent;
use crate::sign_in::attempt::RETURN_PATIENCE;
use crate::sign_in::deadlines::BLOCKED_TOO;
use crate::time::Millis;

impl Phone {
    /// Reloads the CCP; the second time in a row it is rebuilt.
    pub(crate) fn restart(&mut self, now: Millis, why: Error) {
        self.drop_attempt();
        if self.state.ccp.count_restart() == 1 {
            self.reload(now);
        } else {
            self.rebuild(now);
        }
        let way = self.state.standing.way();
        self.stand_opening(now, way, Some(why));
    }

    /// Reloads the CCP in its frame.
    pub(crate) fn reload(&mut self, now: Millis) {
        if self.state.container == Container::Detached {
            self.rebuild(now);
            return;
        }
        if self.restarts_worker(now) {
            return;
        }
        if self.needs_cookies() && !self.state.ccp.awaits_streams() {
            self.record(now, TimelineEvent::CcpReloaded);
            self.ask_for_cookies(now, None);
        } else {
            self.load(now, TimelineEvent::CcpReloaded, CcpEffect::Reload);
        }
    }

    /// The same, whether or not the frame will have its cookies.
    pub(crate) fn reload_without_cookies(&mut self, now: Millis) {
        if self.state.container == Container::Detached {
            self.rebuild_frame(now);
        } else {
            self.load(now, TimelineEvent::CcpReloaded, CcpEffect::Reload);
        }
    }

    /// Streams is there, and the CCP loads. What was waited for meanwhile gets its whole time.
    pub(crate) fn streams_arrived(&mut self, now: Millis, warnings: Vec<String>) {
        for warning in warnings {
            self.diagnose(now, warning);
        }
        self.record(now, TimelineEvent::StreamsArrived);
        self.state.ccp.made(now);
        if let Some(attempt) = self.state.attempt_mut() {
            if let Some(returned) = attempt.returned.as_mut() {
                returned.give_up_at = now + RETURN_PATIENCE;
            }
            if let Some(frame) = attempt.frame.as_mut() {
                frame.ccp_made();
            }
            attempt.next_at = attempt.next_at.map(|at| at.max(now + BLOCKED_TOO));
        }
        if self.needs_cookies() && !self.state.container.is_removed() {
            self.ask_for_cookies(now, None);
        }
    }

    /// Closes the CCP and opens it again, Streams' own state included.
    pub(crate) fn rebuild(&mut self, now: Millis) {
        if self.rebuild_frame(now) && self.needs_cookies() {
            self.ask_for_cookies(now, None);
        }
    }

    /// The same. Whether the CCP loads in it now.
    pub(super) fn rebuild_frame(&mut self, now: Millis) -> bool {
        if self.state.container == Container::Detached {
            self.state.container = Container::Present;
            self.order(Effect::PutBack);
        } else if self.restarts_worker(now) {
            return false;
        }
        self.load(now, TimelineEvent::CcpRebuilt, CcpEffect::Rebuild);
        true
    }

    fn load(&mut self, now: Millis, event: TimelineEvent, effect: CcpEffect) {
        self.unloaded(Link::Loading { since: now });
        // Until Streams is there, nothing is loaded: the first load is still to come.
        if !self.state.ccp.awaits_streams() {
            self.record(now, event);
            self.order(effect);
        }
        // What followed a sign-in went with the page before: the cookies, or who asked for them.
        if self.phase() == Phase::SigningIn && self.state.activity_is_idle() {
            self.stand_opening(now, None, None);
        }
    }
}
