//! How far a command is: judged by what snapshots show, with Amazon's answers as a hint.

use super::command::{Act, At, Command, Found, Order, PhoneType, Refusal, Taken};
use super::contact::{Contact, Direction, Kind, PartyState, Phase};
use super::reading::{Connection, ContactReading, Queue};
use super::rules::PartyControl;
use super::{CallControl, Surroundings};
use std::rc::Rc;

use crate::agent::{Agent, VoiceEnhancement};
use crate::error::{Bar, Error};
use crate::phone::ticket::{Ticket, Tickets};
use crate::private::Private;
use crate::time::{Millis, Span};

/// A command that is under way, or waits for its turn.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) command: Command,
    pub(crate) tickets: Tickets,
    /// When its first request was sent.
    pub(crate) began: Option<Millis>,
    /// The request that has been sent last, until its effect shows.
    pub(crate) flight: Option<Flight>,
    /// What was there when it began: contacts for `dial`, connections otherwise.
    before: Vec<String>,
    /// The party that it has added, or that is on hold before a swap.
    party: Option<String>,
    /// Whether a transfer has failed, and the customer is being taken back.
    gives_back: bool,
    /// Whether it has come so far that the agent leaves.
    leaves: bool,
    /// When there is something to do at the latest.
    wake_at: Option<Millis>,
    /// How often its last request was sent again.
    retries: u8,
    /// What `quickConnects()` has found so far, and what is still to be asked one by one.
    found: Found,
    singles: Option<Vec<Queue>>,
}

/// A request that has been sent.
#[derive(Clone, Debug)]
pub(crate) struct Flight {
    pub(crate) request: u32,
    order: Order,
    pub(crate) answer: Answer,
}

/// What was answered.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    None,
    Taken(Millis),
    Refused(Millis, Refusal),
}

/// What a command has come to.
#[derive(Clone, Debug)]
pub(crate) enum Reached {
    /// The contact with that id is as it was wanted.
    Contact(String),
    /// The contact is gone, which was wanted.
    Gone,
    /// The agent is in the state that was wanted.
    Agent,
    /// The quick connects that were found.
    Found(Found),
}

/// What a command does next.
pub(crate) enum Step {
    Wait,
    Send(Order),
    Over(Result<Reached, Error>),
}

impl Flight {
    pub(crate) const fn new(request: u32, order: Order) -> Self {
        Self {
            request,
            order,
            answer: Answer::None,
        }
    }

    const fn is_taken(&self) -> bool {
        matches!(self.answer, Answer::Taken(_))
    }
}

impl Job {
    pub(crate) fn new(command: Command, ticket: Ticket) -> Self {
        Self {
            command,
            tickets: [ticket].into_iter().collect(),
            began: None,
            flight: None,
            before: Vec::new(),
            party: None,
            gives_back: false,
            leaves: false,
            wake_at: None,
            retries: 0,
            found: Found::default(),
            singles: None,
        }
    }

    /// Amazon answered its last request.
    pub(crate) fn answered(&mut self, now: Millis, answer: Result<Taken, Refusal>) {
        let Some(flight) = &mut self.flight else {
            return;
        };
        flight.answer = match answer {
            Ok(taken) => {
                if let Taken::Endpoints(items) = taken {
                    self.found.add(items);
                }
                Answer::Taken(now)
            }
            Err(refusal) => Answer::Refused(now, refusal),
        };
    }

    pub(crate) fn awaits_answer(&self) -> bool {
        let flight = self.flight.as_ref();
        flight.is_some_and(|flight| matches!(flight.answer, Answer::None))
    }

    /// Whether the next one need not wait for it any longer.
    pub(crate) fn is_slow(&self, now: Millis) -> bool {
        self.began.is_some_and(|began| began + TURN <= now)
    }

    fn gives_up_at(&self) -> Option<Millis> {
        Some(self.began? + self.command.patience())
    }

    fn is_late(&self, now: Millis) -> bool {
        self.gives_up_at().is_some_and(|at| at <= now)
    }

    /// When there is something to do at the latest.
    pub(crate) const fn due(&self) -> Option<Millis> {
        self.wake_at
    }

