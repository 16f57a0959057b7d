//! What hosts see of contacts.

use super::*;
use crate::call_control::contact::{Direction, EndedBy, Kind, Outcome as Became, Preview, Role};
use crate::testing::test;

fn ended(story: &Story, id: &str) -> (Option<Became>, Option<EndedBy>) {
    let contact = story.contact(id);
    (contact.outcome, contact.ended_by)
}

#[test]
fn each_change_is_told_once() {
    let mut story = Story::new();
    story.tells_mute = false;
    let id = story.amazon.rings();
    story.snapshot();
    story.snapshot();
    assert_eq!(story.told, ["added offered"]);
    story.act(&id, Act::Accept);
    story.snapshot();
    // First that it is under way, then what it has come to.
    assert_eq!(
        story.told,
        ["added offered", "changed offered", "changed talking"]
    );
    story.amazon.contacts.clear();
    story.snapshot();
    assert_eq!(story.told.last().map(String::as_str), Some("removed"));
}

#[test]
fn a_missed_call_a_rejected_one_and_a_caller_who_left_are_three_things() {
    fault("call-missed");
    fault("call-rejected");
    fault("caller-left");
    fault("softphone-failed-while-connecting");
    let mut story = Story::new();
    let missed = story.amazon.rings();
    story.snapshot();
    story.amazon.ends(&missed);
    story.snapshot();
    assert_eq!(story.phase(&missed), Phase::Over);
    assert_eq!(
        ended(&story, &missed),
        (Some(Became::Missed), Some(EndedBy::Unknown))
    );

    let mut story = Story::new();
    let rejected = story.amazon.rings();
    story.snapshot();
    let ticket = story.act(&rejected, Act::Reject);
    story.expect_done(ticket);
    assert_eq!(
        ended(&story, &rejected),
        (Some(Became::Rejected), Some(EndedBy::Agent))
    );

    let mut story = Story::new();
    let left = story.amazon.rings();
    story.snapshot();
    story.amazon.leaves(&left, |_| true);
    story.snapshot();
    assert_eq!(
        ended(&story, &left),
        (Some(Became::CallerLeft), Some(EndedBy::Other))
    );

    let mut story = Story::new();
    let silent = story.amazon.rings();
    story.snapshot();
    story.control.told(story.now, CallFact::SoftphoneFailed);
    story.amazon.ends(&silent);
    story.snapshot();
    assert_eq!(ended(&story, &silent).0, Some(Became::NoAudio));
}

#[test]
fn who_ended_a_call_is_told_as_far_as_it_is_known() {
    let (mut story, id) = Story::talking();
    story.act(&id, Act::HangUp);
    assert_eq!(
        ended(&story, &id),
        (Some(Became::Answered), Some(EndedBy::Agent))
    );
    let (mut story, id) = Story::talking();
    story.now = story.now + Span::secs(1);
    story.amazon.now = story.now;
    for one in &mut story.amazon.of(&id).connections {
        if !one.is_agent() {
            one.state = "disconnected".to_owned();
            one.since = story.now - Span::millis(1);
        }
    }
    story.amazon.ends(&id);
    story.snapshot();
    assert_eq!(
        ended(&story, &id),
        (Some(Became::Answered), Some(EndedBy::Other))
    );
    let (mut story, id) = Story::talking();
    story.amazon.ends(&id);
    story.snapshot();
    assert_eq!(
        ended(&story, &id),
        (Some(Became::Answered), Some(EndedBy::Unknown))
    );
}

#[test]
fn an_outbound_call_connects_until_it_is_answered() {
    fault("outbound-rings-as-connected");
    let mut story = Story::new();
    let ticket = story.ask(dial("+12065550100"));
    story.expect_done(ticket);
    let id = story.control.contacts()[0].id.clone();
    assert_eq!(story.contact(&id).direction, Direction::Outbound);
    // Contact and agent are connected first.
    let contact = story.amazon.of(&id);
    contact.state = "connected".to_owned();
    contact.connections[1].state = "connected".to_owned();
    story.snapshot();
    assert_eq!(story.phase(&id), Phase::Connecting);
    assert_eq!(story.contact(&id).answered_at, None);
    story.now = story.now + Span::secs(8);
    story.amazon.now = story.now;
    story.amazon.answers(&id);
    story.snapshot();
    assert_eq!(story.phase(&id), Phase::Talking);
    assert_eq!(story.contact(&id).answered_at, Some(story.now));
}

