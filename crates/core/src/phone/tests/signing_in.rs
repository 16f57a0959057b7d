//! Signing in by the hidden frame, from the record, and by looking at the CCP.

use super::*;
use crate::error::{Blocked, Policy};
use crate::testing::test;

#[test]
fn a_cold_start_signs_in_by_the_frame_and_opens_no_window() {
    let mut story = Story::new(&[sso()]);
    story.expect(Phase::SigningIn, None);
    story.expect_effects(&["open frame"]);
    let sent = story.browser.frame_url.clone().expect("a frame");
    assert!(sent.starts_with("https://acme.okta.com/"), "{sent}");
    assert!(sent.contains("softphone-return.html"), "{sent}");

    story.advance(Span::millis(200));
    story.happens(CcpFact::Loaded); // The CCP's "Session expired" page.
    story.advance(Span::millis(200));
    story.returned(1);
    story.expect_effects(&["close frame", "reload"]);
    story.expect(Phase::SigningIn, None);

    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.expect(Phase::SigningIn, None);
    story.agent("ada@example.com", "Offline");
    story.expect(Phase::Ready, None);
    assert_eq!(story.phone.status().way, Some(Way::Frame));
    assert_eq!(story.browser.stored.started, Some(story.now));
    assert_eq!(story.browser.stored.way, Some(Way::Frame));
    assert_eq!(story.phone.prompt(), None);
    story.advance(Span::secs(3600));
    story.expect_effects(&[]);
}

fn before_streams(fields: &[(&str, HostValue)], record: Record) -> Story {
    Story::begun(fields, record, |start| start.streams = false)
}

fn streams_arrives(story: &mut Story) {
    story.happens(PageFact::StreamsArrived(vec![
        "twice on the page".to_owned(),
    ]));
}

#[test]
fn sign_in_does_not_wait_for_streams() {
    let mut story = before_streams(&[sso()], Record::default());
    story.expect(Phase::SigningIn, None);
    story.expect_effects(&["open frame"]);
    story.advance(Span::millis(500));
    story.returned(1);
    // Streams will load the CCP with the session that is there now.
    story.expect_effects(&["close frame"]);
    story.advance(Span::secs(30));
    story.expect(Phase::SigningIn, None);
    streams_arrives(&mut story);
    assert_eq!(story.diagnostics, ["twice on the page"]);
    story.advance(Span::secs(14));
    story.expect_effects(&[]);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.phone.status().way, Some(Way::Frame));
}

#[test]
fn a_frame_that_was_under_way_before_streams_came_has_signed_the_agent_in() {
    let signed_in = |before: bool, after: bool| {
        let mut story = before_streams(
            &[("ssoLoginUrl", text(SSO_WITHOUT_RELAY))],
            Record::default(),
        );
        if before {
            story.happens(SignInFact::FrameLoaded);
        }
        streams_arrives(&mut story);
        if after {
            story.happens(SignInFact::FrameLoaded);
        }
        story.happens(CcpFact::Loaded);
        story.happens(CcpFact::Acknowledged);
        story.agent("ada@example.com", "Available");
        story.expect(Phase::Ready, None);
        story.phone.status().way
    };
    assert_eq!(signed_in(true, false), Some(Way::Frame));
    assert_eq!(signed_in(false, true), Some(Way::Frame));
    // Otherwise there was a session already.
    assert_eq!(signed_in(false, false), None);
}

#[test]
fn a_return_page_that_the_page_blocks_shows_that_sign_in_is_done() {
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.effects.clear();
    story.happens(CcpFact::Loaded);
    story.happens(PageFact::FrameBlocked(Blocked {
        origin: "https://desk.example".to_owned(),
        policy: Policy::Content,
    }));
    story.expect_effects(&["close frame", "reload"]);
    assert_eq!(story.diagnostics.len(), 1);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.phone.status().way, Some(Way::Frame));
}

