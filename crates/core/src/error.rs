//! Everything that can go wrong and that somebody can do something about.

use std::borrow::Cow;
use std::fmt;

use super::call_control::command::Refusal;
use super::finding::Finding;
use crate::way::Way;

/// Makes [`Error`] and everything that is said about one out of a table with a row for each error.
macro_rules! errors {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident $(($value:ident: $of:ty))? $({ $($(#[doc = $about:literal])* $field:ident: $type:ty),* })?
        = $code:literal;
        agent: $sentence:tt $($with:expr)?;
        administrator: $remedy:expr;
    )*) => {
        /// A failure: its code is API, its sentence is for the agent, its remedy for the
        /// administrator.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum Error {
            $(
                $(#[doc = $doc])*
                $name $(($of))? $({ $($(#[doc = $about])* $field: $type),* })?,
            )*
        }

        #[allow(unused_variables, reason = "most rows say the same whatever the error carries")]
        impl Error {
            /// The codes of all errors, in the order of the table.
            pub const CODES: &[&str] = &[$($code),*];

            /// The code that hosts compare with. Adding one is a minor change, changing one a major.
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$name $(($value))? $({ $($field),* })? => $code,)*
                }
            }

            /// What the person who runs the page can do, likeliest first.
            pub fn remedy(&self) -> Cow<'static, str> {
                match self {
                    $(Self::$name $(($value))? $({ $($field),* })? => $remedy.into(),)*
                }
            }
        }

        #[allow(unused_variables, reason = "see above")]
        impl fmt::Display for Error {
            /// Writes the sentence for the agent.
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name $(($value))? $({ $($field),* })? => write!(out, $sentence $(, $with)?),)*
                }
            }
        }
    };
}

