//! Random shifts: whatever is clicked and whatever Amazon does, every command ends, and what `can` promises works.

use super::*;
use crate::call_control::contact::Outcome as Became;
use crate::call_control::rules::Control as C;
use crate::testing::test;

/// A source of numbers that look random and are not.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        (!all.is_empty()).then(|| &all[self.below(all.len())])
    }
}

fn act_of(control: C) -> Act {
    match control {
        C::Accept => Act::Accept,
        C::Reject => Act::Reject,
        C::HangUp => Act::HangUp,
        C::Hold => Act::Hold,
        C::Resume => Act::Resume,
        C::Mute => Act::Mute(true),
        C::Unmute => Act::Mute(false),
        C::SendDigits => Act::SendDigits(Private::new("1".to_owned())),
        C::Consult => Act::Consult(number()),
        C::Transfer => Act::Transfer {
            to: number(),
            at_once: false,
        },
        C::Conference => Act::Conference,
        C::Swap => Act::Swap,
        C::Leave => Act::Leave,
        C::Finish => Act::Finish,
        C::Monitor => Act::Monitor(Monitoring::SilentMonitor),
        C::BargeIn => Act::Monitor(Monitoring::Barge),
        C::DialPreview => Act::DialPreview,
        C::DiscardPreview => Act::DiscardPreview,
        C::ReportIssue => Act::ReportIssue {
            code: String::new(),
            description: Private::new(String::new()),
        },
    }
}

fn anything(dice: &mut Dice, story: &mut Story, asked: &mut Vec<Ticket>) {
    let ids: Vec<_> = story
        .control
        .contacts()
        .iter()
        .map(|one| one.id.clone())
        .collect();
    let id = dice
        .one_of(&ids)
        .cloned()
        .unwrap_or_else(|| "none".to_owned());
    match dice.below(14) {
        0 if ids.len() < 2 => {
            story.amazon.rings();
            story.snapshot();
        }
        1 if ids.len() < 2 => {
            let callback = ("queue_callback", "callback");
            story
                .amazon
                .contact(callback, "incoming", ("outbound", "init"));
            story.snapshot();
        }
        2 if ids.is_empty() => {
            let [one, other] = [Exchange::supervises, Exchange::previews];
            [one, other][dice.below(2)](&mut story.amazon);
            story.snapshot();
        }
        2 => story.amazon.answers(&id),
        3 => story.amazon.leaves(&id, |_| true),
        4 => story.amazon.ends(&id),
        5 => {
            let modes = [
                Mode::Works,
                Mode::Works,
                Mode::Works,
                Mode::Refuses,
                Mode::DoesAndRefuses,
                Mode::Idle,
                Mode::Silent,
            ];
            story.amazon.mode = modes[dice.below(modes.len())];
        }
        6 => story.snapshot(),
        7 => {
            let span = [50, 400, 1_000, 3_000, 11_000, 46_000][dice.below(6)];
            story.advance(Span::millis(span));
        }
        8 => {
            story.control.disconnected();
            story.step();
        }
        9 => {
            let party = story.control.contacts().iter().find(|one| one.id == id);
            let parties: Vec<_> = party
                .iter()
                .flat_map(|one| &one.participants)
                .map(|one| one.id.clone())
                .collect();
            if let Some(party) = dice.one_of(&parties).cloned() {
                let control = PartyControl::ALL[dice.below(PartyControl::ALL.len())];
                asked.push(story.act(&id, Act::Party { id: party, control }));
            }
        }
        10 => asked.push(story.ask(dial(["+12065550100", "+12065550101"][dice.below(2)]))),
        11 => {
            let name = ["Available", "Lunch", "Offline"][dice.below(3)].to_owned();
            let after_contact = [None, Some(true), Some(false)][dice.below(3)];
            asked.push(story.ask(Command::SetState {
                name,
                after_contact,
            }));
        }
        _ => {
            let control = C::ALL[dice.below(C::ALL.len())];
            asked.push(story.act(&id, act_of(control)));
        }
    }
}

#[test]
fn every_command_ends_whatever_happens() {
    let mut became = Vec::new();
    for seed in 1..=ROUNDS {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut story = Story::new();
        let mut asked = Vec::new();
        for _ in 0..60 {
            anything(&mut dice, &mut story, &mut asked);
            for contact in story.control.contacts() {
                if let Some(outcome) = contact.outcome
                    && !became.contains(&outcome)
                {
                    became.push(outcome);
                }
                assert!(
                    contact
                        .rules
                        .can
                        .iter()
                        .all(|one| contact.rules.reason(*one).is_none()),
                    "possible and not: {:?}",
                    contact.rules
                );
            }
        }
        while story.control.due().is_some() {
            story.advance(Span::secs(60));
        }
        for ticket in asked {
            let ends = story.settled.iter().filter(|(other, _)| *other == ticket);
            assert_eq!(ends.count(), 1, "seed {seed}");
        }
    }
    became.sort_by_key(|outcome| outcome.name());
    assert_eq!(
        became,
        [
            Became::Answered,
            Became::CallerLeft,
            Became::Missed,
            Became::NoAnswer,
            Became::Rejected,
        ]
    );
}

