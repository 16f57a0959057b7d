//! The agent, as hosts see them.

use std::rc::Rc;

use crate::call_control::reading::{Queue, items, text, time};
use crate::host_value::HostValue;
use crate::private::Private;
use crate::time::Millis;

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
    /// Since when they are in it.
    pub state_since: Millis,
    /// The state that they chose last, which a contact covers: `Busy` over `Available`, for example.
    pub availability: Option<String>,
    /// The state that follows once there is no contact.
    pub next_state: Option<String>,
    /// Whether they take calls in the browser, and not on a desk phone.
    pub softphone: bool,
    /// Whether they are muted, as far as that is known.
    pub muted: Option<bool>,
    /// What Amazon does to their voice, as far as that is known.
    pub voice_enhancement: Option<VoiceEnhancement>,
    /// How the instance is set up for them. Shared, because it changes rarely.
    pub setup: Rc<AgentSetup>,
}

/// How the instance is set up for an agent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AgentSetup {
    /// The states that they can choose.
    pub states: Vec<AgentState>,
    /// The name of their routing profile.
    pub routing_profile: String,
    /// The queues of it.
    pub queues: Vec<Queue>,
    /// The queue on whose behalf they dial.
    pub default_queue: Option<Queue>,
    /// Such as `outboundCall`.
    pub permissions: Vec<String>,
    /// The countries that they can dial, such as `us`.
    pub countries: Vec<String>,
    /// Whether Amazon accepts calls for them.
    pub auto_accept: bool,
    /// The number of their desk phone.
    pub desk_number: Option<Private<String>>,
}

/// A state that an agent can choose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AgentState {
    /// Its name.
    pub name: String,
    /// Its type, as in [`Agent::state_type`].
    pub type_name: String,
}

impl Agent {
    /// Reads what the shell picked of a snapshot (src/browser/streams/snapshot.js); `None` where it names no agent or no
    /// state.
    pub fn of(value: &HostValue, setup: Rc<AgentSetup>) -> Option<Self> {
        let text = |name| text(value.field(name));
        Some(Self {
            username: Private::new(text("username")?),
            name: Private::new(text("name").unwrap_or_default()),
            state: text("state")?,
            state_type: text("stateType").unwrap_or_default(),
            state_since: time(value.field("since")),
            availability: text("availability"),
            next_state: text("next"),
            softphone: *value.field("softphone") != HostValue::Bool(false),
            muted: None,
            voice_enhancement: None,
            setup,
        })
    }
}

impl AgentSetup {
    /// Reads what the shell picked of the configuration.
    pub fn of(value: &HostValue) -> Self {
        let texts = |name| items(value.field(name)).filter_map(text).collect();
        Self {
            states: items(value.field("states"))
                .filter_map(|state| {
                    Some(AgentState {
                        name: text(state.field("name"))?,
                        type_name: text(state.field("type")).unwrap_or_default(),
                    })
                })
                .collect(),
            routing_profile: text(value.field("routingProfile")).unwrap_or_default(),
            queues: items(value.field("queues")).filter_map(Queue::of).collect(),
            default_queue: Queue::of(value.field("defaultQueue")),
            permissions: texts("permissions"),
            countries: texts("countries"),
            auto_accept: *value.field("autoAccept") == HostValue::Bool(true),
            desk_number: text(value.field("deskNumber")).map(Private::new),
        }
    }
}

/// What Amazon does to an agent's voice (Streams 2.28.2, index.d.ts, `VoiceEnhancementMode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VoiceEnhancement {
    /// Nothing.
    None,
    /// What is no voice becomes quiet.
    NoiseSuppression,
    /// So do the voices of others.
    VoiceIsolation,
}

impl VoiceEnhancement {
    /// All of them.
    pub const ALL: &[Self] = &[Self::None, Self::NoiseSuppression, Self::VoiceIsolation];

    /// The name that hosts see.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NoiseSuppression => "noiseSuppression",
            Self::VoiceIsolation => "voiceIsolation",
        }
    }

    /// Amazon's name.
    pub const fn amazon(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::NoiseSuppression => "NOISE_SUPPRESSION",
            Self::VoiceIsolation => "VOICE_ISOLATION",
        }
    }

    /// The one that Amazon calls so.
    pub fn of(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|mode| mode.amazon() == name)
    }
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
