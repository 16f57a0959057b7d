//! Where core meets the browser: feeds it what happened, performs what it orders.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::ccp::Ccp;
use super::channel::Channel;
use super::clock::Clock;
use super::frame::SignInFrame;
use super::listeners::{Listeners, Unsubscribe};
use super::panel::Panel;
use super::promise::Promises;
use super::streams::Streams;
use super::window::SignInWindow;
use super::{error, snapshot, storage};
use crate::core::config::{Config, Controls};
use crate::core::error::Error;
use crate::core::number::{Number, Numbers};
use crate::core::phase::Phase;
use crate::core::session::{Effect, Input, Session, WindowKind};

/// Tells the driver that something happened.
pub(crate) type Feed = Rc<dyn Fn(Input)>;

/// An open softphone.
pub(crate) struct Driver {
    session: RefCell<Session>,
    clock: Clock,
    container: HtmlElement,
    instance_origin: String,
    inputs: RefCell<VecDeque<Input>>,
    draining: Cell<bool>,
    feed: Feed,
    listeners: Rc<Listeners>,
    promises: Promises,
    held: RefCell<Held>,
}

/// The right to be the one softphone of the page: Streams allows one CCP. Dropping it gives it back.
#[must_use]
#[derive(Debug)]
pub(crate) struct Place(());

thread_local! {
    static TAKEN: Cell<bool> = const { Cell::new(false) };
}

