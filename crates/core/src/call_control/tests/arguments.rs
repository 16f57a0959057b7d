//! What hosts pass to the commands.

use super::*;
use crate::agent::VoiceEnhancement;
use crate::call_control::arguments::command;
use crate::call_control::command::QuickConnect;
use crate::testing::test;

fn private(text: &str) -> Private<String> {
    Private::new(text.to_owned())
}

#[track_caller]
fn read(name: &str, arguments: &[HostValue]) -> Command {
    let command = command(name, arguments).expect("a command");
    command.unwrap_or_else(|error| panic!("{error:?}"))
}

#[track_caller]
fn act(name: &str, arguments: &[HostValue]) -> Act {
    let all = [&[text("c1")], arguments].concat();
    let command = read(name, &all);
    let (id, act) = command.with_contact().expect("one with a contact");
    assert_eq!(id, "c1");
    act.clone()
}

/// The words of a refusal.
#[track_caller]
fn refusal(name: &str, arguments: &[HostValue]) -> String {
    match command(name, arguments).expect("a command") {
        Err(Error::ArgumentInvalid {
            call,
            found,
            expected,
        }) => {
            assert_eq!(call, name);
            format!("{found} / {expected}")
        }
        Err(error) => error.code().to_owned(),
        Ok(command) => panic!("{command:?}"),
    }
}

#[test]
fn what_is_no_command_is_none() {
    assert!(command("explode", &[]).is_none());
}

#[test]
fn commands_with_a_contact_name_it() {
    for (name, wanted) in [
        ("accept", Act::Accept),
        ("reject", Act::Reject),
        ("hangUp", Act::HangUp),
        ("hold", Act::Hold),
        ("resume", Act::Resume),
        ("mute", Act::Mute(true)),
        ("unmute", Act::Mute(false)),
        ("conference", Act::Conference),
        ("swap", Act::Swap),
        ("leave", Act::Leave),
        ("finish", Act::Finish),
        ("monitor", Act::Monitor(Monitoring::SilentMonitor)),
        ("bargeIn", Act::Monitor(Monitoring::Barge)),
        ("dialPreview", Act::DialPreview),
        ("discardPreview", Act::DiscardPreview),
    ] {
        assert_eq!(act(name, &[]), wanted);
    }
    for wrong in [HostValue::Absent, text(" "), HostValue::Bool(true)] {
        let words = refusal("hold", &[wrong]);
        assert!(words.ends_with("/ the id of a contact"), "{words}");
    }
}

#[test]
fn mute_without_a_contact_is_about_the_one_that_talks() {
    for unset in [vec![], vec![HostValue::Null]] {
        assert_eq!(read("mute", &unset), Command::MuteAny { mute: true });
        assert_eq!(read("unmute", &unset), Command::MuteAny { mute: false });
    }
}

#[test]
fn participants_are_named_second() {
    for (name, control) in [
        ("removeParticipant", PartyControl::Remove),
        ("holdParticipant", PartyControl::Hold),
        ("resumeParticipant", PartyControl::Resume),
        ("muteParticipant", PartyControl::Mute),
        ("unmuteParticipant", PartyControl::Unmute),
    ] {
        let id = "p1".to_owned();
        assert_eq!(act(name, &[text("p1")]), Act::Party { id, control });
        let words = refusal(name, &[text("c1")]);
        assert!(words.contains("id of a participant"), "{words}");
    }
}

#[test]
fn digits_are_tones() {
    let fifty = "1".repeat(50);
    for good in ["0123456789*#,ABCDabcd", "#", &fifty] {
        let sent = act("sendDigits", &[text(good)]);
        assert_eq!(sent, Act::SendDigits(private(good)));
    }
    for wrong in ["E", "1 2", "1+", &"1".repeat(51)] {
        let words = refusal("sendDigits", &[text("c1"), text(wrong)]);
        assert!(words.starts_with("a text with something else"), "{words}");
    }
    assert!(refusal("sendDigits", &[text("c1"), HostValue::Number(5.0)]).contains("0-9"));
}

#[test]
fn numbers_are_e164_without_what_people_put_between() {
    for (typed, number) in [
        ("+12065550100", "+12065550100"),
        (" +1 (206) 555-0100 ", "+12065550100"),
        ("tel:+1.206.555/0100", "+12065550100"),
        ("+1234567", "+1234567"),
        ("+123456789012345", "+123456789012345"),
    ] {
        let dialled = Command::Dial {
            number: private(number),
            country: None,
            queue: None,
        };
        assert_eq!(read("dial", &[text(typed)]), dialled);
    }
    for wrong in [
        "2065550100",
        "+123456",
        "+1234567890123456",
        "+02065550100",
        "+1206555O100",
        "sip:+12065550100",
    ] {
        assert_eq!(refusal("dial", &[text(wrong)]), "NUMBER_INVALID", "{wrong}");
    }
    assert!(refusal("dial", &[]).ends_with("/ a phone number"));
}

#[test]
fn a_call_may_have_a_queue_and_a_country() {
    let number = || text("+12065550100");
    let options = object(&[("queueArn", text("queue/sales"))]);
    assert_eq!(
        read("dial", &[number(), options, text("US")]),
        Command::Dial {
            number: private("+12065550100"),
            country: Some("US".to_owned()),
            queue: Some("queue/sales".to_owned()),
        }
    );
    for (wrong, words) in [
        (
            object(&[("queue", text("x"))]),
            "an option that does not exist / no other options than queueArn",
        ),
        (
            object(&[("queueArn", HostValue::Bool(true))]),
            "true as queueArn / a string there",
        ),
        (text("queue"), "\"queue\" / no other options than queueArn"),
    ] {
        assert_eq!(refusal("dial", &[number(), wrong]), words);
    }
}

