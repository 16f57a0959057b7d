//! The agent's microphone, as far as this page can see it; see microphone.js. What follows from that is
//! the core's to say.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::browser::feed::{Callback, Feed};
use crate::browser::js;
use crate::browser::owned::{Close, Owned};
use softphone_core::microphone::{self, Device, Devices, Fact, Failure, Order, Permission};
use softphone_core::phone::input::{Condition, Input};
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

    /// Opens it, prompting the agent if need be, and answers the call of `ticket` with what there is.
    pub(crate) fn list_devices(self: &Rc<Self>, ticket: Ticket) {
        // Weak: the agent may take long to answer the browser, and the phone may be closed meanwhile.
        let microphone = Rc::downgrade(self);
        let opened = Closure::once(move |seen: JsValue| {
            let Some(microphone) = microphone.upgrade() else {
                return;
            };
            let fact = fact_of(&seen);
            let devices = match &fact {
                Fact::NotOpened(failure) => Err(failure.clone()),
                Fact::Checked { .. } | Fact::Refused | Fact::Opened | Fact::Contact { .. } => {
                    Ok(devices_in(&seen))
                }
            };
            if devices.is_ok() {
                microphone.happened(fact);
            }
            let answer = Answer::Devices(devices);
            microphone.feed.tell(Input::Answer(ticket, answer));
        });
        let _ = js::call(&self.page.open(), "then", &[&opened.into_js_value()]);
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
