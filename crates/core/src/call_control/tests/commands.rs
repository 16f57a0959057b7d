//! What commands come to: by what snapshots show, not by what is answered.

use super::*;
use crate::testing::test;

#[test]
fn a_call_is_accepted_held_resumed_and_ended() {
    let (mut story, id) = Story::talking();
    for (act, phase) in [
        (Act::Hold, Phase::Held),
        (Act::Resume, Phase::Talking),
        (Act::HangUp, Phase::WrapUp),
    ] {
        let ticket = story.act(&id, act);
        story.expect_done(ticket);
        assert_eq!(story.phase(&id), phase);
    }
    let ticket = story.act(&id, Act::Finish);
    story.expect_done(ticket);
    assert_eq!(
        story.settlement(ticket),
        Some(&Ok(Outcome::Contact(None))),
        "it is gone"
    );
    assert!(story.control.contacts().is_empty());
}

#[test]
fn accepting_is_over_when_the_call_is_connected() {
    fault("accepted-without-audio");
    let mut story = Story::new();
    let id = story.amazon.rings();
    story.snapshot();
    story.amazon.mode = Mode::Idle; // Amazon takes it, and the audio never comes.
    let ticket = story.act(&id, Act::Accept);
    story.expect_pending(ticket);
    assert!(!story.can(&id, Control::Accept), "no double click");
    story.advance(Span::secs(9));
    story.expect_pending(ticket);
    story.advance(Span::secs(1));
    story.expect_error(ticket, "NO_AUDIO");
}

#[test]
fn an_accepted_call_that_comes_to_nothing_had_no_audio() {
    let mut story = Story::new();
    let id = story.amazon.rings();
    story.snapshot();
    story.amazon.mode = Mode::Idle;
    let ticket = story.act(&id, Act::Accept);
    story.amazon.ends(&id);
    story.snapshot();
    story.expect_error(ticket, "NO_AUDIO");
}

#[test]
fn what_another_tab_has_accepted_is_accepted() {
    fault("accepted-elsewhere");
    let mut story = Story::new();
    let id = story.amazon.rings();
    story.snapshot();
    story.amazon.mode = Mode::Refuses;
    let ticket = story.act(&id, Act::Accept);
    story.expect_pending(ticket);
    story.amazon.answers(&id);
    story.snapshot();
    story.expect_done(ticket);
}

#[test]
fn the_snapshot_is_right_when_an_answer_says_otherwise() {
    fault("command-refused-but-done");
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::DoesAndRefuses;
    let ticket = story.act(&id, Act::Hold);
    story.expect_done(ticket);
    assert_eq!(story.phase(&id), Phase::Held);
}

#[test]
fn a_refusal_counts_once_a_snapshot_had_its_time() {
    fault("command-refused");
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Refuses;
    let ticket = story.act(&id, Act::Hold);
    story.expect_pending(ticket);
    story.advance(Span::secs(2));
    story.expect_error(ticket, "COMMAND_REFUSED");
}

#[test]
fn silence_ends_in_words_for_every_command() {
    fault("command-silent");
    fault("command-denied");
    type Begin = fn() -> (Story, String);
    let offered: Begin = || {
        let mut story = Story::new();
        let id = story.amazon.rings();
        story.snapshot();
        (story, id)
    };
    let talking: Begin = Story::talking;
    let held: Begin = || {
        let (mut story, id) = Story::talking();
        story.act(&id, Act::Hold);
        (story, id)
    };
    let consulting: Begin = || {
        let (mut story, id) = Story::talking();
        story.act(&id, Act::Consult(number()));
        story.amazon.answers(&id);
        story.snapshot();
        (story, id)
    };
    let ended: Begin = || {
        let (mut story, id) = Story::talking();
        story.act(&id, Act::HangUp);
        (story, id)
    };
    for (begin, act, code) in [
        (offered, Act::Accept, "NO_AUDIO"),
        (offered, Act::Reject, "COMMAND_TIMEOUT"),
        (talking, Act::HangUp, "COMMAND_TIMEOUT"),
        (talking, Act::Hold, "COMMAND_TIMEOUT"),
        (held, Act::Resume, "COMMAND_TIMEOUT"),
        (
            talking,
            Act::SendDigits(Private::new("1".to_owned())),
            "COMMAND_TIMEOUT",
        ),
        (talking, Act::Consult(number()), "COMMAND_TIMEOUT"),
        (
            talking,
            Act::Transfer {
                to: number(),
                at_once: false,
            },
            "TRANSFER_NOT_ANSWERED",
        ),
        (consulting, Act::Conference, "COMMAND_TIMEOUT"),
        (consulting, Act::Swap, "COMMAND_TIMEOUT"),
        (consulting, Act::Leave, "COMMAND_TIMEOUT"),
        (ended, Act::Finish, "COMMAND_TIMEOUT"),
        (
            talking,
            Act::ReportIssue {
                code: String::new(),
                description: Private::new(String::new()),
            },
            "COMMAND_TIMEOUT",
        ),
    ] {
        let (mut story, id) = begin();
        story.amazon.mode = Mode::Silent;
        let ticket = story.act(&id, act.clone());
        assert_eq!(story.settlement(ticket), None, "{act:?}");
        story.advance(Span::secs(61));
        story.expect_error(ticket, code);
        assert_eq!(story.control.due(), None, "nothing is left of {act:?}");
    }
}

