//! A hidden sign-in frame at work.

use crate::error::Blocked;
use crate::time::{Millis, Span};

/// A sign-in frame at work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FrameTry {
    /// Whether it ends at the return page; otherwise only the CCP can tell that sign-in is done.
    pub(crate) has_return_page: bool,
    pub(crate) began: Millis,
    /// When to reload the CCP to check whether sign-in is done.
    pub(crate) check_at: Option<Millis>,
    /// Whether that was done.
    pub(crate) checked: bool,
    /// Whether the CCP, which Streams has made meanwhile, began to load after it.
    older_than_ccp: bool,
    pub(crate) give_up_at: Millis,
    /// A frame that the page's policy blocked meanwhile.
    pub(crate) blocked: Option<Blocked>,
}

impl FrameTry {
    pub(crate) fn new(now: Millis, has_return_page: bool) -> Self {
        Self {
            has_return_page,
            began: now,
            check_at: None,
            checked: false,
            older_than_ccp: false,
            give_up_at: now + FRAME_PATIENCE,
            blocked: None,
        }
    }

    /// A page finished loading in it. A frame with a return page tells when it is done, unless that page
    /// may not be shown in a frame; so it gets a little longer before the CCP is checked.
    pub(crate) fn loaded(&mut self, now: Millis) {
        let quiet = if self.has_return_page {
            FRAME_QUIET
        } else {
            FRAME_CHECK
        };
        self.check_at = Some(now + quiet);
    }

    /// The CCP loads for the first time.
    pub(crate) const fn ccp_made(&mut self) {
        self.older_than_ccp = true;
    }

    /// Whether it may be its doing that the CCP, which answers now, has a session.
    pub(crate) const fn may_have_signed_in(&self) -> bool {
        self.checked || self.older_than_ccp && self.check_at.is_some()
    }

    /// When the next way may begin, because a page has been standing in the frame for a while: one that
    /// stays is an error or a login form, which nobody can see.
    pub(crate) fn next_way_at(&self, now: Millis) -> Millis {
        (now + FRAME_QUIET).min(self.began + HEAD_START).max(now)
    }

    /// When there is something to do.
    pub(crate) fn due(&self) -> Millis {
        self.check_at
            .map_or(self.give_up_at, |at| at.min(self.give_up_at))
    }
}

/// How long a hidden frame is tried alone before the next way begins beside it. With a live session at
/// the identity provider, the whole SAML exchange takes a second or two.
pub(crate) const HEAD_START: Span = Span::secs(3);
/// How long a page may stand in the frame before it counts as one that stays.
const FRAME_QUIET: Span = Span::millis(1500);
/// When a hidden frame is given up.
const FRAME_PATIENCE: Span = Span::secs(10);
/// Without a return page: how long after a page was loaded in the frame the CCP is checked.
pub(crate) const FRAME_CHECK: Span = Span::millis(700);
