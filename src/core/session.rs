//! The softphone as a state machine: what happened goes in, what to do comes out.

use std::collections::VecDeque;

use super::agent::Agent;
use super::config::Config;
use super::error::Error;
use super::millis::{Millis, Span};
use super::number::{Number, Numbers};
use super::phase::{Phase, Way};
use super::private::Private;
use super::record::{Record, SESSION};
use super::signin::{
    Attempt, CLOSED_GRACE, Expected, FRAME_LOOK, FRAME_QUIET, FrameTry, HEAD_START,
    RETURN_PATIENCE, Returned, WindowTry,
};
use super::timeline::{Timeline, What};
use super::words::Prompt;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Input {
    /// Time passed.
    Tick,
    /// The CCP's frame finished loading a page; which one cannot be known.
    CcpLoaded,
    /// The CCP answered (Streams' ACKNOWLEDGE).
    Acknowledged,
    /// Streams told of the agent.
    AgentSeen(Agent),
    /// Connect refused the session (Streams' AUTH_FAIL).
    AuthFailed,
    /// Connect took the session after all (Streams' AUTHORIZE_SUCCESS).
    Authorized,
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
            Input::AgentSeen(agent) => self.agent_seen(now, agent),
            Input::AuthFailed => self.auth_failed(now),
            Input::Authorized => {
                self.note(now, What::Authorized);
                self.refused_until = None;
            }
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

    /// Adds something that the browser side noticed.
    pub fn notice(&mut self, now: Millis, what: String) {
        self.note(now, What::Noticed(what.clone()));
        self.effects.push_back(Effect::TellDiagnostic(what));
    }

    fn ccp_loaded(&mut self, now: Millis) {
        self.note(now, What::CcpLoaded);
        if matches!(self.ccp, Ccp::Loading { .. }) {
            self.ccp = Ccp::Loaded { at: now };
        }
    }

    fn acknowledged(&mut self, now: Millis) {
        if matches!(self.ccp, Ccp::Alive | Ccp::Over) {
            return; // Streams' keepalive, or the last words of a CCP whose session is over.
        }
        self.note(now, What::Acknowledged);
        self.ccp = Ccp::Alive;
        self.refused_until = None;
        self.agent_due = Some(now + AGENT_PATIENCE);
        let way = self.end_attempt();
        let started = match way {
            Some(_) => Some(now),
            None => self
                .record
                .started
                .filter(|_| self.record.may_be_alive(now)),
        };
        self.record = Record {
            started,
            seen: Some(now),
            way: way.or(self.record.way),
        };
        self.effects.push_back(Effect::Save(self.record));
        self.warned = false;
        self.status.session = started.map(|started| Lifetime {
            started,
            ends: started + SESSION,
        });
        let waiting = if way.is_some() {
            Phase::SigningIn
        } else {
            Phase::Opening
        };
        self.change(now, waiting, way, None);
    }

    /// Ends the attempt because the CCP answered. The way that signed the agent in, if one did:
    /// an answer while a frame or window was only being tried says that a session was there.
    fn end_attempt(&mut self) -> Option<Way> {
        let attempt = self.attempt.take()?;
        self.expected.clear();
        if attempt.frame.is_some() {
            self.effects.push_back(Effect::CloseFrame);
        }
        if attempt.window.is_some() {
            self.effects.push_back(Effect::CloseWindow);
        }
        match (attempt.returned, attempt.window, attempt.frame) {
            (Some(returned), _, _) => Some(returned.way),
            (None, Some(_), _) => Some(Way::Popup),
            (None, None, Some(frame)) if !frame.numbered => Some(Way::Frame),
            (None, None, Some(_) | None) => None,
        }
    }

    fn agent_seen(&mut self, now: Millis, agent: Agent) {
        let changed = self.agent.as_ref() != Some(&agent);
        let expected = self.config.expected_user.as_ref();
        let stranger = expected.is_some_and(|user| *user != agent.username);
        let arrived = self.ccp == Ccp::Alive && self.status.phase != Phase::Ready;
        if stranger {
            if self.ccp != Ccp::Over {
                self.note(now, What::AgentSeen);
                self.ccp = Ccp::Over;
                self.agent = None;
                self.effects.push_back(Effect::TellAgent);
                self.fail(now, Error::IdentityMismatch);
            }
            return;
        }
        self.agent = Some(agent);
        if arrived {
            self.note(now, What::AgentSeen);
            self.agent_due = None;
            let way = self.status.way;
            self.change(now, Phase::Ready, way, None);
        }
        if changed {
            self.effects.push_back(Effect::TellAgent);
        }
    }

    fn auth_failed(&mut self, now: Millis) {
        self.note(now, What::AuthFailed);
        if self.status.phase == Phase::Ready {
            self.refused_until = Some(now + REFUSAL_GRACE);
        }
    }

    fn terminated(&mut self, now: Millis) {
        self.note(now, What::Terminated);
        if matches!(self.status.phase, Phase::Ready | Phase::Expired) {
            self.session_over(now, Phase::SignedOut);
        }
    }

    fn session_over(&mut self, now: Millis, phase: Phase) {
        self.ccp = Ccp::Over;
        self.refused_until = None;
        self.record = Record {
            way: self.record.way,
            ..Record::default()
        };
        self.effects.push_back(Effect::Save(self.record));
        self.status.session = None;
        self.change(now, phase, None, None);
    }

    fn returned(&mut self, now: Millis, way: Way) {
        self.note(now, What::SignInReturned(way));
        let attempt = self.attempt.get_or_insert_default();
        if attempt.frame.take().is_some() {
            self.effects.push_back(Effect::CloseFrame);
        }
        if attempt.window.take().is_some() {
            self.effects.push_back(Effect::CloseWindow);
        }
        attempt.needs_click = false;
        attempt.next_at = None;
        attempt.returned = Some(Returned {
            way,
            give_up_at: now + RETURN_PATIENCE,
        });
        self.reload(now);
        self.change(now, Phase::SigningIn, Some(way), None);
    }

    fn frame_loaded(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let Some(frame) = attempt.frame.as_mut() else {
            return;
        };
        if !frame.numbered {
            frame.look_at = Some(now + FRAME_LOOK);
        }
        let soon = (now + FRAME_QUIET).min(frame.began + HEAD_START);
        if !attempt.ways.is_empty() && attempt.next_at.is_some() {
            attempt.next_at = Some(soon.max(now));
        }
        self.note(now, What::FrameLoaded);
    }

    fn window_opened(&mut self, now: Millis) {
        let numbered = self.returns();
        let timeout = self.config.timeout;
        let attempt = self.attempt.get_or_insert_default();
        attempt.needs_click = false;
        attempt.window = Some(WindowTry::new(now, numbered, timeout));
        self.note(now, What::WayBegan(Way::Popup));
        self.change(now, Phase::SigningIn, Some(Way::Popup), None);
    }

    fn window_blocked(&mut self, now: Millis) {
        self.note(now, What::WindowBlocked);
        let attempt = self.attempt.get_or_insert_default();
        let error = attempt.asked.then_some(Error::WindowBlocked);
        attempt.asked = false;
        attempt.needs_click = true;
        self.change(now, Phase::SignInNeeded, Some(Way::Popup), error);
        self.begin_next(now);
    }

    fn window_closed(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let Some(window) = attempt.window.as_mut() else {
            return;
        };
        if window.closed_until.is_none() {
            window.closed_until = Some(now + CLOSED_GRACE);
            self.note(now, What::WindowClosed);
            self.reload(now);
        }
    }

    fn sign_in_asked(&mut self, now: Millis) {
        if self.status.phase == Phase::Ready || self.ccp == Ccp::Alive {
            return;
        }
        if let Some(attempt) = self.attempt.as_mut() {
            if attempt.returned.is_some() {
                return; // Signed in; the CCP is on its way.
            }
            attempt.asked = true;
            let window = attempt.window.as_ref();
            if window.is_some_and(|w| !w.late && w.closed_until.is_none()) {
                self.effects.push_back(Effect::FocusWindow);
                return;
            }
        }
        if self.config.sso.is_some() && !self.config.ways.contains(&Way::Popup) {
            self.drop_attempt();
            self.begin(now);
        } else {
            let attempt = self.attempt.get_or_insert_default();
            attempt.asked = true;
            attempt.next_at = None;
            attempt.ways.retain(|way| *way != Way::Popup);
            self.open_window();
        }
    }

    fn close(&mut self, now: Millis) {
        self.drop_attempt();
        self.agent = None;
        self.agent_due = None;
        self.refused_until = None;
        self.status.session = None;
        self.change(now, Phase::Closed, None, None);
        self.effects.push_back(Effect::Dismantle);
    }

    /// Begins to sign in: the way that worked last comes first.
    fn begin(&mut self, now: Millis) {
        let mut ways = if self.config.sso.is_some() {
            self.config.ways.clone()
        } else {
            vec![Way::Popup]
        };
        let first = self.record.way;
        if let Some(at) = ways.iter().position(|way| Some(*way) == first) {
            let way = ways.remove(at);
            ways.insert(0, way);
        }
        self.attempt = Some(Attempt {
            ways,
            ..Attempt::default()
        });
        self.begin_next(now);
    }

    /// Begins the next way, if there is one left.
    fn begin_next(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        attempt.next_at = None;
        if attempt.ways.is_empty() {
            return;
        }
        match attempt.ways.remove(0) {
            Way::Frame => {
                attempt.next_at = (!attempt.ways.is_empty()).then_some(now + HEAD_START);
                self.open_frame(now);
            }
            Way::Popup => self.open_window(),
        }
    }

    fn open_frame(&mut self, now: Millis) {
        let Some(url) = self.sso_url(Way::Frame) else {
            return;
        };
        let numbered = self.returns();
        let attempt = self.attempt.get_or_insert_default();
        attempt.frame = Some(FrameTry::new(now, numbered));
        let waits_for_click = attempt.needs_click;
        self.effects.push_back(Effect::OpenFrame(url));
        self.note(now, What::WayBegan(Way::Frame));
        if !waits_for_click {
            self.change(now, Phase::SigningIn, Some(Way::Frame), None);
        }
    }

    /// Orders the window; whether it opened comes back as an input.
    fn open_window(&mut self) {
        let order = match self.sso_url(Way::Popup) {
            Some(url) => Effect::OpenWindow(url, WindowKind::Sso),
            None => Effect::OpenWindow(
                Private::new(self.config.ccp.text().to_owned()),
                WindowKind::Standard,
            ),
        };
        self.effects.push_back(order);
    }

    /// Where sign-in by `way` begins: the SSO Login URL, led to the return page where possible.
    fn sso_url(&mut self, way: Way) -> Option<Private<String>> {
        let sso = self.config.sso.as_ref()?;
        let (Some(relay), Some(page)) = (&sso.relay, &self.config.return_url) else {
            return Some(Private::new(sso.url.text().to_owned()));
        };
        let number = (self.numbers)();
        let page = page.href();
        let page = page.split_once('#').map_or(page, |(page, _)| page);
        let joint = if page.contains('?') { '&' } else { '?' };
        let page = format!("{page}{joint}{RETURN_PARAMETER}={}", number.reveal());
        let url = relay.with_destination(&page);
        self.expected.add(number, way);
        Some(Private::new(url))
    }

    /// Whether sign-in comes back by itself.
    fn returns(&self) -> bool {
        let sso = self.config.sso.as_ref();
        self.config.return_url.is_some() && sso.is_some_and(|sso| sso.relay.is_some())
    }

    fn reload(&mut self, now: Millis) {
        self.ccp = Ccp::Loading { since: now };
        self.note(now, What::CcpReloaded);
        self.effects.push_back(Effect::ReloadCcp);
    }

    /// Does what is due at `now`.
    fn tick(&mut self, now: Millis) {
        if self.silent_at().is_some_and(|at| at <= now) {
            self.begin(now);
        }
        if self.refused_until.is_some_and(|at| at <= now) {
            self.session_over(now, Phase::Expired);
        }
        if self.agent_due.is_some_and(|at| at <= now) {
            self.agent_due = None;
            self.ccp = Ccp::Loaded { at: now };
            self.fail(now, Error::AgentSilent);
        }
        if self.warn_at().is_some_and(|at| at <= now) {
            self.warned = true;
            self.effects.push_back(Effect::TellExpiring);
        }
        self.tick_returned(now);
        self.tick_frame(now);
        self.tick_window(now);
        let next_at = self.attempt.as_ref().and_then(|a| a.next_at);
        if next_at.is_some_and(|at| at <= now) {
            self.begin_next(now);
        }
    }

    fn tick_returned(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        if attempt.returned.is_none_or(|r| r.give_up_at > now) {
            return;
        }
        attempt.returned = None;
        if attempt.ways.first() == Some(&Way::Popup) {
            self.begin_next(now); // A window's cookies may count where a frame's do not.
        } else {
            self.fail(now, Error::CcpSilent);
        }
    }

    fn tick_frame(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let Some(frame) = attempt.frame.as_mut() else {
            return;
        };
        if frame.give_up_at <= now {
            attempt.frame = None;
            self.effects.push_back(Effect::CloseFrame);
            self.nothing_left(now, Error::SignInTimeout { way: Way::Frame });
        } else if frame.look_at.is_some_and(|at| at <= now) {
            if self.ccp.had_its_time(now) {
                frame.look_at = None;
                self.reload(now);
            } else {
                frame.look_at = Some(now + FRAME_LOOK);
            }
        }
    }

    fn tick_window(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let Some(window) = attempt.window.as_mut() else {
            return;
        };
        if let Some(until) = window.closed_until {
            if until <= now {
                attempt.window = None;
                self.ask(now, Error::SignInWindowClosed);
            }
        } else if !window.late && window.give_up_at <= now {
            window.late = true;
            self.ask(now, Error::SignInTimeout { way: Way::Popup });
        } else if window.look_at <= now {
            window.look_later(now);
            if self.ccp.had_its_time(now) {
                self.reload(now);
            }
        }
    }

    /// Asks the agent to sign in again, and says why.
    fn ask(&mut self, now: Millis, error: Error) {
        let attempt = self.attempt.get_or_insert_default();
        attempt.needs_click = true;
        attempt.asked = false;
        self.note(now, What::Failed(error.code()));
        self.change(now, Phase::SignInNeeded, Some(Way::Popup), Some(error));
    }

    /// Fails unless another way is at work, about to begin, or waits for a click.
    fn nothing_left(&mut self, now: Millis, error: Error) {
        let attempt = self.attempt.as_ref();
        let goes_on =
            attempt.is_some_and(|a| a.is_at_work() || a.needs_click || !a.ways.is_empty());
        if !goes_on {
            self.fail(now, error);
        }
    }

    fn fail(&mut self, now: Millis, error: Error) {
        self.note(now, What::Failed(error.code()));
        self.drop_attempt();
        self.agent_due = None;
        let way = self.status.way;
        self.change(now, Phase::Failed, way, Some(error));
    }

    fn drop_attempt(&mut self) {
        let Some(attempt) = self.attempt.take() else {
            return;
        };
        self.expected.clear();
        if attempt.frame.is_some() {
            self.effects.push_back(Effect::CloseFrame);
        }
        if attempt.window.is_some() {
            self.effects.push_back(Effect::CloseWindow);
        }
    }

    /// When a CCP that does not answer counts as signed out.
    fn silent_at(&self) -> Option<Millis> {
        if self.status.phase != Phase::Opening || self.attempt.is_some() {
            return None;
        }
        match self.ccp {
            Ccp::Loading { since } => Some(since + LOAD_PATIENCE),
            Ccp::Loaded { at } => Some(at + ANSWER_PATIENCE),
            Ccp::Alive | Ccp::Over => None,
        }
    }

    /// When the end of the session is announced.
    fn warn_at(&self) -> Option<Millis> {
        let lifetime = self.status.session?;
        let due = self.status.phase == Phase::Ready && !self.warned;
        due.then(|| lifetime.ends - self.config.warn_before)
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

impl Ccp {
    /// Whether it could have answered by now, so that loading it anew interrupts nothing.
    fn had_its_time(self, now: Millis) -> bool {
        match self {
            Self::Loading { since } => since + LOOK_LOAD <= now,
            Self::Loaded { at } => at + LOOK_ANSWER <= now,
            Self::Alive | Self::Over => true,
        }
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

/// How long a CCP may take to load before sign-in is tried beside it.
const LOAD_PATIENCE: Span = Span::secs(15);
/// How long a loaded CCP may stay silent before it counts as signed out.
const ANSWER_PATIENCE: Span = Span::millis(2500);
/// The same while sign-in is under way, where a look too early would interrupt it.
const LOOK_LOAD: Span = Span::secs(10);
const LOOK_ANSWER: Span = Span::millis(1200);
/// How long the agent's data may take once the CCP answers.
const AGENT_PATIENCE: Span = Span::secs(15);
/// AUTH_FAIL may be followed by AUTHORIZE_SUCCESS (amazon-connect-streams issues 969 and 1058).
const REFUSAL_GRACE: Span = Span::secs(5);

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
