//! Stories of a softphone, in virtual time.

mod agents;
mod answers;
mod audio;
mod calls;
mod ccp;
mod control;
mod cookies;
mod ending;
mod environment;
mod freshness;
mod inactivity;
mod page;
mod provider;
mod rules;
mod shift;
mod signing_in;
mod sso_url;
mod table;
mod ways;
mod windows;

use super::effect::{
    CallEffect, CcpEffect, ExpiryReason, MicrophoneEffect, News, SignInEffect, SignOutEffect,
    TabsEffect, WindowKind,
};
use super::input::{CcpFact, SignInFact, SignOutFact, TabsFact};
use super::*;
use crate::agent::{Agent, Contacts};
use crate::host_value::HostValue;
use crate::private::Private;
use crate::sign_in::nonce::Nonce;
use crate::sign_out::request::{IdpSession, SignOutRequest};
use crate::testing::browser::Browser;
use crate::testing::samples::{PAGE, SESSION, SSO, SSO_WITHOUT_RELAY, START, agent, config};
use crate::testing::{read_url, test};
use crate::time::Span;
use crate::way::Way;

/// A softphone with a browser that does what it is told.
struct Story {
    phone: Phone,
    now: Millis,
    browser: Browser,
    /// What the phone did since the story last looked, without what it told the host.
    effects: Vec<&'static str>,
    expiring: Vec<ExpiryReason>,
    diagnostics: Vec<String>,
    /// What the host was told of contacts.
    contacts: Vec<String>,
    calls: u32,
    sign_outs: Vec<Ticket>,
    /// How the host's calls ended, in that order.
    settled: Vec<(Ticket, Option<&'static str>)>,
}

impl Story {
    fn new(fields: &[(&str, HostValue)]) -> Self {
        Self::with_record(fields, Record::default())
    }

    fn with_record(fields: &[(&str, HostValue)], record: Record) -> Self {
        Self::begun(fields, record, |_| {})
    }

    /// One that waits for the lock.
    fn in_another_tab(fields: &[(&str, HostValue)]) -> Self {
        let mut story = Self::opened(fields, Record::default(), |_| {});
        story.browser.locks_granted = false;
        story.drain();
        story
    }

    fn begun(fields: &[(&str, HostValue)], record: Record, set: impl Fn(&mut Start)) -> Self {
        let mut story = Self::opened(fields, record, set);
        story.drain();
        story
    }

    fn opened(fields: &[(&str, HostValue)], record: Record, set: impl Fn(&mut Start)) -> Self {
        let mut start = Start {
            now: START,
            streams: true,
            online: true,
            present: true,
            returned: false,
            abandoned: false,
            seed: 7,
        };
        set(&mut start);
        let mut counter = 0_u8;
        let nonces: NonceSource = Box::new(move || {
            counter += 1;
            Some(Nonce::new([counter; 16]))
        });
        Self {
            phone: Phone::open(start, config(fields), record, nonces),
            now: START,
            browser: Browser::new(record),
            effects: Vec::new(),
            expiring: Vec::new(),
            diagnostics: Vec::new(),
            contacts: Vec::new(),
            calls: 0,
            sign_outs: Vec::new(),
            settled: Vec::new(),
        }
    }

    /// A softphone that signed in by the frame.
    fn ready(fields: &[(&str, HostValue)]) -> Self {
        let mut story = Self::new(fields);
        story.returned(1);
        story.happens(CcpFact::Loaded);
        story.happens(CcpFact::Acknowledged);
        story.agent("ada@example.com", "Available");
        assert_eq!(story.phase(), Phase::Ready);
        story.effects.clear();
        story
    }

    #[track_caller]
    fn happens(&mut self, input: impl Into<Input>) {
        let input = input.into();
        self.browser.before(&input);
        self.phone.handle(self.now, input);
        self.drain();
    }

    /// Lets time pass, waking the session whenever it asked for it.
    #[track_caller]
    fn advance(&mut self, span: Span) {
        let until = self.now + span;
        let mut wakes = 0;
        while let Some(at) = self.phone.wake_at().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.happens(Input::Tick);
            wakes += 1;
            assert!(wakes < 100_000, "it never sleeps");
        }
        self.now = until;
    }

    fn returned(&mut self, nonce: u8) {
        self.happens(SignInFact::Returned(Nonce::new([nonce; 16]), None));
    }

    fn agent(&mut self, username: &str, state: &str) {
        self.happens(CcpFact::AgentSeen(Agent {
            state: state.to_owned(),
            ..agent(username)
        }));
    }

    /// The CCP connects to a worker that remembers this agent, and tells of them before it answers anything.
    #[track_caller]
    fn remembers(&mut self, username: &str) {
        let answers = std::mem::replace(&mut self.browser.ccp_answers, false);
        self.happens(CcpFact::Loaded);
        self.happens(CcpFact::Acknowledged);
        self.agent(username, "Available");
        self.happens(CcpFact::KeptAlive);
        self.browser.ccp_answers = answers;
    }

    fn contact(&mut self, contacts: Contacts) {
        self.happens(contacts);
    }

