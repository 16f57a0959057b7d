//! Stories of a softphone, in virtual time.

mod calls;
mod ccp;
mod ending;
mod page;
mod provider;
mod rules;
mod shift;
mod signing_in;
mod surroundings;
mod table;
mod ways;
mod windows;

use super::*;
use crate::given::Given;
use crate::millis::Span;
use crate::record::SESSION;
use crate::testing::{read_url, test};

use Effect::{
    CloseFrame, CloseWindow, Dismantle, EndTurn, FocusWindow, Leave, LogOut, LogOutOfIdp,
    OpenFrame, OpenWindow, Probe, RebuildCcp, ReloadCcp, Save, SetOffline, SignOutDone, TakeTurn,
    TellAgent, TellDiagnostic, TellExpiring, TellSignedIn, TellStatus, UnloadCcp,
};

const PAGE: &str = "https://desk.example/agent/";
const SSO: &str = "https://acme.okta.com/app/aws/exk1/sso/saml?RelayState=https%3A%2F%2Fus-east-1.console.aws.amazon.com%2Fconnect%2Ffederate%2F178c75e4-b3de-4839-a6aa-e321ab3f3770%3Fdestination%3D%252Fccp-v2";
const SSO_WITHOUT_RELAY: &str = "https://acme.onelogin.com/launch/1";
const START: Millis = Millis::new(1_700_000_000_000);

/// A softphone with a browser that does what it is told.
struct Story {
    session: Session,
    now: Millis,
    /// Whether the browser lets windows open.
    windows_open: bool,
    /// Whether it is this tab's turn whenever it asks.
    turns_come: bool,
    /// Whether the CCP answers when it is asked for a sign of life.
    ccp_answers: bool,
    /// The orders since the last look, without the news for the host.
    orders: Vec<&'static str>,
    /// Where the last frame and window were sent.
    frame: Option<String>,
    window: Option<(String, WindowKind)>,
    record: Record,
    expiring: u32,
    diagnostics: Vec<String>,
    /// How `signOut()` ended, each time.
    sign_outs: Vec<Option<&'static str>>,
}

impl Story {
    fn new(fields: &[(&str, Given)]) -> Self {
        Self::with_record(fields, Record::default())
    }

    fn with_record(fields: &[(&str, Given)], record: Record) -> Self {
        Self::begun(fields, record, |_| {})
    }

    /// One that waits for its turn.
    fn in_another_tab(fields: &[(&str, Given)]) -> Self {
        let mut story = Self::opened(fields, Record::default(), |_| {});
        story.turns_come = false;
        story.drain();
        story
    }

    fn begun(fields: &[(&str, Given)], record: Record, set: impl Fn(&mut Start)) -> Self {
        let mut story = Self::opened(fields, record, set);
        story.drain();
        story
    }

    fn opened(fields: &[(&str, Given)], record: Record, set: impl Fn(&mut Start)) -> Self {
        let mut start = Start {
            now: START,
            online: true,
            returned: false,
            abandoned: false,
            seed: 7,
        };
        set(&mut start);
        let mut all = vec![("instanceUrl", text("https://acme.my.connect.aws"))];
        all.extend_from_slice(fields);
        let config = Config::parse(
            &object(&all),
            &crate::config::PageFacts::unframed(PAGE),
            &read_url,
        )
        .expect("a good configuration");
        let mut counter = 0_u8;
        let numbers: Numbers = Box::new(move || {
            counter += 1;
            Number::new([counter; 16])
        });
        Self {
            session: Session::open(start, config, record, numbers),
            now: START,
            windows_open: false,
            turns_come: true,
            ccp_answers: true,
            orders: Vec::new(),
            frame: None,
            window: None,
            record,
            expiring: 0,
            diagnostics: Vec::new(),
            sign_outs: Vec::new(),
        }
    }

    /// A softphone that signed in by the frame.
    fn ready(fields: &[(&str, Given)]) -> Self {
        let mut story = Self::new(fields);
        story.returned(1);
        story.happens(Input::CcpLoaded);
        story.happens(Input::Acknowledged);
        story.agent("ada@example.com", "Available");
        assert_eq!(story.phase(), Phase::Ready);
        story.orders.clear();
        story
    }

    #[track_caller]
    fn happens(&mut self, input: Input) {
        self.session.handle(self.now, input);
        self.drain();
    }

    /// Lets time pass, waking the session whenever it asked for it.
    #[track_caller]
    fn advance(&mut self, span: Span) {
        let until = self.now + span;
        let mut wakes = 0;
        while let Some(at) = self.session.wake_at().filter(|at| *at <= until) {
            self.now = self.now.max(at);
            self.happens(Input::Tick);
            wakes += 1;
            assert!(wakes < 100_000, "it never sleeps");
        }
        self.now = until;
    }

    fn returned(&mut self, number: u8) {
        self.happens(Input::Returned(Number::new([number; 16])));
    }

    fn agent(&mut self, username: &str, state: &str) {
        self.happens(Input::AgentSeen(Agent {
            username: Private::new(username.to_owned()),
            name: Private::new("Ada Example".to_owned()),
            state: state.to_owned(),
            state_type: "routable".to_owned(),
        }));
    }

    fn contact(&mut self, load: Load) {
        self.happens(Input::ContactsSeen(load));
    }

    /// The CCP loads, answers, and sends the agent.
    #[track_caller]
    fn signs_in(&mut self) {
        self.happens(Input::CcpLoaded);
        self.happens(Input::Acknowledged);
        self.agent("ada@example.com", "Available");
        self.expect(Phase::Ready, None);
    }

    /// The window that was sent off last comes back.
    fn window_returns(&mut self) {
        let (url, _) = self.window.clone().expect("a window");
        self.come_back(&url);
    }

