//! Call control: the contacts as hosts see them, and the commands of hosts.
//!
//! ```text
//!   reading   what one snapshot says
//!   memory    what no snapshot says
//!   contact   what hosts see, made of both
//!   rules     what can be done with it, and why not
//!   command   what hosts ask for, and what Amazon is asked for
//!   progress  how far a command is, judged by snapshots
//! ```
//! A snapshot is right where it and an answer of Amazon's disagree: a command succeeds when its effect shows, whatever
//! was answered, and fails when it does not.

pub mod arguments;
pub mod command;
pub mod contact;
pub(crate) mod memory;
pub(crate) mod progress;
pub mod reading;
pub mod rules;

use std::rc::Rc;

use crate::agent::{Agent, VoiceEnhancement};
use crate::error::Error;
use crate::phone::effect::{CallEffect, News};
use crate::phone::ticket::{Outcome, Settlement, Ticket, Tickets};
use crate::private::Private;
use crate::time::{Millis, Span};
use command::{Act, Command, Order, Refusal, Taken};
use contact::{Contact, Context, Kind, Media, Phase, Preview};
use memory::Memory;
use progress::{Flight, Job, Reached, Step};
use reading::{Connection, ContactReading, Reading};
use rules::Control;

/// What the shell tells about calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallFact {
    /// Streams has a new snapshot.
    Snapshot(Reading),
    /// Amazon answered [`CallEffect::Send`].
    Answered(u32, Result<Taken, Refusal>),
    /// The CCP said whether its microphone is muted (Streams' `MUTE_TOGGLE`).
    Muted(bool),
    /// What Amazon does to the agent's voice.
    VoiceEnhanced(VoiceEnhancement),
    /// The CCP's softphone failed (Streams' `SOFTPHONE_ERROR`).
    SoftphoneFailed,
    /// What the agent can do before the customer of that contact is called.
    Previewed {
        /// Its id.
        contact: String,
        /// After how long Amazon calls them by itself.
        dials_after: Option<Span>,
        /// Whether the agent may let it be.
        can_discard: bool,
    },
}

/// What the rest of the phone knows that matters here.
pub(crate) struct Surroundings<'a> {
    /// The agent, while the phone is ready for them.
    pub(crate) agent: Option<&'a Agent>,
    /// Why nothing can be done, and in which words.
    pub(crate) off: Option<(Error, &'static str)>,
    /// Whether the contacts are nobody's that this phone may show.
    pub(crate) hidden: bool,
    pub(crate) media: Media,
}

/// The contacts, and the commands that are under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallControl {
    /// What the last snapshot said, until it is clear whose it is.
    unread: Option<Reading>,
    /// What counts.
    seen: Vec<ContactReading>,
    memories: Vec<(String, Memory)>,
    /// What the host sees.
    shown: Vec<Rc<Contact>>,
    /// Contacts that are finished, though snapshots may list them for a while (Streams' issue #1013).
    finished: Vec<String>,
    /// What the CCP says of its microphone.
    muted_here: Option<bool>,
    voice_enhancement: Option<VoiceEnhancement>,
    jobs: Vec<Job>,
    next_request: u32,
    /// What was dialled last.
    dialled: Option<(Private<String>, Millis)>,
    name: Option<Private<String>>,
    effects: Vec<CallEffect>,
    news: Vec<News>,
    settled: Vec<(Ticket, Result<Reached, Error>)>,
}

impl CallControl {
    /// What the host sees.
    pub(crate) fn contacts(&self) -> &[Rc<Contact>] {
        &self.shown
    }

    /// Whether the agent is muted in the call that is talking, as far as that is known.
    pub(crate) fn muted(&self) -> Option<bool> {
        self.shown.iter().find_map(|contact| contact.muted)
    }

    /// What Amazon does to the agent's voice, as far as that is known.
    pub(crate) const fn voice_enhancement(&self) -> Option<VoiceEnhancement> {
        self.voice_enhancement
    }

