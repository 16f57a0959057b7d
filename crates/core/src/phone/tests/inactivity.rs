//! Agents who are active elsewhere, inactive, or logged out for it.

use super::*;
use crate::config::Controls;
use crate::phone::effect::ExpiryReason;
use crate::testing::test;

const MINUTE: Span = Span::secs(60);

/// A phone whose agent is warned that they will be logged out in a minute.
fn warned(fields: &[(&str, HostValue)]) -> Story {
    let mut story = Story::ready(fields);
    story.warn();
    story
}

impl Story {
    fn warn(&mut self) {
        self.happens(CcpFact::InactivityWarning {
            ends: self.now + MINUTE,
        });
    }

    fn reason(&self) -> Option<&'static str> {
        self.phone.status().reason.map(ExpiryReason::name)
    }

    /// The agent is logged out, and whatever happens, nothing signs them in.
    #[track_caller]
    fn expect_logged_out(&mut self) {
        self.expect(Phase::SignedOut, None);
        assert_eq!(self.reason(), Some("inactivity"));
        assert!(self.browser.stored.inactive);
        let prompt = self.phone.prompt().expect("a prompt");
        assert_eq!(
            prompt.text(),
            "You were signed out because you were inactive."
        );
        assert_eq!(self.button(), Some("Sign in"));
        self.effects.clear();
        self.happens(Condition::Offline);
        self.happens(Condition::Online);
        self.happens(CcpFact::AuthFailed);
        self.advance(Span::hours(13));
        self.expect(Phase::SignedOut, None);
        self.expect_effects(&[]);
    }
}

fn icc() -> (&'static str, HostValue) {
    ("controls", text(Controls::Icc.name()))
}

#[test]
fn activity_is_reported_every_half_minute_at_most() {
    let mut story = Story::ready(&[sso()]);
    story.happens(PageFact::HostActive);
    story.expect_effects(&["report activity"]);
    story.happens(CcpFact::ActivityTaken);
    for (pause, reports) in [(29, 0), (1, 1), (30, 1), (29, 0)] {
        story.advance(Span::secs(pause));
        story.happens(PageFact::HostActive);
        let expected = vec!["report activity"; reports];
        story.expect_effects(&expected);
    }
    story.advance(Span::hours(1)); // Nobody is there: nothing is reported.
    story.expect_effects(&[]);
}

#[test]
fn activity_is_reported_only_to_a_phone_that_is_ready() {
    let mut story = Story::new(&[sso()]);
    story.effects.clear();
    story.happens(PageFact::HostActive);
    story.expect_effects(&[]);
    story.frame_returns();
    story.signs_in();
    story.happens(CcpFact::SessionLost);
    story.effects.clear();
    story.happens(PageFact::HostActive);
    story.expect_effects(&[]);
}

#[test]
fn who_is_active_while_they_are_warned_is_reported_at_once() {
    fault("inactivity-warning");
    let mut story = Story::ready(&[sso()]);
    story.happens(PageFact::HostActive);
    story.advance(Span::secs(5));
    story.warn();
    story.effects.clear();
    story.happens(PageFact::HostActive);
    story.expect_effects(&["report activity"]);
    story.happens(CcpFact::WarningCleared);
    story.advance(Span::hours(1));
    story.expect(Phase::Ready, None);
    assert_eq!(story.reason(), None);
    assert_eq!(story.expiring, [ExpiryReason::Inactivity]);
    story.expect_effects(&[]);
}

#[test]
fn a_warning_is_shown_where_amazons_panel_is_hidden() {
    fault("inactivity-warning");
    assert_eq!(warned(&[sso()]).phone.prompt(), None);
    let mut story = warned(&[sso(), icc()]);
    let prompt = story.phone.prompt().expect("a prompt");
    assert_eq!(
        prompt.text(),
        "You will be signed out at {time} because you are inactive."
    );
    assert!(prompt.text().contains(prompt::TIME));
    assert_eq!(prompt.time, Some(story.now + MINUTE));
    assert_eq!(story.button(), Some("Stay signed in"));
    assert!(!prompt.covers);
    story.effects.clear();
    story.happens(PageFact::PromptClicked);
    story.expect_effects(&["report activity"]);
    story.happens(CcpFact::ActivityTaken);
    story.happens(CcpFact::WarningCleared);
    assert_eq!(story.phone.prompt(), None);
    story.advance(MINUTE);
    story.expect(Phase::Ready, None);
}

