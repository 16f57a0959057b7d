//! Faults during a call: nothing is reloaded or signed out automatically before it is over.

use super::*;
use crate::testing::test;

fn on_the_line(fields: &[(&str, HostValue)]) -> Story {
    let mut story = Story::ready(fields);
    story.contact(Contacts::Live);
    story
}

#[test]
fn a_ccp_that_dies_in_a_call_is_restarted_by_a_click_only() {
    fault("ccp-dies-in-call");
    let mut story = on_the_line(&[sso()]);
    story.browser.ccp_answers = false;
    story.advance(Span::secs(60));
    story.expect(Phase::Ready, Some("CCP_LOST"));
    assert!(!story.effects.contains(&"reload"), "{:?}", story.effects);
    assert_eq!(story.button(), Some("Restart the phone now"));
    story.happens(CcpFact::KeptAlive); // It was only busy.
    story.expect(Phase::Ready, None);

    story.advance(Span::secs(60));
    story.effects.clear();
    story.happens(PageFact::PromptClicked);
    story.expect(Phase::Opening, Some("CCP_LOST"));
    story.expect_effects(&["reload"]);
    story.signs_in();
}

#[test]
fn a_session_that_ends_in_a_call_is_begun_again_after_it() {
    fault("session-ends-in-call");
    let mut story = on_the_line(&[sso()]);
    story.happens(CcpFact::AuthFailed);
    story.advance(Span::millis(19_999));
    story.expect(Phase::Ready, None);
    story.advance(Span::millis(1));
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    let prompt = story.phone.prompt().expect("a prompt");
    assert!(
        !prompt.covers && prompt.text().contains("interrupts a call"),
        "{prompt:?}"
    );
    story.advance(Span::secs(600));
    story.expect_effects(&[]);
    story.contact(Contacts::WrapUp);
    story.expect_effects(&["open frame"]);
    story.expect(Phase::Expired, Some("SESSION_ENDED")); // Nobody is told before it has worked.
    story.frame_returns();
    story.expect_effects(&["close frame", "reload"]);
    story.signs_in();
}

#[test]
fn an_agent_whose_network_is_refused_signs_in_during_the_call_by_a_click() {
    fault("ip-refused-in-call");
    let mut story = on_the_line(&[sso()]);
    story.happens(CcpFact::SessionLost);
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.browser.windows_open = true;
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&["open window"]);
    // It stays at an error page, and the call is left alone.
    story.advance(Span::secs(120));
    story.expect_effects(&[]);
    assert!(story.phone.has_live_contact());
    story.happens(PageFact::PromptClicked);
    story.window_returns();
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.contact(Contacts::Live);
    story.agent("ada@example.com", "Busy");
    story.expect(Phase::Ready, Some("CALL_AUDIO_LOST"));
}

#[test]
fn a_session_that_ends_in_a_call_is_verified_after_it() {
    fault("session-over-in-call");
    let mut story = Story::ready(&[
        ("ssoLoginUrl", text(SSO)),
        session(&[("renew", HostValue::Bool(false))]),
    ]);
    story.advance(Span::millis(12 * 3_600_000 - 60_000));
    story.contact(Contacts::Live);
    story.advance(Span::secs(600));
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
    story.contact(Contacts::None);
    story.expect_effects(&["reload"]);
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(3));
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.expect_effects(&["open frame"]);
}

#[test]
fn an_idle_session_is_renewed_before_it_ends() {
    fault("session-over-idle");
    let mut story = Story::ready(&[sso()]);
    story.advance(Span::millis((12 * 3600 - 15 * 60) * 1000));
    assert_eq!(story.expiring.len(), 1);
    story.expect_effects(&["open frame"]);
    story.frame_returns();
    story.expect_effects(&["close frame", "reload"]);
    story.expect(Phase::Ready, None);
    story.signs_in();
    let lifetime = story.phone.status().session.expect("a session");
    assert_eq!(lifetime.ends, story.now + SESSION);
    story.advance(Span::hours(2));
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
}

#[test]
fn an_idle_session_that_cannot_be_renewed_expires() {
    fault("session-over-idle");
    let mut story = Story::ready(&[sso()]);
    story.advance(Span::millis(12 * 3_600_000 + 9_999));
    assert!(story.phone.status().session.is_some());
    story.advance(Span::millis(1));
    assert_eq!(story.phone.status().session, None);
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(3));
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    assert_eq!(story.button(), Some("Sign in again"));
}

