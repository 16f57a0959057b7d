//! A contact as hosts see it: derived from what Amazon tells of it and from what is remembered of it.

use super::memory::Memory;
use super::reading::{Connection, ContactReading, PREVIEW, Queue, text};
use super::rules::{Control, PartyControl, Rules, Situation};
use crate::host_value::HostValue;
use crate::private::Private;
use crate::time::Millis;

/// A contact at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contact {
    /// Its id.
    pub id: String,
    /// The id of the contact that it was transferred from, or its own.
    pub initial_id: String,
    /// What it is.
    pub kind: Kind,
    /// Who began it.
    pub direction: Direction,
    /// How far it is.
    pub phase: Phase,
    /// What has become of it, once that is known.
    pub outcome: Option<Outcome>,
    /// Who ended it, once it has ended.
    pub ended_by: Option<EndedBy>,
    /// Since when the phase is what it is.
    pub since: Millis,
    /// When it was offered to the agent.
    pub offered_at: Option<Millis>,
    /// When agent and customer were connected.
    pub answered_at: Option<Millis>,
    /// When it ended.
    pub ended_at: Option<Millis>,
    /// Whether Amazon accepts it for the agent.
    pub auto_accept: bool,
    /// The customer's number.
    pub number: Option<Private<String>>,
    /// The customer's name, or that of the task.
    pub name: Option<Private<String>>,
    /// The queue that it came from.
    pub queue: Option<Queue>,
    /// What the contact flow has set.
    pub attributes: Vec<(String, Private<String>)>,
    /// How the agent, as a supervisor, is on it; `None` when it is their own.
    pub monitoring: Option<Monitoring>,
    /// While the agent can look at a customer of a campaign before they are called.
    pub preview: Option<Preview>,
    /// Everybody who is on it.
    pub participants: Vec<Participant>,
    /// Whether the agent is muted, as far as that is known.
    pub muted: Option<bool>,
    /// Where its audio is.
    pub media: Media,
    /// What can be done with it.
    pub rules: Rules<Control>,
}

/// What the agent can do with a customer whom nobody has called yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Preview {
    /// When Amazon calls them by itself.
    pub dials_at: Option<Millis>,
    /// Whether the agent may let it be.
    pub can_discard: bool,
}

/// Somebody on a contact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Participant {
    /// [`Participant::SELF`] for the agent, whose connection changes; otherwise the connection's.
    pub id: String,
    /// Who they are.
    pub role: Role,
    /// A name, a quick connect's name or a number; empty when there is none.
    pub label: Private<String>,
    /// How far they are.
    pub state: PartyState,
    /// Whether they are on hold.
    pub held: bool,
    /// Whether they are muted, as far as that is known.
    pub muted: Option<bool>,
    /// Since when the state is what it is.
    pub since: Millis,
    /// What can be done about them.
    pub rules: Rules<PartyControl>,
}

impl Participant {
    /// The agent's id.
    pub const SELF: &str = "agent";
}

/// Declares an enum of names that hosts see.
macro_rules! names {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $about:literal])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[doc = $about])* $variant),* }

        impl $name {
            /// All of them, in the order of the types.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name that hosts see.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }
    };
}
pub(super) use names;

names! {
    /// What a contact is.
    Kind {
        /// A phone call.
        Call = "call",
        /// A call that the customer asked for.
        Callback = "callback",
        /// A chat.
        Chat = "chat",
        /// A task.
        Task = "task",
        /// An email.
        Email = "email",
        /// What a later version adds.
        Other = "other",
    }
}

names! {
    /// Who began a contact.
    Direction {
        /// The customer, or Amazon for them.
        Inbound = "inbound",
        /// The agent, or Amazon for them.
        Outbound = "outbound",
        /// The agent, to somebody of the same instance.
        Internal = "internal",
    }
}

names! {
    /// How far a contact is.
    Phase {
        /// The agent is asked to take it.
        Offered = "offered",
        /// Somebody is still being connected.
        Connecting = "connecting",
        /// The agent can talk with somebody.
        Talking = "talking",
        /// Everybody else is on hold.
        Held = "held",
        /// After contact work.
        WrapUp = "wrapUp",
        /// It came to nothing, and waits to be cleared.
        Over = "over",
    }
}

names! {
    /// What has become of a contact.
    Outcome {
        /// Agent and customer were connected.
        Answered = "answered",
        /// The agent did not take it.
        Missed = "missed",
        /// The agent did not want it.
        Rejected = "rejected",
        /// The customer was gone before the agent took it.
        CallerLeft = "callerLeft",
        /// Whoever was called did not answer.
        NoAnswer = "noAnswer",
        /// The agent's audio could not be connected.
        NoAudio = "noAudio",
        /// Anything else.
        Failed = "failed",
    }
}

names! {
    /// Who ended a contact.
    EndedBy {
        /// The agent, by this phone.
        Agent = "agent",
        /// Somebody else on it.
        Other = "other",
        /// Nobody says.
        Unknown = "unknown",
    }
}

