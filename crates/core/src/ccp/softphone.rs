//! Where the agent's audio is: which of the CCPs in this browser has the softphone.
//!
//! Of all CCPs that share a SharedWorker, one is the softphone's master: calls ring and speak there. It keeps
//! the role until it says good-bye in `unload`, which a tab that is closed or reloaded no longer does
//! reliably (Chrome is switching the event off), and then nobody hears the calls.

use super::identity::Identity;
use crate::agent::{Agent, Contacts};
use crate::audio::{Audio, Softphone};
use crate::error::Error;
use crate::phone::effect::CcpEffect;
use crate::phone::machine::Phone;
use crate::phone::timeline::TimelineEvent;
use crate::time::{Millis, Span};

/// What is known of the audio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SoftphoneState {
    pub(crate) at: Audio,
    /// Whether it was known where it is since the CCP connected.
    known: bool,
    /// Whether this phone has taken it since its CCP connected or had it.
    taken: bool,
    /// Whether another page took it from this one: it is alive then, whatever its lock says, and taking it
    /// back would go on for ever.
    yielded: bool,
    /// Whether it is to be asked for, after this input.
    due: bool,
}

impl SoftphoneState {
    pub(super) const fn new() -> Self {
        Self {
            at: Audio::Unknown,
            known: false,
            taken: false,
            yielded: false,
            due: false,
        }
    }

    /// Whether it is known to be elsewhere.
    pub(crate) fn is_elsewhere(self) -> bool {
        self.at == Audio::Elsewhere
    }

    /// The CCP connects, or goes: nothing is known.
    pub(super) const fn forget(&mut self) {
        *self = Self {
            yielded: self.yielded,
            ..Self::new()
        };
    }
}

impl Phone {
    /// Where the agent's audio is.
    pub const fn audio(&self) -> Audio {
        if self.state.standing.is_ready() {
            self.state.ccp.softphone.at
        } else {
            Audio::Unknown
        }
    }

    /// Asks where the audio is, unless the agent has a desk phone. Whether the agent has to wait for the
    /// answer: a phone that is ready can take a call.
    pub(super) fn ask_audio(&mut self, now: Millis, agent: &Agent) -> bool {
        let ready = self.state.standing.is_ready();
        let ccp = &mut self.state.ccp;
        if let Identity::Listening { agent: seen, .. } = &mut ccp.identity {
            *seen = agent.clone();
            return true;
        }
        let waits = agent.softphone && !ready && ccp.identity != Identity::Heard;
        ccp.identity = if waits {
            Identity::Listening {
                agent: agent.clone(),
                until: now + PATIENCE,
            }
        } else {
            Identity::Heard
        };
        ccp.softphone.due = agent.softphone;
        if !agent.softphone {
            ccp.softphone.forget();
        }
        waits
    }

    /// Asks where the audio is, if that is due. The host has been told of the snapshot first: the question costs Streams
    /// more than the rest.
    pub(crate) fn ask_audio_if_due(&mut self) {
        if std::mem::take(&mut self.state.ccp.softphone.due) {
            self.order(CcpEffect::AskAudio);
        }
    }

    /// Who has the softphone.
    pub(super) fn softphone_told(&mut self, now: Millis, softphone: Softphone) {
        let listening = matches!(self.state.ccp.identity, Identity::Listening { .. });
        let awaited = listening || self.state.standing.is_ready();
        if !awaited || !self.state.ccp.is_alive() || self.state.is_signing_out() {
            return;
        }
        let live = self.state.ccp.has_live_contact();
        let audio = &mut self.state.ccp.softphone;
        let before = audio.at;
        audio.at = match softphone {
            Softphone::Here => Audio::Here,
            Softphone::Nobody => Audio::Unknown,
            Softphone::Elsewhere | Softphone::Orphaned => Audio::Elsewhere,
        };
        let lost = before == Audio::Here && audio.at == Audio::Elsewhere;
        let first = !std::mem::replace(&mut audio.known, true);
        match softphone {
            Softphone::Here => {
                audio.taken = false;
                audio.yielded = false;
            }
            Softphone::Nobody if first || before == Audio::Elsewhere => {
                self.order(CcpEffect::ReloadAgent);
            }
            Softphone::Orphaned if lost => audio.yielded = true,
            Softphone::Orphaned if !live && !audio.taken && !audio.yielded => {
                audio.taken = true;
                audio.at = Audio::Unknown;
                self.order(CcpEffect::TakeAudio);
            }
            Softphone::Nobody | Softphone::Elsewhere | Softphone::Orphaned => {}
        }
        let after = self.state.ccp.softphone.at;
        if after != before {
            self.record(now, TimelineEvent::Audio(after));
        }
        if lost {
            // Chrome's CCP keeps what it speaks with although another one has taken over, so both would
            // answer (Streams 2.28.2, `setupEventListenersForMultiTabUseInFirefox`).
            if self.state.ccp.contacts() == Contacts::None {
                self.reload(now);
            } else {
                self.state.ccp.reload_later();
            }
        }
        self.audio_heard(now);
    }

    /// It is known where the audio is, or it takes too long to tell: the agent need not wait.
    pub(crate) fn audio_heard(&mut self, now: Millis) {
        if let Identity::Listening { agent, .. } = &self.state.ccp.identity {
            let agent = agent.clone();
            self.state.ccp.identity = Identity::Heard;
            self.agent_ready(now, agent);
        }
    }

    /// Whether a click brings the audio here. Not while a contact is live: they would not be heard any more.
    pub(crate) fn can_take_audio(&self) -> bool {
        let elsewhere = self.status().error == Some(Error::SoftphoneElsewhere);
        elsewhere && !self.state.ccp.has_live_contact()
    }

    /// The agent wants the audio here.
    pub(crate) fn take_audio(&mut self) {
        self.state.ccp.softphone.yielded = false;
        self.order(CcpEffect::TakeAudio);
    }
}

/// How long a phone is not ready because it is not known where the audio is. The answer takes a few
/// milliseconds, because no network is involved.
const PATIENCE: Span = Span::millis(300);
