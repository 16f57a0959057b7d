//! The session clock: its end is announced, put off while the agent is idle, and looked at.

use super::{Ccp, Effect, Lifetime, Session};
use crate::agent::Load;
use crate::millis::{Millis, Span};
use crate::phase::{Phase, Way};
use crate::timeline::What;

impl Session {
    /// The session began at `started`.
    pub(super) fn lasts_from(&mut self, started: Millis) {
        let ends = started + self.config.session_length;
        self.status.session = Some(Lifetime { started, ends });
        self.warned = false;
        self.renew_at = None;
        self.tell_status();
    }

    /// Nothing is known of a session any more.
    pub(super) fn lasts_no_longer(&mut self) {
        self.renew_at = None;
        if self.status.session.take().is_some() {
            self.tell_status();
        }
    }

    /// When the end of the session is announced.
    pub(super) fn warn_at(&self) -> Option<Millis> {
        let lifetime = self.status.session?;
        let due = self.status.phase == Phase::Ready && !self.warned;
        due.then(|| lifetime.ends - self.config.warn_before)
    }

    pub(super) fn warn(&mut self, now: Millis) {
        self.warned = true;
        self.effects.push_back(Effect::TellExpiring);
        if self.config.renew && self.can_frame() {
            self.renew_at = Some(now);
        }
    }

    /// When a new session is begun in the hidden frame; only while there is no contact.
    pub(super) fn renew_at(&self) -> Option<Millis> {
        let at = self.renew_at?;
        let calm = self.load == Load::Idle && self.ccp == Ccp::Alive && !self.trouble.offline;
        (calm && self.status.phase == Phase::Ready && self.attempt.is_none()).then_some(at)
    }

    pub(super) fn renew(&mut self, now: Millis) {
        self.note(now, What::Renewing);
        self.renew_at = Some(now + RENEW_PAUSE + self.chance.within(RENEW_SPREAD));
        self.try_quietly(now);
    }

    /// The new session is there. The CCP is loaded anew for it as soon as there is no contact.
    pub(super) fn renewed(&mut self, now: Millis, way: Way) {
        self.drop_attempt();
        self.record.started = Some(now);
        self.record.seen = Some(now);
        self.record.way = Some(way);
        self.effects.push_back(Effect::Save(self.record));
        self.lasts_from(now);
        if self.load == Load::Idle {
            self.reload(now);
        } else {
            self.reload_due = true;
        }
    }

    /// When the session must be over. Then the CCP is looked at, because the agent may have signed
    /// in elsewhere meanwhile; not while a contact is connected.
    pub(super) fn end_at(&self) -> Option<Millis> {
        let lifetime = self.status.session?;
        let due =
            self.status.phase == Phase::Ready && self.ccp == Ccp::Alive && self.load != Load::Live;
        due.then(|| lifetime.ends + END_GRACE)
    }

    pub(super) fn end(&mut self, now: Millis) {
        self.drop_attempt();
        self.lasts_no_longer();
        self.reload(now);
    }
}

/// How long after a renewal that came to nothing the next one begins, at least.
const RENEW_PAUSE: Span = Span::secs(30);
/// And how much longer at most, so that a whole shift does not ask at once.
const RENEW_SPREAD: Span = Span::secs(120);
const END_GRACE: Span = Span::secs(10);
