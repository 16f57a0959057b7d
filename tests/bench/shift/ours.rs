//! Ours: the core that ships, in a browser that does what it wants, with an agent who clicks what they are offered.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use softphone_core::address::native;
use softphone_core::agent::{Agent, Contacts};
use softphone_core::audio::Softphone;
use softphone_core::config::{Config, PageFacts};
use softphone_core::host_value::HostValue;
use softphone_core::jitter::Jitter;
use softphone_core::phone::effect::{CcpEffect, Effect, SignInEffect, TabsEffect};
use softphone_core::phone::input::{CcpFact, Input, PageFact, SignInFact, TabsFact};
use softphone_core::phone::status::Phase;
use softphone_core::phone::{Phone, Start};
use softphone_core::private::Private;
use softphone_core::sign_in::nonce::Nonce;
use softphone_core::sign_in::record::Record;
use softphone_core::time::{Millis, Span};

use crate::floor::Floor;
use crate::{CONNECT, END, IDP, START, arrivals, idp_is_up, person};

/// Something that happens to one agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Opens,
    /// The phone wants to be woken.
    Wakes,
    /// The sign-in page that was asked for as the n-th answers: its frame or its window.
    FrameAnswers(u8),
    WindowAnswers(u8),
    /// The CCP that was loaded as the n-th.
    CcpLoads(u8),
    CcpAnswers(u8),
    /// The agent clicks the prompt's button, or closes a window that shows an error.
    Clicks,
    ClosesWindow(u8),
}

/// What browsers and agents do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum People {
    /// Windows open by themselves.
    Allow,
    /// They open in a click only, and the agents click.
    Click,
    /// They open in a click only, and nobody clicks: what is tried again is tried by itself.
    Wait,
}

/// A page, and the person in front of it.
struct Desk {
    arrived: Millis,
    phone: Phone,
    signed_in: bool,
    frame: Option<u8>,
    window: Option<u8>,
    /// Whether the window that is ordered now is ordered in a click.
    clicking: bool,
    /// Whether the agent is about to click.
    reaching: bool,
    /// Whether the agent waits for the phone to try again.
    patient: bool,
    opened: u8,
    loaded: u8,
    wake: Option<Millis>,
}

struct Run {
    floor: Floor,
    chance: Jitter,
    people: People,
    events: BinaryHeap<Reverse<(Millis, usize, Event)>>,
}

pub(crate) fn run(agents: usize, people: People) -> Floor {
    let config = config();
    let mut run = Run {
        floor: Floor::new(agents),
        chance: Jitter::new(2),
        people,
        events: BinaryHeap::new(),
    };
    let mut desks: Vec<Option<Desk>> = (0..agents).map(|_| None).collect();
    for (who, at) in arrivals(agents, &mut run.chance).into_iter().enumerate() {
        run.events.push(Reverse((at, who, Event::Opens)));
    }
    while let Some(Reverse((at, who, event))) = run.events.pop() {
        if at > START + END {
            break;
        }
        if event == Event::Opens {
            run.floor.asks_connect(at);
            let mut desk = Desk::open(at, who, &config);
            run.soon(at, CONNECT, who, Event::CcpLoads(0));
            run.obey(at, who, &mut desk);
            run.rest(at, who, &mut desk);
            desks[who] = Some(desk);
            continue;
        }
        let Some(desk) = desks[who].as_mut() else {
            continue; // Ready, and out of the model.
        };
        run.happens(at, who, desk, event);
        if desk.phone.status().phase == Phase::Ready {
            run.floor.is_ready(at, desk.arrived);
            desks[who] = None;
        }
    }
    run.floor
}

impl Desk {
    fn open(now: Millis, who: usize, config: &Config) -> Self {
        let start = Start {
            now,
            streams: true,
            online: true,
            present: true,
            returned: false,
            abandoned: false,
            seed: who as u64 + 1,
        };
        let mut next = 0;
        let nonces = Box::new(move || {
            next += 1;
            Some(Nonce::new([next; 16]))
        });
        Self {
            arrived: now,
            phone: Phone::open(start, config.clone(), Record::default(), nonces),
            signed_in: false,
            frame: None,
            window: None,
            clicking: false,
            reaching: false,
            patient: false,
            opened: 0,
            loaded: 0,
            wake: None,
        }
    }
}

