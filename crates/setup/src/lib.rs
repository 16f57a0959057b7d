//! Checks the strings of an Amazon Connect set-up with SSO: which one is wrong, where and why.
//!
//! ```text
//!   finding        what is wrong, where, what is expected and what to do
//!   check          all inputs, and what softphone-core's own check says of them
//!   arn            the instance's ARN
//!   relay_state    the relay state, alone or in an SSO Login URL
//!   federate       the federate URL in it: Region, instance, destination
//!   provider       the SSO Login URLs of each identity provider
//!   acs_url        where the identity provider posts the assertion: AWS sign-in, or Global Resiliency
//!   users          the CSV of SAML users, and user names
//!   init_ccp       the parameters of initCCP as people paste them
//!   literal        a reader of JSON and of JavaScript's object literals, which evaluates nothing
//!   locate         which part of a text a finding is about
//!   decoded        percent-decoded texts that know where each byte came from
//!   saml           SAML messages: from what was pasted to XML, and whether its signatures hold
//!   har            HAR files: the steps of a sign-in, and which one failed
//!   instant        times as SAML writes them, and as a person reads them
//!   region         AWS Regions and partitions
//!   write          all strings of a set-up, each with its place
//!   command        `connect-setup check`, the same natively and under Node
//!   url            the reader of URLs: the one of the browser or of Node, or one of its own
//!   input, report  what it reads and writes: text, JSON and SARIF
//! ```

mod acs_url;
mod arn;
pub mod check;
pub mod command;
mod decoded;
mod federate;
pub mod finding;
mod har;
mod init_ccp;
mod input;
mod instant;
mod literal;
mod locate;
mod provider;
mod region;
mod relay_state;
mod report;
pub mod saml;
#[cfg(test)]
mod testing;
mod url;
mod users;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod write;
