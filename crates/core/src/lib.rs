//! What the Amazon Connect softphone knows and decides: facts in, effects out. No clock, no browser, no
//! wasm-bindgen; it builds and is tested on any target.
//!
//! ```text
//!   phone      the state machine: inputs, effects, status, prompt, timers, timeline, the host's calls
//!   ccp        the CCP in its frame: link, watchdog, session clock, conditions, container
//!   sign_in    attempts, ways, nonces, the record, the lock among tabs, retries
//!   sign_out   Offline, Connect, and a check that it is true
//!   audio      where the agent's calls ring and speak
//!   call_control   contacts as hosts see them, and commands
//!   agent      the agent and how busy their contacts keep them
//!   config     the host's configuration, parsed
//!   address    URLs, the instance's addresses, federate URLs and relay states
//!   finding    what is wrong with an input, and where
//!   error      everything that can go wrong: code, sentence, remedy
//!   arguments, event, host_value   what hosts pass in, and what they can listen to
//!   way, private, time, jitter     ways to sign in, values that no log shows, time, spread
//! ```

pub mod address;
pub mod agent;
pub mod arguments;
pub mod audio;
pub mod call_control;
pub(crate) mod ccp;
pub mod config;
pub mod error;
pub mod event;
pub mod finding;
pub mod host_value;
pub mod jitter;
pub mod microphone;
pub mod phone;
pub mod private;
pub mod sign_in;
pub mod sign_out;
#[cfg(test)]
mod testing;
pub mod time;
pub mod way;