#[test]
fn streams_may_come_before_sign_in_is_over() {
    let mut story = before_streams(&[sso()], Record::default());
    story.expect_effects(&["open frame"]);
    streams_arrives(&mut story);
    story.happens(CcpFact::Loaded);
    story.returned(1);
    story.expect_effects(&["close frame", "reload"]);
}

#[test]
fn no_window_opens_before_it_is_known_whether_the_page_blocks_the_ccp_too() {
    let blocked = |origin: &str| {
        PageFact::FrameBlocked(Blocked {
            origin: origin.to_owned(),
            policy: Policy::Content,
        })
    };
    let begin = || {
        let mut story = before_streams(&[sso()], Record::default());
        story.browser.windows_open = true;
        story.effects.clear();
        story.happens(blocked("https://acme.okta.com"));
        story.advance(Span::secs(5));
        story.expect_effects(&["close frame"]);
        streams_arrives(&mut story);
        story
    };
    let mut story = begin();
    story.happens(blocked("https://acme.my.connect.aws"));
    story.expect(Phase::Failed, Some("FRAME_BLOCKED"));
    story.advance(Span::secs(5));
    story.expect_effects(&[]);

    let mut story = begin();
    story.advance(Span::secs(1));
    story.expect_effects(&["open window"]);
}

#[test]
fn a_ccp_that_streams_has_yet_to_make_is_not_silent() {
    let mut story = before_streams(&[sso()], started(Span::hours(2)));
    story.advance(Span::secs(60));
    story.expect(Phase::Opening, None);
    story.expect_effects(&[]);
    streams_arrives(&mut story);
    story.advance(Span::secs(14));
    story.expect(Phase::Opening, None);
    story.advance(Span::secs(1));
    story.expect_effects(&["open frame"]);
}

#[test]
fn a_warm_start_only_waits_for_the_ccp() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.expect(Phase::Opening, None);
    story.advance(Span::secs(1));
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
    let session = story.phone.status().session.expect("a known session");
    assert_eq!(session.started, START - Span::hours(2));
    assert_eq!(session.ends, START + Span::hours(10));
}

#[test]
fn a_session_that_the_record_promised_but_is_gone_is_begun_again() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(399));
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    story.expect_effects(&["open frame"]);
    story.expect(Phase::Opening, None);
    story.advance(Span::millis(2100));
    story.expect_effects(&[]);
    story.expect(Phase::SigningIn, None);
}

#[test]
fn sign_in_starts_beside_a_ccp_that_never_loads() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.advance(Span::millis(14_999));
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    story.expect_effects(&["open frame"]);
}

#[test]
fn a_record_older_than_twelve_hours_signs_in_first() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(12)));
    story.expect_effects(&["open frame"]);
}

#[test]
fn an_unknown_session_ends_the_attempt() {
    let mut story = Story::new(&[sso()]);
    story.expect_effects(&["open frame"]);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.expect_effects(&["close frame"]);
    story.expect(Phase::Opening, None);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    // When it began is not known, so neither is its end.
    assert_eq!(story.phone.status().session, None);
    assert_eq!(story.browser.stored.started, None);
    assert_eq!(story.browser.stored.seen, Some(story.now));
}

#[test]
fn a_slow_frame_wins_while_the_prompt_shows() {
    fault("idp-slow");
    let mut story = Story::new(&[sso()]);
    story.advance(Span::secs(3));
    story.expect(Phase::SignInNeeded, None);
    story.expect_effects(&["open frame", "open window"]);
    story.advance(Span::secs(2));
    story.returned(1);
    story.expect_effects(&["close frame", "reload"]);
    story.expect(Phase::SigningIn, None);
    assert_eq!(story.button(), None);
}

#[test]
fn the_way_that_worked_last_comes_first() {
    let mut record = started(Span::hours(20));
    record.way = Some(Way::Popup);
    let mut story = Story::with_record(&[sso()], record);
    // The window at once; it is blocked, so the prompt shows, and the frame is tried beside it.
    story.expect_effects(&["open window", "open frame"]);
    story.expect(Phase::SignInNeeded, None);
}

