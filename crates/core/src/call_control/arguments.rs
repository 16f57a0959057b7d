//! What a host passes to the commands of call control.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever an argument does not expect is refused, kinds added later included"
)]

use super::command::{Act, Command, PhoneType, QuickConnect, Target};
use super::contact::Monitoring;
use super::rules::PartyControl;
use crate::agent::VoiceEnhancement;
use crate::error::Error;
use crate::host_value::HostValue;
use crate::private::Private;

/// The command `name` with these arguments; `None` when there is no such command.
///
/// # Errors
/// [`Error::ArgumentInvalid`], or [`Error::NumberInvalid`].
pub fn command(name: &str, arguments: &[HostValue]) -> Option<Result<Command, Error>> {
    let (call, what) = COMMANDS.iter().find(|(known, _)| *known == name)?;
    let call = Arguments {
        call,
        all: arguments,
    };
    Some(what(&call))
}

/// The commands, by the names that hosts know.
const COMMANDS: &[(&str, Read)] = &[
    ("setState", |it| {
        let options = it.options(1, &["afterContact"])?;
        Ok(Command::SetState {
            name: it.text(0, "the name of a state")?,
            after_contact: it.flag(options, "afterContact")?,
        })
    }),
    ("clearNextState", |_| Ok(Command::ClearNextState)),
    ("accept", |it| it.act(Act::Accept)),
    ("reject", |it| it.act(Act::Reject)),
    ("hangUp", |it| it.act(Act::HangUp)),
    ("hold", |it| it.act(Act::Hold)),
    ("resume", |it| it.act(Act::Resume)),
    ("mute", |it| it.mute(true)),
    ("unmute", |it| it.mute(false)),
    ("sendDigits", |it| {
        let expected = "up to 50 of 0-9, *, #, A-D and commas as its second argument";
        let digits = it.text(1, expected)?;
        let is_digit = |one: u8| matches!(one.to_ascii_uppercase(), b'0'..=b'9' | b'*' | b'#' | b'A'..=b'D' | b',');
        if digits.len() > 50 || !digits.bytes().all(is_digit) {
            return Err(it.refused("a text with something else in it".to_owned(), expected));
        }
        it.act(Act::SendDigits(Private::new(digits)))
    }),
    ("dial", |it| {
        let options = it.options(1, &["queueArn"])?;
        let queue = it.optional_text(options, "queueArn")?;
        let number = it.text(0, NUMBER)?;
        Ok(Command::Dial {
            number: e164(&number)?,
            country: it.text(2, "").ok(),
            queue,
        })
    }),
    ("consult", |it| it.act(Act::Consult(it.target()?))),
    ("transfer", |it| {
        let options = it.options(2, &["leave"])?;
        it.act(Act::Transfer {
            to: it.target()?,
            at_once: it.flag(options, "leave")? == Some(true),
        })
    }),
    ("conference", |it| it.act(Act::Conference)),
    ("swap", |it| it.act(Act::Swap)),
    ("leave", |it| it.act(Act::Leave)),
    ("finish", |it| it.act(Act::Finish)),
    ("monitor", |it| {
        it.act(Act::Monitor(Monitoring::SilentMonitor))
    }),
    ("bargeIn", |it| it.act(Act::Monitor(Monitoring::Barge))),
    ("dialPreview", |it| it.act(Act::DialPreview)),
    ("discardPreview", |it| it.act(Act::DiscardPreview)),
    ("setVoiceEnhancement", |it| {
        let expected = "\"none\", \"noiseSuppression\" or \"voiceIsolation\"";
        let name = it.text(0, expected)?;
        let mut all = VoiceEnhancement::ALL.iter();
        let mode = all.find(|mode| mode.name() == name);
        let mode = mode.ok_or_else(|| it.refused(it.at(0).describe(), expected))?;
        Ok(Command::EnhanceVoice(*mode))
    }),
    ("removeParticipant", |it| it.party(PartyControl::Remove)),
    ("holdParticipant", |it| it.party(PartyControl::Hold)),
    ("resumeParticipant", |it| it.party(PartyControl::Resume)),
    ("muteParticipant", |it| it.party(PartyControl::Mute)),
    ("unmuteParticipant", |it| it.party(PartyControl::Unmute)),
    ("setPhoneType", |it| {
        let expected = "\"softphone\" or \"deskPhone\"";
        let phone = match it.text(0, expected)?.as_str() {
            "softphone" => PhoneType::Softphone,
            "deskPhone" if it.at(1).is_unset() => PhoneType::Desk(None),
            "deskPhone" => PhoneType::Desk(Some(e164(&it.text(1, NUMBER)?)?)),
            _ => return Err(it.refused(it.at(0).describe(), expected)),
        };
        Ok(Command::SetPhone(phone))
    }),
    ("quickConnects", |it| {
        let options = it.options(0, &["queueArn", "search", "limit"])?;
        it.optional_text(options, "search")?;
        // JavaScript searches and sorts, because it knows languages (js/phone.js).
        if !matches!(options.set("limit"), HostValue::Absent)
            && !matches!(options.set("limit"), HostValue::Number(limit) if *limit >= 1.0)
        {
            return Err(it.refused(options.set("limit").describe(), "a limit of 1 or more"));
        }
        Ok(Command::QuickConnects {
            queue: it.optional_text(options, "queueArn")?,
        })
    }),
    ("reportIssue", |it| {
        let options = it.options(1, &["code", "description"])?;
        it.act(Act::ReportIssue {
            code: it.optional_text(options, "code")?.unwrap_or_default(),
            description: Private::new(
                it.optional_text(options, "description")?
                    .unwrap_or_default(),
            ),
        })
    }),
];