names! {
    /// How a supervisor is on somebody else's call.
    Monitoring {
        /// They listen, and nobody knows.
        SilentMonitor = "silentMonitor",
        /// They talk, too.
        Barge = "barge",
    }
}

names! {
    /// Where a contact's audio is.
    Media {
        /// In this phone.
        Here = "here",
        /// In another window.
        Elsewhere = "elsewhere",
        /// It was cut off.
        Lost = "lost",
        /// Not known; or there is none, as in a chat.
        Unknown = "unknown",
    }
}

names! {
    /// Who somebody on a contact is.
    Role {
        /// The agent whose phone this is.
        Agent = "agent",
        /// Whom the contact began with.
        Customer = "customer",
        /// Whoever was added.
        ThirdParty = "thirdParty",
        /// Whoever listens in.
        Supervisor = "supervisor",
    }
}

names! {
    /// How far somebody on a contact is.
    PartyState {
        /// They are being called.
        Connecting = "connecting",
        /// A flow has answered for an agent or a queue; when a person does, nobody tells.
        ConnectedToQueue = "connectedToQueue",
        /// They are there.
        Connected = "connected",
        /// They are on hold.
        Held = "held",
    }
}

impl Monitoring {
    /// Reads a name of Streams' `MonitoringMode`.
    pub(crate) fn of(value: &HostValue) -> Option<Self> {
        match text(value)?.as_str() {
            "SILENT_MONITOR" => Some(Self::SilentMonitor),
            "BARGE" => Some(Self::Barge),
            _ => None,
        }
    }
}

impl Kind {
    pub(crate) fn of(reading: &ContactReading) -> Self {
        match reading.type_name.as_str() {
            "voice" if reading.initiation.starts_with("callback") => Self::Callback,
            "voice" => Self::Call,
            "queue_callback" => Self::Callback,
            "chat" => Self::Chat,
            "task" => Self::Task,
            "email" => Self::Email,
            _ => Self::Other,
        }
    }

    /// Whether people talk.
    pub(crate) const fn is_voice(self) -> bool {
        matches!(self, Self::Call | Self::Callback)
    }
}

impl Direction {
    pub(crate) fn of(reading: &ContactReading, kind: Kind) -> Self {
        let initial = reading.initial();
        let dialled = matches!(reading.initiation.as_str(), "outbound" | PREVIEW)
            || kind.is_voice() && initial.is_some_and(|one| one.type_name == "outbound");
        match dialled {
            true if kind == Kind::Call && initial.is_some_and(Connection::is_internal) => {
                Self::Internal
            }
            true => Self::Outbound,
            false => Self::Inbound,
        }
    }
}

impl Phase {
    /// The phase of a contact; `accepted` is whether the agent has taken it.
    pub(crate) fn of(reading: &ContactReading, kind: Kind, accepted: bool) -> Self {
        match reading.state.as_str() {
            "incoming" if accepted => Self::Connecting,
            "incoming" => Self::Offered,
            "connecting" if !accepted && waits_for_agent(reading, kind) => Self::Offered,
            "init" | "pending" | "connecting" => Self::Connecting,
            "ended" => Self::WrapUp,
            "missed" | "rejected" | "error" => Self::Over,
            // `connected`, or a state of a later version. What does not talk has no parties to ask.
            _ if !kind.is_voice() => Self::Talking,
            _ if reading.is_preview() => Self::Connecting,
            _ => of_parties(reading),
        }
    }

    /// Whether somebody may be on the line.
    pub(crate) const fn is_live(self) -> bool {
        !matches!(self, Self::WrapUp | Self::Over)
    }
}

/// Whether a contact that is `connecting` rings at the agent's, and not at the other end. A callback whose customer is
/// called second has been accepted by then (Streams' issues #371 and #582).
fn waits_for_agent(reading: &ContactReading, kind: Kind) -> bool {
    if kind == Kind::Callback {
        return reading.initiation.starts_with("callback_customer_first");
    }
    reading.initiation == PREVIEW || Direction::of(reading, kind) == Direction::Inbound
}

fn of_parties(reading: &ContactReading) -> Phase {
    let mut others = reading.others().filter(|one| !one.is_monitor()).peekable();
    if others.peek().is_none() {
        return Phase::Talking;
    }
    let (mut held, mut joining) = (false, true);
    for one in others {
        if one.is_connected() {
            return Phase::Talking;
        }
        held |= one.is_held();
        joining &= one.is_joining();
    }
    if held && !joining {
        return Phase::Held;
    }
    Phase::Connecting
}

/// What a view is made of besides the reading.
pub(crate) struct Context<'a> {
    pub(crate) memory: &'a Memory,
    /// The agent's name.
    pub(crate) agent: &'a Private<String>,
    /// What the CCP says of its own microphone.
    pub(crate) muted_here: Option<bool>,
    pub(crate) media: Media,
    /// Why nothing can be done at all.
    pub(crate) off: Option<&'static str>,
    /// What is under way.
    pub(crate) under_way: &'a [Control],
}

