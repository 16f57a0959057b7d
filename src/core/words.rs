//! What the container shows while the CCP is not to be seen.

use super::phase::{Phase, Way};
use super::session::Status;

/// A sentence, and the label of a button when a click of the agent helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// One or two sentences for the agent.
    pub text: String,
    /// The button that calls `signIn()`.
    pub button: Option<&'static str>,
    /// Whether the CCP goes out of sight. Not when a session ends, perhaps in the middle of a call.
    pub covers: bool,
}

impl Prompt {
    /// The prompt for `status`; `window` tells whether a sign-in window is open.
    pub fn of(status: &Status, window: bool) -> Option<Self> {
        let (text, button) = match (status.phase, status.way) {
            (Phase::Ready | Phase::Closed, _) => return None,
            (Phase::Opening, _) => ("Opening the phone …", None),
            (Phase::SigningIn, Some(Way::Popup)) if window => (
                "Finish signing in in the window that has opened.",
                Some("Show the window"),
            ),
            (Phase::SigningIn, _) => ("Signing you in …", None),
            (Phase::SignInNeeded, _) => ("Sign in to use the phone.", Some("Sign in")),
            (Phase::Expired, _) => ("Your session has ended.", Some("Sign in again")),
            (Phase::SignedOut, _) => ("You are signed out.", Some("Sign in")),
            (Phase::Failed, _) => ("", Some("Try again")),
        };
        let text = match &status.error {
            Some(error) if text.is_empty() => error.to_string(),
            Some(error) => format!("{error} {text}"),
            None => text.to_owned(),
        };
        Some(Self {
            text,
            button,
            covers: status.phase != Phase::Expired,
        })
    }
}
