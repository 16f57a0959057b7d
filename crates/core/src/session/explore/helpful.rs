//! Two ways a story goes on: everybody helps, or nobody does anything any more.

use super::facts::agent;
use super::world::{Kept, Turn, World};
use crate::agent::Load;
use crate::millis::{Millis, Span};
use crate::number::Number;
use crate::phase::Phase;
use crate::session::{Ccp, Effect, Input};

/// What the world does for the session: the network is there, windows open, turns come, sign-in returns, the CCP loads and
/// answers whoever signed in, and the agent clicks what he is offered.
struct Helper {
    world: World,
    /// Whether Connect has a session.
    signed_in: bool,
    /// What comes next, in time.
    coming: Vec<(Millis, Coming)>,
}

#[derive(Clone, Debug, PartialEq)]
enum Coming {
    CcpLoads,
    CcpAnswers,
    FrameReturns(Option<Number>),
    WindowReturns(Option<Number>),
    WindowCloses,
    CallEnds,
    Click,
    Answer(Reply),
}

/// Answers to orders, which come a moment later.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reply {
    Turn,
    OfflineSet,
    LoggedOut,
}

/// From every state there is a way to `ready`.
pub(super) fn leads_on(world: &World) -> Kept {
    let session = &world.session;
    if session.status.phase == Phase::Closed || world.leaves {
        return Ok(()); // The page that comes back is another scene.
    }
    let mut helper = Helper {
        world: world.fork(),
        signed_in: false,
        coming: Vec::new(),
    };
    helper.world.windows = true;
    helper.world.reenters = false;
    helper.help()
}

impl Helper {
    fn help(&mut self) -> Kept {
        if self.world.session.gone {
            self.feed(Input::ContainerBack)?;
        }
        self.feed(Input::Online)?;
        self.feed(Input::SocketGained)?;
        if self.world.turn == Turn::Asked {
            self.soon(100, Coming::Answer(Reply::Turn));
        }
        if let Some(leaving) = self.world.session.leaving {
            use crate::session::leaving::Step;
            match leaving.step {
                Step::Offline => self.soon(100, Coming::Answer(Reply::OfflineSet)),
                Step::LogOut => self.soon(100, Coming::Answer(Reply::LoggedOut)),
                Step::Look => {}
            }
        }
        match self.world.session.ccp {
            Ccp::Loading { .. } => self.soon(300, Coming::CcpLoads),
            Ccp::Alive => {
                self.signed_in = true;
                self.soon(200, Coming::CcpAnswers);
            }
            Ccp::Loaded { .. } | Ccp::Over => {}
        }
        if self.world.live {
            self.soon(30_000, Coming::CallEnds);
        }
        self.soon(10_000, Coming::Click);
        for _ in 0..400 {
            let session = &self.world.session;
            if session.status.phase == Phase::Ready || self.world.leaves {
                let settled = session.agent_due.is_none() && session.refused_until.is_none();
                if settled || self.world.leaves {
                    return Ok(());
                }
            }
            let wake = session.wake_at();
            let next = self.coming.iter().map(|(at, _)| *at).min();
            let Some(at) = wake.into_iter().chain(next).min() else {
                break;
            };
            if at - self.world.now > Span::hours(1) {
                break;
            }
            self.world.now = self.world.now.max(at);
            let due = self.coming.iter().position(|(at, _)| *at <= self.world.now);
            match due {
                Some(due) => {
                    let (_, coming) = self.coming.remove(due);
                    self.comes(coming)?;
                }
                None => self.feed(Input::Tick)?,
            }
        }
        let session = &self.world.session;
        Err(format!(
            "a dead end: {:?}, load {:?}, retry at {:?}, turn {:?}, {:?}",
            session, session.load, session.retry_at, session.turn, self.coming
        ))
    }

    fn comes(&mut self, coming: Coming) -> Kept {
        match coming {
            Coming::CcpLoads => {
                self.feed(Input::CcpLoaded)?;
                if self.signed_in {
                    self.soon(200, Coming::CcpAnswers);
                }
            }
            Coming::CcpAnswers => {
                self.feed(Input::Acknowledged)?;
                let load = if self.world.live {
                    Load::Live
                } else {
                    Load::Idle
                };
                self.feed(Input::ContactsSeen(load))?;
                self.feed(Input::AgentSeen(agent("ada@example.com")))?;
            }
            Coming::FrameReturns(number) => {
                self.signed_in = true;
                match number {
                    Some(number) => self.feed(Input::Returned(number))?,
                    None => self.feed(Input::FrameAcknowledged)?,
                }
            }
            Coming::WindowReturns(number) => {
                self.signed_in = true;
                if let Some(number) = number {
                    self.feed(Input::Returned(number))?;
                }
            }
            Coming::WindowCloses => self.feed(Input::WindowClosed)?,
            Coming::CallEnds => self.feed(Input::ContactsSeen(Load::Idle))?,
            Coming::Click => {
                let prompt = self.world.session.prompt();
                if prompt.is_some_and(|prompt| prompt.button.is_some()) {
                    self.feed(Input::Clicked)?;
                }
                self.soon(20_000, Coming::Click);
            }
            Coming::Answer(Reply::Turn) => {
                if self.world.turn == Turn::Asked {
                    let stored = self.world.stored;
                    self.feed(Input::TurnGranted(stored))?;
                }
            }
            Coming::Answer(Reply::OfflineSet) => self.feed(Input::OfflineSet)?,
            Coming::Answer(Reply::LoggedOut) => {
                self.signed_in = false;
                self.feed(Input::LoggedOut)?;
            }
        }
        Ok(())
    }