errors! {
    /// The configuration cannot be used; every problem is listed.
    ConfigInvalid(findings: Vec<Finding>) = "CONFIG_INVALID";
    agent: "The softphone's configuration is invalid: {}." list(findings);
    administrator: "Correct the fields listed in `problems`, then call openSoftphone again.";

    /// The container is not an element of the document.
    ContainerInvalid {
        /// What was passed instead.
        found: String
    } = "CONTAINER_INVALID";
    agent: "The softphone's container is invalid: found {found}, expected an element in the document.";
    administrator: "Pass an element that is in the document, for example document.getElementById(\"softphone\") once it exists.";

    /// A method was called with an argument that it does not take.
    ArgumentInvalid {
        /// The method.
        call: &'static str,
        /// What was passed.
        found: String,
        /// What it takes.
        expected: String
    } = "ARGUMENT_INVALID";
    agent: "{call} was called with {found}; expected {expected}.";
    administrator: "Correct the call; index.d.ts documents what it accepts.";

    /// Another softphone is open on this page.
    AlreadyOpen = "ALREADY_OPEN";
    agent: "The phone is already open on this page.";
    administrator: "Use the phone that is open, or call its close() first. Amazon Connect Streams allows one CCP per page.";

    /// Amazon Connect Streams is neither on the page nor configured, or what was configured is something
    /// else: then with what `streams.url` answered.
    StreamsMissing(answer: Option<String>) = "STREAMS_MISSING";
    agent: "A library that the phone needs is missing from this page.";
    administrator: match answer {
        Some(answer) => Cow::Owned(format!("streams.url answered with {answer}, and that is not Amazon Connect Streams. Set it to the address of connect-streams-min.js from the npm package amazon-connect-streams, and check that it opens without signing in.")),
        None => Cow::Borrowed("Load amazon-connect-streams before this module, or set streams.url to the address of a copy."),
    };

    /// The Streams script could not be loaded.
    StreamsLoadFailed(why: Unloaded) = "STREAMS_LOAD_FAILED";
    agent: "A library that the phone needs {}." match why {
        Unloaded::Late => "did not arrive in time",
        Unloaded::Blocked(_) | Unloaded::Failed => "could not be loaded",
    };
    administrator: match why {
        Unloaded::Late => Cow::Borrowed("The script of Amazon Connect Streams did not arrive within 15 seconds. Check its address (streams.url, or the page's own script element), and the proxies and firewalls on the way to it."),
        Unloaded::Blocked(directive) => Cow::Owned(format!("This page's Content-Security-Policy blocks the script: add the origin of streams.url to {directive}.")),
        Unloaded::Failed => Cow::Borrowed("Check that streams.url serves the script, that streams.integrity matches it, and that the page's Content-Security-Policy allows it: the script in script-src, and the policy connect-softphone in trusted-types if the page has that directive."),
    };

    /// `initCCP` threw, or made no CCP.
    StreamsFailed = "STREAMS_FAILED";
    agent: "The phone could not be started.";
    administrator: "`cause` holds what Amazon Connect Streams reported. Check streams.options, and that no other CCP is on the page.";

    /// The browser did not let the sign-in window open.
    WindowBlocked = "WINDOW_BLOCKED";
    agent: "The browser blocked the sign-in window.";
    administrator: "Allow pop-ups for this page, or call signIn() directly in a click handler. If the page is in a sandboxed frame, add allow-popups and allow-popups-to-escape-sandbox to its sandbox attribute.";

    /// The sign-in window was closed before sign-in was complete.
    SignInWindowClosed = "SIGN_IN_WINDOW_CLOSED";
    agent: "The sign-in window was closed before sign-in was complete.";
    administrator: "Sign in again and leave the window open until it closes by itself. If it showed an error page, check that this page's origin is among the instance's approved origins, that the Connect user exists, and that the relay state names the right instance.";

    /// Sign-in took longer than allowed.
    SignInTimeout {
        /// The way that was used.
        way: Way
    } = "SIGN_IN_TIMEOUT";
    agent: "Sign-in took too long{}." match way {
        Way::Popup => "; the sign-in window may show why",
        Way::Frame | Way::Redirect | Way::Streams => "",
    };
    administrator: match way {
        Way::Frame => "The identity provider did not answer in a hidden frame: its session has ended, it refuses to be framed, or this page's origin is not among the instance's approved origins. Add \"popup\" to signIn.ways, or allow this page to frame the identity provider.",
        Way::Redirect => "The page did not reach the identity provider and come back. Check the SSO Login URL, and that nothing on the page prevents it from navigating away.",
        Way::Streams => "Amazon Connect Streams gave up. Allow pop-ups for this page, add its origin to the instance's approved origins, and allow third-party cookies; signIn() tries again.",
        Way::Popup => "Check what the sign-in window shows. A login form: complete it, or raise signIn.timeoutMs. A page that refuses the destination: add this page's origin to the instance's approved origins. Access denied: the Connect user is missing or spelled differently. No such instance: correct the relay state.",
    };

    /// Sign-in came back, but the CCP is silent.
    CcpSilent(evidence: Evidence) = "CCP_SILENT";
    agent: "You are signed in, but the phone is not responding.";
    administrator: match evidence {
        Evidence::NotLoaded => "The CCP's page did not load. Likeliest first: the network or a proxy; a wrong instance URL; frame-src in this page's Content-Security-Policy.",
        Evidence::WorkedBefore => "It has worked in this browser before. Likeliest first: Amazon Connect has an outage; the relay state was changed to another instance; the browser now blocks third-party cookies.",
        Evidence::WindowReturned => "Likeliest first: the browser blocks third-party cookies; the sign-in was for another instance (relay state); Amazon Connect has an outage.",
        Evidence::FrameReturned => "Likeliest first: the sign-in was for another instance (relay state); the browser partitions the cookies of frames; Amazon Connect has an outage.",
        Evidence::CookiesThere { approved: true } => "The browser lets the phone have its cookies. Likeliest first: the sign-in was for another instance (relay state); Amazon Connect has an outage.",
        Evidence::CookiesThere { approved: false } => "The browser lets the phone have its cookies. Likeliest first: this page's origin is not among the instance's approved origins; the sign-in was for another instance (relay state); Amazon Connect has an outage.",
        Evidence::None => "Likeliest first: this page's origin is not among the instance's approved origins; the browser blocks third-party cookies; the sign-in was for another instance (relay state).",
    };

    /// The browser keeps the cookies of the CCP's frame from it, and the agent can allow them.
    ThirdPartyCookiesBlocked = "THIRD_PARTY_COOKIES_BLOCKED";
    agent: "This browser keeps the phone from using its cookies.";
    administrator: "The agent can allow them in the phone, for this page. To save them that, allow third-party cookies for the instance in the browser's settings or policies.";

    /// The browser or the agent did not allow them.
    StorageAccessDenied = "STORAGE_ACCESS_DENIED";
    agent: "The browser did not let the phone use its cookies.";
    administrator: "Browsers refuse without asking until the agent has clicked on a page of the instance in a window: the prompt's button, or signIn(), opens one. If the agent once said no, delete that decision in the browser's site settings. Or allow third-party cookies for the instance.";

    /// The agent did not allow them in time.
    StorageAccessIgnored = "STORAGE_ACCESS_IGNORED";
    agent: "The phone is still waiting to use its cookies.";
    administrator: "The agent clicks the button on Amazon's page in the phone, and then allows what the browser asks. If the browser asks nothing, the prompt's button, or signIn(), opens a page of the instance: one click there lets the browser ask. Or allow third-party cookies for the instance.";

    /// The page with the call in it went; the call may still stand, without audio.
    CallAudioLost {
        /// Whether the host page took it out.
        removed: bool
    } = "CALL_AUDIO_LOST";
    agent: "{}" if *removed {
        "The call's audio was cut off, because this page removed the phone."
    } else {
        "The call has no audio here any more; hang up, or transfer it."
    };
    administrator: if *removed {
        "Do not remove, move or empty the container during a call; hide it with CSS instead. The call itself may go on at Amazon Connect, and the phone opens again by itself."
    } else {
        "The CCP reloaded itself during a call, usually because Amazon Connect refused a command (401). The caller may still be on the line. See whether sessions end early: session length, an IP allow list, clocks."
    };

    /// The host was asked for the SSO Login URL, and gave none.
    SsoUrlFailed = "SSO_URL_FAILED";
    agent: "Sign-in could not be started.";
    administrator: "The function or promise in ssoLoginUrl threw, did not answer within 10 seconds, or gave something that is no SSO Login URL: see `cause` of the error that signIn() or `ready` rejected with.";

    /// The CCP answers, but sends no agent.
    AgentSilent = "AGENT_SILENT";
    agent: "The phone could not load your agent data.";
    administrator: "Check the network and the Amazon Connect service status; reload the page if the problem persists.";

    /// The CCP answers, but its worker has stopped asking for the agent's data.
    AgentDataFrozen = "AGENT_DATA_FROZEN";
    agent: "The phone is no longer up to date.";
    administrator: "The CCP's SharedWorker no longer gets the agent's data, for example since the computer slept. The phone restarts it in all its tabs, except during a contact. If that does not help, close the browser's other windows of Amazon Connect, then check the Amazon Connect service status.";

    /// Another agent than expected is signed in.
    IdentityMismatch = "IDENTITY_MISMATCH";
    agent: "Another agent is signed in on this computer.";
    administrator: "Sign out of Amazon Connect and of the identity provider (signOut() and the prompt's button do both if idpLogoutUrl is configured), then sign in as the expected agent. The user names must match exactly, including case.";

    /// The page is neither `https:` nor on localhost.
    InsecureContext = "INSECURE_CONTEXT";
    agent: "The phone cannot work on this page because its address is not secure.";
    administrator: "Serve the page over HTTPS.";

    /// Amazon Connect Streams is too old.
    StreamsTooOld = "STREAMS_TOO_OLD";
    agent: "A library that the phone needs is too old.";
    administrator: "Load amazon-connect-streams 2.0 or later, and check that no second, older copy on the page replaces it.";

    /// The page's own policy does not let a frame load.
    FrameBlocked(blocked: Blocked) = "FRAME_BLOCKED";
    agent: "The settings of this page block the phone.";
    administrator: match blocked.policy {
        Policy::Content => format!("This page's Content-Security-Policy blocks the frame of {0}: add {0} to frame-src. It must allow the instance, the identity provider, AWS sign-in and this page itself, or simply https:.", blocked.origin),
        Policy::Embedder => format!("This page's Cross-Origin-Embedder-Policy blocks the frame of {}, which does not send that header itself: serve this page without it.", blocked.origin),
    };

    /// Another CCP is on this page.
    CcpExists {
        /// Whether a call created it. Otherwise only a frame has its name.
        created: bool,
        /// The origin of its frame, if it has one.
        origin: String
    } = "CCP_EXISTS";
    agent: "Another phone is already open on this page.";
    administrator: {
        let of = if origin.is_empty() { "" } else { " of " };
        if *created {
            format!("Another part of this page has created a CCP{of}{origin}: remove that call of connect.core.initCCP, or of connect.agentApp.initApp, which creates one as well; or terminate that CCP and remove its frame first.")
        } else {
            format!("This page has a frame{of}{origin} with the name \"Amazon Connect CCP\", which Amazon Connect Streams takes for a CCP of its own: remove it, or give it another name.")
        }
    };

    /// The container left the document.
    ContainerRemoved = "CONTAINER_REMOVED";
    agent: "The phone was removed from this page.";
    administrator: "Keep the container in the document and leave what is in it alone while the phone is open, or call close() first. When the container is back, the phone opens again by itself.";

    /// The browser has no network.
    NetworkOffline = "NETWORK_OFFLINE";
    agent: "There is no network connection.";
    administrator: "Check the computer's network connection; the phone recovers by itself when it is back.";

    /// Connect's `WebSocket` is lost.
    ConnectionLost = "CONNECTION_LOST";
    agent: "The connection to Amazon Connect was lost, so calls may not arrive.";
    administrator: "Check that proxies and firewalls allow WebSocket connections to Amazon Connect; the phone recovers by itself when the connection is back.";

    /// The CCP stopped answering.
    CcpLost = "CCP_LOST";
    agent: "The phone has stopped responding.";
    administrator: "The phone restarts by itself when no contact is connected. If this happens often, check the browser's memory and extensions, then the network.";

    /// Another window has the softphone.
    SoftphoneElsewhere = "SOFTPHONE_ELSEWHERE";
    agent: "Calls ring in another window.";
    administrator: "Use one tab with the phone, or bring the audio here with the prompt's button or signIn(). If no other tab is open, close the browser's other windows of Amazon Connect.";

    /// Connect's API refuses the agent.
    AccessDenied = "ACCESS_DENIED";
    agent: "Amazon Connect denied you access.";
    administrator: "Check that the user exists in the instance, spelled as the identity provider asserts it (RoleSessionName, including case), and that its security profile allows the Contact Control Panel.";

    /// The session ended.
    SessionEnded = "SESSION_ENDED";
    agent: "Your session has ended.";
    administrator: "Amazon Connect ends every session 12 hours after sign-in, and at once where an IP allow list no longer has the agent's network; signing in again starts a new one. With \"frame\" among signIn.ways the session is renewed by itself while the agent is idle.";

    /// Activity was not taken.
    StayActiveFailed = "STAY_ACTIVE_FAILED";
    agent: "Your session could not be extended.";
    administrator: "stayActive() works only while the phone is ready. Check the network, and that Amazon Connect Streams is 2.21 or later; if Amazon Connect refused, the agent has to sign in again.";

    /// The CCP still has a session after sign-out.
    SignOutFailed = "SIGN_OUT_FAILED";
    agent: "Sign-out failed: close the browser before someone else uses this computer.";
    administrator: "If the browser blocks third-party cookies, signing out does not reach Amazon Connect. Allow them for the instance, or sign out on the instance's own page.";

    /// A contact is connected.
    ContactConnected = "CONTACT_CONNECTED";
    agent: "You cannot sign out while a contact is connected.";
    administrator: "End the contact first.";

    /// The browser may not use the microphone.
    MicrophoneDenied = "MICROPHONE_DENIED";
    agent: "The phone is not allowed to use your microphone.";
    administrator: "Allow the microphone for this page in the browser, and check that no Permissions-Policy of the page or of its frame forbids it.";

    /// The browser's prompt for the microphone was closed without an answer.
    MicrophoneDismissed = "MICROPHONE_DISMISSED";
    agent: "The microphone prompt was dismissed.";
    administrator: "Call devices() in a click handler again, and choose Allow.";

    /// There is no microphone.
    MicrophoneMissing = "MICROPHONE_MISSING";
    agent: "No microphone was found.";
    administrator: "Connect a microphone, and check that the operating system lets the browser use it.";

    /// Another program has the microphone.
    MicrophoneBusy = "MICROPHONE_BUSY";
    agent: "Your microphone may be in use by another program.";
    administrator: "Close other programs that use the microphone, or choose another microphone.";

    /// The microphone went during a call.
    MicrophoneLost = "MICROPHONE_LOST";
    agent: "Your microphone was disconnected, so the customer cannot hear you.";
    administrator: "Reconnect the microphone, or choose another one.";

    /// The softphone was closed.
    Closed = "CLOSED";
    agent: "The phone was closed.";
    administrator: "Call openSoftphone again.";

    /// A command that the state of the contact, or of the phone, does not allow.
    NotPossibleNow {
        /// Why, in a sentence for the agent.
        why: Cow<'static, str>
    } = "NOT_POSSIBLE_NOW";
    agent: "{why}";
    administrator: "Offer a command only while the contact's `can` allows it; `cannot` says why it is off.";

    /// Amazon Connect refused a command.
    CommandRefused {
        /// What it said.
        refusal: Refusal
    } = "COMMAND_REFUSED";
    agent: "{}" in_words(refusal);
    administrator: "`cause` holds what Amazon Connect answered. The contact may have changed in the same moment; try again as its new `can` allows.";

    /// A command had no effect in time, and nobody said why.
    CommandTimeout = "COMMAND_TIMEOUT";
    agent: "The phone got no answer in time.";
    administrator: "Likeliest first: the agent's security profile does not allow it (Amazon Connect Streams drops a 403 without a word); the network; Amazon Connect has an outage. What the contact shows is right.";

    /// The contact of a command is no longer there.
    ContactGone = "CONTACT_GONE";
    agent: "This contact is over.";
    administrator: "It ended, or went to somebody else, before the command had an effect. Use `phone.contacts`, or the event contactRemoved, to know which contacts there are.";

    /// The CCP that was asked has reloaded.
    ConnectionReset = "CONNECTION_RESET";
    agent: "The phone reloaded before it was done; look whether it is, and try again.";
    administrator: "The CCP reloaded between the command and its answer. Amazon Connect may have done it all the same; what the contact shows is right.";

    /// A contact was accepted, and never connected.
    NoAudio = "NO_AUDIO";
    agent: "The call could not be connected.";
    administrator: "Amazon Connect accepted it, but no audio came about. Check the microphone's permission, that phone.audio is \"here\", and that the network lets WebRTC through (Amazon Connect Administrator Guide, \"Set up your network\").";

    /// Whoever a call was transferred to did not answer.
    TransferNotAnswered = "TRANSFER_NOT_ANSWERED";
    agent: "Nobody answered the transfer; you are back with the customer.";
    administrator: "The agent is still on the call. Pass { leave: true } to leave without waiting for an answer.";

    /// What was dialled is no phone number, for Amazon Connect at least.
    NumberInvalid = "NUMBER_INVALID";
    agent: "This is not a phone number that can be called.";
    administrator: "Numbers are dialled in E.164 form, such as +12065550100.";

    /// The agent may not dial.
    NotAllowed(why: Bar) = "NOT_ALLOWED";
    agent: "{}" match why {
        Bar::Country => "You cannot call this country from here.",
        Bar::Permission | Bar::Queue => "You cannot call out from here.",
    };
    administrator: match why {
        Bar::Permission => "The agent's security profile does not allow outbound calls.",
        Bar::Queue => "The agent's routing profile has no default outbound queue; add one, or pass `queueArn`.",
        Bar::Country => "The instance, or the agent's routing profile, does not allow calls to that country (Amazon Connect Administrator Guide, \"Countries you can call\").",
    };

    /// The agent may still be heard, or not yet be.
    MuteNotConfirmed = "MUTE_NOT_CONFIRMED";
    agent: "It is not certain whether you can be heard.";
    administrator: "The CCP did not confirm within 3 seconds. That is usual after it reloaded in a call; then the agent's own audio is gone, too.";
}

