//! Whose data the CCP tells: they are believed only once they are known to be younger than the sign-in.
//!
//! All tabs of a browser share a SharedWorker, and it outlives a sign-in. It greets a new CCP with the agent
//! that it remembers, who may be the one before; their configuration is renewed every 30 seconds only
//! (Streams 2.28.2, connect-streams.js, `ClientEngine`: `onconnect`, `pollForAgentConfiguration`).

use crate::agent::{Agent, Contacts};
use crate::error::Error;
use crate::phone::effect::{CcpEffect, MicrophoneEffect};
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::ticket::Outcome;
use crate::phone::timeline::TimelineEvent;
use crate::private::Private;
use crate::time::{Millis, Span};

/// How far the agent's data can be believed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Identity {
    /// The CCP has just connected. What it tells before it has answered a question is what its worker
    /// remembered.
    #[default]
    Connected,
    /// The worker remembered this agent, and Connect was asked whose session it is.
    Asked { seen: Agent, until: Millis },
    /// It is this user's, whose data are being loaded.
    Awaited {
        user: Private<String>,
        /// The snapshot that is another agent's: theirs is a newer one.
        but_not: Option<u64>,
        /// After another agent: what the last snapshot says of contacts, whosoever's they are.
        held: Option<Contacts>,
    },
    /// The data belong to the session.
    Known,
    /// They do, and before the phone is ready it is asked where the audio is.
    Listening { agent: Agent, until: Millis },
    /// It has been asked.
    Heard,
}

impl Phone {
    /// The CCP connected: from now on it may tell what its worker remembers.
    pub(super) fn doubt_agent(&mut self) {
        self.state.ccp.identity = Identity::Connected;
        self.state.ccp.softphone.forget();
        self.order(CcpEffect::Probe);
    }

    /// The CCP answered a question, so whatever it tells now is no memory.
    pub(super) fn trust_agent(&mut self) {
        let identity = &mut self.state.ccp.identity;
        if *identity == Identity::Connected {
            *identity = Identity::Known;
        }
    }

    /// Streams told about the agent.
    pub(super) fn agent_seen(&mut self, now: Millis, agent: Agent) {
        // Neither the last words of a CCP that goes count, nor the memory of a frozen worker.
        if self.state.is_signing_out() || !self.state.ccp.is_alive() || self.is_frozen() {
            return;
        }
        match &mut self.state.ccp.identity {
            Identity::Connected => {
                self.state.ccp.identity = Identity::Asked {
                    seen: agent,
                    until: now + PATIENCE,
                };
                self.order(CcpEffect::AskUser);
            }
            Identity::Asked { seen, .. } => *seen = agent,
            Identity::Awaited {
                user,
                but_not,
                held,
            } => {
                let older = but_not.is_some() && *but_not == self.state.ccp.freshness.taken();
                if *user != agent.username || older {
                    return;
                }
                let held = *held;
                self.state.ccp.identity = Identity::Known;
                if let Some(contacts) = held {
                    self.contacts_seen(now, contacts);
                }
                self.agent_arrived(now, agent);
            }
            Identity::Known | Identity::Listening { .. } | Identity::Heard => {
                let another = self.agent().is_some_and(|it| it.username != agent.username);
                let user = agent.username.clone();
                if another && self.state.ccp.freshness.taken().is_some() && !self.is_guarded(&user)
                {
                    return self.await_user(now, user, true);
                }
                self.agent_arrived(now, agent);
            }
        }
    }

    /// The session is this user's. After another agent, nothing of that one is shown or counts any more.
    fn await_user(&mut self, now: Millis, user: Private<String>, after_another: bool) {
        let mut but_not = None;
        if after_another {
            self.calls.forget();
            self.contacts_seen(now, Contacts::None);
            but_not = self.state.ccp.freshness.taken();
        }
        self.state.ccp.identity = Identity::Awaited {
            user,
            but_not,
            held: after_another.then_some(Contacts::None),
        };
        if let Some(ccp) = self.state.ccp.alive_mut()
            && but_not.is_some()
        {
            ccp.agent_due = Some(now + NEXT_AGENT);
        }
        if self.state.standing.is_ready() {
            self.stand_opening(now, None, None);
        }
        self.order(CcpEffect::ReloadAgent);
    }

    /// Whether that user may not use this phone.
    fn is_guarded(&self, user: &Private<String>) -> bool {
        let expected = self.config.expected_user.as_ref();
        expected.is_some_and(|expected| expected != user)
    }

    /// Connect said whose session it is; `None` when it did not.
    pub(crate) fn user_told(&mut self, now: Millis, user: Option<Private<String>>) {
        if user.is_some() {
            self.state.ccp.freshness.answered(now);
        }
        let Identity::Asked { seen, .. } = &self.state.ccp.identity else {
            return;
        };
        if self.state.is_signing_out() || !self.state.ccp.is_alive() {
            return;
        }
        if user.as_ref() == Some(&seen.username) {
            let agent = seen.clone();
            return self.agent_arrived(now, agent);
        }
        let expected = self.config.expected_user.clone();
        match (user, expected) {
            (Some(user), Some(expected)) if user != expected => self.mismatch(now),
            // Without an answer the expected agent is awaited rather than another one signed out.
            (None, None) => {
                let agent = seen.clone();
                self.order(CcpEffect::ReloadAgent);
                self.agent_arrived(now, agent);
            }
            (Some(user), _) => self.await_user(now, user, true),
            // Whose the contacts are, nobody says.
            (None, Some(user)) => self.await_user(now, user, false),
        }
    }

    /// The agent's data can be believed.
    fn agent_arrived(&mut self, now: Millis, agent: Agent) {
        if self.is_guarded(&agent.username) {
            return self.mismatch(now);
        }
        if let Some(ccp) = self.state.ccp.alive_mut() {
            ccp.agent_due = None;
        }
        if !self.ask_audio(now, &agent) {
            self.agent_ready(now, agent);
        }
    }

    /// The agent can work.
    pub(super) fn agent_ready(&mut self, now: Millis, agent: Agent) {
        if !self.state.standing.is_ready() {
            self.record(now, TimelineEvent::AgentSeen);
            if self.state.record.inactive {
                self.agent_is_here(); // They signed in elsewhere.
                self.save();
            }
            self.state.ccp.forget_restarts();
            self.state.retry.start_afresh();
            self.settle_sign_ins(&Ok(Outcome::Done));
        }
        // Before the first call. Once is enough: the microphone belongs to the page, not to the CCP.
        if agent.softphone && !std::mem::replace(&mut self.state.microphone_watched, true) {
            self.order(MicrophoneEffect::Watch);
        }
        let way = self.state.standing.way();
        self.stand(now, Standing::Ready { agent, way });
    }

    /// Another agent than the expected one is signed in.
    fn mismatch(&mut self, now: Millis) {
        self.record(now, TimelineEvent::AgentSeen);
        self.disable_ccp();
        self.fail(now, Error::IdentityMismatch);
    }
}

/// How long Connect may take to say whose session it is. Then the agent is believed who expects to be, and
/// the worker's next poll shows who is right.
const PATIENCE: Span = Span::secs(5);
/// How long the data of another agent may take: a poll for those of the one before may be under way.
const NEXT_AGENT: Span = Span::secs(45);
