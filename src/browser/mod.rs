//! The browser shell: one folder per outside party, and [`driver`], which joins them to the core.

pub(crate) mod clock;
pub(crate) mod driver;
pub(crate) mod feed;
pub(crate) mod host;
pub(crate) mod host_value;
pub(crate) mod js;
pub(crate) mod owned;
pub mod page;
pub(crate) mod page_slot;
mod panic;
pub(crate) mod parties;
pub(crate) mod sign_in;
/// Amazon Connect Streams and the CCP that it embeds.
pub(crate) mod streams;