    /// The shell told something; [`step`](Self::step) follows.
    pub(crate) fn told(&mut self, now: Millis, fact: CallFact) {
        match fact {
            CallFact::Snapshot(reading) => self.unread = Some(reading),
            CallFact::Muted(muted) => self.muted_here = Some(muted),
            CallFact::VoiceEnhanced(mode) => self.voice_enhancement = Some(mode),
            CallFact::Previewed {
                contact,
                dials_after,
                can_discard,
            } => {
                let own = self.reading_of(&contact).and_then(ContactReading::own);
                // Since the agent has accepted it, which may be before this page was there.
                let began = own.map_or(now, |own| own.since);
                let mut all = self.memories.iter_mut();
                if let Some((_, memory)) = all.find(|(id, _)| *id == contact) {
                    memory.preview = Some(Preview {
                        dials_at: dials_after.map(|after| began + after),
                        can_discard,
                    });
                }
            }
            CallFact::SoftphoneFailed => {
                for (id, memory) in &mut self.memories {
                    let reading = self.seen.iter().find(|one| one.id == *id);
                    memory.no_audio |= reading.is_some_and(|one| one.state == "connecting");
                }
            }
            CallFact::Answered(request, answer) => {
                let mut jobs = self.jobs.iter_mut();
                let asked =
                    jobs.find(|job| job.flight.as_ref().is_some_and(|it| it.request == request));
                let Some(job) = asked else {
                    if answer.is_err() {
                        let late = "Amazon Connect refused a command after it was over.";
                        self.news.push(News::Diagnostic(late.to_owned()));
                    }
                    return;
                };
                job.answered(now, answer);
            }
        }
    }

    /// Another agent's contacts, or none of anybody's: nothing that was seen counts any more.
    pub(crate) fn forget(&mut self) {
        self.unread = None;
        self.seen.clear();
        self.memories.clear();
        self.finished.clear();
        self.muted_here = None;
        self.voice_enhancement = None;
        for contact in self.shown.drain(..) {
            self.news.push(News::ContactRemoved(contact.id.clone()));
        }
        self.fail_all(&Error::ContactGone);
    }

    /// The CCP that was asked is gone, and its answers with it.
    pub(crate) fn disconnected(&mut self) {
        self.muted_here = None;
        for (_, memory) in &mut self.memories {
            memory.asked_preview = memory.preview.is_some();
        }
        for job in self.jobs.extract_if(.., |job| job.flight.is_some()) {
            let error = Error::ConnectionReset;
            settle(&mut self.settled, job.tickets, &Err(error));
        }
    }

    /// Amazon refused the session when something was asked.
    pub(crate) fn session_refused(&mut self) {
        for job in self.jobs.extract_if(.., |job| job.awaits_answer()) {
            settle(&mut self.settled, job.tickets, &Err(Error::SessionEnded));
        }
    }

    /// Fails whatever is under way.
    pub(crate) fn fail_all(&mut self, error: &Error) {
        for job in self.jobs.drain(..) {
            settle(&mut self.settled, job.tickets, &Err(error.clone()));
        }
    }

    /// The host asks for something; [`step`](Self::step) follows.
    pub(crate) fn asked(
        &mut self,
        now: Millis,
        ticket: Ticket,
        command: Command,
        around: &Surroundings<'_>,
    ) {
        if let Some((error, _)) = &around.off {
            self.settled.push((ticket, Err(error.clone())));
            return;
        }
        let command = match self.resolve(command) {
            Ok(command) => command,
            Err(error) => return self.settled.push((ticket, Err(error))),
        };
        // Twice the same is once, except for digits.
        let same = |job: &&mut Job| job.command == command && !command.sends_digits();
        if let Some(job) = self.jobs.iter_mut().find(same) {
            job.tickets.add(ticket);
            return;
        }
        if let Command::Dial { number, .. } = &command {
            let again = self.dialled.as_ref();
            if again.is_some_and(|(last, at)| last == number && now < *at + REDIAL) {
                let why = "This number was dialled a moment ago.".into();
                self.settled
                    .push((ticket, Err(Error::NotPossibleNow { why })));
                return;
            }
            self.dialled = Some((number.clone(), now));
        }
        self.jobs.push(Job::new(command, ticket));
    }

