//! Stories of contacts and commands, in virtual time.

mod arguments;
mod commands;
mod contacts;
mod exchange;
mod explore;
mod odd;
mod special;
mod transfers;

use std::rc::Rc;

use super::command::{Act, Command, Found, Order, PhoneType, QuickConnect, Refusal, Taken, Target};
use super::contact::{Contact, Media, Monitoring, Phase};
use super::reading::Reading;
use super::rules::{Control, PartyControl};
use super::{CallControl, CallFact, Surroundings};
use crate::agent::{Agent, AgentSetup, AgentState};
use crate::error::Error;
use crate::host_value::HostValue;
use crate::phone::effect::{CallEffect, News};
use crate::phone::tests::fault;
use crate::phone::ticket::{Outcome, Settlement, Ticket};
use crate::private::Private;
use crate::testing::samples::{START, agent};

use crate::time::{Millis, Span};
use exchange::{Exchange, Mode};

/// An agent's phone at a small Amazon Connect.
#[derive(Clone)]
struct Story {
    control: CallControl,
    amazon: Exchange,
    agent: Agent,
    now: Millis,
    off: Option<(Error, &'static str)>,
    hidden: bool,
    /// Whether the CCP says when it mutes.
    tells_mute: bool,
    /// Whether the agent may let the customer of a campaign be.
    can_discard: bool,
    calls: u32,
    /// What was asked of Amazon.
    orders: Vec<Order>,
    asked_muted: u32,
    /// What the host was told, in words.
    told: Vec<String>,
    settled: Vec<(Ticket, Settlement)>,
}

impl Story {
    fn new() -> Self {
        let state = |name: &str, type_name: &str| AgentState {
            name: name.to_owned(),
            type_name: type_name.to_owned(),
        };
        let queue = |name: &str| super::reading::Queue {
            arn: format!("queue/{name}"),
            name: name.to_owned(),
        };
        let setup = AgentSetup {
            states: vec![
                state("Available", "routable"),
                state("Lunch", "not_routable"),
                state("Offline", "offline"),
            ],
            queues: vec![queue("support"), queue("sales")],
            default_queue: Some(queue("support")),
            permissions: vec!["outboundCall".to_owned()],
            ..AgentSetup::default()
        };
        let mut story = Self {
            control: CallControl::default(),
            amazon: Exchange::new(START),
            agent: Agent {
                setup: Rc::new(setup),
                ..agent("ada@example.com")
            },
            now: START,
            off: None,
            hidden: false,
            tells_mute: true,
            can_discard: true,
            calls: 0,
            orders: Vec::new(),
            asked_muted: 0,
            told: Vec::new(),
            settled: Vec::new(),
        };
        story.snapshot();
        story
    }

    /// With a call that the agent has accepted.
    fn talking() -> (Self, String) {
        let mut story = Self::new();
        let id = story.amazon.rings();
        story.snapshot();
        let accepted = story.act(&id, Act::Accept);
        story.expect_done(accepted);
        story.told.clear();
        story.orders.clear();
        (story, id)
    }

    /// Amazon tells how it stands.
    fn snapshot(&mut self) {
        self.amazon.now = self.now;
        self.agent.state.clone_from(&self.amazon.state);
        self.agent.next_state.clone_from(&self.amazon.next);
        self.agent.softphone = self.amazon.phone == PhoneType::Softphone;
        if let PhoneType::Desk(Some(number)) = &self.amazon.phone {
            Rc::make_mut(&mut self.agent.setup).desk_number = Some(number.clone());
        }
        let voice = self.amazon.voice;
        self.control.told(self.now, CallFact::VoiceEnhanced(voice));
        self.control.told(
            self.now,
            CallFact::Snapshot(Reading {
                username: self.agent.username.clone(),
                contacts: self.amazon.contacts.clone(),
            }),
        );
        self.step();
    }

    fn step(&mut self) {
        let mut control = std::mem::take(&mut self.control);
        control.step(self.now, &self.around());
        self.control = control;
        self.drain();
    }

    fn around(&self) -> Surroundings<'_> {
        Surroundings {
            agent: Some(&self.agent).filter(|_| self.off.is_none()),
            off: self.off.clone(),
            hidden: self.hidden,
            media: Media::Here,
        }
    }