#[test]
fn an_outbound_call_that_nobody_answers_says_so() {
    fault("outbound-not-answered");
    for state in ["error", "ended"] {
        let mut story = Story::new();
        story.ask(dial("+12065550100"));
        let id = story.control.contacts()[0].id.clone();
        story.amazon.of(&id).state = state.to_owned();
        story.snapshot();
        assert_eq!(ended(&story, &id).0, Some(Became::NoAnswer), "{state}");
    }
}

#[test]
fn a_callback_is_offered_then_calls_its_customer() {
    fault("callback-new-connection");
    let mut story = Story::new();
    let callback = ("queue_callback", "callback");
    let contact = story
        .amazon
        .contact(callback, "incoming", ("outbound", "init"));
    let id = contact.id.clone();
    story.snapshot();
    assert_eq!(story.contact(&id).kind, Kind::Callback);
    assert_eq!(story.phase(&id), Phase::Offered);
    let ticket = story.act(&id, Act::Accept);
    story.expect_done(ticket);
    assert_eq!(story.phase(&id), Phase::Connecting);
    assert!(story.can(&id, Control::HangUp));
    // The agent gets another connection when it connects.
    let mut own = story.amazon.party("agent", "connected", "");
    own.number = None;
    let contact = story.amazon.of(&id);
    contact.connections[1].state = "disconnected".to_owned();
    contact.connections.push(own);
    story.amazon.answers(&id);
    story.snapshot();
    assert_eq!(story.phase(&id), Phase::Talking);
    let roles: Vec<_> = story
        .contact(&id)
        .participants
        .iter()
        .map(|one| one.role)
        .collect();
    assert_eq!(roles, [Role::Agent, Role::Customer]);
    let ended = story.act(&id, Act::HangUp);
    story.expect_done(ended);
}

#[test]
fn a_callback_whose_customer_is_called_first_rings_like_a_call() {
    let mut story = Story::new();
    let callback = ("queue_callback", "callback_customer_first_queued");
    let contact = story
        .amazon
        .contact(callback, "connecting", ("outbound", "connected"));
    let id = contact.id.clone();
    story.snapshot();
    assert_eq!(story.phase(&id), Phase::Offered);
    assert!(story.can(&id, Control::Accept));
    story.amazon.ends(&id);
    story.snapshot();
    assert_eq!(ended(&story, &id).0, Some(Became::Missed));
}

#[test]
fn a_callback_that_the_agent_does_not_take_is_missed() {
    fault("callback-missed");
    let mut story = Story::new();
    let callback = ("queue_callback", "callback");
    let contact = story
        .amazon
        .contact(callback, "incoming", ("outbound", "init"));
    let id = contact.id.clone();
    story.snapshot();
    story.amazon.ends(&id);
    story.snapshot();
    assert_eq!(ended(&story, &id).0, Some(Became::Missed));
}

#[test]
fn what_is_no_call_has_what_is_common() {
    for (type_name, kind) in [
        ("chat", Kind::Chat),
        ("task", Kind::Task),
        ("email", Kind::Email),
        ("hologram", Kind::Other),
    ] {
        let mut story = Story::new();
        let contact = story.amazon.contact(
            (type_name, "inbound"),
            "connecting",
            ("inbound", "connected"),
        );
        let id = contact.id.clone();
        story.snapshot();
        assert_eq!(story.contact(&id).kind, kind);
        assert!(story.can(&id, Control::Accept), "{type_name}");
        let ticket = story.act(&id, Act::Accept);
        story.expect_done(ticket);
        assert_eq!(story.contact(&id).rules.can, [Control::HangUp]);
        assert_eq!(story.contact(&id).muted, None);
    }
}

#[test]
fn a_reload_during_a_call_announces_it_with_what_is_known() {
    let mut story = Story::new();
    story.tells_mute = false;
    let id = story.amazon.rings();
    story.amazon.answers(&id);
    story.snapshot();
    assert_eq!(story.told, ["added talking"]);
    assert_eq!(story.phase(&id), Phase::Talking);
    story.hidden = true;
    story.step();
    assert!(story.control.contacts().is_empty());
    story.hidden = false;
    story.snapshot();
    assert_eq!(story.told, ["added talking", "removed", "added talking"]);
}