    /// The frame that was sent off last comes back.
    fn frame_returns(&mut self) {
        let url = self.frame.clone().expect("a frame");
        self.come_back(&url);
    }

    fn come_back(&mut self, url: &str) {
        let number = url.rsplit("softphoneSignIn%253D").next();
        let number = Number::parse(number.unwrap_or_default()).expect("a number");
        self.happens(Input::Returned(number));
    }

    fn ask(&mut self) {
        self.happens(Input::SignInAsked);
    }

    fn drain(&mut self) {
        while let Some(effect) = self.session.poll() {
            let order = match effect {
                ReloadCcp => "reload",
                UnloadCcp => "unload",
                RebuildCcp => "rebuild",
                Probe if self.ccp_answers => {
                    self.session.handle(self.now, Input::KeptAlive);
                    continue;
                }
                Probe => "probe",
                Leave(url, _) => {
                    self.window = Some((url.reveal().clone(), WindowKind::Sso));
                    "leave"
                }
                TakeTurn { .. } if self.turns_come => {
                    let record = self.record;
                    self.session.handle(self.now, Input::TurnGranted(record));
                    continue;
                }
                TakeTurn { steal: false } => "ask for the turn",
                TakeTurn { steal: true } => "take the turn",
                EndTurn if self.turns_come => continue,
                EndTurn => "end the turn",
                TellSignedIn => continue,
                SetOffline => "set offline",
                LogOut => "log out",
                LogOutOfIdp(_) => "log out of the identity provider",
                SignOutDone(error) => {
                    self.sign_outs.push(error.as_ref().map(Error::code));
                    continue;
                }
                OpenFrame(url) => {
                    self.frame = Some(url.reveal().clone());
                    "open frame"
                }
                CloseFrame => "close frame",
                OpenWindow(url, kind) => {
                    self.window = Some((url.reveal().clone(), kind));
                    let outcome = if self.windows_open {
                        Input::WindowOpened
                    } else {
                        Input::WindowBlocked
                    };
                    self.session.handle(self.now, outcome);
                    "open window"
                }
                FocusWindow => "focus window",
                CloseWindow => "close window",
                Save(record) => {
                    self.record = record;
                    continue;
                }
                TellStatus | TellAgent => continue,
                TellExpiring => {
                    self.expiring += 1;
                    continue;
                }
                TellDiagnostic(message) => {
                    self.diagnostics.push(message);
                    continue;
                }
                Dismantle => "dismantle",
            };
            self.orders.push(order);
        }
    }

    fn phase(&self) -> Phase {
        self.session.status().phase
    }

    fn code(&self) -> Option<&'static str> {
        self.session.status().error.as_ref().map(Error::code)
    }

    fn button(&self) -> Option<&'static str> {
        self.session.prompt().and_then(|prompt| prompt.button)
    }

    #[track_caller]
    fn expect_orders(&mut self, expected: &[&str]) {
        assert_eq!(std::mem::take(&mut self.orders), expected);
    }

    #[track_caller]
    fn expect(&self, phase: Phase, code: Option<&str>) {
        assert_eq!((self.phase(), self.code()), (phase, code));
    }
}

fn text(text: &str) -> Given {
    Given::Text(text.to_owned())
}

fn object(fields: &[(&str, Given)]) -> Given {
    let fields = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()));
    Given::Fields(fields.collect())
}

fn sso() -> (&'static str, Given) {
    ("ssoLoginUrl", text(SSO))
}

fn session(fields: &[(&str, Given)]) -> (&'static str, Given) {
    ("session", object(fields))
}

fn sign_in(fields: &[(&str, Given)]) -> (&'static str, Given) {
    ("signIn", object(fields))
}

fn ways(names: &[&str]) -> (&'static str, Given) {
    (
        "ways",
        Given::List(names.iter().map(|name| text(name)).collect()),
    )
}

fn started(ago: Span) -> Record {
    Record {
        started: Some(START - ago),
        seen: Some(START - ago),
        way: None,
    }
}

/// The fault of tests/faults.json that a story tells.
#[track_caller]
fn fault(id: &str) {
    assert!(table::has_story(id), "no story belongs to {id}");
}

#[test]
fn what_is_left_to_streams_says_so() {
    let fields = [sso(), sign_in(&[ways(&["streams"])])];
    let mut story = Story::new(&fields);
    story.expect(Phase::Opening, None);
    assert_eq!(story.session.status().way, Some(Way::Streams));
    story.happens(Input::StreamsGaveUp);
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
    assert_eq!(story.session.status().way, Some(Way::Streams));
    story.ask();
    story.expect_orders(&["rebuild"]);
    story.happens(Input::CcpLoaded);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.session.status().way, Some(Way::Streams));
    // What it has not seen it does not claim.
    assert_eq!(story.session.status().session, None);
}

#[test]
fn no_window_opens_without_a_network_and_sign_in_begins_afresh_with_it() {
    for offline in [Span::secs(5), Span::secs(60)] {
        let mut story = Story::new(&[sso()]);
        story.windows_open = true;
        story.happens(Input::Offline);
        story.expect_orders(&["open frame"]);
        story.advance(offline); // The frame's head start is over, or all of its time.
        story.expect(Phase::SigningIn, Some("NETWORK_OFFLINE"));
        story.orders.retain(|order| *order != "close frame");
        story.expect_orders(&[]);
        story.happens(Input::Online);
        story.expect(Phase::SigningIn, None);
        story.orders.retain(|order| *order != "close frame");
        story.expect_orders(&["open frame"]);
        story.advance(Span::secs(3));
        story.expect_orders(&["open window"]);
    }
}
