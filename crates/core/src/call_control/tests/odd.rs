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

#[test]
fn a_snapshot_is_read_whole() {
    let connection = object(&[
        ("id", text("p1")),
        ("type", text("inbound")),
        ("initial", HostValue::Bool(true)),
        ("state", text("connected")),
        ("since", HostValue::Number(2000.0)),
        ("endpoint", text("phone_number")),
        ("number", text("+12065550100")),
        ("name", text("Grace")),
        ("quickConnect", text("Front desk")),
        ("muted", HostValue::Bool(true)),
        ("autoAccept", HostValue::Bool(true)),
        ("monitoring", text("BARGE")),
        (
            "mayBe",
            HostValue::List(vec![text("BARGE"), text("SILENT_MONITOR"), text("SING")]),
        ),
    ]);
    let contact = object(&[
        ("id", text("c1")),
        ("initialId", text("c0")),
        ("type", text("voice")),
        ("state", text("connected")),
        ("since", HostValue::Number(1000.0)),
        ("initiation", text("inbound")),
        (
            "queue",
            object(&[("arn", text("queue/1")), ("name", text("Support"))]),
        ),
        ("multiParty", HostValue::Bool(true)),
        ("name", text("A task")),
        (
            "attributes",
            object(&[
                ("tier", object(&[("value", text("gold"))])),
                ("odd", object(&[])),
            ]),
        ),
        ("connections", HostValue::List(vec![connection])),
    ]);
    let snapshot = object(&[
        ("username", text("ada")),
        ("contacts", HostValue::List(vec![contact])),
    ]);
    let private = |text: &str| Some(Private::new(text.to_owned()));
    let reading = Reading::of(&snapshot).expect("an agent");
    let [contact] = reading.contacts.as_slice() else {
        panic!("{reading:?}");
    };
    let [one] = contact.connections.as_slice() else {
        panic!("{contact:?}");
    };
    assert_eq!(contact.id, "c1");
    assert_eq!(contact.initial_id, "c0");
    assert_eq!(contact.type_name, "voice");
    assert_eq!(contact.state, "connected");
    assert_eq!(contact.since, Millis::new(1000));
    assert_eq!(contact.initiation, "inbound");
    let queue = contact.queue.as_ref().expect("a queue");
    assert_eq!((&*queue.arn, &*queue.name), ("queue/1", "Support"));
    assert!(contact.multi_party);
    assert_eq!(contact.name, private("A task"));
    let tier = ("tier".to_owned(), Private::new("gold".to_owned()));
    assert_eq!(contact.attributes, [tier]);
    assert_eq!((&*one.id, &*one.type_name), ("p1", "inbound"));
    assert!(one.initial && one.auto_accept);
    assert_eq!(one.since, Millis::new(2000));
    assert_eq!((&*one.state, &*one.endpoint), ("connected", "phone_number"));
    assert_eq!(
        (&one.number, &one.name),
        (&private("+12065550100"), &private("Grace"))
    );
    assert_eq!(one.quick_connect.as_deref(), Some("Front desk"));
    assert_eq!(one.muted, Some(true));
    assert_eq!(one.monitoring, Some(Monitoring::Barge));
    assert_eq!(one.may_be, [Monitoring::Barge, Monitoring::SilentMonitor]);
}
