//! The ways to sign in.

/// A way to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// A hidden frame: no window, no interaction.
    Frame,
    /// A window.
    Popup,
    /// The whole page goes to the identity provider and comes back.
    Redirect,
    /// Amazon Connect Streams does it, with its own popup and timers.
    Streams,
}

impl Way {
    /// The name that hosts see and configure.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Popup => "popup",
            Self::Redirect => "redirect",
            Self::Streams => "streams",
        }
    }

    /// The way called `name`.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Frame, Self::Popup, Self::Redirect, Self::Streams]
            .into_iter()
            .find(|way| way.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{test, union_after};

    #[test]
    fn ways_are_named_as_in_the_types() {
        let ways = [Way::Frame, Way::Popup, Way::Redirect, Way::Streams];
        let typed = union_after("export type SignInWay =");
        assert_eq!(ways.map(Way::name).to_vec(), typed);
        for way in ways {
            assert_eq!(Way::named(way.name()), Some(way));
        }
        assert_eq!(Way::named("window"), None);
    }
}
