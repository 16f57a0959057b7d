//! Alive means fresh data: an answer to the keepalive does not show that the agent's data still arrive.
//!
//! The CCP's SharedWorker asks for them again and again. A poll that is refused too often is the last one of
//! that worker's life, although it goes on answering (Streams 2.28.2, connect-streams.js,
//! `handlePollingAuthFail`, `handleAccessDenied`). Reloading one CCP does not help while another tab has one,
//! too: the worker ends with the last of them, so all tabs leave it together.

use super::link::Link;
use crate::error::Error;
use crate::phone::effect::{CcpEffect, TabsEffect};
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::status::Phase;
use crate::phone::timeline::TimelineEvent;
use crate::sign_in::attempt::Mode;
use crate::time::{Millis, Span};

/// How fresh the agent's data are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Freshness {
    /// When the worker got the snapshot that it sent last, by its clock. Only compared.
    taken: Option<u64>,
    /// When a newer one is late.
    due: Option<Millis>,
    doubt: Doubt,
    /// Whether the agent is told that the data are old.
    told: bool,
    /// Whether a poll of the worker is known to have been its last.
    poll_ended: bool,
    /// Whether the worker was left, and no newer snapshot has come since.
    left: bool,
    /// When the CCP is loaded again after the worker was left.
    back_at: Option<Millis>,
}

/// How far it is known why no newer snapshot comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Doubt {
    #[default]
    None,
    /// Connect was asked something else, over the same worker.
    Asked,
    /// It answered, so it is the worker that is frozen.
    Answered,
}

impl Freshness {
    /// When there is something to do about data that do not come.
    pub(crate) const fn due(self) -> Option<Millis> {
        self.due
    }

    /// When the CCP is loaded again after the worker was left.
    pub(crate) const fn back_at(self) -> Option<Millis> {
        self.back_at
    }

    /// When the worker got the snapshot that it sent last.
    pub(crate) const fn taken(self) -> Option<u64> {
        self.taken
    }

    /// Whether the agent is told that the data are old.
    pub(crate) const fn is_told(self) -> bool {
        self.told
    }

    /// The CCP connects, or its page goes: what is kept is what is known of the worker.
    pub(super) fn begin(&mut self) {
        *self = Self {
            taken: self.taken,
            poll_ended: self.poll_ended,
            left: self.left,
            ..Self::default()
        };
    }

    /// The session is over, and nothing is loaded by itself.
    pub(super) const fn stop(&mut self) {
        self.back_at = None;
    }

    /// A snapshot that the worker got at `taken`. Whether it is a newer one.
    fn seen(&mut self, now: Millis, taken: u64) -> bool {
        let newer = self.taken.replace(taken) != Some(taken);
        if newer {
            self.left = false;
            self.told = false;
            self.doubt = Doubt::None;
        }
        if newer || self.due.is_none() {
            self.due = Some(now + QUIET);
        }
        newer
    }

    /// A poll of the worker was its last.
    pub(super) const fn poll_ended(&mut self) {
        self.poll_ended = true;
    }

    /// Connect answers, over the worker.
    pub(super) fn answered(&mut self, now: Millis) {
        if self.doubt == Doubt::Asked {
            self.doubt = Doubt::Answered;
            self.due = Some(now + GRACE);
        }
    }
}

impl Phone {
    /// The agent's data came, in a snapshot that the worker got at `taken`; the agent's own follow.
    pub(super) fn data_seen(&mut self, now: Millis, taken: u64) {
        if !self.state.ccp.is_alive() {
            return;
        }
        let told = self.phase() == Phase::Failed
            && self.state.standing.error() == Some(Error::AgentDataFrozen);
        let freshness = &mut self.state.ccp.freshness;
        if !freshness.seen(now, taken) && freshness.left && !told {
            // It is still the same worker: something else holds it.
            self.fail(now, Error::AgentDataFrozen);
        }
    }

    /// Whether what the CCP tells of the agent is what a frozen worker remembers.
    pub(super) const fn is_frozen(&self) -> bool {
        self.state.ccp.freshness.left
    }

    /// When [`check_freshness`](Self::check_freshness) is due.
    pub(crate) fn freshness_due(&self) -> Option<Millis> {
        let state = &self.state;
        let lost = state.ccp.alive()?.watchdog.is_lost();
        let may = state.standing.is_ready()
            && !lost
            && !state.conditions.is_offline()
            && !state.is_signing_out();
        state.ccp.freshness.due().filter(|_| may)
    }

