//! Everything that can go wrong and that somebody can do something about.

use super::finding::Finding;
use super::phase::Way;

/// A failure: its code is API, its sentence is for the agent, its remedy for the administrator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The configuration cannot be used; every problem is listed.
    #[error("The softphone's configuration has mistakes: {}.", list(.0))]
    ConfigInvalid(Vec<Finding>),
    /// The container is no element of this page.
    #[error(
        "The softphone has no place on this page: found {found}, expected an element of the page."
    )]
    ContainerInvalid {
        /// What was passed instead.
        found: String,
    },
    /// A method was called with an argument that it cannot take.
    #[error("{call} was called with {found}; expected {expected}.")]
    ArgumentInvalid {
        /// The method.
        call: &'static str,
        /// What was passed.
        found: String,
        /// What it takes.
        expected: String,
    },
    /// Another softphone is open on this page.
    #[error("A softphone is already open on this page.")]
    AlreadyOpen,
    /// Amazon Connect Streams is neither on the page nor configured.
    #[error("The phone's program library is missing on this page.")]
    StreamsMissing,
    /// The Streams script could not be loaded.
    #[error("The phone's program library could not be loaded.")]
    StreamsLoadFailed,
    /// `initCCP` threw, or made no CCP.
    #[error("The phone could not be started.")]
    StreamsFailed,
    /// The browser did not let the sign-in window open.
    #[error("The browser blocked the sign-in window.")]
    WindowBlocked,
    /// The sign-in window was closed before sign-in was done.
    #[error("The sign-in window was closed before sign-in was done.")]
    SignInWindowClosed,
    /// Sign-in took longer than allowed.
    #[error("Sign-in took too long.")]
    SignInTimeout {
        /// The way that was waited for.
        way: Way,
    },
    /// Sign-in came back, but the CCP says nothing.
    #[error("You are signed in, but the phone does not answer.")]
    CcpSilent(Evidence),
    /// The CCP answers, but sends no agent.
    #[error("The phone answers, but your agent data does not arrive.")]
    AgentSilent,
    /// Another agent than expected is signed in.
    #[error("Another agent is signed in on this computer.")]
    IdentityMismatch,
    /// The page is neither `https:` nor on localhost.
    #[error("The phone cannot work on this page: its address is not secure.")]
    InsecureContext,
    /// Amazon Connect Streams is too old.
    #[error("The phone's program library is too old.")]
    StreamsTooOld,
    /// Another CCP is on this page.
    #[error("Another phone is already on this page.")]
    CcpExists,
    /// The container left the document.
    #[error("The phone was taken off this page.")]
    ContainerRemoved,
    /// The browser has no network.
    #[error("There is no network connection.")]
    NetworkOffline,
    /// Connect's `WebSocket` is lost.
    #[error("The connection to Amazon Connect is interrupted. Calls may not arrive.")]
    ConnectionLost,
    /// The CCP stopped answering.
    #[error("The phone has stopped answering.")]
    CcpLost,
    /// Connect's API refuses the agent.
    #[error("Amazon Connect refuses you access.")]
    AccessDenied,
    /// The session ended.
    #[error("Your session has ended.")]
    SessionEnded,
    /// The CCP still has a session after sign-out.
    #[error(
        "You could not be signed out. Close the browser before somebody else uses this computer."
    )]
    SignOutFailed,
    /// A contact is connected.
    #[error("You cannot sign out while a contact is connected.")]
    ContactConnected,
    /// The browser may not use the microphone.
    #[error("The phone is not allowed to use your microphone.")]
    MicrophoneDenied,
    /// The question for the microphone was not answered.
    #[error("The question whether the phone may use your microphone was not answered.")]
    MicrophoneDismissed,
    /// There is no microphone.
    #[error("No microphone was found.")]
    MicrophoneMissing,
    /// Another program has the microphone.
    #[error("Your microphone cannot be used; another program may have it.")]
    MicrophoneBusy,
    /// The microphone went during a call.
    #[error("Your microphone was lost. The customer cannot hear you.")]
    MicrophoneLost,
    /// The softphone was closed.
    #[error("The softphone was closed.")]
    Closed,
}

