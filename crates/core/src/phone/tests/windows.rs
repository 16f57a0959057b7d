//! Signing in by a window.

use super::*;
use crate::phone::input::CookiesFact;
use crate::testing::test;

#[test]
fn a_frame_that_stays_on_a_page_hands_over_to_the_window() {
    fault("idp-no-framing");
    fault("idp-login-no-framing");
    fault("idp-sso-no-framing");
    fault("idp-cookie-lax");
    fault("idp-session-gone");
    let mut story = Story::new(&[sso()]);
    story.expect_effects(&["open frame"]);
    story.advance(Span::millis(300));
    story.happens(SignInFact::FrameLoaded);
    story.advance(Span::millis(1499));
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    story.expect_effects(&["open window"]);
    story.expect(Phase::SignInNeeded, None); // It was blocked.
    assert_eq!(story.button(), Some("Sign in"));

    story.browser.windows_open = true;
    story.ask();
    story.expect_effects(&["open window"]);
    story.expect(Phase::SigningIn, None);
    assert_eq!(story.button(), Some("Show the window"));
    story.returned(3); // 1: the frame, 2: the blocked window.
    story.expect_effects(&["close frame", "close window", "reload"]);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.browser.stored.way, Some(Way::Popup));
}

#[test]
fn where_windows_may_open_no_click_is_needed() {
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.advance(Span::secs(3));
    story.expect_effects(&["open frame", "open window"]);
    story.expect(Phase::SigningIn, None);
    assert_eq!(story.phone.status().way, Some(Way::Popup));
}

#[test]
fn a_second_click_shows_the_window_instead_of_opening_another() {
    fault("window-two-clicks");
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    story.expect_effects(&["open window", "open window"]);
    story.ask();
    story.expect_effects(&["focus window"]);
    story.returned(2);
    story.expect_effects(&["close window", "reload"]);
    story.ask();
    story.expect_effects(&[]);
}

#[test]
fn a_blocked_window_is_only_an_error_when_it_was_asked_for() {
    fault("window-blocked");
    fault("window-blocked-by-itself");
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.expect(Phase::SignInNeeded, None);
    story.ask();
    story.expect(Phase::SignInNeeded, Some("WINDOW_BLOCKED"));
    story.browser.windows_open = true;
    story.ask();
    story.expect(Phase::SigningIn, None);
}

#[test]
fn a_window_closed_by_the_agent_asks_again_after_a_grace() {
    fault("window-closed");
    fault("window-opener-cut");
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    story.effects.clear();
    story.happens(SignInFact::WindowClosed);
    story.expect_effects(&["reload"]); // Signed in without a return is possible.
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
    story.browser.windows_open = true;
    story.ask();
    story.happens(SignInFact::WindowClosed);
    story.advance(Span::secs(4));
    story.returned(2);
    story.expect(Phase::SigningIn, None);
    story.advance(Span::secs(2));
    story.expect(Phase::SigningIn, None);
}

#[test]
fn a_late_window_stays_open_and_asking_navigates_it_again() {
    fault("window-left-at-error");
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    story.effects.clear();
    story.advance(Span::secs(60));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_TIMEOUT"));
    assert!(
        !story.effects.contains(&"close window"),
        "{:?}",
        story.effects
    );
    story.effects.clear();
    story.ask();
    story.expect_effects(&["open window"]);
    story.expect(Phase::SigningIn, None);
}

#[test]
fn without_return_page_a_window_is_watched_through_the_ccp() {
    let off = sign_in(&[ways(&["popup"]), ("returnUrl", HostValue::Null)]);
    let mut story = Story::new(&[sso(), off]);
    story.happens(CcpFact::Loaded);
    story.browser.windows_open = true;
    story.ask();
    assert_eq!(
        story.browser.window_url,
        Some((SSO.to_owned(), WindowKind::Sso))
    );
    story.effects.clear();
    story.advance(Span::millis(2500));
    story.expect_effects(&["reload"]);
    // It loads slowly: looking again would interrupt it.
    story.advance(Span::secs(8));
    story.expect_effects(&[]);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.expect_effects(&["close window"]);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.browser.stored.way, Some(Way::Popup));
}

#[test]
fn without_sso_the_standard_login_popup_opens() {
    let mut story = Story::new(&[]);
    story.expect(Phase::Opening, None);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(2500));
    story.expect_effects(&["open window"]);
    story.expect(Phase::SignInNeeded, None);
    let ccp = "https://acme.my.connect.aws/ccp-v2/".to_owned();
    assert_eq!(story.browser.window_url, Some((ccp, WindowKind::Standard)));
    story.browser.windows_open = true;
    story.ask();
    story.advance(Span::secs(3));
    story.expect_effects(&["open window", "reload"]);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn without_sso_a_click_before_the_ccp_answers_opens_the_window_at_once() {
    let mut story = Story::new(&[]);
    story.browser.windows_open = true;
    story.ask();
    story.expect_effects(&["open window"]);
}

#[test]
fn a_window_that_seems_closed_is_not_watched_for_ever() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    story.happens(SignInFact::WindowClosed);
    story.effects.clear();
    story.advance(Span::secs(5));
    story.expect_effects(&["close window", "askForCookies"]);
}

#[test]
fn while_a_window_is_open_the_ccp_is_checked_less_and_less_often() {
    let off = sign_in(&[ways(&["popup"]), ("returnUrl", HostValue::Null)]);
    let mut story = Story::new(&[sso(), off]);
    story.happens(CcpFact::Loaded);
    story.browser.windows_open = true;
    story.ask();
    let opened = story.now;
    let mut looks = Vec::new();
    while let Some(at) = story.phone.wake_at() {
        if at - opened > Span::hours(2) {
            break;
        }
        story.advance(at - story.now);
        let asked = story.effects.contains(&"askForCookies");
        if asked {
            story.happens(CcpFact::Loaded);
            story.happens(CcpFact::Cookies(CookiesFact::There));
        }
        if asked || story.effects.contains(&"reload") {
            looks.push((story.now - opened).get());
            story.happens(CcpFact::Loaded);
        }
        story.effects.clear();
    }
    let first = [2500, 5833, 10_277, 16_202, 24_102, 34_102, 44_102, 54_102];
    assert_eq!(looks[..8], first);
    let late: Vec<u64> = looks[8..].windows(2).map(|two| two[1] - two[0]).collect();
    let twice = [20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 1_280_000];
    assert_eq!(late[..7], twice);
}
