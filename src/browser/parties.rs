//! The outside parties of one softphone: everything that it holds of the browser.

use std::cell::OnceCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use super::feed::Feed;
use super::owned::Owned;
use super::page::activity::HostActivity;
use super::page::environment::Environment;
use super::page::microphone::Microphone;
use super::page::panel::Panel;
use super::page_slot::PageSlot;
use super::sign_in::opened::SignIn;
use super::sign_in::tabs::Tabs;
use super::streams::Streams;
use super::streams::embedding::Embedding;
use super::streams::log_out;
use softphone_core::config::Config;
use softphone_core::phone::effect::{CallEffect, CcpEffect, SignOutEffect};
use softphone_core::phone::input::SignOutFact;

/// What the host configured and JavaScript keeps.
pub(crate) struct Given {
    /// A copy of its parameters of `initCCP`.
    pub(crate) options: JsValue,
    /// Its `ssoLoginUrl`.
    pub(crate) sso: JsValue,
}

/// What the softphone holds. Dropping it gives everything back, from top to bottom: first what could still
/// tell something, then the CCP, then the box that it is in; the slot last, so that the next softphone
/// finds nothing of this one.
pub(super) struct Parties {
    pub(super) tabs: Tabs,
    _environment: Owned<Environment>,
    _activity: Option<Owned<HostActivity>>,
    pub(super) microphone: Microphone,
    pub(super) sign_in: Rc<SignIn>,
    /// Not before Streams is there.
    embedding: OnceCell<Embedding>,
    pub(super) panel: Owned<Panel>,
    options: JsValue,
    config: Config,
    feed: Feed,
    _slot: PageSlot,
}

impl Parties {
    /// Puts the panel into `container`.
    pub(super) fn gather(
        container: &HtmlElement,
        config: &Config,
        given: &Given,
        feed: &Feed,
        slot: PageSlot,
    ) -> Self {
        let panel = Panel::put_into(container, config, feed);
        let holder = panel.holder();
        let microphone = Microphone::of_page(feed);
        let sign_in = Rc::new(SignIn::new(holder, given.sso.clone(), config.clone(), feed));
        Self {
            tabs: Tabs::join(config.ccp.origin(), &sign_in, feed),
            _environment: Environment::watch(container, &panel, feed),
            _activity: config.activity.then(|| HostActivity::watch(feed)),
            microphone,
            sign_in,
            embedding: OnceCell::new(),
            panel,
            options: given.options.clone(),
            config: config.clone(),
            feed: feed.clone(),
            _slot: slot,
        }
    }

    /// Calls `initCCP` in the panel.
    ///
    /// # Errors
    /// What Streams threw.
    pub(super) fn embed(&self, streams: Streams) -> Result<(), JsValue> {
        let (holder, config) = (self.panel.holder(), self.config.clone());
        let embedding = Embedding::open(streams, holder, config, &self.options, &self.feed)?;
        let _ = self.embedding.set(embedding);
        Ok(())
    }

    /// `connect`; `undefined` before it is there.
    pub(super) fn streams(&self) -> JsValue {
        let embedding = self.embedding.get();
        embedding.map_or(JsValue::UNDEFINED, |it| it.streams().clone())
    }

    /// Does what the core wants of the CCP.
    pub(super) fn ccp(&self, effect: CcpEffect) {
        if let Some(embedding) = self.embedding.get() {
            embedding.perform(effect);
        }
    }

    /// Does what the core wants of Amazon about contacts.
    pub(super) fn control(&self, effect: &CallEffect) {
        if let Some(embedding) = self.embedding.get() {
            embedding.control(effect);
        }
    }

    /// Takes a step of signing out, in which several parties have a share.
    pub(super) fn sign_out(&self, effect: &SignOutEffect) {
        let Some(connect) = self.embedding.get().map(Embedding::streams) else {
            return;
        };
        match effect {
            SignOutEffect::SetOffline => {
                log_out::set_offline(connect, &self.feed.once(SignOutFact::OfflineSet));
            }
            SignOutEffect::LogOut { asks_cookies } => {
                let failed = self.feed.once(SignOutFact::LoggedOut);
                let ccp = &self.config.ccp;
                let cookies = asks_cookies.then(|| ccp.storage_access());
                log_out::log_out(connect, &ccp.logout(), cookies, &failed);
            }
            SignOutEffect::LogOutOfIdp(url) => self.sign_in.sign_out_of_idp(url.reveal()),
        }
    }
}
