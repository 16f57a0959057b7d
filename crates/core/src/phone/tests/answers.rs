//! How the host's calls are answered: each by what became of it, and none by what became of another.

use super::*;
use crate::testing::test;

fn by_popup() -> Story {
    Story::new(&[sso(), sign_in(&[ways(&["popup"])])])
}

#[test]
fn a_sign_in_whose_window_is_blocked_is_rejected_and_the_next_one_is_not() {
    let mut story = by_popup();
    let first = story.ask();
    story.expect_settled(first, Some("WINDOW_BLOCKED"));
    story.browser.windows_open = true;
    let second = story.ask();
    assert_eq!(story.settlement(second), None);
    story.window_returns();
    story.signs_in();
    story.expect_settled(second, None);
}

#[test]
fn a_failure_reaches_its_own_call_even_when_the_host_signs_in_again_at_once() {
    fault("window-closed");
    let mut story = by_popup();
    story.browser.windows_open = true;
    let first = story.ask();
    story.happens(SignInFact::WindowClosed);
    story.advance(Span::secs(5));
    // The host calls from inside the event that tells it.
    let second = story.ask();
    story.expect_settled(first, Some("SIGN_IN_WINDOW_CLOSED"));
    assert_eq!(story.settlement(second), None);
    story.window_returns();
    story.signs_in();
    story.expect_settled(second, None);
}

#[test]
fn the_answer_is_on_its_way_before_the_host_hears_of_the_failure() {
    let mut story = by_popup();
    story.browser.windows_open = true;
    let ticket = story.ask();
    story.happens(SignInFact::WindowClosed);
    story.now = story.now + Span::secs(5);
    story.phone.handle(story.now, Input::Tick);
    let effects: Vec<_> = std::iter::from_fn(|| story.phone.poll()).collect();
    let at = |wanted: &dyn Fn(&Effect) -> bool| effects.iter().position(wanted);
    let settled = at(&|effect| matches!(effect, Effect::Settle(settled, _) if *settled == ticket));
    let told = at(&|effect| matches!(effect, Effect::Tell(News::Status(_))));
    assert!(settled.is_some() && settled < told, "{effects:?}");
}

#[test]
fn a_sign_in_that_has_nothing_to_do_is_answered_at_once() {
    let mut story = Story::ready(&[sso()]);
    let ticket = story.ask();
    story.expect_settled(ticket, None);

    let mut story = Story::ready(&[sso()]);
    story.happens(PageFact::ContainerRemoved);
    let ticket = story.ask();
    story.expect_settled(ticket, Some("CONTAINER_REMOVED"));

    // Without a network neither a frame nor a redirect can come back.
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["frame"])])]);
    story.advance(Span::secs(10));
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
    story.happens(Condition::Offline);
    let ticket = story.ask();
    story.expect_settled(ticket, Some("SIGN_IN_TIMEOUT"));
}

#[test]
fn every_call_that_waits_for_the_same_sign_in_hears_of_its_end() {
    let mut story = by_popup();
    story.browser.windows_open = true;
    let tickets = [story.ask(), story.ask(), story.ask()];
    story.window_returns();
    for ticket in tickets {
        assert_eq!(story.settlement(ticket), None);
    }
    story.signs_in();
    for ticket in tickets {
        story.expect_settled(ticket, None);
    }
}

#[test]
fn a_sign_in_that_ends_with_another_agent_is_rejected() {
    let user = ("expectedUser", text("ada@example.com"));
    let mut story = Story::new(&[sso(), sign_in(&[ways(&["popup"])]), user]);
    story.browser.windows_open = true;
    let ticket = story.ask();
    story.window_returns();
    story.happens(CcpFact::Acknowledged);
    story.agent("grace@example.com", "Available");
    story.expect_settled(ticket, Some("IDENTITY_MISMATCH"));
}

#[test]
fn closing_answers_every_call_that_waits() {
    let mut story = by_popup();
    story.browser.windows_open = true;
    let sign_in = story.ask();
    let ready = story.call(Call::Ready);
    let close = story.call(Call::Close);
    story.expect_settled(sign_in, Some("CLOSED"));
    story.expect_settled(ready, Some("CLOSED"));
    story.expect_settled(close, None);
}

