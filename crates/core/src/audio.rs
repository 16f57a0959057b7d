//! The agent's audio: where it can be, and who can have it.

/// Where the agent's audio is, as hosts see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Audio {
    /// In this phone.
    Here,
    /// In another window.
    Elsewhere,
    /// Not known, or nowhere yet.
    #[default]
    Unknown,
}

/// Who has the softphone, as the worker and the other tabs' locks tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Softphone {
    /// This CCP.
    Here,
    /// None; the CCP asks for it at the next change of the agent's data.
    Nobody,
    /// The CCP of another page of ours, which is open.
    Elsewhere,
    /// A CCP that is on no open page of ours: it was closed without a good-bye, or was in a sign-in window.
    Orphaned,
}

impl Audio {
    /// All of them, in the order of the types.
    pub const ALL: [Self; 3] = [Self::Here, Self::Elsewhere, Self::Unknown];

    /// The name that hosts see.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Elsewhere => "elsewhere",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{test, union_after};

    #[test]
    fn places_are_called_as_in_the_types() {
        let typed = union_after("export type SoftphoneAudio =");
        assert_eq!(Audio::ALL.map(Audio::name).to_vec(), typed);
    }
}
