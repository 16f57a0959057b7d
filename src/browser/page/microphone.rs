//! The agent's microphone, as far as this page can see it; see microphone.js. What follows from that is
//! the core's to say.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Array, Function, Promise};
use serde::Serialize;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::feed::{Callback, Feed};
use crate::browser::host::error;
use crate::browser::js;
use crate::browser::owned::{Close, Owned};
use softphone_core::microphone::{self, Fact, Failure, Order, Permission};
use softphone_core::phone::input::Condition;

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

    #[wasm_bindgen(method, js_name = close)]
    fn stop(this: &PageMicrophone);
}

impl Close for PageMicrophone {
    fn close(&self) {
        self.stop();
    }
}

/// The microphone of this page, not watched at first. Dropping it stops watching.
pub(crate) struct Microphone {
    page: Owned<PageMicrophone>,
    known: RefCell<microphone::Microphone>,
    feed: Feed,
}

impl Microphone {
    /// Tells `feed` what is wrong with it, whenever that changes.
    pub(crate) fn of_page(feed: &Feed) -> Rc<Self> {
        Rc::new_cyclic(|weak: &Weak<Self>| {
            let microphone = weak.clone();
            let tell = Callback::new(move |seen| {
                if let Some(microphone) = microphone.upgrade() {
                    microphone.happened(fact_of(&seen));
                }
            });
            Self {
                page: Owned::new(PageMicrophone::new(tell.function()), vec![tell]),
                known: RefCell::default(),
                feed: feed.clone(),
            }
        })
    }

    /// Starts watching, without prompting the agent.
    pub(crate) fn watch(&self) {
        self.page.watch();
    }

    /// Something happened to it.
    pub(crate) fn happened(&self, fact: Fact) {
        let order = self.known.borrow_mut().handle(fact);
        match order {
            Some(Order::Check) => self.page.check(),
            Some(Order::Open) => self.page.attempt(),
            Some(Order::Tell(wrong)) => self.feed.tell(Condition::Microphone(wrong)),
            None => {}
        }
    }

    /// `phone.devices()`
    pub(crate) fn devices(self: &Rc<Self>) -> Promise {
        // Weak: the agent may take long to answer the browser, and the phone may be closed meanwhile.
        let microphone = Rc::downgrade(self);
        let opened = Closure::once(move |seen: JsValue| -> Result<JsValue, JsValue> {
            let fact = fact_of(&seen);
            if let Fact::NotOpened(failure) = &fact {
                return Err(error::of(&failure.error()));
            }
            if let Some(microphone) = microphone.upgrade() {
                microphone.happened(fact);
            }
            Ok(js::frozen(&Devices::read(&seen)))
        });
        let open = self.page.open();
        js::call(&open, "then", &[&opened.into_js_value()]).map_or(open, JsCast::unchecked_into)
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

/// See `SoftphoneDevices` in js/index.d.ts.
#[derive(Serialize)]
struct Devices {
    microphones: Vec<Device>,
    speakers: Vec<Device>,
    permission: &'static str,
}

#[derive(Serialize)]
struct Device {
    id: String,
    label: String,
}

impl Devices {
    fn read(seen: &JsValue) -> Self {
        let all = Array::from(&js::get(seen, "devices"));
        let of_kind = |kind: &str| {
            let found = all.iter().filter(|device| js::get(device, "kind") == *kind);
            found.map(|device| Device::read(&device)).collect()
        };
        // It was opened just now, whatever the browser says of the permission.
        let permission = permission_in(seen).unwrap_or(Permission::Granted);
        Self {
            microphones: of_kind("audioinput"),
            speakers: of_kind("audiooutput"),
            permission: permission.name(),
        }
    }
}

impl Device {
    fn read(device: &JsValue) -> Self {
        let text = |name| js::get(device, name).as_string().unwrap_or_default();
        Self {
            id: text("id"),
            label: text("label"),
        }
    }
}
