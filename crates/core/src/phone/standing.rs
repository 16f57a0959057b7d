//! Where the phone stands: the phases, each with what only it has.

use super::status::Phase;
use crate::agent::Agent;
use crate::error::Error;
use crate::sign_out::request::SignOutRequest;
use crate::way::Way;

/// A phase with its data. An agent is there exactly while the phone is ready, and an error exactly where
/// a phase needs or allows one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Standing {
    /// The CCP loads; after a restart, with the reason for it.
    Opening {
        way: Option<Way>,
        why: Option<Error>,
    },
    /// A click of the agent is needed; with what went wrong before, if anything did.
    SignInNeeded { way: Way, why: Option<Error> },
    /// Sign-in is under way, or done and the agent not there yet. No way: it waits for another tab.
    SigningIn { way: Option<Way> },
    /// The agent is there.
    Ready { agent: Agent, way: Option<Way> },
    /// The session ended.
    Expired,
    /// The agent signed out.
    SignedOut {
        /// Whether the identity provider was told, too.
        idp_signed_out: bool,
    },
    /// Something failed.
    Failed {
        error: Error,
        way: Option<Way>,
        /// How the prompt's "Sign out" signs out: as in the attempt that failed, if one did.
        sign_out: SignOutRequest,
    },
    /// The host closed the phone.
    Closed,
}

impl Standing {
    /// The phase that hosts see.
    pub(crate) const fn phase(&self) -> Phase {
        match self {
            Self::Opening { .. } => Phase::Opening,
            Self::SignInNeeded { .. } => Phase::SignInNeeded,
            Self::SigningIn { .. } => Phase::SigningIn,
            Self::Ready { .. } => Phase::Ready,
            Self::Expired => Phase::Expired,
            Self::SignedOut { .. } => Phase::SignedOut,
            Self::Failed { .. } => Phase::Failed,
            Self::Closed => Phase::Closed,
        }
    }

    /// The way that is being tried, or that worked.
    pub(crate) const fn way(&self) -> Option<Way> {
        match self {
            Self::Opening { way, .. }
            | Self::SigningIn { way }
            | Self::Ready { way, .. }
            | Self::Failed { way, .. } => *way,
            Self::SignInNeeded { way, .. } => Some(*way),
            Self::Expired | Self::SignedOut { .. } | Self::Closed => None,
        }
    }

    /// What went wrong, as far as the phase itself tells it.
    pub(crate) fn error(&self) -> Option<Error> {
        match self {
            Self::Opening { why, .. } | Self::SignInNeeded { why, .. } => why.clone(),
            Self::Failed { error, .. } => Some(error.clone()),
            Self::Expired => Some(Error::SessionEnded),
            Self::SigningIn { .. } | Self::Ready { .. } | Self::SignedOut { .. } | Self::Closed => {
                None
            }
        }
    }

    /// The agent.
    pub(crate) const fn agent(&self) -> Option<&Agent> {
        match self {
            Self::Ready { agent, .. } => Some(agent),
            Self::Opening { .. }
            | Self::SignInNeeded { .. }
            | Self::SigningIn { .. }
            | Self::Expired
            | Self::SignedOut { .. }
            | Self::Failed { .. }
            | Self::Closed => None,
        }
    }

    /// Whether the agent is there.
    pub(crate) const fn is_ready(&self) -> bool {
        matches!(self, Self::Ready { .. })
    }
}
