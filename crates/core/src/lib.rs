//! The pure core: facts in, effects out. No clock, no browser; it builds and is tested on any target.

pub mod address;
pub mod agent;
pub mod arguments;
pub mod chance;
pub mod config;
pub mod error;
pub mod event;
pub mod finding;
pub mod host_value;
pub mod millis;
pub mod number;
pub mod phase;
pub mod private;
pub mod record;
pub mod session;
pub mod signin;
#[cfg(test)]
mod testing;
pub mod timeline;
pub mod words;

/// The former name, which tests of the session still use.
#[cfg(test)]
mod given {
    pub(crate) use crate::host_value::HostValue as Given;
}
