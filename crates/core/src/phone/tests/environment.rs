//! The page, the network, the computer and the other tabs around a softphone.

use super::*;
use crate::error::{Blocked, Policy};
use crate::microphone::{Fact, Failure, Permission};
use crate::testing::test;

#[test]
fn a_container_takes_the_phone_along_and_brings_it_back() {
    fault("container-removed");
    let mut story = Story::ready(&[sso()]);
    story.happens(PageFact::ContainerRemoved);
    story.expect(Phase::Failed, Some("CONTAINER_REMOVED"));
    assert_eq!(story.phone.agent(), None);
    story.happens(CcpFact::KeptAlive); // Last words.
    story.agent("ada@example.com", "Available");
    story.advance(Span::hours(1));
    story.ask();
    story.expect(Phase::Failed, Some("CONTAINER_REMOVED"));
    story.expect_effects(&[]);
    story.happens(PageFact::ContainerBack);
    story.expect(Phase::Opening, None);
    story.expect_effects(&["rebuild"]);
    story.signs_in();
}

#[test]
fn removing_the_container_settles_a_sign_out_under_way() {
    let mut story = Story::ready(&[sso()]);
    story.sign_out(SignOutRequest::default());
    story.happens(PageFact::ContainerRemoved);
    assert_eq!(story.sign_outs(), [Some("CONTAINER_REMOVED")]);
    story.happens(SignOutFact::LoggedOut);
    story.sign_out(SignOutRequest::default());
    assert_eq!(story.sign_outs(), [Some("CONTAINER_REMOVED"); 2]);
    story.expect(Phase::Failed, Some("CONTAINER_REMOVED"));
}

#[test]
fn a_container_that_is_moved_opens_the_phone_again() {
    fault("container-moved");
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::Detached);
    story.expect(Phase::Opening, None);
    story.expect_effects(&["rebuild"]);
    assert_eq!(story.phone.agent(), None);
    story.signs_in();
}

#[test]
fn what_the_page_takes_out_of_the_container_is_put_back() {
    fault("container-emptied");
    let mut story = Story::ready(&[sso()]);
    story.happens(PageFact::ContainerEmptied);
    story.expect(Phase::Opening, Some("CONTAINER_REMOVED"));
    assert_eq!(story.phone.agent(), None);
    story.expect_effects(&["rebuild"]);
    assert!(!story.browser.emptied);
    story.signs_in();

    // Nobody is signed in by it.
    story.happens(CcpFact::Terminated);
    story.happens(PageFact::ContainerEmptied);
    assert!(!story.browser.emptied);
    story.expect(Phase::SignedOut, None);
    story.expect_effects(&[]);
}

#[test]
fn a_page_that_keeps_emptying_the_container_is_not_fought() {
    let mut story = Story::ready(&[sso()]);
    for _ in 0..8 {
        story.happens(PageFact::ContainerEmptied);
        story.expect_effects(&["rebuild"]);
    }
    story.happens(PageFact::ContainerEmptied);
    story.expect(Phase::Failed, Some("CONTAINER_REMOVED"));
    story.expect_effects(&[]);
    story.advance(Span::secs(9));
    story.expect(Phase::Opening, Some("CONTAINER_REMOVED"));
    story.expect_effects(&["rebuild"]);
    story.happens(PageFact::ContainerEmptied);
    story.expect(Phase::Failed, Some("CONTAINER_REMOVED"));
    // It has stopped doing so; the host asks.
    story.ask();
    story.expect_effects(&["rebuild"]);
    story.signs_in();
    // Once in a while is no habit.
    for _ in 0..9 {
        story.advance(Span::secs(61));
        story.happens(PageFact::ContainerEmptied);
        story.signs_in();
    }
}

#[test]
fn an_agent_whose_call_went_with_the_container_is_told() {
    fault("container-emptied-in-call");
    let gone: [&[PageFact]; 2] = [
        &[PageFact::ContainerEmptied],
        &[PageFact::ContainerRemoved, PageFact::ContainerBack],
    ];
    for facts in gone {
        let mut story = Story::ready(&[sso()]);
        story.contact(Contacts::Live);
        for fact in facts {
            story.happens(fact.clone());
        }
        story.expect(Phase::Opening, Some("CALL_AUDIO_LOST"));
        story.signs_in();
    }
    let mut story = Story::ready(&[sso()]);
    story.contact(Contacts::Live);
    story.happens(CcpFact::Detached);
    story.expect(Phase::Opening, Some("CALL_AUDIO_LOST"));
}

#[test]
fn a_phone_without_its_container_opens_once_that_is_there() {
    fault("container-removed-while-loading");
    let mut story = Story::begun(&[sso()], Record::default(), |start| start.present = false);
    story.expect(Phase::Failed, Some("CONTAINER_REMOVED"));
    story.advance(Span::hours(1));
    story.expect_effects(&[]);
    story.happens(PageFact::ContainerBack);
    story.expect(Phase::Opening, None);
    story.expect_effects(&["rebuild"]);
    story.signs_in();
}

