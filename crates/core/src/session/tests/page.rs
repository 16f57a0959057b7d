//! The page around the softphone.

use super::*;
use crate::testing::test;

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
    let config = Config::parse(
        &config,
        &crate::config::PageFacts::unframed(PAGE),
        &read_url,
    )
    .expect("a good configuration");
    let start = Start {
        now: START,
        online: true,
        returned: false,
        abandoned: false,
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
fn closing_settles_a_sign_out_that_is_under_way() {
    fault("closed-while-signing-in");
    let mut story = Story::ready(&[sso()]);
    story.happens(Input::SignOutAsked(SignOut::default()));
    story.happens(Input::CloseAsked);
    assert_eq!(story.sign_outs, [Some("CLOSED")]);
    story.expect(Phase::Closed, None);
}

#[test]
fn a_window_that_opens_after_its_attempt_was_dropped_is_closed() {
    // The host signs out from inside an event of the click: the window's opening is told after that.
    let mut story = Story::new(&[sso()]);
    story.session.handle(story.now, Input::SignInAsked);
    story
        .session
        .handle(story.now, Input::SignOutAsked(SignOut::default()));
    story.session.handle(story.now, Input::WindowOpened);
    story.windows_open = true;
    story.drain();
    assert_eq!(story.orders.last(), Some(&"close window"));
    story.expect(Phase::SigningIn, None);
}
