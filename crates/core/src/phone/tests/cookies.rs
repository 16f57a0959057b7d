//! The cookies of the CCP's frame, where the browser keeps them from it.

use super::*;
use crate::phone::input::CookiesFact;
use crate::testing::test;

const BLOCKED: &str = "THIRD_PARTY_COOKIES_BLOCKED";
const DENIED: &str = "STORAGE_ACCESS_DENIED";
const IGNORED: &str = "STORAGE_ACCESS_IGNORED";

fn told(story: &mut Story, fact: CookiesFact) {
    story.happens(CcpFact::Cookies(fact));
}

/// A window has signed in, and Amazon's page says that the frame has none.
fn asked() -> Story {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    story.window_returns();
    story.happens(CcpFact::Loaded);
    story.effects.clear();
    story.advance(Span::secs(5));
    story.expect_effects(&["askForCookies"]);
    story.expect(Phase::SigningIn, None);
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::Missing);
    story.expect(Phase::SigningIn, None); // It may get them by itself.
    story.advance(Span::millis(500));
    story
}

#[test]
fn the_agent_allows_the_phone_its_cookies() {
    fault("cookies-blocked");
    let mut story = asked();
    story.expect(Phase::SignInNeeded, Some(BLOCKED));
    let prompt = story.phone.prompt().expect("a prompt");
    assert!(prompt.reveals && !prompt.covers);
    assert_eq!(story.button(), None);
    told(&mut story, CookiesFact::Granted);
    story.expect(Phase::SigningIn, None);
    story.signs_in();
    let record = Record {
        started: Some(START - Span::hours(2)),
        ..story.browser.stored
    };
    assert_eq!((record.asks_cookies, record.way), (true, Some(Way::Popup)));
    assert!(story.phone.status().session.is_some());

    // From then on the CCP is loaded by way of Amazon's page.
    let mut story = Story::with_record(&[sso()], record);
    story.expect_effects(&["askForCookies"]);
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::Missing);
    told(&mut story, CookiesFact::Granted);
    story.expect(Phase::Opening, None);
    story.signs_in();
    story.browser.ccp_answers = false;
    story.advance(Span::secs(20));
    story.expect_effects(&["probe", "probe", "askForCookies"]);
    // The browser has forgotten that it was allowed.
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::Missing);
    story.advance(Span::secs(1));
    story.expect(Phase::SignInNeeded, Some(BLOCKED));
}

#[test]
fn without_a_session_sign_in_follows_and_not_by_a_frame() {
    let record = Record {
        asks_cookies: true,
        ..Record::default()
    };
    let mut story = Story::with_record(&[sso()], record);
    story.browser.windows_open = true;
    story.expect_effects(&["askForCookies"]);
    story.ask();
    story.expect_effects(&[]); // Whether there is a session shows only then.
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::There);
    story.expect_effects(&["open window"]);
    story.window_returns();
    story.expect_effects(&["close window", "askForCookies"]);
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::There);
    story.signs_in();
}

#[test]
fn a_browser_that_says_no_is_helped_by_a_window_of_the_instance() {
    fault("storage-access-denied");
    fault("storage-access-unvisited");
    let mut story = asked();
    told(&mut story, CookiesFact::Denied);
    story.expect(Phase::SignInNeeded, Some(DENIED));
    assert_eq!(story.button(), Some("Open Amazon Connect"));
    story.effects.clear();
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&["open window"]);
    let (url, kind) = story.browser.window_url.clone().expect("a window");
    assert_eq!(url, "https://acme.my.connect.aws/home");
    assert_eq!(kind, WindowKind::Visit);
    assert_eq!(story.button(), Some("Show the window"));
    story.happens(SignInFact::WindowClosed);
    story.expect_effects(&["close window", "askForCookies"]);
    story.expect(Phase::SigningIn, None);
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::Missing);
    story.advance(Span::secs(1));
    story.expect(Phase::SignInNeeded, Some(BLOCKED));
    told(&mut story, CookiesFact::Granted);
    story.expect_effects(&[]); // They have signed in before; no window opens for that again.
    story.signs_in();
    let record = story.browser.stored;
    assert_eq!((record.way, record.ends_there), (Some(Way::Popup), false));
}

#[test]
fn a_page_that_opens_later_knows_of_the_session_that_has_no_cookies() {
    let record = asked().browser.stored;
    assert_eq!(record.started, Some(START));
    let record = Record {
        started: Some(START - Span::hours(2)),
        ..record
    };
    let mut story = Story::with_record(&[sso()], record);
    story.browser.windows_open = true;
    story.expect_effects(&["askForCookies"]);
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::Missing);
    story.advance(Span::secs(1));
    story.expect(Phase::SignInNeeded, Some(BLOCKED));
    told(&mut story, CookiesFact::Granted);
    story.expect_effects(&[]);
    story.signs_in();
}

#[test]
fn a_session_that_a_redirect_began_is_remembered_too() {
    let fields = [sso(), sign_in(&[ways(&["redirect"])])];
    let mut story = Story::begun(&fields, Record::default(), |start| start.returned = true);
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(20));
    story.expect_effects(&["askForCookies"]);
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::Missing);
    story.advance(Span::secs(1));
    story.expect(Phase::SignInNeeded, Some(BLOCKED));
    assert!(story.browser.stored.started.is_some());
}