fn blocked(origin: &str) -> PageFact {
    PageFact::FrameBlocked(Blocked {
        origin: origin.to_owned(),
        policy: Policy::Content,
    })
}

#[test]
fn a_page_that_blocks_the_ccp_is_told_before_a_window_opens() {
    fault("ccp-blocked-by-page");
    fault("ccp-blocked-by-embedder-policy");
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.happens(blocked("https://ads.example"));
    story.expect(Phase::SigningIn, None);
    story.happens(blocked("https://acme.my.connect.aws"));
    story.happens(CcpFact::Loaded); // The browser's own page.
    story.expect(Phase::Failed, Some("FRAME_BLOCKED"));
    story.expect_effects(&["open frame", "close frame"]);
    let error = story.phone.status().error.expect("an error");
    let remedy = error.remedy();
    assert!(
        remedy.contains("add https://acme.my.connect.aws to frame-src"),
        "{remedy}"
    );
    story.advance(Span::hours(1));
    story.expect_effects(&[]);
    story.ask();
    story.expect_effects(&["rebuild"]);
    story.signs_in();
    // A CCP that answers is not blocked.
    story.happens(blocked("https://acme.my.connect.aws"));
    story.expect(Phase::Ready, None);
}

#[test]
fn a_page_that_blocks_the_sign_in_frame_signs_in_by_the_next_way_soon() {
    fault("sign-in-blocked-by-page");
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.effects.clear();
    story.happens(blocked("https://acme.okta.com"));
    story.expect_effects(&["close frame"]);
    story.advance(Span::secs(1)); // The CCP might be blocked, too.
    story.expect_effects(&["open window"]);
    let told = story.diagnostics.join(" ");
    assert!(
        told.contains("add https://acme.okta.com to frame-src"),
        "{told}"
    );
    story.window_returns();
    story.signs_in();
    // The frame is not tried again on this page, for a renewal neither.
    story.effects.clear();
    story.advance(Span::hours(11));
    story.happens(CcpFact::SessionLost);
    story.advance(Span::hours(1));
    assert!(
        !story.effects.contains(&"open frame"),
        "{:?}",
        story.effects
    );
    assert_eq!(story.diagnostics.len(), 1);

    // Without another way it is the failure.
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["frame"])])]);
    story.happens(blocked("https://us-east-1.signin.aws.amazon.com"));
    story.expect(Phase::Failed, Some("FRAME_BLOCKED"));
    story.effects.clear();
    story.advance(Span::hours(1));
    story.expect_effects(&[]);
    // Whoever asks has it tried again.
    story.ask();
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(3));
    story.expect_effects(&["rebuild", "open frame"]);
    story.frame_returns();
    story.signs_in();

    // What is not known to be on the way counts once the frame has not come back.
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["frame"])])]);
    story.happens(blocked("https://mfa.example"));
    story.expect(Phase::SigningIn, None);
    story.advance(Span::secs(10));
    story.expect(Phase::Failed, Some("FRAME_BLOCKED"));
}

#[test]
fn another_tabs_sign_in_is_used() {
    fault("return-in-another-tab");
    let mut story = Story::new(&[sso()]);
    story.effects.clear();
    story.happens(TabsFact::SignedIn);
    story.expect(Phase::Opening, None);
    story.expect_effects(&["close frame", "reload"]);
    story.signs_in();
    let session = story.phone.status().session.expect("a known session");
    assert_eq!(session.started, story.now);
}

#[test]
fn another_tabs_sign_in_disturbs_nobody_who_has_a_session() {
    let mut story = Story::new(&[sso()]);
    story.happens(CcpFact::Acknowledged);
    story.contact(Contacts::Live);
    story.effects.clear();
    story.happens(TabsFact::SignedIn);
    story.expect_effects(&[]);
    story.agent("ada@example.com", "Available");
    story.happens(TabsFact::SignedIn);
    story.expect_effects(&[]);
    story.expect(Phase::Ready, None);
}

#[test]
fn nine_tabs_wait_for_the_one_that_holds_the_lock() {
    let mut first = Story::new(&[sso()]);
    let mut others: Vec<Story> = (0..9).map(|_| Story::in_another_tab(&[sso()])).collect();
    let opened = |tab: &Story| {
        let mut effects = tab.effects.iter();
        effects.any(|order| matches!(*order, "open frame" | "open window"))
    };
    for tab in &mut others {
        tab.expect(Phase::SigningIn, None);
        tab.advance(Span::secs(3));
        tab.expect(Phase::SignInNeeded, None); // A click may take the lock.
        assert!(!opened(tab));
    }
    first.advance(Span::secs(2));
    first.frame_returns();
    first.signs_in();
    for tab in &mut others {
        tab.happens(TabsFact::SignedIn);
        tab.signs_in();
        assert!(!opened(tab));
    }
}

