//! Inactivity: what the agent does on the host page is reported as activity, a logout for inactivity is
//! announced, and it is not undone by itself.
//!
//! An agent's authentication profile may log them out after 15 to 720 minutes without activity (Amazon Connect
//! Administrator Guide, "Authentication profiles"). Whether it does cannot be known here. What becomes of the
//! session then is not documented: Streams may tell TERMINATED, or the session may just end.

use crate::error::Error;
use crate::phone::effect::{CcpEffect, ExpiryReason, News};
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::ticket::{Outcome, Settlement, Ticket};
use crate::phone::timeline::TimelineEvent;
use crate::time::{Millis, Span};

/// What Connect has told about the agent's inactivity, and what it was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Inactivity {
    /// When the agent is logged out, while Connect's warning of that stands.
    ends: Option<Millis>,
    /// Whether activity was refused since that warning.
    refused: bool,
    /// When activity was last reported.
    reported: Option<Millis>,
    /// How long the answer to `stayActive()` may take.
    answer_due: Option<Millis>,
}

impl Inactivity {
    /// When the agent is logged out, if Connect has warned of that.
    pub(crate) const fn ends(self) -> Option<Millis> {
        self.ends
    }

    /// Until when the answer to `stayActive()` may take.
    pub(crate) const fn answer_due(self) -> Option<Millis> {
        self.answer_due
    }

    /// What went wrong, as long as it matters.
    pub(crate) fn error(self) -> Option<Error> {
        self.refused.then_some(Error::StayActiveFailed)
    }

    /// The warning is over. Whether there was one.
    pub(crate) const fn calm(&mut self) -> bool {
        self.refused = false;
        self.ends.take().is_some()
    }

    /// A CCP answered, whose session is therefore alive.
    pub(super) fn session_seen(&mut self, now: Millis) {
        if self.ends.is_some_and(|at| at <= now) {
            self.calm();
        }
    }
}

impl Phone {
    /// Whether nothing may sign in by itself: Connect has logged the agent out for inactivity, or has warned
    /// of it and nobody answered.
    pub(crate) const fn is_inactive(&self) -> bool {
        self.state.record.inactive || self.state.inactivity.ends.is_some()
    }

    /// The agent is here: they asked to sign in, or signed in.
    pub(crate) const fn agent_is_here(&mut self) {
        self.state.inactivity.calm();
        self.state.record.inactive = false;
    }

    /// The agent has to sign in, because nothing may do so by itself.
    pub(crate) fn stay_signed_out(&mut self, now: Millis) {
        if !std::mem::replace(&mut self.state.record.inactive, true) {
            self.save();
        }
        self.stand(
            now,
            Standing::SignedOut {
                idp_signed_out: false,
            },
        );
    }

    pub(super) fn inactivity_warned(&mut self, now: Millis, ends: Millis) {
        if !self.state.ccp.is_alive() || self.state.is_signing_out() {
            return;
        }
        // The computer's clock may differ from Connect's.
        let believed = now < ends && ends < now + LONGEST_WARNING;
        let ends = if believed { ends } else { now + WARNING };
        if self.state.inactivity.ends.replace(ends) == Some(ends) {
            return;
        }
        self.state.inactivity.reported = None; // What the agent does next is reported at once.
        self.record(now, TimelineEvent::Inactivity { warned: true });
        let reason = ExpiryReason::Inactivity;
        self.order(News::Expiring { reason, ends });
    }

    pub(super) fn warning_cleared(&mut self, now: Millis) {
        if self.state.inactivity.calm() {
            self.record(now, TimelineEvent::Inactivity { warned: false });
        }
    }

    pub(super) fn activity_taken(&mut self) {
        self.state.inactivity.refused = false;
        self.settle_stay_active(&Ok(Outcome::Done));
    }

    /// Activity was not taken, or nobody said so in time.
    pub(crate) fn activity_refused(&mut self, now: Millis) {
        let state = &mut self.state.inactivity;
        if state.ends.is_some() && !std::mem::replace(&mut state.refused, true) {
            let code = Error::StayActiveFailed.code();
            self.record(now, TimelineEvent::Failed(code));
        }
        self.settle_stay_active(&Err(Error::StayActiveFailed));
    }

    fn settle_stay_active(&mut self, settlement: &Settlement) {
        self.state.inactivity.answer_due = None;
        let tickets = self.state.waiting.take_stay_actives();
        self.settle_all(tickets, settlement);
    }

    /// The agent did something on the host page.
    pub(crate) fn host_active(&mut self, now: Millis) {
        let state = self.state.inactivity;
        let pause = if state.ends.is_some() { SOON } else { PAUSE };
        let due = state.reported.is_none_or(|at| at + pause <= now);
        if due && self.can_report_activity() {
            self.report_activity(now);
        }
    }

    /// `phone.stayActive()`
    pub(crate) fn stay_active_called(&mut self, now: Millis, ticket: Ticket) {
        if !self.can_report_activity() {
            return self.settle(ticket, Err(Error::StayActiveFailed));
        }
        self.state.waiting.stay_active(ticket);
        self.stay_active(now);
    }

    /// The agent, or the host for them, wants to stay signed in.
    pub(crate) fn stay_active(&mut self, now: Millis) {
        let due = &mut self.state.inactivity.answer_due;
        due.get_or_insert(now + ANSWER);
        self.report_activity(now);
    }

    fn can_report_activity(&self) -> bool {
        let state = &self.state;
        let offline = state.conditions.is_offline();
        state.standing.is_ready() && state.ccp.is_alive() && !offline
    }

    fn report_activity(&mut self, now: Millis) {
        self.state.inactivity.reported = Some(now);
        self.order(CcpEffect::ReportActivity);
    }

    /// When a logout that nobody told of is verified; not while a contact is connected.
    pub(crate) fn inactive_at(&self) -> Option<Millis> {
        let due = self.can_report_activity() && !self.state.ccp.has_live_contact();
        Some(self.state.inactivity.ends.filter(|_| due)? + GRACE)
    }

    /// Verifies that the session is over: a CCP that answers still has one.
    pub(crate) fn verify_inactive(&mut self, now: Millis) {
        self.drop_attempt();
        self.reload(now);
    }
}

/// How often activity is reported at most.
const PAUSE: Span = Span::secs(30);
/// The same while the agent is about to be logged out.
const SOON: Span = Span::secs(1);
/// How long the answer to a report may take.
const ANSWER: Span = Span::secs(10);
/// How long after the announced logout the session is verified to be over, if nobody said so.
const GRACE: Span = Span::secs(5);
/// How long the warning is believed to last at most.
const LONGEST_WARNING: Span = Span::hours(1);
/// How long it lasts where Connect's time makes no sense. Assumed.
const WARNING: Span = Span::secs(60);
