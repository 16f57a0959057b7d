//! What may be wrong around a phone that otherwise stands where it stands, and goes by itself.

use super::{Ccp, Input, Session};
use crate::error::Error;
use crate::millis::{Millis, Span};
use crate::phase::Phase;
use crate::signin::Attempt;
use crate::timeline::What;

/// The troubles of one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Trouble {
    /// The browser has no network.
    pub(super) offline: bool,
    /// The CCP stopped answering while a contact is live.
    pub(super) ccp_lost: bool,
    /// When the loss of Connect's WebSocket is told, once it is lost.
    pub(super) socket_due: Option<Millis>,
    pub(super) socket_lost: bool,
    /// What is wrong with the microphone.
    pub(super) microphone: Option<Error>,
}

impl Trouble {
    /// The trouble that matters most in that phase.
    pub(super) fn error(&self, phase: Phase) -> Option<Error> {
        match phase {
            Phase::Closed | Phase::SignedOut => None,
            _ if self.offline => Some(Error::NetworkOffline),
            Phase::Ready if self.ccp_lost => Some(Error::CcpLost),
            Phase::Ready if self.socket_lost => Some(Error::ConnectionLost),
            Phase::Ready => self.microphone.clone(),
            Phase::Opening
            | Phase::SignInNeeded
            | Phase::SigningIn
            | Phase::Expired
            | Phase::Failed => None,
        }
    }
}

impl Session {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what says the same twice says nothing, and the rest comes elsewhere"
    )]
    pub(super) fn around(&mut self, now: Millis, input: Input) {
        match input {
            Input::Offline if !self.trouble.offline => {
                self.note(now, What::Network { online: false });
                self.trouble.offline = true;
                self.retry_at = None;
            }
            Input::Online if self.trouble.offline => {
                self.note(now, What::Network { online: true });
                self.trouble.offline = false;
                self.online(now);
            }
            Input::SocketLost if self.trouble.socket_due.is_none() => {
                self.note(now, What::Socket { connected: false });
                self.trouble.socket_due = Some(now + SOCKET_GRACE);
            }
            Input::SocketGained if self.trouble.socket_due.is_some() => {
                self.note(now, What::Socket { connected: true });
                self.forget_socket();
            }
            Input::MicrophoneIs(error) => {
                let code = error.as_ref().map_or("", Error::code);
                self.note(now, What::Microphone(code));
                self.trouble.microphone = error;
            }
            _ => {}
        }
        self.refresh();
    }

    pub(super) fn forget_socket(&mut self) {
        self.trouble.socket_due = None;
        self.trouble.socket_lost = false;
    }

    /// When a lost WebSocket is told; `None` once it is.
    pub(super) fn socket_at(&self) -> Option<Millis> {
        self.trouble
            .socket_due
            .filter(|_| !self.trouble.socket_lost)
    }

    pub(super) fn socket_is_lost(&mut self) {
        self.trouble.socket_lost = true;
        self.refresh();
    }

    /// The network is back: what was given up for want of it goes on.
    fn online(&mut self, now: Millis) {
        self.retries = 0;
        let attempt = self.attempt.as_ref();
        let stuck = attempt.is_some_and(Attempt::is_stuck);
        let framed = attempt.is_some_and(Attempt::has_only_a_frame);
        if self.status.phase == Phase::SigningIn && (stuck || framed) {
            // What is in the frame by now is the browser's own page, which stays.
            self.drop_attempt();
            self.begin(now);
        } else if stuck {
            self.go(now);
        }
        match self.status.phase {
            Phase::Ready if self.is_loading() => self.reload(now),
            Phase::Ready => self.probe_soon(now),
            Phase::Opening if self.ccp == Ccp::Alive => self.probe_soon(now),
            Phase::Opening if self.attempt.is_none() && self.leaving.is_none() => self.reload(now),
            Phase::SignInNeeded | Phase::Expired | Phase::Failed => self.retry_soon(now),
            Phase::Opening | Phase::SigningIn | Phase::SignedOut | Phase::Closed => {}
        }
    }
}

/// Streams' WebSocket comes and goes with a change of the network; only what stays is told.
const SOCKET_GRACE: Span = Span::secs(3);
