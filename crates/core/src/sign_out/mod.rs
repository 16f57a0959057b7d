//! Signing out: Offline first if asked to, then Connect, then a check that it is true.

pub mod request;
pub(crate) mod signing_out;

use crate::error::Error;
use crate::phone::effect::SignOutEffect;
use crate::phone::input::SignOutFact;
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::state::Activity;
use crate::phone::ticket::{Outcome, Settlement, Ticket, Tickets};
use crate::phone::timeline::TimelineEvent;
use crate::time::{Millis, Span};
use request::{IdpSession, SignOutRequest};
use signing_out::{SigningOut, Step};

impl Phone {
    /// `phone.signOut()`; whoever calls while a sign-out is under way hears of its end.
    pub(crate) fn sign_out_called(&mut self, now: Millis, ticket: Ticket, request: SignOutRequest) {
        match &mut self.state.activity {
            Activity::SigningOut(signing_out) => signing_out.tickets.add(ticket),
            Activity::Idle | Activity::SigningIn(_) => {
                self.sign_out(now, Tickets::from_iter([ticket]), request);
            }
        }
    }

    /// Signs out. What needs a click happens before this returns.
    pub(crate) fn sign_out(&mut self, now: Millis, tickets: Tickets, request: SignOutRequest) {
        if self.state.is_signing_out() {
            return;
        }
        let live = self.state.ccp.has_live_contact() && self.state.ccp.is_alive();
        let refused = if self.state.container.is_removed() {
            Some(Error::ContainerRemoved)
        } else if live {
            Some(Error::ContactConnected)
        } else {
            None
        };
        if let Some(error) = refused {
            self.settle_all(tickets, &Err(error));
            return;
        }
        self.record(now, TimelineEvent::SignOutAsked);
        if let Standing::SignedOut { idp_signed_out } = self.state.standing {
            let told = idp_signed_out && request.idp == IdpSession::AsConfigured;
            if !told && self.sign_out_of_idp(&request.idp) {
                self.state.standing = Standing::SignedOut {
                    idp_signed_out: true,
                };
            }
            self.settle_all(tickets, &Ok(Outcome::Done));
            return;
        }
        self.drop_attempt();
        self.state.retry.cancel();
        self.state.ccp.stop_waiting();
        let idp_signed_out = self.sign_out_of_idp(&request.idp); // First, while the click still counts.
        let offline = request.offline && self.state.ccp.is_alive() && self.agent().is_some();
        let (step, patience) = if offline {
            self.order(SignOutEffect::SetOffline);
            (Step::Offline, OFFLINE)
        } else {
            self.log_out();
            (Step::LogOut, LOG_OUT)
        };
        self.state.activity = Activity::SigningOut(SigningOut {
            step,
            until: now + patience,
            request,
            idp_signed_out,
            tickets,
        });
    }

    /// A step reported its end.
    pub(crate) fn sign_out_told(&mut self, now: Millis, fact: SignOutFact) {
        match fact {
            SignOutFact::OfflineSet => self.step_done(now, Step::Offline),
            SignOutFact::LoggedOut => self.logged_out(now),
        }
    }

    /// Connect was told, or told us.
    pub(crate) fn logged_out(&mut self, now: Millis) {
        self.step_done(now, Step::LogOut);
    }

    /// The timer of the step under way: it counts as done.
    pub(crate) fn sign_out_step_over(&mut self, now: Millis) {
        if let Some(step) = self.state.signing_out().map(SigningOut::step) {
            self.step_done(now, step);
        }
    }

    fn step_done(&mut self, now: Millis, done: Step) {
        let Activity::SigningOut(signing_out) = &mut self.state.activity else {
            return;
        };
        if signing_out.step != done {
            return;
        }
        match done {
            Step::Offline => {
                signing_out.step = Step::LogOut;
                signing_out.until = now + LOG_OUT;
                self.log_out();
            }
            Step::LogOut => {
                signing_out.step = Step::Verify;
                signing_out.until = now + VERIFY;
                self.reload(now);
            }
            Step::Verify => {
                let idp_signed_out = signing_out.idp_signed_out;
                self.disable_ccp();
                self.agent_is_here();
                self.end_sign_out(&Ok(Outcome::Done));
                self.signed_out(now, idp_signed_out);
            }
        }
    }

    fn log_out(&mut self) {
        let asks_cookies = self.needs_cookies();
        self.order(SignOutEffect::LogOut { asks_cookies });
    }

    /// A page loaded where a signed-in CCP would speak: it gets a moment to do so.
    pub(crate) fn ccp_loaded_during_sign_out(&mut self, now: Millis) {
        if let Activity::SigningOut(signing_out) = &mut self.state.activity
            && signing_out.step == Step::Verify
        {
            signing_out.until = signing_out.until.min(now + VERIFY_ANSWER);
        }
    }

    /// The CCP answered: after the log-out that means that the agent is still signed in.
    pub(crate) fn acknowledged_during_sign_out(&mut self, now: Millis) {
        let signing_out = self.state.signing_out();
        let Some(signing_out) = signing_out.filter(|s| s.step == Step::Verify) else {
            return;
        };
        let request = signing_out.request.clone();
        self.end_sign_out(&Err(Error::SignOutFailed));
        self.disable_ccp();
        self.fail_signing_out(now, Error::SignOutFailed, request);
    }

    /// A contact came while the agent was going Offline: Connect has not been told yet.
    pub(crate) fn contact_came_during_sign_out(&mut self) {
        let step = self.state.signing_out().map(SigningOut::step);
        if step == Some(Step::Offline) {
            self.abort_sign_out(&Error::ContactConnected);
        }
    }

    /// Signing out cannot be completed.
    pub(crate) fn abort_sign_out(&mut self, why: &Error) {
        self.end_sign_out(&Err(why.clone()));
    }

    fn end_sign_out(&mut self, settlement: &Settlement) {
        if !self.state.is_signing_out() {
            return;
        }
        let ended = std::mem::replace(&mut self.state.activity, Activity::Idle);
        if let Activity::SigningOut(signing_out) = ended {
            self.settle_all(signing_out.tickets, settlement);
        }
    }

    /// Ends the session at the identity provider, if it is to end. Whether it is.
    fn sign_out_of_idp(&mut self, session: &IdpSession) -> bool {
        let url = match session {
            IdpSession::AsConfigured => self.config.idp_logout.clone(),
            IdpSession::Stays => None,
            IdpSession::EndsAt(url) => Some(url.clone()),
        };
        let ends = url.is_some();
        if let Some(url) = url {
            self.order(SignOutEffect::LogOutOfIdp(url));
        }
        ends
    }
}

/// Streams' `setState` may never call back once a session is gone.
const OFFLINE: Span = Span::secs(3);
/// How long the log-out may take.
const LOG_OUT: Span = Span::secs(5);
/// How long the reloaded CCP may take to load.
const VERIFY: Span = Span::secs(10);
/// How long a signed-in CCP may take to answer once it has loaded.
const VERIFY_ANSWER: Span = Span::millis(2500);