    /// The CCP loads, answers, and sends the agent.
    #[track_caller]
    fn signs_in(&mut self) {
        self.happens(CcpFact::Loaded);
        self.happens(CcpFact::Acknowledged);
        self.happens(CcpFact::KeptAlive);
        self.agent("ada@example.com", "Available");
        self.expect(Phase::Ready, None);
    }

    /// The window that was sent off last comes back.
    fn window_returns(&mut self) {
        let (url, _) = self.browser.window_url.clone().expect("a window");
        self.come_back(&url);
    }

    /// The frame that was sent off last comes back.
    fn frame_returns(&mut self) {
        let url = self.browser.frame_url.clone().expect("a frame");
        self.come_back(&url);
    }

    fn come_back(&mut self, url: &str) {
        let nonce = url.rsplit("softphoneSignIn%253D").next();
        let nonce = Nonce::parse(nonce.unwrap_or_default()).expect("a nonce");
        self.happens(SignInFact::Returned(nonce, None));
    }

    /// The host calls.
    #[track_caller]
    fn call(&mut self, call: Call) -> Ticket {
        let ticket = Ticket::new(self.calls);
        self.calls += 1;
        self.happens(Input::Host(ticket, call));
        ticket
    }

    #[track_caller]
    fn ask(&mut self) -> Ticket {
        self.call(Call::SignIn)
    }

    #[track_caller]
    fn sign_out(&mut self, request: SignOutRequest) -> Ticket {
        self.sign_outs.push(Ticket::new(self.calls));
        self.call(Call::SignOut(request))
    }

    /// How `signOut()` ended, each time that it has.
    fn sign_outs(&self) -> Vec<Option<&'static str>> {
        let mut ends = Vec::new();
        for (ticket, code) in &self.settled {
            if self.sign_outs.contains(ticket) {
                ends.push(*code);
            }
        }
        ends
    }

    /// How a call ended: `None` while it has not, otherwise with this code or none.
    fn settlement(&self, ticket: Ticket) -> Option<Option<&'static str>> {
        let mut ends = self
            .settled
            .iter()
            .filter(|(settled, _)| *settled == ticket);
        let end = ends.next().map(|(_, code)| *code);
        assert_eq!(ends.next(), None, "a call that ended twice");
        end
    }

    /// What a call resolved to: nothing, or this code.
    #[track_caller]
    fn expect_settled(&self, ticket: Ticket, code: Option<&str>) {
        assert_eq!(self.settlement(ticket), Some(code));
    }

    #[track_caller]
    fn drain(&mut self) {
        while let Some(effect) = self.phone.poll() {
            let follows = self
                .browser
                .perform(&effect)
                .expect("an effect that makes sense");
            let answered = follows.is_some();
            if let Some(input) = follows {
                self.phone.handle(self.now, input);
            }
            let effect = match effect {
                // What is answered at once is nothing that a story has to look at.
                Effect::Ccp(CcpEffect::Probe | CcpEffect::AskAudio) | Effect::Tabs(_)
                    if answered =>
                {
                    continue;
                }
                Effect::Tabs(TabsEffect::ReleaseLock) if self.browser.locks_granted => continue,
                Effect::Tabs(TabsEffect::TellSignedIn) | Effect::Save(_) => continue,
                Effect::Microphone(
                    MicrophoneEffect::Watch | MicrophoneEffect::Check | MicrophoneEffect::Open,
                ) => continue,
                Effect::Settle(ticket, settlement) => {
                    let code = settlement.err().map(|error| error.code());
                    self.settled.push((ticket, code));
                    continue;
                }
                Effect::Tell(news) => {
                    self.told(news);
                    continue;
                }
                Effect::Calls(CallEffect::Send(..)) => "ask Amazon",
                Effect::Calls(CallEffect::AskPreview(_)) => "ask about a preview",
                Effect::Calls(CallEffect::AskMuted) => "ask whether it is muted",
                Effect::Ccp(CcpEffect::Reload) => "reload",
                Effect::Ccp(CcpEffect::Unload) => "unload",
                Effect::Ccp(CcpEffect::AskForCookies) => "askForCookies",
                Effect::Ccp(CcpEffect::Rebuild) => "rebuild",
                Effect::Ccp(CcpEffect::Probe) => "probe",
                Effect::Ccp(CcpEffect::AskUser) => "ask whose session",
                Effect::Ccp(CcpEffect::AskAudio) => "ask for the audio",
                Effect::Ccp(CcpEffect::TakeAudio) => "take the audio",
                Effect::Ccp(CcpEffect::ReloadAgent) => "reload the agent",
                Effect::Ccp(CcpEffect::ReportActivity) => "report activity",
                Effect::SignIn(SignInEffect::OpenFrame(_)) => "open frame",
                Effect::SignIn(SignInEffect::CloseFrame) => "close frame",
                Effect::SignIn(SignInEffect::OpenWindow(..)) => "open window",
                Effect::SignIn(SignInEffect::AskForUrl) => "ask for the URL",
                Effect::SignIn(SignInEffect::SendWindow(_)) => "send the window",
                Effect::SignIn(SignInEffect::FocusWindow) => "focus window",
                Effect::SignIn(SignInEffect::CloseWindow) => "close window",
                Effect::SignIn(SignInEffect::Redirect(..)) => "redirect",
                Effect::SignOut(SignOutEffect::SetOffline) => "set offline",
                Effect::SignOut(SignOutEffect::LogOut { asks_cookies }) => {
                    if asks_cookies {
                        "log out with cookies"
                    } else {
                        "log out"
                    }
                }
                Effect::SignOut(SignOutEffect::LogOutOfIdp(_)) => {
                    "log out of the identity provider"
                }
                Effect::Tabs(TabsEffect::AcquireLock { steal: false }) => "request the lock",
                Effect::Tabs(TabsEffect::AcquireLock { steal: true }) => "steal the lock",
                Effect::Tabs(TabsEffect::ReleaseLock) => "release the lock",
                Effect::Tabs(TabsEffect::TellRestart { .. }) => "tell of the restart",
                Effect::Microphone(MicrophoneEffect::ListDevices(_)) => "list devices",
                Effect::PutBack => continue,
                Effect::Dismantle => "dismantle",
            };
            self.effects.push(effect);
        }
    }

    fn told(&mut self, news: News) {
        match news {
            News::Status(_) | News::Agent(_) | News::Audio(_) => {}
            News::ContactAdded(contact) => self.contacts.push(format!("added {}", contact.id)),
            News::ContactChanged(contact, _) => {
                self.contacts.push(format!("changed {}", contact.id))
            }
            News::ContactRemoved(id) => self.contacts.push(format!("removed {id}")),
            News::Expiring { reason, .. } => self.expiring.push(reason),
            News::Diagnostic(message) => self.diagnostics.push(message),
        }
    }

    fn phase(&self) -> Phase {
        self.phone.status().phase
    }

    fn code(&self) -> Option<&'static str> {
        self.phone.status().error.as_ref().map(Error::code)
    }

    fn button(&self) -> Option<&'static str> {
        let button = self.phone.prompt().and_then(|prompt| prompt.button);
        button.map(prompt::Button::label)
    }

    #[track_caller]
    fn expect_effects(&mut self, expected: &[&str]) {
        assert_eq!(std::mem::take(&mut self.effects), expected);
    }

    #[track_caller]
    fn expect(&self, phase: Phase, code: Option<&str>) {
        assert_eq!((self.phase(), self.code()), (phase, code));
    }
}

