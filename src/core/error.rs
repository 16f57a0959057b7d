//! Everything that can go wrong and that somebody can do something about.

use super::config::Problem;
use super::phase::Way;

/// A failure: its code is API, its sentence is for the agent, its remedy for the administrator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The configuration cannot be used; every problem is listed.
    #[error("The softphone's configuration has mistakes: {}.", list(.0))]
    ConfigInvalid(Vec<Problem>),
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
        expected: &'static str,
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
    CcpSilent,
    /// The CCP answers, but sends no agent.
    #[error("The phone answers, but your agent data does not arrive.")]
    AgentSilent,
    /// Another agent than expected is signed in.
    #[error("Another agent is signed in on this computer.")]
    IdentityMismatch,
    /// The softphone was closed.
    #[error("The softphone was closed.")]
    Closed,
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
            Self::CcpSilent => "CCP_SILENT",
            Self::AgentSilent => "AGENT_SILENT",
            Self::IdentityMismatch => "IDENTITY_MISMATCH",
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
                "Allow pop-ups for this page's address, or call signIn() directly inside a click."
            }
            Self::SignInWindowClosed => {
                "Sign in again and leave the window open until it closes by itself. If it showed an error page: Amazon Connect refuses this page's origin (approved origins) or does not know the user."
            }
            Self::SignInTimeout { way: Way::Frame } => {
                "The identity provider did not answer in a hidden frame: its session has ended, it refuses framing, or this page's origin is not among the instance's approved origins. Add \"popup\" to signIn.ways, or allow framing for this page at the identity provider."
            }
            Self::SignInTimeout {
                way: Way::Popup | Way::Redirect | Way::Streams,
            } => {
                "Look at what the sign-in window shows. A login form: finish it, or raise signIn.timeoutMs. A page that refuses the destination: add this page's origin to the instance's approved origins. Access denied: the Connect user is missing or spelled differently."
            }
            Self::CcpSilent => {
                "Likeliest first: this page's origin is not among the instance's approved origins; the browser blocks third-party cookies; the sign-in was for another instance."
            }
            Self::AgentSilent => {
                "Check the network and the Amazon Connect service status; reload the page if it stays so."
            }
            Self::IdentityMismatch => {
                "Sign out of Amazon Connect and of the identity provider, then sign in as the expected agent. The user names must match exactly, case included."
            }
            Self::Closed => "Call openSoftphone again.",
        }
    }
}

fn list(problems: &[Problem]) -> String {
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
    use crate::core::testing::test;

    const README: &str = include_str!("../../README.md");
    const SOURCE: &str = include_str!("error.rs");
    const TYPES: &str = include_str!("../types.d.ts");
    /// Thrown by index.js, before there is any Rust.
    const NOT_OURS: &str = "MODULE_LOAD_FAILED";

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
                expected: "",
            },
            Error::AlreadyOpen,
            Error::StreamsMissing,
            Error::StreamsLoadFailed,
            Error::StreamsFailed,
            Error::WindowBlocked,
            Error::SignInWindowClosed,
            Error::SignInTimeout { way: Way::Frame },
            Error::CcpSilent,
            Error::AgentSilent,
            Error::IdentityMismatch,
            Error::Closed,
        ]
    }

    /// The codes in the union of types.d.ts.
    fn typed() -> Vec<&'static str> {
        let (_, union) = TYPES
            .split_once("SoftphoneErrorCode =\n")
            .expect("the union");
        let (union, _) = union.split_once(';').expect("its end");
        union.split('"').skip(1).step_by(2).collect()
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
        ours.push(NOT_OURS);
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
    fn every_error_speaks_to_the_agent_and_to_the_administrator() {
        for error in all() {
            assert!(error.to_string().ends_with('.'), "{error}");
            assert!(error.remedy().ends_with('.'), "{error}");
        }
    }
}
