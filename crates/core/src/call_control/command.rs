//! What a host asks for, and what Amazon is asked for in turn.

use super::contact::{Contact, Kind, Monitoring};
use super::reading::{Connection, ContactReading};
use super::rules::{Control, PartyControl};
use crate::agent::VoiceEnhancement;
use crate::private::Private;
use crate::time::Span;

/// A command of the host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// `phone.setState(name, options)`
    SetState {
        /// The name of the state.
        name: String,
        /// Whether only once there is no contact; `None`: if there is one.
        after_contact: Option<bool>,
    },
    /// `phone.clearNextState()`
    ClearNextState,
    /// `phone.dial(number, options)`
    Dial {
        /// In E.164 form.
        number: Private<String>,
        /// The country of the number, such as `US`, if it is known.
        country: Option<String>,
        /// The ARN of the queue on whose behalf; `None`: the routing profile's.
        queue: Option<String>,
    },
    /// `phone.quickConnects(options)`
    QuickConnects {
        /// The ARN of the only queue whose are wanted.
        queue: Option<String>,
    },
    /// `phone.setPhoneType(type, number)`
    SetPhone(PhoneType),
    /// `phone.setVoiceEnhancement(mode)`
    EnhanceVoice(VoiceEnhancement),
    /// `phone.mute()` or `phone.unmute()` without a contact: of the one that is talking.
    MuteAny {
        /// Whether to mute.
        mute: bool,
    },
    /// Something with one contact.
    Contact {
        /// Its id.
        id: String,
        /// What.
        act: Act,
    },
}

/// Where calls come to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PhoneType {
    /// The browser.
    Softphone,
    /// A desk phone; `None`: the number that it has.
    Desk(Option<Private<String>>),
}

/// What is done with a contact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Take it.
    Accept,
    /// Do not take it.
    Reject,
    /// End it.
    HangUp,
    /// Everybody else goes on hold.
    Hold,
    /// Everybody else comes off hold.
    Resume,
    /// Mute the agent, or let them be heard again.
    Mute(bool),
    /// Send tones.
    SendDigits(Private<String>),
    /// Call somebody about it.
    Consult(Target),
    /// Hand it over.
    Transfer {
        /// To whom.
        to: Target,
        /// Whether to leave before they have answered.
        at_once: bool,
    },
    /// Everybody talks with everybody.
    Conference,
    /// Who is on hold talks, and the other way round.
    Swap,
    /// Leave it to the others.
    Leave,
    /// Clear it away.
    Finish,
    /// Call the customer of a campaign.
    DialPreview,
    /// Do not call them.
    DiscardPreview,
    /// Be on it as a supervisor in that way.
    Monitor(Monitoring),
    /// Something with one participant.
    Party {
        /// Their id.
        id: String,
        /// What.
        control: PartyControl,
    },
    /// Report an issue with it.
    ReportIssue {
        /// Amazon's code.
        code: String,
        /// In words.
        description: Private<String>,
    },
}

/// Who is called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A number in E.164 form.
    Number(Private<String>),
    /// One of [`Command::QuickConnects`].
    QuickConnect(QuickConnect),
}

/// A quick connect.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct QuickConnect {
    /// Its name.
    pub name: String,
    /// `agent`, `queue` or `phone_number`.
    pub type_name: String,
    /// Its ARN.
    pub arn: String,
    /// Its number, if it is one.
    pub number: Option<String>,
}

/// What Amazon is asked to do.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// `AcceptContact`
    Accept(String),
    /// `RejectContact`
    Reject(String),
    /// `ClearContact`
    Clear(String),
    /// `ConferenceConnections`
    Conference(String),
    /// `DestroyConnection`
    Destroy(At),
    /// `HoldConnection`
    Hold(At),
    /// `ResumeConnection`
    Resume(At),
    /// `ToggleActiveConnections`
    Toggle(At),
    /// `MuteParticipant`
    MuteParticipant(At),
    /// `UnmuteParticipant`
    UnmuteParticipant(At),
    /// `UpdateMonitorParticipantState`
    Monitor(String, Monitoring),
    /// `contact/engagePreviewContact` of Amazon's SDK
    EngagePreview(String),
    /// `voice/setVoiceEnhancementMode` of Amazon's SDK
    EnhanceVoice(VoiceEnhancement),
    /// `SendDigits`
    SendDigits(At, Private<String>),
    /// `CreateAdditionalConnection`
    Add(String, Target),
    /// `CreateOutboundContact`
    Dial {
        /// In E.164 form.
        number: Private<String>,
        /// The ARN of the queue.
        queue: String,
    },
    /// `NotifyContactIssue`
    ReportIssue {
        /// The contact.
        contact: String,
        /// Amazon's code.
        code: String,
        /// In words.
        description: Private<String>,
    },
    /// Broadcast MUTE, which the CCP's softphone follows; nobody answers.
    MuteHere(bool),
    /// `PutAgentState`
    SetState {
        /// The name of the state.
        name: String,
        /// Whether only once there is no contact.
        enqueue: bool,
    },
    /// `UpdateAgentConfiguration`
    SetPhone(PhoneType),
    /// `GetEndpoints`
    Endpoints {
        /// The ARNs of the queues.
        queues: Vec<String>,
    },
}

/// A connection of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct At {
    /// The contact's id.
    pub contact: String,
    /// The connection's.
    pub connection: String,
}

impl At {
    pub(crate) fn new(contact: &ContactReading, one: &Connection) -> Self {
        Self {
            contact: contact.id.clone(),
            connection: one.id.clone(),
        }
    }
}

/// What Amazon, or Streams for it, says when it refuses.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Refusal {
    /// The exception's name, such as `InvalidStateException`; may be empty.
    pub type_name: String,
    /// Its words.
    pub message: String,
}

