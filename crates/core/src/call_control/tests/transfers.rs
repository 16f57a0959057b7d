//! Third parties: consulting, transferring, conferences.

use super::*;
use crate::call_control::command::QuickConnect;
use crate::call_control::contact::{PartyState, Role};
use crate::call_control::reading::Connection;
use crate::testing::test;

fn consulting() -> (Story, String) {
    let (mut story, id) = Story::talking();
    let ticket = story.act(&id, Act::Consult(number()));
    story.expect_done(ticket);
    assert_eq!(story.others(&id), ["held", "connecting"]);
    story.amazon.answers(&id);
    story.snapshot();
    assert_eq!(story.others(&id), ["held", "connected"]);
    story.orders.clear();
    (story, id)
}

fn transfer(at_once: bool) -> Act {
    Act::Transfer {
        to: number(),
        at_once,
    }
}

#[test]
fn a_consultation_becomes_a_conference_and_is_left() {
    fault("third-party-unannounced");
    let (mut story, id) = consulting();
    let swapped = story.act(&id, Act::Swap);
    story.expect_done(swapped);
    assert_eq!(story.others(&id), ["connected", "held"]);
    let together = story.act(&id, Act::Conference);
    story.expect_done(together);
    assert_eq!(story.others(&id), ["connected", "connected"]);
    assert!(!story.can(&id, Control::HangUp));
    let left = story.act(&id, Act::Leave);
    story.expect_done(left);
    assert_eq!(story.phase(&id), Phase::WrapUp);
    assert_eq!(story.others(&id), [""; 0]);
}

#[test]
fn with_both_on_hold_resuming_is_a_conference() {
    fault("resume-of-both");
    let (mut story, id) = consulting();
    let held = story.act(&id, Act::Hold);
    story.expect_done(held);
    assert_eq!(story.others(&id), ["held", "held"]);
    let resumed = story.act(&id, Act::Resume);
    story.expect_done(resumed);
    assert_eq!(story.others(&id), ["connected", "connected"]);
    assert!(matches!(story.orders.last(), Some(Order::Conference(_))));
}

#[test]
fn a_transfer_leaves_once_somebody_has_answered() {
    let (mut story, id) = Story::talking();
    let ticket = story.act(&id, transfer(false));
    assert_eq!(story.others(&id), ["held", "connecting"]);
    story.advance(Span::secs(20));
    story.expect_pending(ticket);
    story.amazon.answers(&id);
    story.snapshot();
    story.expect_done(ticket);
    assert_eq!(story.phase(&id), Phase::WrapUp);
}

#[test]
fn a_transfer_that_nobody_answers_gives_the_customer_back() {
    fault("transfer-not-answered");
    // They are rung for 45 seconds.
    let (mut story, id) = Story::talking();
    let ticket = story.act(&id, transfer(false));
    story.advance(Span::secs(45));
    story.expect_error(ticket, "TRANSFER_NOT_ANSWERED");
    assert_eq!(story.others(&id), ["connected"]);
    // Or they reject it.
    let (mut story, id) = Story::talking();
    let ticket = story.act(&id, transfer(false));
    story.amazon.leaves(&id, Connection::is_joining);
    story.snapshot();
    story.expect_error(ticket, "TRANSFER_NOT_ANSWERED");
    assert_eq!(story.others(&id), ["connected"]);
}

#[test]
fn a_transfer_during_which_the_customer_leaves_is_over() {
    let (mut story, id) = Story::talking();
    let ticket = story.act(&id, transfer(false));
    story.amazon.leaves(&id, Connection::is_held);
    story.amazon.leaves(&id, |_| true);
    story.snapshot();
    // Nobody is left to be handed over.
    story.expect_error(ticket, "CONTACT_GONE");
    assert_eq!(story.phase(&id), Phase::WrapUp);
}

#[test]
fn a_transfer_can_leave_at_once() {
    fault("left-before-answer");
    let (mut story, id) = Story::talking();
    let ticket = story.act(&id, transfer(true));
    story.expect_done(ticket);
    assert_eq!(story.phase(&id), Phase::WrapUp);
    assert_eq!(story.orders.len(), 2);
}