    /// Feeds the session, and answers what it orders.
    fn feed(&mut self, input: Input) -> Kept {
        self.world.last.clear();
        self.world.feed(input)?;
        for effect in std::mem::take(&mut self.world.last) {
            match effect {
                Effect::ReloadCcp => {
                    self.drop_page();
                    self.soon(300, Coming::CcpLoads);
                }
                Effect::RebuildCcp => {
                    self.drop_page();
                    let ways = &self.world.session.config.ways;
                    // Streams signs in by itself, in its own window.
                    self.signed_in |= ways.contains(&crate::phase::Way::Streams);
                    self.soon(300, Coming::CcpLoads);
                }
                Effect::UnloadCcp => self.drop_page(),
                Effect::OpenFrame(_) => {
                    let number = self.newest();
                    self.forget(|coming| matches!(coming, Coming::FrameReturns(_)));
                    self.soon(500, Coming::FrameReturns(number));
                }
                Effect::CloseFrame => {
                    self.forget(|coming| matches!(coming, Coming::FrameReturns(_)));
                }
                Effect::OpenWindow(..) => {
                    let number = self.newest();
                    self.forget(|coming| matches!(coming, Coming::WindowReturns(_)));
                    self.soon(5000, Coming::WindowReturns(number));
                }
                Effect::CloseWindow => {
                    self.forget(|coming| matches!(coming, Coming::WindowReturns(_)));
                }
                // The agent sees that it stands at an error, and closes it.
                Effect::FocusWindow => {
                    let comes = self.coming.iter();
                    if !comes
                        .into_iter()
                        .any(|(_, c)| matches!(c, Coming::WindowReturns(_)))
                    {
                        self.soon(2000, Coming::WindowCloses);
                    }
                }
                Effect::Probe => self.world.feed(Input::KeptAlive)?,
                Effect::TakeTurn { .. } => self.soon(50, Coming::Answer(Reply::Turn)),
                Effect::SetOffline => self.soon(300, Coming::Answer(Reply::OfflineSet)),
                Effect::LogOut => self.soon(300, Coming::Answer(Reply::LoggedOut)),
                Effect::Leave(..)
                | Effect::EndTurn
                | Effect::TellSignedIn
                | Effect::LogOutOfIdp(_)
                | Effect::SignOutDone(_)
                | Effect::Save(_)
                | Effect::TellStatus
                | Effect::TellAgent
                | Effect::TellExpiring
                | Effect::TellDiagnostic(_)
                | Effect::Dismantle => {}
            }
        }
        Ok(())
    }

    /// The number of the frame or window that was just opened.
    fn newest(&self) -> Option<Number> {
        let numbers = self.world.session.expected.numbers();
        numbers.last().map(|(number, _)| number.clone())
    }

    fn drop_page(&mut self) {
        self.forget(|coming| matches!(coming, Coming::CcpLoads | Coming::CcpAnswers));
    }

    fn forget(&mut self, what: impl Fn(&Coming) -> bool) {
        self.coming.retain(|(_, coming)| !what(coming));
    }

    fn soon(&mut self, millis: u64, coming: Coming) {
        let at = self.world.now + Span::millis(millis);
        self.coming.push((at, coming));
    }
}

/// Left alone it comes to rest: what it waits for ends, and what it tries again ends, too. Only a CCP that answers is
/// asked for ever, or one that may have a call in it.
pub(super) fn ends(world: &World) -> Kept {
    'cases: for (windows, turns, answers) in [
        (false, false, false),
        (true, true, false),
        (true, true, true),
    ] {
        let mut world = world.fork();
        world.windows = windows;
        let mut asked = 0;
        let mut orders = 0;
        let mut wakes = 0;
        let until = world.now + Span::hours(72);
        while let Some(at) = world.session.wake_at().filter(|at| *at <= until) {
            world.now = world.now.max(at);
            world.last.clear();
            world.feed(Input::Tick)?;
            for effect in std::mem::take(&mut world.last) {
                let opens = matches!(effect, Effect::OpenFrame(_) | Effect::OpenWindow(..));
                if opens || matches!(effect, Effect::ReloadCcp | Effect::RebuildCcp) {
                    orders += 1;
                } else if effect == Effect::Probe {
                    asked += 1;
                    if answers {
                        world.feed(Input::KeptAlive)?;
                    }
                } else if matches!(effect, Effect::TakeTurn { .. })
                    && turns
                    && world.turn == Turn::Asked
                {
                    let stored = world.stored;
                    world.feed(Input::TurnGranted(stored))?;
                }
            }
            wakes += 1;
            if wakes > 1000 + 2 * asked || orders > 250 {
                return Err(format!(
                    "no rest: {orders} orders, {wakes} wakes, {:?}",
                    world.session
                ));
            }
            if asked > 300 {
                continue 'cases;
            }
        }
        // A window that is left open is looked behind twice as seldom each time.
        let watched = world.live && world.session.ccp == Ccp::Alive;
        if !answers
            && !watched
            && let Some(at) = world.session.wake_at()
            && at - world.now < Span::hours(24)
        {
            return Err(format!("no end: {at:?} {:?}", world.session));
        }
    }
    Ok(())
}
