//! Reloading, rebuilding and restarting the CCP.

use super::container::Container;
use super::link::Link;
use crate::error::Error;
use crate::phone::effect::{CcpEffect, Effect};
use crate::phone::machine::Phone;
use crate::phone::timeline::TimelineEvent;
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
        self.record(now, TimelineEvent::CcpReloaded);
        self.unloaded(Link::Loading { since: now });
        self.order(CcpEffect::Reload);
    }

    /// Closes the CCP and opens it again, Streams' own state included.
    pub(crate) fn rebuild(&mut self, now: Millis) {
        self.record(now, TimelineEvent::CcpRebuilt);
        if self.state.container == Container::Detached {
            self.state.container = Container::Present;
            self.order(Effect::PutBack);
        }
        self.unloaded(Link::Loading { since: now });
        self.order(CcpEffect::Rebuild);
    }
}
