//! What rules forbid, or put off: nothing happens too early, too late, or twice.

use super::*;
use crate::testing::test;

/// When after its beginning a session is renewed.
const RENEWAL: Span = Span::secs(12 * 3600 - 15 * 60);

/// A phone at the moment at which its session is to be renewed.
fn at_its_renewal(set: impl FnOnce(&mut Story)) -> Story {
    let mut story = Story::ready(&[sso()]);
    story.advance(Span::millis(RENEWAL.get() - 1));
    set(&mut story);
    story.effects.clear();
    story.advance(Span::secs(61));
    assert_eq!(story.expiring.len(), 1);
    story.expect_effects(&[]);
    story
}

#[test]
fn a_postponed_renewal_starts_as_soon_as_it_may() {
    let mut story = at_its_renewal(|story| story.contact(Contacts::Live));
    story.contact(Contacts::WrapUp);
    story.expect_effects(&[]);
    story.contact(Contacts::None);
    story.expect_effects(&["open frame"]);

    let mut story = at_its_renewal(|story| story.happens(Condition::Offline));
    story.happens(Condition::Online);
    story.expect_effects(&["open frame"]);

    // Never, once the agent leaves.
    let mut story = Story::ready(&[sso()]);
    story.advance(Span::millis(RENEWAL.get() - 1));
    story.sign_out(SignOutRequest::default());
    story.advance(Span::hours(1));
    story.expect_effects(&["log out", "reload", "unload"]);
}

#[test]
fn a_renewal_that_failed_is_retried_later_and_not_by_all_tabs_at_once() {
    let mut story = Story::ready(&[sso()]);
    story.advance(RENEWAL);
    story.expect_effects(&["open frame"]);
    story.advance(Span::secs(29));
    story.expect_effects(&["close frame"]);
    story.advance(Span::secs(2)); // This one's chance is not that small.
    story.expect_effects(&[]);
    story.advance(Span::secs(119));
    assert!(story.effects.contains(&"open frame"), "{:?}", story.effects);
}

#[test]
fn a_renewal_without_a_nonce_does_not_reload_a_phone_that_works() {
    let mut story = Story::new(&[("ssoLoginUrl", text(SSO_WITHOUT_RELAY))]);
    story.happens(SignInFact::FrameAcknowledged);
    story.signs_in();
    story.advance(RENEWAL);
    assert_eq!(story.effects.pop(), Some("open frame"));
    story.effects.clear();
    story.happens(SignInFact::FrameLoaded);
    story.advance(Span::secs(9));
    story.expect_effects(&[]);
}

#[test]
fn a_page_in_the_frame_is_given_its_time() {
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(200));
    story.expect_effects(&["open frame"]);
    story.happens(SignInFact::FrameLoaded);
    story.advance(Span::millis(1499));
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    // The next way starts, and the CCP is checked: its return page may not be shown in a frame.
    story.effects.sort_unstable();
    story.expect_effects(&["open window", "reload"]);

    let mut story = Story::new(&[
        ("ssoLoginUrl", text(SSO_WITHOUT_RELAY)),
        sign_in(&[ways(&["frame"])]),
    ]);
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(2));
    story.expect_effects(&["open frame"]);
    story.happens(SignInFact::FrameLoaded);
    story.advance(Span::millis(699));
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    story.expect_effects(&["reload"]);
}

#[test]
fn no_frame_is_tried_that_is_not_among_the_ways() {
    let mut story = Story::ready(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.happens(CcpFact::SessionLost);
    story.advance(Span::hours(1));
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.expect_effects(&[]);
}

#[test]
fn one_frame_is_tried_after_a_call_and_not_two() {
    let mut story = Story::ready(&[sso()]);
    story.contact(Contacts::Live);
    story.happens(CcpFact::SessionLost);
    story.contact(Contacts::WrapUp);
    story.contact(Contacts::None);
    story.expect_effects(&["open frame"]);
}

#[test]
fn retries_wait_for_the_network_and_then_spread() {
    let mut story = Story::ready(&[sso()]);
    story.happens(Condition::Offline);
    story.happens(CcpFact::SessionLost);
    story.advance(Span::hours(1));
    story.expect_effects(&[]);
    story.happens(Condition::Online);
    story.expect_effects(&[]);
    story.advance(Span::secs(8));
    assert_eq!(story.effects.first(), Some(&"open frame"));
}

#[test]
fn a_network_that_comes_back_interrupts_no_sign_out() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(CcpFact::Acknowledged);
    story.advance(Span::secs(15));
    story.expect(Phase::Failed, Some("AGENT_SILENT"));
    story.sign_out(SignOutRequest::default());
    story.happens(Condition::Offline);
    story.happens(Condition::Online);
    story.advance(Span::secs(20));
    story.expect(Phase::SignedOut, None);
    story.expect_effects(&["log out", "reload", "unload"]);

    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.sign_out(SignOutRequest::default());
    story.happens(Condition::Offline);
    story.happens(Condition::Online);
    story.expect(Phase::Opening, None);
    story.expect_effects(&["log out"]);
}

