//! The hidden sign-in frame.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlIFrameElement, Window};

use super::return_page::nonce_at;
use crate::browser::feed::{Feed, function};
use crate::browser::owned::{Listener, Owned, Timer};
use softphone_core::phone::input::SignInFact;
use softphone_core::way::Way;

/// A frame in which an identity provider may sign the agent in unseen. Dropping it removes it.
#[must_use]
pub(crate) struct SignInFrame {
    frame: HtmlIFrameElement,
    _loads: Option<Owned<Listener>>,
    _watch: Owned<Timer>,
}

impl SignInFrame {
    /// Opens `url` in a hidden frame inside `holder`.
    pub(crate) fn open(holder: &HtmlElement, url: &str, feed: &Feed) -> Option<Self> {
        let document = holder.owner_document()?;
        let frame: HtmlIFrameElement = document.create_element("iframe").ok()?.dyn_into().ok()?;
        frame.set_title("Sign-in");
        frame.set_tab_index(-1);
        for (name, value) in [
            ("aria-hidden", "true"),
            // As the CCP's frame has it (init_ccp.js).
            ("referrerpolicy", "strict-origin-when-cross-origin"),
            // A page that cannot be framed must not navigate the whole host page.
            ("sandbox", "allow-scripts allow-same-origin allow-forms"),
        ] {
            let _ = frame.set_attribute(name, value);
        }
        let style = frame.style();
        for (name, value) in [
            ("position", "absolute"),
            ("width", "1px"),
            ("height", "1px"),
            ("border", "0"),
            ("opacity", "0"),
            ("pointer-events", "none"),
        ] {
            let _ = style.set_property(name, value);
        }
        let nonce_in = |frame: &HtmlIFrameElement| nonce_at(&frame.content_window()?);
        let (own, watching) = (frame.clone(), feed.clone());
        // The return page can be recognised before it has loaded its script.
        let watch = function(move |_| {
            if let Some(nonce) = nonce_in(&own) {
                watching.tell(SignInFact::Returned(nonce, Some(Way::Frame)));
            }
        });
        let own = frame.clone();
        let loaded = feed.callback(move |_| {
            // Back on our own origin: the return page, or whatever the server sends instead.
            nonce_in(&own).map_or(SignInFact::FrameLoaded, |nonce| {
                SignInFact::Returned(nonce, Some(Way::Frame))
            })
        });
        let loads = Listener::on(&frame, "load", &loaded);
        frame.set_src(url);
        holder.append_child(&frame).ok()?;
        Some(Self {
            frame,
            _loads: loads,
            _watch: Timer::every(WATCH_MS, &watch),
        })
    }

    /// The window inside.
    pub(crate) fn window(&self) -> Option<Window> {
        self.frame.content_window()
    }
}

impl Drop for SignInFrame {
    fn drop(&mut self) {
        self.frame.remove();
    }
}

/// How often its address is looked at.
const WATCH_MS: u32 = 50;
