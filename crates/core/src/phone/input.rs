//! What goes in: everything that happens, by the party that tells it.

use super::ticket::{Answer, Call, Ticket};
use crate::agent::{Agent, Contacts};
use crate::audio::Softphone;
use crate::call_control::CallFact;
use crate::config::Sso;
use crate::error::Blocked;
use crate::microphone;
use crate::private::Private;
use crate::sign_in::nonce::Nonce;
use crate::sign_in::record::Record;
use crate::time::Millis;
use crate::way::Way;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// Time passed.
    Tick,
    /// Several things happened at once, in this order; the host is told what came of all.
    Several(Vec<Self>),
    /// The CCP, or Streams on its behalf, told something.
    Ccp(CcpFact),
    /// The shell tells about contacts, or about a command.
    Calls(CallFact),
    /// How busy the contacts keep the agent; always precedes [`CcpFact::AgentSeen`].
    Contacts(Contacts),
    /// A sign-in frame, window or return page told something.
    SignIn(SignInFact),
    /// A step of signing out ended.
    SignOut(SignOutFact),
    /// Another tab of this browser told something.
    Tabs(TabsFact),
    /// The page around the phone changed, or was used.
    Page(PageFact),
    /// A condition began or ended.
    Condition(Condition),
    /// Something happened to the microphone.
    Microphone(microphone::Fact),
    /// The host calls.
    Host(Ticket, Call),
    /// A party answers a call that was handed to it.
    Answer(Ticket, Answer),
}

/// What the CCP tells, or Streams on its behalf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CcpFact {
    /// The CCP's frame finished loading a page; which one cannot be known.
    Loaded,
    /// Amazon's page for the frame's cookies told something.
    Cookies(CookiesFact),
    /// The frame was taken out of the document and put back: Streams speaks to a window that is gone.
    Detached,
    /// The CCP connected (Streams' ACKNOWLEDGE with an id).
    Acknowledged,
    /// The CCP answered a keepalive, Streams' or ours (ACKNOWLEDGE without an id).
    KeptAlive,
    /// The worker sent the agent's data, with a snapshot that it got at that time; always precedes
    /// [`AgentSeen`](Self::AgentSeen), unless Streams does not say.
    DataSeen(u64),
    /// Streams told about the agent.
    AgentSeen(Agent),
    /// Connect said whose session it is ([`AskUser`](super::effect::CcpEffect::AskUser)); `None` when it
    /// could not be asked.
    UserTold(Option<Private<String>>),
    /// Who has the softphone ([`AskAudio`](super::effect::CcpEffect::AskAudio)); also told when that changes.
    SoftphoneTold(Softphone),
    /// Connect refused the session (Streams' AUTH_FAIL).
    AuthFailed,
    /// Connect refused a command, so the CCP is about to reload itself (Streams' AUTH_FAIL with `authorize`).
    CommandRefused,
    /// Connect accepted the session after all (Streams' AUTHORIZE_SUCCESS).
    Authorized,
    /// Streams gave the session up.
    SessionLost,
    /// The same, after a poll of the worker that was its last (Streams' `CTI_AUTHORIZE_RETRIES_EXHAUSTED`).
    PollEnded,
    /// The agent was signed out (Streams' TERMINATED).
    Terminated,
    /// Connect's API refuses the agent (Streams' ACCESS_DENIED).
    AccessDenied,
    /// Streams stopped trying (its IFRAME_RETRIES_EXHAUSTED).
    StreamsGaveUp,
    /// Connect warns that it will log the agent out for inactivity.
    InactivityWarning {
        /// When, by its clock.
        ends: Millis,
    },
    /// It will not, after all.
    WarningCleared,
    /// Connect took the activity that was reported.
    ActivityTaken,
    /// Connect did not take it, or could not be told.
    ActivityRefused,
}

