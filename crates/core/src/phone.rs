//! The softphone as a state machine: what happened goes in, what is to be done comes out.
//!
//! [`Phone::handle`] routes every input to the part that it concerns; the parts decide. What they order is
//! collected as effects, which the shell performs one after the other.

mod calls;
pub mod effect;
pub mod input;
pub mod machine;
pub mod prompt;
pub(crate) mod standing;
pub(crate) mod state;
pub mod status;
pub mod ticket;
pub mod timeline;
pub mod timer;
mod timers;

use crate::ccp::inactivity::Inactivity;
use crate::ccp::link::Link;
use crate::config::{Config, streams_loaded_again};
use crate::error::Error;
use crate::microphone::Fact;
use crate::sign_in::nonce::NonceSource;
use crate::sign_in::record::Record;
use crate::time::Millis;
use effect::{Effect, MicrophoneEffect};
use input::{Condition, Input, PageFact};
use prompt::Action;
use standing::Standing;
use status::Phase;
use ticket::{Answer, Call, Outcome, Ticket, Tickets};
use timeline::TimelineEvent;

pub use machine::Phone;

/// What is known when a softphone begins.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// The time.
    pub now: Millis,
    /// Whether Streams is there, and `initCCP` called. Otherwise sign-in begins without it, and
    /// [`StreamsArrived`](PageFact::StreamsArrived) follows.
    pub streams: bool,
    /// Whether the browser has a network.
    pub online: bool,
    /// Whether the container is in the document. Otherwise there is no CCP before it is back.
    pub present: bool,
    /// Whether the page has just come back from the identity provider (way `redirect`).
    pub returned: bool,
    /// Whether it left for the identity provider and is here again without having come back from it: the
    /// agent pressed Back.
    pub abandoned: bool,
    /// Any number, a different one on every page; it spreads retries.
    pub seed: u64,
}

impl Phone {
    /// A softphone that begins.
    pub fn open(start: Start, config: Config, record: Record, nonces: NonceSource) -> Self {
        let now = start.now;
        let mut phone = Self::new(now, start.seed, config, record, nonces);
        let session_may_be_alive = record.may_be_alive(now, phone.config.session_length);
        phone.record(
            now,
            TimelineEvent::Opened {
                session_may_be_alive,
            },
        );
        for warning in std::mem::take(&mut phone.config.warnings) {
            phone.diagnose(now, warning.to_string());
        }
        if !start.streams {
            phone.state.ccp.await_streams();
        }
        if !start.online {
            phone.condition_changed(now, Condition::Offline);
        }
        if !start.present {
            phone.container_removed(now);
        } else if start.returned {
            phone.resumed_after_redirect(now);
        } else if start.abandoned {
            phone.abandoned_redirect(now);
        } else if phone.needs_cookies() {
            phone.ask_for_cookies(now, None);
        } else if phone.config.has_sso() && !session_may_be_alive {
            phone.start_attempt(now);
        }
        if start.present && start.returned && phone.needs_cookies() {
            phone.ask_for_cookies(now, None);
        }
        phone.tell();
        phone
    }

    /// Takes in what happened at `now`.
    pub fn handle(&mut self, now: Millis, input: impl Into<Input>) {
        let input = input.into();
        if self.phase() == Phase::Closed {
            if let Input::Host(ticket, call) = input {
                self.called_when_closed(ticket, &call);
            }
            return;
        }
        self.route(now, input);
        if self.phase() != Phase::Closed {
            self.run_timers(now);
            self.tell_microphone(now);
            self.release_lock_if_idle();
        }
        self.control_calls(now);
        self.tell();
        self.ask_audio_if_due();
        if self.phase() == Phase::Closed {
            self.order(Effect::Dismantle);
        }
    }

