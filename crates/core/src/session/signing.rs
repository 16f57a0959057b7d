//! Signing in: which way begins when, and what frames and windows tell.

use super::{Ccp, Effect, RETURN_PARAMETER, Session, WindowKind};
use crate::agent::Load;
use crate::error::Error;
use crate::millis::Millis;
use crate::number::Number;
use crate::phase::{Phase, Way};
use crate::private::Private;
use crate::signin::{
    Attempt, CLOSED_GRACE, FRAME_LOOK, FRAME_QUIET, FrameTry, HEAD_START, LEAVE_PATIENCE,
    RETURN_PATIENCE, Returned, WindowTry,
};
use crate::timeline::What;

impl Session {
    /// Sign-in came back; `numbered` says whether by its number.
    pub(super) fn returned(&mut self, now: Millis, way: Way, numbered: bool) {
        self.note(now, What::SignInReturned(way));
        self.effects.push_back(Effect::TellSignedIn);
        if self.status.phase == Phase::Ready {
            self.renewed(now, way);
            return;
        }
        self.close_frame_and_window();
        let attempt = self.attempt.get_or_insert_default();
        attempt.needs_click = false;
        attempt.waiting = false;
        attempt.next_at = None;
        attempt.leaves_until = None;
        attempt.returned = Some(Returned {
            way,
            numbered,
            give_up_at: now + RETURN_PATIENCE,
        });
        let quiet = attempt.quiet;
        // For the other tabs, which look at it when their turn comes.
        self.record.started = Some(now);
        self.effects.push_back(Effect::Save(self.record));
        self.reload(now);
        if !quiet {
            self.change(now, Phase::SigningIn, Some(way), None);
        }
    }

    /// The page came back from the identity provider.
    pub(super) fn came_back(&mut self, now: Millis) {
        self.note(now, What::SignInReturned(Way::Redirect));
        self.effects.push_back(Effect::TellSignedIn);
        self.attempt = Some(Attempt {
            returned: Some(Returned {
                way: Way::Redirect,
                numbered: true,
                give_up_at: now + RETURN_PATIENCE,
            }),
            ..Attempt::default()
        });
        self.change(now, Phase::SigningIn, Some(Way::Redirect), None);
    }

    /// The agent came back from the identity provider by the browser's Back button: led there again
    /// by itself, the page could never be left.
    pub(super) fn turned_back(&mut self, now: Millis) {
        self.attempt.get_or_insert_default().needs_click = true;
        self.change(now, Phase::SignInNeeded, Some(Way::Redirect), None);
    }

    pub(super) fn frame_loaded(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let Some(frame) = attempt.frame.as_mut() else {
            return;
        };
        // A numbered frame tells by itself, unless its return page cannot be shown in a frame.
        let quiet = if frame.numbered {
            FRAME_QUIET
        } else {
            FRAME_LOOK
        };
        frame.look_at = Some(now + quiet);
        let soon = (now + FRAME_QUIET).min(frame.began + HEAD_START);
        if attempt.next_at.is_some() {
            attempt.next_at = Some(soon.max(now));
        }
        self.note(now, What::FrameLoaded);
    }

    pub(super) fn window_opened(&mut self, now: Millis) {
        let numbered = self.returns();
        let timeout = self.config.timeout;
        let Some(attempt) = self.attempt.as_mut().filter(|a| a.ordered) else {
            // Nobody waits for it any more.
            if self.attempt.as_ref().is_none_or(|a| a.window.is_none()) {
                self.effects.push_back(Effect::CloseWindow);
            }
            return;
        };
        attempt.ordered = false;
        attempt.needs_click = false;
        attempt.window = Some(WindowTry::new(now, numbered, timeout));
        self.note(now, What::WayBegan(Way::Popup));
        self.change(now, Phase::SigningIn, Some(Way::Popup), None);
    }

    pub(super) fn window_blocked(&mut self, now: Millis) {
        self.note(now, What::WindowBlocked);
        let Some(attempt) = self.attempt.as_mut().filter(|a| a.ordered) else {
            return;
        };
        attempt.ordered = false;
        let error = attempt.asked.then_some(Error::WindowBlocked);
        attempt.asked = false;
        attempt.needs_click = true;
        self.change(now, Phase::SignInNeeded, Some(Way::Popup), error);
        self.begin_next(now);
    }

    pub(super) fn window_closed(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        let Some(window) = attempt.window.as_mut() else {
            return;
        };
        if window.closed_until.is_none() {
            window.closed_until = Some(now + CLOSED_GRACE);
            self.note(now, What::WindowClosed);
            self.look(now);
        }
    }

    /// The prompt's button does what the moment asks for.
    pub(super) fn clicked(&mut self, now: Millis) {
        match &self.fault {
            Some(Error::IdentityMismatch | Error::SignOutFailed) => {
                let order = self.order.clone();
                self.sign_out_asked(now, order);
            }
            Some(_) | None => self.sign_in_asked(now),
        }
    }