#[test]
fn the_state_and_quick_connects_do_not_wait_without_end_either() {
    fault("dial-comes-to-nothing");
    let mut story = Story::new();
    story.amazon.mode = Mode::Silent;
    let lunch = story.ask(Command::SetState {
        name: "Lunch".to_owned(),
        after_contact: None,
    });
    let dialled = story.ask(dial("+12065550100"));
    let found = story.ask(Command::QuickConnects { queue: None });
    story.advance(Span::secs(20));
    for ticket in [lunch, dialled, found] {
        story.expect_error(ticket, "COMMAND_TIMEOUT");
    }
}

#[test]
fn what_is_not_possible_says_why() {
    fault("not-possible-now");
    fault("contact-gone");
    let mut story = Story::new();
    let id = story.amazon.rings();
    story.snapshot();
    let ticket = story.act(&id, Act::Hold);
    story.expect_error(ticket, "NOT_POSSIBLE_NOW");
    assert_eq!(story.orders, []);
    let gone = story.act("none", Act::Hold);
    story.expect_error(gone, "CONTACT_GONE");
    let nobody = story.ask(Command::MuteAny { mute: true });
    story.expect_error(nobody, "NOT_POSSIBLE_NOW");
}

#[test]
fn the_same_command_twice_is_one_and_others_wait_for_their_turn() {
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Idle;
    let first = story.act(&id, Act::Hold);
    let twice = story.act(&id, Act::Hold);
    assert_eq!(story.orders.len(), 1);
    let next = story.act(&id, Act::HangUp);
    assert_eq!(story.orders.len(), 1, "it waits");
    story.amazon.mode = Mode::Works;
    for one in &mut story.amazon.of(&id).connections {
        if !one.is_agent() {
            one.state = "hold".to_owned();
        }
    }
    story.snapshot();
    for ticket in [first, twice, next] {
        story.expect_done(ticket);
    }
    assert_eq!(story.phase(&id), Phase::WrapUp);
}

#[test]
fn a_command_waits_three_seconds_for_the_one_before() {
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Silent;
    let held = story.act(&id, Act::Hold);
    let digits = story.act(&id, Act::SendDigits(Private::new("1".to_owned())));
    story.amazon.mode = Mode::Works;
    story.advance(Span::millis(2_999));
    story.expect_pending(digits);
    story.advance(Span::millis(1));
    story.expect_done(digits);
    story.expect_pending(held);
}

#[test]
fn amazon_is_asked_once_more_where_it_took_a_hold_and_did_nothing() {
    fault("command-ignored");
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Idle;
    let ticket = story.act(&id, Act::Hold);
    story.amazon.mode = Mode::Works;
    story.advance(Span::secs(5));
    story.expect_done(ticket);
    assert_eq!(story.orders.len(), 2);
}

#[test]
fn what_is_done_late_or_without_an_answer_is_done() {
    fault("command-done-silently");
    fault("command-done-late");
    for mode in [Mode::Silent, Mode::Idle] {
        let (mut story, id) = Story::talking();
        story.amazon.mode = mode;
        let ticket = story.act(&id, Act::Hold);
        story.advance(Span::secs(2));
        story.expect_pending(ticket);
        for one in &mut story.amazon.of(&id).connections {
            if !one.is_agent() {
                one.state = "hold".to_owned();
            }
        }
        story.snapshot();
        story.expect_done(ticket);
        assert_eq!(story.orders.len(), 1, "{mode:?}");
    }
}

