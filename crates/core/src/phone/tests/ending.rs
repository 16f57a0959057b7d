//! Sessions that end, and agents who are somebody else.

use super::*;
use crate::testing::test;

#[test]
fn auth_fail_followed_by_authorize_success_changes_nothing() {
    fault("auth-fail-then-success");
    fault("api-401-once");
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::AuthFailed);
    story.advance(Span::secs(4));
    story.happens(CcpFact::Authorized);
    story.advance(Span::secs(60));
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
}

#[test]
fn a_refused_session_expires_and_is_begun_again_by_a_click() {
    fault("api-401");
    fault("session-ends");
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::AuthFailed);
    story.advance(Span::secs(5));
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    assert_eq!(story.browser.stored.started, None);
    assert_eq!(story.browser.stored.way, Some(Way::Frame));
    assert_eq!(story.button(), Some("Sign in again"));
    story.happens(CcpFact::Acknowledged); // The last words of the old CCP.
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.browser.windows_open = true;
    story.ask();
    story.returned(2);
    story.happens(CcpFact::Acknowledged);
    story.expect(Phase::SigningIn, None);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn a_sign_out_opens_no_window() {
    fault("session-ended-elsewhere");
    let mut story = Story::ready(&[sso()]);
    story.browser.windows_open = true;
    story.happens(CcpFact::Terminated);
    story.expect(Phase::SignedOut, None);
    story.advance(Span::hours(1));
    story.expect_effects(&[]);
    assert!(!story.browser.stored.may_be_alive(story.now, SESSION));
    story.ask();
    story.expect_effects(&["open window"]);
}

#[test]
fn the_end_of_the_session_is_announced_once() {
    let mut story = Story::ready(&[sso()]);
    story.advance(Span::millis((12 * 3600 - 15 * 60) * 1000 - 1));
    assert_eq!(story.expiring.len(), 0);
    story.advance(Span::millis(1));
    assert_eq!(story.expiring.len(), 1);
    story.advance(Span::hours(1));
    assert_eq!(story.expiring.len(), 1);
}

#[test]
fn another_agent_gets_no_phone() {
    fault("next-agent");
    let mut story = Story::new(&[sso(), ("expectedUser", text("Ada@example.com"))]);
    story.returned(1);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available"); // The case differs.
    story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));
    assert_eq!(story.phone.agent(), None);
    assert!(story.phone.prompt().expect("a prompt").covers);
    story.expect_effects(&["open frame", "close frame", "reload", "unload"]);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));
    story.browser.windows_open = true;
    story.ask();
    story.returned(2);
    story.happens(CcpFact::Acknowledged);
    story.agent("Ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

/// A phone whose configuration says where the identity provider signs out.
fn signs_out_of_the_provider(expected: &str) -> Story {
    let out = text("https://acme.okta.com/login/signout");
    Story::ready(&[
        sso(),
        ("expectedUser", text(expected)),
        ("idpLogoutUrl", out),
    ])
}

const BOTH: [&str; 2] = ["log out of the identity provider", "log out"];

#[test]
fn the_prompt_signs_another_agent_out_of_the_identity_provider_too() {
    let mut story = signs_out_of_the_provider("ada@example.com");
    // The host's own word holds for its own call.
    story.sign_out(SignOutRequest {
        offline: false,
        idp: IdpSession::Stays,
    });
    story.expect_effects(&["log out"]);
    story.advance(Span::secs(20));
    story.expect(Phase::SignedOut, None);
    story.browser.windows_open = true;
    story.ask();
    story.window_returns();
    story.happens(CcpFact::Acknowledged);
    story.agent("grace@example.com", "Available");
    story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));
    assert_eq!(story.button(), Some("Sign out"));
    story.effects.clear();
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&BOTH);
}

