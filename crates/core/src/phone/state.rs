//! The phone's state: the parts, each of which owns its fields.

use super::standing::Standing;
use super::ticket::Waiting;
use crate::ccp::conditions::Conditions;
use crate::ccp::container::{Container, Emptied};
use crate::ccp::cookies::Cookies;
use crate::ccp::inactivity::Inactivity;
use crate::ccp::link::Ccp;
use crate::ccp::session::SessionClock;
use crate::error::Blocked;
use crate::jitter::Jitter;
use crate::sign_in::attempt::Attempt;
use crate::sign_in::record::Record;
use crate::sign_in::retry::Retry;
use crate::sign_in::tab_lock::TabLock;
use crate::sign_out::signing_out::SigningOut;

/// All that can make a difference to what happens next. Each part owns its fields; two equal states go on
/// alike, which is what the explorer builds on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct State {
    pub(crate) standing: Standing,
    pub(crate) activity: Activity,
    pub(crate) ccp: Ccp,
    pub(crate) cookies: Cookies,
    pub(crate) container: Container,
    pub(crate) emptied: Emptied,
    /// Why the hidden frame cannot sign in on this page, once that is known.
    pub(crate) blocked: Option<Blocked>,
    pub(crate) session: SessionClock,
    pub(crate) inactivity: Inactivity,
    pub(crate) conditions: Conditions,
    pub(crate) lock: TabLock,
    pub(crate) retry: Retry,
    pub(crate) record: Record,
    pub(crate) waiting: Waiting,
    pub(crate) jitter: Jitter,
    /// Whether the microphone is being watched.
    pub(crate) microphone_watched: bool,
}

/// What the phone does on top of where it stands: a silent attempt runs while it is ready, for example.
/// It never signs in and out at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Activity {
    Idle,
    SigningIn(Attempt),
    SigningOut(SigningOut),
}

impl State {
    /// The attempt to sign in, if there is one.
    pub(crate) const fn attempt(&self) -> Option<&Attempt> {
        match &self.activity {
            Activity::SigningIn(attempt) => Some(attempt),
            Activity::Idle | Activity::SigningOut(_) => None,
        }
    }

    /// The same, to change it.
    pub(crate) const fn attempt_mut(&mut self) -> Option<&mut Attempt> {
        match &mut self.activity {
            Activity::SigningIn(attempt) => Some(attempt),
            Activity::Idle | Activity::SigningOut(_) => None,
        }
    }

    /// The attempt there is, or the one that `new` makes; `None` while the phone signs out.
    pub(crate) fn attempt_or(&mut self, new: impl FnOnce() -> Attempt) -> Option<&mut Attempt> {
        if self.activity_is_idle() {
            self.activity = Activity::SigningIn(new());
        }
        self.attempt_mut()
    }

    /// The attempt, taken out.
    pub(crate) fn take_attempt(&mut self) -> Option<Attempt> {
        match std::mem::replace(&mut self.activity, Activity::Idle) {
            Activity::SigningIn(attempt) => Some(attempt),
            other @ (Activity::Idle | Activity::SigningOut(_)) => {
                self.activity = other;
                None
            }
        }
    }

    /// Whether the phone neither signs in nor out.
    pub(crate) fn activity_is_idle(&self) -> bool {
        self.activity == Activity::Idle
    }

    /// The sign-out that is under way.
    pub(crate) const fn signing_out(&self) -> Option<&SigningOut> {
        match &self.activity {
            Activity::SigningOut(signing_out) => Some(signing_out),
            Activity::Idle | Activity::SigningIn(_) => None,
        }
    }

    /// Whether the phone signs out.
    pub(crate) const fn is_signing_out(&self) -> bool {
        self.signing_out().is_some()
    }
}
