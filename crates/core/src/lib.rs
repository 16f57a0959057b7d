//! What the Amazon Connect softphone knows and decides: facts in, effects out. No clock, no browser, no
//! wasm-bindgen; it builds and is tested on any target.
//!
//! ```text
//!   phone      the state machine: inputs, effects, status, prompt, timers, timeline, the host's calls
//!   ccp        the CCP in its frame: link, watchdog, session clock, conditions, container
//!   sign_in    attempts, ways, nonces, the record, the lock among tabs, retries
//!   sign_out   Offline, Connect, and a check that it is true
//!   agent      the agent and how busy their contacts keep them
//!   config     the host's configuration, parsed
//!   urls, relay  addresses and relay states
//!   error      everything that can go wrong: code, sentence, remedy
//!   given, private, time, jitter   values from outside, values that no log shows, time, spread
//! ```

pub mod agent;
pub(crate) mod ccp;
pub mod config;
pub mod error;
pub mod given;
pub mod jitter;
pub mod phone;
pub mod private;
pub mod relay;
pub mod sign_in;
pub mod sign_out;
#[cfg(test)]
mod testing;
pub mod time;
pub mod urls;
