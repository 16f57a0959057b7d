//! Stories of a softphone, in virtual time.

use super::*;
use crate::core::given::Given;
use crate::core::millis::Span;
use crate::core::record::SESSION;
use crate::core::testing::{read_url, test};

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

    fn begun(fields: &[(&str, Given)], record: Record, set: impl Fn(&mut Start)) -> Self {
        let mut start = Start {
            now: START,
            online: true,
            returned: false,
            seed: 7,
        };
        set(&mut start);
        let mut all = vec![("instanceUrl", text("https://acme.my.connect.aws"))];
        all.extend_from_slice(fields);
        let config = Config::parse(&object(&all), PAGE, &read_url).expect("a good configuration");
        let mut counter = 0_u8;
        let numbers: Numbers = Box::new(move || {
            counter += 1;
            Number::new([counter; 16])
        });
        let mut story = Self {
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
        };
        story.drain();
        story
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

#[test]
fn a_cold_start_signs_in_by_the_frame_and_opens_no_window() {
    let mut story = Story::new(&[sso()]);
    story.expect(Phase::SigningIn, None);
    story.expect_orders(&["open frame"]);
    let sent = story.frame.clone().expect("a frame");
    assert!(sent.starts_with("https://acme.okta.com/"), "{sent}");
    assert!(sent.contains("softphone-return.html"), "{sent}");

    story.advance(Span::millis(200));
    story.happens(Input::CcpLoaded); // The CCP's "Session expired" page.
    story.advance(Span::millis(200));
    story.returned(1);
    story.expect_orders(&["close frame", "reload"]);
    story.expect(Phase::SigningIn, None);

    story.happens(Input::CcpLoaded);
    story.happens(Input::Acknowledged);
    story.expect(Phase::SigningIn, None);
    story.agent("ada@example.com", "Offline");
    story.expect(Phase::Ready, None);
    assert_eq!(story.session.status().way, Some(Way::Frame));
    assert_eq!(story.record.started, Some(story.now));
    assert_eq!(story.record.way, Some(Way::Frame));
    assert_eq!(story.session.prompt(), None);
    story.advance(Span::secs(3600));
    story.expect_orders(&[]);
}

#[test]
fn a_warm_start_only_waits_for_the_ccp() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.expect(Phase::Opening, None);
    story.advance(Span::secs(1));
    story.happens(Input::CcpLoaded);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    story.expect_orders(&[]);
    let session = story.session.status().session.expect("a known session");
    assert_eq!(session.started, START - Span::hours(2));
    assert_eq!(session.ends, START + Span::hours(10));
}

#[test]
fn a_session_that_the_record_promised_but_is_gone_is_begun_again() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(Input::CcpLoaded);
    story.advance(Span::millis(2499));
    story.expect_orders(&[]);
    story.advance(Span::millis(1));
    story.expect_orders(&["open frame"]);
    story.expect(Phase::SigningIn, None);
}

#[test]
fn a_ccp_that_never_loads_is_signed_in_beside() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.advance(Span::millis(14_999));
    story.expect_orders(&[]);
    story.advance(Span::millis(1));
    story.expect_orders(&["open frame"]);
}

#[test]
fn a_record_older_than_twelve_hours_signs_in_first() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(12)));
    story.expect_orders(&["open frame"]);
}

#[test]
fn a_session_that_nobody_knew_of_ends_the_attempt() {
    let mut story = Story::new(&[sso()]);
    story.expect_orders(&["open frame"]);
    story.happens(Input::CcpLoaded);
    story.happens(Input::Acknowledged);
    story.expect_orders(&["close frame"]);
    story.expect(Phase::Opening, None);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    // When it began is not known, so neither is its end.
    assert_eq!(story.session.status().session, None);
    assert_eq!(story.record.started, None);
    assert_eq!(story.record.seen, Some(story.now));
}

#[test]
fn a_frame_that_stays_on_a_page_hands_over_to_the_window() {
    let mut story = Story::new(&[sso()]);
    story.expect_orders(&["open frame"]);
    story.advance(Span::millis(300));
    story.happens(Input::FrameLoaded);
    story.advance(Span::millis(1499));
    story.expect_orders(&[]);
    story.advance(Span::millis(1));
    story.expect_orders(&["open window"]);
    story.expect(Phase::SignInNeeded, None); // It was blocked.
    assert_eq!(story.button(), Some("Sign in"));

    story.windows_open = true;
    story.ask();
    story.expect_orders(&["open window"]);
    story.expect(Phase::SigningIn, None);
    assert_eq!(story.button(), Some("Show the window"));
    story.returned(3); // 1: the frame, 2: the blocked window.
    story.expect_orders(&["close frame", "close window", "reload"]);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.record.way, Some(Way::Popup));
}

