//! The CCP: what it tells, and what becomes of it.

pub(crate) mod conditions;
pub(crate) mod container;
pub(crate) mod cookies;
mod environment;
pub(crate) mod freshness;
pub(crate) mod identity;
pub(crate) mod inactivity;
pub(crate) mod link;
mod renewal;
pub(crate) mod replaced;
mod restart;
pub(crate) mod session;
pub(crate) mod softphone;
pub(crate) mod watchdog;

use crate::agent::Contacts;
use crate::error::Error;
use crate::phone::effect::{CcpEffect, News, SignInEffect, TabsEffect};
use crate::phone::input::CcpFact;
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::status::Phase;
use crate::phone::timeline::TimelineEvent;
use crate::sign_in::record::Record;
use crate::time::{Millis, Span};
use crate::way::Way;
use identity::Identity;
use link::Link;
use watchdog::Verdict;

impl Phone {
    /// The CCP told something, or Streams on its behalf.
    pub(crate) fn ccp_told(&mut self, now: Millis, fact: CcpFact) {
        match fact {
            CcpFact::Loaded => self.ccp_loaded(now),
            CcpFact::Detached => self.ccp_detached(now),
            CcpFact::Cookies(fact) => self.cookies_told(now, fact),
            CcpFact::Acknowledged => self.acknowledged(now),
            CcpFact::KeptAlive => self.kept_alive(now),
            CcpFact::DataSeen(taken) => self.data_seen(now, taken),
            CcpFact::AgentSeen(agent) => self.agent_seen(now, agent),
            CcpFact::UserTold(user) => self.user_told(now, user),
            CcpFact::SoftphoneTold(softphone) => self.softphone_told(now, softphone),
            CcpFact::AuthFailed => self.auth_failed(now),
            CcpFact::CommandRefused => self.command_refused(now),
            CcpFact::Authorized => {
                self.record(now, TimelineEvent::Authorized);
                self.session_accepted();
            }
            CcpFact::SessionLost => self.session_lost(now),
            CcpFact::PollEnded => {
                if self.state.ccp.is_alive() {
                    self.state.ccp.freshness.poll_ended();
                }
                self.session_lost(now);
            }
            CcpFact::Terminated => self.terminated(now),
            CcpFact::AccessDenied => self.access_denied(now),
            CcpFact::StreamsGaveUp => self.streams_gave_up(now),
            CcpFact::InactivityWarning { ends } => self.inactivity_warned(now, ends),
            CcpFact::WarningCleared => self.warning_cleared(now),
            CcpFact::ActivityTaken => self.activity_taken(),
            CcpFact::ActivityRefused => self.activity_refused(now),
        }
    }

    fn acknowledged(&mut self, now: Millis) {
        let cookies = self.state.cookies;
        match self.state.ccp.link() {
            // Amazon's page is there, or on its way: these are the last words of the CCP before it.
            _ if cookies.are_asked_for() || cookies.are_blocked() => return,
            Link::Loading { .. } | Link::Loaded { .. } => {}
            // Streams' own popup may bring it back.
            Link::Over if self.streams_signs_in() && self.phase() == Phase::Expired => {}
            Link::Alive(_) => {
                // It reloaded itself, after a refusal for example, and has a session.
                self.calls.disconnected();
                self.session_accepted();
                self.doubt_agent();
                return self.ccp_spoke(now);
            }
            Link::Over => return, // The last words of a CCP whose session is over.
        }
        self.record(now, TimelineEvent::Acknowledged);
        self.calls.disconnected();
        if self.state.is_signing_out() {
            return self.acknowledged_during_sign_out(now);
        }
        self.state.record.late = self
            .state
            .ccp
            .answered_late(now)
            .map(|span| span.min(LATEST));
        self.state.ccp.answered(now);
        self.doubt_agent();
        self.state.retry.cancel();
        let came = self.state.cookies.take_way();
        let way = self.end_attempt().or(came);
        self.state.record.asks_cookies |= came.is_some(); // It had not answered without asking for them.
        self.session_seen(now, way.is_some());
        self.state.record.seen = Some(now);
        self.state.record.way = way.or(self.state.record.way);
        self.save();
        if self.state.standing.is_ready() {
            return; // A quiet reload after a renewal: the host is not told.
        }
        match way {
            Some(_) => self.stand(now, Standing::SigningIn { way }),
            None => self.stand_opening(now, None, None),
        }
    }

