//! What the container shows while the CCP is not to be seen, or not all is well.

use super::error::Error;
use super::phase::{Phase, Way};
use super::session::Status;

/// A sentence, and the label of a button when a click of the agent helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// One or two sentences for the agent.
    pub text: String,
    /// The button; what it does is the session's to know.
    pub button: Option<&'static str>,
    /// Whether the CCP goes out of sight. Not while a call may be going on in it.
    pub covers: bool,
}

impl Prompt {
    /// The prompt for `status`; `window` tells whether a sign-in window is open, `live` whether a
    /// contact is connected.
    pub fn of(status: &Status, window: bool, live: bool) -> Option<Self> {
        let error = status.error.as_ref();
        let (text, button) = match (status.phase, status.way) {
            (Phase::Closed, _) => return None,
            (Phase::Ready, _) if *error? == Error::CcpLost => {
                (RESTARTS_LATER, Some("Restart the phone now"))
            }
            (Phase::Ready, _) => ("", None),
            (Phase::Opening, _) => ("Opening the phone …", None),
            (Phase::SigningIn, Some(Way::Popup)) if window => (
                "Finish signing in in the window that has opened.",
                Some("Show the window"),
            ),
            (Phase::SigningIn, _) => ("Signing you in …", None),
            (Phase::SignInNeeded, _) => ("Sign in to use the phone.", Some("Sign in")),
            (Phase::Expired, _) if live => (ENDS_THE_CALL, Some("Sign in again")),
            (Phase::Expired, _) => ("", Some("Sign in again")),
            (Phase::SignedOut, _) => ("You are signed out.", Some("Sign in")),
            (Phase::Failed, _) => match error {
                Some(Error::IdentityMismatch | Error::SignOutFailed) => ("", Some("Sign out")),
                Some(_) | None => ("", Some("Try again")),
            },
        };
        let text = match error {
            Some(error) if text.is_empty() => error.to_string(),
            Some(error) => format!("{error} {text}"),
            None => text.to_owned(),
        };
        Some(Self {
            text,
            button,
            covers: !matches!(status.phase, Phase::Ready | Phase::Expired),
        })
    }
}

const RESTARTS_LATER: &str = "Restarting it ends the call.";
const ENDS_THE_CALL: &str = "Signing in again ends a call that is still going on.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::millis::Millis;
    use crate::testing::test;

    fn prompt(phase: Phase, error: Option<Error>, window: bool, live: bool) -> (String, bool) {
        let status = Status {
            phase,
            since: Millis::new(0),
            way: Some(Way::Popup),
            error,
            session: None,
        };
        let prompt = Prompt::of(&status, window, live).expect("a prompt");
        (prompt.text, prompt.button.is_some())
    }

    #[test]
    fn only_a_window_that_is_open_can_be_shown() {
        let finish = "Finish signing in in the window that has opened.";
        let (open, button) = prompt(Phase::SigningIn, None, true, false);
        assert_eq!((open.as_str(), button), (finish, true));
        let (none, button) = prompt(Phase::SigningIn, None, false, false);
        assert_eq!((none.as_str(), button), ("Signing you in …", false));
    }

    #[test]
    fn only_a_call_that_is_going_on_can_be_ended() {
        let ended = Some(Error::SessionEnded);
        let (text, button) = prompt(Phase::Expired, ended.clone(), false, false);
        assert_eq!((text.as_str(), button), ("Your session has ended.", true));
        let (text, button) = prompt(Phase::Expired, ended, false, true);
        let both = "Your session has ended. Signing in again ends a call that is still going on.";
        assert_eq!((text.as_str(), button), (both, true));
    }
}
