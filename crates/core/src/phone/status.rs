//! Where a softphone stands, as hosts see it.

use super::effect::ExpiryReason;
use crate::error::Error;
use crate::time::Millis;
use crate::way::Way;

/// What hosts read as `phone.status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Where the softphone stands.
    pub phase: Phase,
    /// Since when.
    pub since: Millis,
    /// The way that is being tried, or that worked.
    pub way: Option<Way>,
    /// Why the session is over, if that is known.
    pub reason: Option<ExpiryReason>,
    /// When Connect logs the agent out for inactivity, while it warns of that.
    pub inactive_at: Option<Millis>,
    /// What went wrong last, while it matters.
    pub error: Option<Error>,
    /// The session, once it is known when it began.
    pub session: Option<Lifetime>,
}

/// A Connect session, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lifetime {
    /// When sign-in completed.
    pub started: Millis,
    /// When Connect ends it.
    pub ends: Millis,
}

/// Where a softphone stands.
///
/// ```text
///   opening ◄─► ready ◄──── signingIn ◄──► signInNeeded
///      │          │             ▲                ▲
///      └──────────┼─────────────┴────────────────┤
///                 ├──► expired ──────────────────┤
///                 ├──► signedOut ────────────────┤
///                 └──► failed ───────────────────┘      every phase ──► closed
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// The CCP loads; nobody has been asked for anything.
    Opening,
    /// A click of the agent is needed before sign-in can go on.
    SignInNeeded,
    /// Sign-in is under way in a frame or a window.
    SigningIn,
    /// The agent is there.
    Ready,
    /// The session ended.
    Expired,
    /// The agent signed out.
    SignedOut,
    /// Something failed; `signIn()` starts afresh.
    Failed,
    /// `close()` was called; nothing happens any more.
    Closed,
}

impl Phase {
    /// All of them, in the order of the types.
    pub const ALL: [Self; 8] = [
        Self::Opening,
        Self::SignInNeeded,
        Self::SigningIn,
        Self::Ready,
        Self::Expired,
        Self::SignedOut,
        Self::Failed,
        Self::Closed,
    ];

    /// The name that hosts see.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::SignInNeeded => "signInNeeded",
            Self::SigningIn => "signingIn",
            Self::Ready => "ready",
            Self::Expired => "expired",
            Self::SignedOut => "signedOut",
            Self::Failed => "failed",
            Self::Closed => "closed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{test, union_after};

    #[test]
    fn phases_are_named_as_in_the_types() {
        let typed = union_after("export type SoftphonePhase =");
        assert_eq!(Phase::ALL.map(Phase::name).to_vec(), typed);
    }
}
