//! A shift of twelve hours: 300 calls, 5 network drops, 2 renewals.

use super::*;
use crate::jitter::Jitter;
use crate::testing::test;

/// A shift, and what must not happen in it.
struct Shift {
    story: Story,
    chance: Jitter,
    /// When what the CCP and the frame were told comes of it.
    page: Option<Millis>,
    frame: Option<Millis>,
    contacts: Contacts,
    reloads: u32,
    frames: u32,
}

impl Shift {
    /// Lets time pass; what the session orders meanwhile is done.
    fn pass(&mut self, span: Span) {
        let until = self.story.now + span;
        loop {
            self.take_effects();
            let wake = self.story.phone.wake_at();
            let next = [wake, self.page, self.frame].into_iter().flatten().min();
            let Some(at) = next.filter(|at| *at <= until) else {
                break;
            };
            self.story.now = self.story.now.max(at);
            if self.page.is_some_and(|due| due <= at) {
                self.page = None;
                self.story.happens(CcpFact::Loaded);
                self.story.happens(CcpFact::Acknowledged);
                self.story.contact(self.contacts);
                self.story.agent("ada@example.com", "Available");
            } else if self.frame.is_some_and(|due| due <= at) {
                self.frame = None;
                self.story.frame_returns();
            } else {
                self.story.happens(Input::Tick);
            }
        }
        self.story.now = until;
    }

    fn take_effects(&mut self) {
        for order in std::mem::take(&mut self.story.effects) {
            match order {
                "reload" => {
                    assert_eq!(self.contacts, Contacts::None, "reloaded during a contact");
                    self.reloads += 1;
                    self.page = Some(self.story.now + Span::millis(400));
                }
                "open frame" => {
                    self.frames += 1;
                    self.frame = Some(self.story.now + Span::millis(900));
                }
                "close frame" => self.frame = None,
                other => panic!("an order that nothing asked for: {other}"),
            }
        }
        assert_eq!(self.story.phone.poll(), None);
        let entries = self.story.phone.timeline().entries().count();
        assert!(entries <= crate::phone::timeline::Timeline::LIMIT);
    }

    fn contact(&mut self, contacts: Contacts) {
        self.contacts = contacts;
        self.story.contact(contacts);
        assert_eq!(
            self.story.phone.state.ccp.contacts(),
            contacts,
            "a contact that was missed"
        );
        self.take_effects();
    }

    fn between(&mut self, least: u64, most: u64) -> Span {
        let more = self.chance.within(Span::secs(most - least));
        Span::secs(least).plus(more)
    }
}

#[test]
fn a_shift_of_twelve_hours_misses_no_call_and_accumulates_nothing() {
    let six_hours = session(&[("lengthMs", HostValue::Number(21_600_000.0))]);
    let mut shift = Shift {
        story: Story::ready(&[sso(), six_hours]),
        chance: Jitter::new(3),
        page: None,
        frame: None,
        contacts: Contacts::None,
        reloads: 0,
        frames: 0,
    };
    let began = shift.story.now;
    let mut calls = 0;
    let mut drops = 0;
    while calls < 300 {
        let quiet = shift.between(10, 70);
        shift.pass(quiet);
        assert_eq!(shift.story.phase(), Phase::Ready);
        shift.contact(Contacts::Live);
        calls += 1;
        if calls % 60 == 0 {
            // In the middle of a call: the line may stand, the network of the page does not.
            shift.story.happens(Condition::Offline);
            shift.story.happens(Condition::SocketLost);
            let drop = shift.between(5, 60);
            shift.pass(drop);
            shift.story.expect(Phase::Ready, Some("NETWORK_OFFLINE"));
            shift.story.happens(Condition::Online);
            shift.story.happens(Condition::SocketRestored);
            shift.story.expect(Phase::Ready, None);
            drops += 1;
        }
        let talk = shift.between(40, 100);
        shift.pass(talk);
        shift.story.expect(Phase::Ready, None);
        assert!(shift.story.phone.agent().is_some());
        shift.contact(Contacts::WrapUp);
        let wrap = shift.between(5, 30);
        shift.pass(wrap);
        shift.contact(Contacts::None);
        // The next one begins when it is due: 300 in twelve hours.
        let due = began + Span::millis(calls * 12 * 3_600_000 / 300);
        shift.pass(due - shift.story.now);
    }
    assert_eq!((calls, drops), (300, 5));
    assert_eq!(shift.story.now, began + Span::hours(12));
    assert_eq!(shift.story.expiring.len(), 2);
    assert_eq!((shift.frames, shift.reloads), (2, 2), "renewals");
    let lifetime = shift.story.phone.status().session.expect("a session");
    assert!(lifetime.ends > shift.story.now + Span::hours(5));
    assert!(shift.story.phone.state.attempt().is_none());
    assert_eq!(shift.story.phone.state.retry.count(), 0);
}
