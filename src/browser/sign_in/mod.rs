//! Where the agent signs in: a frame, a window or the page itself, and what other windows say of it.

pub(crate) mod channel;
pub(crate) mod frame;
pub(crate) mod redirect;
pub(crate) mod return_page;
pub(crate) mod tab_lock;
pub(crate) mod window;
