//! What one snapshot of Streams says, read once. Nothing in it is taken for granted.
//!
//! Shapes: Streams 2.28.2, connect-streams.js, `GetAgentSnapshot` and `GetAgentConfiguration`, picked by the shell
//! (src/browser/streams/snapshot.js).

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever a snapshot is not expected to hold is left out, kinds added later included"
)]

use super::contact::Monitoring;
use crate::agent::Contacts;
use crate::host_value::{HostValue, whole};
use crate::private::Private;
use crate::time::Millis;

/// A snapshot: the agent, and their contacts in Amazon's order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// Whose it is.
    pub username: Private<String>,
    /// The contacts that have an id.
    pub contacts: Vec<ContactReading>,
}

/// A contact as Amazon tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ContactReading {
    pub(crate) id: String,
    pub(crate) initial_id: String,
    /// `voice`, `queue_callback`, `chat`, `task`, `email`, or what a later version adds.
    pub(crate) type_name: String,
    /// `init`, `incoming`, `pending`, `connecting`, `connected`, `missed`, `rejected`, `error` or `ended`.
    pub(crate) state: String,
    pub(crate) since: Millis,
    pub(crate) initiation: String,
    pub(crate) queue: Option<Queue>,
    /// Whether more than three can talk, each on hold by themselves.
    pub(crate) multi_party: bool,
    pub(crate) name: Option<Private<String>>,
    pub(crate) attributes: Vec<(String, Private<String>)>,
    pub(crate) connections: Vec<Connection>,
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Queue {
    /// Its ARN.
    pub arn: String,
    /// Its name; empty for an agent's own queue.
    pub name: String,
}

/// One party of a contact as Amazon tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Connection {
    pub(crate) id: String,
    /// `agent`, `inbound`, `outbound`, `monitoring`, or what a later version adds.
    pub(crate) type_name: String,
    /// Whether it is the one that the contact began with, in general the customer's.
    pub(crate) initial: bool,
    /// `init`, `connecting`, `connected`, `hold` or `disconnected`.
    pub(crate) state: String,
    pub(crate) since: Millis,
    /// `phone_number`, `agent` or `queue`.
    pub(crate) endpoint: String,
    pub(crate) number: Option<Private<String>>,
    pub(crate) name: Option<Private<String>>,
    pub(crate) quick_connect: Option<String>,
    pub(crate) muted: Option<bool>,
    pub(crate) auto_accept: bool,
    /// How a supervisor is on the call; `None` for everybody else.
    pub(crate) monitoring: Option<Monitoring>,
    /// What of that they may switch to.
    pub(crate) may_be: Vec<Monitoring>,
}

impl Reading {
    /// Reads what the shell picked; `None` when there is no agent in it.
    pub fn of(value: &HostValue) -> Option<Self> {
        Some(Self {
            username: private(value.field("username"))?,
            contacts: items(value.field("contacts"))
                .filter_map(ContactReading::of)
                .collect(),
        })
    }

    /// How busy all together keep the agent.
    pub fn load(&self) -> Contacts {
        let states = self
            .contacts
            .iter()
            .map(|one| Contacts::of_state(&one.state));
        states.fold(Contacts::None, Contacts::with)
    }
}

impl ContactReading {
    fn of(value: &HostValue) -> Option<Self> {
        let id = text(value.field("id"))?;
        Some(Self {
            initial_id: text(value.field("initialId")).unwrap_or_else(|| id.clone()),
            id,
            type_name: text(value.field("type")).unwrap_or_default(),
            state: text(value.field("state")).unwrap_or_default(),
            since: time(value.field("since")),
            initiation: text(value.field("initiation")).unwrap_or_default(),
            queue: Queue::of(value.field("queue")),
            multi_party: *value.field("multiParty") == HostValue::Bool(true),
            name: private(value.field("name")),
            attributes: attributes(value.field("attributes")),
            connections: items(value.field("connections"))
                .filter_map(Connection::of)
                .collect(),
        })
    }

    /// Whether it is a customer of a campaign whom nobody has called yet (Streams 2.28.2,
    /// `ContactInitiationMethod.CAMPAIGN_PREVIEW`; that their connection is missing or `init` until then is assumed).
    pub(crate) fn is_preview(&self) -> bool {
        let own = self.own().map(|own| &own.id);
        let mut others = self.connections.iter().filter(|one| Some(&one.id) != own);
        self.initiation == PREVIEW && others.all(|one| one.state == "init")
    }

    /// The agent's own connection. There may be an old one beside it: a callback gets a new one when it connects. A
    /// supervisor's is another one.
    pub(crate) fn own(&self) -> Option<&Connection> {
        let all = self.connections.iter();
        let mut own = all.clone().filter(|one| one.is_agent());
        let last = own.clone().next_back();
        let own = own.rfind(|one| one.is_active()).or(last);
        own.or_else(|| all.rev().find(|one| one.is_monitor()))
    }

