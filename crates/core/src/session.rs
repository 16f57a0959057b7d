//! The softphone as a state machine: what happened goes in, what to do comes out.

mod ccp;
mod clock;
mod deadline;
mod leaving;
mod retry;
mod signing;
mod trouble;
mod turn;
mod watch;

use std::collections::VecDeque;

use super::agent::{Agent, Load};
use super::chance::Chance;
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
use leaving::{Leaving, Step};
use trouble::Trouble;
use turn::Turn;
use watch::Watch;

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
    /// Connect's API refuses the agent (Streams' ACCESS_DENIED).
    AccessDenied,
    /// Streams stopped trying (its IFRAME_RETRIES_EXHAUSTED).
    StreamsGaveUp,
    /// What the agent's contacts keep him from; told before the agent himself.
    ContactsSeen(Load),
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
    /// It is this tab's turn to sign in; with what storage holds by now.
    TurnGranted(Record),
    /// Another tab took the turn, because the agent clicked there.
    TurnLost,
    /// Another tab signed in to this instance.
    SignedInElsewhere,
    /// The browser lost the network.
    Offline,
    /// The browser has a network again.
    Online,
    /// Connect's `WebSocket` is lost.
    SocketLost,
    /// Connect's `WebSocket` is there again.
    SocketGained,
    /// Something on the page that an administrator should look at.
    Noticed(String),
    /// What is wrong with the microphone, if anything is.
    MicrophoneIs(Option<Error>),
    /// The container left the document.
    ContainerGone,
    /// The container is in the document again.
    ContainerBack,
    /// The CCP's frame was taken out and put in again: Streams speaks to a window that is gone.
    CcpDetached,
    /// The agent, or the host for him, asks to sign in.
    SignInAsked,
    /// The agent clicked the prompt's button.
    Clicked,
    /// The agent, or the host for him, asks to sign out.
    SignOutAsked(SignOut),
    /// The agent was set Offline, or could not be.
    OfflineSet,
    /// Connect was told that the agent leaves, or could not be.
    LoggedOut,
    /// The host closes the softphone.
    CloseAsked,
}

impl Input {
    /// Whether the CCP tells it, or Streams for it.
    const fn is_the_ccps(&self) -> bool {
        matches!(
            self,
            Self::CcpLoaded
                | Self::Acknowledged
                | Self::KeptAlive
                | Self::AgentSeen(_)
                | Self::AuthFailed
                | Self::Authorized
                | Self::SessionLost
                | Self::Terminated
                | Self::AccessDenied
                | Self::StreamsGaveUp
                | Self::ContactsSeen(_)
        )
    }
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Load the CCP's frame anew, in place.
    ReloadCcp,
    /// Take the CCP out of its frame until it is loaded anew.
    UnloadCcp,
    /// Close the CCP and open it again, with Streams' own state.
    RebuildCcp,
    /// Ask the CCP for a sign of life.
    Probe,
    /// Lead the whole page there; it comes back with the number.
    Leave(Private<String>, Number),
    /// Ask for this tab's turn to sign in, or take it from whoever has it.
    TakeTurn {
        /// Whether to take it.
        steal: bool,
    },
    /// Give the turn back, or ask for it no longer.
    EndTurn,
    /// Tell the other tabs that sign-in is done.
    TellSignedIn,
    /// Set the agent Offline.
    SetOffline,
    /// Tell Connect that the agent leaves.
    LogOut,
    /// Open the identity provider's sign-out address.
    LogOutOfIdp(Private<String>),
    /// Settle what `signOut()` returned.
    SignOutDone(Option<Error>),
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

/// How to sign out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignOut {
    /// Whether the agent goes Offline first.
    pub offline: bool,
    /// What becomes of the session at the identity provider.
    pub idp: IdpSession,
}

/// What becomes of the session at the identity provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum IdpSession {
    /// What the configuration says.
    #[default]
    AsConfigured,
    /// It lives on.
    Stays,
    /// It ends at this address.
    EndsAt(Private<String>),
}