#[test]
fn a_sign_out_that_failed_is_tried_again_as_it_was_asked_for() {
    for (idp, orders) in [
        (IdpSession::Stays, &BOTH[1..]),
        (IdpSession::AsConfigured, &BOTH[..]),
    ] {
        let mut story = signs_out_of_the_provider("ada@example.com");
        let order = SignOutRequest {
            offline: false,
            idp,
        };
        story.sign_out(order);
        story.expect_effects(orders);
        story.happens(SignOutFact::LoggedOut);
        story.happens(CcpFact::Acknowledged);
        story.expect(Phase::Failed, Some("SIGN_OUT_FAILED"));
        story.effects.clear();
        story.happens(PageFact::PromptClicked);
        story.expect_effects(orders);
    }
}

#[test]
fn an_agent_already_signed_out_only_leaves_the_identity_provider_and_only_once() {
    let mut story = signs_out_of_the_provider("ada@example.com");
    story.happens(CcpFact::Terminated); // In Amazon's panel.
    story.expect(Phase::SignedOut, None);
    story.sign_out(SignOutRequest::default());
    story.expect_effects(&BOTH[..1]);
    story.sign_out(SignOutRequest::default());
    story.expect_effects(&[]);
    let explicit = SignOutRequest {
        offline: false,
        idp: IdpSession::EndsAt(Private::new("https://acme.okta.com/out".to_owned())),
    };
    story.sign_out(explicit);
    story.expect_effects(&BOTH[..1]);
    assert_eq!(story.sign_outs(), [None; 3]);
    story.expect(Phase::SignedOut, None);
    // Signed in again, there is something to leave again.
    story.browser.windows_open = true;
    story.ask();
    story.window_returns();
    story.signs_in();
    story.happens(CcpFact::Terminated);
    story.effects.clear();
    story.sign_out(SignOutRequest::default());
    story.expect_effects(&BOTH[..1]);
}

#[test]
fn another_agent_in_a_ready_phone_ends_it() {
    let mut story = Story::ready(&[sso(), ("expectedUser", text("ada@example.com"))]);
    story.agent("grace@example.com", "Available");
    story.expect(Phase::Failed, Some("IDENTITY_MISMATCH"));
    assert_eq!(story.phone.agent(), None);
}

#[test]
fn a_session_that_streams_gives_up_is_expired_at_once() {
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::SessionLost);
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    assert_eq!(story.phone.agent(), None);
    // Perhaps in the middle of a call: the panel stays in sight.
    assert!(!story.phone.prompt().expect("a prompt").covers);
    story.agent("ada@example.com", "Available"); // The old CCP's last words.
    assert_eq!(story.phone.agent(), None);
}

#[test]
fn a_session_refused_before_the_agent_arrives_is_begun_again() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(CcpFact::Acknowledged);
    story.happens(CcpFact::AuthFailed);
    story.expect_effects(&["open frame"]);
    story.returned(1);
    story.happens(CcpFact::Acknowledged);
    story.agent("ada@example.com", "Available");
    story.expect(Phase::Ready, None);
}

#[test]
fn repeated_refusals_do_not_postpone_the_end() {
    let mut story = Story::ready(&[sso()]);
    for _ in 0..5 {
        story.happens(CcpFact::AuthFailed);
        story.advance(Span::secs(1));
    }
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
}

#[test]
fn signing_out_goes_offline_logs_out_and_verifies() {
    fault("signed-out");
    let mut story = Story::ready(&[sso()]);
    story.browser.windows_open = true;
    story.sign_out(SignOutRequest {
        offline: true,
        idp: IdpSession::EndsAt(Private::new(
            "https://acme.okta.com/login/signout".to_owned(),
        )),
    });
    story.expect_effects(&["log out of the identity provider", "set offline"]);
    story.happens(SignOutFact::OfflineSet);
    story.expect_effects(&["log out"]);
    story.happens(SignOutFact::LoggedOut);
    story.expect_effects(&["reload"]);
    story.happens(CcpFact::Loaded);
    story.advance(Span::millis(2499));
    assert_eq!(story.sign_outs(), []);
    story.advance(Span::millis(1));
    story.expect(Phase::SignedOut, None);
    story.expect_effects(&["unload"]);
    assert_eq!(story.sign_outs(), [None]);
    story.advance(Span::hours(12));
    story.expect_effects(&[]);
    assert!(!story.browser.stored.may_be_alive(story.now, SESSION));
    story.happens(PageFact::PromptClicked);
    story.window_returns();
    story.signs_in();
}

