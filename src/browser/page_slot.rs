//! The page's one slot for a softphone: Streams allows one CCP.

use std::cell::Cell;

/// The right to be the one softphone of the page. Dropping it gives it back.
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
