//! What the rest of the phone means for call control.

use super::machine::Phone;
use super::state::State;
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
        let around = surroundings(&self.state);
        self.calls.asked(now, ticket, command, &around);
    }

    /// Call control does what follows from what has happened.
    pub(super) fn control_calls(&mut self, now: Millis) {
        let around = surroundings(&self.state);
        self.calls.step(now, &around);
        for effect in self.calls.take_effects() {
            self.order(effect);
        }
    }
}

/// What matters of the rest.
fn surroundings(state: &State) -> Surroundings<'_> {
    let phase = state.standing.phase();
    let off = match phase {
        Phase::Ready if state.conditions.is_offline() => {
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
    let audio = if phase == Phase::Ready {
        state.ccp.softphone.at
    } else {
        Audio::Unknown
    };
    Surroundings {
        agent: state.standing.agent(),
        off,
        hidden: matches!(phase, Phase::SignedOut | Phase::Failed | Phase::Closed),
        media: match (state.ccp.call_audio, audio) {
            (CallAudio::Lost | CallAudio::Gone, _) => Media::Lost,
            (CallAudio::Here, Audio::Here) => Media::Here,
            (CallAudio::Here, Audio::Elsewhere) => Media::Elsewhere,
            (CallAudio::Here, Audio::Unknown) => Media::Unknown,
        },
    }
}