#[test]
fn a_connection_that_is_said_to_be_resumed_and_is_not_is_resumed_again() {
    fault("resume-too-soon");
    let (mut story, id) = Story::talking();
    story.act(&id, Act::Hold);
    story.orders.clear();
    story.amazon.mode = Mode::Silent;
    let ticket = story.act(&id, Act::Resume);
    let refusal = Refusal {
        type_name: "CallAlreadyResumedException".to_owned(),
        message: String::new(),
    };
    let request = story.control.next_request - 1;
    story
        .control
        .told(story.now, CallFact::Answered(request, Err(refusal)));
    story.step();
    story.amazon.mode = Mode::Works;
    story.advance(Span::millis(300));
    story.expect_done(ticket);
    assert_eq!(story.orders.len(), 2);
}

#[test]
fn a_reload_of_the_ccp_settles_what_was_asked() {
    fault("command-reset");
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Silent;
    let held = story.act(&id, Act::Hold);
    let waiting = story.act(&id, Act::HangUp);
    story.control.disconnected();
    story.amazon.mode = Mode::Works;
    story.step();
    story.expect_error(held, "CONNECTION_RESET");
    story.expect_done(waiting); // It had not been sent.
}

#[test]
fn a_session_that_is_refused_settles_what_awaits_an_answer() {
    fault("command-unauthorized");
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Silent;
    let held = story.act(&id, Act::Hold);
    story.control.session_refused();
    story.step();
    story.expect_error(held, "SESSION_ENDED");
}

#[test]
fn without_a_network_a_command_fails_at_once() {
    let (mut story, id) = Story::talking();
    story.off = Some((Error::NetworkOffline, "There is no network."));
    story.step();
    let ticket = story.act(&id, Act::Hold);
    story.expect_error(ticket, "NETWORK_OFFLINE");
    assert_eq!(
        story.contact(&id).rules.reason(Control::Hold),
        Some("There is no network.")
    );
    story.off = None;
    story.step();
    assert!(story.can(&id, Control::Hold));
}

#[test]
fn a_late_refusal_is_an_administrators() {
    fault("command-answered-late");
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Silent;
    story.act(&id, Act::Hold);
    let request = story.control.next_request - 1;
    story.advance(Span::secs(10));
    story.told.clear();
    let refusal = Refusal {
        type_name: "InternalServiceError".to_owned(),
        message: String::new(),
    };
    story
        .control
        .told(story.now, CallFact::Answered(request, Err(refusal)));
    story.step();
    assert_eq!(
        story.told,
        ["Amazon Connect refused a command after it was over."]
    );
}

#[test]
fn muting_is_certain_or_it_says_so() {
    fault("mute-not-confirmed");
    let (mut story, id) = Story::talking();
    let muted = story.ask(Command::MuteAny { mute: true });
    story.expect_done(muted);
    assert_eq!(story.contact(&id).muted, Some(true));
    assert_eq!(story.control.muted(), Some(true));
    let unmuted = story.act(&id, Act::Mute(false));
    story.expect_done(unmuted);
    story.tells_mute = false;
    let silent = story.act(&id, Act::Mute(true));
    story.advance(Span::secs(3));
    story.expect_error(silent, "MUTE_NOT_CONFIRMED");
}

#[test]
fn of_two_calls_the_one_that_talks_is_muted() {
    let (mut story, first) = Story::talking();
    story.act(&first, Act::Hold);
    let second = story.amazon.rings();
    story.snapshot();
    story.act(&second, Act::Accept);
    let muted = story.ask(Command::MuteAny { mute: true });
    story.expect_done(muted);
    match story.settlement(muted) {
        Some(Ok(Outcome::Contact(Some(contact)))) => assert_eq!(contact.id, second),
        other => panic!("{other:?}"),
    }
}

#[test]
fn where_many_can_talk_amazon_mutes_the_agent() {
    let (mut story, id) = Story::talking();
    story.amazon.of(&id).multi_party = true;
    story.snapshot();
    let muted = story.act(&id, Act::Mute(true));
    story.expect_done(muted);
    assert!(matches!(
        story.orders.last(),
        Some(Order::MuteParticipant(_))
    ));
    // And the CCP may have muted them as well.
    story.amazon.muted_here = true;
    story.tell_muted();
    story.step();
    let unmuted = story.act(&id, Act::Mute(false));
    story.expect_done(unmuted);
    assert_eq!(story.contact(&id).muted, Some(false));
}

