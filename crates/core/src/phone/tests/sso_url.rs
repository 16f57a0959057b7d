//! An SSO Login URL that the host is asked for.

use super::*;
use crate::testing::test;

fn asked() -> (&'static str, HostValue) {
    ("ssoLoginUrl", HostValue::Other("a function".to_owned()))
}

/// The host answers with an SSO Login URL.
fn answers(story: &mut Story) {
    let sso = config(&[sso()]).sso.expect("SSO");
    story.happens(SignInFact::UrlTold(Some(Box::new(sso))));
}

#[test]
fn each_frame_and_each_window_gets_a_url_of_its_own() {
    let mut story = Story::new(&[asked()]);
    story.browser.windows_open = true;
    story.expect_effects(&["ask for the URL"]);
    story.expect(Phase::SigningIn, None);
    story.advance(Span::secs(2));
    answers(&mut story);
    story.expect_effects(&["open frame"]);
    // The frame's head start begins when it opens.
    story.advance(Span::millis(2999));
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    story.expect_effects(&["open window", "ask for the URL"]);
    let (blank, kind) = story.browser.window_url.clone().expect("a window");
    assert_eq!((blank.as_str(), kind), ("about:blank", WindowKind::Sso));
    answers(&mut story);
    story.expect_effects(&["send the window"]);
    story.window_returns();
    story.expect_effects(&["close frame", "close window", "reload"]);
    story.signs_in();
    // An answer that nobody waits for changes nothing.
    answers(&mut story);
    story.happens(SignInFact::UrlTold(None));
    story.expect(Phase::Ready, None);
}

#[test]
fn a_window_opens_inside_the_click_and_is_sent_off_later() {
    let mut story = Story::new(&[asked(), sign_in(&[ways(&["popup"])])]);
    // Blocked: no URL is asked for in vain.
    story.expect_effects(&["open window"]);
    story.expect(Phase::SignInNeeded, None);
    story.browser.windows_open = true;
    story.ask();
    story.expect_effects(&["open window", "ask for the URL"]);
    story.expect(Phase::SigningIn, None);
    story.ask();
    story.expect_effects(&["focus window"]);
    // Closed before it went anywhere: the answer comes too late.
    story.happens(SignInFact::WindowClosed);
    story.effects.clear();
    story.advance(Span::secs(5));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_WINDOW_CLOSED"));
    story.effects.clear();
    answers(&mut story);
    story.expect_effects(&[]);
    story.advance(Span::secs(6));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_WINDOW_CLOSED"));
}

#[test]
fn a_host_that_gives_no_url_is_told_and_asked_again() {
    fault("sso-url-failed");
    let mut story = Story::new(&[asked()]);
    let ready = story.call(Call::Ready);
    story.happens(SignInFact::UrlTold(None));
    story.expect(Phase::Failed, Some("SSO_URL_FAILED"));
    story.expect_settled(ready, Some("SSO_URL_FAILED"));
    story.expect_effects(&["ask for the URL"]);
    assert_eq!(story.button(), Some("Try again"));
    // By itself, behind the prompt, as often as any sign-in is.
    story.advance(Span::secs(60));
    assert!(story.effects.contains(&"ask for the URL"));
    story.effects.clear();
    story.browser.windows_open = true;
    let asked = story.ask();
    story.expect_effects(&["open window", "ask for the URL"]);
    // Not in time: the window is closed again.
    story.advance(Span::millis(9999));
    story.expect(Phase::SigningIn, None);
    story.advance(Span::millis(1));
    story.expect(Phase::Failed, Some("SSO_URL_FAILED"));
    story.expect_settled(asked, Some("SSO_URL_FAILED"));
    story.expect_effects(&["close window"]);
    story.ask();
    answers(&mut story);
    story.window_returns();
    story.effects.clear();
    story.signs_in();
}

#[test]
fn the_page_goes_to_the_url_that_was_asked_for() {
    let ways = sign_in(&[ways(&["redirect"])]);
    let mut story = Story::new(&[asked(), ways.clone()]);
    story.expect_effects(&["ask for the URL"]);
    story.ask();
    story.expect_effects(&[]);
    answers(&mut story);
    story.expect_effects(&["redirect"]);
    // Nothing would bring the page back.
    let mut story = Story::new(&[asked(), ways]);
    let bare = config(&[("ssoLoginUrl", text(SSO_WITHOUT_RELAY))]).sso;
    story.happens(SignInFact::UrlTold(bare.map(Box::new)));
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
}

#[test]
fn a_renewal_that_gets_no_url_disturbs_nobody() {
    let mut story = Story::new(&[asked()]);
    answers(&mut story);
    story.frame_returns();
    story.signs_in();
    story.effects.clear();
    story.advance(Span::secs(12 * 3600 - 15 * 60));
    story.expect_effects(&["ask for the URL"]);
    story.advance(Span::secs(10));
    story.expect(Phase::Ready, None);
}
