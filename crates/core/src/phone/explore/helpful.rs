//! Two ways a story goes on: everybody helps, or nobody does anything any more.

use super::world::{Kept, World};
use super::{facts, step};
use crate::agent::Contacts;
use crate::audio::Softphone;
use crate::ccp::link::Link;
use crate::phone::effect::{CcpEffect, Effect, SignInEffect, SignOutEffect, TabsEffect};
use crate::phone::input::{
    CcpFact, Condition, CookiesFact, Input, PageFact, SignInFact, SignOutFact, TabsFact,
};
use crate::phone::status::Phase;
use crate::sign_in::nonce::Nonce;
use crate::sign_in::ways::BLANK;
use crate::sign_out::signing_out::Step;
use crate::testing::browser::Lock;
use crate::testing::samples::agent;
use crate::time::{Millis, Span};
use crate::way::Way;

/// What the world does for the session: the network is there, windows open, turns come, sign-in returns, the CCP loads and
/// answers whoever signed in, and the agent clicks what they are offered.
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
    CookiesAsked,
    CookiesAllowed,
    CcpAnswers,
    AgentReloads,
    FrameReturns(Option<Nonce>),
    WindowReturns(Option<Nonce>),
    WindowCloses,
    CallEnds,
    Click,
    Answer(Reply),
}

/// Answers that come a moment later.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reply {
    Lock,
    User,
    Url,
    Softphone,
    OfflineSet,
    LoggedOut,
}

/// From every state there is a way to `ready`.
pub(super) fn leads_on(world: &World) -> Kept {
    if world.phase() == Phase::Closed || world.browser.redirected {
        return Ok(()); // The page that comes back is another scene.
    }
    let mut helper = Helper {
        world: world.fork(),
        signed_in: false,
        coming: Vec::new(),
    };
    helper.world.browser.windows_open = true;
    helper.world.reenters = false;
    helper.help()
}