/// What is known at the moment at which `initCCP` was called.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// The time.
    pub now: Millis,
    /// Whether the browser has a network.
    pub online: bool,
    /// Whether the page has just come back from the identity provider (way `redirect`).
    pub returned: bool,
    /// Whether it left for the identity provider and is here again without having come back from it:
    /// the agent pressed Back.
    pub abandoned: bool,
    /// Any number, another one on every page; for the spread of retries.
    pub seed: u64,
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
    chance: Chance,
    record: Record,
    status: Status,
    /// What went wrong last; the status shows it, or else what is wrong around.
    fault: Option<Error>,
    trouble: Trouble,
    ccp: Ccp,
    watch: Option<Watch>,
    /// How often the CCP was restarted since the phone was ready.
    restarts: u8,
    /// Whether the container is out of the document.
    gone: bool,
    /// Whether the agent was signed out when it went.
    signed_out: bool,
    /// Whether the CCP's frame was taken out, so that Streams speaks to a window that is gone.
    detached: bool,
    attempt: Option<Attempt>,
    expected: Expected,
    turn: Turn,
    retry_at: Option<Millis>,
    retries: u32,
    agent: Option<Agent>,
    load: Load,
    /// Whether the CCP is to be loaded anew as soon as no contact is there.
    reload_due: bool,
    /// Until when the agent's data may take after the CCP answered.
    agent_due: Option<Millis>,
    /// Until when a refused session may still be taken.
    refused_until: Option<Millis>,
    warned: bool,
    renew_at: Option<Millis>,
    leaving: Option<Leaving>,
    /// How the prompt's button signs out: as in the try that failed, if one did.
    order: SignOut,
    /// Whether the identity provider was told since the agent was last there.
    idp_left: bool,
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
    pub fn open(start: Start, config: Config, record: Record, numbers: Numbers) -> Self {
        let now = start.now;
        let mut session = Self {
            config,
            numbers,
            chance: Chance::new(start.seed),
            record,
            status: Status {
                phase: Phase::Opening,
                since: now,
                way: None,
                error: None,
                session: None,
            },
            fault: None,
            trouble: Trouble::default(),
            ccp: Ccp::Loading { since: now },
            watch: None,
            restarts: 0,
            gone: false,
            signed_out: false,
            detached: false,
            attempt: None,
            expected: Expected::default(),
            turn: Turn::None,
            retry_at: None,
            retries: 0,
            agent: None,
            load: Load::Idle,
            reload_due: false,
            agent_due: None,
            refused_until: None,
            warned: false,
            renew_at: None,
            leaving: None,
            order: SignOut::default(),
            idp_left: false,
            effects: VecDeque::new(),
            timeline: Timeline::default(),
        };
        session.status.way = session.streams_way(Phase::Opening);
        let may_be_alive = record.may_be_alive(now, session.config.session_length);
        session.note(
            now,
            What::Opened {
                session_may_be_alive: may_be_alive,
            },
        );
        for warning in std::mem::take(&mut session.config.warnings) {
            session.notice(now, warning.to_string());
        }
        if !start.online {
            session.around(now, Input::Offline);
        }
        if start.returned {
            session.came_back(now);
        } else if start.abandoned {
            session.turned_back(now);
        } else if session.config.sso.is_some() && !may_be_alive {
            session.begin(now);
        }
        session
    }

    /// Takes in what happened at `now`.
    pub fn handle(&mut self, now: Millis, input: Input) {
        if self.status.phase == Phase::Closed {
            return;
        }
        self.take_in(now, input);
        if self.status.phase != Phase::Closed {
            self.tick(now);
            self.settle_turn();
        }
    }

    fn take_in(&mut self, now: Millis, input: Input) {
        if self.gone && input.is_the_ccps() {
            return; // Last words of a CCP that went with the container.
        }
        match input {
            Input::Tick => {}
            Input::CcpLoaded => self.ccp_loaded(now),
            Input::Acknowledged => self.acknowledged(now),
            Input::KeptAlive => self.kept_alive(now),
            Input::ContactsSeen(load) => self.contacts_seen(now, load),
            Input::AgentSeen(agent) => self.agent_seen(now, agent),
            Input::AuthFailed => self.auth_failed(now),
            Input::Authorized => {
                self.note(now, What::Authorized);
                self.refused_until = None;
            }
            Input::SessionLost => self.session_lost(now),
            Input::Terminated => self.terminated(now),
            Input::AccessDenied => self.access_denied(now),
            Input::StreamsGaveUp => self.streams_gave_up(now),
            Input::Returned(number) => {
                if let Some(way) = self.expected.take(&number) {
                    self.returned(now, way, true);
                }
            }
            Input::FrameLoaded => self.frame_loaded(now),
            Input::FrameAcknowledged => {
                if self.attempt.as_ref().is_some_and(|a| a.frame.is_some()) {
                    self.returned(now, Way::Frame, false);
                }
            }
            Input::WindowOpened => self.window_opened(now),
            Input::WindowBlocked => self.window_blocked(now),
            Input::WindowClosed => self.window_closed(now),
            Input::TurnGranted(record) => self.turn_granted(now, record),
            Input::TurnLost => self.turn_lost(now),
            Input::SignedInElsewhere => self.signed_in_elsewhere(now),
            Input::Offline
            | Input::Online
            | Input::SocketLost
            | Input::SocketGained
            | Input::MicrophoneIs(_) => self.around(now, input),
            Input::Noticed(what) => self.notice(now, what),
            Input::ContainerGone => self.container_gone(now),
            Input::ContainerBack => self.container_back(now),
            Input::CcpDetached => self.ccp_detached(now),
            Input::SignInAsked => self.sign_in_asked(now),
            Input::Clicked => self.clicked(now),
            Input::SignOutAsked(order) => self.sign_out_asked(now, order),
            Input::OfflineSet => self.left(now, Step::Offline),
            Input::LoggedOut => self.left(now, Step::LogOut),
            Input::CloseAsked => self.close(now),
        }
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
            self.agent_at(),
            self.refused_until,
            self.warn_at(),
            self.renew_at(),
            self.end_at(),
            self.retry_at(),
            self.watch_at(),
            self.socket_at(),
            self.leaving.map(|leaving| leaving.until),
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

    /// What the agent's contacts keep him from.
    pub const fn load(&self) -> Load {
        self.load
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
        let window = window.is_some_and(|w| !w.late);
        Prompt::of(&self.status, window, self.load == Load::Live)
    }

    fn notice(&mut self, now: Millis, what: String) {
        self.note(now, What::Noticed(what.clone()));
        self.effects.push_back(Effect::TellDiagnostic(what));
    }

    fn close(&mut self, now: Millis) {
        self.drop_attempt();
        self.settle_turn();
        self.forget_agent();
        self.lasts_no_longer();
        self.no_longer_leaves(Error::Closed);
        self.change(now, Phase::Closed, None, None);
        self.agent_due = None;
        self.refused_until = None;
        self.retry_at = None;
        self.renew_at = None;
        self.unloaded(Ccp::Over);
        self.effects.push_back(Effect::Dismantle);
    }

    fn fail(&mut self, now: Millis, error: Error) {
        self.note(now, What::Failed(error.code()));
        self.drop_attempt();
        self.forget_agent();
        self.agent_due = None;
        self.refused_until = None;
        let way = self.status.way;
        self.change(now, Phase::Failed, way, Some(error));
        if !self.gone {
            self.plan_retry(now);
        }
    }

    fn change(&mut self, now: Millis, phase: Phase, way: Option<Way>, fault: Option<Error>) {
        let way = way.or_else(|| self.streams_way(phase));
        self.fault = fault;
        let error = self.error(phase);
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
        self.tell_status();
    }

    /// The host reads the status when it is told: once is enough for all that changed since.
    fn tell_status(&mut self) {
        if !self.effects.contains(&Effect::TellStatus) {
            self.effects.push_back(Effect::TellStatus);
        }
    }

    /// What is wrong around may have changed.
    fn refresh(&mut self) {
        let error = self.error(self.status.phase);
        if self.status.error != error {
            self.status.error = error;
            self.tell_status();
        }
    }

    fn error(&self, phase: Phase) -> Option<Error> {
        self.fault.clone().or_else(|| self.trouble.error(phase))
    }

    /// Streams' own way is at work all the time: it tells nobody when it signs in.
    fn streams_way(&self, phase: Phase) -> Option<Way> {
        let works = matches!(phase, Phase::Opening | Phase::Ready | Phase::Failed);
        (works && self.leaves_it_to_streams()).then_some(Way::Streams)
    }

    /// Whether Streams signs in by itself.
    fn leaves_it_to_streams(&self) -> bool {
        self.config.ways.first() == Some(&Way::Streams)
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod explore;
#[cfg(test)]
mod tests;
