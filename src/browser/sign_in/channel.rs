//! Messages from other windows: the return page, which sends two, and a CCP in the sign-in frame.

use gloo_events::EventListener;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::return_page;
use crate::browser::feed::Feed;
use crate::browser::js;
use softphone_core::phone::input::{SignInFact, TabsFact};

/// Listens until it is dropped.
#[must_use]
pub(crate) struct Channel {
    instance: String,
    /// `None` where the browser has no such channel, or forbids it to a frame.
    channel: Option<BroadcastChannel>,
    _on_channel: Option<EventListener>,
    _on_window: EventListener,
}

impl Channel {
    /// Listens to return pages, and to the CCP of `instance_origin` in the window that
    /// `sign_in_frame` names at that moment.
    pub(crate) fn open(
        instance_origin: String,
        sign_in_frame: impl Fn() -> Option<JsValue> + 'static,
        feed: &Feed,
    ) -> Option<Self> {
        let host = web_sys::window()?;
        let own_origin = host.location().origin().ok()?;
        let channel = return_page::channel();
        let on_channel = channel.as_ref().map(|channel| {
            let feed = feed.clone();
            let instance = instance_origin.clone();
            EventListener::new(channel, "message", move |event| {
                if let Some(event) = event.dyn_ref::<MessageEvent>() {
                    let data = event.data();
                    if let Some(fact) = return_page::told(&data) {
                        feed.tell(fact);
                    }
                    if text(&data, "type") == SIGNED_IN && text(&data, "instance") == instance {
                        feed.tell(TabsFact::SignedIn);
                    }
                }
            })
        });
        let feed = feed.clone();
        let instance = instance_origin.clone();
        let on_window = EventListener::new(&host, "message", move |event| {
            let Some(event) = event.dyn_ref::<MessageEvent>() else {
                return;
            };
            let data = event.data();
            if event.origin() == own_origin {
                if let Some(fact) = return_page::told(&data) {
                    feed.tell(fact);
                }
            } else if event.origin() == instance_origin
                && text(&data, "event") == "acknowledge"
                && sign_in_frame().is_some_and(|window| window == js::get(event, "source"))
            {
                feed.tell(SignInFact::FrameAcknowledged);
            }
        });
        Some(Self {
            instance,
            channel,
            _on_channel: on_channel,
            _on_window: on_window,
        })
    }
}

impl Channel {
    /// Tells the other tabs that sign-in to the instance is done.
    pub(crate) fn tell_signed_in(&self) {
        if let Some(channel) = &self.channel {
            let message = js::frozen(&SignedIn {
                r#type: SIGNED_IN,
                instance: &self.instance,
            });
            let _ = channel.post_message(&message);
        }
    }
}

/// The message of [`Channel::tell_signed_in`].
#[derive(Serialize)]
struct SignedIn<'a> {
    r#type: &'static str,
    instance: &'a str,
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

fn text(data: &JsValue, name: &str) -> String {
    js::get(data, name).as_string().unwrap_or_default()
}

const SIGNED_IN: &str = "softphoneSignedIn";