#[test]
fn a_warning_is_told_once_unless_its_time_changes() {
    let mut story = warned(&[sso()]);
    let ends = story.now + MINUTE;
    story.advance(Span::secs(10));
    story.happens(CcpFact::InactivityWarning { ends });
    assert_eq!(story.expiring.len(), 1);
    story.warn();
    assert_eq!(story.expiring.len(), 2);
}

#[test]
fn the_status_says_that_a_warning_stands_and_when_it_is_over() {
    let mut story = warned(&[sso()]);
    assert_eq!(story.phone.status().inactive_at, Some(story.now + MINUTE));
    story.happens(CcpFact::WarningCleared);
    assert_eq!(story.phone.status().inactive_at, None);
}

#[test]
fn a_time_that_makes_no_sense_is_a_minute() {
    for ends in [
        Millis::new(0),
        START,
        START + Span::hours(24),
        Millis::new(u64::MAX),
    ] {
        let mut story = Story::ready(&[sso(), icc()]);
        story.happens(CcpFact::InactivityWarning { ends });
        let prompt = story.phone.prompt().expect("a prompt");
        assert_eq!(prompt.time, Some(story.now + MINUTE));
    }
}

#[test]
fn staying_active_is_answered() {
    fault("activity-refused");
    let mut story = warned(&[sso(), icc()]);
    let taken = story.call(Call::StayActive);
    assert_eq!(story.settlement(taken), None);
    story.happens(CcpFact::ActivityTaken);
    story.expect_settled(taken, None);

    let refused = [story.call(Call::StayActive), story.call(Call::StayActive)];
    story.happens(CcpFact::ActivityRefused);
    for ticket in refused {
        story.expect_settled(ticket, Some("STAY_ACTIVE_FAILED"));
    }
    story.expect(Phase::Ready, Some("STAY_ACTIVE_FAILED"));
    assert_eq!(story.button(), Some("Stay signed in"));

    // Nobody answers.
    let late = story.call(Call::StayActive);
    story.advance(Span::secs(9));
    story.call(Call::StayActive);
    assert_eq!(story.settlement(late), None);
    story.advance(Span::secs(1));
    story.expect_settled(late, Some("STAY_ACTIVE_FAILED"));

    // It works after all.
    story.happens(PageFact::PromptClicked);
    story.happens(CcpFact::ActivityTaken);
    story.expect(Phase::Ready, None);
}

#[test]
fn activity_that_is_refused_without_a_warning_is_nobodys_concern() {
    let mut story = Story::ready(&[sso()]);
    story.happens(PageFact::HostActive);
    story.happens(CcpFact::ActivityRefused);
    story.expect(Phase::Ready, None);
    let ticket = story.call(Call::StayActive);
    story.happens(CcpFact::ActivityRefused);
    story.expect_settled(ticket, Some("STAY_ACTIVE_FAILED"));
    story.expect(Phase::Ready, None);
}

#[test]
fn nobody_stays_active_who_is_not_signed_in() {
    let mut story = Story::new(&[sso()]);
    let ticket = story.call(Call::StayActive);
    story.expect_settled(ticket, Some("STAY_ACTIVE_FAILED"));
    let mut story = Story::ready(&[sso()]);
    let pending = story.call(Call::StayActive);
    story.call(Call::Close);
    story.expect_settled(pending, Some("CLOSED"));
    let late = story.call(Call::StayActive);
    story.expect_settled(late, Some("CLOSED"));
}

#[test]
fn a_logout_for_inactivity_is_not_undone() {
    fault("inactivity-logout");
    let mut story = warned(&[sso()]);
    story.advance(MINUTE);
    story.happens(CcpFact::Terminated);
    story.expect_logged_out();
    // Nor by another tab, which has not heard of it, or by the same page when it is reloaded.
    let stored = story.browser.stored;
    let mut other = Story::with_record(&[sso()], stored);
    other.expect_logged_out();
    let mut other = Story::in_another_tab(&[sso()]);
    other.advance(Span::secs(1));
    other.browser.stored = stored;
    other.happens(TabsFact::LockGranted(stored));
    other.expect_logged_out();
    // A click signs in, and that is that.
    story.browser.windows_open = true;
    story.happens(PageFact::PromptClicked);
    assert!(story.browser.stored.inactive, "not before it worked");
    story.window_returns();
    story.signs_in();
    assert_eq!(story.reason(), None);
    assert!(!story.browser.stored.inactive);
    story.happens(CcpFact::SessionLost);
    assert_eq!(story.effects.last(), Some(&"open frame"));
}

