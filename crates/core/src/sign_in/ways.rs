//! Starting an attempt, and each of its ways.

use super::RETURN_PARAMETER;
use super::attempt::{Attempt, Mode, REDIRECT_PATIENCE};
use super::frame::{FrameTry, HEAD_START};
use super::nonce::Nonce;
use super::window::WindowRequest;
use crate::error::Error;
use crate::phone::effect::{SignInEffect, WindowKind};
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::state::Activity;
use crate::phone::timeline::TimelineEvent;
use crate::private::Private;
use crate::time::Millis;
use crate::way::Way;

impl Phone {
    /// Starts an attempt: the way that worked last comes first.
    pub(crate) fn start_attempt(&mut self, now: Millis) {
        let impossible = self.state.conditions.is_offline()
            || self.state.container.is_removed()
            || self.state.is_signing_out()
            || self.streams_signs_in();
        if impossible {
            return;
        }
        if self.is_inactive() {
            return self.stay_signed_out(now);
        }
        let mut ways = if self.config.sso.is_some() {
            self.config.ways.clone()
        } else {
            vec![Way::Popup]
        };
        if let Some(blocked) = &self.state.blocked {
            ways.retain(|way| *way != Way::Frame);
            if ways.is_empty() {
                let why = Error::FrameBlocked(blocked.clone());
                return self.fail(now, why);
            }
        }
        let first = self.state.record.way;
        if let Some(at) = ways.iter().position(|way| Some(*way) == first) {
            let way = ways.remove(at);
            ways.insert(0, way);
        }
        self.state.activity = Activity::SigningIn(Attempt::by(ways));
        self.start_when_locked(now);
    }

    /// There is no session: an attempt that ran unseen is shown, with all its ways, or one starts.
    pub(crate) fn sign_in_is_needed(&mut self, now: Millis) {
        let Some(frame) = self.state.attempt().and_then(|it| it.frame.as_ref()) else {
            return self.start_attempt(now);
        };
        let next_at = frame.next_way_at(now);
        let ways = self.config.ways.iter().copied();
        let ways: Vec<Way> = ways.filter(|way| *way != Way::Frame).collect();
        if let Some(attempt) = self.state.attempt_mut() {
            attempt.mode = Mode::Shown;
            attempt.next_at = (!ways.is_empty()).then_some(next_at);
            attempt.ways = ways;
        }
        let way = Some(Way::Frame);
        self.stand(now, Standing::SigningIn { way });
    }

    /// Starts the next way, if there is one left.
    pub(crate) fn start_next_way(&mut self, now: Millis) {
        let offline = self.state.conditions.is_offline();
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        attempt.next_at = None;
        // Without a network every way would lead to the browser's own error page.
        if attempt.ways.is_empty() || offline {
            return;
        }
        match attempt.ways.remove(0) {
            Way::Frame => {
                attempt.next_at = (!attempt.ways.is_empty()).then_some(now + HEAD_START);
                self.open_frame(now);
            }
            Way::Popup => self.open_window(),
            Way::Redirect => self.redirect(now, Mode::Shown),
            Way::Streams => {}
        }
    }

    pub(super) fn open_frame(&mut self, now: Millis) {
        let Some((url, nonce)) = self.sso_url(Way::Frame) else {
            return;
        };
        let Some(attempt) = self.state.attempt_or(Attempt::default) else {
            return;
        };
        attempt.frame = Some(FrameTry::new(now, nonce.is_some()));
        let background = attempt.is_in_background();
        self.order(SignInEffect::OpenFrame(url));
        self.record(now, TimelineEvent::WayBegan(Way::Frame));
        if !background {
            let way = Some(Way::Frame);
            self.stand(now, Standing::SigningIn { way });
        }
    }

    /// Requests the window; [`SignInFact::WindowOpened`] or [`SignInFact::WindowBlocked`] answers.
    pub(super) fn open_window(&mut self) {
        let (url, nonce, kind) = match self.sso_url(Way::Popup) {
            Some((url, nonce)) => (url, nonce, WindowKind::Sso),
            None => (self.ccp_url(), None, WindowKind::Standard),
        };
        let has_return_page = nonce.is_some();
        if let Some(attempt) = self.state.attempt_or(Attempt::default) {
            attempt.window_requested = Some(WindowRequest { has_return_page });
            self.order(SignInEffect::OpenWindow(url, kind));
        }
    }

    /// Navigates the whole page to the identity provider.
    pub(super) fn redirect(&mut self, now: Millis, mode: Mode) {
        let Some((url, Some(nonce))) = self.sso_url(Way::Redirect) else {
            // The page could go, but nothing would bring it back.
            return self.fail(now, Error::SignInTimeout { way: Way::Redirect });
        };
        if let Some(attempt) = self.state.attempt_or(Attempt::default) {
            attempt.redirect_until = Some(now + REDIRECT_PATIENCE);
            if mode == Mode::Asked {
                attempt.mode = mode;
            }
        }
        self.record(now, TimelineEvent::WayBegan(Way::Redirect));
        self.order(SignInEffect::Redirect(url, nonce));
        let way = Some(Way::Redirect);
        self.stand(now, Standing::SigningIn { way });
    }

    /// Where sign-in by `way` starts: the SSO Login URL, sent on to the return page where possible; with
    /// the nonce that the return page will bring. `None` without SSO.
    fn sso_url(&mut self, way: Way) -> Option<(Private<String>, Option<Nonce>)> {
        let sso = self.config.sso.clone()?;
        let page = self.config.return_url.clone();
        // A page that leaves has to come back.
        let page = page.filter(|_| way == Way::Redirect || !self.state.record.ends_there);
        let (Some(relay), Some(page)) = (sso.relay, page) else {
            return Some((Private::new(sso.url.text().to_owned()), None));
        };
        let Some(nonce) = self.nonce(way) else {
            return Some((Private::new(sso.url.text().to_owned()), None));
        };
        let page = page.href();
        let page = page.split_once('#').map_or(page, |(page, _)| page);
        let joint = if page.contains('?') { '&' } else { '?' };
        let page = format!("{page}{joint}{RETURN_PARAMETER}={}", nonce.reveal());
        let url = relay.with_destination(&page);
        Some((Private::new(url), Some(nonce)))
    }
}
