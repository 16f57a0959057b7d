//! The page around the softphone: its document, network, storage and microphone.

pub(crate) mod activity;
pub(crate) mod environment;
pub(crate) mod microphone;
pub(crate) mod panel;
pub(crate) mod storage;
pub mod url;