/// What Amazon's page tells about the cookies of the CCP's frame
/// ([`AskForCookies`](super::effect::CcpEffect::AskForCookies)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookiesFact {
    /// The frame has them; the page goes on to the CCP.
    There,
    /// It has none, and the agent can allow them there.
    Missing,
    /// The frame got them; the page goes on to the CCP.
    Granted,
    /// The browser, or the agent, said no.
    Denied,
}

/// What frames, windows and return pages tell during sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInFact {
    /// A return page told its nonce, or a frame or window was seen on it; and where it stands, if that is
    /// known. An identity provider may answer another request than the one that was made there.
    Returned(Nonce, Option<Way>),
    /// A page in the sign-in frame finished loading; which one cannot be known.
    FrameLoaded,
    /// A CCP spoke from inside the sign-in frame: it is signed in.
    FrameAcknowledged,
    /// The host answered with an SSO Login URL, or with none that may be opened.
    UrlTold(Option<Box<Sso>>),
    /// The window of [`OpenWindow`](super::effect::SignInEffect::OpenWindow) is open.
    WindowOpened,
    /// The browser blocked the window of [`OpenWindow`](super::effect::SignInEffect::OpenWindow).
    WindowBlocked,
    /// The window is gone, or cannot be seen any more.
    WindowClosed,
}

/// What ends a step of signing out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignOutFact {
    /// The agent was set Offline, or could not be.
    OfflineSet,
    /// Connect was told that the agent signs out, or could not be.
    LoggedOut,
}

/// What other tabs of this browser tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabsFact {
    /// This tab holds the sign-in lock; with what storage holds by now.
    LockGranted(Record),
    /// Another tab took the lock, because the agent clicked there.
    LockStolen,
    /// Another tab signed in to this instance.
    SignedIn,
    /// Another tab leaves the CCP's worker so that it ends, for which all tabs have to.
    Restart {
        /// Whether the agent asked for it: even during a contact then.
        asked: bool,
    },
}

/// What happens on the page around the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageFact {
    /// The container left the document.
    ContainerRemoved,
    /// The container is in the document again.
    ContainerBack,
    /// The page took the phone's own elements out of the container, which is still in the document.
    ContainerEmptied,
    /// The page's own policy blocked a frame; perhaps one of the page's own.
    FrameBlocked(Blocked),
    /// The agent clicked the prompt's button.
    PromptClicked,
    /// The agent used the page, while it was visible.
    HostActive,
    /// Streams has loaded, and `initCCP` was called; with what looks like a mistake about it.
    StreamsArrived(Vec<String>),
    /// A script loaded Streams once more while the phone was open.
    StreamsCopied,
}

/// A condition that comes and goes without changing the phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The browser lost the network.
    Offline,
    /// The browser has a network again.
    Online,
    /// Connect's `WebSocket` was lost.
    SocketLost,
    /// Connect's `WebSocket` is connected again.
    SocketRestored,
}

impl Input {
    /// Whether the CCP tells it, or Streams on its behalf.
    pub(super) const fn is_from_ccp(&self) -> bool {
        match self {
            Self::Ccp(fact) => !matches!(fact, CcpFact::Detached),
            Self::Contacts(_) | Self::Calls(_) => true,
            Self::Tick
            | Self::Several(_)
            | Self::SignIn(_)
            | Self::SignOut(_)
            | Self::Tabs(_)
            | Self::Page(_)
            | Self::Condition(_)
            | Self::Microphone(_)
            | Self::Host(..)
            | Self::Answer(..) => false,
        }
    }
}

/// Lets whoever feeds a fact name the fact alone.
macro_rules! from {
    ($($fact:ty => $input:ident),* $(,)?) => {$(
        impl From<$fact> for Input {
            fn from(fact: $fact) -> Self {
                Self::$input(fact)
            }
        }
    )*};
}

from! {
    CcpFact => Ccp,
    Contacts => Contacts,
    CallFact => Calls,
    SignInFact => SignIn,
    SignOutFact => SignOut,
    TabsFact => Tabs,
    PageFact => Page,
    Condition => Condition,
    microphone::Fact => Microphone,
}