impl Contact {
    pub(crate) fn of(reading: &ContactReading, context: &Context<'_>) -> Self {
        let kind = Kind::of(reading);
        let memory = context.memory;
        let phase = Phase::of(reading, kind, memory.accepted);
        let live = phase.is_live();
        let muted = live
            .then(|| muted(reading, context.muted_here))
            .flatten()
            .filter(|_| kind.is_voice());
        let situation = Situation::new(reading, kind, phase, muted, context);
        let customer = reading.initial();
        let mut participants = Vec::new();
        if live {
            participants = Self::participants(reading, muted, &situation, context);
        }
        Self {
            id: reading.id.clone(),
            initial_id: reading.initial_id.clone(),
            kind,
            direction: Direction::of(reading, kind),
            phase,
            outcome: memory.outcome,
            ended_by: memory.ended_by,
            since: memory.since,
            offered_at: memory.offered_at,
            answered_at: memory.answered_at,
            ended_at: memory.ended_at,
            auto_accept: reading.own().is_some_and(|own| own.auto_accept),
            number: customer.and_then(Connection::dialled).cloned(),
            name: customer
                .and_then(|one| one.name.clone())
                .or_else(|| reading.name.clone()),
            queue: reading.queue.clone(),
            attributes: reading.attributes.clone(),
            preview: memory.preview.filter(|_| live && reading.is_preview()),
            monitoring: reading.monitoring().filter(|_| live),
            participants,
            muted,
            media: match kind.is_voice() {
                true if live => context.media,
                _ => Media::Unknown,
            },
            rules: situation.rules(),
        }
    }

    fn participants(
        reading: &ContactReading,
        muted: Option<bool>,
        situation: &Situation,
        context: &Context<'_>,
    ) -> Vec<Participant> {
        let own = reading.own().map(|own| Participant {
            id: Participant::SELF.to_owned(),
            role: Role::Agent,
            label: context.agent.clone(),
            state: PartyState::of(own),
            held: own.is_held(),
            muted,
            since: own.since,
            rules: Rules::default(),
        });
        let others = reading.others().map(|one| Participant {
            id: one.id.clone(),
            role: Role::of(one),
            label: context.memory.label_of(one),
            state: PartyState::of(one),
            held: one.is_held(),
            muted: one.muted,
            since: one.since,
            rules: situation.rules_of(one),
        });
        own.into_iter().chain(others).collect()
    }

    /// Which fields differ from those of an earlier view, by the names that hosts know.
    pub(crate) fn changes(&self, before: &Self) -> Vec<&'static str> {
        let fields = [
            ("initialId", self.initial_id != before.initial_id),
            ("kind", self.kind != before.kind),
            ("direction", self.direction != before.direction),
            ("phase", self.phase != before.phase),
            ("outcome", self.outcome != before.outcome),
            ("endedBy", self.ended_by != before.ended_by),
            ("sinceMs", self.since != before.since),
            ("offeredAtMs", self.offered_at != before.offered_at),
            ("answeredAtMs", self.answered_at != before.answered_at),
            ("endedAtMs", self.ended_at != before.ended_at),
            ("autoAccept", self.auto_accept != before.auto_accept),
            (
                "customer",
                self.number != before.number || self.name != before.name,
            ),
            ("queue", self.queue != before.queue),
            ("attributes", self.attributes != before.attributes),
            ("preview", self.preview != before.preview),
            ("monitoring", self.monitoring != before.monitoring),
            ("participants", self.participants != before.participants),
            ("muted", self.muted != before.muted),
            ("media", self.media != before.media),
            ("can", self.rules.can != before.rules.can),
            ("cannot", self.rules.cannot != before.rules.cannot),
        ];
        let changed = fields.into_iter().filter(|(_, changed)| *changed);
        changed.map(|(name, _)| name).collect()
    }
}

impl Role {
    pub(crate) fn of(one: &Connection) -> Self {
        match () {
            () if one.is_agent() => Self::Agent,
            () if one.is_monitor() => Self::Supervisor,
            () if one.initial => Self::Customer,
            () => Self::ThirdParty,
        }
    }
}

impl PartyState {
    pub(crate) fn of(one: &Connection) -> Self {
        match () {
            () if one.is_held() => Self::Held,
            () if one.is_joining() => Self::Connecting,
            () if !one.initial && one.is_internal() => Self::ConnectedToQueue,
            () => Self::Connected,
        }
    }
}

/// Whether the agent is muted. Two places can mute them: Amazon, where more than three can talk, and the CCP's own
/// microphone; they are heard if neither does, and that is known only if both are.
fn muted(reading: &ContactReading, here: Option<bool>) -> Option<bool> {
    let there = reading.own().and_then(|own| own.muted);
    match (there.filter(|_| reading.multi_party), here) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), _) => Some(false),
        (None, here) => here,
    }
}