/// What is known about a CCP that stays silent after sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Its frame did not even load.
    NotLoaded,
    /// The agent was signed in by this browser before.
    WorkedBefore,
    /// A frame came back to this page's origin, which is therefore approved.
    FrameReturned,
    /// A window did, which has cookies that frames may not have.
    WindowReturned,
    /// Nothing: sign-in was watched from outside.
    None,
}

impl Error {
    /// The code that hosts compare with. Adding one is a minor change, changing one a major.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ConfigInvalid(_) => "CONFIG_INVALID",
            Self::ContainerInvalid { .. } => "CONTAINER_INVALID",
            Self::ArgumentInvalid { .. } => "ARGUMENT_INVALID",
            Self::AlreadyOpen => "ALREADY_OPEN",
            Self::StreamsMissing => "STREAMS_MISSING",
            Self::StreamsLoadFailed => "STREAMS_LOAD_FAILED",
            Self::StreamsFailed => "STREAMS_FAILED",
            Self::WindowBlocked => "WINDOW_BLOCKED",
            Self::SignInWindowClosed => "SIGN_IN_WINDOW_CLOSED",
            Self::SignInTimeout { .. } => "SIGN_IN_TIMEOUT",
            Self::CcpSilent(_) => "CCP_SILENT",
            Self::AgentSilent => "AGENT_SILENT",
            Self::IdentityMismatch => "IDENTITY_MISMATCH",
            Self::InsecureContext => "INSECURE_CONTEXT",
            Self::StreamsTooOld => "STREAMS_TOO_OLD",
            Self::CcpExists => "CCP_EXISTS",
            Self::ContainerRemoved => "CONTAINER_REMOVED",
            Self::NetworkOffline => "NETWORK_OFFLINE",
            Self::ConnectionLost => "CONNECTION_LOST",
            Self::CcpLost => "CCP_LOST",
            Self::AccessDenied => "ACCESS_DENIED",
            Self::SessionEnded => "SESSION_ENDED",
            Self::SignOutFailed => "SIGN_OUT_FAILED",
            Self::ContactConnected => "CONTACT_CONNECTED",
            Self::MicrophoneDenied => "MICROPHONE_DENIED",
            Self::MicrophoneDismissed => "MICROPHONE_DISMISSED",
            Self::MicrophoneMissing => "MICROPHONE_MISSING",
            Self::MicrophoneBusy => "MICROPHONE_BUSY",
            Self::MicrophoneLost => "MICROPHONE_LOST",
            Self::Closed => "CLOSED",
        }
    }

    /// What the person who runs the page can do, likeliest first.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::ConfigInvalid(_) => {
                "Correct the fields named in `problems` and call openSoftphone again."
            }
            Self::ContainerInvalid { .. } => {
                "Call openSoftphone with an element that is in the document, for example document.getElementById(\"softphone\") once it exists."
            }
            Self::ArgumentInvalid { .. } => {
                "Correct the call; the types in index.d.ts say what it takes."
            }
            Self::AlreadyOpen => {
                "Keep the one that is open, or call its close() first. Amazon Connect Streams allows one CCP a page."
            }
            Self::StreamsMissing => {
                "Load amazon-connect-streams before this module, or set streams.url to a copy of it."
            }
            Self::StreamsLoadFailed => {
                "Check that streams.url answers with the script, that streams.integrity matches it, and that the page's Content-Security-Policy allows it in script-src."
            }
            Self::StreamsFailed => {
                "See `cause` for what Amazon Connect Streams said; check streams.options and that no other CCP is on the page."
            }
            Self::WindowBlocked => {
                "Allow pop-ups for this page's address, or call signIn() directly inside a click. If the page is in a frame with a sandbox attribute, add allow-popups and allow-popups-to-escape-sandbox to it."
            }
            Self::SignInWindowClosed => {
                "Sign in again and leave the window open until it closes by itself. If it showed an error page: Amazon Connect refuses this page's origin (approved origins), does not know the user, or has no such instance (relay state)."
            }
            Self::SignInTimeout { way: Way::Frame } => {
                "The identity provider did not answer in a hidden frame: its session has ended, it refuses framing, or this page's origin is not among the instance's approved origins. Add \"popup\" to signIn.ways, or allow framing for this page at the identity provider."
            }
            Self::SignInTimeout { way: Way::Redirect } => {
                "The page did not get to the identity provider and back. Check the SSO Login URL, and that nothing on the page keeps it from leaving."
            }
            Self::SignInTimeout { way: Way::Streams } => {
                "Amazon Connect Streams gave up. Allow pop-ups for this page's address, add its origin to the instance's approved origins, and allow third-party cookies; signIn() starts it anew."
            }
            Self::SignInTimeout { way: Way::Popup } => {
                "Look at what the sign-in window shows. A login form: finish it, or raise signIn.timeoutMs. A page that refuses the destination: add this page's origin to the instance's approved origins. Access denied: the Connect user is missing or spelled differently. No such instance: correct the relay state."
            }
            Self::CcpSilent(Evidence::NotLoaded) => {
                "The panel's page did not load. Likeliest first: the network or a proxy; the instance's address; this page's Content-Security-Policy (frame-src)."
            }
            Self::CcpSilent(Evidence::WorkedBefore) => {
                "It has worked in this browser. Likeliest first: Amazon Connect is not well; the relay state was changed to another instance; the browser now blocks third-party cookies."
            }
            Self::CcpSilent(Evidence::WindowReturned) => {
                "Likeliest first: the browser blocks third-party cookies; the sign-in was for another instance (relay state); Amazon Connect is not well."
            }
            Self::CcpSilent(Evidence::FrameReturned) => {
                "Likeliest first: the sign-in was for another instance (relay state); the browser keeps cookies of frames apart; Amazon Connect is not well."
            }
            Self::CcpSilent(Evidence::None) => {
                "Likeliest first: this page's origin is not among the instance's approved origins; the browser blocks third-party cookies; the sign-in was for another instance."
            }
            Self::AgentSilent => {
                "Check the network and the Amazon Connect service status; reload the page if it stays so."
            }
            Self::IdentityMismatch => {
                "Sign out of Amazon Connect and of the identity provider (with idpLogoutUrl configured, signOut() and the prompt's button do both), then sign in as the expected agent. The user names must match exactly, case included."
            }
            Self::InsecureContext => "Serve the page over https.",
            Self::StreamsTooOld => {
                "Load amazon-connect-streams 2.0 or later; a second, older copy on the page may have replaced it."
            }
            Self::CcpExists => {
                "Let only one part of the page make a CCP: take out the other call of connect.core.initCCP, or terminate it and remove its frame first."
            }
            Self::ContainerRemoved => {
                "Keep the container in the document while the softphone is open, or call close() before it goes. Back in the document it opens again by itself."
            }
            Self::NetworkOffline => {
                "Check the computer's network; the phone goes on by itself when it is back."
            }
            Self::ConnectionLost => {
                "Check that proxies and firewalls let WebSockets to Amazon Connect through; the phone goes on by itself when it is back."
            }
            Self::CcpLost => {
                "The phone restarts by itself while no contact is connected. If it happens often: memory and extensions of the browser, then the network."
            }
            Self::AccessDenied => {
                "Check that the user exists in the instance, spelled as the identity provider asserts it (RoleSessionName, case included), and has a security profile that may use the Contact Control Panel."
            }
            Self::SessionEnded => {
                "Amazon Connect ends every session 12 hours after sign-in. Signing in again begins a new one; with a frame among signIn.ways it is renewed by itself while the agent is idle."
            }
            Self::SignOutFailed => {
                "The browser may block third-party cookies, so that signing out does not reach Amazon Connect. Allow them for the instance, or sign out on the instance's own page."
            }
            Self::ContactConnected => "End the contact first.",
            Self::MicrophoneDenied => {
                "Allow the microphone for this page's address in the browser, and check that no Permissions-Policy of the page or its frame forbids it."
            }
            Self::MicrophoneDismissed => "Call devices() in a click again and choose Allow.",
            Self::MicrophoneMissing => {
                "Connect a microphone, and check that the operating system lets the browser use it."
            }
            Self::MicrophoneBusy => {
                "Close other programs that use the microphone, or choose another one."
            }
            Self::MicrophoneLost => "Connect the microphone again, or choose another one.",
            Self::Closed => "Call openSoftphone again.",
        }
    }
}