#[test]
fn whether_the_agent_is_muted_is_asked_whenever_the_number_of_calls_changes() {
    fault("mute-told-wrong");
    let (mut story, id) = Story::talking();
    assert_eq!(story.asked_muted, 1);
    story.amazon.muted_here = true;
    story.tell_muted();
    story.step();
    let second = story.amazon.rings();
    story.amazon.answers(&second);
    story.snapshot();
    assert_eq!(story.asked_muted, 2);
    story.amazon.ends(&second);
    // Streams says then that nobody is muted.
    story.control.told(story.now, CallFact::Muted(false));
    story.snapshot();
    assert_eq!(story.contact(&id).muted, Some(true));
    // And of a call on hold the CCP says nothing before it is off hold.
    story.act(&id, Act::Hold);
    let asked = story.asked_muted;
    story.control.told(story.now, CallFact::Muted(false));
    story.step();
    story.act(&id, Act::Resume);
    assert_eq!(story.asked_muted, asked + 1);
    assert_eq!(story.contact(&id).muted, Some(true));
}

#[test]
fn what_a_snapshot_says_of_mute_counts_only_where_many_can_talk() {
    fault("mute-shown-wrong");
    let (mut story, id) = Story::talking();
    let shown = |story: &mut Story, muted| {
        let mut all = story.amazon.of(&id).connections.iter_mut();
        all.find(|one| one.is_agent()).expect("the agent").muted = Some(muted);
        story.snapshot();
        story.contact(&id).muted
    };
    assert_eq!(shown(&mut story, true), Some(false));
    let muted = story.act(&id, Act::Mute(true));
    story.expect_done(muted);
    assert_eq!(shown(&mut story, false), Some(true));
    story.amazon.of(&id).multi_party = true;
    assert_eq!(shown(&mut story, false), Some(true), "the CCP mutes them");
}

#[test]
fn without_a_word_from_the_ccp_it_is_not_known_whether_the_agent_is_muted() {
    fault("mute-unknown");
    let (mut story, id) = Story::talking();
    story.tells_mute = false;
    story.control.disconnected(); // As after a reload.
    story.snapshot();
    assert_eq!(story.contact(&id).muted, None);
    assert!(story.can(&id, Control::Mute) && story.can(&id, Control::Unmute));
}

#[test]
fn a_state_is_chosen_now_or_for_after_the_contact() {
    let mut story = Story::new();
    let lunch = |after_contact| Command::SetState {
        name: "Lunch".to_owned(),
        after_contact,
    };
    let ticket = story.ask(lunch(None));
    story.expect_done(ticket);
    assert_eq!(story.agent.state, "Lunch");
    let again = story.ask(lunch(None));
    story.expect_done(again);
    assert_eq!(story.orders.len(), 1);

    let (mut story, _) = Story::talking();
    let ticket = story.ask(lunch(None));
    story.expect_done(ticket);
    assert_eq!(story.agent.next_state.as_deref(), Some("Lunch"));
    let cleared = story.ask(Command::ClearNextState);
    story.expect_done(cleared);
    assert_eq!(story.agent.next_state, None);
    let nothing = story.ask(Command::ClearNextState);
    story.expect_done(nothing);
    let now = story.ask(lunch(Some(false)));
    story.expect_done(now);
    assert_eq!(story.agent.state, "Lunch");

    let unknown = story.ask(Command::SetState {
        name: "Busy".to_owned(),
        after_contact: None,
    });
    story.expect_error(unknown, "ARGUMENT_INVALID");
}

#[test]
fn a_queued_state_does_not_win_over_the_one_that_is_chosen_now() {
    fault("queued-state-wins");
    let mut story = Story::new();
    story.amazon.state = "MissedCallAgent".to_owned();
    story.amazon.next = Some("Offline".to_owned());
    story.snapshot();
    let ticket = story.ask(Command::SetState {
        name: "Available".to_owned(),
        after_contact: None,
    });
    story.expect_done(ticket);
    assert_eq!(
        (story.agent.state.as_str(), &story.agent.next_state),
        ("Available", &None)
    );
}