#[test]
fn a_slow_frame_wins_while_the_prompt_shows() {
    let mut story = Story::new(&[sso()]);
    story.advance(Span::secs(3));
    story.expect(Phase::SignInNeeded, None);
    story.expect_orders(&["open frame", "open window"]);
    story.advance(Span::secs(2));
    story.returned(1);
    story.expect_orders(&["close frame", "reload"]);
    story.expect(Phase::SigningIn, None);
    assert_eq!(story.button(), None);
}

#[test]
fn the_way_that_worked_last_comes_first() {
    let mut record = started(Span::hours(20));
    record.way = Some(Way::Popup);
    let mut story = Story::with_record(&[sso()], record);
    // The window at once; it is blocked, so the prompt shows, and the frame is tried beside it.
    story.expect_orders(&["open window", "open frame"]);
    story.expect(Phase::SignInNeeded, None);
}

#[test]
fn where_windows_may_open_no_click_is_needed() {
    let mut story = Story::new(&[sso()]);
    story.windows_open = true;
    story.advance(Span::secs(3));
    story.expect_orders(&["open frame", "open window"]);
    story.expect(Phase::SigningIn, None);
    assert_eq!(story.session.status().way, Some(Way::Popup));
}

#[test]
fn only_the_frame_allowed_and_silent_fails_and_can_be_tried_again() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["frame"])])]);
    story.advance(Span::secs(10));
    story.expect_orders(&["open frame", "close frame"]);
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
    assert_eq!(story.button(), Some("Try again"));
    story.ask();
    story.expect_orders(&["open frame"]);
    story.expect(Phase::SigningIn, None);
    story.returned(2);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn a_spent_or_foreign_number_changes_nothing() {
    let mut story = Story::new(&[sso()]);
    story.expect_orders(&["open frame"]);
    story.returned(9);
    story.expect_orders(&[]);
    story.returned(1);
    story.expect_orders(&["close frame", "reload"]);
    story.returned(1);
    story.expect_orders(&[]);
}

#[test]
fn a_second_click_shows_the_window_instead_of_opening_another() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.windows_open = true;
    story.ask();
    story.expect_orders(&["open window", "open window"]);
    story.ask();
    story.expect_orders(&["focus window"]);
    story.returned(2);
    story.expect_orders(&["close window", "reload"]);
    story.ask();
    story.expect_orders(&[]);
}

#[test]
fn a_blocked_window_is_only_an_error_when_it_was_asked_for() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.expect(Phase::SignInNeeded, None);
    story.ask();
    story.expect(Phase::SignInNeeded, Some("WINDOW_BLOCKED"));
    story.windows_open = true;
    story.ask();
    story.expect(Phase::SigningIn, None);
}

#[test]
fn a_window_closed_by_the_agent_asks_again_after_a_grace() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.windows_open = true;
    story.ask();
    story.orders.clear();
    story.happens(Input::WindowClosed);
    story.expect_orders(&["reload"]); // Signed in without a return is possible.
    story.expect(Phase::SigningIn, None);
    story.advance(Span::secs(5));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_WINDOW_CLOSED"));
    // Cross-Origin-Opener-Policy: it only looked closed.
    story.returned(2);
    story.expect(Phase::SigningIn, None);
}

#[test]
fn a_return_within_the_grace_is_no_failure() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.windows_open = true;
    story.ask();
    story.happens(Input::WindowClosed);
    story.advance(Span::secs(4));
    story.returned(2);
    story.expect(Phase::SigningIn, None);
    story.advance(Span::secs(2));
    story.expect(Phase::SigningIn, None);
}

#[test]
fn a_late_window_stays_open_and_asking_leads_it_again() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.windows_open = true;
    story.ask();
    story.orders.clear();
    story.advance(Span::secs(60));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_TIMEOUT"));
    assert!(
        !story.orders.contains(&"close window"),
        "{:?}",
        story.orders
    );
    story.orders.clear();
    story.ask();
    story.expect_orders(&["open window"]);
    story.expect(Phase::SigningIn, None);
}

