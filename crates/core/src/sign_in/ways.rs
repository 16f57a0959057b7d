//! Starting an attempt, and each of its ways.

use super::RETURN_PARAMETER;
use super::attempt::{ASK_PATIENCE, Asked, Attempt, Mode, REDIRECT_PATIENCE};
use super::frame::{FrameTry, HEAD_START};
use super::nonce::Nonce;
use super::window::{WindowRequest, WindowTry};
use crate::config::Sso;
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
        let mut ways = if self.config.has_sso() {
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
        if self.needs_cookies() && ways.len() > 1 {
            ways.retain(|way| *way != Way::Frame); // It has none either.
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
        match self.config.sso.clone() {
            Some(sso) => self.open_frame_at(now, &sso),
            None => self.ask_for_url(now, Way::Frame),
        }
    }

    fn open_frame_at(&mut self, now: Millis, sso: &Sso) {
        let (url, nonce) = self.sso_url(sso, Way::Frame);
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

    /// Asks the host for the SSO Login URL. A window is open by then, because only the click opens it.
    pub(super) fn ask_for_url(&mut self, now: Millis, way: Way) {
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        attempt.next_at = None;
        attempt.asked = Some(Asked {
            way,
            until: now + ASK_PATIENCE,
        });
        let background = attempt.is_in_background();
        self.order(SignInEffect::AskForUrl);
        if !background {
            let way = Some(way);
            self.stand(now, Standing::SigningIn { way });
        }
    }

    /// The host answered with an SSO Login URL; or with none, or not in time.
    pub(crate) fn url_told(&mut self, now: Millis, sso: Option<&Sso>) {
        let Some(attempt) = self.state.attempt_mut() else {
            return;
        };
        let Some(Asked { way, .. }) = attempt.asked.take() else {
            return;
        };
        let returned = attempt.returned.is_some();
        match (way, sso) {
            (Way::Frame, Some(sso)) => {
                attempt.next_at =
                    (!returned && !attempt.ways.is_empty()).then_some(now + HEAD_START);
                self.open_frame_at(now, sso);
            }
            (Way::Popup, Some(sso)) => self.send_window(now, sso),
            (Way::Redirect, Some(sso)) => self.redirect_to(now, sso),
            (Way::Streams, _) => {}
            // It came back before, and the CCP has its own deadline.
            (_, None) if returned => {}
            (_, None) if attempt.is_silent() => self.silent_attempt_failed(now),
            // The frame behind a prompt: the click asks once more.
            (Way::Frame, None) if attempt.needs_click => self.plan_retry(now),
            (_, None) => self.fail(now, Error::SsoUrlFailed),
        }
    }

    /// Sends the window, which is blank, to the identity provider.
    fn send_window(&mut self, now: Millis, sso: &Sso) {
        let (url, nonce) = self.sso_url(sso, Way::Popup);
        let timeout = self.config.timeout;
        let attempt = self.state.attempt_mut();
        let window = attempt.and_then(|attempt| attempt.window.as_mut());
        if let Some(window) = window.filter(|window| window.closed_until.is_none()) {
            let has_return_page = nonce.is_some();
            let request = WindowRequest {
                has_return_page,
                visit: false,
            };
            *window = WindowTry::new(now, request, timeout);
            self.order(SignInEffect::SendWindow(url));
        }
    }

    /// Requests the window; [`SignInFact::WindowOpened`] or [`SignInFact::WindowBlocked`] answers.
    pub(super) fn open_window(&mut self) {
        let (url, nonce, kind) = match self.config.sso.clone() {
            Some(sso) => {
                let (url, nonce) = self.sso_url(&sso, Way::Popup);
                (url, nonce, WindowKind::Sso)
            }
            None if self.config.asks_for_sso => {
                (Private::new(BLANK.to_owned()), None, WindowKind::Sso)
            }
            None => (self.ccp_url(), None, WindowKind::Standard),
        };
        // Nothing can have happened in a blank one.
        let has_return_page = nonce.is_some() || self.config.asks_for_sso;
        if let Some(attempt) = self.state.attempt_or(Attempt::default) {
            attempt.window_requested = Some(WindowRequest {
                has_return_page,
                visit: false,
            });
            self.order(SignInEffect::OpenWindow(url, kind));
        }
    }

    /// Requests a window with a page of the instance.
    pub(crate) fn open_instance(&mut self) {
        let url = Private::new(self.config.ccp.home());
        if let Some(attempt) = self.state.attempt_or(Attempt::default) {
            attempt.window_requested = Some(WindowRequest {
                has_return_page: true,
                visit: true,
            });
            self.order(SignInEffect::OpenWindow(url, WindowKind::Visit));
        }
    }

    /// Navigates the whole page to the identity provider.
    pub(super) fn redirect(&mut self, now: Millis, mode: Mode) {
        if let Some(attempt) = self.state.attempt_or(Attempt::default)
            && mode == Mode::Asked
        {
            attempt.mode = mode;
        }
        match self.config.sso.clone() {
            Some(sso) => self.redirect_to(now, &sso),
            None => self.ask_for_url(now, Way::Redirect),
        }
    }

    fn redirect_to(&mut self, now: Millis, sso: &Sso) {
        let (url, Some(nonce)) = self.sso_url(sso, Way::Redirect) else {
            // The page could go, but nothing would bring it back.
            return self.fail(now, Error::SignInTimeout { way: Way::Redirect });
        };
        if let Some(attempt) = self.state.attempt_or(Attempt::default) {
            attempt.redirect_until = Some(now + REDIRECT_PATIENCE);
        }
        self.record(now, TimelineEvent::WayBegan(Way::Redirect));
        self.order(SignInEffect::Redirect(url, nonce));
        let way = Some(Way::Redirect);
        self.stand(now, Standing::SigningIn { way });
    }

    /// Where sign-in by `way` starts: the SSO Login URL, sent on to the return page where possible; with
    /// the nonce that the return page will bring.
    fn sso_url(&mut self, sso: &Sso, way: Way) -> (Private<String>, Option<Nonce>) {
        let page = self.config.return_url.clone();
        // A page that leaves has to come back.
        let page = page.filter(|_| way == Way::Redirect || !self.state.record.ends_there);
        let (Some(relay), Some(page)) = (&sso.relay, page) else {
            return (Private::new(sso.url.text().to_owned()), None);
        };
        let Some(nonce) = self.nonce(way) else {
            return (Private::new(sso.url.text().to_owned()), None);
        };
        let page = page.href();
        let page = page.split_once('#').map_or(page, |(page, _)| page);
        let joint = if page.contains('?') { '&' } else { '?' };
        let page = format!("{page}{joint}{RETURN_PARAMETER}={}", nonce.reveal());
        let url = relay.with_destination(&page);
        (Private::new(url), Some(nonce))
    }
}

/// What stands in a sign-in window until the host has answered with its URL.
pub(crate) const BLANK: &str = "about:blank";
