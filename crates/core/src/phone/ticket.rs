//! The host's calls, and how each of them is answered.
//!
//! The shell numbers every call and keeps its promise under that number. The core keeps the ticket until
//! it settles it, so that a call is answered by what became of it, and not by what the status happens to
//! say when somebody looks.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::status::Phase;
use crate::agent::Agent;
use crate::call_control::command::{Command, Found};
use crate::call_control::contact::Contact;
use crate::error::Error;
use crate::microphone::{Devices, Failure};
use crate::sign_out::request::SignOutRequest;

/// The number of one call of the host; no two calls of a phone have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u32);

/// What the host asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// `phone.ready`: settles when the agent is there, or the phone has failed or is closed.
    Ready,
    /// `phone.signIn()`
    SignIn,
    /// `phone.signOut()`
    SignOut(SignOutRequest),
    /// `phone.stayActive()`
    StayActive,
    /// `phone.devices()`
    Devices,
    /// A command of call control.
    Command(Command),
    /// `phone.close()`
    Close,
}

/// What a party answers to a call that the core handed to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The microphone was opened, and what there is was listed; or it could not be opened.
    Devices(Result<Devices, Failure>),
}

/// What a call resolves with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing but the fact.
    Done,
    /// What `devices()` lists.
    Devices(Devices),
    /// The contact as the command has left it; `None`: it is gone.
    Contact(Option<Rc<Contact>>),
    /// The agent as the command has left them.
    Agent(Option<Agent>),
    /// What `quickConnects()` finds.
    QuickConnects(Found),
}

/// How a call ended. The error is what its promise rejects with.
pub type Settlement = Result<Outcome, Error>;

/// The calls that wait for the phone to get somewhere. Those for the end of a sign-out wait with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Waiting {
    /// Settled when sign-in ends, one way or the other.
    sign_ins: Tickets,
    /// Settled once activity was taken, or was not.
    stay_actives: Tickets,
    /// Settled by the microphone's answer.
    devices: Tickets,
    ready: Option<ReadyCall>,
}

/// Calls that are settled together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tickets(Vec<Ticket>);

/// What `phone.ready` returned last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct ReadyCall {
    ticket: Ticket,
    /// The phase in which it was settled.
    settled: Option<Phase>,
}

impl Ticket {
    /// The ticket of the call with that number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// Whether anybody waits matters, not who: states that differ only there hash alike.
impl Hash for Ticket {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Hash for Tickets {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.is_empty().hash(hasher);
    }
}

impl Tickets {
    /// One more call waits.
    pub(crate) fn add(&mut self, ticket: Ticket) {
        self.0.push(ticket);
    }

    /// The call no longer waits. Whether it did.
    fn remove(&mut self, ticket: Ticket) -> bool {
        let at = self.0.iter().position(|other| *other == ticket);
        at.map(|at| self.0.swap_remove(at)).is_some()
    }

    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn contains(&self, ticket: Ticket) -> bool {
        self.0.contains(&ticket)
    }
}

impl FromIterator<Ticket> for Tickets {
    fn from_iter<I: IntoIterator<Item = Ticket>>(tickets: I) -> Self {
        Self(tickets.into_iter().collect())
    }
}

impl IntoIterator for Tickets {
    type Item = Ticket;
    type IntoIter = std::vec::IntoIter<Ticket>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Waiting {
    /// A call that waits for the end of sign-in.
    pub(crate) fn sign_in(&mut self, ticket: Ticket) {
        self.sign_ins.add(ticket);
    }

    /// The calls that waited for the end of sign-in.
    pub(crate) fn take_sign_ins(&mut self) -> Tickets {
        std::mem::take(&mut self.sign_ins)
    }

    /// A call that waits for activity to be taken.
    pub(crate) fn stay_active(&mut self, ticket: Ticket) {
        self.stay_actives.add(ticket);
    }

    /// The calls that waited for activity to be taken.
    pub(crate) fn take_stay_actives(&mut self) -> Tickets {
        std::mem::take(&mut self.stay_actives)
    }

    /// A call that waits for the list of devices.
    pub(crate) fn devices(&mut self, ticket: Ticket) {
        self.devices.add(ticket);
    }

    /// The list of devices is there. Whether the call still waits for it.
    pub(crate) fn take_devices(&mut self, ticket: Ticket) -> bool {
        self.devices.remove(ticket)
    }

    /// All calls that wait for anything but `phone.ready`.
    pub(crate) fn take_all(&mut self) -> Tickets {
        let devices = std::mem::take(&mut self.devices);
        let others = self.take_stay_actives().into_iter().chain(devices);
        self.take_sign_ins().into_iter().chain(others).collect()
    }

    /// What `phone.ready` returns from now on.
    pub(crate) const fn ready(&mut self, ticket: Ticket) {
        self.ready = Some(ReadyCall {
            ticket,
            settled: None,
        });
    }

    /// The ticket of `phone.ready` whose answer still holds in `phase`, or is still to come.
    pub(crate) fn ready_ticket(&self, phase: Phase) -> Option<Ticket> {
        let ready = self.ready?;
        let holds = ready.settled.is_none_or(|settled| settled == phase);
        holds.then_some(ready.ticket)
    }

    /// The ticket of `phone.ready`, if it is to be settled now because `phase` settles it. An answer that
    /// no longer holds is forgotten.
    pub(crate) fn settle_ready(&mut self, phase: Phase, settles: bool) -> Option<Ticket> {
        let ready = self.ready.as_mut()?;
        match ready.settled {
            None if settles => {
                ready.settled = Some(phase);
                Some(ready.ticket)
            }
            Some(settled) if settled != phase => {
                self.ready = None;
                None
            }
            None | Some(_) => None,
        }
    }

    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn has(&self, ticket: Ticket) -> bool {
        let all = [&self.sign_ins, &self.stay_actives, &self.devices];
        all.iter().any(|tickets| tickets.contains(ticket))
    }
}
