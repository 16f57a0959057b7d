//! The end of the session: announced, put off by a new session, verified.

use super::session::RENEW_SPREAD;
use crate::agent::Contacts;
use crate::phone::effect::{ExpiryReason, News};
use crate::phone::machine::Phone;
use crate::phone::timeline::TimelineEvent;
use crate::sign_in::record::Record;
use crate::time::Millis;
use crate::way::Way;

impl Phone {
    /// When the end of the session is announced.
    pub(crate) fn warn_at(&self) -> Option<Millis> {
        let at = self.state.session.warn_at(self.config.warn_before);
        at.filter(|_| self.state.standing.is_ready())
    }

    /// Announces the end of the session.
    pub(crate) fn warn(&mut self, now: Millis) {
        let renews = self.config.renew && self.can_use_frame();
        let ends = self.state.session.warned(renews.then_some(now));
        if let Some(ends) = ends {
            let reason = ExpiryReason::Maximum;
            self.order(News::Expiring { reason, ends });
        }
    }

    /// When a new session is begun in the hidden frame; only while there is no contact.
    pub(crate) fn renew_at(&self) -> Option<Millis> {
        let state = &self.state;
        let may_renew = state.standing.is_ready()
            && state.ccp.is_alive()
            && state.ccp.contacts() == Contacts::None
            && !state.conditions.is_offline()
            && state.attempt().is_none()
            && !self.is_inactive();
        state.session.renew_at().filter(|_| may_renew)
    }

    /// Begins a new session before the old one ends.
    pub(crate) fn renew(&mut self, now: Millis) {
        self.record(now, TimelineEvent::Renewing);
        let spread = self.state.jitter.within(RENEW_SPREAD);
        self.state.session.renewing(now, spread);
        self.try_silently(now);
    }

    /// The new session is there. The CCP is reloaded for it as soon as there is no contact.
    pub(crate) fn renewed(&mut self, now: Millis, way: Way) {
        self.drop_attempt();
        self.state.record = Record {
            started: Some(now),
            seen: Some(now),
            way: Some(way),
            ..self.state.record
        };
        self.save();
        let length = self.config.session_length;
        self.state.session.began(now, length);
        self.session_accepted();
        if self.state.ccp.contacts() == Contacts::None {
            self.reload(now);
        } else {
            self.state.ccp.reload_later();
        }
    }

    /// When the session must be over; not while a contact is connected.
    pub(crate) fn over_at(&self) -> Option<Millis> {
        let state = &self.state;
        let due =
            state.standing.is_ready() && state.ccp.is_alive() && !state.ccp.has_live_contact();
        state.session.over_at().filter(|_| due)
    }

    /// Verifies that the session is over: the agent may have signed in elsewhere in the meantime.
    pub(crate) fn verify_over(&mut self, now: Millis) {
        self.drop_attempt();
        self.state.session.forget();
        self.reload(now);
    }
}