#[test]
fn a_renewal_reloads_the_ccp_only_after_the_call() {
    let mut story = Story::ready(&[sso()]);
    story.advance(Span::millis((12 * 3600 - 15 * 60) * 1000));
    story.contact(Contacts::Live);
    story.effects.clear();
    story.frame_returns();
    story.expect_effects(&["close frame"]);
    story.contact(Contacts::WrapUp);
    story.expect_effects(&[]);
    story.contact(Contacts::None);
    story.expect_effects(&["reload"]);
}

#[test]
fn an_agent_missing_after_a_renewal_gets_until_the_end_of_the_call() {
    let mut story = Story::ready(&[sso()]);
    story.happens(TabsFact::SignedIn);
    story.advance(Span::millis((12 * 3600 - 15 * 60) * 1000));
    story.frame_returns();
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.contact(Contacts::Live);
    story.effects.clear();
    story.advance(Span::secs(60));
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
    story.contact(Contacts::None);
    story.expect(Phase::Opening, Some("AGENT_SILENT"));
    story.expect_effects(&["reload"]);
}

#[test]
fn nobody_is_signed_out_during_a_call() {
    fault("sign-out-in-call");
    let mut story = on_the_line(&[sso()]);
    story.sign_out(SignOutRequest::default());
    assert_eq!(story.sign_outs(), [Some("CONTACT_CONNECTED")]);
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
    // Also not out of one that comes while the agent goes Offline.
    story.contact(Contacts::None);
    story.sign_out(SignOutRequest {
        offline: true,
        idp: IdpSession::Stays,
    });
    story.contact(Contacts::Live);
    assert_eq!(story.sign_outs(), [Some("CONTACT_CONNECTED"); 2]);
    story.happens(SignOutFact::OfflineSet);
    story.expect_effects(&["set offline"]);
    story.expect(Phase::Ready, None);
}

#[test]
fn a_refused_command_begins_a_session_unseen_and_the_audio_is_not_kept_quiet() {
    fault("call-audio-lost");
    let mut story = on_the_line(&[sso()]);
    story.happens(CcpFact::CommandRefused);
    story.expect_effects(&["open frame"]);
    story.frame_returns();
    story.expect_effects(&["close frame"]); // The CCP with the call stays.
    story.expect(Phase::Ready, None);
    // It reloads itself all the same.
    story.happens(CcpFact::Loaded);
    story.expect(Phase::Ready, Some("CALL_AUDIO_LOST"));
    story.happens(CcpFact::Acknowledged);
    story.advance(Span::secs(30));
    story.expect(Phase::Ready, Some("CALL_AUDIO_LOST"));
    story.contact(Contacts::WrapUp);
    story.expect(Phase::Ready, None);
}

#[test]
fn a_ccp_that_left_during_a_call_and_comes_back_counts() {
    fault("call-audio-lost");
    let mut story = on_the_line(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.happens(CcpFact::SessionLost);
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.happens(CcpFact::Loaded);
    let prompt = story.phone.prompt().expect("a prompt");
    assert!(
        prompt.text().contains("get back to your call"),
        "{prompt:?}"
    );
    story.happens(CcpFact::Acknowledged);
    story.contact(Contacts::Live);
    story.agent("ada@example.com", "Busy");
    story.expect(Phase::Ready, Some("CALL_AUDIO_LOST"));
    story.contact(Contacts::None);
    story.expect(Phase::Ready, None);
}

#[test]
fn a_ccp_that_left_during_a_call_is_signed_in_again_by_itself() {
    let mut story = on_the_line(&[sso()]);
    story.happens(CcpFact::SessionLost);
    story.expect_effects(&[]);
    story.happens(CcpFact::Loaded); // Its login page: the call is not in it any more.
    story.expect_effects(&["open frame"]);
    story.frame_returns();
    story.expect_effects(&["close frame", "reload"]);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.contact(Contacts::None); // The call ended meanwhile.
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn a_ccp_that_answers_before_its_page_has_loaded_keeps_its_call() {
    let mut story = Story::new(&[sso()]);
    story.returned(1);
    story.happens(CcpFact::Acknowledged);
    story.contact(Contacts::Live);
    story.agent("ada@example.com", "Busy");
    story.happens(CcpFact::Loaded);
    story.expect(Phase::Ready, None);
}
