//! What happened, in order, for `timeline()`: no tokens, names or numbers.

use std::collections::VecDeque;

use super::status::Phase;
use super::timer::Timer;
use crate::audio::Audio;
use crate::time::{Millis, Span};
use crate::way::Way;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Millis,
    /// What.
    pub what: TimelineEvent,
}

/// The kinds of things that happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimelineEvent {
    /// The softphone was opened; a session may be alive or not.
    Opened {
        /// Whether the record says that a session may be alive.
        session_may_be_alive: bool,
    },
    /// The phase changed.
    Phase(Phase),
    /// A way to sign in began.
    WayBegan(Way),
    /// The hidden frame finished loading a page; which one cannot be known.
    FrameLoaded,
    /// The browser did not let the window open.
    WindowBlocked,
    /// The window is gone, or cannot be seen any more.
    WindowClosed,
    /// Sign-in came back by this way.
    SignInReturned(Way),
    /// The CCP was reloaded in its frame.
    CcpReloaded,
    /// The CCP frame finished loading a page.
    CcpLoaded,
    /// The CCP answered.
    Acknowledged,
    /// The agent's data arrived.
    AgentSeen,
    /// Connect refused the session.
    AuthFailed,
    /// Connect took the session after all.
    Authorized,
    /// The agent was signed out.
    Terminated,
    /// Connect's API refuses the agent.
    AccessDenied,
    /// Sign-in waits for another tab's.
    TurnAwaited,
    /// Another tab signed in.
    SignedInElsewhere,
    /// Another tab took sign-in over.
    TurnLost,
    /// Sign-in is tried again by itself, in so many milliseconds.
    RetryPlanned(Span),
    /// The session is renewed while the agent is idle.
    Renewing,
    /// Connect warns of a logout for inactivity, or no longer does.
    Inactivity {
        /// Whether it warns.
        warned: bool,
    },
    /// The CCP stopped answering.
    CcpLost,
    /// The CCP was closed and opened again.
    CcpRebuilt,
    /// The CCP was taken out of its frame, as in all tabs, so that its worker ends.
    WorkerLeft,
    /// The browser has no network, or has it again.
    Network {
        /// Whether it has.
        online: bool,
    },
    /// Connect's `WebSocket` is lost, or there again.
    Socket {
        /// Whether it is there.
        connected: bool,
    },
    /// A contact began or ended.
    Contact {
        /// Whether one is live.
        live: bool,
    },
    /// The container left the document, or came back.
    Container {
        /// Whether it is there.
        present: bool,
    },
    /// Signing out was asked for.
    SignOutAsked,
    /// The CCP stays silent although sign-in came back; it goes through once more, and ends on a page of the
    /// instance.
    CcpRefused,
    /// Amazon Connect Streams has loaded, after sign-in began.
    StreamsArrived,
    /// The CCP's frame does not have its cookies.
    CookiesMissing,
    /// The CCP's frame has its cookies.
    CookiesAllowed,
    /// Amazon Connect Streams stopped trying.
    StreamsGaveUp,
    /// The audio is there now.
    Audio(Audio),
    /// What is wrong with the microphone; empty: nothing any more.
    Microphone(&'static str),
    /// A deadline passed.
    Timer(Timer),
    /// Something failed.
    Failed(&'static str),
    /// Something was noticed that is worth an administrator's look.
    Noticed(String),
}

/// What an entry tells beyond its name; see `SoftphoneTimelineEntry` in js/index.d.ts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail<'a> {
    /// Whether a session may be alive.
    SessionMayBeAlive(bool),
    /// The new phase.
    Phase(Phase),
    /// The way to sign in.
    Way(Way),
    /// The code of an error.
    Code(&'static str),
    /// A sentence.
    Message(&'a str),
    /// How soon something happens.
    In(Span),
    /// Whether something is there.
    Present(bool),
    /// The deadline.
    Timer(Timer),
    /// Where the audio is.
    Audio(Audio),
}

/// The last things that happened, oldest first; at most [`Timeline::LIMIT`].
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    entries: VecDeque<Entry>,
    /// How many there have been, those that had to go included.
    recorded: usize,
}

impl Timeline {
    /// How many entries are kept.
    pub const LIMIT: usize = 500;

    /// Adds an entry; the oldest goes when there is no room.
    pub fn record(&mut self, at: Millis, what: TimelineEvent) {
        if self.entries.len() == Self::LIMIT {
            self.entries.pop_front();
        }
        self.entries.push_back(Entry { at, what });
        self.recorded += 1;
    }

    /// How many entries there have been so far.
    pub const fn recorded(&self) -> usize {
        self.recorded
    }

    /// The entries after the first `count` that there have been, as far as they are kept.
    pub fn since(&self, count: usize) -> impl Iterator<Item = &Entry> {
        let new = self.recorded.saturating_sub(count);
        self.entries
            .iter()
            .skip(self.entries.len().saturating_sub(new))
    }

    /// The entries, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

impl TimelineEvent {
    /// What hosts are told beyond the name.
    pub fn detail(&self) -> Option<Detail<'_>> {
        match self {
            Self::Opened {
                session_may_be_alive,
            } => Some(Detail::SessionMayBeAlive(*session_may_be_alive)),
            Self::Phase(phase) => Some(Detail::Phase(*phase)),
            Self::WayBegan(way) | Self::SignInReturned(way) => Some(Detail::Way(*way)),
            Self::RetryPlanned(span) => Some(Detail::In(*span)),
            Self::Network { online: there }
            | Self::Socket { connected: there }
            | Self::Contact { live: there }
            | Self::Container { present: there }
            | Self::Inactivity { warned: there } => Some(Detail::Present(*there)),
            Self::Microphone("") => None,
            Self::Microphone(code) | Self::Failed(code) => Some(Detail::Code(code)),
            Self::Timer(timer) => Some(Detail::Timer(*timer)),
            Self::Audio(audio) => Some(Detail::Audio(*audio)),
            Self::Noticed(message) => Some(Detail::Message(message.as_str())),
            Self::FrameLoaded
            | Self::WindowBlocked
            | Self::WindowClosed
            | Self::CcpReloaded
            | Self::CcpLoaded
            | Self::Acknowledged
            | Self::AgentSeen
            | Self::AuthFailed
            | Self::Authorized
            | Self::Terminated
            | Self::AccessDenied
            | Self::TurnAwaited
            | Self::SignedInElsewhere
            | Self::TurnLost
            | Self::Renewing
            | Self::CcpLost
            | Self::CcpRebuilt
            | Self::WorkerLeft
            | Self::SignOutAsked
            | Self::CcpRefused
            | Self::StreamsArrived
            | Self::CookiesMissing
            | Self::CookiesAllowed
            | Self::StreamsGaveUp => None,
        }
    }

    /// The name that hosts see.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Phase(_) => "phase",
            Self::WayBegan(_) => "wayBegan",
            Self::FrameLoaded => "frameLoaded",
            Self::WindowBlocked => "windowBlocked",
            Self::WindowClosed => "windowClosed",
            Self::SignInReturned(_) => "signInReturned",
            Self::CcpReloaded => "ccpReloaded",
            Self::CookiesMissing => "cookiesMissing",
            Self::CookiesAllowed => "cookiesAllowed",
            Self::CcpLoaded => "ccpLoaded",
            Self::Acknowledged => "acknowledged",
            Self::AgentSeen => "agentSeen",
            Self::AuthFailed => "authFailed",
            Self::Authorized => "authorized",
            Self::Terminated => "terminated",
            Self::AccessDenied => "accessDenied",
            Self::TurnAwaited => "turnAwaited",
            Self::SignedInElsewhere => "signedInElsewhere",
            Self::TurnLost => "turnLost",
            Self::RetryPlanned(_) => "retryPlanned",
            Self::Renewing => "renewing",
            Self::Inactivity { .. } => "inactivity",
            Self::CcpLost => "ccpLost",
            Self::CcpRebuilt => "ccpRebuilt",
            Self::WorkerLeft => "workerLeft",
            Self::Network { .. } => "network",
            Self::Socket { .. } => "socket",
            Self::Contact { .. } => "contact",
            Self::Container { .. } => "container",
            Self::SignOutAsked => "signOutAsked",
            Self::CcpRefused => "ccpRefused",
            Self::StreamsArrived => "streamsArrived",
            Self::StreamsGaveUp => "streamsGaveUp",
            Self::Audio(_) => "audio",
            Self::Microphone(_) => "microphone",
            Self::Timer(_) => "timer",
            Self::Failed(_) => "failed",
            Self::Noticed(_) => "noticed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{test, union_after};

    const SOURCE: &str = include_str!("timeline.rs");

    #[test]
    fn entries_are_called_as_in_the_types() {
        let (_, code) = SOURCE.split_once("pub const fn name").expect("name()");
        let (code, _) = code.split_once("#[cfg(test)]").expect("its end");
        let written: Vec<_> = code.split('"').skip(1).step_by(2).collect();
        assert_eq!(written, union_after("readonly what:"));
        assert_eq!(TimelineEvent::CcpRebuilt.name(), "ccpRebuilt");
        assert_eq!(TimelineEvent::Phase(Phase::Ready).name(), "phase");
    }

    #[test]
    fn what_is_new_can_be_read_even_when_old_entries_had_to_go() {
        let mut timeline = Timeline::default();
        for at in 0..600 {
            timeline.record(Millis::new(at), TimelineEvent::Acknowledged);
        }
        let since = |count| {
            let new = timeline.since(count).map(|entry| entry.at.get());
            new.collect::<Vec<_>>()
        };
        assert_eq!(timeline.recorded(), 600);
        assert_eq!(since(598), [598, 599]);
        assert_eq!(since(600), [0; 0]);
        assert_eq!(since(0).len(), Timeline::LIMIT);
        assert_eq!(since(0)[0], 100);
    }

    #[test]
    fn a_microphone_that_works_again_has_no_code() {
        let busy = TimelineEvent::Microphone("MICROPHONE_BUSY");
        assert_eq!(busy.detail(), Some(Detail::Code("MICROPHONE_BUSY")));
        assert_eq!(TimelineEvent::Microphone("").detail(), None);
    }
}
