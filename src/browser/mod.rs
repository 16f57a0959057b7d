//! The browser shell: one module per outside party, and [`driver`], which joins them to the core.

pub(crate) mod ccp;
pub(crate) mod channel;
pub(crate) mod clock;
pub(crate) mod driver;
pub(crate) mod error;
pub(crate) mod frame;
pub(crate) mod host_value;
pub(crate) mod js;
pub(crate) mod keep;
pub(crate) mod leave;
pub(crate) mod leftovers;
pub(crate) mod listeners;
pub(crate) mod microphone;
pub(crate) mod panel;
pub(crate) mod promise;
pub(crate) mod report;
pub(crate) mod snapshot;
pub(crate) mod storage;
pub(crate) mod streams;
pub(crate) mod surroundings;
pub(crate) mod turn;
pub mod url;
pub(crate) mod window;
