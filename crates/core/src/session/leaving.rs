//! Signing out: Offline first when told so, then Connect, then a look whether it is true.

use super::{Ccp, Effect, IdpSession, Session, SignOut};
use crate::agent::Load;
use crate::error::Error;
use crate::millis::{Millis, Span};
use crate::phase::Phase;
use crate::timeline::What;

/// Where signing out stands, and until when that step may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaving {
    pub(super) step: Step,
    pub(super) until: Millis,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The agent goes Offline.
    Offline,
    /// Connect is told.
    LogOut,
    /// The CCP is loaded anew: one that answers is still signed in.
    Look,
}

impl Session {
    pub(super) fn sign_out_asked(&mut self, now: Millis, order: SignOut) {
        if self.leaving.is_some() {
            return; // It is under way; whoever asks again hears of its end.
        }
        let refused = match (self.gone, self.load, self.ccp) {
            (true, _, _) => Some(Error::ContainerRemoved),
            (false, Load::Live, Ccp::Alive) => Some(Error::ContactConnected),
            (false, _, _) => None,
        };
        if refused.is_some() {
            self.effects.push_back(Effect::SignOutDone(refused));
            return;
        }
        self.note(now, What::SignOutAsked);
        if self.status.phase == Phase::SignedOut {
            if !(self.idp_left && order.idp == IdpSession::AsConfigured) {
                self.log_out_of_idp(&order.idp);
            }
            self.effects.push_back(Effect::SignOutDone(None));
            return;
        }
        self.drop_attempt();
        self.retry_at = None;
        self.refused_until = None;
        self.agent_due = None;
        self.log_out_of_idp(&order.idp); // First, while the click still counts.
        let offline = order.offline && self.ccp == Ccp::Alive && self.agent.is_some();
        self.order = order;
        if offline {
            self.effects.push_back(Effect::SetOffline);
            self.leaving = Some(Leaving {
                step: Step::Offline,
                until: now + OFFLINE,
            });
        } else {
            self.log_out(now);
        }
    }

    /// The step under way is done.
    pub(super) fn left(&mut self, now: Millis, done: Step) {
        let Some(leaving) = self.leaving.filter(|leaving| leaving.step == done) else {
            return;
        };
        match leaving.step {
            Step::Offline => self.log_out(now),
            Step::LogOut => {
                self.leaving = Some(Leaving {
                    step: Step::Look,
                    until: now + LOOK,
                });
                self.reload(now);
            }
            Step::Look => {
                self.leaving = None;
                self.order = SignOut::default();
                self.unloaded(Ccp::Over);
                self.effects.push_back(Effect::UnloadCcp);
                self.session_over(now, Phase::SignedOut);
                self.effects.push_back(Effect::SignOutDone(None));
            }
        }
    }

    pub(super) fn tick_leaving(&mut self, now: Millis) {
        if let Some(leaving) = self.leaving.filter(|leaving| leaving.until <= now) {
            self.left(now, leaving.step);
        }
    }

    /// A page loaded where a signed-in CCP would speak: it gets a moment to do so.
    pub(super) fn ccp_loaded_while_leaving(&mut self, now: Millis) {
        if let Some(leaving) = self.leaving.as_mut()
            && leaving.step == Step::Look
        {
            leaving.until = leaving.until.min(now + LOOK_ANSWER);
        }
    }

    /// The CCP answered after all.
    pub(super) fn still_signed_in(&mut self, now: Millis) {
        self.leaving = None;
        self.lock_out(now, Error::SignOutFailed);
        let failed = Effect::SignOutDone(Some(Error::SignOutFailed));
        self.effects.push_back(failed);
    }

    /// A contact came while the agent was going Offline: Connect has not been told yet.
    pub(super) fn stays_for_the_contact(&mut self) {
        if self.leaving.is_some_and(|l| l.step == Step::Offline) {
            self.no_longer_leaves(Error::ContactConnected);
        }
    }

    /// Signing out cannot be brought to its end.
    pub(super) fn no_longer_leaves(&mut self, why: Error) {
        if self.leaving.take().is_some() {
            self.order = SignOut::default();
            self.effects.push_back(Effect::SignOutDone(Some(why)));
        }
    }

    fn log_out_of_idp(&mut self, session: &IdpSession) {
        let url = match session {
            IdpSession::AsConfigured => self.config.idp_logout.clone(),
            IdpSession::Stays => None,
            IdpSession::EndsAt(url) => Some(url.clone()),
        };
        if let Some(url) = url {
            self.idp_left = true;
            self.effects.push_back(Effect::LogOutOfIdp(url));
        }
    }

    fn log_out(&mut self, now: Millis) {
        self.effects.push_back(Effect::LogOut);
        self.leaving = Some(Leaving {
            step: Step::LogOut,
            until: now + LOG_OUT,
        });
    }
}

/// Streams' `setState` may never call back once a session is gone.
const OFFLINE: Span = Span::secs(3);
const LOG_OUT: Span = Span::secs(5);
const LOOK: Span = Span::secs(10);
const LOOK_ANSWER: Span = Span::millis(2500);
