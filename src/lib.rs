//! Puts the Amazon Connect softphone into any web page, signed in.
//!
//! The crate wraps `connect.core.initCCP` of Amazon Connect Streams. Hosts use it from JavaScript
//! (`openSoftphone`, see `js/index.d.ts`); this is the map of what is behind that call.
//!
//! ```text
//!   js/            the entry, and what hosts hold: it survives the wasm
//!   src/api        the class behind it: convert, feed, convert
//!   src/browser    one folder per outside party, and driver, the loop between them and the core
//!   crates/core    every decision: facts in, effects out
//! ```

#[cfg(target_arch = "wasm32")]
pub mod api;
#[cfg(target_arch = "wasm32")]
pub mod browser;
