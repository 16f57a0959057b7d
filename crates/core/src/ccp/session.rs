//! The session clock: announces the end of the 12 hours, renews while the agent is idle, verifies once
//! the session must be over.

use crate::phone::status::Lifetime;
use crate::time::{Millis, Span};

/// The Connect session, while it is known when it began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct SessionClock(Option<Known>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Known {
    lifetime: Lifetime,
    /// Whether its end was announced.
    warned: bool,
    /// When a new session is begun in the hidden frame, if the agent is idle then.
    renew_at: Option<Millis>,
}

impl SessionClock {
    /// A session of that length began.
    pub(crate) fn began(&mut self, started: Millis, length: Span) {
        self.0 = Some(Known {
            lifetime: Lifetime {
                started,
                ends: started + length,
            },
            warned: false,
            renew_at: None,
        });
    }

    /// Nothing is known of a session any more.
    pub(crate) const fn forget(&mut self) {
        self.0 = None;
    }

    /// When it began and ends.
    pub(crate) fn lifetime(&self) -> Option<Lifetime> {
        self.0.map(|known| known.lifetime)
    }

    /// When its end is announced, that long before it.
    pub(crate) fn warn_at(&self, before: Span) -> Option<Millis> {
        let known = self.0.filter(|known| !known.warned)?;
        Some(known.lifetime.ends - before)
    }

    /// Its end was announced; from `renew_from` on, if given, a new session may be begun. When it ends.
    pub(crate) fn warned(&mut self, renew_from: Option<Millis>) -> Option<Millis> {
        let known = self.0.as_mut()?;
        known.warned = true;
        known.renew_at = renew_from;
        Some(known.lifetime.ends)
    }

    /// When a new session may be begun.
    pub(crate) fn renew_at(&self) -> Option<Millis> {
        self.0?.renew_at
    }

    /// A renewal begins now; should it fail, the next one comes after a pause. `spread` is added, so that
    /// a whole shift does not ask at once.
    pub(crate) fn renewing(&mut self, now: Millis, spread: Span) {
        if let Some(known) = &mut self.0 {
            known.renew_at = Some(now + RENEW_PAUSE + spread);
        }
    }

    /// When it must be over.
    pub(crate) fn over_at(&self) -> Option<Millis> {
        Some(self.0?.lifetime.ends + END_GRACE)
    }
}

/// How long after a failed renewal the next one begins, at least.
const RENEW_PAUSE: Span = Span::secs(30);
/// How much later it begins at most.
pub(crate) const RENEW_SPREAD: Span = Span::secs(120);
/// How long after its end a session is verified to be over.
const END_GRACE: Span = Span::secs(10);