    /// Which contact a command without one is about.
    fn resolve(&self, command: Command) -> Result<Command, Error> {
        let Command::MuteAny { mute } = command else {
            return Ok(command);
        };
        let calls = || self.shown.iter().filter(|contact| contact.kind.is_voice());
        let in_phase = |phase| calls().find(|contact| contact.phase == phase);
        let contact = in_phase(Phase::Talking).or_else(|| in_phase(Phase::Held));
        let contact = contact.ok_or_else(|| Error::NotPossibleNow {
            why: "There is no call.".into(),
        })?;
        Ok(Command::Contact {
            id: contact.id.clone(),
            act: Act::Mute(mute),
        })
    }

    /// Takes in what was told or asked, and does what follows from it.
    pub(crate) fn step(&mut self, now: Millis, around: &Surroundings<'_>) {
        if around.hidden {
            if !self.shown.is_empty() || !self.seen.is_empty() {
                self.forget();
            }
            if let Some((error, _)) = &around.off {
                self.fail_all(error);
            }
            return;
        }
        if let Some(agent) = around.agent {
            self.name = Some(agent.name.clone());
            let ours = |reading: &mut Reading| reading.username == agent.username;
            if let Some(reading) = self.unread.take_if(ours) {
                self.read(reading.contacts);
            }
        }
        if let Some((error, _)) = &around.off {
            self.fail_all(error);
        }
        // What one command gets done may be what another waits for, and a step of a command may be its last.
        self.show(around);
        for _ in 0..MOST_STEPS {
            if !self.advance(now, around) {
                break;
            }
            self.show(around);
        }
    }

    /// When [`step`](Self::step) has something to do at the latest.
    pub(crate) fn due(&self) -> Option<Millis> {
        self.jobs.iter().filter_map(Job::due).min()
    }

    fn read(&mut self, contacts: Vec<ContactReading>) {
        self.finished
            .retain(|id| contacts.iter().any(|one| one.id == *id));
        let before = std::mem::replace(&mut self.seen, contacts);
        self.seen.retain(|one| !self.finished.contains(&one.id));
        self.memories
            .retain(|(id, _)| self.seen.iter().any(|one| one.id == *id));
        for reading in &self.seen {
            let before = before.iter().find(|one| one.id == reading.id);
            let memory = memory_of(&mut self.memories, &reading.id);
            memory.sees(before, reading);
            if reading.is_preview() && memory.accepted && !memory.asked_preview {
                memory.asked_preview = true;
                let ask = CallEffect::AskPreview(reading.id.clone());
                self.effects.push(ask);
            }
        }
        // The CCP says that nobody is muted whenever a call ends, also if another one still is (Streams 2.28.2,
        // connect-streams.js, `deleteLocalMediaStream`), and cannot say better before that one is off hold
        // (`setLastActiveContactId`); and of a call that was there before this page it says nothing.
        let counts = connected(&self.seen) != connected(&before);
        let resumes = talking(&self.seen).any(|id| talking(&before).all(|other| other != id));
        if connected(&self.seen) > 0 && (counts || resumes) {
            self.effects.push(CallEffect::AskMuted);
        }
    }

