//! When each timer is due, and what happens then.

use super::machine::Phone;
use super::status::Phase;
use super::timeline::TimelineEvent;
use super::timer::Timer;
use crate::ccp::link::Link;
use crate::error::Error;
use crate::sign_in::attempt::{Attempt, RETURN_PATIENCE};
use crate::sign_in::record::Record;
use crate::time::{Millis, Span};
use crate::way::Way;

impl Phone {
    /// When to call [`handle`](Self::handle) with [`Input::Tick`](super::input::Input::Tick) at the latest.
    pub fn wake_at(&self) -> Option<Millis> {
        let timers = Timer::ALL.into_iter();
        let timers = timers.filter_map(|timer| self.due_at(timer));
        timers.chain(self.calls.due()).min()
    }

    /// Runs the timers that are due. One may start or end others, so each is asked when its turn comes.
    pub(super) fn run_timers(&mut self, now: Millis) {
        for timer in Timer::ALL {
            if self.due_at(timer).is_some_and(|at| at <= now) {
                if timer.is_telling() {
                    self.record(now, TimelineEvent::Timer(timer));
                }
                self.run(now, timer);
            }
        }
    }

    fn due_at(&self, timer: Timer) -> Option<Millis> {
        let state = &self.state;
        let attempt = state.attempt();
        match timer {
            Timer::CcpSilent => self.ccp_silent_at(),
            Timer::CcpSlow => self.ccp_slow_at(),
            Timer::Refused => state.ccp.alive()?.refused_until,
            Timer::AgentSilent => self.agent_silent_at(),
            Timer::Unanswered => state.ccp.answer_due().filter(|_| !state.is_signing_out()),
            Timer::DataOld => self.freshness_due(),
            Timer::WorkerGone => state.ccp.freshness.back_at(),
            Timer::Warning => self.warn_at(),
            Timer::Renewal => self.renew_at(),
            Timer::SessionOver => self.over_at(),
            Timer::Inactive => self.inactive_at(),
            Timer::ActivityAnswer => state.inactivity.answer_due(),
            Timer::SocketLost => state.conditions.tell_socket_at(),
            Timer::Watchdog => Some(state.ccp.alive()?.watchdog.due()),
            Timer::SignOutStep => Some(state.signing_out()?.due()),
            Timer::Returned => self.returned_due_at(),
            Timer::SsoUrl => Some(attempt?.asked?.until),
            Timer::Frame => Some(attempt?.frame.as_ref()?.due()),
            Timer::Window => Some(attempt?.window.as_ref()?.due()),
            Timer::Redirect => attempt?.redirect_until,
            Timer::LockWait => attempt?.queued?.until,
            Timer::Cookies => state.cookies.due(),
            Timer::NextWay => {
                let waits = state.blocked.is_some() && state.ccp.awaits_streams();
                attempt?.next_at.filter(|_| !waits)
            }
            Timer::Retry => self.retry_at(),
        }
    }

    fn run(&mut self, now: Millis, timer: Timer) {
        match timer {
            Timer::CcpSilent => self.ccp_silent(now),
            Timer::CcpSlow => self.try_silently(now),
            Timer::Refused => self.session_expired(now),
            Timer::AgentSilent => self.agent_silent(now),
            Timer::Unanswered => {
                self.user_told(now, None);
                self.audio_heard(now);
            }
            Timer::DataOld => self.check_freshness(now),
            Timer::WorkerGone => self.join_worker(now),
            Timer::Warning => self.warn(now),
            Timer::Renewal => self.renew(now),
            Timer::SessionOver => self.verify_over(now),
            Timer::Inactive => self.verify_inactive(now),
            Timer::ActivityAnswer => self.activity_refused(now),
            Timer::SocketLost => self.state.conditions.socket_stayed_lost(),
            Timer::Watchdog => self.watch_ccp(now),
            Timer::SignOutStep => self.sign_out_step_over(now),
            Timer::Returned => self.returned_due(now),
            Timer::SsoUrl => self.url_told(now, None),
            Timer::Frame => self.frame_due(now),
            Timer::Window => self.window_due(now),
            Timer::Redirect => self.redirect_stuck(now),
            Timer::LockWait => self.lock_wait_over(now),
            Timer::Cookies => self.cookies_due(now),
            Timer::NextWay => self.start_when_locked(now),
            Timer::Retry => self.retry(now),
        }
    }

