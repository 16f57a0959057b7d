//! What the browser was asked for, and the page's one slot for a softphone.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;

use super::driver::Driver;
use super::owned::Owned;
use super::page::environment::Environment;
use super::page::microphone::Microphone;
use super::page::panel::Panel;
use super::sign_in::channel::Channel;
use super::sign_in::frame::SignInFrame;
use super::sign_in::tab_lock::TabLock;
use super::sign_in::window::SignInWindow;
use super::streams::ccp::Ccp;

/// Everything that the softphone holds of the browser. Dropping it gives it back, from top to bottom:
/// first what could still tell something, then the CCP, then the box that it is in; the slot last, so
/// that the next softphone finds nothing of this one.
#[derive(Default)]
pub(super) struct Held {
    pub(super) tab_lock: Option<Owned<TabLock>>,
    pub(super) _environment: Option<Owned<Environment>>,
    pub(super) microphone: Option<Owned<Microphone>>,
    pub(super) timer: Option<Timeout>,
    pub(super) channel: Option<Channel>,
    pub(super) sign_in_frame: Option<SignInFrame>,
    pub(super) window: Option<SignInWindow>,
    /// Where the identity provider signs out, when its window was blocked.
    pub(super) idp_sign_out_frame: Option<SignInFrame>,
    pub(super) ccp: Option<Ccp>,
    pub(super) panel: Option<Owned<Panel>>,
    pub(super) _slot: Option<PageSlot>,
    /// The driver itself: a host may drop its phone, and garbage collection must not hang up.
    pub(super) alive: Option<Rc<Driver>>,
    /// Whether the microphone is watched.
    pub(super) watching: bool,
}

/// The right to be the one softphone of the page: Streams allows one CCP. Dropping it gives it back.
#[must_use]
#[derive(Debug)]
pub(crate) struct PageSlot(());

thread_local! {
    static TAKEN: Cell<bool> = const { Cell::new(false) };
}

impl PageSlot {
    /// Takes the slot; `None` while another softphone has it.
    pub(crate) fn take() -> Option<Self> {
        (!TAKEN.replace(true)).then(|| Self(()))
    }
}

impl Drop for PageSlot {
    fn drop(&mut self) {
        TAKEN.set(false);
    }
}
