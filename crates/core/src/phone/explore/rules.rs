//! What holds between any two facts. What the types themselves rule out is not here: an agent and not ready,
//! a failure without an error, signing in and out at once.

use super::world::{Kept, World};
use crate::phone::state::Activity;
use crate::phone::status::Phase;
use crate::sign_in::attempt::Attempt;
use crate::sign_in::tab_lock::TabLock;
use crate::testing::browser::Lock;

/// Checks every rule, and takes note of a contact that has become live.
pub(super) fn check(world: &mut World) -> Kept {
    let phone = &world.phone;
    let state = world.state();
    let fails = |rule: &str| Err(format!("{rule}: {phone:?}"));
    if world.phase() == Phase::Closed {
        if phone.wake_at().is_some() || !world.calls.is_empty() {
            return fails("closed, and not at rest");
        }
        let browser = &world.browser;
        if browser.frame || browser.window || browser.lock != Lock::None {
            return fails("closed, and something left open");
        }
        return Ok(());
    }
    if phone.wake_at().is_some_and(|at| at <= world.now) {
        return fails("no sleep");
    }
    let attempt = state.attempt();
    if world.browser.frame != attempt.is_some_and(|a| a.frame.is_some()) {
        return fails("a frame too many or too few");
    }
    let known = attempt.is_some_and(|a| a.window.is_some() || a.window_requested.is_some());
    if world.browser.window && !known && world.outcome.is_none() {
        return fails("a window left open");
    }
    let lock = match state.lock {
        TabLock::None => Lock::None,
        TabLock::Requested => Lock::Requested,
        TabLock::Held => Lock::Held,
    };
    if world.browser.lock != lock {
        return fails("the lock is seen otherwise");
    }
    if lock != Lock::None && !attempt.is_some_and(Attempt::needs_lock) {
        return fails("a lock kept for nothing");
    }
    let heard = |ticket| {
        let signing_out = state.signing_out();
        state.waiting.has(ticket) || signing_out.is_some_and(|s| s.is_heard_by(ticket))
    };
    if !world.calls.iter().all(|ticket| heard(*ticket)) {
        return fails("a call that nobody answers");
    }
    if state.container.is_removed() && state.activity != Activity::Idle {
        return fails("at work without a container");
    }
    if world.live && !state.ccp.carries_call() {
        if !world.excused {
            return fails("a live contact is forgotten");
        }
        world.live = false;
    } else if state.ccp.carries_call() && !world.live {
        // Whoever signs out has asked for it, and Connect has been told.
        world.asked = state.is_signing_out();
        world.live = true;
    }
    Ok(())
}