#[test]
fn the_contacts_of_another_agent_are_nobodys() {
    let (mut story, _) = Story::talking();
    story.control.forget();
    story.agent.username = Private::new("bob@example.com".to_owned());
    story.step();
    let adas = Reading {
        username: Private::new("ada@example.com".to_owned()),
        contacts: story.amazon.contacts.clone(),
    };
    story.control.told(story.now, CallFact::Snapshot(adas));
    story.step();
    assert!(story.control.contacts().is_empty());
}

#[test]
fn two_calls_at_once_are_told_apart() {
    let (mut story, first) = Story::talking();
    story.act(&first, Act::Hold);
    let second = story.amazon.rings();
    story.snapshot();
    assert_eq!(
        (story.phase(&first), story.phase(&second)),
        (Phase::Held, Phase::Offered)
    );
    let accepted = story.act(&second, Act::Accept);
    story.expect_done(accepted);
    assert!(story.can(&first, Control::Resume) && story.can(&second, Control::Hold));
    story.act(&second, Act::HangUp);
    assert_eq!(
        (story.phase(&first), story.phase(&second)),
        (Phase::Held, Phase::WrapUp)
    );
}

#[test]
fn what_has_changed_is_named() {
    let (story, id) = Story::talking();
    let before = story.contact(&id).clone();
    assert!(before.changes(&before).is_empty());
    let after = |change: fn(&mut Contact)| {
        let mut after = before.clone();
        change(&mut after);
        after.changes(&before)
    };
    for (change, name) in [
        (
            (|it| it.initial_id.push('x')) as fn(&mut Contact),
            "initialId",
        ),
        (|it| it.kind = Kind::Callback, "kind"),
        (|it| it.direction = Direction::Internal, "direction"),
        (|it| it.phase = Phase::Held, "phase"),
        (|it| it.outcome = Some(Became::Failed), "outcome"),
        (|it| it.ended_by = Some(EndedBy::Other), "endedBy"),
        (|it| it.since = it.since + Span::secs(1), "sinceMs"),
        (|it| it.offered_at = None, "offeredAtMs"),
        (|it| it.answered_at = None, "answeredAtMs"),
        (|it| it.ended_at = Some(START), "endedAtMs"),
        (|it| it.auto_accept = true, "autoAccept"),
        (|it| it.number = None, "customer"),
        (
            |it| it.name = Some(Private::new("Grace".to_owned())),
            "customer",
        ),
        (|it| it.queue = None, "queue"),
        (
            |it| {
                let value = Private::new("gold".to_owned());
                it.attributes.push(("tier".to_owned(), value));
            },
            "attributes",
        ),
        (
            |it| {
                it.preview = Some(Preview {
                    dials_at: None,
                    can_discard: true,
                });
            },
            "preview",
        ),
        (|it| it.monitoring = Some(Monitoring::Barge), "monitoring"),
        (|it| it.participants.clear(), "participants"),
        (|it| it.muted = None, "muted"),
        (|it| it.media = Media::Lost, "media"),
        (|it| it.rules.can.clear(), "can"),
        (
            |it| it.rules.cannot.push((Control::Accept, "Not now.")),
            "cannot",
        ),
    ] {
        assert_eq!(after(change), [name]);
    }
    assert_eq!(
        after(|it| {
            it.muted = None;
            it.phase = Phase::Held;
        }),
        ["phase", "muted"]
    );
}

#[test]
fn several_changes_in_one_step_are_one_with_all_names() {
    let (mut story, id) = Story::talking();
    // The command is under way, and then its effect is there.
    let mut control = std::mem::take(&mut story.control);
    let command = Command::Contact {
        id: id.clone(),
        act: Act::Hold,
    };
    control.asked(story.now, Ticket::new(99), command, &story.around());
    control.step(story.now, &story.around());
    for one in &mut story.amazon.of(&id).connections {
        if !one.is_agent() {
            one.state = "hold".to_owned();
        }
    }
    control.told(
        story.now,
        CallFact::Snapshot(Reading {
            username: story.agent.username.clone(),
            contacts: story.amazon.contacts.clone(),
        }),
    );
    control.step(story.now, &story.around());
    let news = control.take_news();
    let [News::ContactChanged(contact, changed)] = news.as_slice() else {
        panic!("{news:?}");
    };
    assert_eq!(contact.phase, Phase::Held);
    for name in ["phase", "participants", "can"] {
        let times = changed.iter().filter(|other| **other == name).count();
        assert_eq!(times, 1, "{name} in {changed:?}");
    }
}