#[test]
fn available_needs_no_queue_during_a_contact() {
    fault("state-cleared-by-available");
    let (mut story, id) = Story::talking();
    story.amazon.state = "Busy".to_owned();
    for next in ["Available", "Lunch", "Available"] {
        let ticket = story.ask(state(next));
        story.expect_done(ticket);
    }
    assert_eq!(story.agent.next_state, None);
    story.act(&id, Act::HangUp);
    story.amazon.state = "AfterCallWork".to_owned();
    story.snapshot();
    let ticket = story.ask(state("Available"));
    story.expect_pending(ticket); // It may come at once.
    story.advance(Span::secs(2));
    story.expect_done(ticket);
    // A contact that came to nothing is nothing to wait for.
    let mut story = Story::new();
    let missed = story.amazon.rings();
    story.amazon.ends(&missed);
    story.amazon.state = "MissedCallAgent".to_owned();
    story.snapshot();
    let ticket = story.ask(state("Available"));
    story.expect_done(ticket);
    assert_eq!(story.agent.state, "Available");
}

#[test]
fn a_state_that_was_taken_and_not_set_is_set_again() {
    fault("state-ignored");
    let mut story = Story::new();
    story.amazon.mode = Mode::Idle;
    let ticket = story.ask(Command::SetState {
        name: "Lunch".to_owned(),
        after_contact: None,
    });
    story.amazon.mode = Mode::Works;
    story.advance(Span::secs(5));
    story.expect_done(ticket);
    assert_eq!(story.orders.len(), 2);
}

#[test]
fn a_contact_is_finished_once_it_has_ended() {
    fault("finished-too-early");
    let (mut story, id) = Story::talking();
    let early = story.act(&id, Act::Finish);
    story.expect_error(early, "NOT_POSSIBLE_NOW");
    story.amazon.mode = Mode::Idle;
    let ended = story.act(&id, Act::HangUp);
    let finished = story.act(&id, Act::Finish);
    story.expect_pending(finished); // It is not refused, and not sent yet.
    story.amazon.mode = Mode::Works;
    story.amazon.ends(&id);
    story.snapshot();
    story.expect_done(ended);
    story.expect_done(finished);
}

#[test]
fn a_number_is_dialled_once_a_second_and_gives_its_own_contact() {
    fault("dialled-twice");
    fault("dial-overtaken");
    let mut story = Story::new();
    // An inbound call comes first.
    let inbound = story.amazon.rings();
    let ticket = story.ask(dial("+12065550100"));
    story.expect_done(ticket);
    let Some(Ok(Outcome::Contact(Some(contact)))) = story.settlement(ticket) else {
        panic!("{:?}", story.settlement(ticket));
    };
    assert_ne!(contact.id, inbound);
    assert_eq!(contact.phase, Phase::Connecting);
    let again = story.ask(dial("+12065550100"));
    story.expect_error(again, "NOT_POSSIBLE_NOW");
    story.advance(Span::secs(1));
    let later = story.ask(dial("+12065550100"));
    story.expect_done(later);
}

#[test]
fn who_may_not_call_out_is_told_before_anything_is_sent() {
    fault("dial-without-queue");
    fault("dial-not-allowed");
    for change in [
        (|setup| setup.permissions = vec!["other".to_owned()]) as fn(&mut AgentSetup),
        |setup| setup.default_queue = None,
        |setup| setup.countries = vec!["de".to_owned()],
    ] {
        let mut story = Story::new();
        let mut setup = (*story.agent.setup).clone();
        change(&mut setup);
        story.agent.setup = Rc::new(setup);
        for _ in 0..2 {
            let ticket = story.ask(dial("+12065550100"));
            story.expect_error(ticket, "NOT_ALLOWED");
        }
        assert_eq!(story.orders, []);
    }
}

#[test]
fn what_amazon_cannot_dial_is_no_number() {
    fault("number-refused");
    fault("number-invalid");
    let mut story = Story::new();
    story.amazon.mode = Mode::Silent;
    let ticket = story.ask(dial("+12065550100"));
    let refusal = Refusal {
        type_name: "BadEndpointException".to_owned(),
        message: String::new(),
    };
    story
        .control
        .told(story.now, CallFact::Answered(0, Err(refusal)));
    story.step();
    story.advance(Span::secs(2));
    story.expect_error(ticket, "NUMBER_INVALID");
}

