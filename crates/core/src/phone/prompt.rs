//! What the container shows while the CCP is hidden, or while something is wrong: a sentence, and a button
//! whose label and action come from one table.

use super::machine::Phone;
use super::standing::Standing;
use crate::ccp::replaced::CallAudio;
use crate::config::Controls;
use crate::error::Error;
use crate::sign_in::attempt::Attempt;
use crate::time::Millis;
use crate::way::Way;

/// What the container shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What went wrong, if anything did; its sentence comes first.
    error: Option<Error>,
    line: Option<Line>,
    /// The button, where a click of the agent helps.
    pub button: Option<Button>,
    /// Whether the phone tries again by itself, too; who is told so need not click again and again.
    pub tries_again: bool,
    /// Whether the agent has something to do in the CCP's frame, which shows even if it stays out of sight otherwise.
    pub reveals: bool,
    /// Whether the CCP is hidden. Not while a call may be going on in it.
    pub covers: bool,
    /// The time that the text names, as [`TIME`].
    pub time: Option<Millis>,
}

/// What stands in a prompt's text for a time, which the agent reads as their country writes it.
pub const TIME: &str = "{time}";

const TRIES_AGAIN: &str = "The phone also tries again by itself every minute.";

/// A sentence for the agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Opening,
    SigningIn,
    CompleteSignIn,
    Visit,
    AllowCookies,
    VisitFirst,
    SignIn,
    SignInOrGoOn,
    SignedOut,
    SignedOutInactive,
    Inactive,
    RestartEndsCall,
    SignInInterruptsCall,
    BackToCall,
}

/// A button: what it says, and with it what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    /// Signs in.
    SignIn,
    /// Signs in after the session has ended.
    SignInAgain,
    /// Keeps an inactive agent signed in.
    StayActive,
    /// Starts afresh after a failure.
    TryAgain,
    /// Opens a page of the instance.
    OpenConnect,
    /// Brings the sign-in window to the front.
    ShowWindow,
    /// Restarts a CCP that has stopped answering.
    Restart,
    /// Brings the audio here.
    UseHere,
    /// Signs out.
    SignOut,
}

/// What a click does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// What `phone.signIn()` does: signs in, shows the window, restarts the CCP or brings the
    /// audio here, as the moment requires.
    SignIn,
    /// What `phone.stayActive()` does.
    StayActive,
    /// Signs out.
    SignOut,
}