impl Run {
    fn happens(&mut self, now: Millis, who: usize, desk: &mut Desk, event: Event) {
        match event {
            Event::Opens => {}
            Event::Wakes => {
                desk.wake = None;
                self.feed(now, who, desk, Input::Tick);
            }
            Event::FrameAnswers(number) if desk.frame == Some(number) => {
                let input = self.answers(now, desk, number);
                self.feed(now, who, desk, input.unwrap_or(SignInFact::FrameLoaded));
            }
            Event::WindowAnswers(number) if desk.window == Some(number) => {
                match self.answers(now, desk, number) {
                    Some(returned) => self.feed(now, who, desk, returned),
                    None => {
                        let pause = person(&mut self.chance, 5, 15);
                        self.soon(now, pause, who, Event::ClosesWindow(number));
                    }
                }
            }
            Event::ClosesWindow(number) if desk.window == Some(number) => {
                desk.window = None;
                self.feed(now, who, desk, SignInFact::WindowClosed);
            }
            Event::CcpLoads(number) if desk.loaded == number => {
                if desk.signed_in {
                    self.soon(now, CONNECT, who, Event::CcpAnswers(number));
                }
                self.feed(now, who, desk, CcpFact::Loaded);
            }
            Event::CcpAnswers(number) if desk.loaded == number => {
                self.feed(now, who, desk, CcpFact::Acknowledged);
                self.feed(now, who, desk, Input::Contacts(Contacts::None));
                self.feed(now, who, desk, CcpFact::AgentSeen(agent()));
            }
            Event::Clicks => {
                desk.reaching = false;
                desk.clicking = true;
                // Who is only offered to look at an open window has no reason to click, nor who has read meanwhile
                // that the phone tries again.
                if offers_sign_in(desk) && !desk.patient {
                    self.feed(now, who, desk, PageFact::PromptClicked);
                }
                desk.clicking = false;
            }
            // Of a frame, a window or a page that is gone.
            Event::FrameAnswers(_)
            | Event::WindowAnswers(_)
            | Event::ClosesWindow(_)
            | Event::CcpLoads(_)
            | Event::CcpAnswers(_) => {}
        }
        self.rest(now, who, desk);
    }

    /// The identity provider's answer: an error that stays, or a session at Connect and the return page.
    fn answers(&mut self, now: Millis, desk: &mut Desk, nonce: u8) -> Option<SignInFact> {
        if !idp_is_up(now - ANSWER) {
            return None;
        }
        desk.signed_in = true;
        Some(SignInFact::Returned(Nonce::new([nonce; 16]), None))
    }

    fn feed(&mut self, now: Millis, who: usize, desk: &mut Desk, input: impl Into<Input>) {
        desk.phone.handle(now, input);
        self.obey(now, who, desk);
    }

    fn obey(&mut self, now: Millis, who: usize, desk: &mut Desk) {
        let mut then: Vec<Input> = Vec::new();
        loop {
            while let Some(effect) = desk.phone.poll() {
                match effect {
                    Effect::Ccp(
                        CcpEffect::Reload | CcpEffect::AskForCookies | CcpEffect::Rebuild,
                    ) => {
                        desk.loaded = desk.loaded.wrapping_add(1);
                        self.floor.asks_connect(now);
                        self.soon(now, CONNECT, who, Event::CcpLoads(desk.loaded));
                    }
                    Effect::SignIn(SignInEffect::OpenFrame(_)) => {
                        let number = self.asks(now, desk);
                        desk.frame = Some(number);
                        self.soon(now, ANSWER, who, Event::FrameAnswers(number));
                    }
                    Effect::SignIn(SignInEffect::CloseFrame) => desk.frame = None,
                    Effect::SignIn(SignInEffect::OpenWindow(..))
                        if self.people == People::Allow || desk.clicking =>
                    {
                        let number = self.asks(now, desk);
                        desk.window = Some(number);
                        self.soon(now, ANSWER, who, Event::WindowAnswers(number));
                        then.push(SignInFact::WindowOpened.into());
                    }
                    Effect::SignIn(SignInEffect::OpenWindow(..)) => {
                        desk.opened += 1; // Its number is spent all the same.
                        then.push(SignInFact::WindowBlocked.into());
                    }
                    Effect::SignIn(SignInEffect::CloseWindow) => desk.window = None,
                    Effect::Tabs(TabsEffect::AcquireLock { .. }) => {
                        then.push(TabsFact::LockGranted(Record::default()).into());
                    }
                    Effect::Ccp(CcpEffect::AskAudio) => {
                        then.push(CcpFact::SoftphoneTold(Softphone::Here).into());
                    }
                    Effect::Ccp(CcpEffect::Probe) => then.push(CcpFact::KeptAlive.into()),
                    Effect::Ccp(
                        CcpEffect::Unload
                        | CcpEffect::AskUser
                        | CcpEffect::ReloadAgent
                        | CcpEffect::ReportActivity
                        | CcpEffect::TakeAudio,
                    )
                    // Its hosts configure the URL, and are not asked for it.
                    | Effect::SignIn(
                        SignInEffect::AskForUrl
                        | SignInEffect::SendWindow(_)
                        | SignInEffect::FocusWindow
                        | SignInEffect::Redirect(..),
                    )
                    | Effect::SignOut(_)
                    | Effect::Tabs(
                        TabsEffect::ReleaseLock
                        | TabsEffect::TellSignedIn
                        | TabsEffect::TellRestart { .. },
                    )
                    | Effect::Calls(_)
                    | Effect::Microphone(_)
                    | Effect::Save(_)
                    | Effect::Settle(..)
                    | Effect::Tell(_)
                    | Effect::PutBack
                    | Effect::Dismantle => {}
                }
            }
            if then.is_empty() {
                return;
            }
            let input = then.remove(0);
            desk.phone.handle(now, input);
        }
    }

