//! A small Amazon Connect: one agent's contacts, and what its operations do to them.

use crate::agent::VoiceEnhancement;
use crate::call_control::command::{At, Order, PhoneType, QuickConnect, Refusal, Taken, Target};
use crate::call_control::contact::Monitoring;
use crate::call_control::reading::{Connection, ContactReading, PREVIEW, Queue};
use crate::private::Private;
use crate::time::Millis;

/// What becomes of what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mode {
    /// It is done.
    Works,
    /// It is refused, and not done.
    Refuses,
    /// It is done, and refused (Streams' issue #224).
    DoesAndRefuses,
    /// It is taken, and not done (Streams' issue #735).
    Idle,
    /// It is not answered, and not done: a 403 (Streams' issue #1090).
    Silent,
}

#[derive(Clone, Debug)]
pub(super) struct Exchange {
    pub(super) contacts: Vec<ContactReading>,
    pub(super) state: String,
    pub(super) next: Option<String>,
    pub(super) muted_here: bool,
    pub(super) phone: PhoneType,
    pub(super) voice: VoiceEnhancement,
    pub(super) mode: Mode,
    /// Queues whose quick connects cannot be had.
    pub(super) stale: Vec<String>,
    pub(super) now: Millis,
    ids: u32,
}

impl Exchange {
    pub(super) fn new(now: Millis) -> Self {
        Self {
            contacts: Vec::new(),
            state: "Available".to_owned(),
            next: None,
            muted_here: false,
            phone: PhoneType::Softphone,
            voice: VoiceEnhancement::None,
            mode: Mode::Works,
            stale: Vec::new(),
            now,
            ids: 0,
        }
    }

    fn id(&mut self, what: &str) -> String {
        self.ids += 1;
        format!("{what}{}", self.ids)
    }

    /// Somebody on a contact.
    pub(super) fn party(&mut self, type_name: &str, state: &str, number: &str) -> Connection {
        Connection {
            id: self.id(type_name),
            type_name: type_name.to_owned(),
            initial: false,
            state: state.to_owned(),
            since: self.now,
            endpoint: "phone_number".to_owned(),
            number: Some(Private::new(number.to_owned())),
            muted: Some(false),
            ..Connection::default()
        }
    }

    /// A contact of that kind; `customer` is how far they are.
    pub(super) fn contact(
        &mut self,
        (type_name, initiation): (&str, &str),
        state: &str,
        customer: (&str, &str),
    ) -> &mut ContactReading {
        let customer = Connection {
            initial: true,
            ..self.party(customer.0, customer.1, "+15550100")
        };
        let own = Connection {
            number: None,
            ..self.party("agent", "connecting", "")
        };
        let id = self.id("contact");
        self.contacts.push(ContactReading {
            initial_id: id.clone(),
            id,
            type_name: type_name.to_owned(),
            state: state.to_owned(),
            since: self.now,
            initiation: initiation.to_owned(),
            queue: Some(Queue {
                arn: "queue/support".to_owned(),
                name: "Support".to_owned(),
            }),
            multi_party: false,
            name: None,
            attributes: Vec::new(),
            connections: vec![customer, own],
        });
        self.contacts.last_mut().expect("the new one")
    }

    /// A call rings.
    pub(super) fn rings(&mut self) -> String {
        let call = ("voice", "inbound");
        let contact = self.contact(call, "connecting", ("inbound", "connected"));
        contact.id.clone()
    }

    /// The agent, a supervisor, listens to somebody else's call.
    pub(super) fn supervises(&mut self) -> String {
        let contact = self.contact(
            ("voice", "monitor"),
            "connected",
            ("monitoring", "connected"),
        );
        contact.queue = None;
        contact.connections.truncate(1);
        let own = &mut contact.connections[0];
        own.initial = false;
        own.monitoring = Some(Monitoring::SilentMonitor);
        own.may_be = Monitoring::ALL.to_vec();
        contact.id.clone()
    }

    /// A customer of a campaign is offered.
    pub(super) fn previews(&mut self) -> String {
        let call = ("voice", PREVIEW);
        let contact = self.contact(call, "connecting", ("outbound", "init"));
        contact.id.clone()
    }

    pub(super) fn find(&mut self, id: &str) -> Option<&mut ContactReading> {
        self.contacts.iter_mut().find(|contact| contact.id == id)
    }

