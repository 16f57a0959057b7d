//! What the CCP tells: that it loaded, answers, has an agent, or lost its session.

use super::leaving::Step;
use super::{Ccp, Effect, Session};
use crate::agent::{Agent, Load};
use crate::error::Error;
use crate::millis::{Millis, Span};
use crate::phase::{Phase, Way};
use crate::record::Record;
use crate::timeline::What;

impl Session {
    pub(super) fn ccp_loaded(&mut self, now: Millis) {
        self.note(now, What::CcpLoaded);
        if matches!(self.ccp, Ccp::Loading { .. }) {
            self.ccp = Ccp::Loaded { at: now };
            self.ccp_loaded_while_leaving(now);
        }
    }

    pub(super) fn acknowledged(&mut self, now: Millis) {
        match self.ccp {
            Ccp::Loading { .. } | Ccp::Loaded { .. } => {}
            // Streams' own popup may bring it back.
            Ccp::Over if self.leaves_it_to_streams() && self.status.phase == Phase::Expired => {}
            Ccp::Alive => {
                // It was loaded anew by itself, after a refusal for example, and has a session.
                self.refused_until = None;
                return self.heard(now);
            }
            Ccp::Over => return, // The last words of a CCP whose session is over.
        }
        self.note(now, What::Acknowledged);
        if let Some(leaving) = self.leaving {
            if leaving.step == Step::Look {
                self.still_signed_in(now);
            }
            return;
        }
        self.ccp = Ccp::Alive;
        self.idp_left = false;
        self.heard(now);
        self.refused_until = None;
        self.retry_at = None;
        self.agent_due = Some(now + AGENT_PATIENCE);
        let way = self.end_attempt();
        let length = self.config.session_length;
        let started = match way {
            Some(_) => Some(now),
            None => self
                .record
                .started
                .filter(|_| self.record.may_be_alive(now, length)),
        };
        self.record = Record {
            started,
            seen: Some(now),
            way: way.or(self.record.way),
        };
        self.effects.push_back(Effect::Save(self.record));
        match started {
            Some(started) => self.lasts_from(started),
            None => self.lasts_no_longer(),
        }
        if self.status.phase == Phase::Ready {
            return; // Loaded anew without a word, for a new session.
        }
        let waiting = if way.is_some() {
            Phase::SigningIn
        } else {
            Phase::Opening
        };
        self.change(now, waiting, way, None);
    }

    pub(super) fn kept_alive(&mut self, now: Millis) {
        match self.ccp {
            // While a page is being replaced, the old one still answers.
            Ccp::Loading { .. } | Ccp::Over => {}
            Ccp::Loaded { .. } => self.acknowledged(now),
            Ccp::Alive => self.heard(now),
        }
    }

    /// Ends the attempt because the CCP answered. The way that signed the agent in, if one did:
    /// an answer while a frame or window was only being tried says that a session was there.
    fn end_attempt(&mut self) -> Option<Way> {
        let attempt = self.attempt.take()?;
        self.expected.clear();
        if attempt.is_open() {
            self.effects.push_back(Effect::TellSignedIn);
        }
        if attempt.frame.is_some() {
            self.effects.push_back(Effect::CloseFrame);
        }
        if attempt.window.is_some() {
            self.effects.push_back(Effect::CloseWindow);
        }
        match (attempt.returned, attempt.window, attempt.frame) {
            (Some(returned), _, _) => Some(returned.way),
            (None, Some(_), _) => Some(Way::Popup),
            (None, None, Some(frame)) if frame.looked => Some(Way::Frame),
            (None, None, Some(_) | None) => None,
        }
    }

    pub(super) fn contacts_seen(&mut self, now: Millis, load: Load) {
        if self.load == load || self.is_loading() {
            return;
        }
        if self.ccp == Ccp::Over && self.load.with(load) != self.load {
            return; // A contact may outlive its session; none begins without one.
        }
        if (self.load == Load::Live) != (load == Load::Live) {
            let live = load == Load::Live;
            self.note(now, What::Contact { live });
        }
        self.load = load;
        if load == Load::Live {
            self.stays_for_the_contact();
        }
        if self.reload_due && load == Load::Idle {
            self.reload(now);
        } else if self.status.phase == Phase::Expired && load != Load::Live {
            self.try_quietly(now);
        }
    }

    pub(super) fn agent_seen(&mut self, now: Millis, agent: Agent) {
        if self.ccp != Ccp::Alive || self.leaving.is_some() {
            return; // The last words of a CCP that goes.
        }
        let changed = self.agent.as_ref() != Some(&agent);
        let expected = self.config.expected_user.as_ref();
        self.agent_due = None;
        if expected.is_some_and(|user| *user != agent.username) {
            self.note(now, What::AgentSeen);
            self.lock_out(now, Error::IdentityMismatch);
            return;
        }
        self.agent = Some(agent);
        if self.status.phase != Phase::Ready {
            self.note(now, What::AgentSeen);
            self.restarts = 0;
            self.retries = 0;
            self.retry_at = None;
            let way = self.status.way;
            self.change(now, Phase::Ready, way, None);
        }
        if changed {
            self.effects.push_back(Effect::TellAgent);
        }
    }

    /// Takes the CCP out of use: whoever it belongs to is not to have it.
    pub(super) fn lock_out(&mut self, now: Millis, why: Error) {
        self.unloaded(Ccp::Over);
        self.effects.push_back(Effect::UnloadCcp);
        self.forget_agent();
        self.lasts_no_longer();
        self.fail(now, why);
    }