#[test]
fn with_only_a_silent_frame_sign_in_fails_and_can_be_tried_again() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["frame"])])]);
    story.advance(Span::secs(10));
    story.expect_effects(&["open frame", "close frame"]);
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
    assert_eq!(story.button(), Some("Try again"));
    story.ask();
    story.expect_effects(&["open frame"]);
    story.expect(Phase::SigningIn, None);
    story.returned(2);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn a_spent_or_foreign_nonce_changes_nothing() {
    fault("return-old-number");
    fault("return-foreign-number");
    let mut story = Story::new(&[sso()]);
    story.expect_effects(&["open frame"]);
    story.returned(9);
    story.expect_effects(&[]);
    story.returned(1);
    story.expect_effects(&["close frame", "reload"]);
    story.returned(1);
    story.expect_effects(&[]);
}

#[test]
fn without_relay_state_the_ccp_tells_when_sign_in_is_over() {
    fault("idp-no-relay-state");
    let mut story = Story::new(&[("ssoLoginUrl", text(SSO_WITHOUT_RELAY))]);
    assert_eq!(story.browser.frame_url.as_deref(), Some(SSO_WITHOUT_RELAY));
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(600));
    story.happens(SignInFact::FrameLoaded);
    story.happens(SignInFact::FrameAcknowledged);
    story.expect_effects(&["open frame", "close frame", "reload"]);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.browser.stored.way, Some(Way::Frame));
}

#[test]
fn without_relay_state_the_ccp_is_checked_after_the_frame() {
    let mut story = Story::new(&[("ssoLoginUrl", text(SSO_WITHOUT_RELAY))]);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(600));
    story.happens(SignInFact::FrameLoaded);
    story.advance(Span::millis(700));
    story.expect_effects(&["open frame", "reload"]);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.expect_effects(&["close frame"]);
    story.agent("ada@example.com", "Available");
    assert_eq!(story.browser.stored.way, Some(Way::Frame));
}

#[test]
fn at_every_moment_of_a_sign_in_a_click_leads_on() {
    // Wherever the story stops, asking with windows allowed and returning makes a ready phone.
    for millis in (0..=70_000).step_by(500) {
        let mut story = Story::new(&[sso()]);
        story.advance(Span::millis(millis));
        story.browser.windows_open = true;
        story.ask();
        let window = story
            .browser
            .window_url
            .clone()
            .expect("a window, open or just opened");
        let number = window
            .0
            .rsplit("softphoneSignIn%253D")
            .next()
            .map(str::to_owned);
        let number = Nonce::parse(number.as_deref().unwrap_or_default()).expect("a number");
        story.happens(SignInFact::Returned(number, None));
        story.happens(CcpFact::Acknowledged);
        story.agent("ada@example.com", "Available");
        story.expect(Phase::Ready, None);
    }
}

#[test]
fn when_no_frame_may_show_the_return_page_the_ccp_is_checked() {
    fault("window-return-page-missing");
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["frame"])])]);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(500));
    story.happens(SignInFact::FrameLoaded);
    story.advance(Span::millis(1500));
    story.expect_effects(&["open frame", "reload"]);
    story.happens(CcpFact::Acknowledged);
    story.expect_effects(&["close frame"]);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert_eq!(story.browser.stored.way, Some(Way::Frame));
}

#[test]
fn a_tab_whose_neighbour_has_just_signed_in_waits_longer_for_the_ccp() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.advance(Span::secs(1));
    story.happens(TabsFact::SignedIn);
    story.expect_effects(&["reload"]);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(14_999));
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    story.expect_effects(&["open frame"]);
}

