//! What an identity provider can do wrong, and the instance behind it.

use super::*;
use crate::testing::test;

/// The frame shows a page that stays, and so does the window that the agent opens; once the cause is fixed, sign-in works.
fn leads_nowhere_until_fixed(id: &str) {
    fault(id);
    let mut story = Story::new(&[sso()]);
    story.advance(Span::millis(300));
    story.happens(SignInFact::FrameLoaded); // An error; which page it is cannot be known.
    story.advance(Span::secs(2));
    story.expect(Phase::SignInNeeded, None);
    story.browser.windows_open = true;
    story.happens(PageFact::PromptClicked);
    story.expect(Phase::SigningIn, None);
    story.advance(Span::secs(60));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_TIMEOUT"));
    assert_eq!(story.button(), Some("Sign in"));
    // Mended: the same window is led there again.
    story.happens(PageFact::PromptClicked);
    story.window_returns();
    story.signs_in();
}

#[test]
fn a_provider_that_is_down_is_retried_automatically_and_by_a_click() {
    leads_nowhere_until_fixed("idp-down");
}

#[test]
fn a_provider_that_answers_500_is_tried_again_by_a_click() {
    leads_nowhere_until_fixed("idp-500");
}

#[test]
fn an_unknown_instance_shows_in_the_window() {
    leads_nowhere_until_fixed("relay-unknown-instance");
}

#[test]
fn a_user_unknown_to_connect_sees_that_in_the_window() {
    leads_nowhere_until_fixed("connect-user-unknown");
}

#[test]
fn an_origin_that_is_not_approved_shows_in_the_window() {
    leads_nowhere_until_fixed("origin-not-approved");
}

#[test]
fn the_frame_finds_out_that_the_provider_is_back() {
    fault("idp-down");
    fault("idp-500");
    let mut story = Story::new(&[sso()]);
    story.advance(Span::secs(180));
    story.expect(Phase::SignInNeeded, None);
    let tries = story.effects.iter().filter(|order| **order == "open frame");
    let tries = tries.count();
    // Each takes ten seconds until it is given up, and the pauses grow.
    assert!((4..=12).contains(&tries), "{tries} tries in three minutes");
    story.frame_returns();
    story.signs_in();
}

#[test]
fn retries_end_and_a_click_starts_afresh() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["frame"])])]);
    story.advance(Span::hours(1));
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
    let tries = |story: &Story| story.effects.iter().filter(|o| **o == "open frame").count();
    let before = tries(&story);
    assert_eq!(before, 21, "the first and twenty more");
    story.advance(Span::hours(12));
    assert_eq!(tries(&story), before);
    assert_eq!(story.phone.wake_at(), None);
    story.happens(PageFact::PromptClicked);
    story.advance(Span::hours(1));
    assert_eq!(tries(&story), 2 * before);
}

#[test]
fn a_code_may_take_longer_than_the_window_is_given() {
    fault("idp-mfa");
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.advance(Span::secs(3));
    story.expect(Phase::SigningIn, None);
    story.advance(Span::secs(180));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_TIMEOUT"));
    story.window_returns();
    story.expect(Phase::SigningIn, None);
    story.signs_in();
    assert_eq!(story.browser.stored.way, Some(Way::Popup));
}