#[test]
fn a_call_to_a_colleague_is_internal() {
    let mut story = Story::new();
    let dialled = story.ask(dial("+12065550100"));
    story.expect_done(dialled);
    let id = story.control.contacts()[0].id.clone();
    for one in &mut story.amazon.of(&id).connections {
        if one.initial {
            one.number = Some(Private::new("INTERNAL-TRANSFER".to_owned()));
        }
    }
    story.snapshot();
    assert_eq!(story.contact(&id).direction, Direction::Internal);
    assert_eq!(story.contact(&id).number, None);
}

#[test]
fn a_callback_that_was_taken_is_not_offered_again() {
    let mut story = Story::new();
    let callback = ("queue_callback", "callback");
    let contact = story
        .amazon
        .contact(callback, "connected", ("outbound", "init"));
    let id = contact.id.clone();
    story.snapshot();
    story.amazon.of(&id).state = "incoming".to_owned();
    story.snapshot();
    assert_eq!(story.phase(&id), Phase::Connecting);
}

#[test]
fn what_has_ended_has_no_audio_anywhere() {
    let (mut story, id) = Story::talking();
    assert_eq!(story.contact(&id).media, Media::Here);
    story.amazon.ends(&id);
    story.snapshot();
    assert_eq!(story.contact(&id).media, Media::Unknown);
}

#[test]
fn a_phase_has_begun_when_the_last_who_matters_changed() {
    let mut story = Story::new();
    let id = story.amazon.rings();
    let at = |seconds| START + Span::secs(seconds);
    let contact = story.amazon.of(&id);
    contact.state = "connected".to_owned();
    contact.since = at(5);
    contact.connections[0].since = at(2); // The customer was in the queue before.
    story.snapshot();
    assert_eq!(story.contact(&id).since, at(5));
    let contact = story.amazon.of(&id);
    contact.connections[0].state = "hold".to_owned();
    contact.connections[0].since = at(9);
    story.snapshot();
    assert_eq!(story.contact(&id).since, at(9));
    assert_eq!(story.contact(&id).answered_at, Some(at(5)));
}

#[test]
fn what_became_of_a_contact_is_told_by_its_state_too() {
    let seen = |state: &str, accepted: bool, left: bool| {
        let mut story = Story::new();
        let id = story.amazon.rings();
        if accepted {
            story.snapshot();
        }
        let contact = story.amazon.of(&id);
        contact.state = state.to_owned();
        if left {
            contact.connections[0].state = "disconnected".to_owned();
        }
        story.snapshot();
        story.contact(&id).outcome
    };
    // Over when it was seen first.
    assert_eq!(seen("error", false, false), Some(Became::Missed));
    assert_eq!(seen("ended", false, false), Some(Became::Answered));
    // An instance that tells them apart.
    assert_eq!(seen("missed", true, true), Some(Became::Missed));
    assert_eq!(seen("rejected", true, false), Some(Became::Rejected));
    // It ended, and nobody had talked.
    assert_eq!(seen("ended", true, false), Some(Became::Failed));
}

#[test]
fn a_customer_first_callback_whose_customer_leaves_was_not_unanswered() {
    let mut story = Story::new();
    let first = ("queue_callback", "callback_customer_first_queued");
    let contact = story
        .amazon
        .contact(first, "connecting", ("outbound", "connected"));
    let id = contact.id.clone();
    story.snapshot();
    story.amazon.mode = Mode::Idle;
    story.act(&id, Act::Accept);
    let contact = story.amazon.of(&id);
    contact.state = "error".to_owned();
    contact.connections[0].state = "disconnected".to_owned();
    story.snapshot();
    assert_eq!(story.contact(&id).outcome, Some(Became::CallerLeft));
}

#[test]
fn who_is_muted_can_be_unmuted_and_the_other_way_round() {
    let (mut story, id) = Story::talking();
    for muted in [true, false] {
        story.control.told(story.now, CallFact::Muted(muted));
        story.step();
        assert_eq!(story.can(&id, Control::Mute), !muted);
        assert_eq!(story.can(&id, Control::Unmute), muted);
    }
}

