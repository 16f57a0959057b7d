//! What comes out: everything that is to be done, by the party that does it.

use std::rc::Rc;

use super::status::Status;
use super::ticket::{Settlement, Ticket};
use crate::agent::Agent;
use crate::audio::Audio;
use crate::call_control::command::Order;
use crate::call_control::contact::Contact;
use crate::event::Event;
use crate::private::Private;
use crate::sign_in::nonce::Nonce;
use crate::sign_in::record::Record;
use crate::time::Millis;

/// Something to do. What the host is told comes after everything else of the same step, so that no code
/// of the host runs before a window is opened inside the click that asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// To the CCP.
    Ccp(CcpEffect),
    /// To the sign-in frame and window.
    SignIn(SignInEffect),
    /// A step of signing out.
    SignOut(SignOutEffect),
    /// To the other tabs of this browser.
    Tabs(TabsEffect),
    /// To Amazon, about a contact or the agent's state.
    Calls(CallEffect),
    /// To the microphone.
    Microphone(MicrophoneEffect),
    /// Put the phone's own elements back into the container.
    PutBack,
    /// Store the record.
    Save(Record),
    /// Settle the promise of a call.
    Settle(Ticket, Settlement),
    /// Tell the host.
    Tell(News),
    /// Take everything down.
    Dismantle,
}

/// What the CCP is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CcpEffect {
    /// Reload the CCP in its frame.
    Reload,
    /// Load the CCP in its frame by way of Amazon's page for its cookies; answered by
    /// [`Cookies`](super::input::CcpFact::Cookies), or not at all.
    AskForCookies,
    /// Take the CCP out of its frame until it is reloaded.
    Unload,
    /// Close the CCP and open it again, with Streams' own state.
    Rebuild,
    /// Report that the agent is active; answered by
    /// [`ActivityTaken`](super::input::CcpFact::ActivityTaken) or
    /// [`ActivityRefused`](super::input::CcpFact::ActivityRefused).
    ReportActivity,
    /// Ask the CCP for a sign of life; it is answered by
    /// [`KeptAlive`](super::input::CcpFact::KeptAlive), or not at all.
    Probe,
    /// Ask Connect, over the CCP's worker, whose session it is; answered by
    /// [`UserTold`](super::input::CcpFact::UserTold).
    AskUser,
    /// Have the CCP's worker load the agent's data again, which reach all tabs.
    ReloadAgent,
    /// Ask who has the softphone, without taking it; answered by
    /// [`SoftphoneTold`](super::input::CcpFact::SoftphoneTold), or not at all.
    AskAudio,
    /// Take the softphone from whoever has it; answered in the same way once it is here.
    TakeAudio,
}

/// What is done about contacts and the agent's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEffect {
    /// Ask Amazon for it; answered by [`Answered`](crate::call_control::CallFact::Answered) with that number, or not
    /// at all.
    Send(u32, Order),
    /// Ask the CCP whether its microphone is muted; answered by [`Muted`](crate::call_control::CallFact::Muted), or
    /// not at all.
    AskMuted,
    /// Ask what the agent can do before the customer of that contact is called; answered by
    /// [`Previewed`](crate::call_control::CallFact::Previewed), or not at all.
    AskPreview(String),
}

/// What is done to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInEffect {
    /// Open a hidden frame there; an earlier one goes.
    OpenFrame(Private<String>),
    /// Remove the hidden frame.
    CloseFrame,
    /// Open the sign-in window there, or navigate the one that is open. Answered by
    /// [`WindowOpened`](super::input::SignInFact::WindowOpened) or
    /// [`WindowBlocked`](super::input::SignInFact::WindowBlocked).
    OpenWindow(Private<String>, WindowKind),
    /// Ask the host for the SSO Login URL, and for no earlier one any more; answered by
    /// [`UrlTold`](super::input::SignInFact::UrlTold).
    AskForUrl,
    /// Navigate the sign-in window, which was opened blank.
    SendWindow(Private<String>),
    /// Bring the sign-in window to the front.
    FocusWindow,
    /// Close the sign-in window.
    CloseWindow,
    /// Navigate the whole page there; it comes back with the nonce.
    Redirect(Private<String>, Nonce),
}