#[test]
fn devices_are_listed_by_whoever_opens_the_microphone() {
    use crate::microphone::{Devices, Failure, Permission};
    use ticket::Answer;

    let listed = || {
        Answer::Devices(Ok(Devices {
            microphones: Vec::new(),
            speakers: Vec::new(),
            permission: Permission::Granted,
        }))
    };
    let failed = || {
        Answer::Devices(Err(Failure {
            name: "NotFoundError".to_owned(),
            permission: Some(Permission::Granted),
        }))
    };
    let mut story = Story::ready(&[sso()]);
    let first = story.call(Call::Devices);
    let second = story.call(Call::Devices);
    story.expect_effects(&["list devices", "list devices"]);
    // Each has its own answer, in whatever order they come.
    story.happens(Input::Answer(second, failed()));
    story.expect_settled(second, Some("MICROPHONE_MISSING"));
    assert_eq!(story.settlement(first), None);
    story.happens(Input::Answer(first, listed()));
    story.expect_settled(first, None);
    // An answer that nobody waits for settles nothing.
    story.happens(Input::Answer(first, failed()));
    story.expect_settled(first, None);

    // The agent has not answered the browser yet when the host closes the phone.
    let open = story.call(Call::Devices);
    story.call(Call::Close);
    story.expect_settled(open, Some("CLOSED"));
    story.happens(Input::Answer(open, listed()));
    story.expect_settled(open, Some("CLOSED"));
}

#[test]
fn ready_keeps_its_answer_as_long_as_it_holds() {
    let mut story = Story::new(&[sso()]);
    assert_eq!(story.phone.ready_ticket(), None);
    let first = story.call(Call::Ready);
    assert_eq!(story.phone.ready_ticket(), Some(first));
    story.frame_returns();
    story.signs_in();
    story.expect_settled(first, None);
    assert_eq!(story.phone.ready_ticket(), Some(first));

    // A call under way is no reason to ask again; another phase is.
    story.contact(Contacts::Live);
    assert_eq!(story.phone.ready_ticket(), Some(first));
    story.contact(Contacts::None);
    story.happens(CcpFact::AccessDenied);
    story.expect(Phase::Failed, Some("ACCESS_DENIED"));
    assert_eq!(story.phone.ready_ticket(), None);
    let second = story.call(Call::Ready);
    story.expect_settled(second, Some("ACCESS_DENIED"));
    assert_eq!(story.phone.ready_ticket(), Some(second));

    // It fails again, for another reason: the old answer is not repeated.
    story.ask();
    assert_eq!(story.phone.ready_ticket(), None);
}

/// A phone on a page that has no random source.
fn without_nonces(fields: &[(&str, HostValue)]) -> Story {
    let mut story = Story::opened(fields, Record::default(), |_| {});
    let start = Start {
        now: START,
        streams: true,
        online: true,
        present: true,
        returned: false,
        abandoned: false,
        seed: 7,
    };
    story.phone = Phone::open(start, config(fields), Record::default(), Box::new(|| None));
    story.drain();
    story
}

#[test]
fn a_browser_without_a_random_source_signs_in_without_a_return_page() {
    let mut story = without_nonces(&[sso()]);
    assert_eq!(story.browser.frame_url.as_deref(), Some(SSO));
    story.happens(CcpFact::Loaded);
    story.happens(SignInFact::FrameLoaded);
    story.effects.clear();
    story.advance(Span::millis(1400));
    // Only the CCP can tell that sign-in is done.
    assert!(story.effects.contains(&"reload"), "{:?}", story.effects);
    story.signs_in();

    // A window's sign-in, too.
    let mut story = without_nonces(&[sso(), sign_in(&[ways(&["popup"])])]);
    story.happens(CcpFact::Loaded);
    story.browser.windows_open = true;
    story.ask();
    story.effects.clear();
    story.advance(Span::millis(2500));
    assert!(story.effects.contains(&"reload"), "{:?}", story.effects);

    // The page could go to the identity provider, but nothing would bring it back.
    let story = without_nonces(&[sso(), sign_in(&[ways(&["redirect"])])]);
    story.expect(Phase::Failed, Some("SIGN_IN_TIMEOUT"));
}

#[test]
fn the_button_does_what_it_says() {
    use prompt::{Action, Button};

    for (button, action) in [
        (Button::SignIn, Action::SignIn),
        (Button::SignInAgain, Action::SignIn),
        (Button::TryAgain, Action::SignIn),
        (Button::ShowWindow, Action::SignIn),
        (Button::Restart, Action::SignIn),
        (Button::SignOut, Action::SignOut),
    ] {
        assert_eq!(button.action(), action, "{button:?}");
    }
    // Where there is none, a late click does nothing.
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    assert_eq!(story.button(), None);
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&[]);
    story.expect(Phase::Opening, None);
}

#[test]
fn the_microphone_is_watched_once_and_only_for_a_softphone() {
    let watches = |story: &mut Story, softphone| {
        story.phone.handle(
            story.now,
            CcpFact::AgentSeen(Agent {
                softphone,
                ..agent("ada@example.com")
            }),
        );
        let mut watched = false;
        while let Some(effect) = story.phone.poll() {
            watched |= effect == Effect::Microphone(MicrophoneEffect::Watch);
        }
        watched
    };
    let mut story = Story::with_record(&[sso()], started(Span::hours(2)));
    story.happens(CcpFact::Acknowledged);
    assert!(!watches(&mut story, false), "a desk phone needs none");
    assert!(watches(&mut story, true));
    assert!(!watches(&mut story, true), "again");
}