type Read = fn(&Arguments<'_>) -> Result<Command, Error>;

struct Arguments<'a> {
    call: &'static str,
    all: &'a [HostValue],
}

impl<'a> Arguments<'a> {
    fn at(&self, at: usize) -> &'a HostValue {
        self.all.get(at).unwrap_or(&HostValue::Absent)
    }

    fn refused(&self, found: String, expected: &str) -> Error {
        Error::ArgumentInvalid {
            call: self.call,
            found,
            expected: expected.to_owned(),
        }
    }

    fn text(&self, at: usize, expected: &str) -> Result<String, Error> {
        match self.at(at) {
            HostValue::Text(text) if !text.trim().is_empty() => Ok(text.trim().to_owned()),
            other => Err(self.refused(other.describe(), expected)),
        }
    }

    fn optional_text(&self, options: &HostValue, name: &str) -> Result<Option<String>, Error> {
        match options.set(name) {
            HostValue::Absent => Ok(None),
            HostValue::Text(text) => Ok(Some(text.clone())),
            other => Err(self.refused(format!("{} as {name}", other.describe()), "a string there")),
        }
    }

    fn flag(&self, options: &HostValue, name: &str) -> Result<Option<bool>, Error> {
        match options.set(name) {
            HostValue::Absent => Ok(None),
            HostValue::Bool(flag) => Ok(Some(*flag)),
            other => Err(self.refused(
                format!("{} as {name}", other.describe()),
                "true or false there",
            )),
        }
    }

    /// An object with no other fields than these, or none.
    fn options(&self, at: usize, known: &[&str]) -> Result<&'a HostValue, Error> {
        let options = self.at(at);
        let expected = || format!("no other options than {}", known.join(", "));
        match options {
            _ if options.is_unset() => Ok(&HostValue::Absent),
            HostValue::Fields(_) if options.unknown(known).next().is_none() => Ok(options),
            HostValue::Fields(_) => {
                Err(self.refused("an option that does not exist".to_owned(), &expected()))
            }
            other => Err(self.refused(other.describe(), &expected())),
        }
    }

    fn act(&self, act: Act) -> Result<Command, Error> {
        Ok(Command::Contact {
            id: self.text(0, "the id of a contact")?,
            act,
        })
    }

    fn mute(&self, mute: bool) -> Result<Command, Error> {
        if self.at(0).is_unset() {
            return Ok(Command::MuteAny { mute });
        }
        self.act(Act::Mute(mute))
    }

    fn party(&self, control: PartyControl) -> Result<Command, Error> {
        let id = self.text(1, "the id of a participant as its second argument")?;
        self.act(Act::Party { id, control })
    }

    fn target(&self) -> Result<Target, Error> {
        let expected = "a phone number, or one of quickConnects(), as its second argument";
        let value = self.at(1);
        if let HostValue::Text(number) = value {
            return Ok(Target::Number(e164(number)?));
        }
        let text = |name| match value.set(name) {
            HostValue::Text(text) => Some(text.clone()),
            _ => None,
        };
        let target = text("arn").zip(text("type")).zip(text("name"));
        let ((arn, type_name), name) =
            target.ok_or_else(|| self.refused(value.describe(), expected))?;
        Ok(Target::QuickConnect(QuickConnect {
            name,
            type_name,
            arn,
            number: text("number"),
        }))
    }
}

/// A number in E.164 form, from one that has its country code: what people put between the digits is left out.
///
/// # Errors
/// [`Error::NumberInvalid`]
fn e164(text: &str) -> Result<Private<String>, Error> {
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text);
    let (plus, rest) = match text.strip_prefix('+') {
        Some(rest) => ("+", rest),
        None => return Err(Error::NumberInvalid),
    };
    let between = |one: char| one.is_whitespace() || matches!(one, '-' | '.' | '(' | ')' | '/');
    let digits: String = rest.chars().filter(|one| !between(*one)).collect();
    // ITU-T E.164: at most 15 digits, and no country code begins with 0.
    let valid = (7..=15).contains(&digits.len())
        && digits.bytes().all(|one| one.is_ascii_digit())
        && !digits.starts_with('0');
    if !valid {
        return Err(Error::NumberInvalid);
    }
    Ok(Private::new(format!("{plus}{digits}")))
}

const NUMBER: &str = "a phone number";
