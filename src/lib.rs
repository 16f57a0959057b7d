//! Puts the Amazon Connect softphone into any web page, signed in.
//!
//! The crate wraps `connect.core.initCCP` of Amazon Connect Streams. Hosts use it from JavaScript
//! (`openSoftphone`, see `js/index.d.ts`); this is the map of what is behind that call.
//!
//! ```text
//!   api       the class that JavaScript sees: convert, feed, convert
//!   browser   one module per outside party, and driver, which joins them to core
//! ```

#[cfg(target_arch = "wasm32")]
pub mod api;
#[cfg(target_arch = "wasm32")]
pub mod browser;