    /// Shows the host what has changed.
    fn show(&mut self, around: &Surroundings<'_>) {
        let name = self.name.clone();
        let name = name.unwrap_or_else(|| Private::new(String::new()));
        let mut shown = Vec::with_capacity(self.seen.len());
        for reading in &self.seen {
            let under_way = self.under_way(&reading.id);
            let Some((_, memory)) = self.memories.iter().find(|(id, _)| *id == reading.id) else {
                continue;
            };
            shown.push(Rc::new(Contact::of(
                reading,
                &Context {
                    memory,
                    agent: &name,
                    muted_here: self.muted_here,
                    media: around.media,
                    off: around.off.as_ref().map(|(_, why)| *why),
                    under_way: &under_way,
                },
            )));
        }
        let before = std::mem::replace(&mut self.shown, shown);
        for gone in &before {
            if !self.shown.iter().any(|contact| contact.id == gone.id) {
                self.news.push(News::ContactRemoved(gone.id.clone()));
            }
        }
        for contact in &self.shown {
            match before.iter().find(|other| other.id == contact.id) {
                None => self.news.push(News::ContactAdded(contact.clone())),
                Some(before) if before != contact => {
                    let changed = contact.changes(before);
                    if before.muted == Some(true)
                        && contact.muted == Some(false)
                        && !self.under_way(&contact.id).contains(&Control::Unmute)
                    {
                        // Its two kinds of mute overwrite each other (Streams' issues #785 and #672).
                        let heard =
                            "Amazon's panel un-muted the agent, and nobody had asked for it.";
                        self.news.push(News::Diagnostic(heard.to_owned()));
                    }
                    // Of several changes in one step, the host hears the last.
                    let told = self.news.iter_mut();
                    let earlier = told.filter_map(|news| match news {
                        News::ContactAdded(told) => Some((told, None)),
                        News::ContactChanged(told, fields) => Some((told, Some(fields))),
                        News::Status(_)
                        | News::Agent(_)
                        | News::Audio(_)
                        | News::ContactRemoved(_)
                        | News::Expiring { .. }
                        | News::Diagnostic(_) => None,
                    });
                    let mut earlier = earlier.filter(|(told, _)| told.id == contact.id);
                    let earlier = earlier.next().map(|(told, fields)| {
                        *told = contact.clone();
                        if let Some(fields) = fields {
                            let more = changed.iter().filter(|name| !fields.contains(name));
                            let more: Vec<_> = more.copied().collect();
                            fields.extend(more);
                        }
                    });
                    if earlier.is_none() {
                        self.news
                            .push(News::ContactChanged(contact.clone(), changed));
                    }
                }
                Some(_) => {}
            }
        }
    }

    fn under_way(&self, id: &str) -> Vec<Control> {
        let begun = self.jobs.iter().filter(|job| job.began.is_some());
        let acts = begun.filter_map(|job| job.command.with_contact());
        acts.filter(|(other, _)| *other == id)
            .filter_map(|(_, act)| act.control())
            .collect()
    }

    /// Takes the first command that can go on one step further. Whether there was one: what others see may have changed.
    fn advance(&mut self, now: Millis, around: &Surroundings<'_>) -> bool {
        for at in 0..self.jobs.len() {
            let waits = self.jobs[..at].iter().any(|earlier| {
                self.jobs[at].command.waits_for(&earlier.command) && !earlier.is_slow(now)
            });
            if waits && self.jobs[at].began.is_none() {
                continue;
            }
            let mut job = self.jobs.remove(at);
            match self.step_of(now, &mut job, around) {
                Step::Wait => self.jobs.insert(at, job),
                Step::Send(order) => {
                    let request = self.next_request;
                    self.next_request += 1;
                    job.began.get_or_insert(now);
                    self.remember(&job, &order);
                    job.flight = Some(Flight::new(request, order.clone()));
                    self.effects.push(CallEffect::Send(request, order));
                    self.jobs.insert(at, job);
                    return true;
                }
                Step::Over(settlement) => {
                    self.conclude(&job, &settlement);
                    settle(&mut self.settled, job.tickets, &settlement);
                    return true;
                }
            }
        }
        false
    }

    /// What a contact's story takes from a command that is sent.
    fn remember(&mut self, job: &Job, order: &Order) {
        let Command::Contact { id, act } = &job.command else {
            return;
        };
        let memory = memory_of(&mut self.memories, id);
        memory.rejected |= *act == Act::Reject;
        memory.hung_up |= matches!(act, Act::HangUp | Act::Leave);
        if let Order::Add(_, to) = order {
            memory.dials(to.label());
        }
    }

