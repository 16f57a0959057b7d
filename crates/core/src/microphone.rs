//! Whether the agent's microphone works: what the page sees goes in, at most one error comes out.
//!
//! The CCP opens the microphone, in a frame that nobody can look into; the page only knows what its own
//! browser says. So the microphone is checked without prompting the agent, and it is opened for a moment
//! only when the CCP has just failed to open it: Streams has one error for every reason (2.28.2,
//! `fetchUserMedia`), and the page's own attempt tells which one it was.

use crate::error::Error;
use crate::private::Private;

/// What is known about the microphone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Microphone {
    /// Whether a contact is live.
    in_contact: bool,
    /// Whether the CCP failed to open it when it last tried.
    refused: bool,
    /// What is wrong, as it was last told.
    wrong: Option<Error>,
}

/// The state of the browser's permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// The page may use the microphone.
    Granted,
    /// The agent, or a policy, forbids it.
    Denied,
    /// The agent has not been asked, or has dismissed the question.
    Prompt,
}

/// Something that happened to the microphone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The page checked, without prompting the agent.
    Checked {
        /// `None`: the browser does not say.
        permission: Option<Permission>,
        /// Whether the browser lists a microphone; `None`: it does not say.
        present: Option<bool>,
    },
    /// The CCP could not open it. Streams tells this in every tab, whichever CCP it was.
    Refused,
    /// The page opened it, and let go of it.
    Opened,
    /// The page could not open it.
    NotOpened(Failure),
    /// A contact is live, or none is any more.
    Contact {
        /// Whether one is.
        live: bool,
    },
}

/// Why the page could not open the microphone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The name of what `getUserMedia` threw; `TypeError` where it does not exist, as on an insecure page.
    pub name: String,
    /// The permission afterwards.
    pub permission: Option<Permission>,
}

/// The microphones and speakers of the computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Devices {
    /// The microphones.
    pub microphones: Vec<Device>,
    /// The speakers.
    pub speakers: Vec<Device>,
    /// Whether the page may use the microphone.
    pub permission: Permission,
}

/// One microphone or speaker. Both are personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The browser's `deviceId`.
    pub id: Private<String>,
    /// Its name.
    pub label: Private<String>,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Check, without prompting; answered by [`Fact::Checked`].
    Check,
    /// Open it for a moment; answered by [`Fact::Opened`] or [`Fact::NotOpened`].
    Open,
    /// What is wrong has changed; `None`: nothing is.
    Tell(Option<Error>),
}

impl Microphone {
    /// What is wrong with it, if anything is.
    pub fn wrong(&self) -> Option<Error> {
        self.wrong.clone()
    }

    /// Takes in what happened.
    pub fn handle(&mut self, fact: Fact) -> Option<Order> {
        match fact {
            Fact::Checked {
                permission,
                present,
            } => self.checked(permission, present),
            Fact::Refused => {
                self.refused = true;
                Some(Order::Check)
            }
            Fact::Opened => {
                self.refused = false;
                Some(Order::Check)
            }
            Fact::NotOpened(failure) => self.conclude(Some(failure.error())),
            Fact::Contact { live } if live == self.in_contact => None,
            Fact::Contact { live } => {
                self.in_contact = live;
                // A call connects only after the CCP has opened the microphone.
                self.refused &= !live;
                Some(Order::Check)
            }
        }
    }

    fn checked(&mut self, permission: Option<Permission>, present: Option<bool>) -> Option<Order> {
        let wrong = match (permission, present) {
            (Some(Permission::Denied), _) => Some(Error::MicrophoneDenied),
            // Believed also without the permission: a browser then still lists one nameless device of
            // each kind.
            (_, Some(false)) => Some(Error::MicrophoneMissing),
            (Some(Permission::Granted), _) if self.refused => return Some(Order::Open),
            // Opening it would prompt the agent.
            (Some(Permission::Prompt), _) if self.refused => Some(Error::MicrophoneDismissed),
            (None, _) if self.refused => Some(Error::MicrophoneDenied),
            (Some(Permission::Granted | Permission::Prompt) | None, _) => None,
        };
        self.conclude(wrong)
    }

    fn conclude(&mut self, wrong: Option<Error>) -> Option<Order> {
        // A contact needs it, and it was there before: that is news of its own.
        let lost = self.in_contact
            && wrong == Some(Error::MicrophoneMissing)
            && self.wrong != Some(Error::MicrophoneMissing);
        let wrong = if lost {
            Some(Error::MicrophoneLost)
        } else {
            wrong
        };
        if wrong == self.wrong {
            return None;
        }
        self.wrong.clone_from(&wrong);
        Some(Order::Tell(wrong))
    }
}

impl Permission {
    /// The name that hosts see, which is the browser's own.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Denied => "denied",
            Self::Prompt => "prompt",
        }
    }

    /// The permission called `name`.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Granted, Self::Denied, Self::Prompt]
            .into_iter()
            .find(|permission| permission.name() == name)
    }
}

