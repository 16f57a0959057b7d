//! The host page's own code: the errors, events, promises and the report that it gets.

pub(crate) mod error;
pub(crate) mod listeners;
pub(crate) mod promises;
pub(crate) mod report;
