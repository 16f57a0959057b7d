//! A browser around a session that watches what it orders: the rules that no sequence may break.

use std::cell::Cell;

use super::Scene;
use super::facts::Fact;
use crate::agent::Load;
use crate::chance::Chance;
use crate::config::Config;
use crate::error::Error;
use crate::millis::{Millis, Span};
use crate::number::{Number, Numbers};
use crate::phase::Phase;
use crate::record::{Record, SESSION};
use crate::session::{Effect, Input, Session};
use crate::testing::read_url;
use crate::timeline::Timeline;

/// A page with one softphone.
pub(super) struct World {
    pub(super) session: Session,
    pub(super) now: Millis,
    /// Whether the browser lets windows open.
    pub(super) windows: bool,
    pub(super) frame: bool,
    pub(super) window: bool,
    /// Whether the page has been told to leave.
    pub(super) leaves: bool,
    pub(super) turn: Turn,
    /// Whether a turn may still be granted that is no longer asked for.
    pub(super) may_come_late: bool,
    /// Whether a contact is live.
    pub(super) live: bool,
    /// Whether the agent, or the host for him, asked for something since.
    pub(super) asked: bool,
    /// Whether what happens ends a contact by itself.
    pub(super) excused: bool,
    /// Whether Streams speaks to a window that is gone.
    pub(super) detached: bool,
    /// Whether somebody waits for the end of a sign-out.
    pub(super) signing_out: bool,
    pub(super) stored: Record,
    /// Whether the host calls the phone from inside its events, so that facts come between an order and its outcome.
    pub(super) reenters: bool,
    /// What became of the window that was ordered.
    pub(super) outcome: Option<bool>,
    /// What was ordered last.
    pub(super) last: Vec<Effect>,
}

/// The turn as the browser sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    None,
    Asked,
    Held,
}

/// Whether a rule was kept, and which one was not.
pub(super) type Kept = Result<(), String>;

impl World {
    pub(super) fn open(scene: &Scene) -> Self {
        let start = scene.start();
        let mut fields = vec![(
            "instanceUrl".to_owned(),
            crate::given::Given::Text("https://acme.my.connect.aws".to_owned()),
        )];
        let given = scene.fields.iter();
        fields.extend(given.map(|(name, value)| ((*name).to_owned(), value.clone())));
        let fields = crate::given::Given::Fields(fields);
        let page = "https://desk.example/agent/";
        let config = Config::parse(
            &fields,
            &crate::config::PageFacts::unframed(page),
            &read_url,
        )
        .expect("a good configuration");
        let session = Session::open(start, config, scene.record, numbers());
        let mut world = Self {
            session,
            now: start.now,
            windows: false,
            frame: false,
            window: false,
            leaves: false,
            turn: Turn::None,
            may_come_late: false,
            live: false,
            asked: false,
            excused: false,
            detached: false,
            signing_out: false,
            stored: scene.record,
            reenters: false,
            outcome: None,
            last: Vec::new(),
        };
        world.obey().expect("the rules at the beginning");
        let outcome = world.outcome.take();
        world.comes_of_it(outcome).expect("the same");
        world
    }

