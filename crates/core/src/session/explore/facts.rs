//! The facts that are tried, in every order.

use crate::agent::{Agent, Load};
use crate::chance::Chance;
use crate::error::Error;
use crate::millis::Span;
use crate::number::Number;
use crate::private::Private;
use crate::session::{IdpSession, Input, SignOut};

use super::world::{Turn, World};

/// A fact, or a change of the browser's mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    /// Time passes until the session wants to be woken.
    Wake,
    /// Half of that passes, and nobody wakes it.
    Pass,
    /// The computer sleeps for an hour.
    Sleep,
    /// From now on windows may open, or may not.
    Windows(bool),
    /// From now on the host calls the phone from inside its events, or does not.
    Reenters(bool),
    /// The oldest number comes back.
    ReturnsFirst,
    /// The newest number comes back.
    ReturnsLast,
    /// A number that nobody gave out.
    ReturnsForeign,
    Granted,
    /// The same, after another tab has signed in.
    GrantedAfterAnother,
    TurnLost,
    SignedInElsewhere,
    CcpLoaded,
    Acknowledged,
    KeptAlive,
    Agent,
    OtherAgent,
    AuthFailed,
    Authorized,
    SessionLost,
    Terminated,
    AccessDenied,
    StreamsGaveUp,
    Contact(Load),
    FrameLoaded,
    FrameAcknowledged,
    WindowClosed,
    Offline,
    Online,
    SocketLost,
    SocketGained,
    Microphone(bool),
    ContainerGone,
    ContainerBack,
    CcpDetached,
    SignInAsked,
    Clicked,
    SignOutAsked {
        offline: bool,
    },
    OfflineSet,
    LoggedOut,
    CloseAsked,
}

pub(super) const FACTS: [Fact; 47] = [
    Fact::Wake,
    Fact::Pass,
    Fact::Sleep,
    Fact::Windows(true),
    Fact::Windows(false),
    Fact::Reenters(true),
    Fact::Reenters(false),
    Fact::ReturnsFirst,
    Fact::ReturnsLast,
    Fact::ReturnsForeign,
    Fact::Granted,
    Fact::GrantedAfterAnother,
    Fact::TurnLost,
    Fact::SignedInElsewhere,
    Fact::CcpLoaded,
    Fact::Acknowledged,
    Fact::KeptAlive,
    Fact::Agent,
    Fact::OtherAgent,
    Fact::AuthFailed,
    Fact::Authorized,
    Fact::SessionLost,
    Fact::Terminated,
    Fact::AccessDenied,
    Fact::StreamsGaveUp,
    Fact::Contact(Load::Idle),
    Fact::Contact(Load::Wrapping),
    Fact::Contact(Load::Live),
    Fact::FrameLoaded,
    Fact::FrameAcknowledged,
    Fact::WindowClosed,
    Fact::Offline,
    Fact::Online,
    Fact::SocketLost,
    Fact::SocketGained,
    Fact::Microphone(true),
    Fact::Microphone(false),
    Fact::ContainerGone,
    Fact::ContainerBack,
    Fact::CcpDetached,
    Fact::SignInAsked,
    Fact::Clicked,
    Fact::SignOutAsked { offline: false },
    Fact::SignOutAsked { offline: true },
    Fact::OfflineSet,
    Fact::LoggedOut,
    Fact::CloseAsked,
];