    /// The same; it has to be there.
    pub(super) fn of(&mut self, id: &str) -> &mut ContactReading {
        self.find(id).expect("the contact")
    }

    /// Everybody who is being called answers.
    pub(super) fn answers(&mut self, id: &str) {
        let now = self.now;
        let Some(contact) = self.find(id) else { return };
        if matches!(contact.state.as_str(), "ended" | "error") {
            return;
        }
        for one in &mut contact.connections {
            if one.is_joining() {
                set(one, "connected", now);
            }
        }
        contact.state = "connected".to_owned();
    }

    /// Somebody else leaves; whoever is alone then is let go.
    pub(super) fn leaves(&mut self, id: &str, which: impl Fn(&Connection) -> bool) {
        let now = self.now;
        let Some(contact) = self.find(id) else { return };
        let mut all = contact.connections.iter_mut();
        if let Some(one) = all.find(|one| !one.is_agent() && one.is_active() && which(one)) {
            set(one, "disconnected", now);
        }
        if contact.others().next().is_none() {
            self.ends(id);
        }
    }

    /// It is over: after contact work, or a contact that came to nothing.
    pub(super) fn ends(&mut self, id: &str) {
        let now = self.now;
        let Some(contact) = self.find(id) else { return };
        let state = match contact.state.as_str() {
            "connected" => "ended",
            "connecting" | "incoming" => "error",
            _ => return,
        };
        contact.state = state.to_owned();
        contact.since = now;
        for one in &mut contact.connections {
            if one.is_active() && (state == "ended" || one.is_agent()) {
                set(one, "disconnected", now);
            }
        }
    }

    /// What is answered to an order, if anything is.
    pub(super) fn ask(&mut self, order: &Order) -> Option<Result<Taken, Refusal>> {
        let refusal = |type_name: &str| Refusal {
            type_name: type_name.to_owned(),
            message: "Invalid contact state.".to_owned(),
        };
        match self.mode {
            Mode::Silent => None,
            Mode::Idle => Some(Ok(Taken::Done)),
            Mode::Refuses => Some(Err(refusal("InternalServiceException"))),
            Mode::DoesAndRefuses => {
                let _ = self.perform(order);
                Some(Err(refusal("InvalidStateException")))
            }
            Mode::Works => Some(self.perform(order).map_err(refusal)),
        }
    }

