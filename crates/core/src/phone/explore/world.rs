//! A browser around a phone, and a host that calls it: it foresees what each input may cost, and notices
//! when the phone does anything that it must not.

use std::cell::Cell;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::agent::Contacts;
use crate::ccp::identity::Identity;
use crate::config::Config;
use crate::error::Error;
use crate::phone::effect::{CcpEffect, Effect, News, SignInEffect, SignOutEffect};
use crate::phone::input::{CcpFact, Input, PageFact, SignInFact, TabsFact};
use crate::phone::machine::Phone;
use crate::phone::status::Phase;
use crate::phone::ticket::{Call, Ticket};
use crate::phone::{Start, state};
use crate::private::Private;
use crate::sign_in::nonce::{Nonce, NonceSource};
use crate::sign_in::record::Record;
use crate::testing::browser::Browser;
use crate::testing::samples::SESSION;
use crate::time::{HASHED_FROM, Millis};

/// A page with one phone.
pub(super) struct World {
    pub(super) phone: Phone,
    pub(super) now: Millis,
    pub(super) browser: Browser,
    /// Whether a contact is live, with its audio in the page.
    pub(super) live: bool,
    /// Whether the agent, or the host for them, asked for something since it became live.
    pub(super) asked: bool,
    /// Whether the agent has asked to sign in since they were last logged out for inactivity.
    pub(super) here: bool,
    /// Whether what happens ends a contact in any case.
    pub(super) excused: bool,
    /// Whether the host calls the phone from inside its events, so that inputs come between a request for a
    /// window and its outcome.
    pub(super) reenters: bool,
    /// What became of the window that was requested.
    pub(super) outcome: Option<Input>,
    /// The host's calls that have not been settled.
    pub(super) calls: Vec<Ticket>,
    called: u32,
    /// What the phone did last.
    pub(super) last: Vec<Effect>,
}

/// Whether a rule was kept, and which one was not.
pub(super) type Kept = Result<(), String>;

impl World {
    pub(super) fn open(start: Start, config: Config, record: Record) -> Self {
        let mut browser = Browser::new(record);
        browser.locks_granted = false;
        browser.ccp_answers = false;
        browser.detached = !start.present;
        browser.softphone = None;
        let mut world = Self {
            phone: Phone::open(start, config, record, nonces()),
            now: start.now,
            browser,
            live: false,
            asked: false,
            here: true,
            excused: false,
            reenters: false,
            outcome: None,
            calls: Vec::new(),
            called: 0,
            last: Vec::new(),
        };
        world.obey().expect("the rules at the beginning");
        world.tell_outcome().expect("the same");
        world
    }

    /// The same once more; what happens to the one does not touch the other.
    pub(super) fn fork(&self) -> Self {
        Self {
            phone: self.phone.fork(nonces()),
            browser: self.browser.clone(),
            outcome: self.outcome.clone(),
            calls: self.calls.clone(),
            last: Vec::new(),
            ..*self
        }
    }

    /// The same for worlds that go on alike: the phone's whole state, and what the browser adds to it.
    pub(super) fn key(&self) -> u64 {
        HASHED_FROM.set(self.now);
        let mut hasher = DefaultHasher::new();
        self.state().hash(&mut hasher);
        let browser = &self.browser;
        (
            (browser.windows_open, browser.frame, browser.window),
            (browser.redirected, browser.detached, browser.emptied),
            (
                browser.lock,
                browser.grant_on_its_way,
                browser.stored.started,
            ),
            (self.live, self.asked, self.reenters, self.here),
            matches!(self.outcome, Some(Input::SignIn(SignInFact::WindowOpened))),
            self.outcome.is_some(),
        )
            .hash(&mut hasher);
        hasher.finish()
    }

    pub(super) const fn state(&self) -> &state::State {
        &self.phone.state
    }

    pub(super) fn phase(&self) -> Phase {
        self.phone.status().phase
    }

    /// The time of the snapshot that the worker sends: it takes turns between two, because they are only compared.
    pub(super) fn taken(&self, newer: bool) -> u64 {
        let before = self.state().ccp.freshness.taken().unwrap_or_default();
        if newer { 1 - before } else { before }
    }

    /// The number of the host's next call.
    pub(super) fn ticket(&mut self) -> Ticket {
        self.called += 1;
        Ticket::new(self.called)
    }

