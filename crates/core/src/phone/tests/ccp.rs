//! A CCP that does not answer, or answers too much.

use super::*;
use crate::testing::test;

#[test]
fn a_ccp_silent_after_the_frame_tries_the_window_and_then_says_so() {
    fault("relay-other-instance");
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.returned(1);
    story.advance(Span::secs(15));
    story.expect_effects(&["open frame", "close frame", "reload", "open window"]);
    story.returned(2);
    story.advance(Span::secs(15));
    story.expect(Phase::Failed, Some("CCP_SILENT"));
    assert_eq!(story.button(), Some("Try again"));
    // It answers after all: that is what counts.
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn an_agent_that_does_not_arrive_is_reported() {
    fault("agent-data-missing");
    let mut story = Story::new(&[sso()]);
    story.returned(1);
    story.happens(CcpFact::Acknowledged);
    story.advance(Span::secs(15));
    story.expect(Phase::Failed, Some("AGENT_SILENT"));
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn the_keepalive_and_a_second_agent_change_nothing() {
    let mut story = Story::ready(&[sso()]);
    let before = story.phone.timeline().entries().count();
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.happens(CcpFact::Loaded);
    story.expect_effects(&[]);
    story.expect(Phase::Ready, None);
    // The load, and where the audio is: a CCP that connects anew has lost it.
    assert_eq!(story.phone.timeline().entries().count(), before + 2);
}

#[test]
fn the_old_ccps_last_answers_do_not_count_for_the_new_one() {
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::AuthFailed);
    story.advance(Span::secs(5));
    story.browser.windows_open = true;
    story.ask();
    story.returned(2);
    story.happens(CcpFact::KeptAlive); // The old page, until the new one replaces it.
    story.expect(Phase::SigningIn, None);
    story.advance(Span::secs(3));
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::KeptAlive); // The new one, should its first answer have been missed.
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn a_ccp_that_loads_slowly_gets_its_time() {
    fault("ccp-slow");
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.advance(Span::secs(10));
    story.expect(Phase::Opening, None);
    story.expect_effects(&[]);
    story.signs_in();
}

#[test]
fn a_ccp_that_stops_answering_is_reloaded() {
    fault("ccp-dies");
    fault("ccp-goes-blank");
    fault("worker-killed");
    let mut story = Story::ready(&[sso()]);
    story.browser.ccp_answers = false;
    story.advance(Span::millis(19_999));
    story.expect(Phase::Ready, None);
    story.expect_effects(&["probe", "probe"]);
    story.advance(Span::millis(1));
    story.expect(Phase::Opening, Some("CCP_LOST"));
    story.expect_effects(&["reload"]);
    assert_eq!(story.phone.agent(), None);
    story.signs_in();
}

#[test]
fn a_ccp_that_stays_dead_is_rebuilt_and_then_signed_in() {
    fault("ccp-stays-dead");
    let mut story = Story::ready(&[sso()]);
    story.browser.ccp_answers = false;
    story.advance(Span::secs(20));
    story.expect_effects(&["probe", "probe", "reload"]);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(2500));
    story.expect(Phase::Opening, Some("CCP_LOST"));
    story.expect_effects(&["rebuild"]);
    story.advance(Span::secs(15));
    story.expect(Phase::SigningIn, None);
    story.expect_effects(&["open frame"]);
    story.browser.windows_open = true;
    story.frame_returns();
    story.advance(Span::secs(15));
    story.window_returns();
    story.advance(Span::secs(15));
    story.expect(Phase::Failed, Some("CCP_SILENT"));
    story.signs_in();
}

#[test]
fn for_a_refused_agent_retries_come_every_minute_for_a_quarter_of_an_hour() {
    fault("api-403");
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::AccessDenied);
    story.expect(Phase::Failed, Some("ACCESS_DENIED"));
    assert_eq!(story.button(), Some("Try again"));
    story.advance(Span::secs(60));
    let reloads = story
        .effects
        .iter()
        .filter(|order| **order == "reload")
        .count();
    assert!((1..=2).contains(&reloads), "{reloads} in a minute");
    story.advance(Span::hours(12));
    let reloads = story
        .effects
        .iter()
        .filter(|order| **order == "reload")
        .count();
    assert_eq!(reloads, 20);
    story.signs_in();
}

#[test]
fn a_refusal_counts_only_from_a_ccp_that_answers() {
    let mut story = Story::new(&[sso()]);
    story.effects.clear();
    story.happens(CcpFact::AccessDenied);
    story.happens(CcpFact::AuthFailed);
    story.happens(CcpFact::StreamsGaveUp); // Not ours to wait for.
    story.expect(Phase::SigningIn, None);
    story.expect_effects(&[]);
    // In a call it is only told: the line may still stand.
    let mut story = Story::ready(&[sso()]);
    story.contact(Contacts::Live);
    story.happens(CcpFact::AccessDenied);
    story.expect(Phase::Ready, None);
    assert_eq!(story.diagnostics.len(), 1);
}

#[test]
fn streams_that_stops_trying_is_not_believed_while_the_ccp_answers() {
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["streams"])])]);
    story.signs_in();
    story.happens(CcpFact::StreamsGaveUp);
    story.expect(Phase::Ready, None);
}

#[test]
fn the_timeline_tells_when_contacts_begin_and_end() {
    let mut story = Story::ready(&[sso()]);
    for load in [
        Contacts::WrapUp,
        Contacts::Live,
        Contacts::Live,
        Contacts::WrapUp,
        Contacts::None,
        Contacts::Live,
        Contacts::None,
    ] {
        story.contact(load);
    }
    let entries = story.phone.timeline().entries();
    let contacts = entries.filter_map(|entry| {
        if let TimelineEvent::Contact { live } = entry.what {
            Some(live)
        } else {
            None
        }
    });
    assert_eq!(contacts.collect::<Vec<_>>(), [true, false, true, false]);
}