    pub(super) fn sign_in_asked(&mut self, now: Millis) {
        if self.gone || self.leaving.is_some() {
            return;
        }
        self.retries = 0;
        self.retry_at = None;
        if self.status.phase == Phase::Ready || self.ccp == Ccp::Alive {
            if self.status.error == Some(Error::CcpLost) {
                self.restart(now, Error::CcpLost);
            } else if self.status.phase == Phase::Failed {
                self.restarts = 0;
                self.restart(now, Error::AgentSilent);
            }
            return;
        }
        if self.leaves_it_to_streams() {
            self.rebuild(now);
            self.change(now, Phase::Opening, Some(Way::Streams), None);
            return;
        }
        if let Some(attempt) = self.attempt.as_mut() {
            if attempt.returned.is_some() {
                attempt.quiet = false;
                let way = self.status.way;
                self.change(now, Phase::SigningIn, way, None);
                return; // Signed in; the CCP is on its way.
            }
            attempt.asked = true;
            if attempt.ordered || attempt.leaves_until.is_some() {
                return; // What was asked for is on its way.
            }
            let window = attempt.window.as_ref();
            if window.is_some_and(|w| !w.late && w.closed_until.is_none()) {
                self.effects.push_back(Effect::FocusWindow);
                return;
            }
        }
        let ways = &self.config.ways;
        if self.config.sso.is_some() && !ways.contains(&Way::Popup) {
            let redirects = ways.contains(&Way::Redirect);
            if self.trouble.offline {
                return; // Neither can come back; the network will, and then it goes on by itself.
            }
            self.drop_attempt();
            self.take_turn();
            if redirects {
                self.attempt.get_or_insert_default().asked = true;
                self.leave(now);
            } else {
                self.begin(now);
            }
        } else {
            let attempt = self.attempt.get_or_insert_default();
            attempt.asked = true;
            attempt.waiting = false;
            attempt.quiet = false;
            attempt.next_at = None;
            attempt.ways.retain(|way| *way != Way::Popup);
            self.take_turn();
            self.open_window();
        }
    }

    /// Begins to sign in: the way that worked last comes first.
    pub(super) fn begin(&mut self, now: Millis) {
        if self.trouble.offline || self.leaves_it_to_streams() || self.gone {
            return;
        }
        let mut ways = if self.config.sso.is_some() {
            self.config.ways.clone()
        } else {
            vec![Way::Popup]
        };
        let first = self.record.way;
        if let Some(at) = ways.iter().position(|way| Some(*way) == first) {
            let way = ways.remove(at);
            ways.insert(0, way);
        }
        self.attempt = Some(Attempt {
            ways,
            ..Attempt::default()
        });
        self.go(now);
    }

    /// Begins the next way, if there is one left.
    pub(super) fn begin_next(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        attempt.next_at = None;
        // Without a network every way would lead to the browser's own error.
        if attempt.ways.is_empty() || self.trouble.offline {
            return;
        }
        match attempt.ways.remove(0) {
            Way::Frame => {
                attempt.next_at = (!attempt.ways.is_empty()).then_some(now + HEAD_START);
                self.open_frame(now);
            }
            Way::Popup => self.open_window(),
            Way::Redirect => self.leave(now),
            Way::Streams => {}
        }
    }

    /// Leads the whole page to the identity provider.
    fn leave(&mut self, now: Millis) {
        let Some((url, Some(number))) = self.sso_url(Way::Redirect) else {
            return;
        };
        let attempt = self.attempt.get_or_insert_default();
        attempt.leaves_until = Some(now + LEAVE_PATIENCE);
        self.note(now, What::WayBegan(Way::Redirect));
        self.effects.push_back(Effect::Leave(url, number));
        self.change(now, Phase::SigningIn, Some(Way::Redirect), None);
    }

    fn open_frame(&mut self, now: Millis) {
        let Some((url, _)) = self.sso_url(Way::Frame) else {
            return;
        };
        let numbered = self.returns();
        let attempt = self.attempt.get_or_insert_default();
        attempt.frame = Some(FrameTry::new(now, numbered));
        let calm = attempt.needs_click || attempt.quiet;
        self.effects.push_back(Effect::OpenFrame(url));
        self.note(now, What::WayBegan(Way::Frame));
        if !calm {
            self.change(now, Phase::SigningIn, Some(Way::Frame), None);
        }
    }

    /// Orders the window; whether it opened comes back as an input.
    fn open_window(&mut self) {
        self.attempt.get_or_insert_default().ordered = true;
        let order = match self.sso_url(Way::Popup) {
            Some((url, _)) => Effect::OpenWindow(url, WindowKind::Sso),
            None => Effect::OpenWindow(
                Private::new(self.config.ccp.text().to_owned()),
                WindowKind::Standard,
            ),
        };
        self.effects.push_back(order);
    }

    /// Where sign-in by `way` begins: the SSO Login URL, led to the return page where possible.
    fn sso_url(&mut self, way: Way) -> Option<(Private<String>, Option<Number>)> {
        let sso = self.config.sso.as_ref()?;
        let (Some(relay), Some(page)) = (&sso.relay, &self.config.return_url) else {
            return Some((Private::new(sso.url.text().to_owned()), None));
        };
        let number = (self.numbers)();
        let page = page.href();
        let page = page.split_once('#').map_or(page, |(page, _)| page);
        let joint = if page.contains('?') { '&' } else { '?' };
        let page = format!("{page}{joint}{RETURN_PARAMETER}={}", number.reveal());
        let url = relay.with_destination(&page);
        self.expected.add(number.clone(), way);
        Some((Private::new(url), Some(number)))
    }

    /// Whether sign-in comes back by itself.
    fn returns(&self) -> bool {
        let sso = self.config.sso.as_ref();
        self.config.return_url.is_some() && sso.is_some_and(|sso| sso.relay.is_some())
    }

    /// Loads the CCP anew to see whether sign-in is done; a call would be cut off.
    pub(super) fn look(&mut self, now: Millis) {
        if self.load != Load::Live {
            self.reload(now);
        }
    }

    pub(super) fn drop_attempt(&mut self) {
        self.close_frame_and_window();
        self.attempt = None;
        self.expected.clear();
    }

    /// Closes what the attempt has open.
    pub(super) fn close_frame_and_window(&mut self) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        if attempt.frame.take().is_some() {
            self.effects.push_back(Effect::CloseFrame);
        }
        if attempt.window.take().is_some() {
            self.effects.push_back(Effect::CloseWindow);
        }
    }
}
