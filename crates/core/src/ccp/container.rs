//! The container that holds the CCP's frame.

/// Where the container is, and whether Streams still speaks to the frame in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Container {
    /// It is in the document.
    Present,
    /// It is in the document, but the frame was taken out in between: Streams speaks to a window that is
    /// gone, and only a rebuilt CCP helps.
    Detached,
    /// It is not in the document.
    Removed {
        /// Whether the agent had signed out by then, and whether the identity provider was told. Moving
        /// the container must not sign anyone in.
        signed_out: Option<bool>,
    },
}

impl Container {
    /// Whether it is out of the document.
    pub(crate) const fn is_removed(self) -> bool {
        matches!(self, Self::Removed { .. })
    }
}
