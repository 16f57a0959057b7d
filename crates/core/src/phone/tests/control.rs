//! What the rest of the phone means for contacts and commands.

use super::*;
use crate::call_control::CallFact;
use crate::call_control::command::{Act, Command};
use crate::call_control::reading::Reading;
use crate::testing::test;

fn reading(username: &str, state: &str) -> CallFact {
    let fields = |fields: &[(&str, HostValue)]| {
        let fields = fields.iter();
        HostValue::Fields(
            fields
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        )
    };
    let connection = |id: &str, type_name: &str| {
        fields(&[
            ("id", text(id)),
            ("type", text(type_name)),
            ("state", text("connected")),
            ("initial", HostValue::Bool(type_name == "inbound")),
        ])
    };
    let contact = fields(&[
        ("id", text("1")),
        ("type", text("voice")),
        ("state", text(state)),
        (
            "connections",
            HostValue::List(vec![connection("c", "inbound"), connection("a", "agent")]),
        ),
    ]);
    let snapshot = fields(&[
        ("username", text(username)),
        ("contacts", HostValue::List(vec![contact])),
    ]);
    CallFact::Snapshot(Reading::of(&snapshot).expect("an agent"))
}

/// A phone whose agent is on a call.
fn on_call() -> Story {
    let mut story = Story::ready(&[sso()]);
    story.snapshot("ada@example.com", "connected");
    assert_eq!(story.contacts, ["added 1"]);
    story.contacts.clear();
    story.effects.clear();
    story
}

impl Story {
    /// A snapshot as the shell tells it.
    fn snapshot(&mut self, username: &str, state: &str) {
        self.happens(Input::Several(vec![
            Contacts::of_state(state).into(),
            reading(username, state).into(),
            CcpFact::AgentSeen(agent(username)).into(),
        ]));
    }

    fn hold(&mut self) -> Ticket {
        self.call(Call::Command(Command::Contact {
            id: "1".to_owned(),
            act: Act::Hold,
        }))
    }
}

#[test]
fn contacts_are_shown_once_it_is_clear_whose_they_are() {
    let mut story = Story::new(&[sso()]);
    story.returned(1);
    story.happens(CcpFact::Loaded);
    story.happens(CcpFact::Acknowledged);
    story.happens(reading("bob@example.com", "connected"));
    story.snapshot("ada@example.com", "connected");
    story.expect(Phase::Ready, None);
    assert_eq!(story.contacts, ["added 1"]);
}

#[test]
fn a_command_that_connect_refuses_for_its_session_says_so() {
    let mut story = on_call();
    let ticket = story.hold();
    story.expect_effects(&["ask Amazon"]);
    story.happens(CcpFact::CommandRefused);
    story.expect_settled(ticket, Some("SESSION_ENDED"));
}

#[test]
fn a_ccp_that_connects_anew_has_forgotten_what_it_was_asked() {
    let mut story = on_call();
    let ticket = story.hold();
    story.happens(CcpFact::Acknowledged);
    story.expect_settled(ticket, Some("CONNECTION_RESET"));
    assert!(!story.contacts.contains(&"removed 1".to_owned()));
}

#[test]
fn a_contact_outlives_its_session_and_nothing_can_be_done_with_it() {
    let mut story = on_call();
    story.happens(CcpFact::SessionLost);
    story.expect(Phase::Expired, Some("SESSION_ENDED"));
    assert_eq!(story.phone.contacts().len(), 1);
    assert_eq!(story.phone.contacts()[0].rules.can, []);
    let ticket = story.hold();
    story.expect_settled(ticket, Some("SESSION_ENDED"));
}

#[test]
fn the_contacts_of_the_agent_before_are_gone() {
    let mut story = Story::ready(&[sso()]);
    story.happens(CcpFact::DataSeen(1));
    story.snapshot("ada@example.com", "connected");
    story.contacts.clear();
    story.snapshot("bob@example.com", "connected");
    assert_eq!(story.contacts, ["removed 1"]);
}

#[test]
fn without_a_network_commands_fail_at_once_and_work_again_after_it() {
    let mut story = on_call();
    story.happens(Condition::Offline);
    let ticket = story.hold();
    story.expect_settled(ticket, Some("NETWORK_OFFLINE"));
    story.happens(Condition::Online);
    story.effects.clear();
    story.hold();
    story.expect_effects(&["ask Amazon"]);
}

#[test]
fn a_phone_that_closes_settles_its_commands() {
    let mut story = on_call();
    let ticket = story.hold();
    story.call(Call::Close);
    story.expect_settled(ticket, Some("CLOSED"));
    assert!(story.phone.contacts().is_empty());
    let late = story.hold();
    story.expect_settled(late, Some("CLOSED"));
}
