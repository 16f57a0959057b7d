//! Conditions that come and go without changing the phase: network, `WebSocket`, microphone.
//! (A silent CCP is one, too; its watchdog knows.)

use crate::error::Error;
use crate::microphone::{Fact, Microphone, Order};
use crate::phone::status::Phase;
use crate::time::{Millis, Span};

/// The conditions of one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Conditions {
    /// The browser has no network.
    offline: bool,
    socket: Socket,
    microphone: Microphone,
}

/// Connect's `WebSocket`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Socket {
    /// Connected, as far as anybody told.
    #[default]
    Connected,
    /// Just lost; the host is told when it still is at that moment.
    Dropped { tell_at: Millis },
    /// Lost, and the host knows.
    Lost,
}

impl Conditions {
    /// The condition that matters most in `phase`; `ccp` is what is wrong with the CCP, `elsewhere`
    /// whether calls ring in another window.
    pub(crate) fn error(&self, phase: Phase, ccp: Option<Error>, elsewhere: bool) -> Option<Error> {
        match phase {
            Phase::Closed | Phase::SignedOut => None,
            _ if self.offline => Some(Error::NetworkOffline),
            Phase::Ready if ccp.is_some() => ccp,
            Phase::Ready if self.socket == Socket::Lost => Some(Error::ConnectionLost),
            Phase::Ready if elsewhere => Some(Error::SoftphoneElsewhere),
            Phase::Ready => self.microphone.wrong(),
            Phase::Opening
            | Phase::SignInNeeded
            | Phase::SigningIn
            | Phase::Expired
            | Phase::Failed => None,
        }
    }

    /// Whether the browser has no network.
    pub(crate) const fn is_offline(&self) -> bool {
        self.offline
    }

    /// The browser has a network, or has none. Whether that is news.
    pub(crate) const fn set_offline(&mut self, offline: bool) -> bool {
        let news = self.offline != offline;
        self.offline = offline;
        news
    }

    /// The `WebSocket` was lost. Whether that is news.
    pub(crate) fn socket_lost(&mut self, now: Millis) -> bool {
        let news = self.socket == Socket::Connected;
        if news {
            self.socket = Socket::Dropped {
                tell_at: now + SOCKET_GRACE,
            };
        }
        news
    }

    /// The `WebSocket` is connected, or belongs to a CCP that is gone. Whether it was lost.
    pub(crate) fn socket_restored(&mut self) -> bool {
        std::mem::take(&mut self.socket) != Socket::Connected
    }

    /// When the host is told that the `WebSocket` is lost.
    pub(crate) const fn tell_socket_at(&self) -> Option<Millis> {
        match self.socket {
            Socket::Dropped { tell_at } => Some(tell_at),
            Socket::Connected | Socket::Lost => None,
        }
    }

    /// The `WebSocket` stayed lost.
    pub(crate) const fn socket_stayed_lost(&mut self) {
        self.socket = Socket::Lost;
    }

    /// Something happened to the microphone. What to do next.
    pub(crate) fn microphone(&mut self, fact: Fact) -> Option<Order> {
        self.microphone.handle(fact)
    }
}

/// Streams' WebSocket drops and reconnects with a change of network; the host is told only what lasts.
const SOCKET_GRACE: Span = Span::secs(3);
