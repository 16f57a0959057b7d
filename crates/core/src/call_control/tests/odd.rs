//! Data that no documentation promises.

use super::*;
use crate::call_control::contact::Participant;
use crate::testing::test;

/// Values of every kind, none of which belongs where it is put.
fn odd() -> Vec<HostValue> {
    vec![
        HostValue::Absent,
        HostValue::Null,
        HostValue::Bool(true),
        HostValue::Number(f64::NAN),
        HostValue::Number(-1.0),
        text(""),
        text("INTERNAL-TRANSFER"),
        HostValue::List(vec![HostValue::Null, text("x")]),
        object(&[("value", HostValue::Null), ("id", HostValue::Null)]),
        HostValue::Other("a function".to_owned()),
    ]
}

const CONNECTION: [&str; 11] = [
    "type",
    "initial",
    "state",
    "since",
    "endpoint",
    "number",
    "name",
    "quickConnect",
    "muted",
    "autoAccept",
    "id",
];
const CONTACT: [&str; 12] = [
    "initialId",
    "type",
    "state",
    "since",
    "initiation",
    "queue",
    "multiParty",
    "name",
    "attributes",
    "connections",
    "id",
    "later",
];

fn with(base: &[(&str, HostValue)], name: &str, value: &HostValue) -> HostValue {
    let mut all = base.to_vec();
    all.retain(|(other, _)| *other != name);
    all.push((name, value.clone()));
    object(&all)
}

#[test]
fn odd_data_are_left_out_and_never_a_surprise() {
    let connection = [
        ("id", text("c1")),
        ("type", text("inbound")),
        ("initial", HostValue::Bool(true)),
        ("state", text("connected")),
    ];
    let contact = [
        ("id", text("1")),
        ("type", text("voice")),
        ("state", text("connected")),
        ("connections", HostValue::List(vec![object(&connection)])),
    ];
    let mut all = Vec::new();
    for value in odd() {
        for name in CONTACT {
            all.push(with(&contact, name, &value));
        }
        for name in CONNECTION {
            let one = with(&connection, name, &value);
            all.push(with(&contact, "connections", &HostValue::List(vec![one])));
        }
        all.push(value);
    }
    for one in all {
        let snapshot = object(&[
            ("username", text("ada@example.com")),
            ("contacts", HostValue::List(vec![one.clone()])),
        ]);
        let mut story = Story::new();
        let reading = Reading::of(&snapshot).expect("an agent");
        story.control.told(story.now, CallFact::Snapshot(reading));
        story.step();
        for contact in story.control.contacts() {
            assert!(!contact.id.is_empty(), "{one:?}");
            for party in &contact.participants {
                assert_ne!(party.label.reveal(), "INTERNAL-TRANSFER", "{one:?}");
            }
        }
    }
}

#[test]
fn a_snapshot_without_an_agent_says_nothing() {
    for value in odd() {
        assert_eq!(
            Reading::of(&object(&[("username", value.clone())])).is_some(),
            { matches!(&value, HostValue::Text(text) if !text.is_empty()) }
        );
        assert_eq!(Reading::of(&value), None);
    }
}

#[test]
fn a_contact_that_monitors_has_no_customer() {
    let mut story = Story::new();
    let id = story.amazon.supervises();
    story.snapshot();
    let contact = story.contact(&id);
    assert_eq!(contact.phase, Phase::Talking);
    let [own] = contact.participants.as_slice() else {
        panic!("{:?}", contact.participants);
    };
    assert_eq!(own.id, Participant::SELF);
    assert_eq!(contact.number, None);
}
