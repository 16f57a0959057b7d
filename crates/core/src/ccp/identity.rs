//! Whose data the CCP tells: they are believed only once they are known to be younger than the sign-in.
//!
//! All tabs of a browser share a SharedWorker, and it outlives a sign-in. It greets a new CCP with the agent
//! that it remembers, who may be the one before; their configuration is renewed every 30 seconds only
//! (Streams 2.28.2, connect-streams.js, `ClientEngine`: `onconnect`, `pollForAgentConfiguration`).

use crate::agent::Agent;
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
    Awaited(Private<String>),
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
        // The last words of a CCP that goes do not count.
        if self.state.is_signing_out() || !self.state.ccp.is_alive() {
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
            Identity::Awaited(user) if *user != agent.username => {}
            Identity::Awaited(_)
            | Identity::Known
            | Identity::Listening { .. }
            | Identity::Heard => {
                self.agent_arrived(now, agent);
            }
        }
    }

    /// Connect said whose session it is; `None` when it did not.
    pub(crate) fn user_told(&mut self, now: Millis, user: Option<Private<String>>) {
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
            (Some(user), _) | (None, Some(user)) => {
                self.state.ccp.identity = Identity::Awaited(user);
                self.order(CcpEffect::ReloadAgent);
            }
        }
    }

    /// The agent's data can be believed.
    fn agent_arrived(&mut self, now: Millis, agent: Agent) {
        let expected = self.config.expected_user.as_ref();
        if expected.is_some_and(|user| *user != agent.username) {
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