#[test]
fn who_was_dialled_is_called_by_their_quick_connect() {
    fault("flow-answers-first");
    fault("third-party-nameless");
    let (mut story, id) = Story::talking();
    let to = Target::QuickConnect(QuickConnect {
        name: "William Example".to_owned(),
        type_name: "agent".to_owned(),
        arn: "quick-connect/william".to_owned(),
        number: None,
    });
    let ticket = story.act(&id, Act::Consult(to));
    story.expect_done(ticket);
    story.amazon.answers(&id);
    story.snapshot();
    let third = &story.contact(&id).participants[2];
    assert_eq!(third.role, Role::ThirdParty);
    assert_eq!(third.label.reveal(), "William Example");
    assert_eq!(third.state, PartyState::ConnectedToQueue);
    // Another tab sees neither a name nor Amazon's word for it.
    let mut other = Story::new();
    other.amazon.contacts = story.amazon.contacts.clone();
    other.snapshot();
    assert_eq!(other.contact(&id).participants[2].label.reveal(), "");
}

#[test]
fn a_customer_who_leaves_a_consultation_leaves_the_agent_with_the_other() {
    fault("customer-leaves-consultation");
    let (mut story, id) = consulting();
    story.amazon.leaves(&id, Connection::is_held);
    story.snapshot();
    assert_eq!(story.others(&id), ["connected"]);
    assert!(!story.can(&id, Control::Conference));
    assert_eq!(story.contact(&id).rules.reason(Control::Conference), None);
    assert!(story.can(&id, Control::HangUp));
}

#[test]
fn after_leaving_a_conference_nobody_is_shown_although_they_talk_on() {
    fault("left-connections-linger");
    let (mut story, id) = consulting();
    story.act(&id, Act::Conference);
    let contact = story.amazon.of(&id);
    contact.state = "ended".to_owned(); // And all connections stay (Streams' issue #868).
    story.snapshot();
    assert_eq!(story.contact(&id).participants, []);
    assert_eq!(
        story.contact(&id).rules.can,
        [Control::Finish, Control::ReportIssue]
    );
}

#[test]
fn a_call_is_full_at_three_or_at_six() {
    let (mut story, id) = consulting();
    assert_eq!(
        story.contact(&id).rules.reason(Control::Consult),
        Some("The call is full.")
    );
    story.amazon.of(&id).multi_party = true;
    story.snapshot();
    for _ in 0..3 {
        let ticket = story.act(&id, Act::Consult(number()));
        story.expect_done(ticket);
        story.amazon.answers(&id);
        story.snapshot();
    }
    assert_eq!(story.others(&id).len(), 5);
    assert_eq!(
        story.contact(&id).rules.reason(Control::Consult),
        Some("The call is full.")
    );
}

#[test]
fn what_is_over_is_neither_transferred_nor_left_nor_rejected() {
    let (mut story, id) = Story::talking();
    story.act(&id, Act::HangUp);
    for act in [transfer(false), Act::Leave, Act::Reject] {
        let ticket = story.act(&id, act);
        story.expect_error(ticket, "NOT_POSSIBLE_NOW");
    }
    // While hanging up twice is no mistake.
    let ticket = story.act(&id, Act::HangUp);
    story.expect_done(ticket);
}

#[test]
fn whoever_is_called_by_a_quick_connect_has_its_name() {
    let (mut story, id) = Story::talking();
    let asked = story.act(&id, Act::Consult(quick_connect("Grace")));
    story.expect_done(asked);
    let labels = |story: &Story| {
        let all = story.contact(&id).participants.iter();
        all.map(|one| one.label.reveal().clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(labels(&story).last().map(String::as_str), Some("Grace"));
    assert!(labels(&story).contains(&"+15550100".to_owned()));
}

#[test]
fn a_transfer_has_not_failed_before_the_customer_is_off_hold() {
    let (mut story, id) = Story::talking();
    let to = number();
    let at_once = false;
    let ticket = story.act(&id, Act::Transfer { to, at_once });
    story.amazon.mode = Mode::Silent;
    story.amazon.leaves(&id, |one| !one.initial);
    story.snapshot();
    story.expect_pending(ticket);
    assert_eq!(story.others(&id), ["held"]);
    for one in &mut story.amazon.of(&id).connections {
        if one.initial {
            one.state = "connected".to_owned();
        }
    }
    story.snapshot();
    story.expect_error(ticket, "TRANSFER_NOT_ANSWERED");
}

#[test]
fn a_transfer_is_done_when_the_agent_has_left() {
    let (mut story, id) = Story::talking();
    let to = number();
    let at_once = false;
    let ticket = story.act(&id, Act::Transfer { to, at_once });
    story.amazon.mode = Mode::Idle; // The agent is not let go.
    story.amazon.answers(&id);
    story.snapshot();
    story.expect_pending(ticket);
    assert!(matches!(story.orders.last(), Some(Order::Destroy(_))));
    story.amazon.ends(&id);
    story.snapshot();
    story.expect_done(ticket);
}