    /// How this agent, as a supervisor, is on somebody else's call.
    pub(crate) fn monitoring(&self) -> Option<Monitoring> {
        self.own()?.monitoring
    }

    /// The connection that the contact began with.
    pub(crate) fn initial(&self) -> Option<&Connection> {
        let mut all = self.connections.iter();
        all.find(|one| one.initial && !one.is_agent())
    }

    /// Everybody else who is not gone.
    pub(crate) fn others(&self) -> impl Iterator<Item = &Connection> {
        let own = self.own().map(|own| own.id.as_str());
        let all = self.connections.iter();
        all.filter(move |one| !one.is_agent() && one.is_active() && Some(one.id.as_str()) != own)
    }
}

impl Queue {
    /// Reads a queue; `None` without an ARN.
    pub fn of(value: &HostValue) -> Option<Self> {
        Some(Self {
            arn: text(value.field("arn"))?,
            name: text(value.field("name")).unwrap_or_default(),
        })
    }
}

impl Connection {
    fn of(value: &HostValue) -> Option<Self> {
        Some(Self {
            id: text(value.field("id"))?,
            type_name: text(value.field("type")).unwrap_or_default(),
            initial: *value.field("initial") == HostValue::Bool(true),
            state: text(value.field("state")).unwrap_or_default(),
            since: time(value.field("since")),
            endpoint: text(value.field("endpoint")).unwrap_or_default(),
            number: private(value.field("number")),
            name: private(value.field("name")),
            quick_connect: text(value.field("quickConnect")),
            muted: match value.field("muted") {
                HostValue::Bool(muted) => Some(*muted),
                _ => None,
            },
            auto_accept: *value.field("autoAccept") == HostValue::Bool(true),
            monitoring: Monitoring::of(value.field("monitoring")),
            may_be: items(value.field("mayBe"))
                .filter_map(Monitoring::of)
                .collect(),
        })
    }

    pub(crate) fn is_agent(&self) -> bool {
        self.type_name == "agent"
    }

    pub(crate) fn is_monitor(&self) -> bool {
        matches!(
            self.type_name.as_str(),
            "monitoring" | "silent_monitor" | "barge"
        )
    }

    /// Whether they are on the contact, or about to be. An unknown state counts as there.
    pub(crate) fn is_active(&self) -> bool {
        self.state != "disconnected"
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.state == "connected"
    }

    pub(crate) fn is_held(&self) -> bool {
        self.state == "hold"
    }

    pub(crate) fn is_joining(&self) -> bool {
        matches!(self.state.as_str(), "init" | "connecting")
    }

    /// Their number. Agents and queues that were dialled have this word in its place (Streams' issue #876).
    pub(crate) fn dialled(&self) -> Option<&Private<String>> {
        let number = self.number.as_ref();
        number.filter(|number| number.reveal() != INTERNAL)
    }

    /// Whether an agent or a queue was dialled, so that `connected` only says that a flow has answered.
    pub(crate) fn is_internal(&self) -> bool {
        let number = self.number.as_ref();
        number.is_some_and(|number| number.reveal() == INTERNAL)
            || matches!(self.endpoint.as_str(), "agent" | "queue") && !self.is_agent()
    }
}

pub(crate) const PREVIEW: &str = "campaign_preview";
const INTERNAL: &str = "INTERNAL-TRANSFER";

pub(crate) fn text(value: &HostValue) -> Option<String> {
    match value {
        HostValue::Text(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    }
}

fn private(value: &HostValue) -> Option<Private<String>> {
    text(value).map(Private::new)
}

/// Milliseconds since 1970; 0 where there is no such number.
pub(crate) fn time(value: &HostValue) -> Millis {
    let millis = match value {
        HostValue::Number(number) => whole(*number),
        _ => None,
    };
    Millis::new(millis.and_then(|at| at.try_into().ok()).unwrap_or(0))
}

pub(crate) fn items(value: &HostValue) -> impl Iterator<Item = &HostValue> {
    match value {
        HostValue::List(items) => items.as_slice(),
        _ => &[],
    }
    .iter()
}

/// `{ name: { name, value } }`; an attribute without a text is left out.
fn attributes(value: &HostValue) -> Vec<(String, Private<String>)> {
    let HostValue::Fields(fields) = value else {
        return Vec::new();
    };
    let fields = fields.iter();
    fields
        .filter_map(|(name, attribute)| match attribute.field("value") {
            HostValue::Text(text) => Some((name.clone(), Private::new(text.clone()))),
            _ => None,
        })
        .collect()
}