#[test]
fn a_lock_granted_after_another_tab_had_it_waits_for_news_first() {
    let mut story = Story::in_another_tab(&[sso()]);
    story.advance(Span::secs(1));
    story.happens(TabsFact::LockGranted(Record::default()));
    story.expect_effects(&["request the lock"]);
    story.advance(Span::millis(200));
    story.happens(TabsFact::SignedIn);
    story.expect_effects(&["reload", "release the lock"]);
    story.advance(Span::secs(10));
    story.expect_effects(&[]);

    let mut story = Story::in_another_tab(&[sso()]);
    story.advance(Span::secs(1));
    story.happens(TabsFact::LockGranted(Record::default()));
    story.advance(Span::millis(500));
    story.expect_effects(&["request the lock", "open frame"]);
}

#[test]
fn an_agent_who_presses_back_is_not_redirected_again() {
    let only = ways(&["redirect"]);
    let mut story = Story::new(&[sso(), sign_in(std::slice::from_ref(&only))]);
    story.expect_effects(&["redirect"]);

    let back = |start: &mut Start| start.abandoned = true;
    for names in [&["redirect"][..], &["frame", "redirect"]] {
        let fields = [sso(), sign_in(&[ways(names)])];
        for record in [Record::default(), started(Span::hours(1))] {
            story = Story::begun(&fields, record, back);
            story.happens(CcpFact::Loaded);
            story.advance(Span::hours(1));
            story.expect(Phase::SignInNeeded, None);
            story.expect_effects(&[]);
            assert_eq!(story.phone.status().way, Some(Way::Redirect));
            assert_eq!(story.button(), Some("Sign in"));
            story.happens(PageFact::PromptClicked);
            story.expect_effects(&["redirect"]);
            story.expect(Phase::SigningIn, None);
        }
    }

    // Signed in all the same: the agent went on from there by another tab.
    story = Story::begun(&[sso(), sign_in(&[only])], Record::default(), back);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
}

#[test]
fn what_the_page_notices_is_told_and_changes_nothing() {
    let mut story = Story::ready(&[sso()]);
    story.happens(PageFact::StreamsCopied);
    assert!(matches!(&story.diagnostics[..], [told] if told.contains("second copy")));
    story.expect(Phase::Ready, None);
    let timeline = story.phone.timeline().entries();
    let noticed = timeline.filter(|entry| matches!(entry.what, TimelineEvent::Noticed(_)));
    assert_eq!(noticed.count(), 1);
}

#[test]
fn a_ccp_that_has_only_just_loaded_is_not_interrupted_by_a_check() {
    let mut story = Story::new(&[
        ("ssoLoginUrl", text(SSO_WITHOUT_RELAY)),
        sign_in(&[ways(&["frame"])]),
    ]);
    story.happens(SignInFact::FrameLoaded);
    story.advance(Span::millis(600));
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(1199));
    story.expect_effects(&["open frame"]);
    story.advance(Span::millis(400));
    story.expect_effects(&["reload"]);
}

#[test]
fn asking_while_the_agents_data_are_on_their_way_opens_nothing() {
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.happens(CcpFact::Acknowledged);
    story.expect(Phase::Opening, None);
    story.effects.clear();
    story.ask();
    story.expect_effects(&[]);
}

#[test]
fn an_instance_that_refuses_its_ccp_is_signed_in_to_once_more() {
    fault("ccp-refused");
    let mut story = Story::new(&[sso()]);
    story.expect_effects(&["open frame"]);
    story.returned(1);
    story.happens(CcpFact::Loaded); // "Forbidden".
    story.advance(Span::millis(400));
    story.expect_effects(&["close frame", "reload", "open frame"]);
    story.expect(Phase::SigningIn, None);
    let url = story.browser.frame_url.clone().expect("a frame");
    assert_eq!(url, SSO); // As configured, so that it ends on the CCP.
    story.happens(SignInFact::FrameAcknowledged);
    story.expect_effects(&["close frame", "reload"]);
    story.signs_in();
    assert!(story.phone.state.record.ends_there);

    // The next sign-in ends there at once.
    let record = Record {
        started: None,
        seen: None,
        ..story.phone.state.record
    };
    let mut story = Story::with_record(&[sso()], record);
    assert_eq!(story.browser.frame_url.as_deref(), Some(SSO));
    story.happens(SignInFact::FrameAcknowledged);
    story.signs_in();
    story.advance(Span::secs(60));
    story.expect_effects(&["open frame", "close frame", "reload"]);
}