    fn perform(&mut self, order: &Order) -> Result<Taken, &'static str> {
        const REFUSED: &str = "InvalidStateException";
        let now = self.now;
        match order {
            Order::Accept(id) => {
                let contact = self.find(id).ok_or("ContactNotFoundException")?;
                match contact.state.as_str() {
                    "incoming" => contact.state = "connecting".to_owned(),
                    "connecting" if contact.is_preview() => {
                        contact.state = "connected".to_owned();
                        for one in &mut contact.connections {
                            if one.is_agent() {
                                set(one, "connected", now);
                            }
                        }
                    }
                    "connecting" if contact.initiation != "outbound" => self.answers(id),
                    _ => return Err(REFUSED),
                }
            }
            Order::Reject(id) => {
                let contact = self.find(id).ok_or("ContactNotFoundException")?;
                if !matches!(contact.state.as_str(), "incoming" | "connecting") {
                    return Err(REFUSED);
                }
                self.ends(id);
            }
            Order::Clear(id) => {
                let contact = self.find(id).ok_or("ContactNotFoundException")?;
                if !matches!(contact.state.as_str(), "ended" | "error") {
                    return Err(REFUSED);
                }
                self.contacts.retain(|contact| contact.id != *id);
            }
            Order::Destroy(at) => {
                let one = self.active(at)?;
                let own = one.is_agent();
                set(one, "disconnected", now);
                let contact = self.of(&at.contact);
                if own && contact.state == "connecting" {
                    contact.state = "ended".to_owned();
                    contact.since = now;
                    for one in &mut contact.connections {
                        set(one, "disconnected", now);
                    }
                } else if own || contact.others().next().is_none() {
                    self.ends(&at.contact);
                }
            }
            Order::Hold(at) => change(self.active(at)?, "connected", "hold", now)?,
            Order::Resume(at) => {
                let multi_party = self.of(&at.contact).multi_party;
                let talking = self.of(&at.contact).others().any(Connection::is_connected);
                if talking && !multi_party {
                    return Err(REFUSED);
                }
                change(self.active(at)?, "hold", "connected", now)?;
            }
            Order::Toggle(at) => {
                self.active(at)?;
                let contact = self.of(&at.contact);
                for one in &mut contact.connections {
                    match one.state.as_str() {
                        _ if one.is_agent() => {}
                        "hold" => set(one, "connected", now),
                        "connected" => set(one, "hold", now),
                        _ => {}
                    }
                }
            }
            Order::Conference(id) => {
                let contact = self.find(id).ok_or("ContactNotFoundException")?;
                if contact.state != "connected" || contact.others().any(Connection::is_joining) {
                    return Err(REFUSED);
                }
                for one in &mut contact.connections {
                    if one.is_held() {
                        set(one, "connected", now);
                    }
                }
            }
            Order::MuteParticipant(at) => self.active(at)?.muted = Some(true),
            Order::UnmuteParticipant(at) => self.active(at)?.muted = Some(false),
            Order::Monitor(id, mode) => {
                let contact = self.find(id).ok_or("ContactNotFoundException")?;
                let mut all = contact.connections.iter_mut();
                let own = all.find(|one| one.is_monitor()).ok_or(REFUSED)?;
                own.monitoring = Some(*mode);
            }
            Order::EngagePreview(id) => {
                let contact = self.find(id).ok_or("ContactNotFoundException")?;
                if !contact.is_preview() || contact.state != "connected" {
                    return Err(REFUSED);
                }
                for one in &mut contact.connections {
                    if one.initial {
                        set(one, "connecting", now);
                    }
                }
            }
            Order::EnhanceVoice(mode) => self.voice = *mode,
            Order::SendDigits(at, _) => {
                if !self.active(at)?.is_connected() {
                    return Err(REFUSED);
                }
            }
            Order::Add(id, to) => {
                let number = match to {
                    Target::Number(number) => number.reveal().clone(),
                    Target::QuickConnect(_) => "INTERNAL-TRANSFER".to_owned(),
                };
                let new = self.party("outbound", "connecting", &number);
                let contact = self.find(id).ok_or("ContactNotFoundException")?;
                let most = if contact.multi_party { 5 } else { 2 };
                if contact.state != "connected" || contact.others().count() >= most {
                    return Err("QuotaExceededException");
                }
                for one in &mut contact.connections {
                    if one.is_connected() && !one.is_agent() {
                        set(one, "hold", now);
                    }
                }
                contact.connections.push(new);
            }
            Order::Dial { number, .. } => {
                let call = ("voice", "outbound");
                let contact = self.contact(call, "connecting", ("outbound", "connecting"));
                let mut all = contact.connections.iter_mut();
                if let Some(one) = all.find(|one| one.initial) {
                    one.number = Some(number.clone());
                }
            }
            Order::ReportIssue { .. } => {}
            Order::MuteHere(mute) => self.muted_here = *mute,
            Order::SetState { name, enqueue } => {
                if *enqueue && !self.contacts.is_empty() {
                    self.next = (name != "Available").then(|| name.clone());
                } else {
                    self.state.clone_from(name);
                    self.next = None;
                }
            }
            Order::SetPhone(phone) => self.phone = phone.clone(),
            Order::Endpoints { queues } => {
                if queues.iter().any(|queue| self.stale.contains(queue)) {
                    return Err(REFUSED);
                }
                let items = queues.iter().flat_map(|queue| {
                    ["everywhere".to_owned(), format!("of {queue}")].map(|name| QuickConnect {
                        arn: format!("quick-connect/{name}"),
                        name,
                        type_name: "agent".to_owned(),
                        number: None,
                    })
                });
                return Ok(Taken::Endpoints(items.collect()));
            }
        }
        Ok(Taken::Done)
    }

    fn active(&mut self, at: &At) -> Result<&mut Connection, &'static str> {
        let contact = self.find(&at.contact).ok_or("ContactNotFoundException")?;
        let mut all = contact.connections.iter_mut();
        let one = all.find(|one| one.id == at.connection && one.is_active());
        one.ok_or("InvalidStateException")
    }
}

fn set(one: &mut Connection, state: &str, now: Millis) {
    state.clone_into(&mut one.state);
    one.since = now;
}

fn change(one: &mut Connection, from: &str, to: &str, now: Millis) -> Result<(), &'static str> {
    if one.state != from {
        return Err("InvalidStateException");
    }
    set(one, to, now);
    Ok(())
}