#[test]
fn a_stale_queue_costs_only_its_own_quick_connects() {
    fault("quick-connects-stale");
    let found = |story: &Story, ticket| match story.settlement(ticket) {
        Some(Ok(Outcome::QuickConnects(found))) => found.clone(),
        other => panic!("{other:?}"),
    };
    let mut story = Story::new();
    let all = story.ask(Command::QuickConnects { queue: None });
    let names = |found: &Found| {
        found
            .items
            .iter()
            .map(|one| one.name.clone())
            .collect::<Vec<_>>()
    };
    let whole = found(&story, all);
    assert_eq!(
        names(&whole),
        ["everywhere", "of queue/support", "of queue/sales"]
    );
    assert_eq!(whole.incomplete, [""; 0]);

    story.amazon.stale = vec!["queue/support".to_owned()];
    let some = story.ask(Command::QuickConnects { queue: None });
    let part = found(&story, some);
    assert_eq!(names(&part), ["everywhere", "of queue/sales"]);
    assert_eq!(part.incomplete, ["support"]);

    let one = story.ask(Command::QuickConnects {
        queue: Some("queue/support".to_owned()),
    });
    story.expect_error(one, "COMMAND_REFUSED");
}

#[test]
fn a_finished_contact_is_gone_although_snapshots_list_it() {
    fault("contact-lingers");
    let (mut story, id) = Story::talking();
    story.act(&id, Act::HangUp);
    story.amazon.mode = Mode::Idle; // It is taken, and still listed.
    let ticket = story.act(&id, Act::Finish);
    story.expect_done(ticket);
    assert!(story.control.contacts().is_empty());
    story.snapshot();
    assert!(story.control.contacts().is_empty());
    // What is cleared already is finished as well.
    let (mut story, id) = Story::talking();
    story.act(&id, Act::HangUp);
    story.amazon.mode = Mode::Silent;
    let ticket = story.act(&id, Act::Finish);
    let request = story.control.next_request - 1;
    let refusal = Refusal {
        type_name: "ContactNotFoundException".to_owned(),
        message: String::new(),
    };
    story
        .control
        .told(story.now, CallFact::Answered(request, Err(refusal)));
    story.step();
    story.expect_done(ticket);
}

#[test]
fn one_participant_is_held_resumed_muted_and_removed() {
    let (mut story, id) = Story::talking();
    story.amazon.of(&id).multi_party = true;
    story.act(&id, Act::Consult(number()));
    story.amazon.answers(&id);
    story.snapshot();
    let third = story.contact(&id).participants[2].id.clone();
    let party = |control| Act::Party {
        id: third.clone(),
        control,
    };
    for (control, states) in [
        (PartyControl::Hold, vec!["held", "held"]),
        (PartyControl::Resume, vec!["held", "connected"]),
        (PartyControl::Mute, vec!["held", "connected"]),
        (PartyControl::Remove, vec!["held"]),
    ] {
        let ticket = story.act(&id, party(control));
        story.expect_done(ticket);
        assert_eq!(story.others(&id), states, "{control:?}");
    }
    let gone = story.act(&id, party(PartyControl::Hold));
    story.expect_error(gone, "NOT_POSSIBLE_NOW");
}

#[test]
fn an_unmute_that_nobody_asked_for_is_told() {
    fault("mute-undone");
    let (mut story, _) = Story::talking();
    let muted = story.ask(Command::MuteAny { mute: true });
    story.expect_done(muted);
    let unmuted = story.ask(Command::MuteAny { mute: false });
    story.expect_done(unmuted);
    story.ask(Command::MuteAny { mute: true });
    story.told.clear();
    story.amazon.muted_here = false;
    story.tell_muted();
    story.step();
    assert_eq!(
        story.told,
        [
            "Amazon's panel un-muted the agent, and nobody had asked for it.",
            "changed talking"
        ]
    );
}

#[test]
fn calls_come_to_a_desk_phone_and_back() {
    let mut story = Story::new();
    let phone = Command::SetPhone;
    let number = || PhoneType::Desk(Some(Private::new("+12065550100".to_owned())));
    let nowhere = story.ask(phone(PhoneType::Desk(None)));
    story.expect_error(nowhere, "NUMBER_INVALID");
    for (wanted, softphone) in [
        (number(), false),
        (PhoneType::Softphone, true),
        (PhoneType::Desk(None), false),
        (number(), false),
    ] {
        let ticket = story.ask(phone(wanted));
        story.expect_done(ticket);
        assert_eq!(story.agent.softphone, softphone);
    }
    assert_eq!(story.orders.len(), 3);
    story.amazon.mode = Mode::Silent;
    let silent = story.ask(phone(PhoneType::Softphone));
    story.advance(Span::secs(10));
    story.expect_error(silent, "COMMAND_TIMEOUT");
}