    fn sleep(&mut self, now: Millis) {
        let turn = self.began.map(|began| began + TURN);
        let answer = self.flight.as_ref().and_then(|flight| match flight.answer {
            Answer::None => None,
            Answer::Taken(at) => Some(at + GRACE)
                .filter(|at| now < *at)
                .or(Some(at + NO_EFFECT)),
            Answer::Refused(at, _) => Some(at + AGAIN).filter(|at| now < *at).or(Some(at + GRACE)),
        });
        let ring = self.began.map(|began| began + RING);
        let times = [turn, answer, ring, self.gives_up_at()]
            .into_iter()
            .flatten();
        self.wake_at = times.filter(|at| now < *at).min();
    }

    /// How it ends, or waits, because nothing has happened in time or Amazon refused its last request.
    fn late_or_refused(&mut self, now: Millis) -> Option<Step> {
        if self.is_late(now) {
            return Some(Step::Over(Err(Error::CommandTimeout)));
        }
        let flight = self.flight.as_ref()?;
        let Answer::Refused(at, refusal) = &flight.answer else {
            return None;
        };
        let (at, refusal, order) = (*at, refusal.clone(), flight.order.clone());
        Some(refused(now, at, refusal, self, &order))
    }

    /// Sends its only request, and waits for the effect.
    fn ask_once(&mut self, now: Millis, order: Order) -> Step {
        match self.late_or_refused(now) {
            Some(step) => step,
            None if self.flight.is_some() => Step::Wait,
            None => Step::Send(order),
        }
    }

    /// Sends its last request again.
    fn again(&mut self, order: &Order) -> Step {
        self.retries += 1;
        Step::Send(order.clone())
    }

    /// Its last request has had its effect.
    fn landed(&mut self) {
        self.flight = None;
        self.retries = 0;
    }
}

impl CallControl {
    /// What `job` does next.
    pub(super) fn step_of(&self, now: Millis, job: &mut Job, around: &Surroundings<'_>) -> Step {
        let step = match (&job.command.clone(), around.agent) {
            (Command::Contact { id, act }, _) => self.contact_step(now, job, id, act),
            (
                Command::SetState {
                    name,
                    after_contact,
                },
                Some(agent),
            ) => self.state_step(now, job, name, *after_contact, agent),
            (Command::SetPhone(phone), Some(agent)) => Self::phone_step(now, job, phone, agent),
            (Command::EnhanceVoice(mode), Some(_)) => self.voice_step(now, job, *mode),
            (Command::ClearNextState, Some(agent)) => Self::clear_step(now, job, agent),
            (
                Command::Dial {
                    number,
                    country,
                    queue,
                },
                Some(agent),
            ) => self.dial_step(
                now,
                job,
                number,
                (country.as_deref(), queue.as_ref()),
                agent,
            ),
            (Command::QuickConnects { queue }, Some(agent)) => {
                self.quick_connects_step(now, job, queue.as_deref(), agent)
            }
            // Without an agent nothing is possible, and all commands have failed by now.
            (_, None) | (Command::MuteAny { .. }, _) => Step::Wait,
        };
        job.sleep(now);
        step
    }

