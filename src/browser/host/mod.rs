//! What the host page's own code gets: errors, events, promises and the report.

pub(crate) mod error;
pub(crate) mod journal;
pub(crate) mod listeners;
pub(crate) mod promises;
pub(crate) mod report;
