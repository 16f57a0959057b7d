//! The facts that are tried, in every order.

use super::world::World;
use crate::agent::Contacts;
use crate::audio::Softphone;
use crate::config::Sso;
use crate::error::{Blocked, Policy};
use crate::host_value::HostValue;
use crate::jitter::Jitter;
use crate::microphone::{self, Permission};
use crate::phone::input::{
    CcpFact, Condition, CookiesFact, Input, PageFact, SignInFact, SignOutFact, TabsFact,
};
use crate::phone::ticket::Call;
use crate::private::Private;
use crate::sign_in::nonce::Nonce;
use crate::sign_out::request::{IdpSession, SignOutRequest};
use crate::testing::browser::Lock;
use crate::testing::samples::{SSO, agent, config};
use crate::time::Span;

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
    LockGranted,
    /// The same, after another tab has signed in.
    LockGrantedAfterAnother,
    LockStolen,
    SignedInElsewhere,
    CcpLoaded,
    Acknowledged,
    KeptAlive,
    Agent,
    OtherAgent,
    /// The worker sends a newer snapshot, or the one that it has sent.
    DataSeen {
        newer: bool,
    },
    /// Another tab restarts the worker.
    Restart {
        asked: bool,
    },
    /// Whose session it is: the agent's, the other's, or nobody knows.
    UserTold(Option<bool>),
    SoftphoneTold(Softphone),
    AuthFailed,
    CommandRefused,
    Authorized,
    SessionLost,
    PollEnded,
    Terminated,
    AccessDenied,
    StreamsGaveUp,
    Cookies(CookiesFact),
    InactivityWarning,
    WarningCleared,
    ActivityTaken,
    ActivityRefused,
    HostActive,
    StayActiveCalled,
    Contact(Contacts),
    FrameLoaded,
    FrameAcknowledged,
    /// The host answers with an SSO Login URL, or with none.
    UrlTold(bool),
    WindowClosed,
    Offline,
    Online,
    SocketLost,
    SocketRestored,
    Microphone(bool),
    ContainerRemoved,
    ContainerBack,
    ContainerEmptied,
    CcpBlocked,
    SignInBlocked,
    CcpDetached,
    SignInCalled,
    PromptClicked,
    SignOutCalled {
        offline: bool,
    },
    OfflineSet,
    LoggedOut,
    StreamsArrived,
    CloseCalled,
}

pub(super) const FACTS: [Fact; 76] = [
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
    Fact::LockGranted,
    Fact::LockGrantedAfterAnother,
    Fact::LockStolen,
    Fact::SignedInElsewhere,
    Fact::CcpLoaded,
    Fact::Acknowledged,
    Fact::KeptAlive,
    Fact::Agent,
    Fact::OtherAgent,
    Fact::DataSeen { newer: true },
    Fact::DataSeen { newer: false },
    Fact::Restart { asked: true },
    Fact::Restart { asked: false },
    Fact::UserTold(Some(true)),
    Fact::UserTold(Some(false)),
    Fact::UserTold(None),
    Fact::SoftphoneTold(Softphone::Here),
    Fact::SoftphoneTold(Softphone::Nobody),
    Fact::SoftphoneTold(Softphone::Elsewhere),
    Fact::SoftphoneTold(Softphone::Orphaned),
    Fact::AuthFailed,
    Fact::CommandRefused,
    Fact::Authorized,
    Fact::SessionLost,
    Fact::PollEnded,
    Fact::Terminated,
    Fact::AccessDenied,
    Fact::StreamsGaveUp,
    Fact::Cookies(CookiesFact::There),
    Fact::Cookies(CookiesFact::Missing),
    Fact::Cookies(CookiesFact::Granted),
    Fact::Cookies(CookiesFact::Denied),
    Fact::InactivityWarning,
    Fact::WarningCleared,
    Fact::ActivityTaken,
    Fact::ActivityRefused,
    Fact::HostActive,
    Fact::StayActiveCalled,
    Fact::Contact(Contacts::None),
    Fact::Contact(Contacts::WrapUp),
    Fact::Contact(Contacts::Live),
    Fact::FrameLoaded,
    Fact::FrameAcknowledged,
    Fact::UrlTold(true),
    Fact::UrlTold(false),
    Fact::WindowClosed,
    Fact::Offline,
    Fact::Online,
    Fact::SocketLost,
    Fact::SocketRestored,
    Fact::Microphone(true),
    Fact::Microphone(false),
    Fact::ContainerRemoved,
    Fact::ContainerBack,
    Fact::ContainerEmptied,
    Fact::CcpBlocked,
    Fact::SignInBlocked,
    Fact::CcpDetached,
    Fact::SignInCalled,
    Fact::PromptClicked,
    Fact::SignOutCalled { offline: false },
    Fact::SignOutCalled { offline: true },
    Fact::OfflineSet,
    Fact::LoggedOut,
    Fact::StreamsArrived,
    Fact::CloseCalled,
];

