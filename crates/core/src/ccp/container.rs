//! The container that holds the CCP's frame.

use crate::time::{Millis, Span};

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
        /// Whether a contact was live, whose audio went along.
        live: bool,
    },
}

/// How often the page has lately taken the phone's own elements out of the container. A page that does so
/// whenever they are put back must not be fought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Emptied {
    times: u8,
    last: Option<Millis>,
}

impl Emptied {
    /// It happened again. Whether the elements may be put back at once.
    pub(crate) fn again(&mut self, now: Millis) -> bool {
        if self.last.is_none_or(|last| last + CALM <= now) {
            self.times = 0;
        }
        self.last = Some(now);
        let may = self.times < AT_ONCE;
        if may {
            self.times += 1;
        }
        may
    }
}

/// How often in a row they are put back at once.
const AT_ONCE: u8 = 8;
/// After how long the next time is no longer in a row.
const CALM: Span = Span::secs(60);

impl Container {
    /// Whether it is out of the document.
    pub(crate) const fn is_removed(self) -> bool {
        matches!(self, Self::Removed { .. })
    }
}