    fn contact_step(&self, now: Millis, job: &mut Job, id: &str, act: &Act) -> Step {
        let (Some(contact), Some(reading)) = (self.contact_of(id), self.reading_of(id)) else {
            return Step::Over(if act.ends(job.leaves) && job.began.is_some() {
                Ok(Reached::Gone)
            } else {
                Err(Error::ContactGone)
            });
        };
        if job.began.is_none() {
            if act.may_be_done_already() && self.is_reached(act, contact, reading, job) {
                return done(contact);
            }
            if let Some(why) = act.refused_by(contact) {
                return Step::Over(Err(Error::NotPossibleNow { why: why.into() }));
            }
            let all = reading.connections.iter();
            job.before = all.map(|one| one.id.clone()).collect();
            let mut held = reading.others().filter(|one| one.is_held());
            let held = held.next().filter(|_| *act == Act::Swap);
            job.party = held.map(|one| one.id.clone());
        }
        job.note_party(act, reading);
        if self.is_reached(act, contact, reading, job) {
            return done(contact);
        }
        if !contact.phase.is_live()
            && *act != Act::Finish
            && !matches!(act, Act::ReportIssue { .. })
        {
            let taken = job.flight.as_ref().is_some_and(Flight::is_taken);
            return Step::Over(Err(if *act == Act::Accept && taken {
                Error::NoAudio
            } else {
                Error::ContactGone
            }));
        }
        if job.gives_back && reading.others().all(|one| !one.is_held()) {
            return Step::Over(Err(Error::TransferNotAnswered));
        }
        if job.is_late(now) {
            return Step::Over(Err(act.late()));
        }
        if let Some(flight) = &job.flight {
            let order = flight.order.clone();
            if self.has_landed(&order, reading, job) {
                job.landed();
            } else {
                return match &flight.answer {
                    Answer::Refused(at, refusal) => refused(now, *at, refusal.clone(), job, &order),
                    // Amazon's voice service may take a command and do nothing (Streams' issues #735 and #1064).
                    Answer::Taken(at)
                        if matches!(order, Order::Hold(_) | Order::Resume(_))
                            && *at + NO_EFFECT <= now
                            && job.retries == 0 =>
                    {
                        job.again(&order)
                    }
                    Answer::Taken(_) | Answer::None => Step::Wait,
                };
            }
        }
        self.next_order(now, act, contact, reading, job)
            .map_or(Step::Wait, Step::Send)
    }

    /// Whether the contact is where the command wants it.
    fn is_reached(
        &self,
        act: &Act,
        contact: &Contact,
        reading: &ContactReading,
        job: &Job,
    ) -> bool {
        let others = || reading.others().filter(|one| !one.is_monitor());
        let taken = job.flight.as_ref().is_some_and(Flight::is_taken);
        let talks = matches!(contact.phase, Phase::Talking | Phase::Held);
        match act {
            // A callback's customer is called only then.
            Act::Accept if contact.kind == Kind::Callback => {
                contact.phase.is_live() && contact.phase != Phase::Offered
            }
            Act::Accept => contact.phase.is_live() && reading.state == "connected",
            Act::Reject | Act::HangUp | Act::Leave => !contact.phase.is_live(),
            Act::Transfer { .. } => job.leaves && !contact.phase.is_live(),
            Act::Hold => contact.phase == Phase::Held,
            Act::Resume => {
                talks
                    && others().any(Connection::is_connected)
                    && !others().any(Connection::is_held)
            }
            Act::DialPreview => !reading.is_preview(),
            Act::DiscardPreview => !contact.phase.is_live(),
            Act::Monitor(mode) => contact.monitoring == Some(*mode),
            Act::Mute(mute) => contact.muted == Some(*mute),
            Act::SendDigits(_) | Act::ReportIssue { .. } => taken,
            Act::Consult(_) => job.party.is_some() && job.began.is_some(),
            Act::Conference => {
                talks && others().count() > 1 && others().all(|one| one.is_connected())
            }
            Act::Swap => {
                let swapped = job.party.as_ref();
                swapped.is_some_and(|id| others().any(|one| one.id == *id && one.is_connected()))
                    && others().any(Connection::is_held)
            }
            // Whoever is cleared already is gone (Streams' issue #1013).
            Act::Finish => job
                .flight
                .as_ref()
                .is_some_and(|flight| match &flight.answer {
                    Answer::Taken(_) => true,
                    Answer::Refused(_, refusal) => refusal.type_name.starts_with("ContactNotFound"),
                    Answer::None => false,
                }),
            Act::Party { id, control } => {
                let party = others().find(|one| one.id == *id);
                match (control, party) {
                    (PartyControl::Remove, party) => party.is_none() && job.began.is_some(),
                    (PartyControl::Hold, Some(one)) => one.is_held(),
                    (PartyControl::Resume, Some(one)) => one.is_connected(),
                    (PartyControl::Mute, Some(one)) => one.muted == Some(true),
                    (PartyControl::Unmute, Some(one)) => one.muted == Some(false),
                    (_, None) => false,
                }
            }
        }
    }