    /// The same once more; nothing that happens to the one touches the other.
    pub(super) fn fork(&self) -> Self {
        let session = &self.session;
        Self {
            session: Session {
                config: session.config.clone(),
                numbers: numbers(),
                chance: Chance::new(7), // So that equal states stay equal.
                record: session.record,
                status: session.status.clone(),
                fault: session.fault.clone(),
                trouble: session.trouble.clone(),
                ccp: session.ccp,
                watch: session.watch,
                restarts: session.restarts,
                gone: session.gone,
                signed_out: session.signed_out,
                detached: session.detached,
                attempt: session.attempt.clone(),
                expected: session.expected.clone(),
                turn: session.turn,
                retry_at: session.retry_at,
                retries: session.retries,
                agent: session.agent.clone(),
                load: session.load,
                reload_due: session.reload_due,
                agent_due: session.agent_due,
                refused_until: session.refused_until,
                warned: session.warned,
                renew_at: session.renew_at,
                leaving: session.leaving,
                order: session.order.clone(),
                idp_left: session.idp_left,
                effects: session.effects.clone(),
                timeline: Timeline::default(),
            },
            stored: self.stored,
            last: Vec::new(),
            ..*self
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the others are inputs")]
    /// Lets `fact` happen, does what the session orders, and checks the rules.
    pub(super) fn happens(&mut self, fact: Fact) -> Kept {
        self.last.clear();
        match fact {
            Fact::Windows(open) => self.windows = open,
            Fact::Reenters(reenters) => self.reenters = reenters,
            Fact::Wake => match self.session.wake_at() {
                Some(at) => self.now = self.now.max(at),
                None => return Ok(()),
            },
            Fact::Pass => {
                let pause = self
                    .session
                    .wake_at()
                    .map_or(Span::secs(1), |at| at - self.now);
                self.now = self.now + Span::millis(pause.get() / 2);
                return Ok(());
            }
            Fact::Sleep => self.now = self.now + Span::hours(1),
            _ => {}
        }
        let Some(input) = self.input(fact) else {
            return Ok(());
        };
        self.feed(input)
    }

    pub(super) fn feed(&mut self, input: Input) -> Kept {
        let was = self.session.status.phase;
        let status = self.session.status.clone();
        let agent = self.session.agent.clone();
        let told = self.last.len();
        self.foresee(&input);
        let came_before = self.outcome.take();
        self.session.handle(self.now, input);
        self.obey()?;
        self.comes_of_it(came_before)?;
        if !self.reenters {
            let outcome = self.outcome.take();
            self.comes_of_it(outcome)?;
        }
        let effects = &self.last[told..];
        if was == Phase::Closed && !effects.is_empty() {
            return Err(format!("after closed: {effects:?}"));
        }
        if self.session.status != status && !effects.contains(&Effect::TellStatus) {
            return Err(format!(
                "a status nobody was told of: {:?}",
                self.session.status
            ));
        }
        if self.session.agent != agent && !effects.contains(&Effect::TellAgent) {
            return Err("an agent nobody was told of".to_owned());
        }
        let silent = matches!(self.session.fault, Some(Error::CcpSilent(_)));
        if silent && was != Phase::Failed && self.stored.may_be_alive(self.now, SESSION) {
            return Err("the record promises a session that failed".to_owned());
        }
        self.check()
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others change nothing by themselves"
    )]
    /// What the fact itself changes, whatever the session makes of it.
    fn foresee(&mut self, input: &Input) {
        let session = &self.session;
        self.excused = false;
        if session.status.phase == Phase::Closed {
            return;
        }
        match input {
            // The call went with the window it was in, or with the session.
            Input::ContainerGone | Input::CcpDetached => {
                self.excused = true;
                self.detached = true;
            }
            Input::Terminated => self.excused = true,
            // Another agent's call in this agent's phone: the guard is for that.
            Input::AgentSeen(agent) => {
                let expected = session.config.expected_user.as_ref();
                self.excused = expected.is_some_and(|user| *user != agent.username);
            }
            Input::SignInAsked | Input::Clicked | Input::SignOutAsked(_) => {
                let offered = session
                    .prompt()
                    .is_some_and(|prompt| prompt.button.is_some());
                self.asked |= offered;
                if matches!(input, Input::SignOutAsked(_)) && session.status.phase != Phase::Closed
                {
                    self.signing_out = true;
                }
                // So does the button of those who are somebody else.
                let signs_out = matches!(
                    session.fault,
                    Some(Error::IdentityMismatch | Error::SignOutFailed)
                );
                if matches!(input, Input::Clicked) && signs_out {
                    self.signing_out = true;
                }
            }
            Input::ContactsSeen(Load::Idle | Load::Wrapping) => self.excused = true,
            Input::WindowClosed => self.window = false,
            Input::TurnGranted(record) => {
                self.turn = Turn::Held;
                self.may_come_late = false;
                self.stored = *record;
            }
            Input::TurnLost => {
                self.turn = if self.turn == Turn::Held {
                    Turn::None
                } else {
                    self.turn
                }
            }
            _ => {}
        }
    }

    /// The window that was ordered opened, or did not.
    fn comes_of_it(&mut self, opened: Option<bool>) -> Kept {
        let input = match opened {
            Some(true) => Input::WindowOpened,
            Some(false) => Input::WindowBlocked,
            None => return Ok(()),
        };
        self.session.handle(self.now, input);
        self.obey()
    }

    /// Does what the session orders.
    pub(super) fn obey(&mut self) -> Kept {
        let mut count = 0;
        while let Some(effect) = self.session.poll() {
            self.last.push(effect.clone());
            self.perform(&effect)?;
            count += 1;
            if count > 40 {
                return Err(format!("too many orders: {:?}", self.last));
            }
        }
        Ok(())
    }

    fn perform(&mut self, effect: &Effect) -> Kept {
        let closed = self.session.status.phase == Phase::Closed;
        match effect {
            Effect::ReloadCcp | Effect::UnloadCcp | Effect::RebuildCcp | Effect::LogOut => {
                self.spares_the_call(effect)?;
                if self.detached && *effect == Effect::ReloadCcp {
                    return Err("in vain: loads anew what Streams does not see".to_owned());
                }
                self.detached &= *effect != Effect::RebuildCcp;
                self.live = false;
            }
            Effect::Leave(..) => {
                self.spares_the_call(effect)?;
                if self.window {
                    return Err("two ways at once: leaves while a window is open".to_owned());
                }
                self.leaves = true;
            }
            Effect::OpenFrame(_) => {
                if self.turn != Turn::Held {
                    return Err("out of turn: a frame".to_owned());
                }
                self.frame = true;
            }
            Effect::CloseFrame => {
                if !self.frame {
                    return Err("closes what is not open: a frame".to_owned());
                }
                self.frame = false;
            }
            Effect::OpenWindow(..) => {
                self.spares_the_call(effect)?;
                if self.turn != Turn::Held {
                    return Err("out of turn: a window".to_owned());
                }
                if self
                    .session
                    .attempt
                    .as_ref()
                    .is_some_and(|a| a.leaves_until.is_some())
                {
                    return Err("two ways at once: a window while the page leaves".to_owned());
                }
                let open = self.windows || self.window;
                self.window = open;
                self.outcome = Some(open);
            }
            Effect::CloseWindow => self.window = false,
            Effect::TakeTurn { steal } => match (self.turn, steal) {
                (Turn::None, false) => self.turn = Turn::Asked,
                (Turn::None | Turn::Asked, true) => self.turn = Turn::Held,
                (turn, _) => return Err(format!("a turn taken twice: {turn:?}")),
            },
            Effect::EndTurn => {
                if self.turn == Turn::None {
                    return Err("a turn ended that nobody had: EndTurn".to_owned());
                }
                self.may_come_late = self.turn == Turn::Asked;
                self.turn = Turn::None;
            }
            Effect::SignOutDone(_) => {
                if !self.signing_out {
                    return Err("a sign-out settled twice: SignOutDone".to_owned());
                }
                self.signing_out = false;
            }
            Effect::Save(record) => self.stored = *record,
            Effect::Probe
            | Effect::TellSignedIn
            | Effect::SetOffline
            | Effect::LogOutOfIdp(_)
            | Effect::FocusWindow
            | Effect::TellStatus
            | Effect::TellAgent
            | Effect::TellExpiring
            | Effect::TellDiagnostic(_) => {}
            Effect::Dismantle => {
                if !closed {
                    return Err("taken down while open: Dismantle".to_owned());
                }
                self.window = false; // Also one of which nobody has heard yet.
            }
        }
        Ok(())
    }

    fn spares_the_call(&self, effect: &Effect) -> Kept {
        if self.live && !self.asked && !self.excused {
            return Err(format!("a live contact is disturbed: {effect:?}"));
        }
        Ok(())
    }
}

fn numbers() -> Numbers {
    Box::new(|| {
        let next = NEXT.get() + 1;
        NEXT.set(next);
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&next.to_be_bytes());
        Number::new(bytes)
    })
}

thread_local! {
    static NEXT: Cell<u64> = const { Cell::new(0) };
}
