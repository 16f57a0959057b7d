//! The hidden sign-in frame.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlIFrameElement, Window};

use super::return_page::nonce_at;
use crate::browser::feed::Feed;
use crate::browser::owned::{Listener, Owned};
use softphone_core::phone::input::SignInFact;
use softphone_core::way::Way;

/// A frame in which an identity provider may sign the agent in unseen. Dropping it removes it.
#[must_use]
pub(crate) struct SignInFrame {
    frame: HtmlIFrameElement,
    _loads: Option<Owned<Listener>>,
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
        let own = frame.clone();
        let loaded = feed.callback(move |_| {
            // Back on our own origin: the return page, or whatever the server sends instead.
            let nonce = own.content_window().and_then(|window| nonce_at(&window));
            nonce.map_or(SignInFact::FrameLoaded, |nonce| {
                SignInFact::Returned(nonce, Some(Way::Frame))
            })
        });
        let loads = Listener::on(&frame, "load", &loaded);
        frame.set_src(url);
        holder.append_child(&frame).ok()?;
        Some(Self {
            frame,
            _loads: loads,
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