#[test]
fn a_lock_granted_after_another_tabs_sign_in_opens_nothing() {
    let mut story = Story::in_another_tab(&[sso()]);
    story.expect_effects(&["request the lock"]);
    story.advance(Span::secs(1));
    story.happens(TabsFact::LockGranted(Record {
        started: Some(story.now),
        way: Some(Way::Frame),
        ..Record::default()
    }));
    story.expect_effects(&["reload", "release the lock"]);
    story.expect(Phase::Opening, None);
    story.signs_in();
    // One that nobody asks for any more is given back.
    story.happens(TabsFact::LockGranted(Record::default()));
    story.expect_effects(&["release the lock"]);
}

#[test]
fn a_click_in_another_tab_takes_the_lock_from_this_one() {
    let mut story = Story::new(&[sso()]);
    story.browser.windows_open = true;
    story.ask();
    story.effects.clear();
    story.browser.locks_granted = false;
    story.happens(TabsFact::LockStolen);
    story.expect_effects(&["close frame", "close window", "request the lock"]);
    story.advance(Span::secs(5));
    story.expect(Phase::SignInNeeded, None); // And may take it back.
    story.ask();
    story.expect_effects(&["steal the lock", "open window"]);
}

#[test]
fn a_lost_network_is_reported_and_what_waited_for_it_goes_on() {
    fault("network-offline");
    let mut story = Story::ready(&[sso()]);
    story.happens(Condition::Offline);
    story.expect(Phase::Ready, Some("NETWORK_OFFLINE"));
    story.happens(Condition::Online);
    story.expect(Phase::Ready, None);

    let mut story = Story::begun(&[sso()], started(Span::hours(1)), |start| {
        start.online = false;
    });
    story.advance(Span::hours(1));
    story.expect(Phase::Opening, Some("NETWORK_OFFLINE"));
    story.expect_effects(&[]);
    story.happens(Condition::Online);
    story.expect_effects(&["reload"]);
    story.signs_in();
}

#[test]
fn a_redirect_waits_until_the_network_is_back() {
    fault("network-offline");
    let redirect = sign_in(&[ways(&["redirect"])]);
    let mut story = Story::with_record(&[sso(), redirect], started(Span::hours(1)));
    story.happens(CcpFact::Acknowledged);
    story.happens(Condition::Offline);
    story.happens(CcpFact::AuthFailed);
    story.ask();
    story.advance(Span::secs(60));
    story.expect(Phase::Opening, Some("NETWORK_OFFLINE"));
    story.expect_effects(&[]);
    story.happens(Condition::Online);
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(3));
    story.expect_effects(&["reload", "redirect"]);
}

#[test]
fn an_hour_asleep_is_no_failure() {
    fault("computer-asleep");
    let mut story = Story::ready(&[sso()]);
    story.browser.ccp_answers = false;
    story.now = story.now + Span::hours(1);
    story.happens(Input::Tick);
    story.expect_effects(&["probe"]); // It did not run either: it is asked again.
    story.expect(Phase::Ready, None);
    story.happens(CcpFact::KeptAlive);
    story.advance(Span::secs(9));
    story.expect_effects(&[]);

    let mut story = Story::ready(&[sso()]);
    story.browser.ccp_answers = false;
    story.now = story.now + Span::hours(1);
    story.happens(Input::Tick);
    story.advance(Span::secs(10));
    story.expect(Phase::Opening, Some("CCP_LOST"));
}

#[test]
fn a_lost_websocket_is_reported_once_it_stays_lost() {
    fault("websocket-lost");
    let mut story = Story::ready(&[sso()]);
    story.happens(Condition::SocketLost);
    story.advance(Span::millis(2999));
    story.happens(Condition::SocketLost);
    story.expect(Phase::Ready, None);
    story.advance(Span::millis(1));
    story.expect(Phase::Ready, Some("CONNECTION_LOST"));
    story.happens(Condition::SocketRestored);
    story.expect(Phase::Ready, None);
    story.happens(Condition::SocketLost);
    story.advance(Span::secs(1));
    story.happens(Condition::SocketRestored);
    story.advance(Span::secs(60));
    story.expect(Phase::Ready, None);
}

