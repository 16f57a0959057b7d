//! A sign-out under way.

use super::request::SignOutRequest;
use crate::phone::ticket::Tickets;
use crate::time::Millis;

/// A sign-out that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SigningOut {
    pub(super) step: Step,
    /// Until when that step may take.
    pub(super) until: Millis,
    pub(super) request: SignOutRequest,
    /// Whether the identity provider was told.
    pub(super) idp_signed_out: bool,
    /// The calls that hear of its end; none if the agent clicked the prompt's "Sign out".
    pub(super) tickets: Tickets,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// The agent goes Offline.
    Offline,
    /// Connect is told.
    LogOut,
    /// The CCP is reloaded: one that answers is still signed in.
    Verify,
}

impl SigningOut {
    /// When the step under way counts as done.
    pub(crate) const fn due(&self) -> Millis {
        self.until
    }

    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn is_heard_by(&self, ticket: crate::phone::ticket::Ticket) -> bool {
        self.tickets.contains(ticket)
    }

    /// The step under way.
    pub(crate) const fn step(&self) -> Step {
        self.step
    }
}
