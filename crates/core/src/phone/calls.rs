//! What the rest of the phone means for call control.

use super::machine::Phone;
use super::status::Phase;
use super::ticket::Ticket;
use crate::audio::Audio;
use crate::call_control::Surroundings;
use crate::call_control::command::Command;
use crate::call_control::contact::Media;
use crate::ccp::replaced::CallAudio;
use crate::error::Error;
use crate::time::Millis;

impl Phone {
    /// The host calls for something that is done with contacts.
    pub(super) fn commanded(&mut self, now: Millis, ticket: Ticket, command: Command) {
        let mut calls = std::mem::take(&mut self.calls);
        calls.asked(now, ticket, command, &self.surroundings());
        self.calls = calls;
    }

    /// Call control does what follows from what has happened.
    pub(super) fn control_calls(&mut self, now: Millis) {
        let mut calls = std::mem::take(&mut self.calls);
        calls.step(now, &self.surroundings());
        for effect in calls.take_effects() {
            self.order(effect);
        }
        self.calls = calls;
    }

    fn surroundings(&self) -> Surroundings<'_> {
        let phase = self.phase();
        let off = match phase {
            Phase::Ready if self.state.conditions.is_offline() => {
                Some((Error::NetworkOffline, "There is no network."))
            }
            Phase::Ready => None,
            Phase::Expired => Some((Error::SessionEnded, "Your session has ended.")),
            Phase::Closed => Some((Error::Closed, "The phone is closed.")),
            Phase::Opening
            | Phase::SignInNeeded
            | Phase::SigningIn
            | Phase::SignedOut
            | Phase::Failed => {
                let why = "The phone is not ready.";
                Some((Error::NotPossibleNow { why: why.into() }, why))
            }
        };
        Surroundings {
            agent: self.agent(),
            off,
            hidden: matches!(phase, Phase::SignedOut | Phase::Failed | Phase::Closed),
            media: match (self.state.ccp.call_audio, self.audio()) {
                (CallAudio::Lost | CallAudio::Gone, _) => Media::Lost,
                (CallAudio::Here, Audio::Here) => Media::Here,
                (CallAudio::Here, Audio::Elsewhere) => Media::Elsewhere,
                (CallAudio::Here, Audio::Unknown) => Media::Unknown,
            },
        }
    }
}