    /// A request to the identity provider; and one to Connect, when it lets the agent through.
    fn asks(&mut self, now: Millis, desk: &mut Desk) -> u8 {
        desk.opened += 1;
        self.floor.asks_idp(now);
        if idp_is_up(now) {
            self.floor.asks_connect(now + IDP);
        }
        desk.opened
    }

    /// Arms the timer, and lets the agent see what they are offered.
    fn rest(&mut self, now: Millis, who: usize, desk: &mut Desk) {
        if let Some(at) = desk.phone.wake_at()
            && desk.wake.is_none_or(|wake| at < wake)
        {
            desk.wake = Some(at);
            self.events.push(Reverse((at.max(now), who, Event::Wakes)));
        }
        // Assumed: of those who read that the phone tries again by itself, one in ten clicks all the same.
        let told = desk.phone.prompt().is_some_and(|prompt| prompt.tries_again);
        let waits = told && !desk.patient && self.chance.within(Span::millis(10)).get() > 0;
        desk.patient = told && (desk.patient || waits);
        if self.people != People::Wait && !desk.reaching && !desk.patient && offers_sign_in(desk) {
            desk.reaching = true;
            let pause = person(&mut self.chance, 5, 15);
            self.soon(now, pause, who, Event::Clicks);
        }
    }

    fn soon(&mut self, now: Millis, pause: Span, who: usize, event: Event) {
        self.events.push(Reverse((now + pause, who, event)));
    }
}

fn offers_sign_in(desk: &Desk) -> bool {
    let prompt = desk.phone.prompt();
    prompt.and_then(|prompt| prompt.button).is_some() && desk.window.is_none()
}

/// How long a sign-in page takes: Connect comes after the identity provider. An error is as slow.
const ANSWER: Span = IDP.plus(CONNECT);

fn agent() -> Agent {
    Agent {
        username: Private::new("ada@example.com".to_owned()),
        name: Private::new("Ada Example".to_owned()),
        state: "Available".to_owned(),
        state_type: "routable".to_owned(),
        state_since: Millis::default(),
        availability: None,
        next_state: None,
        softphone: true,
        muted: None,
        voice_enhancement: None,
        setup: Rc::default(),
    }
}

fn config() -> Config {
    let text = |text: &str| HostValue::Text(text.to_owned());
    let given = HostValue::Fields(vec![
        (
            "instanceUrl".to_owned(),
            text("https://acme.my.connect.aws"),
        ),
        (
            "ssoLoginUrl".to_owned(),
            text(
                "https://acme.okta.com/app/aws/exk1/sso/saml?RelayState=https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconnect%2Ffederate%2F178c75e4-b3de-4839-a6aa-e321ab3f3770%3Fdestination%3D%252Fccp-v2",
            ),
        ),
    ]);
    Config::parse(
        &given,
        &PageFacts::unframed("https://desk.example/agent/"),
        &native::read,
    )
    .expect("a good configuration")
}