/// What Amazon answers when it does not.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Taken {
    /// Nothing but that.
    Done,
    /// What [`Order::Endpoints`] asks for.
    Endpoints(Vec<QuickConnect>),
}

/// What `quickConnects()` resolves with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In no order; the same one of several queues once.
    pub items: Vec<QuickConnect>,
    /// The names of the queues that could not be read.
    pub incomplete: Vec<String>,
}

impl Found {
    /// Adds those that are not there yet.
    pub(crate) fn add(&mut self, items: Vec<QuickConnect>) {
        for item in items {
            if !self.items.iter().any(|other| other.arn == item.arn) {
                self.items.push(item);
            }
        }
    }
}

impl Command {
    /// The contact that it is about, and what it does with that.
    pub(crate) fn with_contact(&self) -> Option<(&str, &Act)> {
        match self {
            Self::Contact { id, act } => Some((id, act)),
            Self::SetState { .. }
            | Self::ClearNextState
            | Self::Dial { .. }
            | Self::QuickConnects { .. }
            | Self::SetPhone(_)
            | Self::EnhanceVoice(_)
            | Self::MuteAny { .. } => None,
        }
    }

    /// Whether it sends tones, where twice the same is more than once.
    pub(crate) fn sends_digits(&self) -> bool {
        matches!(self.with_contact(), Some((_, Act::SendDigits(_))))
    }

    /// Whether it waits for another one that began before.
    pub(crate) fn waits_for(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Contact { id, .. }, Self::Contact { id: other, .. }) => id == other,
            (
                Self::SetState { .. } | Self::ClearNextState,
                Self::SetState { .. } | Self::ClearNextState,
            )
            | (Self::SetPhone(_), Self::SetPhone(_))
            | (Self::EnhanceVoice(_), Self::EnhanceVoice(_)) => true,
            _ => false,
        }
    }

    /// How long it may take from its first request on.
    pub(crate) const fn patience(&self) -> Span {
        match self {
            Self::Dial { .. } | Self::QuickConnects { .. } => Span::secs(20),
            Self::SetState { .. }
            | Self::ClearNextState
            | Self::SetPhone(_)
            | Self::EnhanceVoice(_) => Span::secs(10),
            Self::MuteAny { .. } => MUTE_PATIENCE,
            Self::Contact { act, .. } => act.patience(),
        }
    }
}

impl Act {
    /// Who is called.
    pub(crate) const fn target(&self) -> Option<&Target> {
        if let Self::Consult(to) | Self::Transfer { to, .. } = self {
            Some(to)
        } else {
            None
        }
    }

    const fn patience(&self) -> Span {
        match self {
            Self::Mute(_) => MUTE_PATIENCE,
            Self::Consult(_) | Self::DialPreview => Span::secs(20),
            // Until whoever is called has answered, or their voice mail has.
            Self::Transfer { .. } => Span::secs(60),
            Self::Accept
            | Self::Reject
            | Self::HangUp
            | Self::Hold
            | Self::Resume
            | Self::SendDigits(_)
            | Self::Conference
            | Self::Swap
            | Self::Leave
            | Self::Finish
            | Self::Monitor(_)
            | Self::DiscardPreview
            | Self::Party { .. }
            | Self::ReportIssue { .. } => Span::secs(10),
        }
    }

    /// The control that stands for it, unless it is about a participant.
    pub(crate) const fn control(&self) -> Option<Control> {
        Some(match self {
            Self::Accept => Control::Accept,
            Self::Reject => Control::Reject,
            Self::HangUp => Control::HangUp,
            Self::Hold => Control::Hold,
            Self::Resume => Control::Resume,
            Self::Mute(true) => Control::Mute,
            Self::Mute(false) => Control::Unmute,
            Self::SendDigits(_) => Control::SendDigits,
            Self::Consult(_) => Control::Consult,
            Self::Transfer { .. } => Control::Transfer,
            Self::Conference => Control::Conference,
            Self::Swap => Control::Swap,
            Self::Leave => Control::Leave,
            Self::Finish => Control::Finish,
            Self::DialPreview => Control::DialPreview,
            Self::DiscardPreview => Control::DiscardPreview,
            Self::Monitor(Monitoring::SilentMonitor) => Control::Monitor,
            Self::Monitor(Monitoring::Barge) => Control::BargeIn,
            Self::ReportIssue { .. } => Control::ReportIssue,
            Self::Party { .. } => return None,
        })
    }

    /// Why it cannot be done with that contact now, if it cannot.
    pub(crate) fn refused_by(&self, contact: &Contact) -> Option<&'static str> {
        if let Some(control) = self.control() {
            if contact.rules.allows(control) {
                return None;
            }
            return Some(contact.rules.reason(control).unwrap_or(match contact.kind {
                Kind::Call | Kind::Callback => "The call is not in a state for that.",
                Kind::Chat | Kind::Task | Kind::Email | Kind::Other => {
                    "The contact is not in a state for that."
                }
            }));
        }
        let Self::Party { id, control } = self else {
            return None;
        };
        let party = contact.participants.iter().find(|one| one.id == *id);
        match party {
            None => Some("They are not on the call any more."),
            Some(one) if one.rules.allows(*control) => None,
            Some(one) => Some(
                one.rules
                    .reason(*control)
                    .unwrap_or("That cannot be done with them now."),
            ),
        }
    }
}

impl Target {
    /// What whoever is called is known by, unless by their number.
    pub(crate) fn label(&self) -> Option<&str> {
        match self {
            Self::Number(_) => None,
            Self::QuickConnect(quick_connect) => Some(&quick_connect.name),
        }
    }
}

/// How long the CCP may take to mute. It is not waited for longer, because whoever thinks that they are muted talks.
const MUTE_PATIENCE: Span = Span::secs(3);