#[test]
fn a_silence_after_sign_in_has_its_likely_causes_in_the_order_of_the_evidence() {
    let frame_only = || sign_in(&[ways(&["frame"])]);
    let first_cause = |mut story: Story| {
        story.advance(Span::secs(16));
        story.advance(Span::secs(10)); // Amazon's page for the cookies is not there.
        story.expect(Phase::Failed, Some("CCP_SILENT"));
        let error = story.phone.status().error.clone().expect("an error");
        let remedy = error.remedy();
        let causes = remedy.split_once("Likeliest first: ").expect("causes").1;
        causes.split(';').next().expect("one").to_owned()
    };

    let mut story = Story::new(&[sso(), frame_only()]);
    story.frame_returns();
    assert_eq!(first_cause(story), "the network or a proxy");

    let mut story = Story::new(&[sso(), frame_only()]);
    story.frame_returns();
    story.happens(CcpFact::Loaded);
    let cause = "the sign-in was for another instance (relay state)";
    assert_eq!(first_cause(story), cause);

    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.browser.windows_open = true;
    story.ask();
    story.window_returns();
    story.happens(CcpFact::Loaded);
    let cause = "the browser blocks third-party cookies";
    assert_eq!(first_cause(story), cause);

    let back = |start: &mut Start| start.returned = true;
    let fields = [sso(), sign_in(&[ways(&["redirect"])])];
    let mut story = Story::begun(&fields, Record::default(), back);
    story.happens(CcpFact::Loaded);
    assert_eq!(first_cause(story), cause);

    // Without a number nobody knows whether the page's origin is approved.
    let bare = ("ssoLoginUrl", text(SSO_WITHOUT_RELAY));
    let mut story = Story::new(&[bare, frame_only()]);
    story.happens(SignInFact::FrameAcknowledged);
    story.happens(CcpFact::Loaded);
    let cause = "this page's origin is not among the instance's approved origins";
    assert_eq!(first_cause(story), cause);

    // The phone was there an hour ago.
    let mut story = Story::ready(&[sso(), frame_only()]);
    story.advance(Span::hours(1));
    story.happens(CcpFact::SessionLost);
    story.ask();
    story.frame_returns();
    story.happens(CcpFact::Loaded);
    assert_eq!(first_cause(story), "Amazon Connect has an outage");
}

#[test]
fn what_a_ccp_tells_before_it_answers_does_not_count() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    // The last words of the page before.
    story.contact(Contacts::Live);
    assert!(!story.phone.has_live_contact());
    story.happens(CcpFact::AuthFailed);
    story.happens(CcpFact::Loaded);
    story.contact(Contacts::Live);
    story.happens(CcpFact::AuthFailed);
    assert!(!story.phone.has_live_contact());
    story.expect_effects(&[]);
    story.expect(Phase::Opening, None);
}

#[test]
fn contacts_that_stay_as_they_are_start_nothing() {
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::SessionLost);
    story.advance(Span::secs(10)); // The frame that was tried at once is given up.
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.effects.clear();
    for _ in 0..3 {
        story.contact(Contacts::None);
    }
    story.expect_effects(&[]);
}

#[test]
fn each_loss_of_the_ccp_begins_with_a_reload() {
    let mut story = Story::ready(&[sso()]);
    for _ in 0..3 {
        story.browser.ccp_answers = false;
        story.advance(Span::secs(20));
        story.expect(Phase::Opening, Some("CCP_LOST"));
        story.expect_effects(&["probe", "probe", "reload"]);
        story.browser.ccp_answers = true;
        story.signs_in();
        story.expect_effects(&[]);
    }
}

#[test]
fn no_contact_begins_in_a_ccp_whose_session_is_over() {
    fault("session-over-in-call");
    let mut story = Story::ready(&[sso()]);
    story.contact(Contacts::Live);
    story.happens(CcpFact::SessionLost);
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.contact(Contacts::None);
    let before = story.phone.timeline().entries().count();
    story.contact(Contacts::Live);
    assert_eq!(story.phone.timeline().entries().count(), before);
}

#[test]
fn a_refusal_before_signing_out_does_not_interrupt_it() {
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::AuthFailed);
    let ticket = story.sign_out(SignOutRequest::default());
    story.advance(Span::secs(5));
    assert_eq!(story.settlement(ticket), None);
    story.expect(Phase::Ready, None);
    story.happens(CcpFact::Terminated);
    story.advance(Span::secs(60));
    story.expect(Phase::SignedOut, None);
    story.expect_settled(ticket, None);
}

#[test]
fn a_ccp_that_has_answered_is_left_alone_when_the_network_is_back() {
    fault("network-offline");
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(CcpFact::Acknowledged);
    story.expect(Phase::Opening, None);
    story.happens(Condition::Offline);
    story.happens(Condition::Online);
    story.expect_effects(&[]); // Reloading it would only delay the agent's data.
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn a_session_that_ends_right_after_sign_in_is_begun_again_at_once() {
    let mut story = Story::new(&[sso()]);
    story.advance(Span::millis(500));
    story.returned(1);
    story.signs_in();
    story.advance(Span::secs(2));
    // The page moves the phone, and the new CCP finds no session.
    story.happens(PageFact::ContainerEmptied);
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(1));
    assert!(story.browser.frame, "{:?}", story.phone);
}