#[test]
fn whoever_failed_reads_that_the_phone_tries_again() {
    let again = |story: &Story| {
        let prompt = story.phone.prompt().expect("a prompt");
        assert_eq!(prompt.tries_again, prompt.text().ends_with("every minute."));
        prompt.tries_again
    };
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.advance(Span::secs(3));
    assert!(!again(&story));
    story.happens(SignInFact::WindowClosed);
    story.advance(Span::secs(10));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_WINDOW_CLOSED"));
    // While it waits and while it tries alike: a text that comes and goes would be read out each time.
    for _ in 0..40 {
        assert!(again(&story), "{:?}", story.phone);
        story.advance(Span::secs(2));
    }
    story.happens(Condition::Offline);
    assert!(!again(&story));
    story.happens(Condition::Online);
    assert!(again(&story));
    // Some time it has had its tries.
    story.advance(Span::hours(1));
    assert!(!again(&story));

    // Nothing would be tried.
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    story.happens(SignInFact::WindowClosed);
    story.advance(Span::secs(10));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_WINDOW_CLOSED"));
    assert!(!again(&story));
}

#[test]
fn a_retry_that_is_due_while_a_window_is_open_comes_when_it_is_not() {
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.advance(Span::secs(400)); // The window is late, and stays open.
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_TIMEOUT"));
    story.effects.clear();
    story.happens(SignInFact::WindowClosed);
    story.advance(Span::secs(5));
    assert!(story.effects.contains(&"open frame"), "{:?}", story.effects);
}

#[test]
fn what_is_told_twice_is_reported_once() {
    let mut story = Story::ready(&[sso()]);
    let length = |story: &Story| story.phone.timeline().entries().count();
    for (input, entries) in [
        (Condition::Online, 0),
        (Condition::Offline, 1),
        (Condition::Offline, 0),
        (Condition::Online, 1),
        (Condition::Online, 0),
        (Condition::SocketRestored, 0),
        (Condition::SocketLost, 1),
        (Condition::SocketLost, 0),
        (Condition::SocketRestored, 1),
        (Condition::SocketRestored, 0),
    ] {
        let before = length(&story);
        story.happens(input);
        assert_eq!(length(&story) - before, entries, "{input:?}");
    }
    story.expect_effects(&[]);
}

#[test]
fn when_the_network_is_back_the_ccp_is_probed_at_once() {
    let mut story = Story::ready(&[sso()]);
    story.browser.ccp_answers = false;
    story.happens(Condition::Offline);
    story.happens(Condition::Online);
    story.expect_effects(&["probe"]);
}

#[test]
fn a_computer_that_slept_asks_the_ccp_again_before_it_counts_as_lost() {
    let mut story = Story::ready(&[sso()]);
    story.browser.ccp_answers = false;
    story.advance(Span::secs(15));
    story.expect_effects(&["probe", "probe"]);
    story.now = story.now + Span::hours(1);
    story.happens(Input::Tick);
    story.expect(Phase::Ready, None);
    story.expect_effects(&["probe"]);

    // Two seconds late, it was only busy.
    story.advance(Span::secs(5));
    story.expect_effects(&["probe"]);
    story.now = story.now + Span::secs(7);
    story.happens(Input::Tick);
    story.expect(Phase::Opening, Some("CCP_LOST"));
}

#[test]
fn a_lock_lost_after_sign_in_came_back_changes_nothing() {
    let mut story = Story::new(&[sso()]);
    story.frame_returns();
    story.effects.clear();
    story.browser.locks_granted = false;
    story.happens(TabsFact::LockStolen);
    story.expect_effects(&[]);

    let mut story = Story::new(&[sso(), sign_in(&[ways(&["redirect"])])]);
    story.expect_effects(&["redirect"]);
    story.browser.locks_granted = false;
    story.happens(TabsFact::LockStolen);
    story.expect_effects(&[]);
}