impl std::error::Error for Error {}

/// What is known about a CCP that stays silent after sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// Its frame did not even load.
    NotLoaded,
    /// The agent was signed in by this browser before.
    WorkedBefore,
    /// A frame came back to this page's origin, which is therefore approved.
    FrameReturned,
    /// A window did, which has cookies that frames may not have.
    WindowReturned,
    /// The frame has its cookies: Amazon's page for them said so.
    CookiesThere {
        /// Whether this page's origin is known to be approved.
        approved: bool,
    },
    /// Nothing: sign-in was only watched from outside.
    None,
}

/// A frame that the page's own policy does not let load.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Blocked {
    /// The origin of what was to be loaded in it.
    pub origin: String,
    /// What blocks it.
    pub policy: Policy,
}

/// A policy of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Its Content-Security-Policy.
    Content,
    /// Its Cross-Origin-Embedder-Policy.
    Embedder,
}

/// Why the script of Streams is not there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Unloaded {
    /// It did not arrive in time.
    Late,
    /// This directive of the page's Content-Security-Policy blocked it.
    Blocked(String),
    /// The browser does not say.
    Failed,
}

/// What keeps an agent from dialling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bar {
    /// They may not dial at all.
    Permission,
    /// There is no queue on whose behalf.
    Queue,
    /// Not there.
    Country,
}

