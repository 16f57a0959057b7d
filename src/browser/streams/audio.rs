//! Which CCP has the agent's audio; see audio.js.

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::feed::Feed;
use crate::browser::owned::Owned;
use softphone_core::audio::Softphone;
use softphone_core::phone::input::CcpFact;

#[wasm_bindgen(module = "/src/browser/streams/audio.js")]
extern "C" {
    /// The softphone's role among all CCPs of this browser.
    pub(crate) type Audio;

    #[wasm_bindgen(constructor)]
    fn new(connect: &JsValue, instance: &str, framed: bool, tell: &Function) -> Audio;

    /// A CCP has connected, and the worker gave it that port.
    #[wasm_bindgen(method)]
    pub(crate) fn connected(this: &Audio, port: &str);

    #[wasm_bindgen(method)]
    pub(crate) fn ask(this: &Audio);

    #[wasm_bindgen(method)]
    pub(crate) fn take(this: &Audio);

    /// The CCP goes, and not for another one: whoever waits for its audio may have it.
    #[wasm_bindgen(method, js_name = close)]
    pub(crate) fn leave(this: &Audio);
}

impl Audio {
    /// The audio of the instance at `origin`; `framed` is whether its CCP may have it.
    pub(crate) fn of_instance(
        connect: &JsValue,
        origin: &str,
        framed: bool,
        feed: &Feed,
    ) -> Owned<Self> {
        let told = feed.callback(|who| {
            CcpFact::SoftphoneTold(match who.as_string().unwrap_or_default().as_str() {
                "here" => Softphone::Here,
                "elsewhere" => Softphone::Elsewhere,
                "orphaned" => Softphone::Orphaned,
                _ => Softphone::Nobody,
            })
        });
        Owned::new(Self::new(connect, origin, framed, &told))
    }
}
