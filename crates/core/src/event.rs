//! The events that a host can subscribe to.

/// The type of an event. Its fields are the shell's to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Phase, way or error changed.
    StatusChanged,
    /// The agent arrived, changed, or is gone.
    AgentChanged,
    /// The audio is somewhere else.
    AudioChanged,
    /// A contact is there.
    ContactAdded,
    /// A contact changed.
    ContactChanged,
    /// A contact is gone.
    ContactRemoved,
    /// What is known of a recording has changed.
    RecordingChanged,
    /// The session ends soon.
    SessionExpiring,
    /// Something works, but looks like a mistake in the configuration.
    Diagnostic,
}

impl Event {
    /// All of them, in the order of js/index.d.ts.
    pub const ALL: [Self; 9] = [
        Self::StatusChanged,
        Self::AgentChanged,
        Self::AudioChanged,
        Self::ContactAdded,
        Self::ContactChanged,
        Self::ContactRemoved,
        Self::RecordingChanged,
        Self::SessionExpiring,
        Self::Diagnostic,
    ];

    /// The name that hosts know.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StatusChanged => "statusChanged",
            Self::AgentChanged => "agentChanged",
            Self::AudioChanged => "audioChanged",
            Self::ContactAdded => "contactAdded",
            Self::ContactChanged => "contactChanged",
            Self::ContactRemoved => "contactRemoved",
            Self::RecordingChanged => "recordingChanged",
            Self::SessionExpiring => "sessionExpiring",
            Self::Diagnostic => "diagnostic",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{discriminants_after, test};

    #[test]
    fn events_are_called_as_in_the_types() {
        let typed = discriminants_after("export type SoftphoneEvent =");
        assert_eq!(Event::ALL.map(Event::name).to_vec(), typed);
    }
}