fn list(problems: &[Finding]) -> String {
    let mut list = String::new();
    for problem in problems {
        if !list.is_empty() {
            list += "; ";
        }
        list += &problem.to_string();
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::testing::{test, union_after};

    const README: &str = include_str!("../../../README.md");
    const SOURCE: &str = include_str!("error.rs");
    /// Thrown by index.js, before there is any Rust.
    const NOT_OURS: [&str; 2] = ["MODULE_LOAD_FAILED", "FRAME_SANDBOXED"];

    /// One of each.
    fn all() -> Vec<Error> {
        vec![
            Error::ConfigInvalid(Vec::new()),
            Error::ContainerInvalid {
                found: String::new(),
            },
            Error::ArgumentInvalid {
                call: "",
                found: String::new(),
                expected: String::new(),
            },
            Error::AlreadyOpen,
            Error::StreamsMissing,
            Error::StreamsLoadFailed,
            Error::StreamsFailed,
            Error::WindowBlocked,
            Error::SignInWindowClosed,
            Error::SignInTimeout { way: Way::Frame },
            Error::CcpSilent(Evidence::None),
            Error::AgentSilent,
            Error::IdentityMismatch,
            Error::InsecureContext,
            Error::StreamsTooOld,
            Error::CcpExists,
            Error::ContainerRemoved,
            Error::NetworkOffline,
            Error::ConnectionLost,
            Error::CcpLost,
            Error::AccessDenied,
            Error::SessionEnded,
            Error::SignOutFailed,
            Error::ContactConnected,
            Error::MicrophoneDenied,
            Error::MicrophoneDismissed,
            Error::MicrophoneMissing,
            Error::MicrophoneBusy,
            Error::MicrophoneLost,
            Error::Closed,
        ]
    }

    fn typed() -> Vec<&'static str> {
        union_after("export type SoftphoneErrorCode =")
    }

    #[test]
    fn none_is_forgotten_in_these_tests() {
        let (code, _) = SOURCE
            .split_once("pub const fn remedy")
            .expect("the end of code()");
        let written = code.matches(" => \"").count();
        assert_eq!(all().len(), written);
    }

    #[test]
    fn the_types_name_exactly_the_codes_there_are() {
        let mut ours: Vec<_> = all().iter().map(Error::code).collect();
        ours.extend(NOT_OURS);
        ours.sort_unstable();
        let mut typed = typed();
        typed.sort_unstable();
        assert_eq!(typed, ours);
    }

    #[test]
    fn the_readme_explains_exactly_these_codes() {
        let (_, table) = README.split_once("## Errors").expect("the chapter");
        let (table, _) = table.split_once("## Limits").expect("its end");
        let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
        let mut explained: Vec<_> = rows.filter_map(|row| row.split('`').next()).collect();
        explained.sort_unstable();
        let mut typed = typed();
        typed.sort_unstable();
        assert_eq!(explained, typed);
    }

    #[test]
    fn a_configurations_problems_are_all_said() {
        let problem =
            |field: &str| Finding::new(Severity::Error, "", field, "nothing", "something");
        let error = Error::ConfigInvalid(vec![problem("controls"), problem("signIn.ways")]);
        let said = "The softphone's configuration has mistakes: controls: found nothing, expected something; signIn.ways: found nothing, expected something.";
        assert_eq!(error.to_string(), said);
    }

    #[test]
    fn every_error_speaks_to_the_agent_and_to_the_administrator() {
        for error in all() {
            assert!(error.to_string().ends_with('.'), "{error}");
            assert!(error.remedy().ends_with('.'), "{error}");
        }
    }
}
