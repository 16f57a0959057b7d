//! What sign-in has open: a hidden frame, a window.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use super::ask::SsoSource;
use super::frame::SignInFrame;
use super::redirect;
use super::window::{SignInWindow, SignOutWindow};
use crate::browser::feed::Feed;
use softphone_core::config::Config;
use softphone_core::phone::effect::{SignInEffect, WindowKind};
use softphone_core::phone::input::SignInFact;

/// The sign-in frame and window. Dropping it closes both.
pub(crate) struct SignIn {
    /// Where hidden frames go.
    holder: HtmlElement,
    feed: Feed,
    source: SsoSource,
    frame: RefCell<Option<SignInFrame>>,
    window: RefCell<Option<SignInWindow>>,
    /// Where the identity provider signs the agent out.
    idp_window: RefCell<Option<SignOutWindow>>,
    /// The same, if its window was blocked.
    idp_frame: RefCell<Option<SignInFrame>>,
    /// The return page, to which it may send the agent then.
    back: Option<String>,
}

impl SignIn {
    /// Nothing open yet.
    pub(crate) fn new(holder: HtmlElement, sso: JsValue, config: Config, feed: &Feed) -> Self {
        Self {
            holder,
            feed: feed.clone(),
            back: config.return_url.as_ref().map(|url| url.href().to_owned()),
            source: SsoSource::new(sso, config),
            frame: RefCell::default(),
            window: RefCell::default(),
            idp_window: RefCell::default(),
            idp_frame: RefCell::default(),
        }
    }

    /// Does what the core wants for sign-in.
    pub(crate) fn perform(&self, effect: &SignInEffect) {
        match effect {
            SignInEffect::OpenFrame(url) => {
                let frame = SignInFrame::open(&self.holder, url.reveal(), &self.feed);
                drop(self.frame.replace(frame));
            }
            SignInEffect::CloseFrame => drop(self.frame.take()),
            SignInEffect::OpenWindow(url, kind) => self.open_window(url.reveal(), *kind),
            SignInEffect::AskForUrl => self.source.ask(&self.feed),
            SignInEffect::SendWindow(url) => {
                if let Some(window) = &*self.window.borrow() {
                    window.send(url.reveal());
                }
            }
            SignInEffect::FocusWindow => {
                if let Some(window) = &*self.window.borrow() {
                    window.focus();
                }
            }
            SignInEffect::CloseWindow => drop(self.window.take()),
            SignInEffect::Redirect(url, nonce) => redirect::redirect(url.reveal(), nonce.reveal()),
        }
    }

    fn open_window(&self, url: &str, kind: WindowKind) {
        let window = SignInWindow::open(url, kind, &self.feed);
        let fact = if window.is_some() {
            SignInFact::WindowOpened
        } else {
            SignInFact::WindowBlocked
        };
        if let Some(window) = window {
            // The same name navigates the same window: the old handle must not close it.
            if let Some(old) = self.window.replace(Some(window)) {
                old.forget();
            }
        }
        self.feed.tell(fact);
    }

    /// Opens the identity provider's sign-out address in a window, or in a hidden frame where windows are
    /// blocked. Nobody hears what comes of it.
    pub(crate) fn sign_out_of_idp(&self, url: &str) {
        let window = SignOutWindow::open(url, self.back.as_deref());
        if window.is_none() {
            let frame = SignInFrame::open(&self.holder, url, &Feed::ignore());
            drop(self.idp_frame.replace(frame));
        }
        drop(self.idp_window.replace(window));
    }

    /// The window inside the sign-in frame.
    pub(crate) fn frame_window(&self) -> Option<JsValue> {
        let frame = self.frame.try_borrow().ok()?;
        Some(frame.as_ref()?.window()?.into())
    }
}