#[test]
fn each_key_that_is_pressed_is_sent_in_order() {
    let (mut story, id) = Story::talking();
    let keys = |story: &mut Story| {
        ["4", "4", "#"].map(|key| story.act(&id, Act::SendDigits(Private::new(key.to_owned()))))
    };
    for ticket in keys(&mut story) {
        story.expect_done(ticket);
    }
    assert_eq!(story.orders.len(), 3);
    // Also where Amazon takes its time.
    story.amazon.mode = Mode::Silent;
    let tickets = keys(&mut story);
    assert_eq!(story.orders.len(), 4);
    for ticket in tickets {
        let request = story.control.next_request - 1;
        story
            .control
            .told(story.now, CallFact::Answered(request, Ok(Taken::Done)));
        story.step();
        story.expect_done(ticket);
    }
    assert_eq!(story.orders.len(), 6);
}

#[test]
fn what_is_under_way_fails_with_the_phone() {
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Silent;
    let held = story.act(&id, Act::Hold);
    story.expect_pending(held);
    story.off = Some((Error::SessionEnded, "Your session has ended."));
    story.step();
    story.expect_error(held, "SESSION_ENDED");
}

#[test]
fn what_is_finished_is_gone_though_snapshots_list_it() {
    let (mut story, id) = Story::talking();
    story.amazon.ends(&id);
    let other = story.amazon.rings();
    story.snapshot();
    story.amazon.mode = Mode::Idle; // It is taken, and the contact stays for a while.
    let finished = story.act(&id, Act::Finish);
    story.expect_done(finished);
    story.snapshot();
    let ids: Vec<_> = story.control.contacts().iter().map(|one| &one.id).collect();
    assert_eq!(ids, [&other]);
}

#[test]
fn a_command_that_fails_does_not_end_a_contact_for_the_agent() {
    for act in [Act::Hold, Act::HangUp] {
        let (mut story, id) = Story::talking();
        story.amazon.mode = Mode::Refuses;
        let refused = story.act(&id, act);
        story.advance(Span::secs(2));
        story.expect_error(refused, "COMMAND_REFUSED");
        story.amazon.ends(&id);
        story.snapshot();
        let by = story.contact(&id).ended_by;
        assert_ne!(by, Some(crate::call_control::contact::EndedBy::Agent));
    }
}

#[test]
fn a_state_waits_for_the_one_that_was_chosen_before() {
    let mut story = Story::new();
    story.amazon.mode = Mode::Silent;
    story.ask(state("Lunch"));
    let second = story.ask(state("Offline"));
    assert_eq!(story.orders.len(), 1);
    story.amazon.mode = Mode::Works;
    story.advance(Span::secs(3)); // It is not waited for longer.
    story.expect_done(second);
    assert_eq!(story.agent.state, "Offline");
    story.amazon.mode = Mode::Silent;
    story.ask(Command::SetPhone(PhoneType::Desk(Some(Private::new(
        "+12065550100".to_owned(),
    )))));
    let sent = story.orders.len();
    story.ask(Command::SetPhone(PhoneType::Desk(Some(Private::new(
        "+12065550101".to_owned(),
    )))));
    assert_eq!(story.orders.len(), sent);
}

#[test]
fn who_was_not_called_lends_nobody_their_name() {
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Refuses;
    let refused = story.act(&id, Act::Consult(quick_connect("Grace")));
    story.advance(Span::secs(2));
    story.expect_error(refused, "COMMAND_REFUSED");
    let other = story.amazon.party("outbound", "connected", "+12065550199");
    story.amazon.of(&id).connections.push(other);
    story.snapshot();
    let labels: Vec<_> = story
        .contact(&id)
        .participants
        .iter()
        .map(|one| one.label.reveal().as_str())
        .collect();
    assert!(labels.contains(&"+12065550199"), "{labels:?}");
}