impl Place {
    /// Takes the place; `None` while another softphone has it.
    pub(crate) fn take() -> Option<Self> {
        (!TAKEN.replace(true)).then(|| Self(()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        TAKEN.set(false);
    }
}

/// What the browser was asked for. Dropping it gives it back.
#[derive(Default)]
struct Held {
    ccp: Option<Ccp>,
    panel: Option<Panel>,
    frame: Option<SignInFrame>,
    window: Option<SignInWindow>,
    channel: Option<Channel>,
    timer: Option<Timeout>,
    /// The prompt's click handler.
    click: Option<Closure<dyn FnMut()>>,
    /// The page's only place.
    place: Option<Place>,
    /// The driver itself: a host may drop its phone, and garbage collection must not hang up.
    alive: Option<Rc<Driver>>,
}

impl Driver {
    /// Calls `initCCP` in `container` and starts the session.
    pub(crate) fn open(
        streams: Streams,
        container: HtmlElement,
        config: Config,
        options: &JsValue,
        place: Place,
    ) -> Result<Rc<Self>, JsValue> {
        let clock = Clock::new();
        let origin = config.ccp.origin().to_owned();
        let record = storage::load(&origin);
        let hidden = config.controls == Controls::Icc;
        let prompt = config.prompt;
        let mut opened = Ok(());
        let driver = Rc::new_cyclic(|weak: &Weak<Self>| {
            let feed = feed(weak.clone());
            let asked = feed.clone();
            let click = Closure::<dyn FnMut()>::new(move || asked(Input::SignInAsked));
            let panel = Panel::new(&container, hidden, prompt, click.as_ref().unchecked_ref());
            let ccp = Ccp::open(streams, &panel.holder(), &config, options, &feed);
            let weak = weak.clone();
            let channel = Channel::open(origin.clone(), move || sign_in_window(&weak), &feed);
            let mut held = Held {
                panel: Some(panel),
                channel,
                click: Some(click),
                place: Some(place),
                ..Held::default()
            };
            match ccp {
                Ok(ccp) => held.ccp = Some(ccp),
                Err(cause) => opened = Err(cause),
            }
            Self {
                session: RefCell::new(Session::open(clock.now(), config, record, numbers())),
                clock,
                container,
                instance_origin: origin,
                inputs: RefCell::default(),
                draining: Cell::new(false),
                feed,
                listeners: Rc::default(),
                promises: Promises::default(),
                held: RefCell::new(held),
            }
        });
        if let Err(cause) = opened {
            driver.dismantle();
            return Err(error::caused(&Error::StreamsFailed, &cause));
        }
        driver.held.borrow_mut().alive = Some(driver.clone());
        driver.mark();
        driver.feed(Input::Tick);
        Ok(driver)
    }

    /// Takes in what happened, and does what follows from it.
    pub(crate) fn feed(&self, input: Input) {
        self.inputs.borrow_mut().push_back(input);
        if self.draining.replace(true) {
            return; // Called from inside an effect: the outer call goes on with it.
        }
        while let Some(input) = self.next_input() {
            let now = self.clock.now();
            self.session.borrow_mut().handle(now, input);
            while let Some(effect) = self.next_effect() {
                self.perform(effect);
            }
        }
        self.draining.set(false);
        self.show();
        self.arm();
        let status = self.session.borrow().status().clone();
        self.promises.settle(&status);
    }

    /// `phone.status`
    pub(crate) fn status(&self) -> JsValue {
        snapshot::status(self.session.borrow().status())
    }

    /// `phone.agent`
    pub(crate) fn agent(&self) -> JsValue {
        snapshot::agent(self.session.borrow().agent())
    }

    /// `phone.timeline()`
    pub(crate) fn timeline(&self) -> JsValue {
        snapshot::timeline(self.session.borrow().timeline())
    }

    /// `phone.ready`
    pub(crate) fn ready(&self) -> Promise {
        let status = self.session.borrow().status().clone();
        self.promises.ready(&status)
    }

    /// `phone.signIn()`: what needs the click happens before this returns.
    pub(crate) fn sign_in(&self) -> Promise {
        let inside = self.draining.get();
        // Asked first: a failure from before must not settle this promise.
        self.feed(Input::SignInAsked);
        let promise = self.promises.sign_in();
        if !inside {
            let status = self.session.borrow().status().clone();
            self.promises.settle(&status);
        }
        promise
    }

    /// `phone.on(event, callback)`
    pub(crate) fn on(&self, event: &'static str, callback: Function) -> Unsubscribe {
        self.listeners.add(event, callback)
    }

    fn next_input(&self) -> Option<Input> {
        self.inputs.borrow_mut().pop_front()
    }

    fn next_effect(&self) -> Option<Effect> {
        self.session.borrow_mut().poll()
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::ReloadCcp => {
                if let Some(ccp) = &self.held.borrow().ccp {
                    ccp.reload();
                }
            }
            Effect::UnloadCcp => {
                if let Some(ccp) = &self.held.borrow().ccp {
                    ccp.unload();
                }
            }
            Effect::OpenFrame(url) => {
                let holder = self.held.borrow().panel.as_ref().map(Panel::holder);
                let frame =
                    holder.and_then(|holder| SignInFrame::open(&holder, url.reveal(), &self.feed));
                let _old = std::mem::replace(&mut self.held.borrow_mut().frame, frame);
            }
            Effect::CloseFrame => {
                let _old = self.held.borrow_mut().frame.take();
            }
            Effect::OpenWindow(url, kind) => self.open_window(url.reveal(), kind),
            Effect::FocusWindow => {
                if let Some(window) = &self.held.borrow().window {
                    window.focus();
                }
            }
            Effect::CloseWindow => {
                let _old = self.held.borrow_mut().window.take();
            }
            Effect::Save(record) => storage::save(&self.instance_origin, record),
            Effect::TellStatus => {
                self.mark();
                self.listeners
                    .tell("statusChanged", &[("status", self.status())]);
            }
            Effect::TellAgent => self
                .listeners
                .tell("agentChanged", &[("agent", self.agent())]),
            Effect::TellExpiring => {
                let ends = self.session.borrow().status().session.map(|s| s.ends);
                let ends = ends.map_or(JsValue::UNDEFINED, snapshot::millis);
                self.listeners
                    .tell("sessionExpiring", &[("endsAtMs", ends)]);
            }
            Effect::TellDiagnostic(message) => self
                .listeners
                .tell("diagnostic", &[("message", message.into())]),
            Effect::Dismantle => {
                self.dismantle();
                self.listeners.clear();
            }
        }
    }

    fn open_window(&self, url: &str, kind: WindowKind) {
        match SignInWindow::open(url, kind, &self.feed) {
            Some(window) => {
                // The name leads the same window again: an old handle must not close it.
                let old = self.held.borrow_mut().window.replace(window);
                if let Some(old) = old {
                    old.forget();
                }
                self.feed(Input::WindowOpened);
            }
            None => self.feed(Input::WindowBlocked),
        }
    }

    /// Shows the prompt that belongs to the session's state.
    fn show(&self) {
        let prompt = self.session.borrow().prompt();
        // Cloned: both move the focus, and a host that listens to that may call the phone.
        let panel = self.held.borrow().panel.clone();
        match (panel, prompt) {
            (Some(panel), Some(prompt)) => panel.show(&prompt.text, prompt.button, prompt.covers),
            (Some(panel), None) => panel.hide(),
            (None, _) => {}
        }
    }

    /// Marks the container, for styles and tests.
    fn mark(&self) {
        let session = self.session.borrow();
        let status = session.status();
        let data = [
            ("data-softphone-phase", Some(status.phase.name())),
            (
                "data-softphone-error",
                status.error.as_ref().map(Error::code),
            ),
        ];
        for (name, value) in data {
            let _ = match value {
                Some(value) => self.container.set_attribute(name, value),
                None => self.container.remove_attribute(name),
            };
        }
    }

    fn arm(&self) {
        let session = self.session.borrow();
        let open = session.status().phase != Phase::Closed;
        let timer = session.wake_at().filter(|_| open).map(|at| {
            let delay = (at - self.clock.now()).get().max(1);
            let delay = u32::try_from(delay).unwrap_or(u32::MAX).min(LONGEST_MS);
            let feed = self.feed.clone();
            Timeout::new(delay, move || feed(Input::Tick))
        });
        let _old = std::mem::replace(&mut self.held.borrow_mut().timer, timer);
    }

    fn dismantle(&self) {
        let held = self.held.take();
        drop((held.timer, held.channel, held.frame, held.window));
        drop(held.ccp);
        if let Some(panel) = held.panel {
            panel.remove();
        }
        drop((held.click, held.place, held.alive));
    }
}

/// A feed that does nothing once the driver is gone.
fn feed(driver: Weak<Driver>) -> Feed {
    Rc::new(move |input| {
        if let Some(driver) = driver.upgrade() {
            driver.feed(input);
        }
    })
}

fn sign_in_window(driver: &Weak<Driver>) -> Option<JsValue> {
    let driver = driver.upgrade()?;
    let held = driver.held.try_borrow().ok()?;
    Some(held.frame.as_ref()?.window()?.into())
}

/// One-time numbers from the browser's random source.
fn numbers() -> Numbers {
    Box::new(|| {
        let mut bytes = [0; 16];
        let crypto = web_sys::window().and_then(|window| window.crypto().ok());
        let filled = crypto.is_some_and(|c| c.get_random_values_with_u8_array(&mut bytes).is_ok());
        // Every browser that runs wasm has it; without it no number may look like one.
        assert!(filled, "crypto.getRandomValues is missing");
        Number::new(bytes)
    })
}

/// The longest delay that `setTimeout` takes.
const LONGEST_MS: u32 = i32::MAX as u32;