/// What a sign-in window is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// The SSO Login URL.
    Sso,
    /// The CCP's own login page, in Streams' own window name and size.
    Standard,
    /// A page of the instance that the agent is to use once.
    Visit,
}

/// The steps of signing out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOutEffect {
    /// Set the agent Offline; answered by [`OfflineSet`](super::input::SignOutFact::OfflineSet).
    SetOffline,
    /// Tell Connect that the agent signs out; answered by
    /// [`LoggedOut`](super::input::SignOutFact::LoggedOut).
    LogOut {
        /// Whether the browser keeps the cookies from what the page fetches, and Amazon's page for them has to help.
        asks_cookies: bool,
    },
    /// Open the identity provider's sign-out address.
    LogOutOfIdp(Private<String>),
}

/// What is done about the microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MicrophoneEffect {
    /// Watch it from now on, without prompting the agent, and check it.
    Watch,
    /// Check it, without prompting; answered by [`Fact::Checked`](crate::microphone::Fact::Checked).
    Check,
    /// Open it for a moment; answered by [`Fact::Opened`](crate::microphone::Fact::Opened) or
    /// [`Fact::NotOpened`](crate::microphone::Fact::NotOpened).
    Open,
    /// Open it, prompting the agent if need be, and list the devices; answered by
    /// [`Answer::Devices`](super::ticket::Answer::Devices).
    ListDevices(Ticket),
}

/// What the other tabs are told, and the lock that all tabs share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TabsEffect {
    /// Request the sign-in lock; answered by [`LockGranted`](super::input::TabsFact::LockGranted).
    AcquireLock {
        /// Whether to take it from whoever holds it.
        steal: bool,
    },
    /// Release the lock, or request it no longer.
    ReleaseLock,
    /// Tell the other tabs that sign-in is done.
    TellSignedIn,
    /// Ask the other tabs to leave the CCP's worker, too.
    TellRestart {
        /// Whether the agent asked for it.
        asked: bool,
    },
}

/// What the host is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The status changed.
    Status(Status),
    /// The agent arrived, changed, or is gone.
    Agent(Option<Agent>),
    /// The audio is somewhere else, or no longer.
    Audio(Audio),
    /// A contact is there.
    ContactAdded(Rc<Contact>),
    /// It changed: in these fields.
    ContactChanged(Rc<Contact>, Vec<&'static str>),
    /// The contact with that id is gone.
    ContactRemoved(String),
    /// The session ends soon.
    Expiring {
        /// Why.
        reason: ExpiryReason,
        /// When.
        ends: Millis,
    },
    /// Something that an administrator should look at.
    Diagnostic(String),
}

/// Why a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpiryReason {
    /// It has lasted as long as sessions do.
    Maximum,
    /// The agent has been inactive.
    Inactivity,
}

impl ExpiryReason {
    /// The name that hosts see.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Maximum => "maximum",
            Self::Inactivity => "inactivity",
        }
    }
}

impl News {
    /// Who is told.
    pub const fn event(&self) -> Event {
        match self {
            Self::Status(_) => Event::StatusChanged,
            Self::Agent(_) => Event::AgentChanged,
            Self::Audio(_) => Event::AudioChanged,
            Self::ContactAdded(_) => Event::ContactAdded,
            Self::ContactChanged(..) => Event::ContactChanged,
            Self::ContactRemoved(_) => Event::ContactRemoved,
            Self::Expiring { .. } => Event::SessionExpiring,
            Self::Diagnostic(_) => Event::Diagnostic,
        }
    }
}

/// Lets whoever orders something name it without the party.
macro_rules! from {
    ($($order:ty => $effect:ident),* $(,)?) => {$(
        impl From<$order> for Effect {
            fn from(order: $order) -> Self {
                Self::$effect(order)
            }
        }
    )*};
}

from! {
    CcpEffect => Ccp,
    SignInEffect => SignIn,
    SignOutEffect => SignOut,
    TabsEffect => Tabs,
    CallEffect => Calls,
    MicrophoneEffect => Microphone,
    News => Tell,
}
