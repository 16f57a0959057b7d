//! The agent's microphone, as far as this page can see it; see microphone.js. What follows from that is
//! the core's to say.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::feed::Feed;
use crate::browser::js;
use crate::browser::owned::Owned;
use softphone_core::microphone::{Device, Devices, Fact, Failure, Permission};
use softphone_core::phone::effect::MicrophoneEffect;
use softphone_core::phone::input::Input;
use softphone_core::phone::ticket::{Answer, Ticket};
use softphone_core::private::Private;

#[wasm_bindgen(module = "/src/browser/page/microphone.js")]
extern "C" {
    /// What the page can do about the microphone.
    #[wasm_bindgen(js_name = Microphone)]
    type PageMicrophone;

    /// `tell` gets what was seen after each check and each attempt.
    #[wasm_bindgen(constructor, js_class = "Microphone")]
    fn new(tell: &Function) -> PageMicrophone;

    #[wasm_bindgen(method)]
    fn watch(this: &PageMicrophone);

    #[wasm_bindgen(method)]
    fn check(this: &PageMicrophone);

    #[wasm_bindgen(method, js_name = try)]
    fn attempt(this: &PageMicrophone);

    /// Never rejects.
    #[wasm_bindgen(method)]
    fn open(this: &PageMicrophone) -> Promise;
}

/// The microphone of this page, not watched at first. Dropping it stops watching.
pub(crate) struct Microphone {
    page: Owned<PageMicrophone>,
    feed: Feed,
}

impl Microphone {
    /// Tells `feed` what happens to it.
    pub(crate) fn of_page(feed: &Feed) -> Self {
        let tell = feed.callback(|seen| fact_of(&seen));
        Self {
            page: Owned::new(PageMicrophone::new(&tell)),
            feed: feed.clone(),
        }
    }

    /// Does what the core wants of it.
    pub(crate) fn perform(&self, effect: MicrophoneEffect) {
        match effect {
            MicrophoneEffect::Watch => self.page.watch(),
            MicrophoneEffect::Check => self.page.check(),
            MicrophoneEffect::Open => self.page.attempt(),
            MicrophoneEffect::ListDevices(ticket) => self.list_devices(ticket),
        }
    }

    /// Opens it, prompting the agent if need be, and answers the call of `ticket` with what there is.
    fn list_devices(&self, ticket: Ticket) {
        let answer = self.feed.callback(move |seen| {
            let devices = match fact_of(&seen) {
                Fact::NotOpened(failure) => Err(failure),
                Fact::Checked { .. } | Fact::Refused | Fact::Opened | Fact::Contact { .. } => {
                    Ok(devices_in(&seen))
                }
            };
            Input::Answer(ticket, Answer::Devices(devices))
        });
        let _ = js::call(&self.page.open(), "then", &[&answer]);
    }
}

/// Reads a `Sight` of microphone.js.
fn fact_of(seen: &JsValue) -> Fact {
    let permission = permission_in(seen);
    if let Some(name) = js::get(seen, "failure").as_string() {
        return Fact::NotOpened(Failure { name, permission });
    }
    if js::get(seen, "devices").is_object() {
        return Fact::Opened;
    }
    Fact::Checked {
        permission,
        present: js::get(seen, "present").as_bool(),
    }
}

fn permission_in(seen: &JsValue) -> Option<Permission> {
    Permission::named(&js::get(seen, "permission").as_string()?)
}

/// Reads the devices of a `Sight`.
fn devices_in(seen: &JsValue) -> Devices {
    let all = Array::from(&js::get(seen, "devices"));
    let of_kind = |kind: &str| {
        let found = all.iter().filter(|device| js::get(device, "kind") == *kind);
        found.map(|device| read_device(&device)).collect()
    };
    Devices {
        microphones: of_kind("audioinput"),
        speakers: of_kind("audiooutput"),
        // It was opened just now, whatever the browser says of the permission.
        permission: permission_in(seen).unwrap_or(Permission::Granted),
    }
}

fn read_device(device: &JsValue) -> Device {
    let text = |name| Private::new(js::get(device, name).as_string().unwrap_or_default());
    Device {
        id: text("id"),
        label: text("label"),
    }
}