#[test]
fn steps_of_signing_out_that_never_end_are_given_up() {
    let mut story = Story::ready(&[sso()]);
    story.sign_out(SignOutRequest {
        offline: true,
        idp: IdpSession::AsConfigured,
    });
    story.advance(Span::secs(3));
    story.expect_effects(&["set offline", "log out"]);
    story.advance(Span::secs(5));
    story.expect_effects(&["reload"]);
    story.advance(Span::secs(10));
    story.expect_effects(&["unload"]);
    story.expect(Phase::SignedOut, None);
    assert_eq!(story.sign_outs(), [None]);
}

#[test]
fn a_ccp_that_still_answers_was_not_signed_out() {
    fault("logout-fails");
    let mut story = Story::ready(&[sso()]);
    story.sign_out(SignOutRequest::default());
    story.happens(SignOutFact::LoggedOut);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.expect(Phase::Failed, Some("SIGN_OUT_FAILED"));
    assert_eq!(story.sign_outs(), [Some("SIGN_OUT_FAILED")]);
    assert_eq!(story.button(), Some("Sign out"));
    assert!(story.phone.prompt().expect("a prompt").covers);
    story.advance(Span::hours(1));
    story.expect(Phase::Failed, Some("SIGN_OUT_FAILED"));
    story.effects.clear();
    story.happens(PageFact::PromptClicked);
    story.happens(SignOutFact::LoggedOut);
    story.expect_effects(&["log out", "reload"]);
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(3));
    story.expect(Phase::SignedOut, None);
}

#[test]
fn a_refusal_after_which_the_ccp_connects_again_changes_nothing() {
    // AUTH_FAIL with `authorize: true`: the CCP reloads itself (Streams 2.28.2).
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::AuthFailed);
    story.advance(Span::secs(2));
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.advance(Span::secs(60));
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
}

#[test]
fn an_agent_signed_out_elsewhere_before_they_arrive_is_signed_out() {
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(CcpFact::Terminated); // Of whom, it cannot be known.
    story.expect(Phase::Opening, None);
    story.happens(CcpFact::Acknowledged);
    story.happens(CcpFact::Terminated);
    story.expect(Phase::SignedOut, None);

    let mut story = Story::new(&[sso()]);
    story.frame_returns();
    story.happens(CcpFact::Acknowledged);
    story.happens(CcpFact::Terminated); // Of the session before.
    story.expect(Phase::SigningIn, None);
}

#[test]
fn what_connect_refuses_while_the_agent_signs_out_does_not_matter() {
    let signing_out = || {
        let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
        story.happens(CcpFact::Acknowledged);
        story.sign_out(SignOutRequest::default());
        story.expect_effects(&["log out"]);
        story
    };
    for (refusal, orders) in [
        (CcpFact::AuthFailed, &[][..]),
        (CcpFact::AccessDenied, &[]),
        (CcpFact::StreamsGaveUp, &[]),
        // Connect has logged the agent out: that is what this step waits for.
        (CcpFact::Terminated, &["reload"]),
    ] {
        let mut story = signing_out();
        story.happens(refusal);
        story.expect(Phase::Opening, None);
        story.expect_effects(orders);
        story.happens(SignOutFact::LoggedOut);
        story.advance(Span::secs(10));
        story.expect(Phase::SignedOut, None);
        assert_eq!(story.sign_outs(), [None]);
    }
}