impl Error {
    /// What becomes of a command that Amazon refused for that reason.
    pub(crate) fn of_refusal(refusal: Refusal) -> Self {
        match refusal.type_name.as_str() {
            "BadEndpointException" => Self::NumberInvalid,
            _ => Self::CommandRefused { refusal },
        }
    }
}

fn in_words(refusal: &Refusal) -> &'static str {
    match refusal.type_name.as_str() {
        "InvalidStateException" => "That is not possible any more, or not yet.",
        "QuotaExceededException" => "The call is full.",
        "AccessDeniedException" => "You are not allowed to do that.",
        "ContactNotFoundException" | "ConnectionNotFound" => "They are not on the call any more.",
        _ => "Amazon Connect did not do that.",
    }
}

fn list(findings: &[Finding]) -> String {
    let mut list = String::new();
    for finding in findings {
        if !list.is_empty() {
            list += "; ";
        }
        list += &finding.to_string();
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::testing::{test, union_after};

    const README: &str = include_str!("../../../README.md");
    /// Thrown by JavaScript: before there is any Rust, after it has crashed, and of what needs none (js/devices.js).
    const NOT_OURS: [&str; 4] = [
        "MODULE_LOAD_FAILED",
        "MODULE_CRASHED",
        "FRAME_SANDBOXED",
        "DEVICE_NOT_APPLIED",
    ];

    /// One of each, and all that differ in what they say.
    fn all() -> Vec<Error> {
        let ways = [Way::Frame, Way::Popup, Way::Redirect, Way::Streams];
        let evidence = [
            Evidence::NotLoaded,
            Evidence::WorkedBefore,
            Evidence::FrameReturned,
            Evidence::WindowReturned,
            Evidence::CookiesThere { approved: true },
            Evidence::CookiesThere { approved: false },
            Evidence::None,
        ];
        let refused = [
            "InvalidStateException",
            "QuotaExceededException",
            "AccessDeniedException",
            "ContactNotFoundException",
            "",
        ];
        let refused = refused.into_iter().map(|type_name| Error::CommandRefused {
            refusal: Refusal {
                type_name: type_name.to_owned(),
                message: String::new(),
            },
        });
        let mut all = vec![
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
            Error::StreamsMissing(None),
            Error::StreamsMissing(Some("text/html".to_owned())),
            Error::StreamsLoadFailed(Unloaded::Late),
            Error::StreamsLoadFailed(Unloaded::Blocked("script-src".to_owned())),
            Error::StreamsLoadFailed(Unloaded::Failed),
            Error::CallAudioLost { removed: true },
            Error::FrameBlocked(blocked(Policy::Content)),
            Error::FrameBlocked(blocked(Policy::Embedder)),
            Error::StreamsFailed,
            Error::WindowBlocked,
            Error::SignInWindowClosed,
            Error::AgentSilent,
            Error::AgentDataFrozen,
            Error::CallAudioLost { removed: false },
            Error::SsoUrlFailed,
            Error::ThirdPartyCookiesBlocked,
            Error::StorageAccessDenied,
            Error::StorageAccessIgnored,
            Error::IdentityMismatch,
            Error::SoftphoneElsewhere,
            Error::InsecureContext,
            Error::StreamsTooOld,
            Error::CcpExists {
                created: true,
                origin: String::new(),
            },
            Error::CcpExists {
                created: false,
                origin: "https://acme.my.connect.aws".to_owned(),
            },
            Error::ContainerRemoved,
            Error::NetworkOffline,
            Error::ConnectionLost,
            Error::CcpLost,
            Error::AccessDenied,
            Error::NotPossibleNow { why: "No.".into() },
            Error::CommandTimeout,
            Error::ContactGone,
            Error::ConnectionReset,
            Error::NoAudio,
            Error::TransferNotAnswered,
            Error::NumberInvalid,
            Error::NotAllowed(Bar::Permission),
            Error::NotAllowed(Bar::Queue),
            Error::NotAllowed(Bar::Country),
            Error::MuteNotConfirmed,
            Error::SessionEnded,
            Error::StayActiveFailed,
            Error::SignOutFailed,
            Error::ContactConnected,
            Error::MicrophoneDenied,
            Error::MicrophoneDismissed,
            Error::MicrophoneMissing,
            Error::MicrophoneBusy,
            Error::MicrophoneLost,
            Error::Closed,
        ];
        all.extend(ways.map(|way| Error::SignInTimeout { way }));
        all.extend(evidence.map(Error::CcpSilent));
        all.extend(refused);
        all
    }

    fn blocked(policy: Policy) -> Blocked {
        let origin = "https://acme.my.connect.aws".to_owned();
        Blocked { origin, policy }
    }

    fn typed() -> Vec<&'static str> {
        union_after("export type SoftphoneErrorCode =")
    }

    #[test]
    fn none_is_forgotten_in_these_tests() {
        let all = all();
        let ours: std::collections::BTreeSet<_> = all.iter().map(Error::code).collect();
        assert_eq!(ours, Error::CODES.iter().copied().collect());
        assert_eq!(ours.len(), Error::CODES.len(), "a code twice");
    }

    #[test]
    fn the_types_name_exactly_the_codes_there_are() {
        let mut ours = Error::CODES.to_vec();
        ours.extend(NOT_OURS);
        ours.sort_unstable();
        let mut typed = typed();
        typed.sort_unstable();
        assert_eq!(typed, ours);
    }

    #[test]
    fn the_readme_explains_exactly_these_codes() {
        let (_, table) = README.split_once("## Errors").expect("the chapter");
        let (table, _) = table.split_once("\n## ").expect("its end");
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
        let said = "The softphone's configuration is invalid: controls: found nothing, expected something; signIn.ways: found nothing, expected something.";
        assert_eq!(error.to_string(), said);
    }

    #[test]
    fn every_error_speaks_to_the_agent_and_to_the_administrator() {
        for error in all() {
            assert!(error.to_string().ends_with('.'), "{error}");
            assert!(error.remedy().ends_with('.'), "{error}");
        }
    }
    /// A longer text is not read by an agent in a hurry, and does not fit a strip above the panel.
    #[test]
    fn an_agent_reads_one_short_sentence() {
        for error in all() {
            let sentence = error.to_string();
            assert_eq!(sentence.matches(". ").count(), 0, "{sentence}");
            assert!(sentence.len() <= 80 || for_developers(&error), "{sentence}");
        }
    }

    /// Whether only the code of a page can cause it.
    fn for_developers(error: &Error) -> bool {
        matches!(
            error,
            Error::ConfigInvalid(_)
                | Error::ContainerInvalid { .. }
                | Error::ArgumentInvalid { .. }
        )
    }
}