    /// What it takes from one that is over.
    fn conclude(&mut self, job: &Job, settlement: &Result<Reached, Error>) {
        if matches!(job.command, Command::Dial { .. }) && settlement.is_err() {
            self.dialled = None; // Nobody was called.
        }
        let Command::Contact { id, act } = &job.command else {
            return;
        };
        if *act == Act::Finish && settlement.is_ok() && self.seen.iter().any(|one| one.id == *id) {
            self.finished.push(id.clone());
            self.seen.retain(|one| one.id != *id);
        }
        let Some((_, memory)) = self.memories.iter_mut().find(|(other, _)| other == id) else {
            return;
        };
        if settlement.is_err() {
            memory.rejected &= *act != Act::Reject;
            memory.hung_up &= !matches!(act, Act::HangUp | Act::Leave);
            if act.target().is_some() {
                memory.dials(None);
            }
        }
    }

    /// What is to be done, in order.
    pub(crate) fn take_effects(&mut self) -> Vec<CallEffect> {
        std::mem::take(&mut self.effects)
    }

    /// What the host is told.
    pub(crate) fn take_news(&mut self) -> Vec<News> {
        std::mem::take(&mut self.news)
    }

    /// Which calls are settled, after the host was told; `agent` is what it was told of them.
    pub(crate) fn take_settled(&mut self, agent: Option<&Agent>) -> Vec<(Ticket, Settlement)> {
        let settled = std::mem::take(&mut self.settled);
        let settled = settled.into_iter().map(|(ticket, reached)| {
            let outcome = reached.map(|reached| match reached {
                Reached::Contact(id) => Outcome::Contact(self.contact_of(&id).cloned()),
                Reached::Gone => Outcome::Contact(None),
                Reached::Agent => Outcome::Agent(agent.cloned()),
                Reached::Found(found) => Outcome::QuickConnects(found),
            });
            (ticket, outcome)
        });
        settled.collect()
    }

    fn contact_of(&self, id: &str) -> Option<&Rc<Contact>> {
        self.shown.iter().find(|contact| contact.id == id)
    }

    fn reading_of(&self, id: &str) -> Option<&ContactReading> {
        self.seen.iter().find(|contact| contact.id == id)
    }
}

/// How many calls the agent is on.
fn connected(contacts: &[ContactReading]) -> usize {
    let voice = contacts.iter().filter(|one| Kind::of(one).is_voice());
    voice.filter(|one| one.state == "connected").count()
}

/// The ids of the calls in which somebody is not on hold.
fn talking(contacts: &[ContactReading]) -> impl Iterator<Item = &str> {
    let voice = contacts.iter().filter(|one| Kind::of(one).is_voice());
    let talks = |one: &&ContactReading| {
        one.state == "connected" && one.others().any(Connection::is_connected)
    };
    voice.filter(talks).map(|one| one.id.as_str())
}

fn memory_of<'a>(memories: &'a mut Vec<(String, Memory)>, id: &str) -> &'a mut Memory {
    let at = memories.iter().position(|(other, _)| other == id);
    let at = at.unwrap_or_else(|| {
        memories.push((id.to_owned(), Memory::new()));
        memories.len() - 1
    });
    &mut memories[at].1
}

#[cfg(test)]
mod tests;

type Settled = Vec<(Ticket, Result<Reached, Error>)>;

fn settle(settled: &mut Settled, tickets: Tickets, settlement: &Result<Reached, Error>) {
    settled.extend(
        tickets
            .into_iter()
            .map(|ticket| (ticket, settlement.clone())),
    );
}

/// One call per number and second.
const REDIAL: Span = Span::secs(1);
/// More than there are commands under way at once.
const MOST_STEPS: usize = 1000;