impl Helper {
    fn help(&mut self) -> Kept {
        if self.world.state().ccp.awaits_streams() {
            self.feed(PageFact::StreamsArrived(Vec::new()))?;
        }
        if self.world.state().container.is_removed() {
            self.feed(PageFact::ContainerBack)?;
        }
        self.feed(Condition::Online)?;
        self.feed(Condition::SocketRestored)?;
        if self
            .world
            .state()
            .attempt()
            .is_some_and(|a| a.asked.is_some())
        {
            self.soon(100, Coming::Answer(Reply::Url));
        }
        if self.world.browser.lock == Lock::Requested {
            self.soon(100, Coming::Answer(Reply::Lock));
        }
        match self.world.state().signing_out().map(|s| s.step()) {
            Some(Step::Offline) => self.soon(100, Coming::Answer(Reply::OfflineSet)),
            Some(Step::LogOut) => self.soon(100, Coming::Answer(Reply::LoggedOut)),
            Some(Step::Verify) | None => {}
        }
        match self.world.state().ccp.link() {
            Link::Loading { .. } if self.world.state().cookies.are_asked_for() => {
                self.soon(300, Coming::CookiesAsked);
            }
            Link::Loading { .. } if self.world.state().cookies.are_blocked() => {
                self.soon(300, Coming::CookiesAllowed);
            }
            Link::Loading { .. } => self.soon(300, Coming::CcpLoads),
            Link::Alive(_) => {
                self.signed_in = true;
                self.soon(100, Coming::Answer(Reply::User));
                self.soon(200, Coming::CcpAnswers);
            }
            Link::Loaded { .. } | Link::Over => {}
        }
        if self.world.live {
            self.soon(30_000, Coming::CallEnds);
        }
        self.soon(10_000, Coming::Click);
        for _ in 0..400 {
            let alive = self.world.state().ccp.alive();
            let settled =
                alive.is_none_or(|ccp| ccp.agent_due.is_none() && ccp.refused_until.is_none());
            let arrived = self.world.phase() == Phase::Ready && settled;
            if arrived || self.world.browser.redirected {
                return Ok(());
            }
            let wake = self.world.phone.wake_at();
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
        Err(format!(
            "a dead end: {:?}, {:?}",
            self.world.phone, self.coming
        ))
    }

    fn comes(&mut self, coming: Coming) -> Kept {
        match coming {
            Coming::CcpLoads => {
                self.feed(CcpFact::Loaded)?;
                if self.signed_in {
                    self.soon(200, Coming::CcpAnswers);
                }
            }
            Coming::CookiesAsked => {
                self.feed(CcpFact::Loaded)?;
                self.feed(CcpFact::Cookies(CookiesFact::Missing))?;
                self.soon(2000, Coming::CookiesAllowed);
            }
            Coming::CookiesAllowed => {
                self.feed(CcpFact::Cookies(CookiesFact::Granted))?;
                self.soon(300, Coming::CcpLoads);
            }
            Coming::CcpAnswers => {
                self.feed(CcpFact::Acknowledged)?;
                let contacts = if self.world.live {
                    Contacts::Live
                } else {
                    Contacts::None
                };
                self.feed(CcpFact::DataSeen(self.world.taken(true)))?;
                self.feed(contacts)?;
                self.feed(CcpFact::AgentSeen(agent("ada@example.com")))?;
            }
            Coming::AgentReloads => {
                self.feed(CcpFact::DataSeen(self.world.taken(true)))?;
                self.feed(CcpFact::AgentSeen(agent("ada@example.com")))?;
            }
            Coming::FrameReturns(nonce) => {
                self.signed_in = true;
                match nonce {
                    Some(nonce) => self.feed(SignInFact::Returned(nonce, None))?,
                    None => self.feed(SignInFact::FrameAcknowledged)?,
                }
            }
            Coming::WindowReturns(nonce) => {
                self.signed_in = true;
                if let Some(nonce) = nonce {
                    self.feed(SignInFact::Returned(nonce, None))?;
                }
            }
            Coming::WindowCloses => self.feed(SignInFact::WindowClosed)?,
            Coming::CallEnds => self.feed(Contacts::None)?,
            Coming::Click => {
                let prompt = self.world.phone.prompt();
                if prompt.is_some_and(|prompt| prompt.button.is_some()) {
                    self.feed(PageFact::PromptClicked)?;
                }
                self.soon(20_000, Coming::Click);
            }
            Coming::Answer(Reply::Lock) => {
                if self.world.browser.lock == Lock::Requested {
                    let stored = self.world.browser.stored;
                    self.feed(TabsFact::LockGranted(stored))?;
                }
            }
            Coming::Answer(Reply::User) => {
                let user = agent("ada@example.com").username;
                self.feed(CcpFact::UserTold(Some(user)))?;
            }
            Coming::Answer(Reply::Url) => self.feed(SignInFact::UrlTold(Some(facts::answer())))?,
            Coming::Answer(Reply::Softphone) => {
                self.feed(CcpFact::SoftphoneTold(Softphone::Here))?;
            }
            Coming::Answer(Reply::OfflineSet) => self.feed(SignOutFact::OfflineSet)?,
            Coming::Answer(Reply::LoggedOut) => {
                self.signed_in = false;
                self.feed(SignOutFact::LoggedOut)?;
            }
        }
        Ok(())
    }

    /// Feeds the phone, and answers what it does.
    fn feed(&mut self, input: impl Into<Input>) -> Kept {
        self.world.last.clear();
        step(&mut self.world, input.into())?;
        for effect in std::mem::take(&mut self.world.last) {
            match effect {
                Effect::Ccp(CcpEffect::Reload) => {
                    self.drop_page();
                    self.soon(300, Coming::CcpLoads);
                }
                Effect::Ccp(CcpEffect::AskForCookies) => {
                    self.drop_page();
                    self.soon(300, Coming::CookiesAsked);
                }
                Effect::Ccp(CcpEffect::Rebuild) => {
                    self.drop_page();
                    let ways = &self.world.phone.config().ways;
                    // Streams signs in with a window of its own.
                    self.signed_in |= ways.contains(&Way::Streams);
                    self.soon(300, Coming::CcpLoads);
                }
                Effect::Ccp(CcpEffect::Unload) => self.drop_page(),
                Effect::SignIn(SignInEffect::OpenFrame(_)) => {
                    let nonce = self.newest();
                    self.forget(|coming| matches!(coming, Coming::FrameReturns(_)));
                    self.soon(500, Coming::FrameReturns(nonce));
                }
                Effect::SignIn(SignInEffect::CloseFrame) => {
                    self.forget(|coming| matches!(coming, Coming::FrameReturns(_)));
                }
                Effect::SignIn(SignInEffect::AskForUrl) => {
                    self.soon(200, Coming::Answer(Reply::Url));
                }
                Effect::SignIn(SignInEffect::OpenWindow(url, _)) if url.reveal() == BLANK => {
                    self.forget(|coming| matches!(coming, Coming::WindowReturns(_)));
                }
                Effect::SignIn(SignInEffect::OpenWindow(..) | SignInEffect::SendWindow(_)) => {
                    let nonce = self.newest();
                    self.forget(|coming| matches!(coming, Coming::WindowReturns(_)));
                    self.soon(5000, Coming::WindowReturns(nonce));
                }
                Effect::SignIn(SignInEffect::CloseWindow) => {
                    self.forget(|coming| matches!(coming, Coming::WindowReturns(_)));
                }
                // The agent sees that it stands at an error, and closes it.
                Effect::SignIn(SignInEffect::FocusWindow) => {
                    let comes = self.coming.iter();
                    if !comes
                        .into_iter()
                        .any(|(_, c)| matches!(c, Coming::WindowReturns(_)))
                    {
                        self.soon(2000, Coming::WindowCloses);
                    }
                }
                Effect::Ccp(CcpEffect::Probe) => step(&mut self.world, CcpFact::KeptAlive.into())?,
                Effect::Ccp(CcpEffect::AskAudio | CcpEffect::TakeAudio) => {
                    self.soon(10, Coming::Answer(Reply::Softphone));
                }
                Effect::Ccp(CcpEffect::AskUser) => self.soon(100, Coming::Answer(Reply::User)),
                Effect::Ccp(CcpEffect::ReloadAgent) => self.soon(200, Coming::AgentReloads),
                Effect::Tabs(TabsEffect::AcquireLock { .. }) => {
                    self.soon(50, Coming::Answer(Reply::Lock))
                }
                Effect::SignOut(SignOutEffect::SetOffline) => {
                    self.soon(300, Coming::Answer(Reply::OfflineSet))
                }
                Effect::SignOut(SignOutEffect::LogOut { .. }) => {
                    self.soon(300, Coming::Answer(Reply::LoggedOut))
                }
                Effect::SignIn(SignInEffect::Redirect(..))
                | Effect::Ccp(CcpEffect::ReportActivity)
                | Effect::SignOut(SignOutEffect::LogOutOfIdp(_))
                | Effect::Tabs(
                    TabsEffect::ReleaseLock
                    | TabsEffect::TellSignedIn
                    | TabsEffect::TellRestart { .. },
                )
                | Effect::Calls(_)
                | Effect::Microphone(_)
                | Effect::PutBack
                | Effect::Save(_)
                | Effect::Settle(..)
                | Effect::Tell(_)
                | Effect::Dismantle => {}
            }
        }
        Ok(())
    }

    /// The nonce of the frame or window that was just opened.
    fn newest(&self) -> Option<Nonce> {
        facts::nonces(&self.world).last()
    }

    fn drop_page(&mut self) {
        self.forget(|coming| {
            matches!(
                coming,
                Coming::CcpLoads
                    | Coming::CcpAnswers
                    | Coming::AgentReloads
                    | Coming::CookiesAsked
                    | Coming::CookiesAllowed
            )
        });
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
        world.browser.windows_open = windows;
        let mut asked = 0;
        let mut orders = 0;
        let mut wakes = 0;
        let until = world.now + Span::hours(72);
        while let Some(at) = world.phone.wake_at().filter(|at| *at <= until) {
            world.now = world.now.max(at);
            world.last.clear();
            step(&mut world, Input::Tick)?;
            for effect in std::mem::take(&mut world.last) {
                let opens = matches!(
                    effect,
                    Effect::SignIn(SignInEffect::OpenFrame(_))
                        | Effect::SignIn(SignInEffect::OpenWindow(..))
                );
                if opens
                    || matches!(
                        effect,
                        Effect::Ccp(CcpEffect::Reload)
                            | Effect::Ccp(CcpEffect::AskForCookies)
                            | Effect::Ccp(CcpEffect::Rebuild)
                    )
                {
                    orders += 1;
                } else if effect == Effect::Ccp(CcpEffect::Probe) {
                    asked += 1;
                    if answers {
                        step(&mut world, CcpFact::KeptAlive.into())?;
                    }
                } else if matches!(effect, Effect::Tabs(TabsEffect::AcquireLock { .. }))
                    && turns
                    && world.browser.lock == Lock::Requested
                {
                    let stored = world.browser.stored;
                    step(&mut world, TabsFact::LockGranted(stored).into())?;
                }
            }
            wakes += 1;
            if wakes > 1000 + 2 * asked || orders > 250 {
                return Err(format!(
                    "no rest: {orders} orders, {wakes} wakes, {:?}",
                    world.phone
                ));
            }
            if asked > 300 {
                continue 'cases;
            }
        }
        // A window that is left open is looked behind twice as seldom each time.
        let watched = world.live && world.state().ccp.is_alive();
        if !answers
            && !watched
            && let Some(at) = world.phone.wake_at()
            && at - world.now < Span::hours(24)
        {
            return Err(format!("no end: {at:?} {:?}", world.phone));
        }
    }
    Ok(())
}