    pub(super) fn auth_failed(&mut self, now: Millis) {
        self.note(now, What::AuthFailed);
        if self.status.phase == Phase::Ready {
            self.refused_until.get_or_insert(now + REFUSAL_GRACE);
        } else if self.ccp == Ccp::Alive && self.attempt.is_none() && self.leaving.is_none() {
            // Another tab's worker answered, without a session that Connect takes.
            if self.load == Load::Live {
                self.session_over(now, Phase::Expired);
                return;
            }
            self.agent_due = None;
            if self.leaves_it_to_streams() {
                self.unloaded(Ccp::Loaded { at: now }); // Its popup is about to come.
            } else {
                self.unloaded(Ccp::Over);
                self.change(now, Phase::Opening, None, None);
                self.begin(now);
            }
        }
    }

    pub(super) fn session_lost(&mut self, now: Millis) {
        self.note(now, What::AuthFailed);
        if self.status.phase == Phase::Ready {
            self.session_over(now, Phase::Expired);
        }
    }

    /// Connect answers 403. During a contact that is only told: the line may still stand.
    pub(super) fn access_denied(&mut self, now: Millis) {
        self.note(now, What::AccessDenied);
        if self.ccp != Ccp::Alive || self.leaving.is_some() {
            return;
        }
        if self.load == Load::Live {
            let told = Effect::TellDiagnostic(Error::AccessDenied.to_string());
            self.effects.push_back(told);
            return;
        }
        self.unloaded(Ccp::Over);
        self.forget_agent();
        self.fail(now, Error::AccessDenied);
    }

    pub(super) fn streams_gave_up(&mut self, now: Millis) {
        self.note(now, What::StreamsGaveUp);
        if self.leaves_it_to_streams() && self.ccp != Ccp::Alive && self.leaving.is_none() {
            self.fail(now, Error::SignInTimeout { way: Way::Streams });
        }
    }

    /// The agent is gone; the host hears of it.
    pub(super) fn forget_agent(&mut self) {
        if self.agent.take().is_some() {
            self.effects.push_back(Effect::TellAgent);
        }
    }

    pub(super) fn terminated(&mut self, now: Millis) {
        self.note(now, What::Terminated);
        let had_session = matches!(self.status.phase, Phase::Ready | Phase::Expired)
            || (self.status.phase == Phase::Opening && self.ccp == Ccp::Alive);
        if had_session && self.leaving.is_none() {
            self.session_over(now, Phase::SignedOut);
        }
    }

    /// The session is over: `phase` is `Expired` or `SignedOut`.
    pub(super) fn session_over(&mut self, now: Millis, phase: Phase) {
        // Not `unloaded`: a contact may outlive the session.
        self.ccp = Ccp::Over;
        self.drop_attempt();
        self.reload_due = false;
        self.refused_until = None;
        self.agent_due = None;
        self.trouble.ccp_lost = false;
        self.forget_socket();
        self.record = Record {
            way: self.record.way,
            ..Record::default()
        };
        self.effects.push_back(Effect::Save(self.record));
        self.lasts_no_longer();
        self.forget_agent();
        let ended = (phase == Phase::Expired).then_some(Error::SessionEnded);
        self.change(now, phase, None, ended);
        if phase == Phase::Expired {
            self.try_quietly(now);
        } else {
            self.load = Load::Idle;
        }
    }

    pub(super) fn container_gone(&mut self, now: Millis) {
        if self.gone {
            return;
        }
        self.note(now, What::Container { present: false });
        self.gone = true;
        self.detached = true;
        self.signed_out = self.status.phase == Phase::SignedOut;
        self.no_longer_leaves(Error::ContainerRemoved);
        self.retry_at = None;
        self.unloaded(Ccp::Over);
        self.forget_agent();
        self.fail(now, Error::ContainerRemoved);
    }

    pub(super) fn container_back(&mut self, now: Millis) {
        if !self.gone {
            return;
        }
        self.note(now, What::Container { present: true });
        self.gone = false;
        if self.signed_out {
            self.change(now, Phase::SignedOut, None, None); // Nobody is signed in by going to and fro.
        } else {
            self.rebuild(now);
            self.change(now, Phase::Opening, None, None);
        }
    }

    pub(super) fn ccp_detached(&mut self, now: Millis) {
        if self.gone {
            return;
        }
        self.detached = true;
        if matches!(self.status.phase, Phase::SignedOut | Phase::Failed) {
            self.unloaded(Ccp::Over); // It is rebuilt as soon as it is needed.
            return;
        }
        // Whatever call was in it went with its window.
        self.agent_due = None;
        self.refused_until = None;
        self.forget_agent();
        self.drop_attempt();
        self.rebuild(now);
        self.change(now, Phase::Opening, None, None);
    }
}

impl Ccp {
    /// Whether it could have answered by now, so that loading it anew interrupts nothing.
    pub(super) fn had_its_time(self, now: Millis) -> bool {
        match self {
            Self::Loading { since } => since + LOOK_LOAD <= now,
            Self::Loaded { at } => at + LOOK_ANSWER <= now,
            Self::Alive | Self::Over => true,
        }
    }
}

/// The same while sign-in is under way, where a look too early would interrupt it.
const LOOK_LOAD: Span = Span::secs(10);
const LOOK_ANSWER: Span = Span::millis(1200);
/// How long the agent's data may take once the CCP answers.
const AGENT_PATIENCE: Span = Span::secs(15);
/// AUTH_FAIL may be followed by AUTHORIZE_SUCCESS (amazon-connect-streams issues 969 and 1058).
const REFUSAL_GRACE: Span = Span::secs(5);