/// The input that `fact` is now; `None` for one that cannot be, or that is no input.
pub(super) fn input(fact: Fact, world: &mut World) -> Option<Input> {
    let awaits_streams = world.state().ccp.awaits_streams();
    let lock_may_come = world.browser.lock != Lock::None || world.browser.grant_on_its_way;
    let mut call = |call| Input::Host(world.ticket(), call);
    let input = Some(match fact {
        Fact::Windows(_) | Fact::Reenters(_) => return None,
        Fact::Wake | Fact::Pass | Fact::Sleep => Input::Tick,
        Fact::ReturnsFirst => SignInFact::Returned(nonces(world).next()?, None).into(),
        Fact::ReturnsLast => SignInFact::Returned(nonces(world).last()?, None).into(),
        Fact::ReturnsForeign => SignInFact::Returned(Nonce::new([0xff; 16]), None).into(),
        // Only who requested the lock gets it; perhaps when it has just stopped asking.
        Fact::LockGranted if lock_may_come => TabsFact::LockGranted(world.browser.stored).into(),
        Fact::LockGrantedAfterAnother if lock_may_come => {
            let mut record = world.browser.stored;
            record.started = Some(world.now);
            TabsFact::LockGranted(record).into()
        }
        Fact::LockGranted | Fact::LockGrantedAfterAnother => return None,
        Fact::LockStolen => TabsFact::LockStolen.into(),
        Fact::SignedInElsewhere => TabsFact::SignedIn.into(),
        Fact::CcpLoaded => CcpFact::Loaded.into(),
        Fact::Acknowledged => CcpFact::Acknowledged.into(),
        Fact::KeptAlive => CcpFact::KeptAlive.into(),
        Fact::Agent => CcpFact::AgentSeen(agent("ada@example.com")).into(),
        Fact::OtherAgent => CcpFact::AgentSeen(agent("grace@example.com")).into(),
        Fact::DataSeen { newer } => CcpFact::DataSeen(world.taken(newer)).into(),
        Fact::Restart { asked } => TabsFact::Restart { asked }.into(),
        Fact::UserTold(expected) => CcpFact::UserTold(expected.map(|expected| {
            let name = if expected {
                "ada@example.com"
            } else {
                "grace@example.com"
            };
            Private::new(name.to_owned())
        }))
        .into(),
        Fact::SoftphoneTold(softphone) => CcpFact::SoftphoneTold(softphone).into(),
        Fact::AuthFailed => CcpFact::AuthFailed.into(),
        Fact::CommandRefused => CcpFact::CommandRefused.into(),
        Fact::Authorized => CcpFact::Authorized.into(),
        Fact::SessionLost => CcpFact::SessionLost.into(),
        Fact::PollEnded => CcpFact::PollEnded.into(),
        Fact::Terminated => CcpFact::Terminated.into(),
        Fact::AccessDenied => CcpFact::AccessDenied.into(),
        Fact::StreamsGaveUp => CcpFact::StreamsGaveUp.into(),
        Fact::Cookies(fact) => CcpFact::Cookies(fact).into(),
        Fact::InactivityWarning => CcpFact::InactivityWarning {
            ends: world.now + Span::secs(60),
        }
        .into(),
        Fact::WarningCleared => CcpFact::WarningCleared.into(),
        Fact::ActivityTaken => CcpFact::ActivityTaken.into(),
        Fact::ActivityRefused => CcpFact::ActivityRefused.into(),
        Fact::HostActive => PageFact::HostActive.into(),
        Fact::StayActiveCalled => call(Call::StayActive),
        Fact::CcpDetached => CcpFact::Detached.into(),
        Fact::Contact(contacts) => contacts.into(),
        Fact::FrameLoaded => SignInFact::FrameLoaded.into(),
        Fact::FrameAcknowledged => SignInFact::FrameAcknowledged.into(),
        Fact::UrlTold(good) => SignInFact::UrlTold(good.then(answer)).into(),
        Fact::WindowClosed => SignInFact::WindowClosed.into(),
        Fact::Offline => Condition::Offline.into(),
        Fact::Online => Condition::Online.into(),
        Fact::SocketLost => Condition::SocketLost.into(),
        Fact::SocketRestored => Condition::SocketRestored.into(),
        Fact::Microphone(present) => microphone::Fact::Checked {
            permission: Some(Permission::Granted),
            present: Some(present),
        }
        .into(),
        Fact::ContainerRemoved => PageFact::ContainerRemoved.into(),
        Fact::ContainerBack => PageFact::ContainerBack.into(),
        Fact::ContainerEmptied => PageFact::ContainerEmptied.into(),
        Fact::CcpBlocked => blocked("https://acme.my.connect.aws"),
        Fact::SignInBlocked => blocked("https://acme.okta.com"),
        Fact::PromptClicked => PageFact::PromptClicked.into(),
        Fact::OfflineSet => SignOutFact::OfflineSet.into(),
        Fact::LoggedOut => SignOutFact::LoggedOut.into(),
        Fact::SignInCalled => call(Call::SignIn),
        Fact::SignOutCalled { offline } => call(Call::SignOut(SignOutRequest {
            offline,
            idp: if offline {
                IdpSession::EndsAt(Private::new("https://acme.okta.com/out".to_owned()))
            } else {
                IdpSession::AsConfigured
            },
        })),
        Fact::StreamsArrived if awaits_streams => PageFact::StreamsArrived(Vec::new()).into(),
        Fact::StreamsArrived => return None,
        Fact::CloseCalled => call(Call::Close),
    });
    // Without Streams there is no CCP that could tell anything, and the host has no phone to call yet.
    let later = matches!(
        input,
        Some(
            Input::Ccp(_)
                | Input::Contacts(_)
                | Input::Host(_, Call::SignIn | Call::SignOut(_) | Call::StayActive)
        )
    );
    input.filter(|_| !(awaits_streams && later))
}