    /// Whether the effect of a request shows.
    fn has_landed(&self, order: &Order, reading: &ContactReading, job: &Job) -> bool {
        let state = |at: &At, is: fn(&Connection) -> bool| {
            let mut all = reading.connections.iter();
            all.find(|one| one.id == at.connection).is_none_or(is)
        };
        match order {
            Order::Hold(at) => state(at, |one| one.is_held() || !one.is_active()),
            Order::Resume(at) => state(at, |one| one.is_connected() || !one.is_active()),
            Order::Destroy(at) => state(at, |one| !one.is_active()),
            Order::MuteParticipant(at) => state(at, |one| one.muted == Some(true)),
            Order::UnmuteParticipant(at) => state(at, |one| one.muted == Some(false)),
            Order::MuteHere(mute) => self.muted_here == Some(*mute),
            Order::Add(..) => job.party.is_some(),
            Order::Accept(_)
            | Order::Reject(_)
            | Order::Clear(_)
            | Order::Conference(_)
            | Order::Toggle(_)
            | Order::Monitor(..)
            | Order::EngagePreview(_)
            | Order::EnhanceVoice(_)
            | Order::SendDigits(..)
            | Order::Dial { .. }
            | Order::ReportIssue { .. }
            | Order::SetState { .. }
            | Order::SetPhone(_)
            | Order::Endpoints { .. } => false,
        }
    }

    fn next_order(
        &self,
        now: Millis,
        act: &Act,
        contact: &Contact,
        reading: &ContactReading,
        job: &mut Job,
    ) -> Option<Order> {
        let id = || reading.id.clone();
        let at = |one: &Connection| At::new(reading, one);
        let others = || reading.others().filter(|one| !one.is_monitor());
        let first = |is: fn(&Connection) -> bool| others().find(|one| is(one));
        let own = || reading.own().map(at);
        Some(match act {
            Act::Accept => Order::Accept(id()),
            Act::Reject => Order::Reject(id()),
            Act::HangUp | Act::Leave | Act::DiscardPreview => Order::Destroy(own()?),
            Act::Hold => Order::Hold(at(first(Connection::is_connected)?)),
            // With one line for two, only a conference lets both talk.
            Act::Resume
                if !reading.multi_party && others().filter(|one| !one.is_joining()).count() > 1 =>
            {
                Order::Conference(id())
            }
            Act::Resume => Order::Resume(at(first(Connection::is_held)?)),
            Act::Mute(mute) => {
                let there = reading.own().and_then(|own| own.muted);
                let by_amazon = reading.multi_party && there != Some(*mute);
                match (by_amazon, mute) {
                    (true, true) => Order::MuteParticipant(own()?),
                    (true, false) if there == Some(true) => Order::UnmuteParticipant(own()?),
                    _ => Order::MuteHere(*mute),
                }
            }
            Act::SendDigits(digits) => {
                Order::SendDigits(at(first(Connection::is_connected)?), digits.clone())
            }
            Act::Consult(to) => Order::Add(id(), to.clone()),
            Act::Transfer { to, at_once } => {
                if job.gives_back {
                    return Some(Order::Resume(at(first(Connection::is_held)?)));
                }
                let Some(party) = job.party.clone() else {
                    return Some(Order::Add(id(), to.clone()));
                };
                let Some(party) = others().find(|one| one.id == party) else {
                    job.gives_back = true;
                    return Some(Order::Resume(at(first(Connection::is_held)?)));
                };
                let there = PartyState::of(party) != PartyState::Connecting;
                if there || *at_once {
                    job.leaves = true;
                    return Some(Order::Destroy(own()?));
                }
                let began = job.began.unwrap_or(now);
                if began + RING <= now {
                    return Some(Order::Destroy(at(party)));
                }
                return None;
            }
            Act::Conference => Order::Conference(id()),
            Act::Swap => Order::Toggle(at(first(Connection::is_held)?)),
            Act::Finish => Order::Clear(id()),
            Act::DialPreview => Order::EngagePreview(id()),
            Act::Monitor(mode) => Order::Monitor(id(), *mode),
            Act::Party { id, control } => {
                let one = at(others().find(|one| one.id == *id)?);
                match control {
                    PartyControl::Remove => Order::Destroy(one),
                    PartyControl::Hold => Order::Hold(one),
                    PartyControl::Resume => Order::Resume(one),
                    PartyControl::Mute => Order::MuteParticipant(one),
                    PartyControl::Unmute => Order::UnmuteParticipant(one),
                }
            }
            Act::ReportIssue { code, description } => Order::ReportIssue {
                contact: contact.id.clone(),
                code: code.clone(),
                description: description.clone(),
            },
        })
    }