    /// A session is there; `fresh` is whether a sign-in has just begun it.
    fn session_seen(&mut self, now: Millis, fresh: bool) {
        let length = self.config.session_length;
        self.state.inactivity.session_seen(now);
        let record = &mut self.state.record;
        record.started = if fresh {
            Some(now)
        } else {
            record.started.filter(|_| record.may_be_alive(now, length))
        };
        match record.started {
            Some(started) => self.state.session.began(started, length),
            None => self.state.session.forget(),
        }
    }

    fn kept_alive(&mut self, now: Millis) {
        match self.state.ccp.link() {
            // While a page is being replaced, the old one still answers.
            Link::Loading { .. } | Link::Over => {}
            Link::Loaded { .. } => self.acknowledged(now),
            Link::Alive(_) => {
                self.trust_agent();
                self.ccp_spoke(now);
            }
        }
    }

    /// Ends the attempt because the CCP answered. The way that signed the agent in, if one did.
    fn end_attempt(&mut self) -> Option<Way> {
        let attempt = self.state.take_attempt()?;
        if attempt.ccp_was_only_slow() {
            self.state.record.ends_there = false;
        }
        if attempt.is_open() {
            self.order(TabsEffect::TellSignedIn);
        }
        if attempt.frame.is_some() {
            self.order(SignInEffect::CloseFrame);
        }
        if attempt.window.is_some() {
            self.order(SignInEffect::CloseWindow);
        }
        attempt.way_that_worked()
    }

    /// The contacts keep the agent this busy.
    pub(crate) fn contacts_seen(&mut self, now: Millis, contacts: Contacts) {
        let before = self.state.ccp.contacts();
        if self.state.ccp.is_loading() {
            return;
        }
        if let Identity::Awaited {
            held: Some(held), ..
        } = &mut self.state.ccp.identity
        {
            *held = contacts;
            return;
        }
        self.state.ccp.call_audio = self.state.ccp.call_audio.after(contacts);
        if before == contacts {
            return;
        }
        if self.state.ccp.is_over() && before.with(contacts) != before {
            return; // A contact may outlive its session; none begins without one.
        }
        let live = contacts == Contacts::Live;
        if live != (before == Contacts::Live) {
            self.record(now, TimelineEvent::Contact { live });
        }
        self.state.ccp.set_contacts(contacts);
        if live {
            self.contact_came_during_sign_out();
        }
        if self.state.ccp.is_reload_due() {
            self.reload(now);
        } else if self.phase() == Phase::Expired && !live {
            self.go_on_without_session(now);
        }
    }

    fn auth_failed(&mut self, now: Millis) {
        self.record(now, TimelineEvent::AuthFailed);
        if self.state.standing.is_ready() {
            let grace = if self.state.ccp.has_live_contact() {
                REFUSAL_GRACE_IN_CALL
            } else {
                REFUSAL_GRACE
            };
            // AUTHORIZE_SUCCESS may follow.
            if let Some(ccp) = self.state.ccp.alive_mut() {
                ccp.refused_until.get_or_insert(now + grace);
            }
        } else if self.state.ccp.is_alive() && self.state.activity_is_idle() {
            // Another tab's worker answered, without a session that Connect accepts.
            if self.state.ccp.has_live_contact() {
                self.session_expired(now);
            } else if self.streams_signs_in() {
                self.unloaded(Link::Loaded { at: now }); // Its popup is about to come.
            } else {
                self.unloaded(Link::Over);
                self.stand_opening(now, None, None);
                self.start_attempt(now);
            }
        }
    }

    /// Connect accepted the session after all.
    pub(super) fn session_accepted(&mut self) {
        if let Some(ccp) = self.state.ccp.alive_mut() {
            ccp.refused_until = None;
        }
    }

    fn session_lost(&mut self, now: Millis) {
        self.record(now, TimelineEvent::AuthFailed);
        if self.state.standing.is_ready() {
            self.session_expired(now);
        }
    }

