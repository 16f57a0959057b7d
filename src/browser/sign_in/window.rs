//! The sign-in window.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Window;

use super::return_page::nonce_at;
use crate::browser::feed::{Feed, function};
use crate::browser::js;
use crate::browser::owned::{OpenWindow, Owned, Timer};
use crate::browser::streams::init::{POPUP_HEIGHT, POPUP_WIDTH};
use softphone_core::phone::effect::WindowKind;
use softphone_core::phone::input::SignInFact;
use softphone_core::way::Way;

/// An open sign-in window. Dropping it closes the window.
#[must_use]
pub(crate) struct SignInWindow {
    window: Window,
    open: Owned<OpenWindow>,
    _watch: Owned<Timer>,
}

impl SignInWindow {
    /// Opens `url`; `None` when the browser blocks it. The name makes a second call navigate the
    /// same window instead of opening another.
    pub(crate) fn open(url: &str, kind: WindowKind, feed: &Feed) -> Option<Self> {
        let host = web_sys::window()?;
        let name = match kind {
            WindowKind::Sso => SSO_WINDOW,
            WindowKind::Visit => "connect-softphone-visit",
            // Streams 2.28.2, PopupManager: the name of its own login window.
            WindowKind::Standard => "connect::loginPopup",
        };
        let window = host
            .open_with_url_and_target_and_features(url, name, &features(&host))
            .ok()??;
        let (feed, own) = (feed.clone(), window.clone());
        let gone = Cell::new(false);
        let check = function(move |_| {
            if gone.get() {
                return;
            }
            // Chromium can still read the address of a window that has closed.
            if let Some(nonce) = nonce_at(&own) {
                feed.tell(SignInFact::Returned(nonce, Some(Way::Popup)));
            }
            if own.closed().unwrap_or(true) {
                gone.set(true);
                feed.tell(SignInFact::WindowClosed);
            }
        });
        Some(Self {
            open: OpenWindow::closing(&window),
            _watch: Timer::every(WATCH_MS, &check),
            window,
        })
    }

    /// Stops watching without closing the window.
    pub(crate) fn forget(self) {
        self.open.forget();
    }

    /// Navigates it; not by its name, which a blocker of windows might take for another window.
    pub(crate) fn send(&self, url: &str) {
        let _ = self.window.location().replace(url);
    }

    /// Brings it to the front.
    pub(crate) fn focus(&self) {
        let _ = self.window.focus();
    }
}

/// The window in which the identity provider signs the agent out. It closes as soon as it stands on the
/// return page, or after a while, because no page of another site tells when it is done. Dropping it leaves
/// it open: what it does must not be cut off.
#[must_use]
pub(crate) struct SignOutWindow(Rc<RefCell<Option<Owned<Timer>>>>);

impl SignOutWindow {
    /// Opens `url`; `None` when the browser blocks it. `back` is the return page, if there is one.
    pub(crate) fn open(url: &str, back: Option<&str>) -> Option<Self> {
        let host = web_sys::window()?;
        let name = "connect-softphone-sign-out";
        let window = host
            .open_with_url_and_target_and_features(url, name, &features(&host))
            .ok()??;
        let back = back.map(|url| without_query(url).to_owned());
        let watch = Rc::<RefCell<Option<Owned<Timer>>>>::default();
        let own = Rc::downgrade(&watch);
        let left = Cell::new(SIGNED_OUT_MS / WATCH_MS);
        let check = function(move |_| {
            left.set(left.get().saturating_sub(1));
            // The address of another site's page cannot be read.
            let at = window.location().href().ok();
            let is_back = back.is_some() && at.as_deref().map(without_query) == back.as_deref();
            if is_back || left.get() == 0 {
                let _ = window.close();
            }
            if window.closed().unwrap_or(true)
                && let Some(watch) = own.upgrade()
            {
                drop(watch.take());
            }
        });
        watch.replace(Some(Timer::every(WATCH_MS, &check)));
        Some(Self(watch))
    }
}

impl Drop for SignOutWindow {
    fn drop(&mut self) {
        drop(self.0.take());
    }
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// Streams' size, in the middle of the host's window.
fn features(host: &Window) -> String {
    let number = |name: &str| js::get(host.unchecked_ref(), name).as_f64();
    let middle = |start: &str, length: &str, size: i32| {
        let start = number(start).unwrap_or_default();
        let length = number(length).unwrap_or_default();
        #[allow(clippy::cast_possible_truncation, reason = "pixels of a screen")]
        let middle = (start + (length - f64::from(size)) / 2.0).max(0.0) as i32;
        middle
    };
    format!(
        "popup,width={POPUP_WIDTH},height={POPUP_HEIGHT},left={},top={}",
        middle("screenX", "outerWidth", POPUP_WIDTH),
        middle("screenY", "outerHeight", POPUP_HEIGHT),
    )
}

/// The name of the window for the SSO Login URL.
const SSO_WINDOW: &str = "connect-softphone-sign-in";
/// How long signing out of the identity provider may take, including a question that it asks the agent.
const SIGNED_OUT_MS: u32 = 30_000;
/// How often the window is checked: no event tells that a window was closed.
const WATCH_MS: u32 = 250;