#[test]
fn what_is_promised_works() {
    for seed in 1..=ROUNDS {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut story = Story::new();
        let mut asked = Vec::new();
        for _ in 0..30 {
            anything(&mut dice, &mut story, &mut asked);
        }
        // All comes to rest, and Amazon does what it is asked.
        story.amazon.mode = Mode::Works;
        while story.control.due().is_some() {
            story.advance(Span::secs(60));
        }
        story.snapshot();
        let contacts = story.control.contacts().to_vec();
        let promises: Vec<_> = contacts
            .iter()
            .flat_map(|one| {
                one.rules
                    .can
                    .iter()
                    .map(|control| (one.id.clone(), *control))
            })
            .collect();
        for (id, control) in promises {
            let mut story = story.clone();
            let orders = story.orders.len();
            let ticket = story.act(&id, act_of(control));
            if control == C::Transfer {
                story.amazon.answers(&id);
                story.snapshot();
            }
            match story.settlement(ticket) {
                Some(Ok(_)) => {}
                other => panic!(
                    "seed {seed}: {control:?} of {:?}: {other:?}",
                    story.contact(&id)
                ),
            }
            let sent = story.orders.len() - orders;
            // Each of five, or both places; and a transfer calls and leaves.
            let several = matches!(control, C::Hold | C::Resume | C::Mute | C::Unmute);
            let most = match control == C::Transfer {
                _ if several => 5,
                true => 2,
                false => 1,
            };
            assert!(sent <= most, "seed {seed}: {control:?} sent {sent}");
        }
    }
}

const ROUNDS: u64 = 400;

/// Twelve hours, with a call of some kind every two minutes or so; the CCP reloads now and then.
#[test]
fn a_shift_of_three_hundred_calls_leaves_nothing_behind() {
    let mut dice = Dice(7);
    let mut story = Story::new();
    for call in 0..300 {
        let contact = match dice.below(5) {
            0 => ("queue_callback", "callback"),
            1 => ("queue_callback", "callback_customer_first_queued"),
            2 => ("task", "inbound"),
            _ => ("voice", "inbound"),
        };
        let (state, customer) = match contact.1 {
            "callback" => ("incoming", ("outbound", "init")),
            _ => ("connecting", ("inbound", "connected")),
        };
        let id = story.amazon.contact(contact, state, customer).id.clone();
        story.told.clear();
        story.snapshot();
        assert_eq!(story.phase(&id), Phase::Offered, "call {call}");
        match dice.below(4) {
            0 => story.amazon.ends(&id),
            1 => {
                let rejected = story.act(&id, Act::Reject);
                story.expect_done(rejected);
            }
            _ => {
                let accepted = story.act(&id, Act::Accept);
                story.expect_done(accepted);
                story.amazon.answers(&id);
                story.advance(Span::secs(90));
                story.snapshot();
                assert_eq!(story.phase(&id), Phase::Talking, "call {call}");
                if dice.below(10) == 0 {
                    story.control.disconnected();
                    story.step();
                }
                if story.can(&id, C::Consult) && dice.below(3) == 0 {
                    let asked = story.act(&id, Act::Consult(number()));
                    story.expect_done(asked);
                    story.amazon.answers(&id);
                    story.snapshot();
                    let left = story.act(&id, Act::Leave);
                    story.expect_done(left);
                } else {
                    let ended = story.act(&id, Act::HangUp);
                    story.expect_done(ended);
                }
            }
        }
        story.snapshot();
        let finished = story.act(&id, Act::Finish);
        story.expect_done(finished);
        let times = |what: &str| {
            story
                .told
                .iter()
                .filter(|told| told.starts_with(what))
                .count()
        };
        assert_eq!((times("added"), times("removed")), (1, 1), "call {call}");
        story.advance(Span::secs(54));
    }
    assert!(story.now - START >= Span::hours(6));
    let control = &story.control;
    assert!(control.jobs.is_empty() && control.memories.is_empty());
    assert!(control.seen.is_empty() && control.finished.is_empty());
}
