//! How a host asks to sign out.

use crate::private::Private;

/// How to sign out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SignOutRequest {
    /// Whether the agent goes Offline first.
    pub offline: bool,
    /// What becomes of the session at the identity provider.
    pub idp: IdpSession,
}

/// What becomes of the session at the identity provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum IdpSession {
    /// What the configuration says.
    #[default]
    AsConfigured,
    /// It stays.
    Stays,
    /// It ends at this address.
    EndsAt(Private<String>),
}