    fn route(&mut self, now: Millis, input: Input) {
        if self.state.container.is_removed() && input.is_from_ccp() {
            return; // The last words of a CCP that went with the container.
        }
        match input {
            Input::Tick => {}
            Input::Several(inputs) => {
                for input in inputs {
                    self.route(now, input);
                }
            }
            Input::Ccp(fact) => self.ccp_told(now, fact),
            Input::Contacts(contacts) => self.contacts_seen(now, contacts),
            Input::Calls(fact) => self.calls.told(now, fact),
            Input::SignIn(fact) => self.sign_in_told(now, &fact),
            Input::SignOut(fact) => self.sign_out_told(now, fact),
            Input::Tabs(fact) => self.tabs_told(now, fact),
            Input::Page(fact) => self.page_told(now, fact),
            Input::Condition(condition) => self.condition_changed(now, condition),
            Input::Microphone(fact) => self.microphone_told(now, fact),
            Input::Host(ticket, call) => self.called(now, ticket, call),
            Input::Answer(ticket, answer) => self.answered(now, ticket, answer),
        }
    }

    /// Something happened on the page around the phone.
    fn page_told(&mut self, now: Millis, fact: PageFact) {
        match fact {
            PageFact::ContainerRemoved => self.container_removed(now),
            PageFact::ContainerBack => self.container_back(now),
            PageFact::ContainerEmptied => self.container_emptied(now),
            PageFact::FrameBlocked(blocked) => self.frame_blocked(now, blocked),
            PageFact::PromptClicked => self.prompt_clicked(now),
            PageFact::HostActive => self.host_active(now),
            PageFact::StreamsArrived(warnings) => self.streams_arrived(now, warnings),
            PageFact::StreamsCopied => self.diagnose(now, streams_loaded_again().to_string()),
        }
    }

    /// The host calls.
    fn called(&mut self, now: Millis, ticket: Ticket, call: Call) {
        match call {
            Call::Ready => self.state.waiting.ready(ticket),
            Call::SignIn => self.sign_in_called(now, ticket),
            Call::SignOut(request) => self.sign_out_called(now, ticket, request),
            Call::StayActive => self.stay_active_called(now, ticket),
            Call::Devices => {
                self.state.waiting.devices(ticket);
                self.order(MicrophoneEffect::ListDevices(ticket));
            }
            Call::Command(command) => self.commanded(now, ticket, command),
            Call::Close => {
                self.close(now);
                self.settle(ticket, Ok(Outcome::Done));
            }
        }
    }

    /// A party answered a call that was handed to it.
    fn answered(&mut self, now: Millis, ticket: Ticket, answer: Answer) {
        match answer {
            Answer::Devices(devices) => {
                if devices.is_ok() {
                    self.microphone_told(now, Fact::Opened);
                }
                if self.state.waiting.take_devices(ticket) {
                    let devices = devices.map(Outcome::Devices);
                    self.settle(ticket, devices.map_err(|failure| failure.error()));
                }
            }
        }
    }

    fn called_when_closed(&mut self, ticket: Ticket, call: &Call) {
        let settlement = match call {
            Call::Close => Ok(Outcome::Done),
            Call::Ready
            | Call::SignIn
            | Call::SignOut(_)
            | Call::StayActive
            | Call::Devices
            | Call::Command(_) => Err(Error::Closed),
        };
        self.settle(ticket, settlement);
    }

    /// The ticket of the last `phone.ready`, as long as its answer holds or is still to come. Otherwise the
    /// next `phone.ready` is a new call.
    pub fn ready_ticket(&self) -> Option<Ticket> {
        self.state.waiting.ready_ticket(self.phase())
    }

    /// The prompt's button does what it says.
    fn prompt_clicked(&mut self, now: Millis) {
        let button = self.prompt().and_then(|prompt| prompt.button);
        match button.map(prompt::Button::action) {
            Some(Action::SignIn) => self.sign_in_asked(now),
            Some(Action::StayActive) => self.stay_active(now),
            Some(Action::SignOut) => {
                if let Standing::Failed { sign_out, .. } = &self.state.standing {
                    let request = sign_out.clone();
                    self.sign_out(now, Tickets::default(), request);
                }
            }
            None => {}
        }
    }

    fn close(&mut self, now: Millis) {
        self.drop_attempt();
        self.release_lock_if_idle();
        self.abort_sign_out(&Error::Closed);
        let waiting = self.state.waiting.take_all();
        self.settle_all(waiting, &Err(Error::Closed));
        self.calls.fail_all(&Error::Closed);
        self.state.session.forget();
        self.state.inactivity = Inactivity::default();
        self.state.retry.cancel();
        self.unloaded(Link::Over);
        self.stand(now, Standing::Closed);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod explore;
#[cfg(test)]
pub(crate) mod tests;