#[test]
fn a_microphone_error_is_reported_while_it_lasts() {
    fault("microphone-denied");
    fault("microphone-dismissed");
    fault("microphone-missing");
    fault("microphone-busy");
    fault("microphone-lost");
    let checked = |permission, present| Fact::Checked {
        permission: Some(permission),
        present: Some(present),
    };
    let busy = Failure {
        name: "NotReadableError".to_owned(),
        permission: Some(Permission::Granted),
    };
    let mut story = Story::ready(&[sso()]);
    for (facts, code) in [
        (vec![checked(Permission::Denied, true)], "MICROPHONE_DENIED"),
        // The CCP could not open it, and the agent has not answered the browser.
        (
            vec![Fact::Refused, checked(Permission::Prompt, true)],
            "MICROPHONE_DISMISSED",
        ),
        (
            vec![checked(Permission::Granted, false)],
            "MICROPHONE_MISSING",
        ),
        (vec![Fact::NotOpened(busy)], "MICROPHONE_BUSY"),
    ] {
        for fact in facts {
            story.happens(fact);
        }
        story.expect(Phase::Ready, Some(code));
        assert_eq!(story.button(), None);
        assert!(!story.phone.prompt().expect("a sentence").covers);
    }
    story.contact(Contacts::Live);
    story.happens(checked(Permission::Granted, false));
    story.expect(Phase::Ready, Some("MICROPHONE_LOST"));
    // Worse things come first.
    story.happens(Condition::Offline);
    story.expect(Phase::Ready, Some("NETWORK_OFFLINE"));
    story.happens(Condition::Online);
    story.expect(Phase::Ready, Some("MICROPHONE_LOST"));
    story.happens(checked(Permission::Granted, true));
    story.expect(Phase::Ready, None);
}

#[test]
fn moving_the_container_signs_nobody_in() {
    let mut story = Story::ready(&[sso()]);
    story.browser.windows_open = true;
    story.happens(CcpFact::Terminated);
    story.happens(PageFact::ContainerRemoved);
    story.expect(Phase::Failed, Some("CONTAINER_REMOVED"));
    story.happens(PageFact::ContainerBack);
    story.expect(Phase::SignedOut, None);
    story.advance(Span::hours(1));
    story.expect_effects(&[]);
    // The frame went with the container: only a new CCP can answer.
    story.happens(PageFact::PromptClicked);
    story.window_returns();
    story.expect_effects(&["open window", "close window", "rebuild"]);
    story.signs_in();
}

#[test]
fn a_frame_that_is_moved_while_nobody_is_signed_in_is_rebuilt_when_it_is_needed() {
    let mut story = Story::ready(&[sso()]);
    story.browser.windows_open = true;
    story.happens(CcpFact::Terminated);
    story.happens(CcpFact::Detached);
    story.expect(Phase::SignedOut, None);
    story.expect_effects(&[]);
    story.happens(PageFact::PromptClicked);
    story.window_returns();
    story.expect_effects(&["open window", "close window", "rebuild"]);
    story.signs_in();
}

#[test]
fn a_renewal_waits_for_the_lock_and_is_dropped_when_another_tab_has_renewed() {
    let mut story = Story::ready(&[sso()]);
    story.browser.locks_granted = false;
    story.advance(Span::millis((12 * 3600 - 15 * 60) * 1000));
    story.expect_effects(&["request the lock"]);
    story.happens(TabsFact::SignedIn);
    story.expect_effects(&["release the lock"]);
    story.advance(Span::hours(1));
    story.expect_effects(&[]);
    story.expect(Phase::Ready, None);
}

#[test]
fn a_ccp_that_was_loading_when_the_network_went_is_reloaded() {
    let mut story = Story::ready(&[sso()]);
    story.advance(Span::millis((12 * 3600 - 15 * 60) * 1000));
    story.frame_returns();
    story.happens(Condition::Offline);
    story.advance(Span::secs(600));
    story.effects.clear();
    story.happens(Condition::Online);
    story.expect_effects(&["reload"]);
    story.signs_in();
}

#[test]
fn a_microphone_is_checked_and_opened_only_while_it_is_watched() {
    let done = |story: &mut Story, input: Input| {
        story.phone.handle(story.now, input);
        let mut done = Vec::new();
        while let Some(effect) = story.phone.poll() {
            if let Effect::Microphone(effect) = effect {
                done.push(effect);
            }
        }
        done
    };
    let granted = || Fact::Checked {
        permission: Some(Permission::Granted),
        present: Some(true),
    };
    let mut story = Story::new(&[sso()]);
    assert_eq!(done(&mut story, Fact::Refused.into()), []);
    assert_eq!(done(&mut story, granted().into()), []);

    let mut story = Story::ready(&[sso()]);
    let check = [MicrophoneEffect::Check];
    assert_eq!(done(&mut story, Contacts::Live.into()), check);
    assert_eq!(done(&mut story, Contacts::WrapUp.into()), check);
    assert_eq!(done(&mut story, Contacts::None.into()), []);
    assert_eq!(done(&mut story, Fact::Refused.into()), check);
    assert_eq!(done(&mut story, granted().into()), [MicrophoneEffect::Open]);
    assert_eq!(done(&mut story, Fact::Opened.into()), check);
}