#[test]
fn without_relay_state_the_ccp_tells_when_sign_in_is_over() {
    let mut story = Story::new(&[("ssoLoginUrl", text(SSO_WITHOUT_RELAY))]);
    assert_eq!(story.frame.as_deref(), Some(SSO_WITHOUT_RELAY));
    story.happens(Input::CcpLoaded);
    story.advance(Span::millis(600));
    story.happens(Input::FrameLoaded);
    story.happens(Input::FrameAcknowledged);
    story.expect_orders(&["open frame", "close frame", "reload"]);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.record.way, Some(Way::Frame));
}

#[test]
fn without_relay_state_a_silent_frame_is_looked_behind() {
    let mut story = Story::new(&[("ssoLoginUrl", text(SSO_WITHOUT_RELAY))]);
    story.happens(Input::CcpLoaded);
    story.advance(Span::millis(600));
    story.happens(Input::FrameLoaded);
    story.advance(Span::millis(700));
    story.expect_orders(&["open frame", "reload"]);
    story.happens(Input::CcpLoaded);
    story.happens(Input::Acknowledged);
    story.expect_orders(&["close frame"]);
    story.agent("ada@example.com", "Available");
    assert_eq!(story.record.way, Some(Way::Frame));
}

#[test]
fn without_return_page_a_window_is_watched_through_the_ccp() {
    let off = sign_in(&[ways(&["popup"]), ("returnUrl", Given::Null)]);
    let mut story = Story::new(&[sso(), off]);
    story.happens(Input::CcpLoaded);
    story.windows_open = true;
    story.ask();
    assert_eq!(story.window, Some((SSO.to_owned(), WindowKind::Sso)));
    story.orders.clear();
    story.advance(Span::millis(2500));
    story.expect_orders(&["reload"]);
    // It loads slowly: looking again would interrupt it.
    story.advance(Span::secs(8));
    story.expect_orders(&[]);
    story.happens(Input::CcpLoaded);
    story.happens(Input::Acknowledged);
    story.expect_orders(&["close window"]);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.record.way, Some(Way::Popup));
}

