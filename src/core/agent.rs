//! The agent, as hosts see him.

use super::private::Private;

/// What is known of the agent. Names are private; states are the instance's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The Connect user name, exactly.
    pub username: Private<String>,
    /// The full name, empty when Connect has none.
    pub name: Private<String>,
    /// The name of the agent's state, such as `Available`.
    pub state: String,
    /// Its type in Amazon's words, such as `routable`; empty when Streams gives none.
    pub state_type: String,
}
