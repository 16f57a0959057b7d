//! Where the agent signs in: a frame, a window or the page itself; and the other tabs, which may do so, too.

mod ask;
mod channel;
mod frame;
pub(crate) mod opened;
pub(crate) mod redirect;
mod return_page;
mod tab_lock;
pub(crate) mod tabs;
mod window;
