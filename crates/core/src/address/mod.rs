//! URLs that may reach a window or a frame, and the ones that Amazon Connect is known by.

pub mod relay;
pub mod web_url;