#[test]
fn what_amazon_never_does_is_asked_twice_and_no_more() {
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Idle;
    let held = story.act(&id, Act::Hold);
    story.advance(Span::secs(10));
    story.expect_error(held, "COMMAND_TIMEOUT");
    assert_eq!(story.orders.len(), 2);
}

#[test]
fn a_refused_session_ends_what_was_not_answered() {
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Idle;
    let taken = story.act(&id, Act::Hold);
    story.control.session_refused();
    story.step();
    story.expect_pending(taken);
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Silent;
    let asked = story.act(&id, Act::Hold);
    story.control.session_refused();
    story.step();
    story.expect_error(asked, "SESSION_ENDED");
}

#[test]
fn only_an_accepted_call_that_was_not_connected_had_no_audio() {
    let mut story = Story::new();
    let id = story.amazon.rings();
    story.snapshot();
    story.amazon.mode = Mode::Silent; // Perhaps it was never asked.
    let accepted = story.act(&id, Act::Accept);
    story.amazon.ends(&id);
    story.snapshot();
    story.expect_error(accepted, "CONTACT_GONE");
    let (mut story, id) = Story::talking();
    story.amazon.mode = Mode::Idle;
    let held = story.act(&id, Act::Hold);
    story.amazon.ends(&id);
    story.snapshot();
    story.expect_error(held, "CONTACT_GONE");
}

#[test]
fn a_queued_state_is_cleared_once_before_available_is_set() {
    let mut story = Story::new();
    story.amazon.state = "MissedCallAgent".to_owned();
    let missed = story.amazon.rings();
    story.amazon.ends(&missed);
    story.amazon.next = Some("Offline".to_owned());
    story.snapshot();
    let ticket = story.ask(Command::SetState {
        name: "Available".to_owned(),
        after_contact: None,
    });
    story.expect_done(ticket);
    let queued = |order: &Order| matches!(order, Order::SetState { enqueue: true, .. });
    let all: Vec<_> = story.orders.iter().map(queued).collect();
    assert_eq!(all, [true, false]);
}

#[test]
fn a_state_that_is_there_already_needs_nothing() {
    let mut story = Story::new();
    let there = story.ask(state("Available"));
    story.expect_done(there);
    assert!(story.orders.is_empty());
    // It is there, but another one is to follow.
    story.amazon.next = Some("Lunch".to_owned());
    story.amazon.mode = Mode::Silent;
    story.snapshot();
    let stays = story.ask(state("Available"));
    story.expect_pending(stays);
}

#[test]
fn what_was_dialled_is_a_call_to_that_number() {
    let mut story = Story::new();
    story.amazon.mode = Mode::Idle;
    let ticket = story.ask(dial("+12065550100"));
    // An outbound callback, and a call to somebody else from another tab.
    story.amazon.contact(
        ("queue_callback", "callback"),
        "connecting",
        ("outbound", "connecting"),
    );
    let other = story.amazon.contact(
        ("voice", "outbound"),
        "connecting",
        ("outbound", "connecting"),
    );
    other.connections[0].number = Some(Private::new("+12065550111".to_owned()));
    story.snapshot();
    story.expect_pending(ticket);
}

#[test]
fn a_contact_that_goes_while_it_is_ended_was_ended() {
    for (act, done) in [(Act::HangUp, true), (Act::Hold, false)] {
        let (mut story, id) = Story::talking();
        story.amazon.mode = Mode::Silent;
        let ticket = story.act(&id, act);
        story.amazon.contacts.clear();
        story.snapshot();
        if done {
            story.expect_done(ticket);
        } else {
            story.expect_error(ticket, "CONTACT_GONE");
        }
    }
}

#[test]
fn somebody_who_leaves_is_not_waited_for_to_come_off_hold() {
    let (mut story, id) = Story::talking();
    let held = story.act(&id, Act::Hold);
    story.expect_done(held);
    story.amazon.of(&id).multi_party = true;
    let other = story.amazon.party("outbound", "hold", "+12065550199");
    story.amazon.of(&id).connections.push(other);
    story.amazon.mode = Mode::Silent;
    story.snapshot();
    let resumed = story.act(&id, Act::Resume);
    let sent = story.orders.len();
    story.amazon.mode = Mode::Works;
    // The one who was to be resumed first hangs up; the other is next.
    story.amazon.leaves(&id, |one| one.initial);
    story.snapshot();
    story.expect_done(resumed);
    assert_eq!(story.orders.len(), sent + 1);
}
