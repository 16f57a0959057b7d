//! The outside parties of one softphone: everything that it holds of the browser.

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
use softphone_core::phone::effect::SignOutEffect;
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
    pub(super) embedding: Embedding,
    pub(super) panel: Owned<Panel>,
    streams: Streams,
    config: Config,
    feed: Feed,
    _slot: PageSlot,
}

impl Parties {
    /// Puts the panel into `container` and calls `initCCP` in it.
    ///
    /// # Errors
    /// What Streams threw. Everything has been given back then.
    pub(super) fn gather(
        streams: Streams,
        container: &HtmlElement,
        config: &Config,
        given: &Given,
        feed: &Feed,
        slot: PageSlot,
    ) -> Result<Self, JsValue> {
        let panel = Panel::put_into(container, config, feed);
        let holder = panel.holder();
        let microphone = Microphone::of_page(feed);
        let embedding = Embedding::open(
            streams.clone(),
            holder.clone(),
            config.clone(),
            &given.options,
            feed,
        )?;
        let sign_in = Rc::new(SignIn::new(holder, given.sso.clone(), config.clone(), feed));
        Ok(Self {
            tabs: Tabs::join(config.ccp.origin(), &sign_in, feed),
            _environment: Environment::watch(container, &panel, feed),
            _activity: config.activity.then(|| HostActivity::watch(feed)),
            microphone,
            sign_in,
            embedding,
            panel,
            streams,
            config: config.clone(),
            feed: feed.clone(),
            _slot: slot,
        })
    }

    /// Takes a step of signing out, in which several parties have a share.
    pub(super) fn sign_out(&self, effect: &SignOutEffect) {
        let connect = self.streams.global();
        match effect {
            SignOutEffect::SetOffline => {
                log_out::set_offline(connect, &self.feed.once(SignOutFact::OfflineSet));
            }
            SignOutEffect::LogOut => {
                let failed = self.feed.once(SignOutFact::LoggedOut);
                log_out::log_out(connect, &self.config.ccp.logout(), &failed);
            }
            SignOutEffect::LogOutOfIdp(url) => self.sign_in.sign_out_of_idp(url.reveal()),
        }
    }
}