    fn drain(&mut self) {
        for news in self.control.take_news() {
            self.told.push(match news {
                News::ContactAdded(contact) => format!("added {}", contact.phase.name()),
                News::ContactChanged(contact, _) => format!("changed {}", contact.phase.name()),
                News::ContactRemoved(_) => "removed".to_owned(),
                News::Diagnostic(message) => message,
                News::Status(_) | News::Agent(_) | News::Audio(_) | News::Expiring { .. } => {
                    panic!("not call control's to tell")
                }
            });
        }
        self.settled
            .extend(self.control.take_settled(Some(&self.agent)));
        let effects = self.control.take_effects();
        let asked = !effects.is_empty();
        for effect in effects {
            match effect {
                CallEffect::AskMuted => {
                    self.asked_muted += 1;
                    self.tell_muted();
                }
                CallEffect::AskPreview(contact) => {
                    let fact = CallFact::Previewed {
                        contact,
                        dials_after: Some(Span::secs(30)),
                        can_discard: self.can_discard,
                    };
                    self.control.told(self.now, fact);
                }
                CallEffect::Send(request, order) => {
                    let answer = self.amazon.ask(&order);
                    if matches!(order, Order::MuteHere(_)) {
                        self.tell_muted();
                    } else if let Some(answer) = answer {
                        self.control
                            .told(self.now, CallFact::Answered(request, answer));
                    }
                    self.orders.push(order);
                }
            }
        }
        if asked {
            self.step();
            self.snapshot();
        }
    }

    fn tell_muted(&mut self) {
        if self.tells_mute {
            let muted = self.amazon.muted_here;
            self.control.told(self.now, CallFact::Muted(muted));
        }
    }

    fn ask(&mut self, command: Command) -> Ticket {
        self.calls += 1;
        let ticket = Ticket::new(self.calls);
        let mut control = std::mem::take(&mut self.control);
        control.asked(self.now, ticket, command, &self.around());
        self.control = control;
        self.step();
        ticket
    }

    fn act(&mut self, id: &str, act: Act) -> Ticket {
        self.ask(Command::Contact {
            id: id.to_owned(),
            act,
        })
    }

    fn advance(&mut self, span: Span) {
        let until = self.now + span;
        let mut wakes = 0;
        while let Some(at) = self.control.due().filter(|at| *at <= until) {
            assert!(self.now < at, "a deadline that is past already");
            self.now = at;
            self.amazon.now = at;
            self.step();
            wakes += 1;
            assert!(wakes < 10_000, "it never sleeps");
        }
        self.now = until;
        self.amazon.now = until;
    }

    fn settlement(&self, ticket: Ticket) -> Option<&Settlement> {
        let mut all = self.settled.iter();
        all.find(|(other, _)| *other == ticket)
            .map(|(_, settlement)| settlement)
    }

    #[track_caller]
    fn expect_done(&self, ticket: Ticket) {
        match self.settlement(ticket) {
            Some(Ok(_)) => {}
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn expect_pending(&self, ticket: Ticket) {
        assert_eq!(self.settlement(ticket), None);
    }

    #[track_caller]
    fn expect_error(&self, ticket: Ticket, code: &str) {
        match self.settlement(ticket) {
            Some(Err(error)) => assert_eq!(error.code(), code),
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn contact(&self, id: &str) -> &Contact {
        let mut all = self.control.contacts().iter();
        all.find(|contact| contact.id == id).expect("the contact")
    }

    #[track_caller]
    fn phase(&self, id: &str) -> Phase {
        self.contact(id).phase
    }

    /// The states of everybody else on it.
    fn others(&self, id: &str) -> Vec<&'static str> {
        let all = self.contact(id).participants.iter();
        let others = all.filter(|one| one.id != super::contact::Participant::SELF);
        others.map(|one| one.state.name()).collect()
    }

    fn can(&self, id: &str, control: Control) -> bool {
        self.contact(id).rules.allows(control)
    }
}

fn number() -> Target {
    Target::Number(Private::new("+12065550100".to_owned()))
}

fn quick_connect(name: &str) -> Target {
    Target::QuickConnect(QuickConnect {
        name: name.to_owned(),
        type_name: "agent".to_owned(),
        arn: format!("quick-connect/{name}"),
        number: None,
    })
}

fn state(name: &str) -> Command {
    Command::SetState {
        name: name.to_owned(),
        after_contact: None,
    }
}

fn dial(number: &str) -> Command {
    Command::Dial {
        number: Private::new(number.to_owned()),
        country: Some("US".to_owned()),
        queue: None,
    }
}

fn object(fields: &[(&str, HostValue)]) -> HostValue {
    let fields = fields.iter();
    HostValue::Fields(
        fields
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
    )
}

fn text(text: &str) -> HostValue {
    HostValue::Text(text.to_owned())
}