#[test]
fn signing_out_needs_them_too() {
    let mut story = asked();
    told(&mut story, CookiesFact::Granted);
    story.signs_in();
    story.effects.clear();
    story.sign_out(SignOutRequest::default());
    story.expect_effects(&["log out with cookies"]);
    story.happens(SignOutFact::LoggedOut);
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::There);
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(10));
    story.expect(Phase::SignedOut, None);
}

#[test]
fn an_agent_who_is_in_the_window_of_the_instance_is_not_told_that_they_do_not_answer() {
    let mut story = asked();
    story.advance(Span::secs(20));
    let ticket = story.ask();
    story.advance(Span::secs(20));
    story.expect(Phase::SigningIn, None);
    assert_eq!(story.button(), Some("Show the window"));
    assert_eq!(story.settlement(ticket), None);
    story.effects.clear();
    story.advance(Span::secs(40)); // As long as a sign-in in a window may take.
    story.expect_effects(&["close window", "askForCookies"]);
}

#[test]
fn a_page_that_nobody_clicks_is_not_waited_for_in_silence() {
    fault("storage-access-ignored");
    let mut story = asked();
    let ticket = story.ask(); // Inside a click of the host's, the window opens at once.
    assert_eq!(story.settlement(ticket), None);
    story.happens(SignInFact::WindowClosed);
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::Missing);
    story.advance(Span::millis(500));
    story.expect_settled(ticket, Some(BLOCKED));
    story.advance(Span::secs(30));
    story.expect(Phase::SignInNeeded, Some(IGNORED));
    assert_eq!(story.button(), Some("Open Amazon Connect"));
    assert_eq!(story.phone.wake_at(), None);
    // A window of the instance helps then, too.
    story.effects.clear();
    story.happens(PageFact::PromptClicked);
    story.happens(SignInFact::WindowClosed);
    story.expect_effects(&["open window", "close window", "askForCookies"]);
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::Missing);
    story.advance(Span::millis(500));
    story.expect(Phase::SignInNeeded, Some(BLOCKED));
    story.advance(Span::secs(30));
    story.expect(Phase::SignInNeeded, Some(IGNORED));
    told(&mut story, CookiesFact::Granted); // Late, and welcome.
    story.signs_in();
}

#[test]
fn what_the_page_says_tells_cookies_from_an_origin_that_is_not_approved() {
    fault("cookies-page-missing");
    let silent = |answer: &dyn Fn(&mut Story)| {
        let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
        story.browser.windows_open = true;
        story.ask();
        story.window_returns();
        story.happens(CcpFact::Loaded);
        story.advance(Span::secs(5));
        story.happens(CcpFact::Loaded);
        answer(&mut story);
        story.advance(Span::secs(16));
        story.expect(Phase::Failed, Some("CCP_SILENT"));
        let error = story.phone.status().error.clone().expect("an error");
        error.remedy().into_owned()
    };
    let nobody = silent(&|_| {});
    assert!(
        nobody.starts_with("Likeliest first: the browser blocks"),
        "{nobody}"
    );
    let there = silent(&|story| told(story, CookiesFact::There));
    assert!(
        there.starts_with("The browser lets the phone have"),
        "{there}"
    );
}

#[test]
fn a_standard_login_that_leads_nowhere_asks_for_them_too() {
    let mut story = Story::new(&[]);
    story.browser.windows_open = true;
    story.happens(CcpFact::Loaded);
    story.ask();
    story.effects.clear();
    story.advance(Span::secs(5)); // Two checks of the CCP.
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(6));
    assert!(
        story.effects.contains(&"askForCookies"),
        "{:?}",
        story.effects
    );
    story.happens(CcpFact::Loaded);
    told(&mut story, CookiesFact::Missing);
    story.advance(Span::secs(1));
    story.expect(Phase::SignInNeeded, Some(BLOCKED)); // The window stays.
    assert!(story.browser.window);
    story.effects.clear();
    story.advance(Span::secs(20));
    story.expect_effects(&[]); // No check replaces the page that the agent is to click on.
    told(&mut story, CookiesFact::Granted);
    story.expect(Phase::SigningIn, None);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.expect_effects(&["close window"]);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn the_host_may_have_the_agent_never_asked_or_always() {
    let with = |can: bool| {
        let can = HostValue::Fields(vec![("canRequest".to_owned(), HostValue::Bool(can))]);
        let options = HostValue::Fields(vec![("storageAccess".to_owned(), can)]);
        (
            "streams",
            HostValue::Fields(vec![("options".to_owned(), options)]),
        )
    };
    let mut story = Story::new(&[sso(), with(true)]);
    story.expect_effects(&["askForCookies"]);
    story.advance(Span::secs(10)); // No such page.
    story.expect_effects(&["reload"]);

    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])]), with(false)]);
    story.browser.windows_open = true;
    story.ask();
    story.window_returns();
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(5));
    story.expect(Phase::Failed, Some("CCP_SILENT"));
}