    /// Connect answers 403. During a contact it is only told: the line may still stand.
    fn access_denied(&mut self, now: Millis) {
        self.record(now, TimelineEvent::AccessDenied);
        if !self.state.ccp.is_alive() || self.state.is_signing_out() {
            return;
        }
        self.state.ccp.freshness.poll_ended();
        if self.state.ccp.has_live_contact() {
            self.order(News::Diagnostic(Error::AccessDenied.to_string()));
            return;
        }
        self.unloaded(Link::Over);
        self.fail(now, Error::AccessDenied);
    }

    fn streams_gave_up(&mut self, now: Millis) {
        self.record(now, TimelineEvent::StreamsGaveUp);
        let over = self.state.ccp.is_alive() || self.state.is_signing_out();
        if self.streams_signs_in() && !over {
            self.fail(now, Error::SignInTimeout { way: Way::Streams });
        }
    }

    fn terminated(&mut self, now: Millis) {
        self.record(now, TimelineEvent::Terminated);
        if self.state.is_signing_out() {
            return self.logged_out(now); // What signing out waits for.
        }
        let had_session = match self.phase() {
            Phase::Ready | Phase::Expired => true,
            Phase::Opening => self.state.ccp.is_alive(),
            Phase::SignInNeeded
            | Phase::SigningIn
            | Phase::SignedOut
            | Phase::Failed
            | Phase::Closed => false,
        };
        if had_session {
            self.signed_out(now, false);
        }
    }

    /// The session ended, and the agent did not end it.
    pub(crate) fn session_expired(&mut self, now: Millis) {
        self.session_over();
        self.stand(now, Standing::Expired);
        self.go_on_without_session(now);
    }

    /// A new session is tried for at once, unless the agent was inactive.
    pub(super) fn go_on_without_session(&mut self, now: Millis) {
        if !self.is_inactive() {
            self.try_silently(now);
        } else if !self.state.ccp.has_live_contact() {
            self.stay_signed_out(now);
        }
    }

    /// The agent signed out; `idp_signed_out` is whether the identity provider was told, too.
    pub(crate) fn signed_out(&mut self, now: Millis, idp_signed_out: bool) {
        self.session_over();
        self.state.ccp.set_contacts(Contacts::None);
        self.stand(now, Standing::SignedOut { idp_signed_out });
    }

    fn session_over(&mut self) {
        // Not `unloaded`: a contact may outlive the session.
        self.state.ccp.session_over();
        self.drop_attempt();
        self.state.conditions.socket_restored();
        self.state.record = Record {
            started: None,
            seen: None,
            inactive: self.is_inactive(),
            ..self.state.record
        };
        self.state.inactivity.calm();
        self.save();
        self.state.session.forget();
    }

    /// The CCP said something.
    fn ccp_spoke(&mut self, now: Millis) {
        if let Some(ccp) = self.state.ccp.alive_mut()
            && ccp.watchdog.spoke(now)
        {
            self.record(now, TimelineEvent::Acknowledged);
        }
    }

    /// The watchdog's timer: the CCP has been silent.
    pub(crate) fn watch_ccp(&mut self, now: Millis) {
        let live = self.state.ccp.carries_call();
        let Some(ccp) = self.state.ccp.alive_mut() else {
            return;
        };
        match ccp.watchdog.check(now) {
            Verdict::Probe => self.order(CcpEffect::Probe),
            // A contact may be connected in it; the agent decides.
            Verdict::Lost if live => {
                if ccp.watchdog.lose() {
                    self.record(now, TimelineEvent::CcpLost);
                }
            }
            Verdict::Lost => {
                self.record(now, TimelineEvent::CcpLost);
                self.restart(now, Error::CcpLost);
            }
        }
    }

    /// Asks the CCP for a sign of life at once.
    pub(crate) fn probe_soon(&mut self, now: Millis) {
        if let Some(ccp) = self.state.ccp.alive_mut() {
            ccp.watchdog.hurry(now);
        }
    }
}

/// The longest time that is remembered; a CCP that takes longer is not waited for.
const LATEST: Span = Span::secs(3);
/// AUTH_FAIL may be followed by AUTHORIZE_SUCCESS (amazon-connect-streams issues 969 and 1058).
const REFUSAL_GRACE: Span = Span::secs(5);
/// The CCP reloads itself up to 16 s after a refusal (Streams 2.28.2, connect-streams.js,
/// `_handleAuthorizeFail`); who is on the phone is not told before it had the time.
const REFUSAL_GRACE_IN_CALL: Span = Span::secs(20);
