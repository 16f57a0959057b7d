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

/// What the agent's contacts keep him from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Load {
    /// There is no contact.
    #[default]
    Idle,
    /// After contact work, or what is left of a missed contact: nobody is on the line.
    Wrapping,
    /// Somebody rings, is called, or is on the line.
    Live,
}

impl Load {
    /// The load of one contact in that state (Streams 2.28.2, `connect.ContactStateType`). A state
    /// that is not known counts as live: better a reload too late than a call cut off.
    pub fn of_state(state: &str) -> Self {
        match state {
            "ended" | "missed" | "error" | "rejected" => Self::Wrapping,
            _ => Self::Live,
        }
    }

    /// The load of both.
    pub const fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Live, _) | (_, Self::Live) => Self::Live,
            (Self::Wrapping, _) | (_, Self::Wrapping) => Self::Wrapping,
            (Self::Idle, Self::Idle) => Self::Idle,
        }
    }
}