#[test]
fn while_somebody_is_called_nobody_else_can_be_held_or_called() {
    let (mut story, id) = Story::talking();
    let asked = story.act(&id, Act::Consult(number()));
    story.expect_done(asked);
    let why = |control| story.contact(&id).rules.reason(control);
    assert_eq!(why(Control::Hold), Some("Nobody has answered yet."));
    let calling = Some("Somebody is being called already.");
    assert_eq!(why(Control::Consult), calling);
    let still = Some("Somebody is still being called.");
    for control in [Control::Conference, Control::Swap, Control::Leave] {
        assert_eq!(why(control), still);
    }
}

#[test]
fn a_flow_that_answers_for_an_agent_or_a_queue_is_not_they() {
    for endpoint in ["agent", "queue", "phone_number"] {
        let (mut story, id) = Story::talking();
        let mut other = story.amazon.party("outbound", "connected", "+12065550199");
        other.endpoint = endpoint.to_owned();
        story.amazon.of(&id).connections.push(other);
        for one in &mut story.amazon.of(&id).connections {
            if one.is_agent() {
                one.endpoint = "agent".to_owned();
            }
        }
        story.snapshot();
        let states: Vec<_> = story
            .contact(&id)
            .participants
            .iter()
            .map(|one| one.state.name())
            .collect();
        let other = if endpoint == "phone_number" {
            "connected"
        } else {
            "connectedToQueue"
        };
        assert_eq!(states, ["connected", "connected", other]);
    }
}

#[test]
fn what_can_be_done_about_one_of_several() {
    use PartyControl::{Hold, Mute, Remove, Resume};
    let can = |multi_party: bool, customer: &str, third: &str, muted: bool| {
        let (mut story, id) = Story::talking();
        let other = story.amazon.party("outbound", third, "+12065550199");
        let contact = story.amazon.of(&id);
        contact.multi_party = multi_party;
        contact.connections.push(other);
        for one in &mut contact.connections {
            if one.initial {
                one.state = customer.to_owned();
                one.muted = Some(muted);
            }
        }
        story.snapshot();
        let mut all = story.contact(&id).participants.iter();
        let customer = all.find(|one| one.role == Role::Customer);
        let rules = customer.expect("the customer").rules.clone();
        (rules.can.clone(), rules.reason(Resume), rules.reason(Mute))
    };
    let one_line = "Only one can talk at a time here: swap them, or make it a conference.";
    let off = Some(one_line);
    let (held, connected) = ("hold", "connected");
    assert_eq!(
        can(false, held, held, false),
        (vec![Remove, Resume], None, None)
    );
    assert_eq!(
        can(false, held, connected, false),
        (vec![Remove], off, None)
    );
    assert_eq!(
        can(true, held, connected, false),
        (vec![Remove, Resume], None, None)
    );
    assert_eq!(
        can(false, connected, held, false),
        (vec![Remove, Hold], None, None)
    );
    assert_eq!(
        can(true, connected, held, false),
        (vec![Remove, Hold, Mute], None, None)
    );
    let muted = Some("Already muted.");
    assert_eq!(
        can(true, connected, held, true),
        (vec![Remove, Hold], None, muted)
    );
}

#[test]
fn nobody_of_an_offered_contact_or_a_chat_can_be_held() {
    let mut story = Story::new();
    let offered = story.amazon.rings();
    let chat = story
        .amazon
        .contact(("chat", "api"), "connected", ("inbound", "connected"));
    let chat = chat.id.clone();
    story.snapshot();
    for id in [&offered, &chat] {
        let parties = &story.contact(id).participants;
        assert!(!parties.is_empty());
        assert!(parties.iter().all(|one| one.rules == Default::default()));
    }
}

#[test]
fn a_single_customer_on_hold_is_resumed_by_themselves() {
    let (mut story, id) = Story::talking();
    let held = story.act(&id, Act::Hold);
    story.expect_done(held);
    let customer = story.contact(&id).participants[1].clone();
    assert!(customer.rules.allows(PartyControl::Resume));
    let resumed = story.act(
        &id,
        Act::Party {
            id: customer.id,
            control: PartyControl::Resume,
        },
    );
    story.expect_done(resumed);
}