    fn state_step(
        &self,
        now: Millis,
        job: &mut Job,
        name: &str,
        after_contact: Option<bool>,
        agent: &Agent,
    ) -> Step {
        let next = agent.next_state.as_deref();
        let there = agent.state == name && next.is_none_or(|next| next == name);
        if there || next == Some(name) {
            return Step::Over(Ok(Reached::Agent));
        }
        let known = agent.setup.states.iter().find(|state| state.name == name);
        let Some(known) = known else {
            let names: Vec<_> = agent
                .setup
                .states
                .iter()
                .map(|state| &*state.name)
                .collect();
            return Step::Over(Err(Error::ArgumentInvalid {
                call: "setState()",
                found: "a state that this agent cannot choose".to_owned(),
                expected: format!("one of {}", names.join(", ")),
            }));
        };
        if let Some(step) = job.late_or_refused(now) {
            return step;
        }
        // A contact that came to nothing leaves nothing to wait for.
        let phases = || self.contacts().iter().map(|contact| contact.phase);
        let enqueue = after_contact.unwrap_or_else(|| phases().any(|it| it != Phase::Over));
        let routable = known.type_name == "routable";
        let mut sent_before = false;
        if let Some(flight) = &job.flight {
            let order = flight.order.clone();
            let cleared = matches!(order, Order::SetState { enqueue: true, .. }) && !enqueue;
            match &flight.answer {
                Answer::Taken(_) if cleared && next.is_none() => sent_before = true,
                // A state that calls come to is not queued: it comes after the contact by itself (Streams' issue #1063). After
                // the call, it may also come at once.
                Answer::Taken(at)
                    if enqueue
                        && routable
                        && next.is_none()
                        && (phases().any(Phase::is_live) || *at + GRACE <= now) =>
                {
                    return Step::Over(Ok(Reached::Agent));
                }
                // A queued state may win over the one that was just set (Streams' issue #613).
                Answer::Taken(at) if *at + NO_EFFECT <= now && job.retries == 0 => {
                    return job.again(&order);
                }
                Answer::Taken(_) | Answer::None | Answer::Refused(..) => return Step::Wait,
            }
        }
        let clear_first = !enqueue && next.is_some() && routable && !sent_before;
        Step::Send(Order::SetState {
            name: name.to_owned(),
            enqueue: enqueue || clear_first,
        })
    }

    fn phone_step(now: Millis, job: &mut Job, phone: &PhoneType, agent: &Agent) -> Step {
        let there = match phone {
            PhoneType::Softphone => agent.softphone,
            PhoneType::Desk(None) => !agent.softphone,
            PhoneType::Desk(number) => !agent.softphone && agent.setup.desk_number == *number,
        };
        if there {
            return Step::Over(Ok(Reached::Agent));
        }
        let nowhere = *phone == PhoneType::Desk(None) && agent.setup.desk_number.is_none();
        if nowhere {
            return Step::Over(Err(Error::NumberInvalid));
        }
        job.ask_once(now, Order::SetPhone(phone.clone()))
    }

    fn voice_step(&self, now: Millis, job: &mut Job, mode: VoiceEnhancement) -> Step {
        if self.voice_enhancement == Some(mode) {
            return Step::Over(Ok(Reached::Agent));
        }
        job.ask_once(now, Order::EnhanceVoice(mode))
    }