    /// No newer snapshot has come for a while.
    pub(crate) fn check_freshness(&mut self, now: Millis) {
        let live = self.state.ccp.carries_call();
        let freshness = &mut self.state.ccp.freshness;
        if freshness.due.is_some_and(|due| due + SLEPT <= now) {
            // The computer slept: the polls begin again, and the session may be over.
            freshness.doubt = Doubt::None;
            freshness.due = Some(now + AWAKE);
            return self.order(CcpEffect::ReloadAgent);
        }
        match freshness.doubt {
            Doubt::Answered if !live => return self.restart_frozen(now, false),
            Doubt::None => freshness.due = Some(now + GRACE),
            // Connect does not answer, which no restart mends; or the call is the agent's to cut off.
            Doubt::Asked | Doubt::Answered => {
                freshness.due = Some(now + AGAIN);
                if !std::mem::replace(&mut freshness.told, true) {
                    let code = Error::AgentDataFrozen.code();
                    self.record(now, TimelineEvent::Failed(code));
                }
            }
        }
        self.state.ccp.freshness.doubt = Doubt::Asked;
        self.order(CcpEffect::AskUser);
    }

    /// The network is back: the polls begin again.
    pub(super) fn expect_data(&mut self, now: Millis) {
        let freshness = &mut self.state.ccp.freshness;
        if let Some(due) = &mut freshness.due {
            *due = (*due).max(now + AWAKE);
        }
    }

    /// Restarts the worker, which is frozen; `asked` is whether the agent did.
    pub(crate) fn restart_frozen(&mut self, now: Millis, asked: bool) {
        self.drop_attempt();
        self.restart_worker(now, asked);
        let way = self.state.standing.way();
        self.stand_opening(now, way, Some(Error::AgentDataFrozen));
    }

    /// Restarts the worker instead of reloading the CCP, if a poll of it has ended. Whether it does.
    pub(super) fn restarts_worker(&mut self, now: Millis) -> bool {
        let ended = self.state.ccp.freshness.poll_ended;
        if ended {
            let attempt = self.state.attempt();
            let asked = attempt.is_some_and(|attempt| attempt.mode == Mode::Asked);
            self.restart_worker(now, asked);
        }
        ended
    }

    fn restart_worker(&mut self, now: Millis, asked: bool) {
        self.order(TabsEffect::TellRestart { asked });
        self.leave_worker(now, true);
    }

    /// Another tab restarts the worker; `asked` is whether the agent did.
    pub(crate) fn restart_told(&mut self, now: Millis, asked: bool) {
        let state = &self.state;
        let stays = state.container.is_removed()
            || state.is_signing_out()
            || state.ccp.awaits_streams()
            || state.ccp.freshness.back_at.is_some()
            || (state.ccp.carries_call() && !asked);
        if stays {
            return;
        }
        let over = state.ccp.is_over();
        let shown = match &state.standing {
            Standing::Ready { .. } | Standing::Opening { .. } => !over,
            // The agent's data were to follow.
            Standing::SigningIn { .. } => state.ccp.is_alive(),
            Standing::SignInNeeded { .. }
            | Standing::Expired
            | Standing::SignedOut { .. }
            | Standing::Failed { .. }
            | Standing::Closed => false,
        };
        if shown {
            self.drop_attempt();
        }
        self.leave_worker(now, !over);
        if shown {
            let way = self.state.standing.way();
            self.stand_opening(now, way, Some(Error::AgentDataFrozen));
        }
    }

    /// Takes the CCP out of its frame, for a moment if it comes back.
    fn leave_worker(&mut self, now: Millis, back: bool) {
        self.record(now, TimelineEvent::WorkerLeft);
        self.unloaded(Link::Over);
        let freshness = &mut self.state.ccp.freshness;
        freshness.poll_ended = false;
        freshness.left = freshness.taken.is_some();
        freshness.back_at = back.then_some(now + GAP);
        self.order(CcpEffect::Unload);
    }

    /// The worker has had the time to end.
    pub(crate) fn join_worker(&mut self, now: Millis) {
        if self.streams_signs_in() {
            self.rebuild(now);
        } else {
            self.reload(now);
        }
    }
}

/// Three polls of the agent's snapshot, each of which Connect answers within 30 s although nothing has changed
/// (Streams 2.28.2, `GET_AGENT_TIMEOUT_MS`).
const QUIET: Span = Span::secs(90);
/// How long Connect may take to answer something else, and the worker to catch up after that.
const GRACE: Span = Span::secs(10);
/// How often it is asked again while nothing can be done.
const AGAIN: Span = Span::secs(30);
/// A timer that comes this late shows that the computer slept, or the tab.
const SLEPT: Span = Span::secs(60);
/// How long the data may take after that.
const AWAKE: Span = Span::secs(45);
/// How long all tabs stay away. A worker ends as soon as the last page that uses it has gone.
const GAP: Span = Span::secs(1);
