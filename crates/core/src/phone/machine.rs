//! The phone itself, and what every part of the core does with it: stand, order, tell, record.

use std::collections::VecDeque;
use std::rc::Rc;

use super::effect::{Effect, ExpiryReason, News, SignInEffect};
use super::standing::Standing;
use super::state::{Activity, State};
use super::status::{Phase, Status};
use super::ticket::{Outcome, Settlement, Ticket, Tickets, Waiting};
use super::timeline::{Timeline, TimelineEvent};
use crate::agent::Agent;
use crate::audio::Audio;
use crate::call_control::CallControl;
use crate::call_control::contact::Contact;
use crate::ccp::conditions::Conditions;
use crate::ccp::container::{Container, Emptied};
use crate::ccp::cookies::Cookies;
use crate::ccp::inactivity::Inactivity;
use crate::ccp::link::{Ccp, Link};
use crate::ccp::session::SessionClock;
use crate::config::Config;
use crate::error::Error;
use crate::jitter::Jitter;
use crate::private::Private;
use crate::sign_in::attempt::Attempt;
use crate::sign_in::nonce::{Nonce, NonceSource};
use crate::sign_in::record::Record;
use crate::sign_in::retry::Retry;
use crate::sign_in::tab_lock::TabLock;
use crate::sign_out::request::SignOutRequest;
use crate::time::Millis;
use crate::way::Way;

/// A softphone from its opening to `close()`.
pub struct Phone {
    pub(crate) config: Config,
    nonces: NonceSource,
    pub(crate) state: State,
    /// Beside the state, because signing in does not depend on it.
    pub(crate) calls: CallControl,
    pub(crate) opened: Millis,
    /// Since when the phase is what it is.
    since: Millis,
    effects: VecDeque<Effect>,
    timeline: Timeline,
    told: Told,
}

/// What the host was told last.
#[derive(Clone, Debug)]
struct Told {
    status: Status,
    agent: Option<Agent>,
    audio: Audio,
}

impl Phone {
    /// A phone whose CCP begins to load, or will.
    pub(super) fn new(
        now: Millis,
        seed: u64,
        config: Config,
        record: Record,
        nonces: NonceSource,
    ) -> Self {
        let way = streams_signs_in(&config).then_some(Way::Streams);
        let state = State {
            standing: Standing::Opening { way, why: None },
            activity: Activity::Idle,
            ccp: Ccp::loading(now),
            cookies: Cookies::default(),
            container: Container::Present,
            emptied: Emptied::default(),
            blocked: None,
            session: SessionClock::default(),
            inactivity: Inactivity::default(),
            conditions: Conditions::default(),
            lock: TabLock::default(),
            retry: Retry::default(),
            record,
            waiting: Waiting::default(),
            jitter: Jitter::new(seed),
            microphone_watched: false,
        };
        let status = Status {
            phase: Phase::Opening,
            since: now,
            way,
            reason: None,
            inactive_at: None,
            error: None,
            session: None,
        };
        Self {
            config,
            nonces,
            state,
            calls: CallControl::default(),
            opened: now,
            since: now,
            effects: VecDeque::new(),
            timeline: Timeline::default(),
            told: Told {
                status,
                agent: None,
                audio: Audio::Unknown,
            },
        }
    }

    /// The status, for the host.
    pub fn status(&self) -> Status {
        let state = &self.state;
        let phase = state.standing.phase();
        let elsewhere = state.ccp.softphone.is_elsewhere();
        let condition = || state.conditions.error(phase, state.ccp.error(), elsewhere);
        let inactivity = || state.inactivity.error().filter(|_| phase == Phase::Ready);
        let ended = matches!(phase, Phase::SignedOut | Phase::Expired);
        let error = state.standing.error().or_else(condition);
        Status {
            phase,
            since: self.since,
            way: state.standing.way(),
            reason: (ended && state.record.inactive).then_some(ExpiryReason::Inactivity),
            inactive_at: state.inactivity.ends().filter(|_| phase == Phase::Ready),
            error: error.or_else(inactivity),
            session: state.session.lifetime(),
        }
    }

    /// The phase.
    pub(crate) const fn phase(&self) -> Phase {
        self.state.standing.phase()
    }

    /// The agent, once they are there.
    pub const fn agent(&self) -> Option<&Agent> {
        self.state.standing.agent()
    }

    /// The agent as the host sees them.
    pub fn shown_agent(&self) -> Option<Agent> {
        let agent = self.agent()?.clone();
        Some(Agent {
            muted: self.calls.muted(),
            voice_enhancement: self.calls.voice_enhancement(),
            ..agent
        })
    }

    /// The contacts as the host sees them.
    pub fn contacts(&self) -> &[Rc<Contact>] {
        self.calls.contacts()
    }

    /// Whether somebody rings, is being called, or is on the line.
    pub fn has_live_contact(&self) -> bool {
        self.state.ccp.has_live_contact()
    }