    fn clear_step(now: Millis, job: &mut Job, agent: &Agent) -> Step {
        if agent.next_state.is_none() {
            return Step::Over(Ok(Reached::Agent));
        }
        if let Some(step) = job.late_or_refused(now) {
            return step;
        }
        if job.flight.is_some() {
            return Step::Wait;
        }
        let mut states = agent.setup.states.iter();
        let routable = states.find(|state| state.type_name == "routable");
        match routable {
            Some(state) => Step::Send(Order::SetState {
                name: state.name.clone(),
                enqueue: true,
            }),
            None => Step::Over(Err(Error::NotPossibleNow {
                why: "You have no state in which you can be called.".into(),
            })),
        }
    }

    fn dial_step(
        &self,
        now: Millis,
        job: &mut Job,
        number: &Private<String>,
        (country, queue): (Option<&str>, Option<&String>),
        agent: &Agent,
    ) -> Step {
        if job.began.is_none() {
            let setup = &agent.setup;
            let default = setup.default_queue.as_ref().map(|queue| &queue.arn);
            let lacks = |all: &[String], it: &str| {
                !all.is_empty() && !all.iter().any(|one| one.eq_ignore_ascii_case(it))
            };
            let bar = match queue.or(default) {
                _ if lacks(&setup.permissions, "outboundCall") => Err(Bar::Permission),
                _ if country.is_some_and(|it| lacks(&setup.countries, it)) => Err(Bar::Country),
                queue => queue.ok_or(Bar::Queue),
            };
            let queue = match bar {
                Ok(queue) => queue,
                Err(bar) => return Step::Over(Err(Error::NotAllowed(bar))),
            };
            job.before = self.seen.iter().map(|one| one.id.clone()).collect();
            return Step::Send(Order::Dial {
                number: number.clone(),
                queue: queue.clone(),
            });
        }
        let dialled = |contact: &&Rc<Contact>| {
            contact.direction != Direction::Inbound
                && !job.before.contains(&contact.id)
                && contact.kind == Kind::Call
                && (contact.number.as_ref())
                    .is_none_or(|other| same_number(other.reveal(), number.reveal()))
        };
        if let Some(contact) = self.contacts().iter().find(dialled) {
            return done(contact);
        }
        job.late_or_refused(now).unwrap_or(Step::Wait)
    }

    /// All queues at once; where that fails, because one of them is the agent's no longer, one by one (Streams' issue
    /// #251).
    fn quick_connects_step(
        &self,
        now: Millis,
        job: &mut Job,
        queue: Option<&str>,
        agent: &Agent,
    ) -> Step {
        if job.is_late(now) {
            let left = job.singles.take().unwrap_or_default();
            if job.found.items.is_empty() {
                return Step::Over(Err(Error::CommandTimeout));
            }
            job.found
                .incomplete
                .extend(left.into_iter().map(|queue| queue.name));
            return Step::Over(Ok(Reached::Found(job.found.clone())));
        }
        match job.flight.take() {
            None => {
                let queues = self.queues(queue, agent);
                if queues.is_empty() {
                    return Step::Over(Ok(Reached::Found(Found::default())));
                }
                let queues = queues.into_iter().map(|queue| queue.arn).collect();
                Step::Send(Order::Endpoints { queues })
            }
            Some(flight) => match (&flight.answer, job.singles.as_mut()) {
                (Answer::None, _) => {
                    job.flight = Some(flight);
                    Step::Wait
                }
                (Answer::Refused(_, refusal), None) => {
                    let queues = self.queues(queue, agent);
                    if queues.len() < 2 {
                        return Step::Over(Err(Error::of_refusal(refusal.clone())));
                    }
                    job.singles = Some(queues);
                    job.next_single()
                }
                (Answer::Refused(..), Some(singles)) => {
                    let queue = singles.remove(0);
                    job.found.incomplete.push(queue.name);
                    job.next_single()
                }
                (Answer::Taken(_), Some(singles)) => {
                    singles.remove(0);
                    job.next_single()
                }
                (Answer::Taken(_), None) => Step::Over(Ok(Reached::Found(job.found.clone()))),
            },
        }
    }