    /// Deadline for the agent's data; not during a call when there already was an agent.
    fn agent_silent_at(&self) -> Option<Millis> {
        let state = &self.state;
        let in_call = state.standing.is_ready() && state.ccp.has_live_contact();
        state.ccp.alive()?.agent_due.filter(|_| !in_call)
    }

    fn agent_silent(&mut self, now: Millis) {
        if self.state.standing.is_ready() {
            self.restart(now, Error::AgentSilent);
        } else {
            self.fail(now, Error::AgentSilent);
        }
    }

    /// When a CCP that does not answer counts as signed out.
    fn ccp_silent_at(&self) -> Option<Millis> {
        let state = &self.state;
        let waits = match self.phase() {
            Phase::Opening => state.attempt().is_none_or(Attempt::is_silent),
            Phase::Ready => true,
            Phase::SignInNeeded
            | Phase::SigningIn
            | Phase::Expired
            | Phase::SignedOut
            | Phase::Failed
            | Phase::Closed => false,
        };
        if !waits
            || state.ccp.awaits_streams()
            || state.conditions.is_offline()
            || state.is_signing_out()
        {
            return None;
        }
        let due = match state.ccp.link() {
            Link::Alive(_) | Link::Over => return None,
            Link::Loading { since } | Link::Loaded { at: since } if self.streams_signs_in() => {
                return Some(since + STREAMS_PATIENCE);
            }
            Link::Loading { since } => since + LOAD_PATIENCE,
            Link::Loaded { at } => at + ANSWER_PATIENCE,
        };
        Some(self.other_tabs_had_their_time(due))
    }

    /// When a sign-in begins beside a CCP that has loaded and does not answer. It most likely has no
    /// session; if it is only slow, the frame that nobody sees goes once it answers.
    fn ccp_slow_at(&self) -> Option<Millis> {
        let state = &self.state;
        let Link::Loaded { at } = state.ccp.link() else {
            return None;
        };
        let another_way = state.record.way.is_some_and(|way| way != Way::Frame);
        let may = self.phase() == Phase::Opening
            && state.ccp.restarts() == 0 // One that worked is not signed out, but dead.
            && state.activity_is_idle()
            && !state.conditions.is_offline()
            && self.can_use_frame()
            && !self.is_inactive()
            && !another_way;
        may.then(|| self.other_tabs_had_their_time(at + self.slow_after()))
    }

    /// How long after its load a CCP takes longer to answer than it used to.
    pub(crate) fn slow_after(&self) -> Span {
        let used_to = self.state.record.late.unwrap_or_default();
        Span::millis(2 * used_to.get()).clamp(SLOW, ANSWER_PATIENCE)
    }

    /// When `due` is, but for a sign-in in another tab just now: ten CCPs that load at once take their time.
    fn other_tabs_had_their_time(&self, due: Millis) -> Millis {
        let Record { started, seen, .. } = self.state.record;
        // Unless this tab's CCP has answered since.
        let told = started.filter(|at| self.opened < *at && seen.is_none_or(|seen| seen < *at));
        told.map_or(due, |at| due.max(at + RETURN_PATIENCE))
    }

    fn ccp_silent(&mut self, now: Millis) {
        if self.state.standing.is_ready() {
            self.session_expired(now);
        } else if self.streams_signs_in() {
            self.fail(now, Error::SignInTimeout { way: Way::Streams });
        } else if self.state.ccp.restarts() == 1 {
            self.restart(now, Error::CcpLost);
        } else {
            self.state.ccp.forget_restarts();
            self.sign_in_is_needed(now);
        }
    }
}

/// Streams 2.28.2 gives up 60 s after `initCCP` and says so; this is for when it does not.
const STREAMS_PATIENCE: Span = Span::secs(75);
/// How long a CCP may take to load before sign-in is tried beside it.
const LOAD_PATIENCE: Span = Span::secs(15);
/// How long a loaded CCP may stay silent, at least, before a sign-in begins beside it.
const SLOW: Span = Span::millis(400);
/// How long a loaded CCP may stay silent before it counts as signed out.
const ANSWER_PATIENCE: Span = Span::millis(2500);
