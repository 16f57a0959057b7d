//! When two states are the same: all that can make a difference, with times relative to now.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::world::World;
use crate::error::Error;
use crate::millis::Millis;
use crate::session::{Ccp, Session};

/// The same for the same states.
pub(super) fn key(world: &World) -> u64 {
    let mut hasher = DefaultHasher::new();
    let now = world.now;
    hash_session(&world.session, now, &mut hasher);
    (
        world.windows,
        world.frame,
        (world.window, world.reenters, world.outcome),
        world.leaves,
        world.turn as u8,
        world.may_come_late,
        world.live,
        (world.asked, world.detached),
        world.signing_out,
    )
        .hash(&mut hasher);
    relative(world.stored.started, now).hash(&mut hasher);
    hasher.finish()
}

fn hash_session(session: &Session, now: Millis, hasher: &mut DefaultHasher) {
    let at = |at: Option<Millis>| relative(at, now);
    let code = |error: &Option<Error>| error.as_ref().map(Error::code);
    let status = &session.status;
    (
        status.phase as u8,
        status.way.map(|way| way as u8),
        code(&status.error),
        code(&session.fault),
        status
            .session
            .map(|s| (at(Some(s.started)), at(Some(s.ends)))),
        session.trouble.offline,
        session.trouble.ccp_lost,
        at(session.trouble.socket_due),
        session.trouble.socket_lost,
        code(&session.trouble.microphone),
    )
        .hash(hasher);
    match session.ccp {
        Ccp::Loading { since } => (0, at(Some(since))),
        Ccp::Loaded { at: since } => (1, at(Some(since))),
        Ccp::Alive => (2, None),
        Ccp::Over => (3, None),
    }
    .hash(hasher);
    (
        session
            .watch
            .map(|watch| (at(Some(watch.due)), watch.asked)),
        session.restarts,
        (session.gone, session.signed_out, session.detached),
        session.turn as u8,
        at(session.retry_at),
        session.retries,
        session.agent.as_ref().map(|agent| agent.username.reveal()),
        session.load as u8,
        session.reload_due,
        at(session.agent_due),
        at(session.refused_until),
    )
        .hash(hasher);
    (
        session.warned,
        at(session.renew_at),
        session.leaving.map(|l| (l.step as u8, at(Some(l.until)))),
        session.order.offline,
        at(session.record.started),
        at(session.record.seen),
        session.record.way.map(|way| way as u8),
    )
        .hash(hasher);
    for (_, way) in session.expected.numbers() {
        (*way as u8).hash(hasher);
    }
    let Some(attempt) = &session.attempt else {
        return;
    };
    for way in &attempt.ways {
        (*way as u8).hash(hasher);
    }
    (
        at(attempt.next_at),
        attempt.needs_click,
        attempt.asked,
        attempt.waiting,
        attempt.ordered,
        attempt.quiet,
        at(attempt.leaves_until),
        attempt
            .returned
            .map(|r| (r.way as u8, r.numbered, at(Some(r.give_up_at)))),
    )
        .hash(hasher);
    let frame = attempt.frame.as_ref();
    frame
        .map(|f| {
            let began = at(Some(f.began));
            (began, at(f.look_at), f.looked, at(Some(f.give_up_at)))
        })
        .hash(hasher);
    let window = attempt.window.as_ref();
    window
        .map(|w| {
            (
                at(Some(w.look_at)),
                w.pause.get(),
                at(w.closed_until),
                at(Some(w.give_up_at)),
                w.late,
            )
        })
        .hash(hasher);
}

/// Milliseconds from `now`; what lies far back is all the same.
fn relative(at: Option<Millis>, now: Millis) -> Option<i64> {
    let at = at?;
    let ahead = i64::try_from((at - now).get()).unwrap_or(i64::MAX);
    let back = i64::try_from((now - at).get()).unwrap_or(i64::MAX);
    Some(ahead - back.min(13 * 3_600_000))
}
