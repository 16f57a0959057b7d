//! The page around the softphone.

use super::*;
use crate::config::PageFacts;
use crate::testing::test;

#[test]
fn closing_ends_everything_and_nothing_happens_afterwards() {
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.advance(Span::secs(3));
    story.effects.clear();
    story.call(Call::Close);
    story.expect_effects(&["close frame", "close window", "dismantle"]);
    story.expect(Phase::Closed, None);
    assert_eq!(story.phone.wake_at(), None);
    for input in [
        Input::Tick,
        CcpFact::Loaded.into(),
        CcpFact::Acknowledged.into(),
        CcpFact::AuthFailed.into(),
        CcpFact::Terminated.into(),
        SignInFact::FrameLoaded.into(),
        SignInFact::WindowOpened.into(),
        SignInFact::WindowBlocked.into(),
        SignInFact::WindowClosed.into(),
        SignInFact::Returned(Nonce::new([1; 16]), None).into(),
    ] {
        story.happens(input);
    }
    for (call, code) in [
        (Call::SignIn, Some("CLOSED")),
        (Call::SignOut(SignOutRequest::default()), Some("CLOSED")),
        (Call::Ready, Some("CLOSED")),
        (Call::Close, None),
    ] {
        let ticket = story.call(call);
        story.expect_settled(ticket, code);
    }
    story.agent("ada@example.com", "Available");
    story.expect_effects(&[]);
    story.expect(Phase::Closed, None);
    assert_eq!(story.phone.agent(), None);
}

#[test]
fn a_host_that_is_not_amazons_is_diagnosed() {
    assert!(Story::new(&[]).diagnostics.is_empty());
    let config = object(&[("instanceUrl", text("https://acme.example"))]);
    let config = Config::parse(&config, &PageFacts::unframed(PAGE), &read_url)
        .expect("a good configuration");
    let start = Start {
        now: START,
        streams: true,
        online: true,
        present: true,
        returned: false,
        abandoned: false,
        seed: 7,
    };
    let mut phone = Phone::open(start, config, Record::default(), Box::new(|| None));
    let first = phone.poll();
    assert!(
        matches!(first, Some(Effect::Tell(News::Diagnostic(told))) if told.contains("acme.example"))
    );
}

#[test]
fn no_debug_output_shows_a_name_or_a_relay_state() {
    let mut story = Story::new(&[sso(), ("expectedUser", text("ada@example.com"))]);
    story.returned(1);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    let shown = format!(
        "{:?} {:?} {:?} {:?}",
        story.phone,
        story.phone.agent(),
        story.phone.config(),
        story.phone.timeline()
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
    story.sign_out(SignOutRequest::default());
    story.call(Call::Close);
    assert_eq!(story.sign_outs(), [Some("CLOSED")]);
    story.expect(Phase::Closed, None);
}

#[test]
fn a_window_that_opens_after_its_attempt_was_dropped_is_closed() {
    // The host signs out from inside an event of the click: the window's opening is told after that.
    let mut story = Story::new(&[sso()]);
    let sign_out = Call::SignOut(SignOutRequest::default());
    for (number, call) in [(0, Call::SignIn), (1, sign_out)] {
        let input = Input::Host(Ticket::new(number), call);
        story.phone.handle(story.now, input);
    }
    story.phone.handle(story.now, SignInFact::WindowOpened);
    story.browser.windows_open = true;
    story.drain();
    assert_eq!(story.effects.last(), Some(&"close window"));
    story.expect(Phase::SigningIn, None);
}

/// What the container says, and what its button says.
fn prompt(story: &Story) -> (String, Option<&'static str>) {
    let prompt = story.phone.prompt().expect("a prompt");
    (prompt.text(), story.button())
}

#[test]
fn only_a_window_that_is_open_can_be_shown() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    let (text, button) = prompt(&story);
    assert_eq!(
        (text.as_str(), button),
        ("Sign in to use the phone.", Some("Sign in"))
    );
    story.browser.windows_open = true;
    story.ask();
    let (text, button) = prompt(&story);
    let complete = "Complete the sign-in in the window that opened.";
    assert_eq!((text.as_str(), button), (complete, Some("Show the window")));
    story.window_returns();
    let (text, button) = prompt(&story);
    assert_eq!((text.as_str(), button), ("Signing you in …", None));
}

#[test]
fn only_a_call_that_is_connected_can_be_ended() {
    let mut story = Story::ready(&[sso()]);
    assert_eq!(story.phone.prompt(), None);
    story.contact(Contacts::Live);
    story.happens(CcpFact::SessionLost);
    let (text, button) = prompt(&story);
    let both =
        "Your session has ended. Signing in again interrupts a call that is still connected.";
    assert_eq!((text.as_str(), button), (both, Some("Sign in again")));
    story.contact(Contacts::None);
    let (text, button) = prompt(&story);
    assert_eq!(
        (text.as_str(), button),
        ("Your session has ended.", Some("Sign in again"))
    );
}

#[test]
fn a_phone_that_is_signed_out_offers_to_sign_in() {
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::Terminated);
    let (text, button) = prompt(&story);
    assert_eq!(
        (text.as_str(), button),
        ("You are signed out.", Some("Sign in"))
    );
}
