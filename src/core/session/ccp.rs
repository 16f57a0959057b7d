//! What the CCP tells: that it loaded, answers, has an agent, or lost its session.

use super::{Ccp, Effect, Lifetime, Session};
use crate::core::agent::Agent;
use crate::core::error::Error;
use crate::core::millis::{Millis, Span};
use crate::core::phase::{Phase, Way};
use crate::core::record::{Record, SESSION};
use crate::core::timeline::What;

impl Session {
    pub(super) fn ccp_loaded(&mut self, now: Millis) {
        self.note(now, What::CcpLoaded);
        if matches!(self.ccp, Ccp::Loading { .. }) {
            self.ccp = Ccp::Loaded { at: now };
        }
    }

    pub(super) fn acknowledged(&mut self, now: Millis) {
        if matches!(self.ccp, Ccp::Alive | Ccp::Over) {
            return; // Streams' keepalive, or the last words of a CCP whose session is over.
        }
        self.note(now, What::Acknowledged);
        self.ccp = Ccp::Alive;
        self.refused_until = None;
        self.agent_due = Some(now + AGENT_PATIENCE);
        let way = self.end_attempt();
        let started = match way {
            Some(_) => Some(now),
            None => self
                .record
                .started
                .filter(|_| self.record.may_be_alive(now)),
        };
        self.record = Record {
            started,
            seen: Some(now),
            way: way.or(self.record.way),
        };
        self.effects.push_back(Effect::Save(self.record));
        self.warned = false;
        self.status.session = started.map(|started| Lifetime {
            started,
            ends: started + SESSION,
        });
        let waiting = if way.is_some() {
            Phase::SigningIn
        } else {
            Phase::Opening
        };
        self.change(now, waiting, way, None);
    }

    pub(super) fn kept_alive(&mut self, now: Millis) {
        // While a page is being replaced, the old one still answers.
        if matches!(self.ccp, Ccp::Loaded { .. }) {
            self.acknowledged(now);
        }
    }

    /// Ends the attempt because the CCP answered. The way that signed the agent in, if one did:
    /// an answer while a frame or window was only being tried says that a session was there.
    fn end_attempt(&mut self) -> Option<Way> {
        let attempt = self.attempt.take()?;
        self.expected.clear();
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

    pub(super) fn agent_seen(&mut self, now: Millis, agent: Agent) {
        if self.ccp == Ccp::Over {
            return; // The last words of a CCP whose session is over.
        }
        let changed = self.agent.as_ref() != Some(&agent);
        let expected = self.config.expected_user.as_ref();
        let stranger = expected.is_some_and(|user| *user != agent.username);
        let arrived = self.ccp == Ccp::Alive && self.status.phase != Phase::Ready;
        if stranger {
            self.note(now, What::AgentSeen);
            self.ccp = Ccp::Over;
            self.effects.push_back(Effect::UnloadCcp);
            self.forget_agent();
            self.status.session = None;
            self.fail(now, Error::IdentityMismatch);
            return;
        }
        self.agent = Some(agent);
        if arrived {
            self.note(now, What::AgentSeen);
            self.agent_due = None;
            let way = self.status.way;
            self.change(now, Phase::Ready, way, None);
        }
        if changed {
            self.effects.push_back(Effect::TellAgent);
        }
    }

    pub(super) fn auth_failed(&mut self, now: Millis) {
        self.note(now, What::AuthFailed);
        if self.status.phase == Phase::Ready {
            self.refused_until.get_or_insert(now + REFUSAL_GRACE);
        } else if self.ccp == Ccp::Alive && self.attempt.is_none() {
            // Another tab's worker answered, without a session that Connect takes.
            self.ccp = Ccp::Over;
            self.agent_due = None;
            self.begin(now);
        }
    }

    pub(super) fn session_lost(&mut self, now: Millis) {
        self.note(now, What::AuthFailed);
        if self.status.phase == Phase::Ready {
            self.session_over(now, Phase::Expired);
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
        if matches!(self.status.phase, Phase::Ready | Phase::Expired) {
            self.session_over(now, Phase::SignedOut);
        }
    }

    pub(super) fn session_over(&mut self, now: Millis, phase: Phase) {
        self.ccp = Ccp::Over;
        self.refused_until = None;
        self.record = Record {
            way: self.record.way,
            ..Record::default()
        };
        self.effects.push_back(Effect::Save(self.record));
        self.status.session = None;
        self.forget_agent();
        self.change(now, phase, None, None);
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