impl Failure {
    /// What is wrong.
    pub fn error(&self) -> Error {
        match (self.name.as_str(), self.permission) {
            (_, Some(Permission::Denied)) => Error::MicrophoneDenied,
            // The question was closed without an answer: the agent can be asked again.
            ("NotAllowedError" | "SecurityError" | "TimeoutError", Some(Permission::Prompt)) => {
                Error::MicrophoneDismissed
            }
            // Granted, and still not allowed: the operating system forbids it to the browser.
            ("NotAllowedError" | "SecurityError", Some(Permission::Granted) | None) => {
                Error::MicrophoneDenied
            }
            ("NotReadableError" | "AbortError" | "TimeoutError", _) => Error::MicrophoneBusy,
            _ => Error::MicrophoneMissing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;
    use Error::{
        MicrophoneBusy as Busy, MicrophoneDenied as Denied, MicrophoneDismissed as Dismissed,
        MicrophoneLost as Lost, MicrophoneMissing as Missing,
    };

    const GRANTED: Option<Permission> = Some(Permission::Granted);
    const DENIED: Option<Permission> = Some(Permission::Denied);
    const PROMPT: Option<Permission> = Some(Permission::Prompt);
    const THERE: Option<bool> = Some(true);
    const GONE: Option<bool> = Some(false);

    /// A microphone, and the page around it: it checks when it is told to.
    struct Page {
        microphone: Microphone,
        permission: Option<Permission>,
        present: Option<bool>,
        /// What opening it throws.
        broken: Option<&'static str>,
        opened: u32,
        told: Vec<Option<Error>>,
    }

    impl Page {
        fn new(permission: Option<Permission>, present: Option<bool>) -> Self {
            Self {
                microphone: Microphone::default(),
                permission,
                present,
                broken: None,
                opened: 0,
                told: Vec::new(),
            }
        }

        fn happens(&mut self, fact: Fact) {
            match self.microphone.handle(fact) {
                Some(Order::Check) => self.check(),
                Some(Order::Open) => {
                    self.opened += 1;
                    self.happens(match self.broken {
                        None => Fact::Opened,
                        Some(name) => not_opened(name, self.permission),
                    });
                }
                Some(Order::Tell(wrong)) => self.told.push(wrong),
                None => {}
            }
        }

        fn check(&mut self) {
            self.happens(Fact::Checked {
                permission: self.permission,
                present: self.present,
            });
        }

        fn permission(&mut self, permission: Option<Permission>) {
            self.permission = permission;
            self.check();
        }

        fn plug(&mut self, present: bool) {
            self.present = Some(present);
            self.check();
        }

        fn contact(&mut self, live: bool) {
            self.happens(Fact::Contact { live });
        }

        /// What was told since the last call; `None`: nothing is wrong any more.
        #[track_caller]
        fn tells<const N: usize>(&mut self, expected: [Option<Error>; N]) {
            assert_eq!(std::mem::take(&mut self.told), expected);
        }
    }

    fn not_opened(name: &str, permission: Option<Permission>) -> Fact {
        Fact::NotOpened(Failure {
            name: name.to_owned(),
            permission,
        })
    }

    #[test]
    fn every_check_has_one_verdict() {
        let tell = |error| Some(Order::Tell(Some(error)));
        let open = || Some(Order::Open);
        for (permission, present, fine, refused, in_contact) in [
            (GRANTED, THERE, None, open(), None),
            (GRANTED, GONE, tell(Missing), tell(Missing), tell(Lost)),
            (GRANTED, None, None, open(), None),
            (PROMPT, THERE, None, tell(Dismissed), None),
            (PROMPT, GONE, tell(Missing), tell(Missing), tell(Lost)),
            (PROMPT, None, None, tell(Dismissed), None),
            (DENIED, THERE, tell(Denied), tell(Denied), tell(Denied)),
            // That it is denied comes first: without the permission nothing can be found anyway.
            (DENIED, GONE, tell(Denied), tell(Denied), tell(Denied)),
            (DENIED, None, tell(Denied), tell(Denied), tell(Denied)),
            (None, THERE, None, tell(Denied), None),
            (None, GONE, tell(Missing), tell(Missing), tell(Lost)),
            (None, None, None, tell(Denied), None),
        ] {
            for (before, expected) in [
                (None, fine),
                (Some(Fact::Refused), refused),
                (Some(Fact::Contact { live: true }), in_contact),
            ] {
                let mut microphone = Microphone::default();
                if let Some(fact) = before.clone() {
                    microphone.handle(fact);
                }
                let checked = Fact::Checked {
                    permission,
                    present,
                };
                let row = format!("{permission:?}, {present:?}, {before:?}");
                assert_eq!(microphone.handle(checked), expected, "{row}");
            }
        }
    }

    #[test]
    fn every_failure_to_open_it_has_one_error() {
        for (name, prompt, granted, unknown) in [
            ("NotAllowedError", Dismissed, Denied, Denied),
            ("SecurityError", Dismissed, Denied, Denied),
            ("NotReadableError", Busy, Busy, Busy),
            ("AbortError", Busy, Busy, Busy),
            ("TimeoutError", Dismissed, Busy, Busy),
            ("NotFoundError", Missing, Missing, Missing),
            ("OverconstrainedError", Missing, Missing, Missing),
            ("TypeError", Missing, Missing, Missing),
        ] {
            for (permission, expected) in [
                (PROMPT, prompt),
                (GRANTED, granted),
                (None, unknown),
                (DENIED, Denied),
            ] {
                let failure = Failure {
                    name: name.to_owned(),
                    permission,
                };
                assert_eq!(failure.error(), expected, "{name}, {permission:?}");
            }
        }
    }

    #[test]
    fn a_denied_permission_is_told_once_and_taken_back() {
        let mut page = Page::new(DENIED, THERE);
        page.check();
        page.check();
        page.tells([Some(Denied)]);
        page.permission(PROMPT);
        page.tells([None]);
        page.permission(DENIED);
        page.tells([Some(Denied)]);
        assert_eq!(page.opened, 0);
    }

    #[test]
    fn a_microphone_comes_and_goes() {
        let mut page = Page::new(PROMPT, THERE);
        page.check();
        page.tells([]);
        page.plug(false);
        page.tells([Some(Missing)]);
        page.plug(true);
        page.tells([None]);
    }

    #[test]
    fn a_microphone_that_goes_during_a_contact_is_lost_and_afterwards_missing() {
        let mut page = Page::new(PROMPT, THERE);
        page.contact(true);
        page.plug(false);
        page.tells([Some(Lost)]);
        page.plug(false);
        page.tells([]);
        page.contact(false);
        page.tells([Some(Missing)]);
        page.plug(true);
        page.tells([None]);
    }

    #[test]
    fn a_microphone_that_was_missing_before_the_contact_is_not_lost() {
        let mut page = Page::new(PROMPT, GONE);
        page.check();
        page.tells([Some(Missing)]);
        page.contact(true);
        page.tells([]);
        page.plug(true);
        page.tells([None]);
        page.plug(false);
        page.tells([Some(Lost)]);
    }

    #[test]
    fn a_dismissed_question_counts_until_a_call_connects() {
        let mut page = Page::new(PROMPT, THERE);
        page.happens(Fact::Refused);
        page.tells([Some(Dismissed)]);
        page.contact(true);
        page.tells([None]);
        page.contact(false);
        page.tells([]);
    }

    #[test]
    fn a_dismissed_question_counts_until_the_permission_is_granted() {
        let mut page = Page::new(PROMPT, THERE);
        page.happens(Fact::Refused);
        page.tells([Some(Dismissed)]);
        assert_eq!(page.opened, 0, "opening it would have prompted");
        page.permission(GRANTED);
        page.tells([None]);
        assert_eq!(page.opened, 1);
    }

    #[test]
    fn a_dismissed_question_counts_until_the_host_has_opened_it() {
        let mut page = Page::new(PROMPT, THERE);
        page.happens(Fact::Refused);
        page.tells([Some(Dismissed)]);
        // Some browsers grant it for this once: the state of the permission does not change.
        page.happens(Fact::Opened);
        page.tells([None]);
    }

    #[test]
    fn a_microphone_that_another_program_has_is_tried_at_every_check() {
        let mut page = Page::new(GRANTED, THERE);
        page.broken = Some("NotReadableError");
        page.happens(Fact::Refused);
        page.tells([Some(Busy)]);
        page.check();
        page.tells([]);
        page.broken = None;
        page.check();
        page.tells([None]);
        assert_eq!(page.opened, 3);
        page.check();
        assert_eq!(page.opened, 3);
    }

    #[test]
    fn a_microphone_that_works_was_refused_to_the_ccp_of_another_tab() {
        let mut page = Page::new(GRANTED, THERE);
        page.happens(Fact::Refused);
        page.tells([]);
        assert_eq!(page.opened, 1);
    }

    #[test]
    fn a_browser_that_does_not_know_the_permission_is_believed_by_what_opening_shows() {
        let mut page = Page::new(None, THERE);
        page.happens(Fact::Refused);
        page.tells([Some(Denied)]);
        page.happens(Fact::Opened);
        page.tells([None]);
    }

    #[test]
    fn permissions_are_called_as_in_the_types() {
        let names = [Permission::Granted, Permission::Denied, Permission::Prompt];
        let typed = crate::testing::union_after("readonly permission:");
        assert_eq!(names.map(Permission::name).to_vec(), typed);
        for permission in names {
            assert_eq!(Permission::named(permission.name()), Some(permission));
        }
        assert_eq!(Permission::named("asked"), None);
    }
}