    /// What happened so far.
    pub const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The configuration.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The next thing to do, in order.
    pub fn poll(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// From now on the phone stands there.
    pub(crate) fn stand(&mut self, now: Millis, standing: Standing) {
        let phase = standing.phase();
        if phase != self.phase() {
            self.since = now;
            self.timeline.record(now, TimelineEvent::Phase(phase));
        }
        self.state.standing = standing;
    }

    /// The CCP loads; `why` after a restart.
    pub(crate) fn stand_opening(&mut self, now: Millis, way: Option<Way>, why: Option<Error>) {
        let way = way.or_else(|| self.streams_signs_in().then_some(Way::Streams));
        self.stand(now, Standing::Opening { way, why });
    }

    /// Does something; what the host is told comes after it.
    pub(crate) fn order(&mut self, effect: impl Into<Effect>) {
        self.effects.push_back(effect.into());
    }

    /// Settles a call.
    pub(crate) fn settle(&mut self, ticket: Ticket, settlement: Settlement) {
        self.order(Effect::Settle(ticket, settlement));
    }

    /// Settles calls alike.
    pub(crate) fn settle_all(&mut self, tickets: Tickets, settlement: &Settlement) {
        for ticket in tickets {
            self.settle(ticket, settlement.clone());
        }
    }

    /// Settles the calls that wait for the end of sign-in.
    pub(crate) fn settle_sign_ins(&mut self, settlement: &Settlement) {
        let tickets = self.state.waiting.take_sign_ins();
        self.settle_all(tickets, settlement);
    }

    /// Records what happened.
    pub(crate) fn record(&mut self, now: Millis, event: TimelineEvent) {
        self.timeline.record(now, event);
    }

    /// Tells the host something that an administrator should look at.
    pub(crate) fn diagnose(&mut self, now: Millis, message: String) {
        self.record(now, TimelineEvent::Noticed(message.clone()));
        self.order(News::Diagnostic(message));
    }

    /// Something failed, and the phone can do no more than try again.
    pub(crate) fn fail(&mut self, now: Millis, error: Error) {
        self.fail_signing_out(now, error, SignOutRequest::default());
    }

    /// The same; `sign_out` is how the prompt's "Sign out" signs out.
    pub(crate) fn fail_signing_out(&mut self, now: Millis, error: Error, sign_out: SignOutRequest) {
        self.record(now, TimelineEvent::Failed(error.code()));
        self.drop_attempt();
        self.state.ccp.stop_waiting();
        let way = self.state.standing.way();
        self.settle_sign_ins(&Err(error.clone()));
        self.stand(
            now,
            Standing::Failed {
                error,
                way,
                sign_out,
            },
        );
        if !self.state.container.is_removed() {
            self.plan_retry(now);
        }
    }

    /// Takes the CCP out of use: whoever it belongs to must not have it.
    pub(crate) fn disable_ccp(&mut self) {
        self.unloaded(Link::Over);
        self.order(super::effect::CcpEffect::Unload);
        self.state.session.forget();
    }

    /// The page in the CCP's frame goes, and with it all that was known of it.
    pub(crate) fn unloaded(&mut self, link: Link) {
        self.state.ccp.unloaded(link);
        self.calls.disconnected();
        self.state.cookies.unloaded();
        self.state.conditions.socket_restored();
    }

    /// Ends the attempt, if there is one, and closes what it has open.
    pub(crate) fn drop_attempt(&mut self) {
        self.close_frame_and_window();
        self.state.take_attempt();
    }

    /// Closes what the attempt has open.
    pub(crate) fn close_frame_and_window(&mut self) {
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        attempt.asked = None;
        let frame = attempt.frame.take().is_some();
        let window = attempt.window.take().is_some();
        if frame {
            self.order(SignInEffect::CloseFrame);
        }
        if window {
            self.order(SignInEffect::CloseWindow);
        }
    }

    /// Stores the record.
    pub(crate) fn save(&mut self) {
        self.order(Effect::Save(self.state.record));
    }

    /// A nonce for a sign-in by `way`; whoever brings it back has signed in. `None` where there is none to
    /// be had.
    pub(crate) fn nonce(&mut self, way: Way) -> Option<Nonce> {
        let nonce = (self.nonces)()?;
        let attempt = self.state.attempt_or(Attempt::default)?;
        attempt.expected.add(nonce.clone(), way);
        Some(nonce)
    }

    /// Whether Streams signs in, with its own popup and timers.
    pub(crate) fn streams_signs_in(&self) -> bool {
        streams_signs_in(&self.config)
    }

    /// The address of the CCP, as configured.
    pub(crate) fn ccp_url(&self) -> Private<String> {
        Private::new(self.config.ccp.text().to_owned())
    }

    /// Tells the host what has changed since it was told last, and settles `phone.ready`.
    pub(super) fn tell(&mut self) {
        let status = self.status();
        let outcome = match status.phase {
            Phase::Ready => Some(Ok(Outcome::Done)),
            Phase::Closed => Some(Err(Error::Closed)),
            Phase::Failed => status.error.clone().map(Err),
            Phase::Opening
            | Phase::SignInNeeded
            | Phase::SigningIn
            | Phase::Expired
            | Phase::SignedOut => None,
        };
        if status != self.told.status {
            self.order(News::Status(status.clone()));
        }
        let agent = self.shown_agent();
        if agent != self.told.agent {
            self.order(News::Agent(agent.clone()));
        }
        let audio = self.audio();
        if audio != self.told.audio {
            self.order(News::Audio(audio));
        }
        for news in self.calls.take_news() {
            self.order(news);
        }
        for (ticket, settlement) in self.calls.take_settled(agent.as_ref()) {
            self.settle(ticket, settlement);
        }
        let ready = &mut self.state.waiting;
        let settled = ready.settle_ready(status.phase, outcome.is_some());
        if let (Some(ticket), Some(outcome)) = (settled, outcome) {
            self.settle(ticket, outcome);
        }
        self.told = Told {
            status,
            agent,
            audio,
        };
    }

    /// The same phone once more; what happens to the one does not touch the other.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(super) fn fork(&self, nonces: NonceSource) -> Self {
        let mut state = self.state.clone();
        state.jitter = Jitter::new(7); // So that equal states stay equal.
        Self {
            config: self.config.clone(),
            nonces,
            state,
            calls: self.calls.clone(),
            opened: self.opened,
            since: self.since,
            effects: self.effects.clone(),
            timeline: Timeline::default(),
            told: self.told.clone(),
        }
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Phone")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

fn streams_signs_in(config: &Config) -> bool {
    config.ways.first() == Some(&Way::Streams)
}