#[test]
fn a_ccp_that_answers_before_the_second_pass_was_only_slow() {
    let mut story = Story::new(&[sso()]);
    story.returned(1);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(400));
    story.expect_effects(&["open frame", "close frame", "reload", "open frame"]);
    story.happens(CcpFact::Acknowledged);
    story.expect_effects(&["close frame"]);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    assert!(!story.phone.state.record.ends_there);
    // It is given more time from now on.
    assert_eq!(story.phone.state.record.late, Some(Span::millis(400)));
}

#[test]
fn a_window_that_came_back_in_vain_ends_on_the_instance_the_next_time() {
    fault("ccp-refused");
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    story.window_returns();
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(5));
    story.expect(Phase::SigningIn, None);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(2500));
    story.expect(Phase::Failed, Some("CCP_SILENT"));
    story.ask();
    let (url, _) = story.browser.window_url.clone().expect("a window");
    assert_eq!(url, SSO);
    story.signs_in();
    assert!(story.phone.state.record.ends_there);
}

#[test]
fn a_ccp_without_a_session_is_overtaken_by_a_sign_in_that_nobody_sees() {
    fault("record-stale");
    let mut story = Story::with_record(&[sso()], started(Span::secs(5)));
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(400));
    story.expect_effects(&["open frame"]);
    story.expect(Phase::Opening, None);
    story.frame_returns();
    story.expect_effects(&["close frame", "reload"]);
    story.signs_in();

    // One that is merely slow answers first, and gets more time from then on.
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(900));
    story.happens(CcpFact::Acknowledged);
    story.expect_effects(&["open frame", "close frame"]);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
    let mut story = Story::with_record(&[sso()], story.phone.state.record);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(1799));
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    story.expect_effects(&["open frame"]);
}

#[test]
fn a_sign_in_that_nobody_sees_is_shown_when_it_takes_long() {
    fault("record-stale");
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(2500));
    story.expect(Phase::SigningIn, None);
    story.expect_effects(&["open frame"]);
    story.browser.windows_open = true;
    story.advance(Span::secs(3));
    story.expect_effects(&["open window"]);
    story.window_returns();
    story.signs_in();
}

#[test]
fn where_a_window_signed_in_no_frame_overtakes_the_ccp() {
    let record = Record {
        way: Some(Way::Popup),
        ..started(Span::hours(2))
    };
    let mut story = Story::with_record(&[sso()], record);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(2499));
    story.expect_effects(&[]);
    story.advance(Span::millis(1));
    story.expect(Phase::SignInNeeded, None);
}

#[test]
fn the_way_is_where_the_return_page_stands_whatever_number_it_brings() {
    fault("idp-first-request");
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.advance(Span::secs(3));
    story.expect_effects(&["open frame", "open window"]);
    let first = Nonce::new([1; 16]); // The frame's, which the identity provider remembered.
    story.happens(SignInFact::Returned(first, Some(Way::Popup)));
    story.signs_in();
    assert_eq!(story.phone.state.record.way, Some(Way::Popup));
}

#[test]
fn a_window_that_closes_with_another_pages_number_has_signed_in_all_the_same() {
    fault("idp-first-request");
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    story.effects.clear();
    story.happens(SignInFact::Returned(Nonce::new([9; 16]), Some(Way::Popup)));
    story.expect_effects(&[]);
    story.happens(SignInFact::WindowClosed);
    story.expect_effects(&["reload"]);
    story.signs_in();
}