#[test]
fn another_tabs_sign_in_is_no_news_to_some() {
    // Signed in just now.
    let mut story = Story::new(&[sso()]);
    story.frame_returns();
    story.effects.clear();
    story.happens(TabsFact::SignedIn);
    story.expect(Phase::SigningIn, None);
    story.expect_effects(&[]);

    // Just signing out.
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::SessionLost);
    story.sign_out(SignOutRequest::default());
    story.effects.clear();
    story.happens(TabsFact::SignedIn);
    story.expect_effects(&[]);

    // Without a place.
    let mut story = Story::ready(&[sso()]);
    story.happens(PageFact::ContainerRemoved);
    story.happens(TabsFact::SignedIn);
    story.expect(Phase::Failed, Some("CONTAINER_REMOVED"));
    story.expect_effects(&[]);

    // The agent's data is on its way.
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(CcpFact::Acknowledged);
    story.happens(TabsFact::SignedIn);
    story.expect(Phase::Opening, None);
    story.expect_effects(&[]);
    let session = story.phone.status().session.expect("a known session");
    assert_eq!(session.started, story.now);
}

#[test]
fn another_tabs_sign_in_is_used_once_there_is_no_call() {
    let mut story = Story::ready(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.contact(Contacts::Live);
    story.happens(CcpFact::SessionLost);
    story.happens(TabsFact::SignedIn);
    story.expect_effects(&[]);
    story.contact(Contacts::None);
    story.expect_effects(&["reload"]);
    story.happens(TabsFact::SignedIn);
    story.expect_effects(&["reload"]);
}

#[test]
fn a_lock_granted_at_once_is_used_at_once() {
    for (span, at_once) in [(150, true), (151, false)] {
        let mut story = Story::in_another_tab(&[sso()]);
        story.effects.clear();
        story.advance(Span::millis(span));
        story.happens(TabsFact::LockGranted(Record::default()));
        assert_eq!(
            story.effects == ["open frame"],
            at_once,
            "{:?}",
            story.effects
        );
        story.advance(Span::millis(500));
        story.expect_effects(&["open frame"]);
    }
}

#[test]
fn a_click_requests_one_window_even_where_it_is_blocked() {
    let mut story = Story::new(&[sso()]);
    story.ask();
    story.expect_effects(&["open frame", "open window"]);
    story.expect(Phase::SignInNeeded, Some("WINDOW_BLOCKED"));
}

#[test]
fn a_network_that_is_back_is_no_answer_from_the_agent() {
    let used_a_window = Record {
        way: Some(Way::Popup),
        ..Record::default()
    };
    let mut story = Story::opened(&[sso()], used_a_window, |_| {});
    story.browser.windows_open = true;
    story.drain();
    story.expect_effects(&["open window"]);
    story.happens(SignInFact::WindowClosed);
    story.advance(Span::secs(5));
    story.expect(Phase::SignInNeeded, Some("SIGN_IN_WINDOW_CLOSED"));
    story.effects.clear();
    // A click is needed. Meanwhile the frame may try, but not in all tabs at once.
    story.happens(Condition::Offline);
    story.happens(Condition::Online);
    story.expect_effects(&[]);
    story.advance(Span::secs(8));
    assert!(story.effects.contains(&"open frame"), "{:?}", story.effects);
}

#[test]
fn a_short_loss_of_network_starts_nothing_twice() {
    let blink = |story: &mut Story| {
        story.effects.clear();
        story.happens(Condition::Offline);
        story.happens(Condition::Online);
        story.expect(Phase::SigningIn, None);
        story.expect_effects(&[]);
    };
    // A window.
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    blink(&mut story);
    // A frame and a window.
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.ask();
    blink(&mut story);
    // A frame, and the page is about to leave.
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["frame", "redirect"])])]);
    story.advance(Span::secs(3));
    assert_eq!(story.effects.last(), Some(&"redirect"));
    blink(&mut story);
    // Sign-in came back.
    let mut story = Story::new(&[sso()]);
    story.frame_returns();
    blink(&mut story);
    // Another tab holds the lock.
    let mut story = Story::in_another_tab(&[sso()]);
    blink(&mut story);
}

#[test]
fn without_a_container_streams_is_ignored() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["streams"])])]);
    story.happens(PageFact::ContainerRemoved);
    story.happens(CcpFact::StreamsGaveUp);
    story.expect(Phase::Failed, Some("CONTAINER_REMOVED"));
}

#[test]
fn no_way_is_shown_before_one_is_tried() {
    let story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.expect(Phase::Opening, None);
    assert_eq!(story.phone.status().way, None);
}
