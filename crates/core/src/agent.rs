//! The agent, as hosts see them.

use crate::private::Private;

/// What is known of the agent. Names are private; states are the instance's own words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Agent {
    /// The Connect user name, exactly.
    pub username: Private<String>,
    /// The full name, empty when Connect has none.
    pub name: Private<String>,
    /// The name of the agent's state, such as `Available`.
    pub state: String,
    /// Its type in Amazon's words, such as `routable`; empty when Streams gives none.
    pub state_type: String,
    /// Whether they take calls in the browser, and not on a desk phone.
    pub softphone: bool,
}

/// How busy the contacts keep the agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Contacts {
    /// There is no contact.
    #[default]
    None,
    /// After contact work, or what is left of a missed contact: nobody is on the line.
    WrapUp,
    /// Somebody rings, is called, or is on the line.
    Live,
}

impl Contacts {
    /// What one contact counts as in that state (Streams 2.28.2, `connect.ContactStateType`). An unknown
    /// state counts as live: a reload that comes too late does less harm than a call that is cut off.
    pub fn of_state(state: &str) -> Self {
        match state {
            "ended" | "missed" | "error" | "rejected" => Self::WrapUp,
            _ => Self::Live,
        }
    }

    /// How busy both together keep the agent.
    pub const fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Live, _) | (_, Self::Live) => Self::Live,
            (Self::WrapUp, _) | (_, Self::WrapUp) => Self::WrapUp,
            (Self::None, Self::None) => Self::None,
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
            ("init", Contacts::Live),
            ("incoming", Contacts::Live),
            ("pending", Contacts::Live),
            ("connecting", Contacts::Live),
            ("connected", Contacts::Live),
            ("missed", Contacts::WrapUp),
            ("rejected", Contacts::WrapUp),
            ("error", Contacts::WrapUp),
            ("ended", Contacts::WrapUp),
            ("a state of a later version", Contacts::Live),
        ] {
            assert_eq!(Contacts::of_state(state), load, "{state}");
        }
    }

    #[test]
    fn of_two_contacts_the_busier_counts() {
        let loads = [Contacts::None, Contacts::WrapUp, Contacts::Live];
        for (busy, one) in loads.into_iter().enumerate() {
            for other in &loads[..=busy] {
                assert_eq!(one.with(*other), one);
                assert_eq!(other.with(one), one);
            }
        }
    }
}
