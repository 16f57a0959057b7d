//! The ways `redirect` and `streams`.

use super::*;
use crate::testing::test;

#[test]
fn a_page_that_redirects_comes_back_signed_in() {
    let fields = [sso(), sign_in(&[ways(&["redirect"])])];
    let mut story = Story::new(&fields);
    story.expect(Phase::SigningIn, None);
    story.expect_effects(&["redirect"]);
    story.ask();
    story.expect_effects(&[]); // It is on its way.

    let mut story = Story::begun(&fields, Record::default(), |start| start.returned = true);
    story.expect(Phase::SigningIn, None);
    story.expect_effects(&[]);
    story.signs_in();
    assert_eq!(story.browser.stored.way, Some(Way::Redirect));
}

#[test]
fn a_page_that_cannot_redirect_says_so() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["redirect"])])]);
    story.advance(Span::millis(14_999));
    story.expect(Phase::SigningIn, None);
    story.advance(Span::millis(1));
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
    story.effects.clear();
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&["redirect"]);
}

#[test]
fn a_redirect_waits_for_the_network() {
    let both = [sso(), sign_in(&[ways(&["frame", "redirect"])])];
    // It comes back after the frame was given up …
    let mut story = Story::new(&both);
    story.happens(Condition::Offline);
    story.advance(Span::secs(60));
    story.expect_effects(&["open frame", "close frame"]);
    story.expect(Phase::SigningIn, Some("NETWORK_OFFLINE"));
    // … or before: either way all begins afresh.
    story.happens(Condition::Online);
    story.expect_effects(&["open frame"]);
    story.advance(Span::secs(3));
    story.expect_effects(&["redirect"]);

    let mut story = Story::new(&both);
    story.happens(Condition::Offline);
    story.advance(Span::secs(5));
    story.happens(Condition::Online);
    story.expect_effects(&["open frame", "close frame", "open frame"]);
    story.advance(Span::secs(3));
    story.expect_effects(&["redirect"]);
}

#[test]
fn when_the_network_is_back_nothing_that_waits_is_hurried() {
    let mut story = Story::in_another_tab(&[sso()]);
    story.expect_effects(&["request the lock"]);
    story.happens(Condition::Offline);
    story.happens(Condition::Online);
    story.expect_effects(&[]);
    story.advance(Span::secs(3));
    story.expect(Phase::SignInNeeded, None);
    // What is in the frame is the browser's own page by now; the window still comes after it.
    let mut story = Story::new(&[sso()]);
    story.happens(Condition::Offline);
    story.happens(Condition::Online);
    story.advance(Span::millis(2999));
    story.expect_effects(&["open frame", "close frame", "open frame"]);
}

#[test]
fn streams_gets_its_time_and_is_then_reported() {
    let fields = [sso(), sign_in(&[ways(&["streams"])])];
    let mut story = Story::new(&fields);
    story.advance(Span::millis(74_999));
    story.expect(Phase::Opening, None);
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&["rebuild"]);
    story.signs_in();

    let mut story = Story::new(&fields);
    story.happens(CcpFact::StreamsGaveUp);
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
}

#[test]
fn streams_may_revive_only_an_expired_session() {
    let fields = [sso(), sign_in(&[ways(&["streams"])])];
    let ready = || {
        let mut story = Story::new(&fields);
        story.signs_in();
        story
    };
    let mut story = ready();
    story.happens(CcpFact::SessionLost);
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);

    let mut story = ready();
    story.happens(CcpFact::Terminated);
    story.happens(CcpFact::Acknowledged); // Last words.
    story.agent("ada@example.com", "Available");
    story.expect(Phase::SignedOut, None);
}

#[test]
fn a_session_refused_before_the_agent_is_left_to_streams() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["streams"])])]);
    story.happens(CcpFact::Acknowledged);
    story.happens(CcpFact::AuthFailed);
    story.expect(Phase::Opening, None);
    story.expect_effects(&[]);
    story.happens(CcpFact::Acknowledged); // After its own popup.
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}
