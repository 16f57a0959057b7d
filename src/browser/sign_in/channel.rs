//! Messages from other windows: the return page, which sends two, and a CCP in the sign-in frame.

use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::return_page;
use crate::browser::feed::{Feed, function};
use crate::browser::js;
use crate::browser::owned::{Listener, Owned};
use softphone_core::phone::input::{Input, SignInFact, TabsFact};

/// Listens until it is dropped.
#[must_use]
pub(crate) struct Channel {
    instance: String,
    /// `None` where the browser has no such channel, or forbids it to a frame.
    channel: Option<Owned<BroadcastChannel>>,
    _on_channel: Option<Owned<Listener>>,
    _on_window: Option<Owned<Listener>>,
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
        let channel = return_page::channel().map(Owned::new);
        let instance = instance_origin.clone();
        let from_channel = message(feed, move |event| {
            let data = event.data();
            let ours = text(&data, "instance") == instance;
            match text(&data, "type").as_str() {
                SIGNED_IN if ours => Some(TabsFact::SignedIn.into()),
                RESTART if ours => {
                    let asked = js::get(&data, "asked") == true;
                    Some(TabsFact::Restart { asked }.into())
                }
                _ => return_page::told(&data).map(Input::from),
            }
        });
        let instance = instance_origin.clone();
        let from_window = message(feed, move |event| {
            let origin = event.origin();
            if origin == own_origin {
                return return_page::told(&event.data()).map(Input::from);
            }
            // In this order: the CCP's own frame sends all that it hears of its worker, which is not looked into here.
            let acknowledged = sign_in_frame()
                .is_some_and(|window| window == js::get(event, "source"))
                && origin == instance
                && text(&event.data(), "event") == "acknowledge";
            acknowledged.then(|| SignInFact::FrameAcknowledged.into())
        });
        Some(Self {
            _on_channel: channel
                .as_deref()
                .and_then(|channel| Listener::on(channel, "message", &from_channel)),
            _on_window: Listener::on(&host, "message", &from_window),
            channel,
            instance: instance_origin,
        })
    }

    /// Tells the other tabs of the instance.
    pub(crate) fn tell(&self, r#type: &'static str, asked: bool) {
        if let Some(channel) = &self.channel {
            let message = js::frozen(&Message {
                r#type,
                instance: &self.instance,
                asked,
            });
            let _ = channel.post_message(&message);
        }
    }
}

/// Tells `feed` what `read` finds in a message, if that is anything.
fn message(feed: &Feed, read: impl Fn(&MessageEvent) -> Option<Input> + 'static) -> Function {
    let feed = feed.clone();
    function(move |event| {
        if let Some(input) = event.dyn_ref().and_then(&read) {
            feed.tell(input);
        }
    })
}

/// The message of [`Channel::tell`].
#[derive(Serialize)]
struct Message<'a> {
    r#type: &'static str,
    instance: &'a str,
    asked: bool,
}

fn text(data: &JsValue, name: &str) -> String {
    js::get(data, name).as_string().unwrap_or_default()
}

/// Sign-in is done.
pub(super) const SIGNED_IN: &str = "softphoneSignedIn";
/// The CCP's worker is to end; `asked` is whether the agent asked for that.
pub(super) const RESTART: &str = "softphoneRestart";
