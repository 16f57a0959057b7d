//! The softphone as a state machine: what happened goes in, what to do comes out.

mod ccp;
mod deadline;
mod signing;

use std::collections::VecDeque;

use super::agent::Agent;
use super::config::Config;
use super::error::Error;
use super::millis::Millis;
use super::number::{Number, Numbers};
use super::phase::{Phase, Way};
use super::private::Private;
use super::record::Record;
use super::signin::{Attempt, Expected};
use super::timeline::{Timeline, What};
use super::words::Prompt;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// Time passed.
    Tick,
    /// The CCP's frame finished loading a page; which one cannot be known.
    CcpLoaded,
    /// The CCP connected (Streams' ACKNOWLEDGE with an id).
    Acknowledged,
    /// The CCP answered Streams' keepalive (ACKNOWLEDGE without an id).
    KeptAlive,
    /// Streams told of the agent.
    AgentSeen(Agent),
    /// Connect refused the session (Streams' AUTH_FAIL).
    AuthFailed,
    /// Connect took the session after all (Streams' AUTHORIZE_SUCCESS).
    Authorized,
    /// Streams gave the session up.
    SessionLost,
    /// The agent was signed out (Streams' TERMINATED).
    Terminated,
    /// A return page told its number, or a frame or window was seen on it.
    Returned(Number),
    /// A page in the sign-in frame finished loading.
    FrameLoaded,
    /// A CCP spoke from inside the sign-in frame: it is signed in.
    FrameAcknowledged,
    /// The window that was ordered is open.
    WindowOpened,
    /// The browser did not let it open.
    WindowBlocked,
    /// The window is gone, or cannot be seen any more.
    WindowClosed,
    /// The agent, or the host for him, asks to sign in.
    SignInAsked,
    /// The host closes the softphone.
    CloseAsked,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Load the CCP's frame anew, in place.
    ReloadCcp,
    /// Take the CCP out of its frame until it is loaded anew.
    UnloadCcp,
    /// Open a hidden frame there; an earlier one goes.
    OpenFrame(Private<String>),
    /// Remove the hidden frame.
    CloseFrame,
    /// Open the sign-in window there, or lead the one that is open there.
    OpenWindow(Private<String>, WindowKind),
    /// Bring the sign-in window to the front.
    FocusWindow,
    /// Close the sign-in window.
    CloseWindow,
    /// Store the record.
    Save(Record),
    /// Tell the host that the status changed.
    TellStatus,
    /// Tell the host that the agent changed.
    TellAgent,
    /// Tell the host that the session ends soon.
    TellExpiring,
    /// Tell the host of something that an administrator should look at.
    TellDiagnostic(String),
    /// Take everything down.
    Dismantle,
}

/// What a sign-in window is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowKind {
    /// The SSO Login URL.
    Sso,
    /// The CCP's own login page, in Streams' own window name and size.
    Standard,
}

/// A Connect session, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// When sign-in completed.
    pub started: Millis,
    /// When Connect ends it.
    pub ends: Millis,
}

/// What hosts read as `phone.status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Where the softphone stands.
    pub phase: Phase,
    /// Since when.
    pub since: Millis,
    /// The way that is at work, or that worked.
    pub way: Option<Way>,
    /// What went wrong last, while it matters.
    pub error: Option<Error>,
    /// The session, once it is known when it began.
    pub session: Option<Lifetime>,
}

/// A softphone from `initCCP` to `close()`.
pub struct Session {
    config: Config,
    numbers: Numbers,
    record: Record,
    status: Status,
    ccp: Ccp,
    attempt: Option<Attempt>,
    expected: Expected,
    agent: Option<Agent>,
    /// Until when the agent's data may take after the CCP answered.
    agent_due: Option<Millis>,
    /// Until when a refused session may still be taken.
    refused_until: Option<Millis>,
    warned: bool,
    effects: VecDeque<Effect>,
    timeline: Timeline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ccp {
    /// It loads.
    Loading { since: Millis },
    /// A page is there and silent.
    Loaded { at: Millis },
    /// It answers.
    Alive,
    /// Its session is over; what it still says does not count.
    Over,
}

impl Session {
    /// A softphone at the moment at which `initCCP` was called.
    pub fn open(now: Millis, config: Config, record: Record, numbers: Numbers) -> Self {
        let mut session = Self {
            config,
            numbers,
            record,
            status: Status {
                phase: Phase::Opening,
                since: now,
                way: None,
                error: None,
                session: None,
            },
            ccp: Ccp::Loading { since: now },
            attempt: None,
            expected: Expected::default(),
            agent: None,
            agent_due: None,
            refused_until: None,
            warned: false,
            effects: VecDeque::new(),
            timeline: Timeline::default(),
        };
        let may_be_alive = record.may_be_alive(now);
        session.note(
            now,
            What::Opened {
                session_may_be_alive: may_be_alive,
            },
        );
        for warning in std::mem::take(&mut session.config.warnings) {
            session.note(now, What::Noticed(warning.to_string()));
            let told = Effect::TellDiagnostic(warning.to_string());
            session.effects.push_back(told);
        }
        if session.config.sso.is_some() && !may_be_alive {
            session.begin(now);
        }
        session
    }

