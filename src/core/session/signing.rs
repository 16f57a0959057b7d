//! Signing in: which way begins when, and what frames and windows tell.

use super::{Ccp, Effect, RETURN_PARAMETER, Session, WindowKind};
use crate::core::error::Error;
use crate::core::millis::Millis;
use crate::core::phase::{Phase, Way};
use crate::core::private::Private;
use crate::core::signin::{
    Attempt, CLOSED_GRACE, FRAME_LOOK, FRAME_QUIET, FrameTry, HEAD_START, RETURN_PATIENCE,
    Returned, WindowTry,
};
use crate::core::timeline::What;

impl Session {
    pub(super) fn returned(&mut self, now: Millis, way: Way) {
        self.note(now, What::SignInReturned(way));
        let attempt = self.attempt.get_or_insert_default();
        if attempt.frame.take().is_some() {
            self.effects.push_back(Effect::CloseFrame);
        }
        if attempt.window.take().is_some() {
            self.effects.push_back(Effect::CloseWindow);
        }
        attempt.needs_click = false;
        attempt.next_at = None;
        attempt.returned = Some(Returned {
            way,
            give_up_at: now + RETURN_PATIENCE,
        });
        self.reload(now);
        self.change(now, Phase::SigningIn, Some(way), None);
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
        if !attempt.ways.is_empty() && attempt.next_at.is_some() {
            attempt.next_at = Some(soon.max(now));
        }
        self.note(now, What::FrameLoaded);
    }

    pub(super) fn window_opened(&mut self, now: Millis) {
        let numbered = self.returns();
        let timeout = self.config.timeout;
        let attempt = self.attempt.get_or_insert_default();
        attempt.needs_click = false;
        attempt.window = Some(WindowTry::new(now, numbered, timeout));
        self.note(now, What::WayBegan(Way::Popup));
        self.change(now, Phase::SigningIn, Some(Way::Popup), None);
    }

    pub(super) fn window_blocked(&mut self, now: Millis) {
        self.note(now, What::WindowBlocked);
        let attempt = self.attempt.get_or_insert_default();
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
            self.reload(now);
        }
    }

    pub(super) fn sign_in_asked(&mut self, now: Millis) {
        if self.status.phase == Phase::Ready || self.ccp == Ccp::Alive {
            return;
        }
        if let Some(attempt) = self.attempt.as_mut() {
            if attempt.returned.is_some() {
                return; // Signed in; the CCP is on its way.
            }
            attempt.asked = true;
            let window = attempt.window.as_ref();
            if window.is_some_and(|w| !w.late && w.closed_until.is_none()) {
                self.effects.push_back(Effect::FocusWindow);
                return;
            }
        }
        if self.config.sso.is_some() && !self.config.ways.contains(&Way::Popup) {
            self.drop_attempt();
            self.begin(now);
        } else {
            let attempt = self.attempt.get_or_insert_default();
            attempt.asked = true;
            attempt.next_at = None;
            attempt.ways.retain(|way| *way != Way::Popup);
            self.open_window();
        }
    }

    /// Begins to sign in: the way that worked last comes first.
    pub(super) fn begin(&mut self, now: Millis) {
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
        self.begin_next(now);
    }

    /// Begins the next way, if there is one left.
    pub(super) fn begin_next(&mut self, now: Millis) {
        let Some(attempt) = self.attempt.as_mut() else {
            return;
        };
        attempt.next_at = None;
        if attempt.ways.is_empty() {
            return;
        }
        match attempt.ways.remove(0) {
            Way::Frame => {
                attempt.next_at = (!attempt.ways.is_empty()).then_some(now + HEAD_START);
                self.open_frame(now);
            }
            Way::Popup => self.open_window(),
            Way::Redirect | Way::Streams => {}
        }
    }

    fn open_frame(&mut self, now: Millis) {
        let Some(url) = self.sso_url(Way::Frame) else {
            return;
        };
        let numbered = self.returns();
        let attempt = self.attempt.get_or_insert_default();
        attempt.frame = Some(FrameTry::new(now, numbered));
        let waits_for_click = attempt.needs_click;
        self.effects.push_back(Effect::OpenFrame(url));
        self.note(now, What::WayBegan(Way::Frame));
        if !waits_for_click {
            self.change(now, Phase::SigningIn, Some(Way::Frame), None);
        }
    }

    /// Orders the window; whether it opened comes back as an input.
    fn open_window(&mut self) {
        let order = match self.sso_url(Way::Popup) {
            Some(url) => Effect::OpenWindow(url, WindowKind::Sso),
            None => Effect::OpenWindow(
                Private::new(self.config.ccp.text().to_owned()),
                WindowKind::Standard,
            ),
        };
        self.effects.push_back(order);
    }

    /// Where sign-in by `way` begins: the SSO Login URL, led to the return page where possible.
    fn sso_url(&mut self, way: Way) -> Option<Private<String>> {
        let sso = self.config.sso.as_ref()?;
        let (Some(relay), Some(page)) = (&sso.relay, &self.config.return_url) else {
            return Some(Private::new(sso.url.text().to_owned()));
        };
        let number = (self.numbers)();
        let page = page.href();
        let page = page.split_once('#').map_or(page, |(page, _)| page);
        let joint = if page.contains('?') { '&' } else { '?' };
        let page = format!("{page}{joint}{RETURN_PARAMETER}={}", number.reveal());
        let url = relay.with_destination(&page);
        self.expected.add(number, way);
        Some(Private::new(url))
    }

    /// Whether sign-in comes back by itself.
    fn returns(&self) -> bool {
        let sso = self.config.sso.as_ref();
        self.config.return_url.is_some() && sso.is_some_and(|sso| sso.relay.is_some())
    }

    pub(super) fn reload(&mut self, now: Millis) {
        self.ccp = Ccp::Loading { since: now };
        self.note(now, What::CcpReloaded);
        self.effects.push_back(Effect::ReloadCcp);
    }

    pub(super) fn drop_attempt(&mut self) {
        let Some(attempt) = self.attempt.take() else {
            return;
        };
        self.expected.clear();
        if attempt.frame.is_some() {
            self.effects.push_back(Effect::CloseFrame);
        }
        if attempt.window.is_some() {
            self.effects.push_back(Effect::CloseWindow);
        }
    }
}