fn text(text: &str) -> HostValue {
    HostValue::Text(text.to_owned())
}

fn object(fields: &[(&str, HostValue)]) -> HostValue {
    let fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()));
    HostValue::Fields(fields.collect())
}

fn sso() -> (&'static str, HostValue) {
    ("ssoLoginUrl", text(SSO))
}

fn session(fields: &[(&str, HostValue)]) -> (&'static str, HostValue) {
    ("session", object(fields))
}

fn sign_in(fields: &[(&str, HostValue)]) -> (&'static str, HostValue) {
    ("signIn", object(fields))
}

fn ways(names: &[&str]) -> (&'static str, HostValue) {
    (
        "ways",
        HostValue::List(names.iter().map(|name| text(name)).collect()),
    )
}

fn started(ago: Span) -> Record {
    Record {
        started: Some(START - ago),
        seen: Some(START - ago),
        ..Record::default()
    }
}

/// The fault of tests/faults.json that a story tells.
#[track_caller]
pub(crate) fn fault(id: &str) {
    assert!(table::has_story(id), "no story belongs to {id}");
}

#[test]
fn what_is_left_to_streams_says_so() {
    let fields = [sso(), sign_in(&[ways(&["streams"])])];
    let mut story = Story::new(&fields);
    story.expect(Phase::Opening, None);
    assert_eq!(story.phone.status().way, Some(Way::Streams));
    story.happens(CcpFact::StreamsGaveUp);
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
    assert_eq!(story.phone.status().way, Some(Way::Streams));
    story.ask();
    story.expect_effects(&["rebuild"]);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.phone.status().way, Some(Way::Streams));
    // What it has not seen it does not claim.
    assert_eq!(story.phone.status().session, None);
}

#[test]
fn no_window_opens_without_a_network_and_sign_in_begins_afresh_with_it() {
    for offline in [Span::secs(5), Span::secs(60)] {
        let mut story = Story::new(&[sso()]);
        story.browser.windows_open = true;
        story.happens(Condition::Offline);
        story.expect_effects(&["open frame"]);
        story.advance(offline); // The frame's head start is over, or all of its time.
        story.expect(Phase::SigningIn, Some("NETWORK_OFFLINE"));
        story.effects.retain(|order| *order != "close frame");
        story.expect_effects(&[]);
        story.happens(Condition::Online);
        story.expect(Phase::SigningIn, None);
        story.effects.retain(|order| *order != "close frame");
        story.expect_effects(&["open frame"]);
        story.advance(Span::secs(3));
        story.expect_effects(&["open window"]);
    }
}