impl World {
    /// The input that `fact` is now; `None` for one that cannot be, or that is no input.
    pub(super) fn input(&self, fact: Fact) -> Option<Input> {
        let mut numbers = self.session.expected.numbers().map(|(number, _)| number);
        Some(match fact {
            Fact::Windows(_) | Fact::Reenters(_) => return None,
            Fact::Wake | Fact::Pass | Fact::Sleep => Input::Tick,
            Fact::ReturnsFirst => Input::Returned(numbers.next()?.clone()),
            Fact::ReturnsLast => Input::Returned(numbers.last()?.clone()),
            Fact::ReturnsForeign => Input::Returned(Number::new([0xff; 16])),
            // Only who asked is granted; perhaps when it has just stopped asking.
            Fact::Granted if self.turn != Turn::None || self.may_come_late => {
                Input::TurnGranted(self.stored)
            }
            Fact::GrantedAfterAnother if self.turn != Turn::None || self.may_come_late => {
                let mut record = self.stored;
                record.started = Some(self.now);
                Input::TurnGranted(record)
            }
            Fact::Granted | Fact::GrantedAfterAnother => return None,
            Fact::TurnLost => Input::TurnLost,
            Fact::SignedInElsewhere => Input::SignedInElsewhere,
            Fact::CcpLoaded => Input::CcpLoaded,
            Fact::Acknowledged => Input::Acknowledged,
            Fact::KeptAlive => Input::KeptAlive,
            Fact::Agent => Input::AgentSeen(agent("ada@example.com")),
            Fact::OtherAgent => Input::AgentSeen(agent("grace@example.com")),
            Fact::AuthFailed => Input::AuthFailed,
            Fact::Authorized => Input::Authorized,
            Fact::SessionLost => Input::SessionLost,
            Fact::Terminated => Input::Terminated,
            Fact::AccessDenied => Input::AccessDenied,
            Fact::StreamsGaveUp => Input::StreamsGaveUp,
            Fact::Contact(load) => Input::ContactsSeen(load),
            Fact::FrameLoaded => Input::FrameLoaded,
            Fact::FrameAcknowledged => Input::FrameAcknowledged,
            Fact::WindowClosed => Input::WindowClosed,
            Fact::Offline => Input::Offline,
            Fact::Online => Input::Online,
            Fact::SocketLost => Input::SocketLost,
            Fact::SocketGained => Input::SocketGained,
            Fact::Microphone(wrong) => Input::MicrophoneIs(wrong.then_some(Error::MicrophoneLost)),
            Fact::ContainerGone => Input::ContainerGone,
            Fact::ContainerBack => Input::ContainerBack,
            Fact::CcpDetached => Input::CcpDetached,
            Fact::SignInAsked => Input::SignInAsked,
            Fact::Clicked => Input::Clicked,
            Fact::SignOutAsked { offline } => Input::SignOutAsked(SignOut {
                offline,
                idp: if offline {
                    IdpSession::EndsAt(Private::new("https://acme.okta.com/out".to_owned()))
                } else {
                    IdpSession::AsConfigured
                },
            }),
            Fact::OfflineSet => Input::OfflineSet,
            Fact::LoggedOut => Input::LoggedOut,
            Fact::CloseAsked => Input::CloseAsked,
        })
    }

    /// A fact for a random sequence: often one that leads on, so that deep states are met too.
    pub(super) fn likely(&self, chance: &mut Chance) -> Fact {
        const ON: [Fact; 10] = [
            Fact::CcpLoaded,
            Fact::Acknowledged,
            Fact::Agent,
            Fact::Agent,
            Fact::ReturnsLast,
            Fact::Granted,
            Fact::Contact(Load::Live),
            Fact::Contact(Load::Idle),
            Fact::Clicked,
            Fact::Online,
        ];
        let fact = match chance.within(Span::millis(10)).get() {
            0..=3 => one_of(chance, &ON),
            4..=5 => Fact::Wake,
            6 => Fact::Pass,
            _ => one_of(chance, &FACTS),
        };
        // Once closed it stays so: nine times out of ten the sequence goes on.
        if fact == Fact::CloseAsked && chance.within(Span::millis(10)).get() > 0 {
            return Fact::Wake;
        }
        fact
    }
}

pub(super) fn agent(username: &str) -> Agent {
    Agent {
        username: Private::new(username.to_owned()),
        name: Private::new("Ada Example".to_owned()),
        state: "Available".to_owned(),
        state_type: "routable".to_owned(),
    }
}

fn one_of(chance: &mut Chance, facts: &[Fact]) -> Fact {
    let at = chance.within(Span::millis(facts.len() as u64)).get();
    facts[usize::try_from(at).unwrap_or_default()]
}
