//! Writes the strings of a set-up, each with its place in the consoles of the identity provider, AWS and the host.
//!
//! ```text
//!   answers     what the administrator says: five things, and some that have defaults
//!   values      what follows from the answers, by name; a placeholder where an answer is missing
//!   fill        templates with these names, escaped as their language asks
//!   runbook     all steps, in order, for one identity provider and one host
//!   question    what is asked for them
//!   faults      what is wrong with the answers
//!   sso         the SSO Login URL, put together or completed
//!   users       the CSV of SAML users
//!   idp         a file for each identity provider: what it asks, what is entered there
//!   aws, host   the same for AWS, and for what embeds the phone
//!   texts       longer texts: policies, metadata, commands, pages
//! ```

mod answers;
mod aws;
mod faults;
mod fill;
mod host;
mod idp;
mod question;
mod runbook;
mod sso;
mod users;
mod values;

pub use answers::Answers;
pub use fill::Language;
pub use question::Question;
pub use runbook::{Runbook, Step, Text, runbook};

#[cfg(test)]
mod tests;