    /// Something happens, and the phone does what it wants about it.
    pub(super) fn feed(&mut self, input: Input) -> Kept {
        let before = self.phone.status();
        let agent = self.phone.agent().cloned();
        let told = self.last.len();
        self.foresee(&input);
        let came_before = self.outcome.take();
        self.phone.handle(self.now, input);
        self.obey()?;
        if let Some(input) = came_before {
            self.phone.handle(self.now, input);
            self.obey()?;
        }
        if !self.reenters {
            self.tell_outcome()?;
        }
        let effects = &self.last[told..];
        let settles = |effect: &Effect| matches!(effect, Effect::Settle(..));
        if before.phase == Phase::Closed && !effects.iter().all(settles) {
            return Err(format!("after closed: {effects:?}"));
        }
        let status = self.phone.status();
        let tells = |news: &dyn Fn(&News) -> bool| {
            let mut told = effects.iter();
            told.any(|effect| matches!(effect, Effect::Tell(told) if news(told)))
        };
        if status != before && !tells(&|news| matches!(news, News::Status(told) if *told == status))
        {
            return Err(format!("a status nobody was told of: {status:?}"));
        }
        if self.phone.agent() != agent.as_ref() && !tells(&|news| matches!(news, News::Agent(_))) {
            return Err("an agent nobody was told of".to_owned());
        }
        let silent = matches!(status.error, Some(Error::CcpSilent(_)));
        let promises = self.browser.stored.may_be_alive(self.now, SESSION);
        if silent && before.phase != Phase::Failed && promises {
            return Err("the record promises a session that failed".to_owned());
        }
        Ok(())
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others cost nothing by themselves"
    )]
    /// What the input itself costs or allows, whatever the phone makes of it.
    fn foresee(&mut self, input: &Input) {
        self.excused = false;
        if let Input::Host(ticket, _) = input {
            self.calls.push(*ticket);
        }
        if self.phase() == Phase::Closed {
            return;
        }
        self.browser.before(input);
        match input {
            // The call went with the window it was in, or with the session.
            Input::Page(PageFact::ContainerRemoved | PageFact::ContainerEmptied)
            // A page that loads where another one carried the call has ended its audio.
            | Input::Ccp(CcpFact::Detached | CcpFact::Terminated | CcpFact::Loaded)
            | Input::Contacts(Contacts::None | Contacts::WrapUp)
            // The agent asked for it in another tab.
            | Input::Tabs(TabsFact::Restart { asked: true }) => self.excused = true,
            // Another agent's call in this agent's phone: the guard is for that.
            Input::Ccp(CcpFact::AgentSeen(agent)) => {
                self.excused = self.is_another(&agent.username);
            }
            Input::Ccp(CcpFact::UserTold(Some(user))) => self.excused = self.is_another(user),
            Input::Page(PageFact::PromptClicked)
            | Input::Host(_, Call::SignIn | Call::SignOut(_)) => {
                let prompt = self.phone.prompt();
                let button = prompt.is_some_and(|prompt| prompt.button.is_some());
                self.asked |= button;
                self.here |= button || matches!(input, Input::Host(_, Call::SignIn));
            }
            _ => {}
        }
    }

    /// Whether the contact is not this user's, or the phone not for them.
    fn is_another(&self, user: &Private<String>) -> bool {
        let expected = self.phone.config().expected_user.as_ref();
        let agent = self.phone.agent().map(|agent| &agent.username);
        let seen = match &self.state().ccp.identity {
            Identity::Asked { seen, .. } => Some(&seen.username),
            _ => None,
        };
        [expected, agent, seen]
            .into_iter()
            .flatten()
            .any(|known| known != user)
    }

    /// The window that was requested opened, or did not.
    fn tell_outcome(&mut self) -> Kept {
        if let Some(input) = self.outcome.take() {
            self.phone.handle(self.now, input);
            self.obey()?;
        }
        Ok(())
    }

    /// Does what the phone wants.
    fn obey(&mut self) -> Kept {
        let mut count = 0;
        let mut told = false;
        while let Some(effect) = self.phone.poll() {
            self.last.push(effect.clone());
            // No code of the host may run before the last window of the same step is open.
            told |= matches!(effect, Effect::Tell(News::Status(_)));
            if told && matches!(effect, Effect::SignIn(_)) {
                return Err(format!("told too early: {:?}", self.last));
            }
            self.perform(&effect)?;
            count += 1;
            if count > 40 {
                return Err(format!("too many effects: {:?}", self.last));
            }
        }
        Ok(())
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others disturb nobody and settle nothing"
    )]
    fn perform(&mut self, effect: &Effect) -> Kept {
        match effect {
            Effect::Ccp(
                CcpEffect::Reload
                | CcpEffect::AskForCookies
                | CcpEffect::Unload
                | CcpEffect::Rebuild,
            )
            | Effect::SignOut(SignOutEffect::LogOut { .. }) => {
                self.spares_the_call(effect)?;
                self.live = false;
            }
            // Whoever was signed in elsewhere is here, too.
            Effect::Save(record) => self.here = !record.inactive,
            Effect::SignIn(SignInEffect::OpenFrame(_)) => self.undoes_no_logout(effect)?,
            Effect::Ccp(CcpEffect::TakeAudio) => self.spares_the_call(effect)?,
            Effect::SignIn(SignInEffect::Redirect(..)) => {
                self.spares_the_call(effect)?;
                self.undoes_no_logout(effect)?;
            }
            Effect::SignIn(SignInEffect::OpenWindow(..)) => {
                self.spares_the_call(effect)?;
                self.undoes_no_logout(effect)?;
                let attempt = self.state().attempt();
                if attempt.is_some_and(|a| a.redirect_until.is_some()) {
                    return Err("two ways at once: a window while the page redirects".to_owned());
                }
            }
            Effect::Settle(ticket, _) => {
                let Some(at) = self.calls.iter().position(|call| call == ticket) else {
                    return Err("a call settled twice: Settle".to_owned());
                };
                self.calls.remove(at);
            }
            Effect::Dismantle if self.phase() != Phase::Closed => {
                return Err("taken down while open: Dismantle".to_owned());
            }
            _ => {}
        }
        if let Some(outcome) = self.browser.perform(effect)? {
            self.outcome = Some(outcome);
        }
        Ok(())
    }

    fn undoes_no_logout(&self, effect: &Effect) -> Kept {
        if !self.here {
            return Err(format!("a logout for inactivity is undone: {effect:?}"));
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

fn nonces() -> NonceSource {
    Box::new(|| {
        let next = NEXT.get() + 1;
        NEXT.set(next);
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&next.to_be_bytes());
        Some(Nonce::new(bytes))
    })
}

thread_local! {
    static NEXT: Cell<u64> = const { Cell::new(0) };
}
