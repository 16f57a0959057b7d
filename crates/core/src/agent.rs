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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn whoever_may_be_on_the_line_counts_as_live() {
        for (state, load) in [
            // Streams 2.28.2, `connect.ContactStateType`.
            ("init", Load::Live),
            ("incoming", Load::Live),
            ("pending", Load::Live),
            ("connecting", Load::Live),
            ("connected", Load::Live),
            ("missed", Load::Wrapping),
            ("rejected", Load::Wrapping),
            ("error", Load::Wrapping),
            ("ended", Load::Wrapping),
            ("a state of a later version", Load::Live),
        ] {
            assert_eq!(Load::of_state(state), load, "{state}");
        }
    }

    #[test]
    fn of_two_contacts_the_busier_counts() {
        let loads = [Load::Idle, Load::Wrapping, Load::Live];
        for (busy, one) in loads.into_iter().enumerate() {
            for other in &loads[..=busy] {
                assert_eq!(one.with(*other), one);
                assert_eq!(other.with(one), one);
            }
        }
    }
}