#[test]
fn without_sso_the_standard_login_popup_opens() {
    let mut story = Story::new(&[]);
    story.expect(Phase::Opening, None);
    story.happens(Input::CcpLoaded);
    story.advance(Span::millis(2500));
    story.expect_orders(&["open window"]);
    story.expect(Phase::SignInNeeded, None);
    let ccp = "https://acme.my.connect.aws/ccp-v2/".to_owned();
    assert_eq!(story.window, Some((ccp, WindowKind::Standard)));
    story.windows_open = true;
    story.ask();
    story.advance(Span::secs(3));
    story.expect_orders(&["open window", "reload"]);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn without_sso_a_click_before_the_ccp_answers_opens_the_window_at_once() {
    let mut story = Story::new(&[]);
    story.windows_open = true;
    story.ask();
    story.expect_orders(&["open window"]);
}

#[test]
fn a_ccp_silent_after_the_frame_tries_the_window_and_then_says_so() {
    let mut story = Story::new(&[sso()]);
    story.windows_open = true;
    story.returned(1);
    story.advance(Span::secs(15));
    story.expect_orders(&["open frame", "close frame", "reload", "open window"]);
    story.returned(2);
    story.advance(Span::secs(15));
    story.expect(Phase::Failed, Some("CCP_SILENT"));
    assert_eq!(story.button(), Some("Try again"));
    // It answers after all: that is what counts.
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn an_agent_that_does_not_arrive_is_said() {
    let mut story = Story::new(&[sso()]);
    story.returned(1);
    story.happens(Input::Acknowledged);
    story.advance(Span::secs(15));
    story.expect(Phase::Failed, Some("AGENT_SILENT"));
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn the_keepalive_and_a_second_agent_change_nothing() {
    let mut story = Story::ready(&[sso()]);
    let before = story.session.timeline().entries().count();
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.happens(Input::CcpLoaded);
    story.expect_orders(&[]);
    story.expect(Phase::Ready, None);
    assert_eq!(story.session.timeline().entries().count(), before + 1); // The load.
}

#[test]
fn auth_fail_followed_by_authorize_success_changes_nothing() {
    let mut story = Story::ready(&[sso()]);
    story.happens(Input::AuthFailed);
    story.advance(Span::secs(4));
    story.happens(Input::Authorized);
    story.advance(Span::secs(60));
    story.expect(Phase::Ready, None);
    story.expect_orders(&[]);
}

#[test]
fn a_refusal_after_which_the_ccp_connects_anew_changes_nothing() {
    // AUTH_FAIL with `authorize: true`: the CCP loads itself anew (Streams 2.28.2).
    let mut story = Story::ready(&[sso()]);
    story.happens(Input::AuthFailed);
    story.advance(Span::secs(2));
    story.happens(Input::CcpLoaded);
    story.happens(Input::Acknowledged);
    story.advance(Span::secs(60));
    story.expect(Phase::Ready, None);
    story.expect_orders(&[]);
}

#[test]
fn a_tab_whose_neighbour_has_just_signed_in_waits_longer_for_the_ccp() {
    let mut story = Story::with_record(&[sso()], started(Span::secs(1)));
    story.happens(Input::CcpLoaded);
    story.advance(Span::secs(13));
    story.expect_orders(&[]);
    story.advance(Span::secs(1));
    story.expect_orders(&["open frame"]);
}

#[test]
fn a_refused_session_expires_and_is_begun_again_by_a_click() {
    let mut story = Story::ready(&[sso()]);
    story.happens(Input::AuthFailed);
    story.advance(Span::secs(5));
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    assert_eq!(story.record.started, None);
    assert_eq!(story.record.way, Some(Way::Frame));
    assert_eq!(story.button(), Some("Sign in again"));
    story.happens(Input::Acknowledged); // The last words of the old CCP.
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.windows_open = true;
    story.ask();
    story.returned(2);
    story.happens(Input::Acknowledged);
    story.expect(Phase::SigningIn, None);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn a_sign_out_opens_no_window_by_itself() {
    let mut story = Story::ready(&[sso()]);
    story.windows_open = true;
    story.happens(Input::Terminated);
    story.expect(Phase::SignedOut, None);
    story.advance(Span::hours(1));
    story.expect_orders(&[]);
    assert!(!story.record.may_be_alive(story.now, SESSION));
    story.ask();
    story.expect_orders(&["open window"]);
}

#[test]
fn the_end_of_the_session_is_announced_once() {
    let mut story = Story::ready(&[sso()]);
    story.advance(Span::millis((12 * 3600 - 15 * 60) * 1000 - 1));
    assert_eq!(story.expiring, 0);
    story.advance(Span::millis(1));
    assert_eq!(story.expiring, 1);
    story.advance(Span::hours(1));
    assert_eq!(story.expiring, 1);
}

#[test]
fn another_agent_gets_no_phone() {
    let mut story = Story::new(&[sso(), ("expectedUser", text("Ada@example.com"))]);
    story.returned(1);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available"); // The case differs.
    story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));
    assert_eq!(story.session.agent(), None);
    assert!(story.session.prompt().expect("a prompt").covers);
    story.expect_orders(&["open frame", "close frame", "reload", "unload"]);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));
    story.windows_open = true;
    story.ask();
    story.returned(2);
    story.happens(Input::Acknowledged);
    story.agent("Ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn another_agent_in_a_ready_phone_ends_it() {
    let mut story = Story::ready(&[sso(), ("expectedUser", text("ada@example.com"))]);
    story.agent("grace@example.com", "Available");
    story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));
    assert_eq!(story.session.agent(), None);
}

#[test]
fn closing_ends_everything_and_nothing_happens_afterwards() {
    let mut story = Story::new(&[sso()]);
    story.windows_open = true;
    story.advance(Span::secs(3));
    story.orders.clear();
    story.happens(Input::CloseAsked);
    story.expect_orders(&["close frame", "close window", "dismantle"]);
    story.expect(Phase::Closed, None);
    assert_eq!(story.session.wake_at(), None);
    for input in [
        Input::Tick,
        Input::CcpLoaded,
        Input::Acknowledged,
        Input::AuthFailed,
        Input::Terminated,
        Input::FrameLoaded,
        Input::WindowOpened,
        Input::WindowBlocked,
        Input::WindowClosed,
        Input::SignInAsked,
        Input::CloseAsked,
        Input::Returned(Number::new([1; 16])),
    ] {
        story.happens(input);
    }
    story.agent("ada@example.com", "Available");
    story.expect_orders(&[]);
    story.expect(Phase::Closed, None);
    assert_eq!(story.session.agent(), None);
}

