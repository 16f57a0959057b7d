//! A worker that answers, and gets no data any more.

use super::*;
use crate::testing::test;

/// A phone that is ready with a snapshot of that time.
fn ready(taken: u64) -> Story {
    let mut story = Story::ready(&[sso()]);
    data(&mut story, taken);
    story
}

fn data(story: &mut Story, taken: u64) {
    story.happens(CcpFact::DataSeen(taken));
    story.agent("ada@example.com", "Available");
}

fn connect_answers(story: &mut Story) {
    let user = Private::new("ada@example.com".to_owned());
    story.happens(CcpFact::UserTold(Some(user)));
}

/// A phone whose worker has got nothing newer for as long as it may take.
fn frozen() -> Story {
    let mut story = ready(1);
    story.effects.clear();
    while story.effects.is_empty() {
        story.advance(Span::secs(1));
    }
    story.expect_effects(&["ask whose session"]);
    connect_answers(&mut story);
    story
}

/// The CCP is there again, with a snapshot of that time.
#[track_caller]
fn comes_back(story: &mut Story, taken: u64) {
    story.advance(Span::secs(1));
    story.expect_effects(&["reload"]);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    data(story, taken);
}

const RESTART: [&str; 2] = ["tell of the restart", "unload"];
const FROZEN: Option<&str> = Some("AGENT_DATA_FROZEN");

#[test]
fn data_that_keep_coming_are_left_alone() {
    let mut story = ready(1);
    for taken in 2..20 {
        story.advance(Span::secs(80));
        story.happens(CcpFact::DataSeen(taken));
    }
    story.expect_effects(&[]);
}

#[test]
fn a_worker_that_gets_no_data_is_restarted_by_all_tabs() {
    fault("worker-frozen");
    let mut story = frozen();
    story.happens(CcpFact::DataSeen(1)); // The configuration still comes, with the old snapshot.
    story.advance(Span::secs(10));
    story.expect(Phase::Opening, FROZEN);
    story.expect_effects(&RESTART);
    story.happens(CcpFact::Acknowledged); // The last words of the old one.
    comes_back(&mut story, 2);
    story.expect(Phase::Ready, None);

    // Another tab hears of it.
    let mut story = ready(1);
    story.happens(TabsFact::Restart { asked: false });
    story.expect(Phase::Opening, FROZEN);
    story.expect_effects(&["unload"]);
    story.happens(TabsFact::Restart { asked: false });
    story.expect_effects(&[]);
    comes_back(&mut story, 2);
    story.expect(Phase::Ready, None);
}

#[test]
fn data_that_come_at_the_last_moment_count() {
    let mut story = frozen();
    data(&mut story, 2);
    story.advance(Span::secs(60));
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
}

#[test]
fn a_worker_that_something_else_holds_is_told_about() {
    fault("worker-held");
    let mut story = frozen();
    story.advance(Span::secs(10));
    story.expect_effects(&RESTART);
    comes_back(&mut story, 1);
    story.expect(Phase::Failed, FROZEN);
    assert_eq!(story.button(), Some("Try again"));
    story.happens(CcpFact::DataSeen(1));
    story.expect_effects(&[]);
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&RESTART);
    comes_back(&mut story, 1);
    story.expect(Phase::Failed, FROZEN);
    // It is tried again by itself, and the other tabs may be the ones that do.
    story.advance(Span::secs(51));
    assert_eq!(story.effects[..2], RESTART);
    story.effects.clear();
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    data(&mut story, 2);
    story.expect(Phase::Ready, None);
}

#[test]
fn when_connect_does_not_answer_either_it_is_told_and_nothing_is_restarted() {
    let mut story = ready(1);
    story.advance(Span::secs(100));
    story.expect(Phase::Ready, FROZEN);
    assert_eq!(story.button(), Some("Restart the phone now"));
    story.advance(Span::secs(600));
    story.effects.retain(|order| *order != "ask whose session");
    story.expect_effects(&[]);
    data(&mut story, 2);
    story.expect(Phase::Ready, None);
}

#[test]
fn during_a_call_the_agent_decides() {
    let mut story = ready(1);
    story.contact(Contacts::Live);
    story.effects.clear();
    story.happens(TabsFact::Restart { asked: false });
    story.advance(Span::secs(90));
    connect_answers(&mut story);
    story.advance(Span::secs(60));
    story.expect(Phase::Ready, FROZEN);
    let prompt = story.phone.prompt().expect("a prompt");
    assert_eq!(
        prompt.text(),
        "The phone is no longer up to date. Restarting it ends the call."
    );
    story.effects.retain(|order| *order != "ask whose session");
    story.expect_effects(&[]);
    story.happens(PageFact::PromptClicked);
    story.expect(Phase::Opening, FROZEN);
    story.expect_effects(&RESTART);
    comes_back(&mut story, 2);
    story.expect(Phase::Ready, None);

    // Clicked in another tab.
    let mut story = ready(1);
    story.contact(Contacts::Live);
    story.effects.clear();
    story.happens(TabsFact::Restart { asked: true });
    story.expect_effects(&["unload"]);
}

#[test]
fn a_worker_that_gave_up_is_restarted_once_there_is_a_session() {
    let mut story = ready(1);
    story.happens(CcpFact::PollEnded);
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    story.expect_effects(&["open frame"]);
    story.frame_returns();
    story.expect_effects(&["close frame", "tell of the restart", "unload"]);
    comes_back(&mut story, 2);
    story.expect(Phase::Ready, None);
    story.expect_effects(&[]);
}

#[test]
fn a_worker_that_was_denied_too_often_is_restarted() {
    fault("worker-denied");
    let mut story = ready(1);
    story.happens(CcpFact::AccessDenied);
    story.expect(Phase::Failed, Some("ACCESS_DENIED"));
    while story.effects.is_empty() {
        story.advance(Span::secs(1));
    }
    story.expect_effects(&RESTART);
    comes_back(&mut story, 2);
    story.expect(Phase::Ready, None);

    // Where another tab was faster, it is not restarted once more.
    let mut story = ready(1);
    story.happens(CcpFact::AccessDenied);
    story.happens(TabsFact::Restart { asked: false });
    story.expect_effects(&["unload"]);
    while story.effects.is_empty() {
        story.advance(Span::secs(1));
    }
    story.expect_effects(&["reload"]);
}

#[test]
fn a_tab_that_is_signed_out_lets_go_of_the_worker_and_stays_so() {
    let mut story = ready(1);
    story.happens(CcpFact::Terminated);
    story.happens(TabsFact::Restart { asked: false });
    story.expect_effects(&["unload"]);
    story.advance(Span::hours(1));
    story.expect(Phase::SignedOut, None);
    story.expect_effects(&[]);
}

#[test]
fn after_a_sleep_the_data_have_time_to_come() {
    fault("computer-asleep");
    let mut story = ready(1);
    story.now = story.now + Span::hours(1);
    story.happens(Input::Tick);
    story.expect_effects(&["reload the agent"]);
    story.advance(Span::secs(45));
    story.expect_effects(&["ask whose session"]);
    connect_answers(&mut story);
    story.advance(Span::secs(10));
    story.expect_effects(&RESTART);
}