    /// Takes in what happened at `now`.
    pub fn handle(&mut self, now: Millis, input: Input) {
        if self.status.phase == Phase::Closed {
            return;
        }
        match input {
            Input::Tick => {}
            Input::CcpLoaded => self.ccp_loaded(now),
            Input::Acknowledged => self.acknowledged(now),
            Input::KeptAlive => self.kept_alive(now),
            Input::AgentSeen(agent) => self.agent_seen(now, agent),
            Input::AuthFailed => self.auth_failed(now),
            Input::Authorized => {
                self.note(now, What::Authorized);
                self.refused_until = None;
            }
            Input::SessionLost => self.session_lost(now),
            Input::Terminated => self.terminated(now),
            Input::Returned(number) => {
                if let Some(way) = self.expected.take(&number) {
                    self.returned(now, way);
                }
            }
            Input::FrameLoaded => self.frame_loaded(now),
            Input::FrameAcknowledged => {
                if self.attempt.as_ref().is_some_and(|a| a.frame.is_some()) {
                    self.returned(now, Way::Frame);
                }
            }
            Input::WindowOpened => self.window_opened(now),
            Input::WindowBlocked => self.window_blocked(now),
            Input::WindowClosed => self.window_closed(now),
            Input::SignInAsked => self.sign_in_asked(now),
            Input::CloseAsked => self.close(now),
        }
        self.tick(now);
    }

    /// The next thing to do, in order.
    pub fn poll(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// When to call [`handle`](Self::handle) with [`Input::Tick`] at the latest.
    pub fn wake_at(&self) -> Option<Millis> {
        let attempt = self.attempt.as_ref().and_then(Attempt::wake_at);
        [
            attempt,
            self.silent_at(),
            self.agent_due,
            self.refused_until,
            self.warn_at(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// The status, for the host.
    pub const fn status(&self) -> &Status {
        &self.status
    }

    /// The agent, once he is there.
    pub const fn agent(&self) -> Option<&Agent> {
        self.agent.as_ref()
    }

    /// What happened so far.
    pub const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The configuration.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// What to show in the container, `None` while the CCP itself is to be seen.
    pub fn prompt(&self) -> Option<Prompt> {
        let window = self.attempt.as_ref().and_then(|a| a.window.as_ref());
        Prompt::of(&self.status, window.is_some_and(|w| !w.late))
    }

    fn close(&mut self, now: Millis) {
        self.drop_attempt();
        self.forget_agent();
        self.agent_due = None;
        self.refused_until = None;
        self.status.session = None;
        self.change(now, Phase::Closed, None, None);
        self.effects.push_back(Effect::Dismantle);
    }

    fn fail(&mut self, now: Millis, error: Error) {
        self.note(now, What::Failed(error.code()));
        self.drop_attempt();
        self.agent_due = None;
        let way = self.status.way;
        self.change(now, Phase::Failed, way, Some(error));
    }

    fn change(&mut self, now: Millis, phase: Phase, way: Option<Way>, error: Option<Error>) {
        let status = &mut self.status;
        if (status.phase, status.way, &status.error) == (phase, way, &error) {
            return;
        }
        if status.phase != phase {
            status.phase = phase;
            status.since = now;
            self.timeline.note(now, What::Phase(phase));
        }
        status.way = way;
        status.error = error;
        self.effects.push_back(Effect::TellStatus);
    }

    fn note(&mut self, now: Millis, what: What) {
        self.timeline.note(now, what);
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Session")
            .field("status", &self.status)
            .field("ccp", &self.ccp)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

/// The query parameter that carries the one-time number to the return page.
pub const RETURN_PARAMETER: &str = "softphoneSignIn";

#[cfg(test)]
mod tests;
