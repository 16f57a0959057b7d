//! Signing in by a window.

use super::*;
use crate::testing::test;

#[test]
fn a_frame_that_stays_on_a_page_hands_over_to_the_window() {
    fault("idp-no-framing");
    fault("idp-session-gone");
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
fn where_windows_may_open_no_click_is_needed() {
    let mut story = Story::new(&[sso()]);
    story.windows_open = true;
    story.advance(Span::secs(3));
    story.expect_orders(&["open frame", "open window"]);
    story.expect(Phase::SigningIn, None);
    assert_eq!(story.session.status().way, Some(Way::Popup));
}

#[test]
fn a_second_click_shows_the_window_instead_of_opening_another() {
    fault("window-two-clicks");
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
    fault("window-blocked");
    fault("window-blocked-by-itself");
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
    fault("window-closed");
    fault("window-opener-cut");
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
    fault("window-left-at-error");
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
fn a_window_is_looked_behind_less_and_less_often() {
    let off = sign_in(&[ways(&["popup"]), ("returnUrl", Given::Null)]);
    let mut story = Story::new(&[sso(), off]);
    story.happens(Input::CcpLoaded);
    story.windows_open = true;
    story.ask();
    let opened = story.now;
    let mut looks = Vec::new();
    while let Some(at) = story.session.wake_at() {
        if at - opened > Span::hours(2) {
            break;
        }
        story.advance(at - story.now);
        if story.orders.contains(&"reload") {
            looks.push((story.now - opened).get());
            story.happens(Input::CcpLoaded);
        }
        story.orders.clear();
    }
    let first = [2500, 5833, 10_277, 16_202, 24_102, 34_102, 44_102, 54_102];
    assert_eq!(looks[..8], first);
    let late: Vec<u64> = looks[8..].windows(2).map(|two| two[1] - two[0]).collect();
    let twice = [20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 1_280_000];
    assert_eq!(late[..7], twice);
}