impl Phone {
    /// What the container shows; `None` while the CCP alone is to be seen.
    pub fn prompt(&self) -> Option<Prompt> {
        let error = self.status().error;
        let live = self.state.ccp.carries_call();
        let window = self.state.attempt().is_some_and(|a| a.shows_window());
        let visits = |a: &Attempt| a.window.as_ref().is_some_and(|it| it.visit);
        let visits = self.state.attempt().is_some_and(visits);
        let reveals = self.state.cookies.are_blocked();
        // Amazon's panel has a prompt of its own.
        let time = (self.state.inactivity.ends())
            .filter(|_| self.state.standing.is_ready() && self.config.controls == Controls::Icc);
        let (line, button) = match &self.state.standing {
            Standing::Closed => return None,
            Standing::Ready { .. } if error == Some(Error::CcpLost) => {
                (Some(Line::RestartEndsCall), Some(Button::Restart))
            }
            Standing::Ready { .. } if error == Some(Error::AgentDataFrozen) => {
                (live.then_some(Line::RestartEndsCall), Some(Button::Restart))
            }
            Standing::Ready { .. } if time.is_some() => {
                (Some(Line::Inactive), Some(Button::StayActive))
            }
            Standing::Ready { .. } if self.can_take_audio() => (None, Some(Button::UseHere)),
            Standing::Ready { .. } => {
                error.as_ref()?;
                (None, None)
            }
            Standing::Opening { .. } => (Some(Line::Opening), None),
            Standing::SigningIn { .. } if visits => (Some(Line::Visit), Some(Button::ShowWindow)),
            Standing::SigningIn {
                way: Some(Way::Popup),
            } if window => (Some(Line::CompleteSignIn), Some(Button::ShowWindow)),
            Standing::SigningIn { .. } => (Some(Line::SigningIn), None),
            Standing::SignInNeeded {
                why: Some(Error::ThirdPartyCookiesBlocked),
                ..
            } if reveals => (Some(Line::AllowCookies), None),
            Standing::SignInNeeded { .. } if reveals => {
                (Some(Line::VisitFirst), Some(Button::OpenConnect))
            }
            // A page with Cross-Origin-Opener-Policy makes an open window look closed.
            Standing::SignInNeeded {
                why: Some(Error::SignInWindowClosed),
                ..
            } => (Some(Line::SignInOrGoOn), Some(Button::SignIn)),
            Standing::SignInNeeded { .. } => (Some(Line::SignIn), Some(Button::SignIn)),
            Standing::Expired if live => {
                (Some(Line::SignInInterruptsCall), Some(Button::SignInAgain))
            }
            Standing::Expired if self.state.ccp.call_audio != CallAudio::Here => {
                (Some(Line::BackToCall), Some(Button::SignInAgain))
            }
            Standing::Expired => (None, Some(Button::SignInAgain)),
            Standing::SignedOut { .. } if self.state.record.inactive => {
                (Some(Line::SignedOutInactive), Some(Button::SignIn))
            }
            Standing::SignedOut { .. } => (Some(Line::SignedOut), Some(Button::SignIn)),
            Standing::Failed {
                error: Error::IdentityMismatch | Error::SignOutFailed,
                ..
            } => (None, Some(Button::SignOut)),
            Standing::Failed { .. } => (None, Some(Button::TryAgain)),
        };
        Some(Prompt {
            error,
            line,
            button,
            tries_again: self.tries_again(),
            reveals,
            covers: !reveals
                && !matches!(
                    self.state.standing,
                    Standing::Ready { .. } | Standing::Expired
                ),
            time,
        })
    }
}

impl Prompt {
    /// One or two sentences for the agent.
    pub fn text(&self) -> String {
        let error = self.error.as_ref().map(Error::to_string);
        let line = self.line.map(|line| line.text().to_owned());
        let again = self.tries_again.then(|| TRIES_AGAIN.to_owned());
        let sentences: Vec<String> = [error, line, again].into_iter().flatten().collect();
        sentences.join(" ")
    }
}

impl Line {
    const fn text(self) -> &'static str {
        match self {
            Self::Opening => "Opening the phone …",
            Self::SigningIn => "Signing you in …",
            Self::CompleteSignIn => "Complete the sign-in in the window that opened.",
            Self::Visit => "Click anywhere in the window that opened, then close it.",
            Self::AllowCookies => "Allow them below.",
            Self::VisitFirst => "Open Amazon Connect, click in its window, and close it.",
            Self::SignIn => "Sign in to use the phone.",
            Self::SignInOrGoOn => "If it is still open, go on there; otherwise sign in again.",
            Self::SignedOut => "You are signed out.",
            Self::SignedOutInactive => "You were signed out because you were inactive.",
            Self::Inactive => "You will be signed out at {time} because you are inactive.",
            Self::RestartEndsCall => "Restarting it ends the call.",
            Self::SignInInterruptsCall => {
                "Signing in again interrupts a call that is still connected."
            }
            Self::BackToCall => "Sign in again to get back to your call.",
        }
    }
}

impl Button {
    /// What it says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SignIn => "Sign in",
            Self::SignInAgain => "Sign in again",
            Self::StayActive => "Stay signed in",
            Self::TryAgain => "Try again",
            Self::OpenConnect => "Open Amazon Connect",
            Self::ShowWindow => "Show the window",
            Self::Restart => "Restart the phone now",
            Self::UseHere => "Use the phone here",
            Self::SignOut => "Sign out",
        }
    }

    /// What it does.
    pub const fn action(self) -> Action {
        match self {
            Self::SignOut => Action::SignOut,
            Self::StayActive => Action::StayActive,
            Self::SignIn
            | Self::SignInAgain
            | Self::TryAgain
            | Self::OpenConnect
            | Self::ShowWindow
            | Self::Restart
            | Self::UseHere => Action::SignIn,
        }
    }
}
