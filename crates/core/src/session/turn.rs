//! One sign-in at a time across the tabs of a browser.

use super::{Ccp, Effect, Session};
use crate::agent::Load;
use crate::millis::{Millis, Span};
use crate::phase::{Phase, Way};
use crate::record::Record;
use crate::signin::HEAD_START;
use crate::timeline::What;

/// Whether this tab may sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Turn {
    /// It has nothing to do.
    #[default]
    None,
    /// It waits for its turn.
    Asked,
    /// It is its turn.
    Held,
}

impl Session {
    /// Begins the attempt's first way as soon as it is this tab's turn.
    pub(super) fn go(&mut self, now: Millis) {
        if self.turn == Turn::Held {
            self.begin_next(now);
            return;
        }
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        attempt.waiting = true;
        attempt.waits_since = Some(now);
        let calm = attempt.quiet || attempt.needs_click;
        attempt.next_at = (!calm).then_some(now + HEAD_START);
        if self.turn == Turn::None {
            self.turn = Turn::Asked;
            self.effects.push_back(Effect::TakeTurn { steal: false });
        }
        if !calm {
            self.change(now, Phase::SigningIn, None, None);
        }
    }

    /// Takes the turn from whoever has it: the agent clicked here.
    pub(super) fn take_turn(&mut self) {
        if self.turn != Turn::Held {
            self.turn = Turn::Held;
            self.effects.push_back(Effect::TakeTurn { steal: true });
        }
    }

    pub(super) fn turn_granted(&mut self, now: Millis, record: Record) {
        if self.turn == Turn::None {
            self.effects.push_back(Effect::EndTurn);
            return;
        }
        self.turn = Turn::Held;
        let Some(attempt) = self.attempt.as_mut().filter(|a| a.waiting) else {
            return;
        };
        if record.started > self.record.started {
            attempt.waiting = false;
            attempt.next_at = None;
            self.signed_in_elsewhere(now);
            return;
        }
        if attempt
            .waits_since
            .is_some_and(|since| since + AT_ONCE < now)
        {
            // Another tab had its turn: what it has to tell may be slower than the turn itself.
            attempt.next_at = Some(now + NEWS);
            return;
        }
        self.starts(now);
    }

    /// It is this tab's turn, and no other has done it.
    fn starts(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        attempt.waiting = false;
        attempt.next_at = None;
        if attempt.ways.is_empty() && !attempt.needs_click && !attempt.quiet {
            attempt.needs_click = true;
            self.change(now, Phase::SignInNeeded, Some(Way::Popup), None);
            return;
        }
        self.begin_next(now);
    }

    /// The agent clicked in another tab: this one waits for what comes of it.
    pub(super) fn turn_lost(&mut self, now: Millis) {
        if self.turn != Turn::Held {
            return;
        }
        self.note(now, What::TurnLost);
        self.turn = Turn::None;
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        if !attempt.is_open() || attempt.leaves_until.is_some() {
            return;
        }
        attempt.ordered = false;
        self.close_frame_and_window();
        self.go(now);
    }

    /// It has waited long enough without a word: for news when it is its turn; else the agent may
    /// take over by a click.
    pub(super) fn waited(&mut self, now: Millis) {
        if self.turn == Turn::Held {
            self.starts(now);
            return;
        }
        self.note(now, What::TurnAwaited);
        if let Some(attempt) = self.attempt.as_mut() {
            attempt.next_at = None;
            attempt.needs_click = true;
        }
        self.change(now, Phase::SignInNeeded, Some(Way::Popup), None);
    }

    /// Another tab signed in to the same instance.
    pub(super) fn signed_in_elsewhere(&mut self, now: Millis) {
        let known = self.attempt.as_ref().is_some_and(|a| a.returned.is_some());
        if known || self.leaving.is_some() || self.gone {
            return;
        }
        self.note(now, What::SignedInElsewhere);
        self.record.started = Some(now);
        match self.status.phase {
            Phase::Ready => {
                self.drop_attempt(); // A renewal that nobody needs any more.
                self.lasts_from(now);
            }
            Phase::Opening | Phase::SigningIn if self.ccp == Ccp::Alive => self.lasts_from(now),
            Phase::SigningIn => {
                self.drop_attempt();
                self.reload(now);
                self.change(now, Phase::Opening, None, None);
            }
            _ if self.load == Load::Live => self.reload_due = true,
            // Only a look: whoever stands here has tried, or waits for a click that may still come.
            Phase::Opening
            | Phase::SignInNeeded
            | Phase::Expired
            | Phase::SignedOut
            | Phase::Failed
            | Phase::Closed => self.reload(now),
        }
    }

    /// Gives the turn back when nothing is under way any more. Not before the CCP has answered: by
    /// then the other tabs have heard of it, and none begins for want of news.
    pub(super) fn settle_turn(&mut self) {
        let needed = self
            .attempt
            .as_ref()
            .is_some_and(|a| a.waiting || a.is_at_work());
        if !needed && self.turn != Turn::None {
            self.turn = Turn::None;
            self.effects.push_back(Effect::EndTurn);
        }
    }
}

/// A turn that nobody else has comes within this time.
const AT_ONCE: Span = Span::millis(150);
/// How long another tab's news may take.
const NEWS: Span = Span::millis(500);