#[test]
fn a_session_that_just_ends_after_the_warning_is_such_a_logout() {
    fault("inactivity-without-terminate");
    for dies in [CcpFact::SessionLost, CcpFact::AuthFailed] {
        let mut story = warned(&[sso()]);
        story.advance(MINUTE);
        story.happens(dies);
        story.advance(Span::millis(4999));
        story.expect(story.phase(), None);
        story.advance(Span::secs(5));
        story.expect_logged_out();
    }
    // Nobody tells it at all: the CCP is asked.
    let mut story = warned(&[sso()]);
    story.advance(MINUTE);
    story.effects.clear();
    story.advance(Span::secs(5));
    story.expect(Phase::Ready, None);
    story.expect_effects(&["reload"]);
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(30));
    story.expect_logged_out();
}

#[test]
fn a_ccp_that_answers_after_the_announced_logout_is_signed_in() {
    let mut story = warned(&[sso(), icc()]);
    story.advance(MINUTE.plus(Span::secs(5)));
    assert_eq!(story.button(), Some("Stay signed in"));
    story.signs_in();
    assert_eq!(story.phone.prompt(), None);
    story.happens(CcpFact::SessionLost);
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
}

#[test]
fn no_window_opens_after_a_logout_where_there_is_no_sso() {
    let mut story = Story::new(&[]);
    story.browser.windows_open = true;
    story.signs_in();
    story.warn();
    story.happens(CcpFact::Terminated);
    let stored = story.browser.stored;
    story.expect_logged_out();
    let mut story = Story::with_record(&[], stored);
    story.browser.windows_open = true;
    story.happens(CcpFact::Loaded);
    story.advance(Span::secs(3));
    story.expect_logged_out();
}

#[test]
fn a_logout_during_a_contact_leaves_the_contact_alone() {
    let call_logged_out = || {
        let mut story = warned(&[sso()]);
        story.contact(Contacts::Live);
        story.advance(Span::hours(1)); // Connect is not asked: that would end the contact.
        story.expect(Phase::Ready, None);
        story.happens(CcpFact::SessionLost);
        story
    };
    let mut story = call_logged_out();
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    assert_eq!(story.reason(), Some("inactivity"));
    assert!(!story.phone.prompt().expect("a prompt").covers);
    story.expect_effects(&[]);
    let mut story = call_logged_out();
    story.contact(Contacts::None);
    story.expect_logged_out();
    let mut story = call_logged_out();
    story.happens(CcpFact::Loaded); // The CCP itself went, and the contact's audio with it.
    story.expect_logged_out();
}

#[test]
fn nothing_is_renewed_for_an_agent_who_is_warned() {
    let mut story = Story::ready(&[
        sso(),
        session(&[("lengthMs", HostValue::Number(900_000.0))]),
    ]);
    story.advance(Span::secs(440));
    story.warn();
    story.effects.clear();
    story.advance(Span::secs(50)); // The renewal is due after 450 seconds.
    story.expect_effects(&[]);
    story.happens(CcpFact::WarningCleared);
    story.advance(Span::secs(1));
    story.expect_effects(&["open frame"]);
}

#[test]
fn who_signs_out_while_they_are_warned_has_signed_out() {
    let mut story = warned(&[sso()]);
    story.sign_out(SignOutRequest::default());
    story.advance(Span::secs(20));
    story.expect(Phase::SignedOut, None);
    assert_eq!(story.reason(), None);
    assert!(!story.browser.stored.inactive);
}

#[test]
fn an_agent_who_signed_in_elsewhere_is_here_again() {
    let mut story = warned(&[sso()]);
    story.happens(CcpFact::Terminated);
    let stored = story.browser.stored;
    story.happens(TabsFact::SignedIn);
    story.signs_in();
    assert!(!story.browser.stored.inactive);
    // On the instance's own page, for example.
    let mut story = Story::with_record(&[sso()], stored);
    story.signs_in();
    assert!(!story.browser.stored.inactive);
    assert_eq!(story.reason(), None);
}

#[test]
fn a_ccp_that_is_lost_while_the_agent_is_warned_signs_nobody_in() {
    let mut story = warned(&[sso()]);
    story.browser.ccp_answers = false;
    story.effects.clear();
    story.advance(Span::secs(90));
    let signs_in = |order: &&str| order.starts_with("open");
    assert!(!story.effects.iter().any(signs_in), "{:?}", story.effects);
    story.expect_logged_out();
}