    /// The queues whose quick connects an agent can use: of their contacts and of their routing profile.
    fn queues(&self, only: Option<&str>, agent: &Agent) -> Vec<Queue> {
        let setup = &agent.setup;
        let contacts = self.contacts().iter().filter_map(|one| one.queue.as_ref());
        let all = contacts.chain(&setup.default_queue).chain(&setup.queues);
        let mut queues: Vec<Queue> = Vec::new();
        for queue in all {
            if !queues.iter().any(|other| other.arn == queue.arn) {
                queues.push(queue.clone());
            }
        }
        let Some(only) = only else {
            return queues;
        };
        queues.retain(|queue| queue.arn == only);
        if queues.is_empty() {
            queues.push(Queue {
                arn: only.to_owned(),
                name: only.to_owned(),
            });
        }
        queues
    }
}

impl Job {
    fn next_single(&mut self) -> Step {
        let next = self.singles.as_ref().and_then(|singles| singles.first());
        match next {
            Some(queue) => Step::Send(Order::Endpoints {
                queues: vec![queue.arn.clone()],
            }),
            None => Step::Over(Ok(Reached::Found(self.found.clone()))),
        }
    }

    /// Who has been added since it began.
    fn note_party(&mut self, act: &Act, reading: &ContactReading) {
        if matches!(act, Act::Consult(_) | Act::Transfer { .. }) && self.party.is_none() {
            let mut new = reading.others().filter(|one| !one.is_monitor());
            let new = new.find(|one| !self.before.contains(&one.id));
            self.party = new.map(|one| one.id.clone());
        }
    }
}

impl Act {
    /// What is wrong when nothing has happened in time.
    const fn late(&self) -> Error {
        if matches!(self, Self::Accept) {
            Error::NoAudio
        } else if matches!(self, Self::Mute(_)) {
            Error::MuteNotConfirmed
        } else if matches!(self, Self::Transfer { .. }) {
            Error::TransferNotAnswered
        } else {
            Error::CommandTimeout
        }
    }

    /// Whether a contact that is gone is what was wanted; `leaves`: the agent has left it to others.
    const fn ends(&self, leaves: bool) -> bool {
        matches!(
            self,
            Self::Reject | Self::HangUp | Self::Leave | Self::Finish | Self::DiscardPreview
        ) || matches!(self, Self::Transfer { .. }) && leaves
    }

    /// Whether there is nothing to do where everything is as wanted; otherwise it is no longer possible then.
    const fn may_be_done_already(&self) -> bool {
        !matches!(
            self,
            Self::Reject
                | Self::Leave
                | Self::Transfer { .. }
                | Self::DialPreview
                | Self::DiscardPreview
        )
    }
}

fn done(contact: &Contact) -> Step {
    Step::Over(Ok(Reached::Contact(contact.id.clone())))
}

/// Amazon refused: it is not believed before a snapshot had the time to show otherwise (Streams' issue #224).
fn refused(now: Millis, at: Millis, refusal: Refusal, job: &mut Job, order: &Order) -> Step {
    let resumed = refusal.type_name.starts_with("CallAlreadyResumed");
    if resumed && job.retries < RETRIES {
        return if at + AGAIN <= now {
            job.again(order)
        } else {
            Step::Wait
        };
    }
    if at + GRACE <= now {
        return Step::Over(Err(Error::of_refusal(refusal)));
    }
    Step::Wait
}

fn same_number(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<_>>();
    digits(one) == digits(other)
}

/// How long the next command on a contact waits for the effect of the one before.
const TURN: Span = Span::secs(3);
/// How long the effect of what Amazon took may take before it is asked once more.
const NO_EFFECT: Span = Span::secs(5);
/// How long a snapshot may take to show the effect of what Amazon refused.
const GRACE: Span = Span::secs(2);
/// How long after `CallAlreadyResumedException` a party that is still on hold is resumed again, and how often.
const AGAIN: Span = Span::millis(300);
const RETRIES: u8 = 3;
/// How long whoever a call is transferred to may let it ring.
const RING: Span = Span::secs(45);