#[test]
fn a_host_that_is_not_amazons_is_noticed() {
    assert!(Story::new(&[]).diagnostics.is_empty());
    let config = object(&[("instanceUrl", text("https://acme.example"))]);
    let config = Config::parse(&config, PAGE, &read_url).expect("a good configuration");
    let start = Start {
        now: START,
        online: true,
        returned: false,
        seed: 7,
    };
    let mut session = Session::open(
        start,
        config,
        Record::default(),
        Box::new(|| Number::new([0; 16])),
    );
    assert!(matches!(session.poll(), Some(TellDiagnostic(told)) if told.contains("acme.example")));
}

#[test]
fn from_every_moment_of_a_sign_in_a_click_leads_on() {
    // Wherever the story stops, asking with windows allowed and returning makes a ready phone.
    for millis in (0..=70_000).step_by(500) {
        let mut story = Story::new(&[sso()]);
        story.advance(Span::millis(millis));
        story.windows_open = true;
        story.ask();
        let window = story.window.clone().expect("a window, open or just opened");
        let number = window
            .0
            .rsplit("softphoneSignIn%253D")
            .next()
            .map(str::to_owned);
        let number = Number::parse(number.as_deref().unwrap_or_default()).expect("a number");
        story.happens(Input::Returned(number));
        story.happens(Input::Acknowledged);
        story.agent("ada@example.com", "Available");
        story.expect(Phase::Ready, None);
    }
}

#[test]
fn no_debug_output_shows_a_name_or_a_relay_state() {
    let mut story = Story::new(&[sso(), ("expectedUser", text("ada@example.com"))]);
    story.returned(1);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    let shown = format!(
        "{:?} {:?} {:?} {:?}",
        story.session,
        story.session.agent(),
        story.session.config(),
        story.session.timeline()
    );
    for secret in [
        "ada@example.com",
        "Ada Example",
        "RelayState",
        "console.aws",
    ] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn the_old_ccps_last_answers_do_not_count_for_the_new_one() {
    let mut story = Story::ready(&[sso()]);
    story.happens(Input::AuthFailed);
    story.advance(Span::secs(5));
    story.windows_open = true;
    story.ask();
    story.returned(2);
    story.happens(Input::KeptAlive); // The old page, until the new one replaces it.
    story.expect(Phase::SigningIn, None);
    story.advance(Span::secs(3));
    story.happens(Input::CcpLoaded);
    story.happens(Input::KeptAlive); // The new one, should its first answer have been missed.
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn a_session_that_streams_gives_up_is_expired_at_once() {
    let mut story = Story::ready(&[sso()]);
    story.happens(Input::SessionLost);
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    assert_eq!(story.session.agent(), None);
    // Perhaps in the middle of a call: the panel stays in sight.
    assert!(!story.session.prompt().expect("a prompt").covers);
    story.agent("ada@example.com", "Available"); // The old CCP's last words.
    assert_eq!(story.session.agent(), None);
}

#[test]
fn a_session_refused_before_the_agent_arrives_is_begun_anew() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(Input::Acknowledged);
    story.happens(Input::AuthFailed);
    story.expect_orders(&["open frame"]);
    story.returned(1);
    story.happens(Input::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn repeated_refusals_do_not_postpone_the_end() {
    let mut story = Story::ready(&[sso()]);
    for _ in 0..5 {
        story.happens(Input::AuthFailed);
        story.advance(Span::secs(1));
    }
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
}

#[test]
fn a_return_page_that_no_frame_may_show_is_looked_behind() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["frame"])])]);
    story.happens(Input::CcpLoaded);
    story.advance(Span::millis(500));
    story.happens(Input::FrameLoaded);
    story.advance(Span::millis(1500));
    story.expect_orders(&["open frame", "reload"]);
    story.happens(Input::Acknowledged);
    story.expect_orders(&["close frame"]);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.record.way, Some(Way::Frame));
}

#[test]
fn a_window_that_seems_closed_is_not_watched_for_ever() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.windows_open = true;
    story.ask();
    story.happens(Input::WindowClosed);
    story.orders.clear();
    story.advance(Span::secs(5));
    story.expect_orders(&["close window"]);
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
