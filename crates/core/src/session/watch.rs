//! The watch over a CCP that answered once: Streams tells nobody when it dies.

use super::{Ccp, Effect, Session};
use crate::agent::Load;
use crate::error::Error;
use crate::millis::{Millis, Span};
use crate::phase::Phase;
use crate::timeline::What;

/// When the CCP is asked next, and how often it was asked in vain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watch {
    pub(super) due: Millis,
    pub(super) asked: u8,
}

impl Session {
    /// The CCP said something.
    pub(super) fn heard(&mut self, now: Millis) {
        self.watch = Some(Watch {
            due: now + QUIET,
            asked: 0,
        });
        if self.trouble.ccp_lost {
            self.trouble.ccp_lost = false;
            self.note(now, What::Acknowledged);
            self.refresh();
        }
    }

    /// Asks the CCP at once instead of waiting for the keepalive.
    pub(super) fn probe_soon(&mut self, now: Millis) {
        if let Some(watch) = &mut self.watch {
            watch.due = now;
        }
    }

    /// When the CCP is asked next, or counts as lost.
    pub(super) fn watch_at(&self) -> Option<Millis> {
        let watch = self.watch.filter(|_| self.ccp == Ccp::Alive);
        watch.map(|watch| watch.due)
    }

    pub(super) fn tick_watch(&mut self, now: Millis) {
        let (Some(due), Some(watch)) = (self.watch_at(), self.watch.as_mut()) else {
            return;
        };
        if due > now {
            return;
        }
        if due + LATE < now {
            watch.asked = 0; // The computer slept, or the tab did: it was not the CCP.
        }
        if watch.asked < PROBES {
            watch.asked += 1;
            watch.due = now + ANSWER;
            self.effects.push_back(Effect::Probe);
        } else {
            watch.asked = 0;
            watch.due = now + QUIET;
            self.ccp_lost(now);
        }
    }

    fn ccp_lost(&mut self, now: Millis) {
        if self.load == Load::Live {
            if !self.trouble.ccp_lost {
                self.note(now, What::CcpLost);
                self.trouble.ccp_lost = true;
                self.refresh();
            }
        } else {
            self.note(now, What::CcpLost);
            self.restart(now, Error::CcpLost);
        }
    }

    /// Loads the CCP anew; the second time in a row it is closed and opened again.
    pub(super) fn restart(&mut self, now: Millis, why: Error) {
        self.restarts += 1;
        self.trouble.ccp_lost = false;
        self.agent_due = None;
        self.refused_until = None;
        self.forget_agent();
        self.drop_attempt();
        if self.restarts == 1 {
            self.reload(now);
        } else {
            self.rebuild(now);
        }
        let way = self.status.way;
        self.change(now, Phase::Opening, way, Some(why));
    }

    /// Closes the CCP and opens it again, Streams' own state included.
    pub(super) fn rebuild(&mut self, now: Millis) {
        self.note(now, What::CcpRebuilt);
        self.detached = false;
        self.unloaded(Ccp::Loading { since: now });
        self.effects.push_back(Effect::RebuildCcp);
    }

    /// Loads the CCP anew in its frame.
    pub(super) fn reload(&mut self, now: Millis) {
        if self.detached {
            self.rebuild(now);
            return;
        }
        self.note(now, What::CcpReloaded);
        self.unloaded(Ccp::Loading { since: now });
        self.effects.push_back(Effect::ReloadCcp);
    }

    /// What was known of the CCP that goes no longer counts.
    pub(super) fn unloaded(&mut self, ccp: Ccp) {
        self.ccp = ccp;
        self.load = Load::Idle;
        self.reload_due = false;
        self.watch = None;
        self.forget_socket();
    }
}

/// Streams 2.28.2 asks every second (`ccpSynTimeout`); a tab in the background less often.
const QUIET: Span = Span::secs(10);
/// How long an answer may take when we ask ourselves.
const ANSWER: Span = Span::secs(5);
const PROBES: u8 = 2;
/// A timer that comes so much too late says that nothing ran meanwhile.
const LATE: Span = Span::secs(2);
