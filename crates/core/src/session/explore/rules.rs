//! What holds between any two facts.

use super::world::{Kept, Turn, World};
use crate::agent::Load;
use crate::phase::Phase;

impl World {
    /// What holds between any two facts.
    pub(super) fn check(&mut self) -> Kept {
        let session = &self.session;
        let status = &session.status;
        let fails = |rule: &str| Err(format!("{rule}: {status:?} {session:?}"));
        if status.phase == Phase::Closed {
            if session.wake_at().is_some() || session.agent.is_some() || self.signing_out {
                return fails("closed, and not at rest");
            }
            if self.frame || self.window || self.turn != Turn::None {
                return fails("closed, and something left open");
            }
            return Ok(());
        }
        if matches!(status.phase, Phase::Failed | Phase::Expired) && status.error.is_none() {
            return fails("failed without an error");
        }
        if status.phase == Phase::Ready && session.agent.is_none() {
            return fails("ready without an agent");
        }
        if session.agent.is_some() && status.phase != Phase::Ready {
            return fails("an agent and not ready");
        }
        if session.wake_at().is_some_and(|at| at <= self.now) {
            return fails("no sleep");
        }
        let attempt = session.attempt.as_ref();
        if self.frame != attempt.is_some_and(|a| a.frame.is_some()) {
            return fails("a frame too many or too few");
        }
        let known = attempt.is_some_and(|a| a.window.is_some() || a.ordered);
        if self.window && !known && self.outcome.is_none() {
            return fails("a window left open");
        }
        if self.turn as u8 != session.turn as u8 {
            return fails("the turn is seen otherwise");
        }
        let needs = attempt.is_some_and(|a| a.waiting || a.is_at_work());
        if self.turn != Turn::None && !needs {
            return fails("a turn kept for nothing");
        }
        if self.signing_out != session.leaving.is_some() {
            return fails("a sign-out that nobody hears of");
        }
        if session.leaving.is_some() && attempt.is_some() {
            return fails("signs in while it signs out");
        }
        if session.gone && (attempt.is_some() || session.leaving.is_some()) {
            return fails("at work without a container");
        }
        if self.live && session.load != Load::Live {
            if !self.excused {
                return fails("a live contact is forgotten");
            }
            self.live = false;
        }
        if session.load == Load::Live && !self.live {
            self.live = true;
            // Who signs out has asked for it, and Connect has been told.
            self.asked = session.leaving.is_some();
        }
        Ok(())
    }
}