#[test]
fn states_may_be_set_now_or_later() {
    for (options, after_contact) in [
        (HostValue::Absent, None),
        (HostValue::Null, None),
        (object(&[]), None),
        (object(&[("afterContact", HostValue::Null)]), None),
        (
            object(&[("afterContact", HostValue::Bool(true))]),
            Some(true),
        ),
        (
            object(&[("afterContact", HostValue::Bool(false))]),
            Some(false),
        ),
    ] {
        let set = Command::SetState {
            name: "Lunch".to_owned(),
            after_contact,
        };
        assert_eq!(read("setState", &[text("Lunch"), options]), set);
    }
    let words = refusal(
        "setState",
        &[text("Lunch"), object(&[("afterContact", text("yes"))])],
    );
    assert!(
        words.contains("as afterContact / true or false there"),
        "{words}"
    );
    assert!(refusal("setState", &[]).ends_with("/ the name of a state"));
    assert_eq!(read("clearNextState", &[]), Command::ClearNextState);
}

#[test]
fn a_contact_is_handed_to_a_number_or_a_quick_connect() {
    let grace = |fields: &[(&str, HostValue)]| {
        let named = [
            ("name", text("Grace")),
            ("type", text("agent")),
            ("arn", text("qc/1")),
        ];
        object(&[&named, fields].concat())
    };
    let target = |number: Option<&str>| {
        Target::QuickConnect(QuickConnect {
            name: "Grace".to_owned(),
            type_name: "agent".to_owned(),
            arn: "qc/1".to_owned(),
            number: number.map(str::to_owned),
        })
    };
    assert_eq!(act("consult", &[grace(&[])]), Act::Consult(target(None)));
    let with_number = grace(&[("number", text("+1"))]);
    assert_eq!(
        act("consult", &[with_number]),
        Act::Consult(target(Some("+1")))
    );
    assert_eq!(
        act("consult", &[text("+12065550100")]),
        Act::Consult(number())
    );
    for (leave, at_once) in [
        (HostValue::Bool(true), true),
        (HostValue::Bool(false), false),
        (HostValue::Null, false),
    ] {
        let to = number();
        let options = object(&[("leave", leave)]);
        let wanted = Act::Transfer { to, at_once };
        assert_eq!(act("transfer", &[text("+12065550100"), options]), wanted);
    }
    for wrong in [
        HostValue::Absent,
        object(&[("name", text("Grace"))]),
        HostValue::Bool(true),
    ] {
        let words = refusal("consult", &[text("c1"), wrong]);
        assert!(words.contains("one of quickConnects()"), "{words}");
    }
    assert_eq!(
        refusal("transfer", &[text("c1"), text("12")]),
        "NUMBER_INVALID"
    );
}

#[test]
fn phones_have_a_type_and_perhaps_a_number() {
    let set = |arguments: &[HostValue]| {
        let command = read("setPhoneType", arguments);
        let Command::SetPhone(phone) = command else {
            panic!("{command:?}");
        };
        phone
    };
    assert_eq!(set(&[text("softphone")]), PhoneType::Softphone);
    assert_eq!(set(&[text("deskPhone")]), PhoneType::Desk(None));
    assert_eq!(
        set(&[text("deskPhone"), HostValue::Null]),
        PhoneType::Desk(None)
    );
    let number = Some(private("+12065550100"));
    assert_eq!(
        set(&[text("deskPhone"), text("+12065550100")]),
        PhoneType::Desk(number)
    );
    assert!(refusal("setPhoneType", &[text("mobile")]).starts_with("\"mobile\" /"));
    let short = refusal("setPhoneType", &[text("deskPhone"), text("12")]);
    assert_eq!(short, "NUMBER_INVALID");
}

#[test]
fn quick_connects_are_limited_by_numbers() {
    let of = |queue: Option<&str>| Command::QuickConnects {
        queue: queue.map(str::to_owned),
    };
    assert_eq!(read("quickConnects", &[]), of(None));
    let all = [
        ("queueArn", text("queue/sales")),
        ("search", text("gr")),
        ("limit", HostValue::Number(1.0)),
    ];
    assert_eq!(
        read("quickConnects", &[object(&all)]),
        of(Some("queue/sales"))
    );
    for (field, wrong) in [
        ("limit", HostValue::Number(0.5)),
        ("limit", text("5")),
        ("search", HostValue::Number(5.0)),
        ("queueArn", HostValue::Bool(true)),
        ("find", text("gr")),
    ] {
        let words = refusal("quickConnects", &[object(&[(field, wrong)])]);
        assert!(!words.is_empty());
    }
}

#[test]
fn a_voice_is_enhanced_in_three_ways() {
    for mode in VoiceEnhancement::ALL {
        let set = read("setVoiceEnhancement", &[text(mode.name())]);
        assert_eq!(set, Command::EnhanceVoice(*mode));
        assert_eq!(VoiceEnhancement::of(mode.amazon()), Some(*mode));
    }
    let words = refusal("setVoiceEnhancement", &[text("NONE")]);
    assert!(words.contains("\"noiseSuppression\""), "{words}");
}

#[test]
fn an_issue_may_have_a_code_and_words() {
    let report = |code: &str, description: &str| Act::ReportIssue {
        code: code.to_owned(),
        description: private(description),
    };
    assert_eq!(act("reportIssue", &[]), report("", ""));
    let both = object(&[("code", text("ECHO")), ("description", text("an echo"))]);
    assert_eq!(act("reportIssue", &[both]), report("ECHO", "an echo"));
    let words = refusal("reportIssue", &[text("c1"), object(&[("text", text("x"))])]);
    assert!(words.contains("code, description"), "{words}");
}
