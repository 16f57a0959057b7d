//! The lock that all tabs of a browser share.

/// The lock that all tabs share: whoever holds it signs in, and the others wait for what comes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum TabLock {
    /// This tab neither holds nor wants it.
    #[default]
    None,
    /// This tab waits for it.
    Requested,
    /// This tab holds it.
    Held,
}
