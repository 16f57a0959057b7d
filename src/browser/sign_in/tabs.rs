//! The other tabs of this browser: the lock that all of them share, and what they tell each other.

use std::rc::Rc;

use super::channel::{Channel, RESTART, SIGNED_IN};
use super::opened::SignIn;
use super::tab_lock::TabLock;
use crate::browser::feed::Feed;
use crate::browser::owned::Owned;
use softphone_core::phone::effect::TabsEffect;

/// This tab among the others. Dropping it releases the lock and stops listening.
pub(crate) struct Tabs {
    lock: Owned<TabLock>,
    channel: Option<Channel>,
}

impl Tabs {
    /// Joins the other tabs of the instance at `origin`; `sign_in` has the frame in which a CCP may speak.
    pub(crate) fn join(origin: &str, sign_in: &Rc<SignIn>, feed: &Feed) -> Self {
        let sign_in = Rc::downgrade(sign_in);
        let window = move || sign_in.upgrade()?.frame_window();
        Self {
            lock: TabLock::of_instance(origin, feed),
            channel: Channel::open(origin.to_owned(), window, feed),
        }
    }

    /// Does what the core wants of the other tabs.
    pub(crate) fn perform(&self, effect: TabsEffect) {
        match effect {
            TabsEffect::AcquireLock { steal } => self.lock.acquire(steal),
            TabsEffect::ReleaseLock => self.lock.release(),
            TabsEffect::TellSignedIn => self.tell(SIGNED_IN, false),
            TabsEffect::TellRestart { asked } => self.tell(RESTART, asked),
        }
    }

    fn tell(&self, what: &'static str, asked: bool) {
        if let Some(channel) = &self.channel {
            channel.tell(what, asked);
        }
    }
}