fn blocked(origin: &str) -> Input {
    let origin = origin.to_owned();
    let policy = Policy::Content;
    PageFact::FrameBlocked(Blocked { origin, policy }).into()
}

/// An SSO Login URL, as a host answers with it.
pub(super) fn answer() -> Box<Sso> {
    let sso = ("ssoLoginUrl", HostValue::Text(SSO.to_owned()));
    Box::new(config(&[sso]).sso.expect("SSO"))
}

/// The nonces that sign-in would accept, oldest first.
pub(super) fn nonces(world: &World) -> impl Iterator<Item = Nonce> {
    let attempt = world.state().attempt();
    attempt
        .into_iter()
        .flat_map(|attempt| attempt.expected.nonces().cloned())
}

/// A fact for a random sequence: often one that leads on, so that deep states are met too.
pub(super) fn likely(jitter: &mut Jitter) -> Fact {
    const ON: [Fact; 10] = [
        Fact::CcpLoaded,
        Fact::Acknowledged,
        Fact::Agent,
        Fact::Agent,
        Fact::ReturnsLast,
        Fact::LockGranted,
        Fact::Contact(Contacts::Live),
        Fact::Contact(Contacts::None),
        Fact::PromptClicked,
        Fact::Online,
    ];
    let fact = match jitter.within(Span::millis(10)).get() {
        0..=3 => one_of(jitter, &ON),
        4..=5 => Fact::Wake,
        6 => Fact::Pass,
        _ => one_of(jitter, &FACTS),
    };
    // Once closed it stays so: nine times out of ten the sequence goes on.
    if fact == Fact::CloseCalled && jitter.within(Span::millis(10)).get() > 0 {
        return Fact::Wake;
    }
    fact
}

fn one_of(jitter: &mut Jitter, facts: &[Fact]) -> Fact {
    let at = jitter.within(Span::millis(facts.len() as u64)).get();
    facts[usize::try_from(at).unwrap_or_default()]
}
