//! The CCP's place in the page: what it takes to embed it, again and again.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use super::Streams;
use super::audio::Audio;
use super::ccp::Ccp;
use super::worker::ask_user;
use crate::browser::feed::Feed;
use crate::browser::js;
use crate::browser::owned::Owned;
use softphone_core::config::Config;
use softphone_core::phone::effect::{CallEffect, CcpEffect};
use softphone_core::phone::input::CcpFact;
use softphone_core::private::Private;

/// The embedded CCP, and what it is embedded with.
pub(crate) struct Embedding {
    streams: Streams,
    holder: HtmlElement,
    config: Config,
    /// The host's own parameters of `initCCP`.
    options: JsValue,
    feed: Feed,
    audio: Rc<Owned<Audio>>,
    /// `None` while it could not be made, or has no place.
    ccp: RefCell<Option<Ccp>>,
}

impl Embedding {
    /// Embeds the CCP in `holder`, unless that is out of the document.
    ///
    /// # Errors
    /// What Streams threw.
    pub(crate) fn open(
        streams: Streams,
        holder: HtmlElement,
        config: Config,
        options: &JsValue,
        feed: &Feed,
    ) -> Result<Self, JsValue> {
        let softphone = js::get(options, "softphone");
        let framed =
            softphone.is_undefined() || js::get(&softphone, "allowFramedSoftphone").is_truthy();
        let origin = config.ccp.origin();
        let audio = Audio::of_instance(streams.global(), origin, framed, feed);
        let embedding = Self {
            audio: Rc::new(audio),
            streams,
            holder,
            config,
            options: options.clone(),
            feed: feed.clone(),
            ccp: RefCell::default(),
        };
        let ccp = embedding.make()?;
        *embedding.ccp.borrow_mut() = ccp;
        Ok(embedding)
    }

    /// `connect`
    pub(crate) const fn streams(&self) -> &JsValue {
        self.streams.global()
    }

    /// Does what the core wants of the CCP.
    pub(crate) fn perform(&self, effect: CcpEffect) {
        let ccp = self.ccp.borrow();
        match (effect, ccp.as_ref()) {
            (CcpEffect::Reload, Some(ccp)) => ccp.reload(),
            (CcpEffect::AskForCookies, Some(ccp)) => ccp.ask_for_cookies(),
            (CcpEffect::Unload, Some(ccp)) => {
                self.audio.leave();
                ccp.unload();
            }
            (CcpEffect::AskAudio, Some(_)) => self.audio.ask(),
            (CcpEffect::TakeAudio, Some(_)) => self.audio.take(),
            (CcpEffect::Probe, Some(ccp)) => ccp.send("SYNCHRONIZE"),
            (CcpEffect::ReloadAgent, Some(ccp)) => ccp.send("RELOAD_AGENT_CONFIGURATION"),
            (CcpEffect::AskUser, Some(_)) => {
                let told = self
                    .feed
                    .callback(|user| CcpFact::UserTold(user.as_string().map(Private::new)));
                ask_user(self.streams.global(), &told);
            }
            (CcpEffect::ReportActivity, Some(ccp)) => ccp.report_activity(),
            // One that could not be made is made now.
            (CcpEffect::Rebuild, _) | (CcpEffect::Reload, None) => {
                drop(ccp);
                self.rebuild();
            }
            (
                CcpEffect::Unload
                | CcpEffect::AskForCookies
                | CcpEffect::Probe
                | CcpEffect::AskUser
                | CcpEffect::ReloadAgent
                | CcpEffect::ReportActivity
                | CcpEffect::AskAudio
                | CcpEffect::TakeAudio,
                None,
            ) => {}
        }
    }

    /// Does what the core wants of Amazon about contacts.
    pub(crate) fn control(&self, effect: &CallEffect) {
        if let Some(ccp) = self.ccp.borrow().as_ref() {
            ccp.control(effect);
        }
    }

    fn rebuild(&self) {
        let old = self.ccp.take();
        drop(old); // Before the new one: Streams allows one CCP.
        // If it cannot be opened, the deadline for a silent CCP will report it.
        let ccp = self.make().ok().flatten();
        *self.ccp.borrow_mut() = ccp;
    }

    /// `None` out of the document: a frame there has no window, and Streams (2.28.2) would never find one.
    fn make(&self) -> Result<Option<Ccp>, JsValue> {
        if !self.holder.is_connected() {
            return Ok(None);
        }
        let ccp = Ccp::open(
            self.streams.clone(),
            &self.holder,
            &self.config,
            &self.options,
            &self.audio,
            &self.feed,
        )?;
        Ok(Some(ccp))
    }
}
